"""The beginnings and ends of facts, where no event tells of them."""

from __future__ import annotations

from typing import Any

import pytest
from tests.made import ABOUT, atlas_of

import govmap
from govmap.language import Language
from govmap.parts.turns import tell, turns_of


def made(bundled: govmap.Atlas, record: dict[str, Any], *events: dict[str, Any]) -> govmap.Atlas:
    """Return the atlas of one mechanism with the id ONE, and of events of it."""
    whole = {"id": "ONE", "names": {"en": "New Name"}, "kind": "forum", "relation": "member", **record}
    told = [{"text": "Told", "mechanisms": ["ONE"], **event} for event in events]
    return atlas_of(bundled, whole, events=told, about={**ABOUT, "reference_date": "2012"})


def told(atlas: govmap.Atlas) -> list[tuple[Any, ...]]:
    """Return what is told of the one mechanism of an *atlas* as plain values."""
    (mechanism,) = atlas.dataset.mechanisms
    sentences = tell(atlas, turns_of(mechanism, atlas.context.events))
    return [(each.date, each.kind, str(each.text), each.countries, each.sources) for each in sentences]


def resting_on(source: str, **more: str) -> dict[str, Any]:
    return {"status": "confirmed", "sources": [source], **more}


def test_a_name_of_words_stands_in_quotes_in_a_sentence(atlas: govmap.Atlas) -> None:
    """In other languages than English it would need an article; "Oficinas de Movilidad Segura" is one."""
    whole = {"id": "one-two", "founded": "2000", "members": [{"code": "PER", "since": "2003"}]}
    assert [text for _, _, text, *_ in told(made(atlas, whole))] == [
        'Peru is listed by "New Name"',
        'Beginning of "New Name"',
    ]


def test_each_dated_part_has_its_own_sources(atlas: govmap.Atlas) -> None:
    parts = ("members", "founded", "ended", "names", "groups", "pillars", "bodies", "secretariats")
    whole = {
        "founded": "2000",
        "until": "2015",
        "former_names": [{"names": {"en": "Old Name"}, "until": "2005"}],
        "members": [
            {"code": "PER", "since": "2003"},
            {"code": "CHL", "since": "2003", "until": "2010", "evidence": resting_on("on-chile")},
        ],
        "groups": [
            {"number": 1, "name": "Visas", "themes": ["visas"], "since": "2004", "until": "2009"},
            {"number": 2, "name": "Asylum", "themes": ["asylum"], "since": "2004", "evidence": resting_on("on-asylum")},
        ],
        "pillars": [{"number": 1, "name": "Rights", "themes": ["visas"], "since": "2004", "until": "2008"}],
        "sub_bodies": [{"id": "b", "name": "Table", "since": "2005", "until": "2009"}],
        "secretariats": [{"agency": "IOM", "since": "2006", "until": "2007"}],
        "evidence": {part: resting_on(f"on-{part}") for part in parts},
    }
    iom = "IOM, International Organization for Migration"
    assert told(made(atlas, whole)) == [
        ("2003", "joined", "Chile and Peru are listed by ONE", ("CHL", "PER"), ("on-members", "on-chile")),
        ("2010", "left", "Chile is no longer listed by ONE", ("CHL",), ("on-chile",)),
        ("2005", "changed", "Old Name is renamed New Name", (), ("on-names",)),
        ("2004", "changed", "ONE, new pillars: Rights", (), ("on-pillars",)),
        ("2008", "changed", "ONE, pillars discontinued: Rights", (), ("on-pillars",)),
        ("2004", "changed", "ONE, new groups: Visas; Asylum", (), ("on-groups", "on-asylum")),
        ("2009", "changed", "ONE, groups discontinued: Visas", (), ("on-groups",)),
        ("2005", "changed", "ONE, new bodies: Table", (), ("on-bodies",)),
        ("2009", "changed", "ONE, bodies discontinued: Table", (), ("on-bodies",)),
        ("2006", "changed", f"ONE, new secretariat: {iom}", (), ("on-secretariats",)),
        ("2007", "changed", f"ONE, no longer secretariat: {iom}", (), ("on-secretariats",)),
        ("2000", "founded", "Beginning of ONE", (), ("on-founded",)),
        ("2015", "ended", "End of ONE", (), ("on-ended",)),
    ]


def test_each_former_name_gives_way_to_the_next_one_and_brings_its_own_sources_and_note(atlas: govmap.Atlas) -> None:
    """A year stands for its last day, so that the name that ended in March came before the one that ended that year."""
    first = {"names": {"en": "First"}, "until": "2005-03", "evidence": resting_on("minutes", note="So say the minutes")}
    second, third = {"names": {"en": "Second"}, "until": "2005"}, {"names": {"en": "Third"}, "until": "2011"}
    called = {"former_names": [third, second, first], "evidence": {"names": resting_on("on-names")}}
    assert told(made(atlas, called)) == [
        ("2011", "changed", "Third is renamed New Name", (), ("on-names",)),
        ("2005", "changed", "Second is renamed Third", (), ("on-names",)),
        ("2005-03", "changed", "First is renamed Second. So say the minutes", (), ("minutes",)),
    ]


FIVE = ("ARG", "BOL", "CHL", "PER", "URY")
IN_ENGLISH = (
    ("2000", "joined", "Argentina, Bolivia, Chile, Peru and Uruguay are listed by ONE"),
    ("2001", "left", "Argentina, Bolivia, Chile, Peru and Uruguay are no longer listed by ONE"),
    ("2002", "joined", "6 countries are listed by ONE"),
    ("2003", "left", "6 countries are no longer listed by ONE"),
    ("2004", "joined", "6 countries are known to be listed by ONE"),
    ("2005", "joined", "Ecuador is known to be listed by ONE"),
)
IN_SPANISH = (
    ("2000", "joined", "Argentina, Bolivia, Chile, Perú y Uruguay figuran en ONE"),
    ("2001", "left", "Argentina, Bolivia, Chile, Perú y Uruguay ya no figuran en ONE"),
    ("2002", "joined", "6 países figuran en ONE"),
    ("2003", "left", "6 países ya no figuran en ONE"),
    ("2004", "joined", "6 países: consta que figuran en ONE"),
    ("2005", "joined", "Ecuador: consta que figura en ONE"),
)


@pytest.mark.parametrize(("language", "expected"), [("en", IN_ENGLISH), ("es", IN_SPANISH)])
def test_up_to_five_countries_are_named_and_more_are_counted(
    atlas: govmap.Atlas, language: Language, expected: tuple[tuple[str, str, str], ...]
) -> None:
    spells = [
        *({"code": code, "since": "2000", "until": "2001"} for code in FIVE),
        *({"code": code, "since": "2002", "until": "2003"} for code in (*FIVE, "VEN")),
        *({"code": code, "joined_by": "2004"} for code in (*FIVE, "VEN")),
        {"code": "ECU", "joined_by": "2005"},
    ]
    with govmap.speaking(language):
        assert tuple(row[:3] for row in told(made(atlas, {"members": spells}))) == expected


def test_a_joining_known_to_the_day_is_reported_once(atlas: govmap.Atlas) -> None:
    listed = {"members": [{"code": "PER", "since": "2003-05-06", "joined_by": "2004"}]}
    assert told(made(atlas, listed)) == [("2003-05-06", "joined", "Peru is listed by ONE", ("PER",), ())]


ROLES = [
    (
        [{"code": "PER", "until": "2010", "relation": "observer"}, {"code": "PER", "since": "2010"}],
        [("2010", "changed", "ONE lists Peru as member, before as observer")],
    ),
    (
        [{"code": "PER", "since": "2005", "until": "2010"}, {"code": "PER", "since": "2010-06", "until": "2012"}],
        [("2005", "joined", "Peru is listed by ONE"), ("2012", "left", "Peru is no longer listed by ONE")],
    ),
    (  # the second spell lies within the first, or the first has no end
        [{"code": "PER", "since": "2005", "until": "2010"}, {"code": "PER", "since": "2006", "until": "2007"}],
        [("2005", "joined", "Peru is listed by ONE"), ("2010", "left", "Peru is no longer listed by ONE")],
    ),
    (
        [{"code": "PER", "joined_after": "2001"}, {"code": "PER", "joined_by": "2009", "relation": "associate"}],
        [("2009", "changed", "ONE lists Peru as associate, before as member")],
    ),
    (
        [{"code": "PER", "since": "2006", "until": "2010"}, {"code": "PER", "since": "2011-01-01"}],
        [
            ("2006", "joined", "Peru is listed by ONE"),
            ("2010", "left", "Peru is no longer listed by ONE"),
            ("2011-01-01", "joined", "Peru is listed by ONE"),
        ],
    ),
]


@pytest.mark.parametrize(("spells", "expected"), ROLES)
def test_a_country_that_was_never_out_neither_left_nor_joined_again(
    atlas: govmap.Atlas, spells: list[dict[str, Any]], expected: list[tuple[str, str, str]]
) -> None:
    for members in (spells, spells[::-1]):
        assert [row[:3] for row in told(made(atlas, {"members": members}))] == expected


WHOLE = {
    "founded": "2004",
    "until": "2015",
    "members": [{"code": "PER", "since": "2004", "until": "2010"}, {"code": "CHL", "since": "2004"}],
    "groups": [
        {"number": 1, "name": "Visas", "themes": ["visas"], "since": "2004", "until": "2010"},
        {"number": 1, "name": "Asylum", "themes": ["asylum"], "since": "2010"},
    ],
    "secretariats": [{"agency": "IOM", "since": "2004"}],
    "chairs": [{"code": "PER", "since": "2004"}],
    "observers": [{"code": "BRA", "until": "2004"}],
}


@pytest.mark.parametrize(
    ("fact", "on", "said"),
    [
        ("ONE/founded", "2004", "Beginning of ONE"),
        ("ONE/ended", "2015", "End of ONE"),
        ("ONE/members/PER", "2004", "Chile and Peru are listed by ONE"),
        ("ONE/members/PER", "2010", "Peru is no longer listed by ONE"),
        ("ONE/groups/1", "2004", "ONE, new groups: Visas"),
        ("ONE/groups/1", "2010", "ONE, new groups: Asylum"),
        ("ONE/groups/1", "2010", "ONE, groups discontinued: Visas"),
        ("ONE/secretariats/IOM", "2004", "IOM"),
        ("ONE/chairs/PER", "2004", "ONE, new chair: Peru"),
        ("ONE/observers/BRA", "2004", "ONE, no longer observer: Brazil"),
    ],
)
def test_on_its_date_or_last_day_an_event_tells_of_the_facts_that_it_names_and_of_no_others(
    atlas: govmap.Atlas, fact: str, on: str, said: str
) -> None:
    def is_said(**event: Any) -> bool:
        return any(
            date == on and said in text for date, _, text, *_ in told(made(atlas, WHOLE, {"kind": "meeting", **event}))
        )

    assert is_said(date=on)
    assert is_said(date="2005", facts=[fact])
    assert is_said(date=on, facts=["ONE/members/BOL"])
    assert not is_said(date=on, facts=[fact])
    assert not is_said(date="2003-12", until=on, facts=["ONE/members/BOL", fact])


def test_a_change_of_role_and_a_contact_are_facts_that_an_event_may_name(atlas: govmap.Atlas) -> None:
    spells = [{"code": "PER", "until": "2010", "relation": "observer"}, {"code": "PER", "since": "2010"}]
    whole = {"members": spells, "links": [{"other": "ONE", "kind": "guest", "date": "2010"}]}
    assert len(told(made(atlas, whole))) == 2
    assert told(made(atlas, whole, {"date": "2010", "facts": ["ONE/members/PER", "ONE/links/ONE"]})) == []


def test_an_observer_that_becomes_a_member_does_not_end(atlas: govmap.Atlas) -> None:
    for start in ({"since": "2005"}, {"joined_after": "2003", "joined_by": "2005"}):
        whole = {"members": [{"code": "PER", **start}], "observers": [{"code": "PER", "seen": "2003", "until": "2005"}]}
        assert [kind for _, kind, *_ in told(made(atlas, whole))] == ["joined"]
    apart = {
        "observers": [{"code": "PER", "seen": "2003", "until": "2005"}],
        "members": [{"code": "PER", "since": "2006"}],
    }
    assert len(told(made(atlas, apart))) == 2
