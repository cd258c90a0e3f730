"""Pages: what a person reads of some answers on the bundled data; whole pages are in test_whole_pages.py."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from tests.made import DATA, atlas_of
from tests.made import mechanism as made_mechanism

import govmap
from govmap.layout.page import Drawing, Facts, Lines, Page, Sources, Table
from govmap.layout.words import EVIDENCE_MEANS, term, theme_labels
from govmap.presentation import Presentation
from govmap.questions.overlap import Overlap


def titled(page: Page) -> list[Table | Lines | Drawing]:
    """Return the blocks of *page* that have a title."""
    return [b for b in page.blocks if not isinstance(b, Facts)]


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


def test_the_explanation_of_the_evidence_has_every_word_of_the_data(atlas: govmap.Atlas) -> None:
    used = {piece.status for m in atlas.dataset.mechanisms for piece in m.evidence.values() if piece.status}
    assert used
    assert [status for status in used if f"{term(status)}, " not in EVIDENCE_MEANS] == []


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
    heads = [line.split(": ")[0] for line in changes]
    assert heads == ["2023 (perhaps earlier)", "2024-01-24", "2025", "2025-11 MIRPS"]  # three are told with its name
    told = listed(Presentation(govmap.history(atlas, "MIRPS"), full=True).page()).rows
    assert sorted(row[0] for row in told if "perhaps" in row[0] or row[0] >= "2024") == [
        "2023 (perhaps earlier)",
        *("2024-01-24", "2024-01-24", "2024-12", "2025", "2025-11"),
    ]


def test_every_number_of_a_source_on_a_page_is_in_its_list(atlas: govmap.Atlas) -> None:
    for name in atlas.mechanisms:
        page = mechanism(atlas, name)
        marks = {int(mark) for text in texts(page) for mark in re.findall(r"\[(\d+)\]", text)}
        assert marks == set(range(1, len(marks) + 1)), name
        assert len(marks) <= len(lines(page, "Sources")), name


@pytest.mark.parametrize("question", ["brief", "mechanism", "country"])
def test_sources_are_numbered_in_the_order_of_reading(atlas: govmap.Atlas, question: str) -> None:
    names = {"brief": ["RCM", "MIRPS", "PER", "CRI"], "mechanism": atlas.mechanisms, "country": atlas.universe}
    for name in names[question]:
        page = Presentation(getattr(govmap, question)(atlas, name), full=True).page()
        marks = [int(mark) for text in texts(page) for mark in re.findall(r"\[(\d+)\]", text)]
        assert list(dict.fromkeys(marks)) == sorted(set(marks)), name


def test_a_brief_tells_other_bodies_and_sets_a_country_beside_others_where_there_are_any(atlas: govmap.Atlas) -> None:
    ecuador, cuba = (Presentation(govmap.brief(atlas, code)).page() for code in ("ECU", "CUB"))
    assert ecuador.subtitle.splitlines()[-1].startswith("Since then: Ecuador is announced as the chair of the Quito")
    assert cuba.subtitle.splitlines()[-1] == "Also in 1 other body: Caribbean Migration Consultations."
    sole = Presentation(govmap.brief(govmap.load(DATA / "one"), "PER"), full=True).page()
    assert not any(isinstance(block, Drawing) for block in sole.blocks), "there is no other country"


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
    left_out = sorted(ref.name for ref in found.uncovered if ref.code not in found.themes_unknown)
    named, in_doubt = told[f"Left out ({len(left_out)})"].split("\n")
    assert named == ", ".join(left_out)
    some = sorted(atlas.countries[code].name for code in found.themes_partly_unknown)
    assert in_doubt == f"{', '.join(some)}: not known for CAM"
    assert told["Not known (7)"] == ", ".join(sorted(atlas.countries[code].name for code in found.themes_unknown))
    for count in (4, 3, 2, 1):
        names = sorted(ref.name for ref in found.countries if len(ref.mechanisms) == count)
        title = f"In all 4 ({len(names)})" if count == 4 else f"In {count} ({len(names)})"
        assert told[title] == ", ".join(names)


@pytest.mark.parametrize("command", ["overlap", "gaps"])
def test_who_is_left_out_is_told_with_the_other_bodies_that_work_on_it(atlas: govmap.Atlas, command: str) -> None:
    """CMC and OCAM have a group on it; the Caribbean islands that no mechanism of the source reaches are in the CMC."""
    ask = getattr(govmap, command)
    page = Presentation(ask(atlas, theme="human trafficking")).page()
    assert facts(page)["Other bodies"] == "CMC, OCAM; 12 of the 12 others are in one of them"
    with_them = Presentation(ask(govmap.load(scope="all"), theme="human trafficking")).page()
    assert "Other bodies" not in facts(with_them)


def test_an_overlap_without_a_direct_group_says_that_it_rests_on_neighbours(atlas: govmap.Atlas) -> None:
    labels = [theme.label for theme in atlas.themes.values() if not atlas.is_worked_on(theme.id)]
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
    pages = [mechanism(atlas, id_) for id_ in atlas.mechanisms] + [
        country(atlas, code) for code in atlas.listed_countries
    ]
    wrong = [
        t
        for page in pages
        for t in texts(page)
        if any(word in t for word in ("None,", "{", "<govmap", "()", "  ", "..", "?.", " ,", " .", ",,"))
    ]
    assert wrong == []


def test_a_change_without_a_source_of_its_own_ends_with_its_last_letter() -> None:
    found = govmap.mechanism(govmap.load(DATA / "invented"), "ALPHA")
    blocks = Presentation(found, full=True, sources=True).page().blocks
    lines = [line for block in blocks if isinstance(block, Lines) for line in block.lines]
    assert "2022: ALPHA, new secretariat: AAA, Agency of Aardvarks" in lines
    assert [line for line in lines if line != line.strip()] == []


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
    assert since(govmap.mechanism(made, "A")).startswith("Chile leaves (2022). 2 events in total (")
    page = Presentation(govmap.history(made, "Peru")).page()
    assert page.subtitle == "1 dated event on the country itself, 1 after 2020."
    assert page.more.endswith("; changes of its mechanisms: govmap.country(atlas, 'Peru', full=True)")
    founded = atlas_of(atlas, made_mechanism("A", "PER", founded="2010"), as_of="2020")
    assert Presentation(govmap.history(founded, "Peru")).page().subtitle == (
        "1 dated event on the country, or on the founding or end of a mechanism that lists it."
    )
    assert lines(Presentation(govmap.country(made, "Peru"), full=True).page(), "Changed in its mechanisms since 2020")


def test_a_history_says_where_other_bodies_have_more(atlas: govmap.Atlas) -> None:
    hint = "; scope='all'"
    for name, has_more in (("Haiti", True), (None, True), ("RCM", False), ("Ireland", False)):
        assert (hint in Presentation(govmap.history(atlas, name)).page().more) == has_more
        assert hint not in Presentation(govmap.history(govmap.load(scope="all"), name)).page().more


def test_the_most_similar_are_said_to_be_those_of_the_mechanisms_that_are_compared(atlas: govmap.Atlas) -> None:
    """Of all bodies, another one is the most similar."""
    assert facts(mechanism(atlas, "mercosur-residence"))["Most similar of 8"].startswith("SACM: ")
    ways = [
        Presentation(govmap.compare(each, "mercosur-residence")).page().more
        for each in (atlas, govmap.load(scope="all"))
    ]
    assert ["; scope='all'" in way for way in ways] == [True, False]


def test_one_is_told_as_one(atlas: govmap.Atlas) -> None:
    """Of one country, one theme and one observer the words are not those for several."""
    made = atlas_of(atlas, made_mechanism("A", "PER CHL BRA"), made_mechanism("B", "PER CUB"))
    assert facts(mechanism(made, "A"))["Most similar of 1"] == "B: 1 of its 2 countries is here too (Jaccard 0.25)"
    covered, lacking = (govmap.gaps(atlas, country=name, theme="asylum") for name in ("Peru", "Cuba"))
    assert Presentation(covered).page().title == "Peru, theme covered: asylum"
    assert Presentation(lacking).page().title == "Cuba, theme not covered: asylum"


def test_the_words_of_the_data_on_what_a_body_is_part_of_are_translated(atlas: govmap.Atlas) -> None:
    for language in ("es", "pt", "fr"):
        with govmap.speaking(language):
            parents = {m.parent: term(m.parent) for m in atlas.dataset.mechanisms if m.parent}
        assert [parent for parent, shown in parents.items() if parent == shown] == []
