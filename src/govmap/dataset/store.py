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
        from govmap.names.lexicon import Lexicon, unpack_part  # noqa: PLC0415 - most calls do without it

        return unpack_part(self._decode("lexicon", bytes), Lexicon)

    @cached_property
    def word_lists(self) -> WordLists:
        """The words beside the records, for a dataset that adds to this one."""
        from govmap.names.lexicon import WordLists, unpack_part  # noqa: PLC0415 - as above

        return unpack_part(self._decode("word_lists", bytes), WordLists)

    def _decode(self, part: str, type_: type[Part]) -> Part:
        return msgspec.msgpack.decode(self.parts[part], type=type_)


class LoadedDataset:
    """A dataset with the folded names of its records.

    Attributes:
        dataset: All records.
        context: All records but the mechanisms, which may be missing here.
        names: The folded names of the records.

    """

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
        by_country: dict[str, list[int]] = {}
        by_theme: dict[str, list[int]] = {}
        for at, mechanism in enumerate(self.dataset.mechanisms):
            for code in {m.code for m in mechanism.members} | {u.code for u in mechanism.unclear_members}:
                by_country.setdefault(code, []).append(at)
            for theme in {theme for group in mechanism.groups for theme in group.themes}:
                by_theme.setdefault(theme, []).append(at)
        return Register(
            msgspec.convert(self.dataset.mechanisms, tuple[Head, ...], from_attributes=True),
            {code: tuple(positions) for code, positions in sorted(by_country.items())},
            {theme: tuple(positions) for theme, positions in sorted(by_theme.items())},
        )

    def mechanism(self, at: int) -> Mechanism:
        """Return the mechanism at a position of the register."""
        return self.dataset.mechanisms[at]


class Snapshot(Struct, array_like=True):
    """A dataset as one file: the fingerprint of the files that it was made from, a checksum, and the `Parts`."""

    fingerprint: str
    checksum: int
    parts: memoryview


class Parts(Struct, array_like=True):
    """The parts of a dataset in a snapshot."""

    context: Raw
    names: NameIndex
    register: Raw
    mechanisms: tuple[Raw, ...]


class SnapshotDataset(LoadedDataset):
    """A dataset in a snapshot, decoded part by part."""

    def __init__(self, parts: Parts) -> None:
        """Leave every record as it is in the *parts*."""
        self._parts = parts
        self._decoded: dict[int, Mechanism] = {}
        self.names = parts.names

    @cached_property
    def dataset(self) -> Dataset:  # type: ignore[override]  # a cached property can be set too
        """All records, which decodes every mechanism."""
        return replace(self.context, mechanisms=tuple(map(self.mechanism, range(len(self._parts.mechanisms)))))

    @cached_property
    def context(self) -> Dataset:  # type: ignore[override]  # a cached property can be set too
        """All records but the mechanisms."""
        return msgspec.msgpack.decode(self._parts.context, type=Dataset)

    @cached_property
    def register(self) -> Register:
        """The headers of the mechanisms, and the positions that countries and themes lead to."""
        return msgspec.msgpack.decode(self._parts.register, type=Register)

    def mechanism(self, at: int) -> Mechanism:
        """Return the mechanism at a position of the register."""
        if at not in self._decoded:
            self._decoded[at] = msgspec.msgpack.decode(self._parts.mechanisms[at], type=Mechanism)
        return self._decoded[at]


def pack(loaded: LoadedDataset, fingerprint: str) -> bytes:
    """Return the snapshot of a dataset that was made from files with a *fingerprint*."""
    context, mechanisms = replace(loaded.dataset, mechanisms=()), loaded.dataset.mechanisms
    parts = msgspec.msgpack.encode((context, loaded.names, loaded.register, mechanisms))
    return msgspec.msgpack.encode(Snapshot(fingerprint, zlib.crc32(parts), memoryview(parts)))


def unpack(content: bytes, fingerprint: str) -> SnapshotDataset | None:
    """Return the dataset in a snapshot; None where it is damaged, or of files with another *fingerprint*."""
    try:
        snapshot = msgspec.msgpack.decode(content, type=Snapshot)
        if snapshot.fingerprint != fingerprint or snapshot.checksum != zlib.crc32(snapshot.parts):
            return None
        return SnapshotDataset(msgspec.msgpack.decode(snapshot.parts, type=Parts))
    except (msgspec.MsgspecError, ValueError):
        return None
