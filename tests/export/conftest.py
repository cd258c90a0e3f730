"""A dataset whose texts try to be anything but text, and the exports of it and of the others."""

from __future__ import annotations

import json
from copy import copy
from pathlib import Path

import pytest

import govmap
from govmap.dataset import Loaded

HOSTILE = 'a "b" --> ] }} </script> <!-- \0 \x01 \x1b[31m \x9b \u202e \ufffe ]]> &amp; \\N %%{init} 1. `x` $y$ #35; \\'
LINES = "one\ntwo\r\nthree\t."


@pytest.fixture(name="hostile", scope="session")
def _hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a dataset with hostile texts, and ids that are words of the formats or end in a full stop."""
    folder = tmp_path_factory.mktemp("hostile")
    mechanisms = [
        {
            "id": "end.",
            "names": {"en": HOSTILE, "es": LINES},
            "aliases": [HOSTILE],
            "kind": HOSTILE,
            "relation": "member",
            "website": HOSTILE,
            "parent": LINES,
            "note": LINES,
            "members": ["PER", {"code": "CHL", "since": "2020", "as_written": HOSTILE}],
            "group_label": LINES,
            "groups": [
                {"number": 1, "name": HOSTILE, "themes": ["graph", "asylum"]},
                {"number": 1, "name": LINES, "themes": ["graph"], "since": "2020"},
            ],
            "secretariats": [{"agency": "IOM", "unit": HOSTILE}],
            "evidence": {HOSTILE: {"status": "confirmed", "sources": [], "note": HOSTILE}},
        }
    ]
    about = {"title": HOSTILE, "version": "1", "reference_date": "2021", "licence": HOSTILE, "statement": LINES}
    themes = [
        {
            "id": "graph",
            "preferred": {"en": HOSTILE},
            "alternative": {"en": [HOSTILE, LINES]},
            "matches": ["EV:1 2>", "EV:c_zz", "GCM:24", HOSTILE, "EV:5933"],
        }
    ]
    for name, content in (("mechanisms", {"about": about, "mechanisms": mechanisms}), ("themes", {"themes": themes})):
        (folder / f"{name}.yaml").write_text(json.dumps(content), encoding="utf-8")  # JSON is YAML
    return folder


@pytest.fixture(name="atlases", scope="session")
def _atlases(atlas: govmap.Atlas, invented: govmap.Atlas, hostile: Path) -> dict[str, govmap.Atlas]:
    """The datasets on which each export is tried, by name."""
    return {
        "bundled": few_hidden(atlas),
        "bundled as of 2010": few_hidden(at(atlas, "2010")),
        "nothing as of 1900": few_hidden(at(atlas, "1900")),
        "invented": few_hidden(invented),
        "hostile": few_hidden(govmap.load(hostile)),
    }


def at(atlas: govmap.Atlas, date: str) -> govmap.Atlas:
    """Return *atlas* as of another date."""
    return govmap.Atlas(Loaded(atlas.dataset, atlas._keys), date)


def few_hidden(atlas: govmap.Atlas) -> govmap.Atlas:
    """Return a copy of *atlas* with a fiftieth of its hidden labels: rdflib takes seconds to read all of them."""
    short = copy(atlas)
    vars(short)["hidden_labels"] = atlas.hidden_labels[::50]
    return short
