"""Datasets made for one test: plain records, beside the countries, themes, agencies and sources of the bundled data."""

from __future__ import annotations

import datetime
import os
import random
import shlex
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import msgspec
import yaml
from msgspec.structs import replace

import govmap
from govmap.dataset.index import index_names
from govmap.facts.build import build
from govmap.facts.database import Database
from govmap.layout.page import Column
from govmap.model import About, Event, Mechanism
from govmap.names.index import NameIndex
from govmap.names.lexicon import WordLists

DATA = Path(__file__).parent / "data"
Data = dict[str, Any]
ABOUT = {"title": "T", "version": "1", "reference_date": "2020"}
CODES = ("ARG", "BOL", "CHL", "PER")
THEMES = ("asylum", "borders", "gender", "health")
RELATIONS = ("member", "endorser", "covered")


def read_data(name: str) -> Any:
    """Return what a YAML file in `tests/data` holds."""
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))


def accepted(path: Path, text: str) -> str:
    """Return the text that was read and accepted; with GOVMAP_UPDATE=1, accept *text*."""
    if os.environ.get("GOVMAP_UPDATE") == "1":
        path.write_text(text, encoding="utf-8")
    return path.read_text(encoding="utf-8")


def ask(atlas: govmap.Atlas, case: Data) -> Any:
    """Return the answer to a question from a file: `ask` as it is typed, with its `options` by name."""
    question, *names = shlex.split(case["ask"])
    return getattr(govmap, question)(atlas, *names, **case.get("options", {}))


def mechanism(id_: str, members: str | list[Data] = "", *themes: str, **fields: Any) -> Data:
    """Return a mechanism with *members* (records, or codes with blanks between) and a group for each of *themes*."""
    listed = [{"code": code} for code in members.split()] if isinstance(members, str) else members
    return {
        "id": id_,
        "names": {"en": f"Mechanism {id_}"},
        "kind": "forum",
        "relation": "member",
        "members": listed,
        "groups": [
            {"number": number, "name": f"Group {number}", "themes": ids.split()} for number, ids in enumerate(themes, 1)
        ],
        **fields,
    }


def atlas_of(
    bundled: govmap.Atlas,
    *mechanisms: Data,
    as_of: str | None = None,
    events: Iterable[Data] = (),
    about: Data = ABOUT,
) -> govmap.Atlas:
    """Return the atlas of *mechanisms* and *events*."""
    loaded = loaded_of({"about": about, "mechanisms": mechanisms}, bundled)
    made_events = msgspec.convert([{"kind": "changed", "sources": [], **event} for event in events], tuple[Event, ...])
    return govmap.Atlas(build(replace(loaded.dataset, events=made_events), loaded.names), as_of)


def with_dataset(atlas: govmap.Atlas, **fields: Any) -> govmap.Atlas:
    """Return *atlas* with other *fields* of its dataset, under the same names."""
    return govmap.Atlas(build(replace(atlas.dataset, **fields), atlas.names))


def loaded_of(data: Data, bundled: govmap.Atlas) -> Database:
    """Return a plain dataset as it would be loaded from a file, without reading the bundled one once more."""
    about = msgspec.convert(data["about"], About)
    mechanisms = msgspec.convert(data["mechanisms"], tuple[Mechanism, ...])
    dataset = replace(bundled.dataset, about=about, mechanisms=mechanisms, events=(), resolutions=())
    lent = {kind: bundled.names.read(kind) for kind in NameIndex.PARTS if kind not in ("mechanisms", "documents")}
    return build(dataset, index_names(dataset, WordLists(), lent))


def random_dataset(seed: int) -> Data:
    """Return a dataset in which mechanisms, their names, members, groups, bodies and secretariats change over time."""
    chance = random.Random(seed)  # noqa: S311 - a made dataset
    mechanisms = [
        {
            "id": f"M{number}",
            "names": {"en": f"Mechanism {number}"},
            "former_names": [
                {"names": {"en": f"Older {number}"}, "until": "2009-03", "acronyms": {"en": f"OLD{number}"}},
                {"names": {"en": f"Oldest {number}"}, "until": "2004"},
            ][: chance.randrange(3)],
            "kind": "forum",
            "relation": chance.choice(RELATIONS),
            **_span(chance, "founded"),
            "members": [spell for code in CODES for spell in _spells(chance, code)] or [{"code": "PER"}],
            "groups": [
                {"number": n, "name": f"Group {n}", "themes": [chance.choice(THEMES)], **_span(chance)}
                for n in (1, 2, 3)
            ],
            "pillars": [{"number": n, "name": f"Pillar {n}", "themes": ["health"], **_span(chance)} for n in (1, 2)],
            "sub_bodies": [{"id": f"B{n}", "name": f"Body {n}", **_span(chance)} for n in (1, 2)],
            "secretariats": [{"agency": agency, **_span(chance)} for agency in ("IOM", "OAS", "UNHCR")],
        }
        for number in range(6)
    ]
    return {"about": {"title": "Made", "version": "1", "reference_date": "2012"}, "mechanisms": mechanisms}


def _spells(chance: random.Random, code: str) -> list[Data]:
    """Return the memberships of a country: none, one, or two one after the other, perhaps with other relations."""
    sort = chance.randrange(5)
    if sort == 0:
        return []
    if sort == 1:
        second = chance.choice(("2003-05", "2003-08-20", "2009"))
        return [
            {"code": code, "until": "2003-05"},
            {"code": code, "since": second, "relation": chance.choice(RELATIONS)},
        ]
    if sort == 2:
        known_by = {"joined_by": "2004-09"} if chance.random() < 0.5 else {}
        return [{"code": code, "joined_after": "2004-06-15", **known_by}]
    return [{"code": code, **_span(chance)}]


def _span(chance: random.Random, begin: str = "since") -> Data:
    """Return a start and an end, one of them, or none."""
    start, end = sorted((_some_date(chance), _some_date(chance)))
    dates = {begin: start} if chance.random() < 0.6 else {}
    return {**dates, "until": end} if chance.random() < 0.6 and start[:4] < end[:4] else dates


def _some_date(chance: random.Random) -> str:
    """Return a year, a month or a day from 2000 to 2015."""
    day = datetime.date(2000, 1, 1) + datetime.timedelta(days=chance.randrange(365 * 15))
    return day.isoformat()[: chance.choice((4, 7, 10))]


def columns(*headings: str, numbers: Collection[str] = (), marks: Collection[str] = ()) -> tuple[Column, ...]:
    """Return columns with *headings*; those also in *numbers* are set flush right, those in *marks* in the middle."""
    return tuple(Column(heading, heading in numbers, heading in marks) for heading in headings)
