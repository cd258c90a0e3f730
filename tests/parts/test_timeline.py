"""The starts and ends that the records date, where no event tells of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from tests.made import ABOUT, atlas_of

import govmap
from govmap.language import Language
from govmap.parts.timeline import Dated, dated_records


def made(bundled: govmap.Atlas, record: dict[str, Any], *events: dict[str, Any]) -> govmap.Atlas:
    """Return the atlas of one mechanism with the id ONE, and of events of it."""
    whole = {"id": "ONE", "names": {"en": "New Name"}, "kind": "forum", "relation": "member", **record}
    told = [{"text": "Told", "mechanisms": ["ONE"], **event} for event in events]
    return atlas_of(bundled, whole, events=told, about={**ABOUT, "reference_date": "2012"})


def in_words(records: Iterable[Dated]) -> list[tuple[Any, ...]]:
    """Return dated records as plain values, each with its sentence."""
    return [(*dated[:2], str(dated.text), *dated[3:6]) for dated in records]


def resting_on(source: str, **more: str) -> dict[str, Any]:
    return {"status": "confirmed", "sources": [source], **more}


def test_a_name_of_words_stands_in_quotes_in_a_sentence(atlas: govmap.Atlas) -> None:
    """In other languages than English it would need an article; "Oficinas de Movilidad Segura" is one."""
    told = made(atlas, {"id": "one-two", "founded": "2000", "members": [{"code": "PER", "since": "2003"}]})
    records = [Dated(*row[:4]) for row in dated_records(told, None)]
    assert [str(record.text) for record in records] == ['Peru is listed by "New Name"', 'Beginning of "New Name"']


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
    assert in_words(dated_records(made(atlas, whole), None)) == [
        ("2003", "joined", "Chile and Peru are listed by ONE", "ONE", ("CHL", "PER"), ("on-members", "on-chile")),
        ("2010", "left", "Chile is no longer listed by ONE", "ONE", ("CHL",), ("on-chile",)),
        ("2000", "founded", "Beginning of ONE", "ONE", (), ("on-founded",)),
        ("2015", "ended", "End of ONE", "ONE", (), ("on-ended",)),
        ("2005", "changed", "Old Name is renamed New Name", "ONE", (), ("on-names",)),
        ("2004", "changed", "ONE, new groups: Visas; Asylum", "ONE", (), ("on-groups", "on-asylum")),
        ("2009", "changed", "ONE, groups discontinued: Visas", "ONE", (), ("on-groups",)),
        ("2004", "changed", "ONE, new pillars: Rights", "ONE", (), ("on-pillars",)),
        ("2008", "changed", "ONE, pillars discontinued: Rights", "ONE", (), ("on-pillars",)),
        ("2005", "changed", "ONE, new bodies: Table", "ONE", (), ("on-bodies",)),
        ("2009", "changed", "ONE, bodies discontinued: Table", "ONE", (), ("on-bodies",)),
        ("2006", "changed", f"ONE, new secretariat: {iom}", "ONE", (), ("on-secretariats",)),
        ("2007", "changed", f"ONE, no longer secretariat: {iom}", "ONE", (), ("on-secretariats",)),
    ]


def test_each_former_name_gives_way_to_the_next_one_and_brings_its_own_sources_and_note(atlas: govmap.Atlas) -> None:
    """A year stands for its last day, so that the name that ended in March came before the one that ended that year."""
    first = {"names": {"en": "First"}, "until": "2005-03", "evidence": resting_on("minutes", note="So say the minutes")}
    second, third = {"names": {"en": "Second"}, "until": "2005"}, {"names": {"en": "Third"}, "until": "2011"}
    called = {"former_names": [third, second, first], "evidence": {"names": resting_on("on-names")}}
    assert in_words(dated_records(made(atlas, called), None)) == [
        ("2011", "changed", "Third is renamed New Name", "ONE", (), ("on-names",)),
        ("2005", "changed", "Second is renamed Third", "ONE", (), ("on-names",)),
        ("2005-03", "changed", "First is renamed Second. So say the minutes", "ONE", (), ("minutes",)),
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


@pytest.mark.parametrize(("language", "told"), [("en", IN_ENGLISH), ("es", IN_SPANISH)])
def test_up_to_five_countries_are_named_and_more_are_counted(
    atlas: govmap.Atlas, language: Language, told: tuple[tuple[str, str, str], ...]
) -> None:
    spells = [
        *({"code": code, "since": "2000", "until": "2001"} for code in FIVE),
        *({"code": code, "since": "2002", "until": "2003"} for code in (*FIVE, "VEN")),
        *({"code": code, "joined_by": "2004"} for code in (*FIVE, "VEN")),
        {"code": "ECU", "joined_by": "2005"},
    ]
    with govmap.speaking(language):
        assert tuple(dated[:3] for dated in in_words(dated_records(made(atlas, {"members": spells}), None))) == told


def test_a_joining_known_to_the_day_is_reported_once(atlas: govmap.Atlas) -> None:
    listed = {"members": [{"code": "PER", "since": "2003-05-06", "joined_by": "2004"}]}
    assert in_words(dated_records(made(atlas, listed), None)) == [
        ("2003-05-06", "joined", "Peru is listed by ONE", "ONE", ("PER",), ())
    ]


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


@pytest.mark.parametrize(("spells", "told"), ROLES)
def test_a_country_that_was_never_out_neither_left_nor_joined_again(
    atlas: govmap.Atlas, spells: list[dict[str, Any]], told: list[tuple[str, str, str]]
) -> None:
    for members in (spells, spells[::-1]):
        records = in_words(dated_records(made(atlas, {"members": members}), None))
        assert [dated[:3] for dated in records] == told


def test_an_event_replaces_a_change_of_role_on_its_day(atlas: govmap.Atlas) -> None:
    spells = [{"code": "PER", "until": "2010", "relation": "observer"}, {"code": "PER", "since": "2010"}]
    event = {"date": "2010", "concerns": "members", "countries": ["PER"]}
    assert list(dated_records(made(atlas, {"members": spells}, event), "PER")) == []


def test_the_history_of_a_country_has_only_its_own_listing(atlas: govmap.Atlas) -> None:
    """The event of Chile tells nothing of Peru, which joined on the same day."""
    whole = {
        "founded": "2003",
        "former_names": [{"names": {"en": "Old Name"}, "until": "2005"}],
        "members": [{"code": code, "since": "2003", "evidence": resting_on(f"on-{code}")} for code in ("CHL", "PER")],
        "groups": [{"number": 1, "name": "Visas", "themes": ["visas"], "since": "2004"}],
    }
    joined = {"date": "2003", "kind": "joined", "countries": ["CHL"]}
    of_peru = ("2003", "joined", "Peru is listed by ONE", "ONE", ("PER",), ("on-PER",))
    assert in_words(dated_records(made(atlas, whole), "PER")) == [of_peru]
    assert in_words(dated_records(made(atlas, whole, joined), "PER")) == [of_peru]
    assert in_words(dated_records(made(atlas, whole, joined), "CHL")) == []


@pytest.mark.parametrize(
    ("event", "untold"),
    [
        ({"kind": "meeting"}, ("Peru", "Visas", "Rights", "IOM")),
        ({"kind": "changed", "date": "2005"}, ("Peru", "Visas", "Rights", "IOM")),
        ({"kind": "changed", "mechanisms": ["TWO"]}, ("Peru", "Visas", "Rights", "IOM")),
        ({"kind": "changed"}, ()),
        ({"kind": "changed", "concerns": "groups"}, ("Peru", "Rights", "IOM")),
        ({"kind": "meeting", "concerns": "groups"}, ("Peru", "Rights", "IOM")),
        ({"kind": "statement", "concerns": "secretariats"}, ("Peru", "Visas", "Rights")),
        ({"kind": "joined", "concerns": "members"}, ("Visas", "Rights", "IOM")),
    ],
)
def test_an_event_replaces_what_it_concerns_and_a_change_replaces_all_of_its_day(
    atlas: govmap.Atlas, event: dict[str, Any], untold: tuple[str, ...]
) -> None:
    whole = {
        "members": [{"code": "PER", "since": "2004"}],
        "groups": [{"number": 1, "name": "Visas", "themes": ["visas"], "since": "2004"}],
        "pillars": [{"number": 1, "name": "Rights", "themes": ["visas"], "since": "2004"}],
        "secretariats": [{"agency": "IOM", "since": "2004"}],
    }
    texts = [str(dated.text) for dated in dated_records(made(atlas, whole, {"date": "2004", **event}), None)]
    assert [word for word, text in zip(untold, texts, strict=True) if word not in text] == []


@pytest.mark.parametrize(
    ("event", "told"),
    [
        ({"date": "2000-05-06", "kind": "founded"}, ["ended"]),
        ({"date": "2014", "kind": "ended"}, ["founded"]),
        ({"date": None, "kind": "founded"}, ["founded", "ended"]),
        ({"date": "2014", "kind": "ended", "concerns": "secretariats"}, ["founded", "ended"]),
    ],
)
def test_only_a_dated_event_on_the_whole_mechanism_replaces_its_beginning_or_end(
    atlas: govmap.Atlas, event: dict[str, Any], told: list[str]
) -> None:
    lived = made(atlas, {"founded": "2000", "until": "2015"}, event)
    assert [dated.kind for dated in dated_records(lived, None)] == told


def test_a_chair_with_an_event_is_reported_once(atlas: govmap.Atlas) -> None:
    chairs = {"chairs": [{"code": "PER", "since": "2010"}, {"code": "CHL", "since": "2011"}]}
    taken = {"date": "2010", "kind": "changed", "concerns": "chair", "countries": ["PER"]}
    told = [(date, text) for date, _, text, *_ in in_words(dated_records(made(atlas, chairs, taken), None))]
    assert told == [("2011", "ONE, new chair: Chile")]


def test_a_meeting_on_the_first_day_replaces_the_beginning(atlas: govmap.Atlas) -> None:
    whole = {"founded": "2000-05-01"}
    for kind, told in (("meeting", 0), ("publication", 1)):
        event = {"date": "2000-05-01", "kind": kind, "sources": ["oas-note-2023"]}
        assert len([*dated_records(made(atlas, whole, event), None)]) == told
    later = {"date": "2000-05-02", "kind": "meeting", "sources": ["oas-note-2023"]}
    assert len([*dated_records(made(atlas, whole, later), None)]) == 1


def test_an_observer_that_becomes_a_member_does_not_end(atlas: govmap.Atlas) -> None:
    for start in ({"since": "2005"}, {"joined_after": "2003", "joined_by": "2005"}):
        whole = {"members": [{"code": "PER", **start}], "observers": [{"code": "PER", "seen": "2003", "until": "2005"}]}
        assert [record.kind for record in dated_records(made(atlas, whole), None)] == ["joined"]
    apart = {
        "observers": [{"code": "PER", "seen": "2003", "until": "2005"}],
        "members": [{"code": "PER", "since": "2006"}],
    }
    assert len([*dated_records(made(atlas, apart), None)]) == 2
