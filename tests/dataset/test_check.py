from __future__ import annotations

from typing import Annotated, ClassVar

import pytest
from msgspec import Meta
from tests.dataset.conftest import VALID, Flaws, Problems, table

from govmap.dataset.check import INVALID, Checker, Reference
from govmap.dataset.problems import Position, Problem
from govmap.dataset.yaml_reader import read_yaml
from govmap.fields import Id, Number, Record, Text
from govmap.language import Language

KEYS = (
    "acronyms, aliases, as_written, coverage, evidence, former_names, founded, group_label, groups, groups_as_written, "
    "id, kind, members, members_as_written, names, note, numbering, parent, pillars, proposed_names, relation, "
    "secretariats, secretariats_note, sub_bodies, unclear_members, until, website"
)
DATE = 'is not a date; write "2023", "2023-04" or "2023-04-30"'
NO_CODE = "is not an ISO 3166-1 code; write the alpha-3 code of ISO 3166-1"
# Lines added to a valid mechanisms.yaml, and the one problem in them.
MISTAKES = r"""
    groups: [{number: -1, name: A, themes: [borders]}] => 9:15: `number` must be 0 or more, not -1
    groups: [{number: -3, name: A, themes: [borders]}] => 9:15: `number` must be 0 or more, not -3
    pillars: [{number: -1, name: A, themes: [borders]}] => 9:16: `number` must be 0 or more, not -1
    pillars: [{number: -3, name: A, themes: [borders]}] => 9:16: `number` must be 0 or more, not -3
    groups: [{number: 1, name: A, themes: [borders], other_number: -1}]
=> 9:54: `other_number` must be 0 or more, not -1
    membres: [PER] => 9:5: `membres` is not a key of `mechanisms`; did you mean `members`?
    zzzz: 1 => 9:5: `zzzz` is not a key of `mechanisms`; the keys are {KEYS}
      - {code: PER, sinc: '2020'} => 9:21: `sinc` is not a key of `members`; did you mean `since`?
    "a\nb": 1 => 9:5: `a\u000ab` is not a key of `mechanisms`; the keys are {KEYS}
    kind: forum => 9:5: `kind` stands here a second time (first on line 5); keep one
      - {since: '2020'} => 9:9: `members` lacks the key `code`; add it
    unclear_members: [{code: PER}] => 9:23: `unclear_members` PER lacks the key `note`; add it
    acronyms: {de: EINS} => 9:16: `acronyms`: "de" is not one of: en, es, fr, pt
      - NO => 9:9: `code`: YAML reads NO as false; write "NO"
      - {code: NO} => 9:10: `code`: YAML reads NO as false; write "NO"
    founded: 2020-05-01 => 9:5: `founded`: YAML reads 2020-05-01 as a date; write "2020-05-01"
    founded: 2020 => 9:5: `founded` must be a text; write it in quotes: "2020"
    note: true => 9:5: `note` must be a text; write it in quotes: "true"
    note: 1.5 => 9:5: `note`: YAML reads 1.5 as a number; write "1.5"
    note: [a] => 9:5: `note` must be a text, not a list
    note: {a: b} => 9:5: `note` must be a text, not a mapping
    note: '' => 9:5: `note` is empty; write a text or take the key out
    note: '  ' => 9:5: `note` is empty; write a text or take the key out
    aliases: [a, null] => 9:18: `aliases` must be a text, not nothing
    acronyms: {en: ''} => 9:16: `acronyms.en` is empty; write a text or take the key out
    founded: May 2020 => 9:5: `founded`: "May 2020" {DATE}
    founded: '2020-5' => 9:5: `founded`: "2020-5" {DATE}
    founded: '2020-13' => 9:5: `founded`: "2020-13" {DATE}
    founded: '20' => 9:5: `founded`: "20" {DATE}
    founded: '2023-02-30' => 9:5: `founded`: "2023-02-30" {DATE}
    founded: '2023-04-31' => 9:5: `founded`: "2023-04-31" {DATE}
    founded: '２０２３' => 9:5: `founded`: "２０２３" {DATE}
      - 'P E' => 9:9: `code`: "P E" is not an id; use letters, digits, - and _
      - "\u202ePER" => 9:9: `code`: "\u202ePER" is not an id; use letters, digits, - and _
    pillars: [{number: one, name: A, themes: [borders]}] => 9:16: `number` must be a whole number, not "one"
    pillars: [{number: 1.5, name: A, themes: [borders]}]
=> 9:16: `number` must be a whole number, not 1.5 (which YAML reads as a number)
    pillars: [{number: true, name: A, themes: [borders]}] => 9:16: `number` must be a whole number, not "true"
    pillars: [{number: 1, name: A, themes: []}] => 9:36: `themes` is empty; give it at least 1
    coverage: partly => 9:5: `coverage`: "partly" is not one of: full, mentioned
    coverage: [full] => 9:5: `coverage`: a list is not one of: full, mentioned
    proposed_names: [no] => 9:22: `proposed_names`: no (which YAML reads as false) is not one of: en, es, fr, pt
    aliases: One => 9:5: `aliases` must be a list, not "One"; write it as [a, b]
    aliases: {a: b} => 9:5: `aliases` must be a list, not a mapping; write it as [a, b]
    acronyms: [ON] => 9:5: `acronyms` must be a mapping, not a list; write it as {key: value}
    acronyms: 5 => 9:5: `acronyms` must be a mapping, not "5"; write it as {key: value}
    groups: [Borders] => 9:14: `groups` must be a mapping, not "Borders"; write it as key: value
      - 152 => 9:9: `members` must be a mapping, not "152"; write it as key: value
      - [PER] => 9:9: `members` must be a mapping, not a list; write it as key: value
      - CHL => 3:5: ONE lists CHL twice; keep one
      - {code: PER, since: '2021', until: '2020'}
=> 9:9: PER ends (2020) before it starts (2021); swap the dates or mend one
      - {code: PER, joined_after: '2021-02', until: '2021-01'}
=> 9:9: PER ends (2021-01) before it starts (2021-02); swap the dates or mend one
    groups: [{number: 1, name: A, themes: [borders], since: '2021', until: '2020'}]
=> 9:14: groups ends (2020) before it starts (2021); swap the dates or mend one
    groups: [{number: 1, name: A, themes: [borders]}, {number: 1, name: B, themes: [asylum]}]
=> 3:5: ONE has two groups with the number 1; number them apart
    groups: [{number: 1, name: A, themes: [borders], pillar: 2}]
=> 3:5: ONE group 1 names pillar 2, which is not in `pillars`; add it there
    groups: [{number: 1, name: A, themes: [borders], sub_body: net}]
=> 3:5: ONE group 1 names the body net, not in `sub_bodies`; add it there
    coverage: mentioned => 3:5: ONE is only `mentioned`, yet has members or groups; leave `coverage` out
      - EU => 9:9: "EU" {NO_CODE}
      - URYY => 9:9: "URYY" is not an ISO 3166-1 code; did you mean URY?
      - per => 9:9: "per" {NO_CODE}
    groups: [{number: 1, name: A, themes: [bordrs]}] => 9:44: there is no theme "bordrs"; did you mean borders?
    secretariats: [{agency: IOMM}] => 9:21: there is no agency "IOMM"; did you mean IOM?
    secretariats: [{agency: xyzzy}] => 9:21: there is no agency "xyzzy"; add it, or mend the id
    evidence: {members: {status: confirmed, sources: [xyzzy]}}
=> 9:55: there is no source "xyzzy"; add it, or mend the id
events: [{date: '2020', kind: left, text: x, sources: [], carried: maybe}]
=> 9:59: `carried` must be true or false, not "maybe"
events: [{date: '2020', kind: left, text: x, sources: [], carried: 1}]
=> 9:59: `carried` must be true or false, not "1"
events: [{date: '2020', kind: left, text: x, sources: [], carried: yes}]
=> 9:59: `carried` must be true or false, not yes (which YAML reads as true)
    groups: [{number: 1, name: A}] => 9:14: `groups` 1 lacks the key `themes`; add it
    pillars: [{number: 1, name: A, themes: [borders]}, {number: 1, name: B, themes: [borders]}]
=> 3:5: ONE has two pillars with the number 1; number them apart
    unclear_members: [{code: PER, note: A}, {code: PE, note: B}] => 3:5: ONE leaves PER open twice; keep one
    sub_bodies: [{id: a, name: A}, {id: a, name: B}] => 3:5: ONE has two bodies with the id a; keep one
      - CL => 3:5: ONE lists CHL twice; keep one
events: [{date: '2020', kind: left, text: x, sources: [], mechanisms: [ONN]}]
=> 9:72: there is no mechanism "ONN"; did you mean ONE?
events: [{date: '2020', kind: left, text: x, sources: [], countries: [QQQ]}] => 9:71: "QQQ" {NO_CODE}
      - BRX => 9:9: "BRX" is not an ISO 3166-1 code; did you mean BR?
      - XX => 9:9: "XX" {NO_CODE}
"""


class Remark(Record, frozen=True):
    """A record for these tests."""

    shorthand: ClassVar[str | None] = "text"

    text: Text
    size: Number
    of: Annotated[Id | None, Meta(extra={"refers": "theme"})] = None
    words: dict[Language, Text] = {}  # noqa: RUF012 - msgspec copies an empty default


class Page(Record, frozen=True):
    """A file of these tests."""

    remarks: tuple[Remark, ...]


@pytest.mark.parametrize(("line", "problem"), table(MISTAKES, KEYS=KEYS, DATE=DATE, NO_CODE=NO_CODE))
def test_a_mistake_in_a_mechanism_is_reported_with_its_position_and_what_to_write(
    flaws: Flaws, line: str, problem: str
) -> None:
    assert flaws(f"{line}\n") == [f"mechanisms.yaml:{problem}"]


def test_a_text_has_2000_characters_at_most(flaws: Flaws) -> None:
    assert flaws(f"    note: {'x' * 2001}\n") == [
        "mechanisms.yaml:9:5: `note` has 2001 characters; at most 2000 are allowed"
    ]


def build_page(text: str) -> tuple[object, list[str], list[Reference]]:
    """Return what the YAML of a page is built to, the problems in it, and what it refers to."""
    problems: list[Problem] = []
    checker = Checker("page.yaml", problems)
    page = checker.build(Page, read_yaml(text.encode(), "page.yaml", problems))
    return page, [str(problem) for problem in problems], checker.references


def test_what_is_valid_is_built_and_known_by_what_it_refers_to() -> None:
    """The least number that is allowed is allowed, and a key that may be left out is checked as any other."""
    page, problems, references = build_page("remarks: [{text: a, size: 0, of: borders, words: {en: b}}]")
    assert page == Page(remarks=(Remark("a", 0, "borders", {"en": "b"}),))
    assert problems == []
    assert references == [Reference("theme", "borders", "page.yaml", Position(1, 30))]


@pytest.mark.parametrize(
    ("remark", "problem"),
    [
        ("{text: a, size: 1, words: {de: a}}", '1:38: `words`: "de" is not one of: en, es, fr, pt'),
        ("{text: a, size: 1, words: {en: [a]}}", "1:38: `words.en` must be a text, not a list"),
        ("hello", "1:11: `remarks` lacks the key `size`; add it"),  # a bare text stands for one of its keys
    ],
)
def test_nothing_is_built_of_what_is_not_valid(remark: str, problem: str) -> None:
    assert build_page(f"remarks: [{remark}]")[:2] == (INVALID, [f"page.yaml:{problem}"])


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('version: "1", ', "", "1:8: `about` lacks the key `version`; add it"),
        ("{en: One}", "{es: Uno}", "4:12: `names` needs the key `en`"),
        ("id: ONE", "id: O NE", '3:5: `id`: "O NE" is not an id; use letters, digits, - and _'),
        ("  - id: ONE\n    names:", "  - names:", "3:5: `mechanisms` lacks the key `id`; add it"),
        ("about: {", "abuot: {", "1:1: `abuot` is not a key of `mechanisms.yaml`; did you mean `about`?"),
        (
            "    relation: member\n",
            "",
            "3:5: ONE does not say what being listed means; add `relation: member`, `endorser` or `covered`",
        ),
        (VALID[VALID.index("  - id") :], "", "2:1: `mechanisms` must be a list, not nothing; write it as [a, b]"),
        (VALID[VALID.index("\n  - id") :], " []", "2:1: `mechanisms` is empty; give it at least 1"),
    ],
)
def test_a_mistake_above_the_members_is_reported_too(problems: Problems, old: str, new: str, problem: str) -> None:
    assert f"mechanisms.yaml:{problem}" in problems({"mechanisms.yaml": VALID.replace(old, new)})


@pytest.mark.parametrize(
    ("content", "value"), [("- a\n", "a list"), ("hello\n", '"hello"'), ("5\n", '"5"'), ("false\n", '"false"')]
)
def test_a_file_that_is_no_mapping_is_refused(problems: Problems, content: str, value: str) -> None:
    assert problems({"mechanisms.yaml": content}) == [
        f"mechanisms.yaml:1:1: `mechanisms.yaml` must be a mapping, not {value}; write it as key: value"
    ]


def test_categories_are_numbered_apart(problems: Problems) -> None:
    themes = "categories:\n  - {number: 1, label: A, themes: [borders]}\n  - {number: 1, label: B, themes: [borders]}\n"
    assert problems({"themes.yaml": themes}) == [
        "themes.yaml:1:1: themes.yaml has two categories with the number 1; number them apart"
    ]


def test_every_mistake_of_a_record_is_reported_at_once(flaws: Flaws) -> None:
    assert flaws("      - NO\n      - XYZ\n    founded: 2020\n    aliases: x\n") == [
        'mechanisms.yaml:9:9: `code`: YAML reads NO as false; write "NO"',
        f'mechanisms.yaml:10:9: "XYZ" {NO_CODE}',
        'mechanisms.yaml:11:5: `founded` must be a text; write it in quotes: "2020"',
        'mechanisms.yaml:12:5: `aliases` must be a list, not "x"; write it as [a, b]',
    ]


def test_a_key_of_a_free_mapping_is_reported_without_its_control_characters(flaws: Flaws) -> None:
    (found,) = flaws('    evidence: {"a\\nb\\x1b[31m": 5}\n')
    assert found.isprintable()
