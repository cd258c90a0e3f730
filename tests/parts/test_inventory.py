"""Every record of a dataset as an item: its id, its name, its fields, and what tells it from others."""

from __future__ import annotations

from typing import Any

import msgspec

import govmap
from govmap.dataset import LoadedDataset
from govmap.dataset.index import index_names
from govmap.model import Dataset
from govmap.names.lexicon import Label, WordLists
from govmap.parts.inventory import item_of, take_inventory, words_of

FACTS: dict[str, Any] = {
    "about": {"title": "Two forums", "version": "1", "reference_date": "2020"},
    "mechanisms": [
        {
            "id": "A",
            "names": {"en": "A Forum", "es": "Un foro"},
            "kind": "forum",
            "acronyms": {"es": "UF", "fr": "FA"},
            "aliases": ["The Forum", "Forum A"],
            "proposed_names": ["es"],
            "former_names": [{"names": {"en": "Old Forum"}, "acronyms": {"en": "OF"}, "until": "2010"}],
            "relation": "endorser",
            "founded": "2000",
            "members": [{"code": "CHL", "until": "2005"}, {"code": "CHL", "joined_by": "2015", "relation": "member"}],
            "unclear_members": [{"code": "PER", "note": "The page is torn"}],
            "groups": [{"number": 1, "name": "Visas", "themes": ["visas", "borders"], "since": "2010", "pillar": 2}],
            "pillars": [{"number": 2, "name": "Order", "themes": ["borders"]}],
            "sub_bodies": [{"id": "cell", "name": "The Cell"}],
            "secretariats": [{"agency": "IOM", "unit": "Desk", "since": "2003"}],
            "evidence": {"members": {"status": "confirmed", "sources": ["z-note", "a-note"]}},
        },
        {"id": "B", "names": {"en": "B Network"}, "kind": "network", "founded": "2018", "members": [{"code": "PER"}]},
    ],
    "agencies": [{"id": "IOM", "names": {"en": "Migration Agency"}}],
    "themes": [{"id": "visas", "preferred": {"en": "visas and permits"}, "alternative": {"en": ["visa", "permit"]}}],
    "categories": [{"number": 7, "label": "entry", "themes": ["visas"]}],
    "sources": [
        {
            "id": "a-note",
            "title": "A note",
            "publisher": "Nobody",
            "date": None,
            "url": None,
            "kind": "web page",
            "looked_up": "2020",
        }
    ],
    "countries": [
        {
            "alpha2": code[:2],
            "alpha3": code,
            "numeric": number,
            "kind": "state",
            "sovereign": None,
            "region": None,
            "names": {"en": name},
        }
        for code, number, name in (("CHL", "152", "Chile"), ("PER", "604", "Peru"))
    ],
    "resolutions": [
        {
            "id": "res-1",
            "number": "RES 1",
            "title": "On visas",
            "body": "The Body",
            "kind": "resolution",
            "date": "2019",
            "sources": ["a-note"],
        }
    ],
    "events": [
        {"date": None, "kind": "meeting", "text": "They met", "sources": ["a-note"], "mechanisms": ["A", "B"]},
        {"date": "2016", "kind": "left", "text": "Peru left", "sources": ["a-note"], "countries": ["PER"]},
    ],
}
OF_FORUM = (
    (
        "mechanisms",
        "A",
        "A Forum",
        {
            "kind": "forum",
            "coverage": "full",
            "aliases": ("Forum A", "The Forum"),
            "relation": "endorser",
            "founded": "2000",
            "evidence.members.status": "confirmed",
            "evidence.members.sources": ("a-note", "z-note"),
        },
        (("A",),),
        ("A",),
    ),
    ("names", "A/en", "A Forum", {"name": "A Forum"}, (("A/en",),), ("A",)),
    ("names", "A/es", "A Forum", {"name": "Un foro", "acronym": "UF", "proposed": True}, (("A/es",),), ("A",)),
    ("names", "A/fr", "A Forum", {"acronym": "FA"}, (("A/fr",),), ("A",)),
    (
        "names",
        "A/en/until 2010",
        "Old Forum",
        {"name": "Old Forum", "acronym": "OF"},
        (("A/en/until 2010",),),
        ("A",),
    ),
    (
        "members",
        "A/CHL",
        "Chile",
        {"until": "2005", "relation": "endorser"},
        (("A", "CHL", None), ("A", "CHL")),
        ("A",),
    ),
    (
        "members",
        "A/CHL",
        "Chile",
        {"joined_by": "2015", "relation": "member"},
        (("A", "CHL", "2015"), ("A", "CHL")),
        ("A",),
    ),
    ("unclear members", "A/PER", "Peru", {"note": "The page is torn"}, (("A", "PER"),), ("A",)),
    (
        "groups",
        "A/1",
        "Visas",
        {"number": 1, "name": "Visas", "themes": ("borders", "visas"), "since": "2010", "pillar": 2},
        (("A", 1, "2010", "Visas"), ("A", "Visas"), ("A", 1, "2010")),
        ("A",),
    ),
    ("pillars", "A/2", "Order", {"number": 2, "name": "Order", "themes": ("borders",)}, (("A", 2),), ("A",)),
    ("bodies", "A/cell", "The Cell", {"name": "The Cell"}, (("A", "cell"),), ("A",)),
    (
        "secretariats",
        "A/IOM",
        "Migration Agency",
        {"unit": "Desk", "since": "2003"},
        (("A", "IOM", "Desk", "2003"), ("A", "IOM")),
        ("A",),
    ),
)
OF_NETWORK = (
    ("mechanisms", "B", "B Network", {"kind": "network", "coverage": "full", "founded": "2018"}, (("B",),), ("B",)),
    ("names", "B/en", "B Network", {"name": "B Network"}, (("B/en",),), ("B",)),
    ("members", "B/PER", "Peru", {"relation": "member"}, (("B", "PER", None), ("B", "PER")), ("B",)),
)
OF_NONE = (
    ("agencies", "IOM", "Migration Agency", {"names.en": "Migration Agency"}, (("IOM",),), ()),
    (
        "themes",
        "visas",
        "visas and permits",
        {"preferred.en": "visas and permits", "alternative.en": ("permit", "visa")},
        (("visas",),),
        (),
    ),
    ("categories", "7", "entry", {"number": 7, "label": "entry", "themes": ("visas",)}, (("7",),), ()),
    (
        "sources",
        "a-note",
        "A note",
        {"title": "A note", "publisher": "Nobody", "kind": "web page", "looked_up": "2020"},
        (("a-note",),),
        (),
    ),
    (
        "countries",
        "CHL",
        "Chile",
        {"alpha2": "CH", "alpha3": "CHL", "numeric": "152", "kind": "state", "names.en": "Chile"},
        (("CHL",),),
        (),
    ),
    (
        "countries",
        "PER",
        "Peru",
        {"alpha2": "PE", "alpha3": "PER", "numeric": "604", "kind": "state", "names.en": "Peru"},
        (("PER",),),
        (),
    ),
)
RESOLVED = (
    "resolutions",
    "res-1",
    "RES 1",
    {
        "number": "RES 1",
        "title": "On visas",
        "body": "The Body",
        "kind": "resolution",
        "date": "2019",
        "sources": ("a-note",),
    },
    (("res-1",),),
    (),
)
MET = (
    "events",
    "no date meeting",
    "They met",
    {"kind": "meeting", "text": "They met", "sources": ("a-note",), "mechanisms": ("A", "B"), "carried": False},
    ((None, "meeting", "They met"), ("meeting", "They met"), (None, "meeting", "A", "B")),
    ("A", "B"),
)
LEFT = (
    "events",
    "2016 left",
    "Peru left",
    {
        "date": "2016",
        "kind": "left",
        "text": "Peru left",
        "sources": ("a-note",),
        "countries": ("PER",),
        "carried": False,
    },
    (("2016", "left", "Peru left"), ("left", "Peru left"), ("2016", "left")),
    (),
)
ABOUT = (
    "about",
    "about",
    "Two forums",
    {"title": "Two forums", "version": "1", "reference_date": "2020"},
    (("about",),),
    (),
)


def small(atlas: govmap.Atlas, date: str | None = None, aside: WordLists | None = None) -> govmap.Atlas:
    """Return the two forums as of a date, with the words of another dataset or with other ones."""
    dataset = msgspec.convert(FACTS, Dataset)
    names = (
        index_names(dataset, aside, {k: v for k, v in atlas.names.parts.items() if k != "word_lists"})
        if aside
        else None
    )
    return govmap.Atlas(LoadedDataset(dataset, names or atlas.names), date)


def test_every_record_of_every_date_is_an_item_with_what_is_known_of_it(atlas: govmap.Atlas) -> None:
    items = list(take_inventory(small(atlas), dated=False))
    assert items == [ABOUT, *OF_FORUM, *OF_NETWORK, *OF_NONE, RESOLVED, MET, LEFT]


def test_as_of_a_date_only_what_held_or_had_happened_is_an_item(atlas: govmap.Atlas) -> None:
    """In 2017 the second spell of Chile had begun and the first ended; the network and the resolution were to come."""
    held = [item for item in OF_FORUM if item[1] != "A/en/until 2010" and "until" not in item[3]]
    assert list(take_inventory(small(atlas, "2017"), dated=True)) == [ABOUT, *held, *OF_NONE, MET, LEFT]


def test_a_mechanism_is_called_as_it_was_on_the_date(atlas: govmap.Atlas) -> None:
    items = [item for item in take_inventory(small(atlas, "2009"), dated=True) if item.kind == "names"]
    assert items == [("names", "A/en", "Old Forum", {"name": "Old Forum", "acronym": "OF"}, (("A/en",),), ("A",))]


def test_a_word_is_an_item_named_by_its_list_its_language_and_its_theme(atlas: govmap.Atlas) -> None:
    lists = {name: ((name.upper(), "en"),) for name in ("neutral", "generic", "people", "persons", "field", "setting")}
    aside = WordLists(not_countries=("Luanda",), hidden=(Label("frontera", "borders", "es", hidden=True),), **lists)
    items = sorted(map(item_of, words_of(small(atlas, aside=aside))))
    assert items == [
        ("words", "field/en/FIELD", "FIELD", {}, (("field", "FIELD", "en"),), ()),
        ("words", "generic/en/GENERIC", "GENERIC", {}, (("generic", "GENERIC", "en"),), ()),
        ("words", "hidden/es/borders/frontera", "frontera", {}, (("hidden", "frontera", "es", "borders"),), ()),
        ("words", "neutral/en/NEUTRAL", "NEUTRAL", {}, (("neutral", "NEUTRAL", "en"),), ()),
        ("words", "not_countries/Luanda", "Luanda", {}, (("not_countries", "Luanda"),), ()),
        ("words", "people/en/PEOPLE", "PEOPLE", {}, (("people", "PEOPLE", "en"),), ()),
        ("words", "persons/en/PERSONS", "PERSONS", {}, (("persons", "PERSONS", "en"),), ()),
        ("words", "setting/en/SETTING", "SETTING", {}, (("setting", "SETTING", "en"),), ()),
    ]
