from __future__ import annotations

from typing import Annotated, ClassVar

import pytest
from msgspec import Meta
from tests.dataset.conftest import VALID, Flaws, Problems, table
from tests.made import DATA

from govmap.dataset.check import INVALID, Checker, Reference
from govmap.dataset.problems import Position, Problem
from govmap.dataset.yaml_reader import read_yaml
from govmap.fields import Id, Number, Record, Text
from govmap.language import Language
from govmap.model import Mechanism

NO_CODE = "is not an ISO 3166-1 code; write the alpha-3 code of ISO 3166-1"
# Lines added to a valid mechanisms.yaml, and the one problem in them.
MISTAKES = (DATA / "mistakes.txt").read_text(encoding="utf-8")
WORDS = {
    "KEYS": ", ".join(sorted(Mechanism.__struct_encode_fields__)),
    "DATE": 'is not a date; write "2023", "2023-04" or "2023-04-30"',
    "NO_CODE": NO_CODE,
}


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


@pytest.mark.parametrize(("line", "problem"), table(MISTAKES, **WORDS))
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
        (
            "    kind:",
            '    ended: "2000"\n    kind:',
            "5:5: `ended` is not a key of `mechanisms`; did you mean `until`?",
        ),
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
        "themes.yaml:1:1: themes.yaml has two categories with the number 1; give them different numbers"
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
