"""The tables hold the whole dataset, and their keys hold."""

from __future__ import annotations

from collections import Counter
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.export.conftest import tables_of
from tests.made import atlas_of, mechanism

import govmap
from govmap.dataset.index import index_names
from govmap.export.readable import Row
from govmap.facts.build import build
from govmap.facts.tables import Table, described_tables, read_text
from govmap.model import Dataset

Filled = tuple[Table, list[Row]]


def by_name(atlas: govmap.Atlas) -> dict[str, Filled]:
    """Return the tables of *atlas* with their rows, by name."""
    return {table.name: (table, rows) for table, rows in tables_of(atlas)}


@pytest.fixture(name="tables", params=["invented", "hostile"])
def _tables(request: pytest.FixtureRequest) -> dict[str, Filled]:
    return by_name(request.getfixturevalue(request.param))


def cells(filled: Filled, name: str) -> list[Any]:
    """Return the cells of the column called *name*."""
    table, rows = filled
    return [row[[column.name for column in table.columns].index(name)] for row in rows]


def test_no_two_rows_share_their_key(tables: dict[str, Filled]) -> None:
    for table, rows in tables.values():
        keys = Counter(zip(*(cells((table, rows), name) for name in table.key), strict=True))
        assert [key for key, times in keys.items() if times > 1] == [], table.name


def test_every_translation_is_of_a_cell_and_in_english_the_same(atlas: govmap.Atlas) -> None:
    tables = by_name(atlas)
    _told, translations = tables["translations"]
    for name in dict.fromkeys(row[0] for row in translations):
        table, rows = tables[str(name)]
        keys = map("/".join, zip(*(map(str, cells((table, rows), key)) for key in table.key), strict=True))
        columns = [column.name for column in table.columns]
        by_key = {key: dict(zip(columns, row, strict=True)) for key, row in zip(keys, rows, strict=True)}
        for _, key, column, language, text, _ in (row for row in translations if row[0] == name):
            shown = by_key[str(key)][str(column)]
            assert text, (name, key)
            assert language != "en" or shown == text, (name, key)


def test_the_evidence_of_a_secretariat_refers_to_it_by_its_place(atlas: govmap.Atlas) -> None:
    """An agency may serve by two units, and an earlier export has the places."""
    differs = {"agency": "IOM", "unit": {"en": "Two"}, "evidence": {"status": "contradicted", "sources": ["crm-about"]}}
    made = atlas_of(atlas, mechanism("ONE", "PER", secretariats=[{"agency": "IOM"}, {"agency": "OAS"}, differs]))
    found = by_name(made)
    assert found["secretariats"][0].key == ("id",)
    assert cells(found["secretariats"], "id") == ["ONE/1", "ONE/2", "ONE/3"]
    assert cells(found["secretariats"], "position") == [1, 2, 3]
    assert list(zip(*(cells(found["evidence"], name) for name in ("id", "part", "secretariat")), strict=True)) == [
        ("secretariat/ONE/3", "secretariats", "ONE/3")
    ]
    assert [row[:2] for row in found["translations"][1] if row[0] == "secretariats"] == [("secretariats", "ONE/3")]


def test_what_has_no_id_is_numbered_from_one(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(
        "extends: bundled\nmechanisms: [{id: RCM, website: a}, {id: R4V, withdraw: true}]"
    )
    own = by_name(govmap.load(tmp_path / "ours.yaml"))
    assert cells(own["corrections"], "number") == [1, 2]
    assert cells(own["events"], "number") == [*range(1, len(cells(own["events"], "number")) + 1)]


def described() -> list[str]:
    """Return the first cells of columns.tsv."""
    return [line.split("\t")[0] for line in read_text("columns.tsv").splitlines()[1:]]


def test_every_description_is_of_a_column() -> None:
    names = {
        name for t in described_tables() for column in t.columns for name in (column.name, f"{t.name}.{column.name}")
    }
    assert [name for name in described() if name not in names or described().count(name) > 1] == []


def test_every_column_is_described_and_every_view_has_its_columns(
    tables: dict[str, Filled], atlas: govmap.Atlas
) -> None:
    named = {(table.name, column.name) for table, _rows in tables.values() for column in table.columns}
    told = set(described())
    assert [f"{table}.{name}" for table, name in sorted(named) if not {name, f"{table}.{name}"} & told] == []
    for table, _rows in tables.values():
        found = atlas.context.rows("select name from pragma_table_info(:table)", table=table.name)
        assert [name for (name,) in found] == [column.name for column in table.columns]
    assert set(zip(*(cells(tables["columns"], name) for name in ("table_name", "column_name")), strict=True)) == named


def test_every_reference_leads_to_a_row(tables: dict[str, Filled]) -> None:
    for table, rows in tables.values():
        for column in table.columns:
            if column.refers:
                target = tables[column.refers]
                assert len(target[0].key) == 1
                named = set(cells((table, rows), column.name)) - {None}
                assert named <= set(cells(target, target[0].key[0])), f"{table.name}.{column.name}"


def test_cells_are_of_the_type_of_their_column(tables: dict[str, Filled]) -> None:
    types = {"text": str, "date": str, "integer": int, "boolean": bool}
    for table, rows in tables.values():
        for column in table.columns:
            found = {type(cell) for cell in cells((table, rows), column.name)}
            allowed = {types[column.type]} | ({type(None)} if column.optional else set())
            assert found <= allowed, f"{table.name}.{column.name}"


def filled(kind: msgspec.inspect.Type, numbers: count[int]) -> Any:
    """Return a value of *kind* with one item in each list and a text or number of its own in each field."""
    match kind:
        case msgspec.inspect.Metadata():
            return filled(kind.type, numbers)
        case msgspec.inspect.UnionType():
            return filled(next(k for k in kind.types if not isinstance(k, msgspec.inspect.NoneType)), numbers)
        case msgspec.inspect.StructType():
            return kind.cls(**{field.name: filled(field.type, numbers) for field in kind.fields})
        case msgspec.inspect.VarTupleType():
            return (filled(kind.item_type, numbers),)
        case msgspec.inspect.DictType():
            return {filled(kind.key_type, numbers): filled(kind.value_type, numbers)}
        case msgspec.inspect.LiteralType():
            return "en" if "en" in kind.values else kind.values[-1]
        case _:
            return plain(kind, numbers)


def plain(kind: msgspec.inspect.Type, numbers: count[int]) -> bool | int | str:
    """Return a value of *kind* that stands nowhere else."""
    if isinstance(kind, msgspec.inspect.BoolType):
        return True
    return next(numbers) if isinstance(kind, msgspec.inspect.IntType) else f"t{next(numbers)}"


def leaves(value: Any) -> set[str]:
    """Return every text and number in *value*, the keys of mappings too."""
    if isinstance(value, dict):
        return {leaf for pair in value.items() for part in pair for leaf in leaves(part)}
    if isinstance(value, list):
        return {leaf for item in value for leaf in leaves(item)}
    return set() if value is None or isinstance(value, bool) else {str(value)}


def test_every_field_of_the_model_has_its_place() -> None:
    dataset: Dataset = filled(msgspec.inspect.type_info(Dataset), count(1000))
    atlas = govmap.Atlas(build(dataset, index_names(dataset)), "2024")
    held = {str(cell) for _table, rows in tables_of(atlas) for row in rows for cell in row}
    held |= {part for cell in held for part in cell.split("/")}
    fields = {name for kind in _records(Dataset) for name in kind.__struct_encode_fields__}
    assert leaves(msgspec.json.decode(msgspec.json.encode(dataset))) - fields - held == set()


def _records(kind: type[msgspec.Struct]) -> set[type[msgspec.Struct]]:
    found: set[type[msgspec.Struct]] = set()
    left = [msgspec.inspect.type_info(kind)]
    while left:
        match left.pop():
            case msgspec.inspect.Metadata(type=inner):
                left.append(inner)
            case msgspec.inspect.UnionType(types=inner):
                left.extend(inner)
            case msgspec.inspect.StructType(cls=cls, fields=fields) if cls not in found:
                found.add(cls)
                left.extend(field.type for field in fields)
            case msgspec.inspect.VarTupleType(item_type=inner):
                left.append(inner)
            case msgspec.inspect.DictType(value_type=inner):
                left.append(inner)
    return found


def test_in_force_is_what_the_atlas_holds(atlas: govmap.Atlas) -> None:
    for date in ("2023-04", "2022-06-10", "2026"):
        dated = atlas.at(date)
        _table, rows = by_name(dated)["memberships"]
        held = {(row[1], row[2]) for row in rows if row[-2:] == (True, "note")}
        assert held == {(id_, code) for id_, seats in dated.seats.items() for code in seats}
    assert len(atlas.seats["CAM"]) == 33
