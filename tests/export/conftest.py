"""Datasets whose texts try to be anything but text, and the exports of them and of the others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.made import read_data, with_dataset

import govmap
from govmap.export.readable import Row, read_rows, readable_tables
from govmap.export.sqlite import dated_copy
from govmap.facts.tables import Table, described_tables

TEXTS = read_data("hostile.yaml")
LIKE_FORMULAS: tuple[str, ...] = tuple(TEXTS["formulas"])
HOSTILE = (*LIKE_FORMULAS, *TEXTS["others"])


def tables_of(atlas: govmap.Atlas) -> list[tuple[Table, list[Row]]]:
    """Return the tables of the database of *atlas* as of its date, with their rows."""
    with dated_copy(atlas) as database:
        return [(table, list(read_rows(database, table))) for table in described_tables()]


def readable_tables_of(atlas: govmap.Atlas) -> list[tuple[Table, list[Row]]]:
    """Return the tables as spreadsheets have them, with names beside codes."""
    with dated_copy(atlas) as database:
        return [(table, list(rows())) for table, rows in readable_tables(database)]


def with_aliases(atlas: govmap.Atlas, aliases: tuple[str, ...]) -> govmap.Atlas:
    """Return *atlas* with other names for its first mechanism, which then is called by the first of them, too."""
    first, *others = atlas.dataset.mechanisms
    renamed = replace(first, aliases=aliases, names={"en": aliases[0]})
    return with_dataset(atlas, mechanisms=(renamed, *others))


@pytest.fixture(name="hostile", scope="session")
def _hostile(invented: govmap.Atlas) -> govmap.Atlas:
    """The invented dataset with hostile texts, all of them as other names of ALPHA."""
    return with_aliases(invented, HOSTILE)


EVIL = 'a "b" --> ] }} </script> <!-- \0 \x01 \x1b[31m \x9b \u202e \ufffe ]]> &amp; \\N %%{init} 1. `x` $y$ #35; \\'
LINES = "one\ntwo\r\nthree\t."


@pytest.fixture(name="hostile_folder", scope="session")
def _hostile_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a dataset with hostile texts, and ids that are words of the formats or end in a full stop."""
    folder = tmp_path_factory.mktemp("hostile")
    mechanisms = [
        {
            "id": "end.",
            "names": {"en": EVIL, "es": LINES},
            "aliases": [EVIL],
            "kind": EVIL,
            "relation": "member",
            "website": EVIL,
            "parent": LINES,
            "note": LINES,
            "members": ["PER", {"code": "CHL", "since": "2020", "as_written": EVIL}],
            "group_label": LINES,
            "groups": [
                {"number": 1, "name": EVIL, "themes": ["graph", "asylum"]},
                {"number": 1, "name": LINES, "themes": ["graph"], "since": "2020"},
            ],
            "secretariats": [
                {"agency": "IOM", "unit": EVIL, "evidence": {"status": "confirmed", "sources": [], "note": EVIL}}
            ],
            "evidence": {EVIL: {"status": "confirmed", "sources": [], "note": EVIL}},
        }
    ]
    about = {"title": EVIL, "version": "1", "reference_date": "2021", "licence": EVIL, "statement": LINES}
    themes = [
        {
            "id": "graph",
            "preferred": {"en": EVIL},
            "alternative": {"en": [EVIL, LINES]},
            "matches": ["EV:1 2>", "EV:c_zz", "GCM:24", EVIL, "EV:5933"],
            "related": ["graph"],
        },
        {"id": "end", "preferred": {"en": "End"}, "broader": "graph", "related": ["graph"]},
    ]
    for name, content in (("mechanisms", {"about": about, "mechanisms": mechanisms}), ("themes", {"themes": themes})):
        (folder / f"{name}.yaml").write_text(json.dumps(content), encoding="utf-8")  # JSON is YAML
    return folder


@pytest.fixture(name="atlases", scope="session")
def _atlases(atlas: govmap.Atlas, invented: govmap.Atlas, hostile_folder: Path) -> dict[str, govmap.Atlas]:
    """The datasets on which each export is tried, by name."""
    return {
        "bundled": atlas,
        "bundled as of 2010": atlas.at("2010"),
        "nothing as of 1900": atlas.at("1900"),
        "invented": invented,
        "hostile": govmap.load(hostile_folder),
    }
