"""The tables of the parts of mechanisms: a column for each field of their records.

A record without an id of its own gets one made of what identifies it, with a stroke between, which ids of the dataset
never hold: `RCM/PER` is the membership of Peru in RCM, `SACM/4` the group with that number, `SACM/4/2025-11` one
that began later.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, get_args

import msgspec

from govmap.atlas import Atlas
from govmap.export.columns import Column, Row, Table, make_column, make_columns, make_table
from govmap.fields import Record
from govmap.mechanism_parts import Part
from govmap.model import PARTS_AS_STORED, Dataset, Evidence, Mechanism
from govmap.rows import Cell

ELSEWHERE = ("id", "themes", "leads", "evidence", "name_sources")  # fields that have no column of their own


def part_tables(atlas: Atlas) -> Iterator[Table]:
    """Yield the table of each part and of its themes, those of countries and agencies first."""
    for part in sorted(PARTS_AS_STORED, key=lambda part: part.of is None):
        yield _table(atlas, part)
        if part.themes:
            columns = (_reference(part, f"The {_noun(part)}"), make_column("theme"))
            pairs = partial(_theme_pairs, atlas, part)
            yield Table(f"{_noun(part)}_themes", part.themes, (columns[0].name, "theme"), columns, pairs)


def _theme_pairs(atlas: Atlas, part: Part) -> Iterator[Row]:
    for mechanism in atlas.dataset.mechanisms:
        pairs = ((item_id(mechanism, part, item), theme) for item in part.items(mechanism) for theme in item.themes)
        yield from dict.fromkeys(pairs)


def evidence_tables(dataset: Dataset) -> Iterator[Table]:
    """Yield the pieces of evidence, of mechanisms, of their former names and of items of their parts; their sources."""
    parts = [part for part in PARTS_AS_STORED if "evidence" in _record(part).__struct_encode_fields__]
    items = (_reference(part, f"The one {_noun(part)} it is about, else all", optional=True) for part in parts)
    columns = (*make_columns("id mechanism part"), *items, *make_columns("status as_of? note?"))
    found = [(m.id, *each) for m in dataset.mechanisms for each in evidence_of(m)]
    rows = tuple(
        (id_, mechanism, about, *(of.get(part.label) for part in parts), piece.status, piece.as_of, piece.note)
        for mechanism, piece, id_, about, of in found
    )
    yield Table("evidence", "How far each fact can be trusted", ("id",), columns, lambda: rows)
    yield make_table("evidence_sources", ((id_, source) for _, piece, id_, *_ in found for source in piece.sources))


def evidence_of(mechanism: Mechanism) -> Iterator[tuple[Evidence, str, str, dict[str, str]]]:
    """Yield each piece of evidence, its id, the part it is about, and the id of its item by the label of the part."""
    for name in mechanism.former_names:
        if name.evidence:
            yield name.evidence, f"former name/{mechanism.id}/{name.until}", f"named until {name.until}", {}
    for label, piece in mechanism.evidence.items():
        yield piece, f"part/{mechanism.id}/{label}", label, {}
    for part in PARTS_AS_STORED:
        for item in part.items(mechanism):
            if getattr(item, "evidence", None):
                id_ = item_id(mechanism, part, item)
                yield item.evidence, f"{_noun(part)}/{id_}", part.label, {part.label: id_}


def item_id(mechanism: Mechanism, part: Part, item: Any) -> str:
    """Return the id of an item, with its start where that is known or tells it from another of the same key.

    Where two may have one key and one start, it is the place in the list.
    """
    if not part.twice:
        return f"{mechanism.id}/{[id(each) for each in part.items(mechanism)].index(id(item)) + 1}"
    key = getattr(item, part.key)
    names = [mechanism.id, str(key)]
    if part.recurs:
        several = sum(getattr(other, part.key) == key for other in part.items(mechanism)) > 1
        names += filter(None, (item.start if several else getattr(item, part.dated_by),))
    return "/".join(names)


def _identity(part: Part, item: Any) -> tuple[str, str | None]:
    """Return what an item and that of an atlas on a date have in common."""
    return part.key_of(item), getattr(item, "until", None)


def _table(atlas: Atlas, part: Part) -> Table:
    fields = _record(part).__struct_encode_fields__
    own = part.columns.split() or [name for name in fields if name not in ELSEWHERE]
    before, key = "mechanism", ["mechanism", _column(part, part.key).name]
    if part.foreign_key:
        before, key = "id mechanism", ["id"]
    if not part.twice:
        before = f"{before} position"
    after = "in_force scope" if "since" in fields else "scope"
    columns = (*make_columns(before), *(_column(part, name) for name in own), *make_columns(after))
    rows = partial(_rows, atlas, part, [*before.split(), *own, *after.split()])
    return Table(part.table, part.about, tuple(key), columns, rows)


def _rows(atlas: Atlas, part: Part, names: list[str]) -> Iterator[Row]:
    """Yield the rows of a part: for each of *names* a cell of ours, or else the field of that name."""
    for mechanism in atlas.dataset.mechanisms:
        then = atlas.mechanisms.get(mechanism.id)
        in_force = {_identity(part, item) for item in part.items(then)} if then else ()
        for position, item in enumerate(part.items(mechanism), 1):
            known: dict[str, Cell] = {
                "id": item_id(mechanism, part, item),
                "mechanism": mechanism.id,
                "position": position,
                "scope": mechanism.scope,
                "in_force": _identity(part, item) in in_force,
            }
            yield tuple(known[name] if name in known else _cell(mechanism, part, item, name) for name in names)


def _cell(mechanism: Mechanism, part: Part, item: Any, name: str) -> Cell:
    """Return the value of a field: that of the mechanism where it is the rule, the id where it names another item."""
    if name == "relation":
        return mechanism.relation_of(item)
    value: Cell = getattr(item, name)
    refers = value is not None and any(reference.field == name for reference in part.references)
    return f"{mechanism.id}/{value}" if refers else value


def _column(part: Part, field: str) -> Column:
    """Return the column of a field, whose cells may be empty where the field need not be given."""
    column = make_column("country" if field == "code" else field, part.table)
    default = next(each.default for each in msgspec.structs.fields(_record(part)) if each.encode_name == field)
    # Where an item does not say what relation it has, the mechanism does.
    return column._replace(optional=default is None and field != "relation")


def _noun(part: Part) -> str:
    """Return the word for one item."""
    return (part.foreign_key or part.table).removesuffix("_id")


def _reference(part: Part, about: str, *, optional: bool = False) -> Column:
    """Return the column by which another table refers to the items of a part."""
    return Column(part.foreign_key or "", about, optional=optional, refers=part.table)


def _record(part: Part) -> type[Record]:
    """Return the class of the items."""
    (list_,) = (field.type for field in msgspec.structs.fields(Mechanism) if field.name == part.field)
    record: type[Record] = get_args(list_)[0]
    return record
