"""Pages: what a person reads of some answers on the bundled data; whole pages are in test_whole_pages.py."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.made import atlas_of, columns
from tests.made import mechanism as made_mechanism

import govmap
from govmap.layout.page import Drawing, Facts, Lines, Page, Reference, Sources, Table, Tiles, without_empty_columns
from govmap.layout.sources import SourceNumbers, source_lines, with_sources
from govmap.layout.words import EVIDENCE_MEANS, countries, span, term, theme_labels
from govmap.presentation import Presentation
from govmap.questions.overlap import Overlap
from govmap.records import SourceRef


def titled(page: Page) -> list[Table | Lines | Drawing]:
    """Return the blocks of *page* that have a title, the list of its sources as it is shown."""
    shown = (source_lines(b) if isinstance(b, Sources) else b for b in page.blocks)
    return [b for b in shown if not isinstance(b, Facts | Tiles)]


def block(page: Page, title: str) -> Table | Lines | Drawing:
    """Return the only block of *page* whose title begins with *title*."""
    (found,) = [b for b in titled(page) if b.title.startswith(title)]
    return found


def rows(page: Page, title: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table of *page*."""
    table = block(page, title)
    assert isinstance(table, Table)
    return table.rows


def lines(page: Page, title: str) -> tuple[str, ...]:
    """Return the lines of a block of *page*."""
    found = block(page, title)
    assert isinstance(found, Lines)
    return found.lines


def not_shown(page: Page) -> dict[str, tuple[str, ...]]:
    """Return the blocks of *page* on what its lists do not show: later changes, and earlier ones left out."""
    found = [
        b for b in page.blocks if isinstance(b, Lines) and b.title.startswith(("Changed since", "Earlier changes"))
    ]
    return {b.title: b.lines for b in found}


def listed(page: Page) -> Table:
    """Return the only table of a list page, which has no title: that of the page says it."""
    (table,) = [b for b in page.blocks if isinstance(b, Table)]
    assert table.title == ""
    return table


def titles(page: Page) -> list[str]:
    """Return the titles of the blocks of *page*, in order."""
    return [block.title for block in titled(page)]


def facts(page: Page) -> dict[str, str]:
    """Return the facts of *page* by label."""
    return {label: value for b in page.blocks if isinstance(b, Facts) for label, value in b.pairs}


def texts(page: Page) -> list[str]:
    """Return every text of *page*."""
    found = [page.title, page.subtitle]
    for b in page.blocks:
        if isinstance(b, Facts):
            found += [text for pair in b.pairs for text in pair]
        elif isinstance(b, Lines):
            found += [b.title, *b.lines]
        elif isinstance(b, Table):
            found += [b.title, b.empty, *(column.heading for column in b.columns), *(c for row in b.rows for c in row)]
    return found


def country(atlas: govmap.Atlas, name: str) -> Page:
    """Return the whole page of a country."""
    return Presentation(govmap.country(atlas, name), full=True).page()


def mechanism(atlas: govmap.Atlas, name: str) -> Page:
    """Return the whole page of a mechanism."""
    return Presentation(govmap.mechanism(atlas, name), full=True).page()


def compare(atlas: govmap.Atlas, *names: str, **limits: Any) -> Page:
    """Return the whole page of a comparison."""
    return Presentation(govmap.compare(atlas, *names, **limits), full=True).page()


def overlap(atlas: govmap.Atlas, theme: str) -> Page:
    """Return the whole page of an overlap."""
    return Presentation(govmap.overlap(atlas, theme), full=True).page()


def listing(atlas: govmap.Atlas, what: Any, **filters: Any) -> Page:
    """Return the page of a list."""
    ask: Any = govmap.list  # whose overloads name each list
    return Presentation(ask(atlas, what, **filters)).page()


def test_a_territory_that_no_mechanism_lists_is_not_told_to_belong_to_anybody(atlas: govmap.Atlas) -> None:
    assert country(atlas, "FLK").title == "Falkland Islands (FK, FLK)"


def test_the_explanation_of_the_evidence_has_every_word_of_the_data(atlas: govmap.Atlas) -> None:
    used = {piece.status for m in atlas.dataset.mechanisms for piece in m.evidence.values() if piece.status}
    assert used
    assert [status for status in used if f"{term(status)}, " not in EVIDENCE_MEANS] == []


def test_sources_looked_up_on_several_days_have_the_day_in_each_line() -> None:
    first = SourceRef(
        id="a",
        title="A",
        publisher="P",
        date=None,
        url="https://example.org",
        kind="note",
        looked_up="2020-07-01",
        language="en",
    )
    second = SourceRef(
        id="b", title="B?", publisher="Q", date="2019", url=None, kind="law", looked_up="2020-07-02", language=None
    )
    numbers = SourceNumbers((second, first))
    assert numbers.marks(["a", "b", "unknown", "a"]) == "[1][2][1]", "by the order of citing"
    (cited,) = with_sources(Page("", "", ()), numbers, ()).blocks
    assert isinstance(cited, Sources)
    shown = source_lines(cited)
    assert shown.title == "Sources"
    assert shown.lines == (
        "[1] A. P (note, looked up 2020-07-01). https://example.org",
        "[2] B? Q, 2019 (law, looked up 2020-07-02). No address",
    )
    told = "[1] A. P (note). https://example.org"
    assert source_lines(Sources((Reference(first),))) == Lines("Sources (looked up 2020-07-01)", (told,))


def test_before_any_mechanism_was_founded_nothing_is_said_to_list_all(atlas: govmap.Atlas) -> None:
    early = govmap.load(as_of="1900")
    page = country(early, "Peru")
    assert "It is listed in all of them" not in texts(page)
    assert atlas.as_of == "2023-04"


def test_a_mechanism_whose_source_lists_no_groups_has_the_reason_in_their_place_alone(atlas: govmap.Atlas) -> None:
    page = mechanism(atlas, "CAM")
    told = block(page, "Groups")
    assert isinstance(told, Table)
    assert (told.title, told.rows) == ("Groups", ())
    assert told.empty.startswith("The source lists no working groups for the committee; this does")
    assert [label for label in facts(page) if label.startswith(("No ", "Open"))] == []
    assert facts(page)["Unclear: Venezuela"].startswith("The list of the source ends in a comma")
    assert sum("lists no working groups" in text for text in texts(page)) <= 2, "there, and with the evidence"
    short = Presentation(govmap.mechanism(atlas, "CAM")).page()
    assert facts(short)["Groups"] == "no groups are listed; this does not mean there are none"


def test_where_no_groups_are_listed_and_no_reason_given_silence_is_not_shown_as_none(tmp_path: Path) -> None:
    (tmp_path / "mechanisms.yaml").write_text(
        "extends: bundled\nmechanisms: [{id: OWN, names: {en: O}, kind: network, relation: member, members: [JPN]}]\n"
    )
    own = govmap.load(tmp_path)
    silence = "No groups are listed; this does not mean there are none"
    for page, title in ((mechanism(own, "OWN"), "Groups"), (country(own, "Japan"), "Groups and themes")):
        told = block(page, title)
        assert isinstance(told, Table)
        assert (told.rows, told.empty) == ((), silence)


def test_the_evidence_of_a_group_is_told_with_the_differences_only_where_it_is_contradicted(
    atlas: govmap.Atlas,
) -> None:
    head, seen = "Where the source or another list differs", set()
    for id_ in atlas.mechanisms:
        page = mechanism(atlas, id_)
        told = " ".join(lines(page, head)) if head in titles(page) else ""
        for group in atlas.mechanisms[id_].groups:
            if group.evidence and group.evidence.note:
                is_contradicted = group.evidence.status == "contradicted"
                assert (group.evidence.note in told) == is_contradicted, (id_, group.number)
                seen.add(is_contradicted)
    assert seen == {True, False}


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2000", "The lists are those of April 2023. A membership or group whose start is not known"),
        ("2050", "No source was consulted after "),
    ],
)
@pytest.mark.parametrize(
    "arguments",
    [
        ("country", "Peru"),
        ("country", "Cuba"),
        ("mechanism", "RCM"),
        ("mechanism", "SACM"),
        ("compare", "RCM", "SACM"),
        ("compare", "RCM"),
        ("overlap", "human trafficking"),
        ("overlap",),
        ("gaps",),
        ("gaps", "--country", "Peru"),
        ("cover",),
        ("list", "mechanisms"),
        ("list", "groups"),
        ("list", "sources"),
    ],
    ids=" ".join,
)
def test_a_screen_of_another_time_has_a_caution_and_one_of_the_time_of_the_data_has_none(
    call: Callable[..., Any], arguments: tuple[str, ...], date: str, words: str
) -> None:
    screen = call(*arguments, "--as-of", date).out
    assert screen.splitlines().count("Caution") == 1
    assert f"Caution {words}" in " ".join(screen.split())
    for sure in ((), ("--as-of", "2023-04"), ("--as-of", "2024")):
        assert "Caution" not in call(*arguments, *sure).out.splitlines()


def test_what_may_have_come_before_the_date_of_the_answer_is_marked(atlas: govmap.Atlas) -> None:
    changes = lines(mechanism(atlas, "MIRPS"), "Changed since April 2023")
    assert [line.split(" MIRPS:")[0] for line in changes] == [
        *("2023 (perhaps earlier)", "2024-01-24", "2025", "2025-11"),
    ]
    told = listed(Presentation(govmap.history(atlas, "MIRPS"), full=True).page()).rows
    assert sorted(row[0] for row in told if "perhaps" in row[0] or row[0] >= "2024") == [
        "2023 (perhaps earlier)",
        *("2024-01-24", "2024-01-24", "2024-12", "2025", "2025-11"),
    ]


def test_a_mechanism_page_tells_where_the_source_has_another_form(atlas: govmap.Atlas) -> None:
    told = lines(mechanism(atlas, "R4V"), "Where the source or another list differs")
    assert told == (
        'Technical secretariat International Organization for Migration: the source has "OIM"',
        'Technical secretariat Office of the United Nations High Commissioner for Refugees: the source has "ACNUR"',
        'Sector 1: the source has "Wash"',
    )


def test_slips_of_the_source_are_told_on_the_page(atlas: govmap.Atlas) -> None:
    slips = lines(mechanism(atlas, "LAD"), "Where the source or another list differs")
    assert any('"Labor Mobility"' in line for line in slips)
    assert any("the second is a slip for smuggling" in line for line in slips)


def test_every_number_of_a_source_on_a_page_is_in_its_list(atlas: govmap.Atlas) -> None:
    for name in atlas.mechanisms:
        page = mechanism(atlas, name)
        marks = {int(mark) for text in texts(page) for mark in re.findall(r"\[(\d+)\]", text)}
        assert marks == set(range(1, len(marks) + 1)), name
        assert len(marks) <= len(lines(page, "Sources")), name


@pytest.mark.parametrize("full", [True, False])
def test_the_numbers_on_a_page_are_those_of_its_list_of_sources(atlas: govmap.Atlas, full: bool) -> None:
    def cited_in(page: Page, text: str) -> list[str]:
        (sources,) = (b for b in page.blocks if isinstance(b, Sources))
        return [sources.references[int(number) - 1].source.id for number in re.findall(r"\[(\d+)\]", text)]

    history, member = govmap.history(atlas, "LAD"), govmap.membership(atlas, "Peru", "SACM")
    page = Presentation(history, sources=True, full=full).page()
    latest = list(reversed(history.entries))[: len(listed(page).rows)]
    assert [cited_in(page, row[-1]) for row in listed(page).rows] == [list(entry.sources) for entry in latest]
    page = Presentation(member, sources=True, full=full).page()
    assert cited_in(page, facts(page)["Evidence"]) == list(member.evidence.sources)


def test_a_page_of_proposed_names_says_that_they_are_this_datasets_own(atlas: govmap.Atlas) -> None:
    assert facts(mechanism(atlas, "RIAM"))["French"].endswith("(this dataset's own wording)")
    assert "own wording" not in facts(mechanism(atlas, "RIAM"))["Spanish"]


def test_names_that_the_evidence_calls_proposals_are_marked_where_they_stand(atlas: govmap.Atlas) -> None:
    """The evidence of CMC, R4V and others says in words that names are proposals; the field must say it too."""
    unmarked = [
        mechanism.id
        for mechanism in atlas.dataset.mechanisms
        for piece in mechanism.evidence.values()
        if piece.note and ("proposal of this dataset" in piece.note or "proposals of this dataset" in piece.note)
        if not mechanism.proposed_names
    ]
    assert unmarked == []


def test_themes_in_a_comparison_stand_in_the_order_of_their_labels(atlas: govmap.Atlas) -> None:
    told = facts(compare(atlas, "Peru", "Chile"))
    labels = [theme.label for theme in govmap.country(atlas, "Peru").themes]
    assert told[f"Themes: in both ({len(labels)})"] == "; ".join(sorted(labels, key=str.casefold))
    short = facts(Presentation(govmap.compare(atlas, "Peru", "Chile")).page())
    assert short[f"Themes: in both ({len(labels)})"] == "full=True", "too many for a screen"


def test_themes_stand_in_the_order_of_their_labels_a_semicolon_apart(atlas: govmap.Atlas) -> None:
    few = sorted(atlas.themes)[:40]
    labels = theme_labels(atlas, few).split("; ")
    assert labels == sorted((atlas.themes[id_].label for id_ in few), key=str.casefold)
    assert labels != [atlas.themes[id_].label for id_ in sorted(few)], "the order of the ids is another"


def test_an_overlap_sets_groups_on_a_neighbouring_theme_apart(atlas: govmap.Atlas) -> None:
    page = overlap(atlas, "human trafficking")
    works = [row[:2] for row in rows(page, "Groups that work on it")]
    assert works == [("LAD", "8"), ("QUITO", "9"), ("RIAM", "1"), ("SACM", "4")]
    assert [row[:2] for row in rows(page, "Groups on a neighbouring theme")] == [("RIAM", "2")]
    assert page.subtitle.startswith("4 mechanisms have a group on it: "), "neighbours are not counted"
    short = facts(Presentation(govmap.overlap(atlas, "human trafficking")).page())
    assert [label for label in short if label[-1].isdigit()] == ["LAD 8", "QUITO 9", "RIAM 1", "SACM 4"]
    assert short["Related"] == "RIAM 2 Smuggling of Migrants"


def test_an_overlap_names_the_countries_in_none_in_all_and_in_fewer(atlas: govmap.Atlas) -> None:
    """The numbers are those of an independent count in tests/facts."""
    found = govmap.overlap(atlas, "human trafficking")
    assert isinstance(found, Overlap)
    told = facts(Presentation(found).page())
    assert told[f"Left out ({len(found.uncovered)})"] == ", ".join(sorted(ref.name for ref in found.uncovered))
    for count in (4, 3, 2, 1):
        names = sorted(ref.name for ref in found.countries if len(ref.mechanisms) == count)
        title = f"In all 4 ({len(names)})" if count == 4 else f"In {count} ({len(names)})"
        assert told[title] == ", ".join(names)


def test_an_overlap_without_a_direct_group_says_that_it_rests_on_neighbours(atlas: govmap.Atlas) -> None:
    labels = [theme.label for theme in atlas.themes.values() if not atlas.groups_on(theme.id)]
    found = [Presentation(govmap.overlap(atlas, label), full=True) for label in labels]
    related = [answer.page() for answer in found if answer.failure is None and answer.answer.groups]
    assert related
    assert {type(answer.failure) for answer in found} == {type(None), govmap.NoAnswerError}
    for page in related:
        assert page.subtitle.startswith("No group works on it directly; ")
        assert "Groups that work on it" not in titles(page)
        seated = {label.split()[0] for label in facts(page) if label[-1].isdigit()}
        assert {row[0] for row in rows(page, "Mechanisms of these groups")} == seated


def test_an_overlap_tells_only_changes_of_members_and_groups(atlas: govmap.Atlas) -> None:
    """Who chairs a mechanism is no change of who works on a theme."""
    told = not_shown(overlap(atlas, "human trafficking"))
    assert list(told) == ["Changed since April 2023", "Earlier changes missing from the source"]
    assert all(told.values())
    assert not [line for told_lines in told.values() for line in told_lines if "takes the chair" in line]


def test_a_whole_list_of_mechanisms_tells_of_the_bodies_that_are_only_named(atlas: govmap.Atlas) -> None:
    assert "\nThe source names 16 more bodies without members" in listing(atlas, "mechanisms").subtitle
    narrowed = listing(atlas, "mechanisms", member="Peru")
    assert narrowed.title == "Mechanisms (member: Peru)"
    assert narrowed.blocks == (listed(narrowed),)


def test_no_page_holds_an_unfilled_or_python_word_or_two_marks_in_a_row(atlas: govmap.Atlas) -> None:
    pages = [mechanism(atlas, id_) for id_ in atlas.mechanisms] + [country(atlas, code) for code in atlas.parties]
    wrong = [
        t
        for page in pages
        for t in texts(page)
        if any(word in t for word in ("None,", "{", "<govmap", "()", "  ", "..", "?.", " ,", " .", ",,"))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("since", "until", "joined_after", "joined_by", "told"),
    [
        ("2020", None, None, None, "2020"),
        ("2020", "2023", None, None, "2020, until 2023"),
        (None, None, "2022-06-10", None, "after 2022-06-10"),
        (None, None, None, "2022-08", "by 2022-08"),
        (None, "2023", "2022-06-10", "2022-08", "between 2022-06-10 and 2022-08, until 2023"),
        (None, None, None, None, "not known"),
    ],
)
def test_the_time_of_a_membership_is_told_as_far_as_it_is_known(
    invented: govmap.Atlas,
    since: str | None,
    until: str | None,
    joined_after: str | None,
    joined_by: str | None,
    told: str,
) -> None:
    (row, *_) = govmap.mechanism(invented, "ALPHA").members or ()
    row = replace(row, since=since, until=until, joined_after=joined_after, joined_by=joined_by)
    assert span(row) == told


@pytest.mark.parametrize(("number", "text"), [(0, "0 countries"), (1, "1 country"), (2, "2 countries")])
def test_a_number_has_its_noun_in_the_right_form(number: int, text: str) -> None:
    assert countries(number) == text


def test_columns_that_no_row_fills_are_left_out() -> None:
    table = Table("T", columns("A", "B", "C", numbers=("C",)), (("1", "", ""), ("", "", "3")))
    kept = without_empty_columns(table)
    assert [column.heading for column in kept.columns] == ["A", "C"]
    assert kept.rows == (("1", ""), ("", "3"))


def test_what_a_limit_leaves_without_seats_is_left_out_and_told_why(atlas: govmap.Atlas) -> None:
    page = compare(atlas, "RCM", "SACM", theme="asylum")
    assert page.subtitle.splitlines()[:2] == [
        "RCM is left out: it has no group on asylum.",
        "SACM is left out: it has no group on asylum.",
    ]
    assert compare(atlas, "CAM", "LAD", theme="asylum").subtitle.splitlines()[0] == (
        "CAM is left out: its groups are not known."
    )
    assert compare(atlas, "RCM", "LAD", relation="endorser").subtitle.splitlines()[0] == (
        "RCM is left out: it lists no endorsers."
    )
    every = compare(atlas, all=True, theme="asylum")
    assert [row[0] for row in listed(every).rows] == ["LAD, QUITO", "MIRPS, LAD", "MIRPS, QUITO"]
    assert "share no" not in every.subtitle


def test_countries_are_told_by_who_lists_them(atlas: govmap.Atlas) -> None:
    assert (
        compare(atlas, "Peru", "Haiti").subtitle.splitlines()[0] == "Every mechanism that lists Haiti also lists Peru."
    )
    assert compare(atlas, "Cuba", "Haiti").subtitle.splitlines()[0] == "No mechanism of the dataset lists Cuba."
    many = compare(atlas, "Peru", "Chile", "Brazil", "Haiti", "Jamaica").subtitle.splitlines()
    assert many[:2] == [
        "Peru, Chile and Brazil are listed by the same mechanisms.",
        "Haiti and Jamaica are listed by the same mechanisms.",
    ]


def test_a_comparison_says_where_a_listing_is_no_membership(atlas: govmap.Atlas) -> None:
    told = lines(compare(atlas, "RCM", "LAD", "R4V"), "What being listed means")
    assert told == ("LAD: endorsers, not members", "R4V: countries covered, not members")


def test_facts_of_which_none_is_known_are_left_out(atlas: govmap.Atlas) -> None:
    """Who serves it is known, and that nobody does yet; nothing is known of its site, nor of what it is part of."""
    later = [{"agency": "OAS", "since": "2030"}]
    made = atlas_of(atlas, made_mechanism("A", "PER", secretariats=later), made_mechanism("B", "PER"))
    for full in (False, True):
        page = Presentation(govmap.brief(made, "A"), full=full).page()
        assert all(b.pairs for b in page.blocks if isinstance(b, Facts))


def test_meetings_alone_change_no_answer_and_what_a_history_of_a_country_counts_is_said(atlas: govmap.Atlas) -> None:
    held = {"date": "2021", "kind": "meeting", "mechanisms": ["A"], "countries": ["PER"], "text": "It meets in Lima"}
    left = {"date": "2022", "kind": "left", "mechanisms": ["A"], "countries": ["CHL"], "text": "Chile leaves"}
    made = atlas_of(atlas, made_mechanism("A", "PER CHL"), events=[held, left], as_of="2020")

    def since(answer: Any) -> str:
        return Presentation(answer).page().subtitle.partition("Since then: ")[2]

    assert since(govmap.country(made, "Peru")) == ""
    assert since(govmap.country(made, "Chile")) == "Chile leaves (2022)"
    assert since(govmap.mechanism(made, "A")).startswith("Chile leaves (2022); 2 events in total (")
    page = Presentation(govmap.history(made, "Peru")).page()
    assert page.subtitle == "1 dated event on the country itself, 1 after 2020."
    assert page.more.endswith("; changes of its mechanisms: govmap.country(atlas, 'Peru', full=True)")
    assert lines(Presentation(govmap.country(made, "Peru"), full=True).page(), "Changed in its mechanisms since 2020")
