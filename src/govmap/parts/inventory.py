"""Every record of a dataset, flat: what it is, what it is called, and its fields, to compare two datasets.

Lists within a record are sets: no order of a file says anything. What is not known has no field.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from govmap.atlas import Atlas
from govmap.language import in_language
from govmap.mechanism_parts import Part
from govmap.model import PARTS_AS_STORED, Dataset, Event, Mechanism, Resolution
from govmap.parts.roles import is_settled

Value = str | int | bool | tuple[str, ...] | None
Word = tuple[str, ...]
KINDS = (
    "about",
    "mechanisms",
    *(part.label for part in PARTS_AS_STORED),
    "names",
    "agencies",
    "themes",
    "categories",
    "sources",
    "countries",
    "resolutions",
    "events",
    "words",
)
NAMES = ("names", "acronyms", "proposed_names", "former_names")  # the fields of a mechanism with its names


class Item(NamedTuple):
    """A record.

    Attributes:
        kind: Which of KINDS.
        id: Its id, or what names it, as in the exported tables: RCM/PER.
        name: What to call it.
        fields: What is known of it.
        likeness: What tells it from others of its kind, the surest first; a later one is for what the first left alone.
        mechanisms: Ids of those that it is of.

    """

    kind: str
    id: str
    name: str
    fields: dict[str, Value]
    likeness: tuple[tuple[Value, ...], ...]
    mechanisms: tuple[str, ...] = ()


def take_inventory(atlas: Atlas, *, dated: bool, beside: Atlas | None = None) -> Iterator[Item]:
    """Yield every record but the words: *dated*, what held or had happened as of the date of *atlas*, else all.

    What is held *beside* another date has no chair of which it is not known whether it was held on that, too.
    """
    about = atlas.context.about
    yield Item("about", "about", about.title, dict(_fields(about)), (("about",),))
    for mechanism in atlas.mechanisms.values() if dated else atlas.dataset.mechanisms:
        yield from _of_mechanism(atlas, mechanism, dated=dated, beside=beside if dated else None)
    yield from _identified_records(atlas.dataset)
    every: tuple[Event | Resolution, ...] = (*atlas.context.resolutions, *atlas.context.events)
    for happened in every:
        if not dated or happened.date is None or atlas.is_past(happened.date):
            yield _happened(happened)


def _identified_records(dataset: Dataset) -> Iterator[Item]:
    """Yield the records that have an id of their own and no dates."""
    for kind, records, key, name in (
        ("agencies", dataset.agencies, "id", "name"),
        ("themes", dataset.themes, "id", "label"),
        ("categories", dataset.categories, "number", "label"),
        ("sources", dataset.sources, "id", "title"),
        ("countries", dataset.countries, "alpha3", "name"),
    ):
        for record in records:
            yield _identified(kind, str(getattr(record, key)), getattr(record, name), record)


def _of_mechanism(atlas: Atlas, mechanism: Mechanism, *, dated: bool, beside: Atlas | None) -> Iterator[Item]:
    """Yield a mechanism and all of its parts."""
    here = (mechanism.id,)
    fields = dict(_fields(mechanism, "id", *NAMES, *(part.field for part in PARTS_AS_STORED)))
    yield Item("mechanisms", mechanism.id, mechanism.name, fields, (here,), here)
    yield from _names(mechanism, dated=dated)
    for part in PARTS_AS_STORED:
        items = part.items(mechanism)
        if beside and part.field == "chairs":
            items = tuple(chair for chair in items if is_settled(beside, mechanism.id, chair))
        for item in items:
            yield _of_part(atlas, mechanism, part, item)


def _names(mechanism: Mechanism, *, dated: bool) -> Iterator[Item]:
    """Yield the names by language, and, where all dates are wanted, the former ones."""
    named = [("", mechanism.names, mechanism.acronyms, mechanism.proposed_names)]
    if not dated:
        named += [(f"until {n.until}", n.names, n.acronyms, n.proposed_names) for n in mechanism.former_names]
    for until, names, acronyms, proposed in named:
        for language in sorted({*names, *acronyms}):
            known = {"name": names.get(language), "acronym": acronyms.get(language), "proposed": language in proposed}
            fields: dict[str, Value] = {name: value for name, value in known.items() if value}
            id_ = "/".join(filter(None, (mechanism.id, language, until)))
            yield Item("names", id_, names.get(language) or in_language(names), fields, ((id_,),), (mechanism.id,))


def _of_part(atlas: Atlas, mechanism: Mechanism, part: Part, item: Any) -> Item:
    """Return an item of a part; its key is in its id, and in its fields only where it is a number, which may change."""
    if part.field == "members":
        item = replace(item, relation=mechanism.relation_of(item))
    likeness = tuple((mechanism.id, *(getattr(item, name) for name in names.split())) for names in part.matched_by)
    fields = dict(_fields(item, *{part.key} - {"number"}))
    key = getattr(item, part.key)
    several = sum(getattr(other, part.key) == key for other in part.items(mechanism)) > 1
    # Chairs, guests and contacts come again and again; a spell of membership is known by its dates.
    spell = part.recurs and part.of and part.field != "members" and several and item.start
    id_ = "/".join((mechanism.id, str(key), *((item.start,) if spell else ())))
    return Item(part.label, id_, part.name_of(atlas, item), fields, likeness, (mechanism.id,))


def _happened(record: Event | Resolution) -> Item:
    if isinstance(record, Resolution):
        return _identified("resolutions", record.id, record.number, record)
    exactly, same_day = (record.date, record.kind, record.text), (record.date, record.kind, *record.mechanisms)
    id_ = f"{record.date or 'no date'} {record.kind}"
    return Item("events", id_, record.text, dict(_fields(record)), (exactly, exactly[1:], same_day), record.mechanisms)


def words_of(atlas: Atlas) -> frozenset[Word]:
    """Return the words beside the records, of which there are very many: the list that each is in, and the word."""
    aside = atlas.names.word_lists
    found: set[Word] = {("hidden", label.text, label.language, label.theme) for label in aside.hidden}
    found.update(("not_countries", text) for text in aside.not_countries)
    for name in ("neutral", "generic", "people", "persons", "field", "setting"):
        found.update((name, text, language) for text, language in getattr(aside, name))
    return frozenset(found)


def item_of(word: Word) -> Item:
    """Return a word as a record, which has no fields."""
    list_, text, *more = word
    return Item("words", "/".join((list_, *more, text)), text, {}, (word,))


def _identified(kind: str, id_: str, name: str, record: Struct) -> Item:
    return Item(kind, id_, name, dict(_fields(record, "id")), ((id_,),))


def _fields(record: Struct, *without: str) -> Iterator[tuple[str, Value]]:
    """Yield the fields of a record by name, those of a record or a mapping in it as `evidence.status`."""
    for name, field in zip(record.__struct_encode_fields__, record.__struct_fields__, strict=True):
        if name not in without:
            yield from _flat(name, getattr(record, field))


def _flat(name: str, value: object) -> Iterator[tuple[str, Value]]:
    if isinstance(value, Struct):
        yield from ((f"{name}.{key}", inner) for key, inner in _fields(value))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(f"{name}.{key}", inner)
    elif isinstance(value, tuple):
        if value:
            yield name, tuple(sorted(map(_as_text, value)))
    elif isinstance(value, str | int):
        yield name, value


def _as_text(item: object) -> str:
    """Return an item of a list as a text, a record by its values."""
    if isinstance(item, Struct):
        return "; ".join(_as_text(getattr(item, name)) for name in item.__struct_fields__)
    if isinstance(item, dict):  # a text by language
        return "; ".join(f"{key}: {value}" for key, value in sorted(item.items()))
    return ", ".join(map(str, item)) if isinstance(item, tuple) else str(item)
