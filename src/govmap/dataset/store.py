"""Holds a dataset: in memory, or as a snapshot from which each part is read when it is first asked for.

A snapshot is sections of MessagePack with their places in front. Each mechanism has a place of its own, and a register
says which of them a country or a theme leads to. So the cost of an answer grows with its own size, not with that of the
dataset.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from mmap import ACCESS_READ, mmap
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from govmap.grouping import grouped
from govmap.language import Language
from govmap.mechanism_parts import PARTS
from govmap.model import Dataset, FormerName, Mechanism, Named
from govmap.names.resolver import FoldedNames

if TYPE_CHECKING:
    from govmap.names.lexicon import Exact, Lexicon, WordLists

Part = TypeVar("Part")
Place = tuple[int, int, int]  # of a section: where it begins and ends, and its checksum


class Lazy(Mapping[str, Part]):
    """What lies at places, by its key, read when it is asked for."""

    def __init__(self, places: Mapping[str, Any], read: Callable[[Any], Part]) -> None:
        """Read what lies at one of the *places*, by key, with *read*."""
        self._places, self._read = places, read

    def __getitem__(self, key: str) -> Part:
        """Return what has a key; raise KeyError where there is none."""
        return self._read(self._places[key])

    def __iter__(self) -> Iterator[str]:
        """Yield the keys."""
        return iter(self._places)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._places)


class Head(Struct, Named, frozen=True, array_like=True):
    """The header of a mechanism: what a list of mechanisms shows, without decoding them."""

    id: str
    names: dict[Language, str]
    coverage: str
    founded: str | None
    proposed_names: tuple[Language, ...] = ()
    until: str | None = None
    former_names: tuple[FormerName, ...] = ()
    scope: str = "note"


class Register(Struct, frozen=True, array_like=True, dict=True):
    """The headers of all mechanisms, and the positions of those that name a country or a theme, at any date.

    `by_link` has the positions of those that tell of a link with a mechanism, by the id of that, `without_groups` of
    those that have no group at any date.
    """

    heads: tuple[Head, ...]
    by_country: dict[str, tuple[int, ...]]
    by_theme: dict[str, tuple[int, ...]]
    by_link: dict[str, tuple[int, ...]] = {}
    without_groups: frozenset[int] = frozenset()

    @cached_property
    def position(self) -> dict[str, int]:
        """The position of each mechanism, by id."""
        return {head.id: at for at, head in enumerate(self.heads)}


class NameIndex(Struct, frozen=True, dict=True):
    """The folded names of a dataset, by kind of record.

    Attributes:
        parts: The parts as MessagePack, each decoded when it is first asked for.

    """

    parts: Mapping[str, bytes | memoryview]

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
    def documents(self) -> str:
        """The words of mechanisms and groups; see `govmap.dataset.documents`."""
        return self._decode("documents", str)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The labels of themes by their words, for questions in free text."""
        from govmap.names.lexicon import Lexicon, unpack_part  # most calls do without it

        return unpack_part(self._decode("lexicon", bytes), Lexicon)

    @cached_property
    def exact_labels(self) -> dict[str, Exact]:
        """The labels of themes that are shown, for questions that are one of them alone."""
        return self._decode("exact_labels", dict[str, tuple[str, float]])

    @cached_property
    def word_lists(self) -> WordLists:
        """The words beside the records, for a dataset that adds to this one."""
        from govmap.names.lexicon import WordLists, unpack_part

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
        """The headers of the mechanisms, and the positions that countries, themes and links lead to."""
        every, of_countries = self.dataset.mechanisms, [part for part in PARTS if part.of == "country"]
        return Register(
            msgspec.convert(every, tuple[Head, ...], from_attributes=True),
            _positions(every, lambda m: {getattr(item, part.key) for part in of_countries for item in part.items(m)}),
            _positions(every, lambda m: {theme for group in m.groups for theme in group.themes}),
            _positions(every, lambda m: {link.other for link in m.links}),
            frozenset(at for at, mechanism in enumerate(every) if not mechanism.groups),
        )

    @cached_property
    def by_source(self) -> dict[str, tuple[int, ...]]:
        """The positions of the mechanisms that cite a source in any part, by its id; found when first asked for."""
        return _positions(map(self.mechanism, range(len(self.register.heads))), _sources_of)

    def mechanism(self, at: int) -> Mechanism:
        """Return the mechanism at a position of the register."""
        return self.dataset.mechanisms[at]


def _positions(mechanisms: Iterable[Mechanism], keys_of: Callable[[Mechanism], set[str]]) -> dict[str, tuple[int, ...]]:
    """Return the positions of the *mechanisms* that have a key, by key."""
    found = grouped((key, at) for at, mechanism in enumerate(mechanisms) for key in keys_of(mechanism))
    return {key: tuple(positions) for key, positions in sorted(found.items())}


def _sources_of(mechanism: Mechanism) -> set[str]:
    items = (*mechanism.former_names, *(item for part in PARTS for item in part.items(mechanism)))
    evidence = (*mechanism.evidence.values(), *(getattr(item, "evidence", None) for item in items))
    return {source for each in evidence if each for source in each.sources}


class Contents(Struct, frozen=True, array_like=True):
    """What a snapshot begins with.

    Attributes:
        key: What identifies that of which the snapshot was made.
        sizes: The sizes of the files that it was made from, by name, where they lie beside it.
        names: The sections of the index of names.
        others: The other sections.

    """

    key: str
    sizes: dict[str, int]
    names: dict[str, Place]
    others: dict[str, Place]


class Snapshot:
    """The sections of a snapshot, each checked when it is read.

    Attributes:
        contents: What it begins with.

    """

    def __init__(self, content: bytes | memoryview) -> None:
        """Read what *content*, of a file or mapped from it, begins with; raise ValueError where it is no snapshot."""
        length, checksum = int.from_bytes(content[:4], "little"), int.from_bytes(content[4:8], "little")
        start = content[8 : 8 + length]
        if not length or zlib.crc32(start) != checksum:
            raise ValueError("not a snapshot")
        try:
            self.contents = msgspec.msgpack.decode(start, type=Contents)
        except msgspec.MsgspecError as error:
            raise ValueError("of another version") from error
        self._sections = memoryview(content)[8 + length :]

    def section(self, place: Place) -> memoryview:
        """Return the section at a *place*; raise ValueError where it is damaged."""
        start, end, checksum = place
        found = self._sections[start:end]
        if zlib.crc32(found) != checksum:
            raise ValueError("damaged")
        return found


class SnapshotDataset(LoadedDataset):
    """A dataset in a snapshot, read part by part; where one is damaged, the whole snapshot is made anew."""

    def __init__(self, snapshot: Snapshot, remake: Callable[[], bytes]) -> None:
        """Leave every record as it is in the *snapshot*, which *remake* makes anew."""
        self._snapshot, self._remake = snapshot, remake
        self._decoded: dict[int, Mechanism] = {}
        self.names = NameIndex(Lazy(snapshot.contents.names, self.section))

    @property
    def contents(self) -> Contents:
        """What the snapshot begins with."""
        return self._snapshot.contents

    def section(self, place: Place) -> memoryview:
        """Return the section at a *place*."""
        try:
            return self._snapshot.section(place)
        except ValueError:
            self._snapshot = Snapshot(self._remake())  # of the same key, so with the same places
            return self._snapshot.section(place)

    def _decode(self, name: str, type_: type[Part]) -> Part:
        return msgspec.msgpack.decode(self.section(self.contents.others[name]), type=type_)

    @cached_property
    def dataset(self) -> Dataset:  # type: ignore[override]  # a cached property can be set too
        """All records, which decodes every mechanism."""
        return replace(self.context, mechanisms=tuple(map(self.mechanism, range(len(self._places)))))

    @cached_property
    def context(self) -> Dataset:  # type: ignore[override]  # a cached property can be set too
        """All records but the mechanisms."""
        return self._decode("context", Dataset)

    @cached_property
    def register(self) -> Register:
        """The headers of the mechanisms, and the positions that countries and themes lead to."""
        return self._decode("register", Register)

    @cached_property
    def _places(self) -> list[Place]:
        return self._decode("places", list[Place])

    def mechanism(self, at: int) -> Mechanism:
        """Return the mechanism at a position of the register."""
        if at not in self._decoded:
            self._decoded[at] = msgspec.msgpack.decode(self.section(self._places[at]), type=Mechanism)
        return self._decoded[at]


def pack(loaded: LoadedDataset, key: str, sizes: Mapping[str, int] | None = None) -> bytes:
    """Return the snapshot of a dataset; *key* and the *sizes* of files are those of `Contents`."""
    bodies: list[bytes | memoryview] = []
    end = 0

    def place(body: bytes | memoryview) -> Place:
        nonlocal end
        bodies.append(body)
        start, end = end, end + len(body)
        return start, end, zlib.crc32(body)

    encode = msgspec.msgpack.Encoder().encode
    context, mechanisms = replace(loaded.dataset, mechanisms=()), loaded.dataset.mechanisms
    others = {"context": place(encode(context)), "register": place(encode(loaded.register))}
    places = [place(encode(mechanism)) for mechanism in mechanisms]
    others["places"] = place(encode(places))
    names = {name: place(part) for name, part in loaded.names.parts.items()}
    start = encode(Contents(key, dict(sizes or {}), names, others))
    return b"".join((len(start).to_bytes(4, "little"), zlib.crc32(start).to_bytes(4, "little"), start, *bodies))


def unpack(content: bytes | memoryview | None, key: str, remake: Callable[[], bytes]) -> SnapshotDataset | None:
    """Return the dataset in a snapshot; None where it is no snapshot, or one with another *key*."""
    with suppress(ValueError):
        snapshot = Snapshot(content or b"")
        if snapshot.contents.key == key:
            return SnapshotDataset(snapshot, remake)
    return None


def map_file(path: str) -> memoryview:
    """Return the content of a file, of which only what is used will be read; raise OSError or ValueError."""
    with open(path, "rb") as file:  # noqa: PTH123 - pathlib costs start-up
        return memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))
