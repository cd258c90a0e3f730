"""Holds a dataset: in memory, or as a snapshot from which each part is decoded when it is first asked for.

A snapshot is MessagePack: the mechanisms follow one another as bytes, and a register says which of them a country or a
theme leads to. So the cost of an answer grows with its own size, not with that of the dataset.
"""

from __future__ import annotations

import zlib
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import replace

from govmap.language import Language, in_language
from govmap.model import Dataset, FormerName, Mechanism
from govmap.names.resolver import FoldedNames

if TYPE_CHECKING:
    from govmap.names.lexicon import Lexicon, WordLists

Part = TypeVar("Part")


class Head(Struct, frozen=True, array_like=True):
    """The header of a mechanism: what a list of mechanisms shows, without decoding them."""

    id: str
    names: dict[Language, str]
    coverage: str
    founded: str | None
    proposed_names: tuple[Language, ...] = ()
    until: str | None = None
    former_names: tuple[FormerName, ...] = ()

    @property
    def name(self) -> str:
        """The name in the language of the answer, in English where it has none in that."""
        return in_language(self.names)


class Register(Struct, frozen=True, array_like=True, dict=True):
    """The headers of all mechanisms, and the positions of those that name a country or a theme, at any date."""

    heads: tuple[Head, ...]
    by_country: dict[str, tuple[int, ...]]
    by_theme: dict[str, tuple[int, ...]]

    @cached_property
    def position(self) -> dict[str, int]:
        """The position of each mechanism, by id."""
        return {head.id: at for at, head in enumerate(self.heads)}


class NameIndex(Struct, frozen=True, dict=True):
    """The folded names of a dataset, by kind of record.

    Attributes:
        parts: The parts as MessagePack, each decoded when it is first asked for.

    """

    parts: dict[str, Raw]

    @cached_property
    def countries(self) -> FoldedNames:
        """The names and codes of countries."""
        return self._decode("countries", FoldedNames)

    @cached_property
    def mechanisms(self) -> FoldedNames:
        """The names and acronyms of mechanisms."""
        return self._decode("mechanisms", FoldedNames)

    @cached_property
    def agencies(self) -> FoldedNames:
        """The names and acronyms of agencies."""
        return self._decode("agencies", FoldedNames)

    @cached_property
    def themes(self) -> FoldedNames:
        """The ids, preferred and alternative labels of themes."""
        return self._decode("themes", FoldedNames)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The labels of themes by their words, for questions in free text."""
        from govmap.names.lexicon import Lexicon  # noqa: PLC0415 - most calls do without it

        return self._decode("lexicon", Lexicon)

    @cached_property
    def word_lists(self) -> WordLists:
        """The words beside the records, for a dataset that adds to this one."""
        from govmap.names.lexicon import WordLists  # noqa: PLC0415 - as above

        return self._decode("word_lists", WordLists)

    def _decode(self, part: str, type_: type[Part]) -> Part:
        return msgspec.msgpack.decode(self.parts[part], type=type_)


class LoadedDataset:
    """A dataset with the folded names of its records.

    Attributes:
        dataset: All records.
        context: All records but the mechanisms, which may be missing here.
        names: The folded names of the records.

    """

    dataset: Dataset
    context: Dataset
    names: NameIndex

    def __init__(self, dataset: Dataset, names: NameIndex) -> None:
        """Hold a *dataset* in memory and the index of its *names*."""
        self.dataset = self.context = dataset
        self.names = names

    def __eq__(self, other: object) -> bool:
        """Compare the contents, wherever they are kept."""
        return isinstance(other, LoadedDataset) and (self.dataset, self.names) == (other.dataset, other.names)

    def __hash__(self) -> int:
        """Return a number that equal datasets share."""
        return hash(self.context.about)

    @cached_property
    def register(self) -> Register:
        """The headers of the mechanisms, and the positions that countries and themes lead to."""
        return make_register(self.dataset)

    def mechanism(self, at: int) -> Mechanism:
        """Return the mechanism at a position of the register."""
        return self.dataset.mechanisms[at]


class Snapshot(Struct, array_like=True):
    """A dataset as one file, with the fingerprint of the files that it was made from, and its own checksum.

    `ends` are the positions at which each mechanism ends in `mechanisms`.
    """

    fingerprint: str
    checksum: int
    context: Raw
    names: Raw
    register: Raw
    ends: Raw
    mechanisms: memoryview

    def sum(self) -> int:
        """Return the checksum of the contents."""
        total = 0
        for part in (self.context, self.names, self.register, self.ends, self.mechanisms):
            total = zlib.crc32(part, total)
        return total


class SnapshotDataset(LoadedDataset):
    """A dataset in a snapshot, decoded part by part."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Decode only where each mechanism ends."""
        self._snapshot = snapshot
        self._ends = msgspec.msgpack.decode(snapshot.ends, type=tuple[int, ...])
        self._decoder = msgspec.msgpack.Decoder(Mechanism)
        self._decoded: dict[int, Mechanism] = {}

    @cached_property
    def dataset(self) -> Dataset:  # type: ignore[override]  # a cached property can be set too
        """All records, which decodes every mechanism."""
        return replace(self.context, mechanisms=tuple(self.mechanism(at) for at in range(len(self._ends))))

    @cached_property
    def names(self) -> NameIndex:  # type: ignore[override]  # a cached property can be set too
        """The folded names of the records."""
        return msgspec.msgpack.decode(self._snapshot.names, type=NameIndex)

    @cached_property
    def context(self) -> Dataset:  # type: ignore[override]  # a cached property can be set too
        """All records but the mechanisms."""
        return msgspec.msgpack.decode(self._snapshot.context, type=Dataset)

    @cached_property
    def register(self) -> Register:
        """The headers of the mechanisms, and the positions that countries and themes lead to."""
        return msgspec.msgpack.decode(self._snapshot.register, type=Register)

    def mechanism(self, at: int) -> Mechanism:
        """Return the mechanism at a position of the register."""
        if at not in self._decoded:
            begin = self._ends[at - 1] if at else 0
            self._decoded[at] = self._decoder.decode(self._snapshot.mechanisms[begin : self._ends[at]])
        return self._decoded[at]


def make_register(dataset: Dataset) -> Register:
    """Return the register of the mechanisms of *dataset*."""
    by_country: dict[str, list[int]] = {}
    by_theme: dict[str, list[int]] = {}
    for at, mechanism in enumerate(dataset.mechanisms):
        for code in {m.code for m in mechanism.members} | {u.code for u in mechanism.unclear_members}:
            by_country.setdefault(code, []).append(at)
        for theme in {theme for group in mechanism.groups for theme in group.themes}:
            by_theme.setdefault(theme, []).append(at)
    return Register(
        tuple(
            Head(m.id, m.names, m.coverage, m.founded, m.proposed_names, m.until, m.former_names)
            for m in dataset.mechanisms
        ),
        {code: tuple(positions) for code, positions in sorted(by_country.items())},
        {theme: tuple(positions) for theme, positions in sorted(by_theme.items())},
    )


def pack(loaded: LoadedDataset, fingerprint: str) -> bytes:
    """Return the snapshot of a dataset that was made from files with a *fingerprint*."""
    encoder = msgspec.msgpack.Encoder()
    context, names, register = (
        Raw(encoder.encode(part)) for part in (replace(loaded.dataset, mechanisms=()), loaded.names, loaded.register)
    )
    mechanisms, ends = bytearray(), []
    for mechanism in loaded.dataset.mechanisms:
        mechanisms += encoder.encode(mechanism)
        ends.append(len(mechanisms))
    snapshot = Snapshot(fingerprint, 0, context, names, register, Raw(encoder.encode(ends)), memoryview(mechanisms))
    snapshot.checksum = snapshot.sum()
    return encoder.encode(snapshot)


def unpack(content: bytes, fingerprint: str) -> SnapshotDataset | None:
    """Return the dataset in a snapshot; None where it is damaged, or of files with another *fingerprint*."""
    try:
        snapshot = msgspec.msgpack.decode(content, type=Snapshot)
        if snapshot.fingerprint != fingerprint or snapshot.checksum != snapshot.sum():
            return None
        return SnapshotDataset(snapshot)
    except (msgspec.MsgspecError, ValueError):
        return None
