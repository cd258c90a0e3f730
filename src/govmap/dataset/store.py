"""A dataset in memory, and in one file from which each part is decoded when it is first asked for.

The file is a snapshot in MessagePack: the mechanisms stand one after another as bytes, and a register tells which of
them a country or a theme leads to. So the cost of an answer grows with what it tells, not with what is stored.
"""

from __future__ import annotations

import zlib
from functools import cached_property

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import replace

from govmap.dataset.index import NameIndex
from govmap.language import Language, in_language
from govmap.model import Dataset, FormerName, Mechanism

DECODER = msgspec.msgpack.Decoder(Mechanism)


class Head(Struct, frozen=True, array_like=True):
    """What a list of mechanisms needs to know of one."""

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
    """Which mechanisms there are, and the positions of those that name a country or work on a theme, at any date."""

    heads: tuple[Head, ...]
    by_country: dict[str, tuple[int, ...]]
    by_theme: dict[str, tuple[int, ...]]

    @cached_property
    def position(self) -> dict[str, int]:
        """The position of each mechanism, by id."""
        return {head.id: at for at, head in enumerate(self.heads)}


class Loaded:
    """A dataset and the folded names of its records."""

    def __init__(self, dataset: Dataset, names: NameIndex) -> None:
        """Hold what was read from the files."""
        self._dataset, self._names = dataset, names

    def __eq__(self, other: object) -> bool:
        """Return whether the other one holds the same."""
        return isinstance(other, Loaded) and (self.dataset, self.names) == (other.dataset, other.names)

    def __hash__(self) -> int:
        """Return a number that equal ones share."""
        return hash(self.context.about)

    @property
    def dataset(self) -> Dataset:
        """Everything."""
        return self._dataset

    @property
    def names(self) -> NameIndex:
        """The folded names of its records."""
        return self._names

    @property
    def context(self) -> Dataset:
        """The dataset, for all but its mechanisms, which need not be there."""
        return self._dataset

    @cached_property
    def register(self) -> Register:
        """Which mechanisms there are, and where."""
        return make_register(self.dataset)

    def mechanism(self, at: int) -> Mechanism:
        """Return the mechanism at a position of the register."""
        return self.dataset.mechanisms[at]


class Snapshot(Struct, array_like=True):
    """A dataset as one file: the fingerprint of the files that it was made from, and its own checksum.

    `ends` are the positions where each mechanism ends in `mechanisms`.
    """

    fingerprint: str
    checksum: int
    context: Raw
    names: Raw
    register: Raw
    ends: Raw
    mechanisms: memoryview

    def sum(self) -> int:
        """Return the checksum of what it holds."""
        total = 0
        for part in (self.context, self.names, self.register, self.ends, self.mechanisms):
            total = zlib.crc32(part, total)
        return total


class Stored(Loaded):
    """A dataset in a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Decode nothing yet but where things are."""
        self._snapshot = snapshot
        self._ends = msgspec.msgpack.decode(snapshot.ends, type=tuple[int, ...])
        self._opened: dict[int, Mechanism] = {}

    @cached_property
    def dataset(self) -> Dataset:
        """Everything, all of it decoded."""
        return replace(self.context, mechanisms=tuple(self.mechanism(at) for at in range(len(self._ends))))

    @cached_property
    def names(self) -> NameIndex:
        """The folded names of its records."""
        return msgspec.msgpack.decode(self._snapshot.names, type=NameIndex)

    @cached_property
    def context(self) -> Dataset:
        """The dataset without its mechanisms."""
        return msgspec.msgpack.decode(self._snapshot.context, type=Dataset)

    @cached_property
    def register(self) -> Register:
        """Which mechanisms there are, and where."""
        return msgspec.msgpack.decode(self._snapshot.register, type=Register)

    def mechanism(self, at: int) -> Mechanism:
        """Return the mechanism at a position of the register."""
        found = self._opened.get(at)
        if found is None:
            begin = self._ends[at - 1] if at else 0
            found = self._opened[at] = DECODER.decode(self._snapshot.mechanisms[begin : self._ends[at]])
        return found


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
        {code: tuple(found) for code, found in sorted(by_country.items())},
        {theme: tuple(found) for theme, found in sorted(by_theme.items())},
    )


def pack(loaded: Loaded, fingerprint: str) -> bytes:
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


def unpack(content: bytes, fingerprint: str) -> Stored | None:
    """Return the dataset in a snapshot, or None where it is damaged or of files with another *fingerprint*."""
    try:
        snapshot = msgspec.msgpack.decode(content, type=Snapshot)
        if snapshot.fingerprint != fingerprint or snapshot.checksum != snapshot.sum():
            return None
        return Stored(snapshot)
    except (msgspec.MsgspecError, ValueError):
        return None
