"""Everything that is wrong with a dataset is told in one run, with its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import govmap

BUNDLED = Path(__file__).parents[2] / "data"
WRONG = """\
about: {title: x, version: 1, reference_date: "2020"}
mechanisms:
  - id: A
    names: {en: A}
    kind: forum
    members: [PER, Chile, NO, {code: CHL, since: 2022-06-10}]
    groups: [{number: 1, name: Work, themes: []}]
"""
ERRORS = [
    'mechanisms.yaml:1:19: `version` must be a text; write it in quotes: "1"',
    'mechanisms.yaml:6:20: "Chile" is a name, not a code; write CHL',
    'mechanisms.yaml:6:27: `code`: YAML reads NO as false; write "NO"',
    'mechanisms.yaml:6:43: `since`: YAML reads 2022-06-10 as a date; write "2022-06-10"',
    "mechanisms.yaml:7:38: `themes` is empty; give it at least 1",
]
DOUBTFUL = """\
about: {title: x, version: "1", reference_date: "2020"}
mechanisms:
  - id: A
    names: {en: A}
    kind: forum
    relation: member
    members: [{code: PER, until: "2010"}, {code: PER, since: "2005"}]
  - id: B
    names: {en: B}
    kind: forum
"""


@pytest.fixture(name="write")
def _write(tmp_path: Path) -> Callable[[str], str]:
    def write(text: str) -> str:
        (tmp_path / "mechanisms.yaml").write_text(text, encoding="utf-8")
        return str(tmp_path)

    return write


def test_the_bundled_data_is_valid_and_nothing_in_it_is_in_doubt() -> None:
    found = govmap.validate(str(BUNDLED))
    assert (found.valid, found.errors, found.warnings) == (True, (), ())


def test_every_error_is_told_at_once_with_its_place_as_by_every_other_command(
    call: Callable[..., Any], write: Callable[[str], str]
) -> None:
    folder = write(WRONG)
    answer = call("validate", folder)
    assert (answer.code, answer.err) == (3, f"Error: Invalid data in {folder}: 5 problems\n")
    assert answer.out.splitlines()[-5:] == ERRORS
    assert call("list", "--data", folder).err.splitlines()[1:] == ERRORS


def test_a_warning_fails_only_where_that_is_asked_for(call: Callable[..., Any], write: Callable[[str], str]) -> None:
    folder = write(DOUBTFUL)
    easy, strict = call("validate", folder), call("validate", folder, "--strict")
    assert (easy.code, easy.err, strict.code, strict.out) == (0, "", 3, easy.out)
    assert strict.err == f"Error: Invalid data in {folder}: 3 problems\n"


def test_what_is_in_doubt_is_told_with_its_line(write: Callable[[str], str]) -> None:
    found = govmap.validate(write(DOUBTFUL))
    assert (found.valid, found.errors) == (True, ())
    assert [(finding.line, finding.message) for finding in found.warnings] == [
        (3, "A has members without a source; add `evidence: {members: {status: note only, sources: [...]}}`"),
        (3, "A lists PER twice at the same time; give the first period an `until`"),
        (8, "B has no members; add them, or `coverage: mentioned` if they are not known"),
    ]
    observing = DOUBTFUL.replace("{code: PER, until", "{code: PER, relation: observer, until")
    assert "PER is an observer and counted as a member; write it under `observers` if it should not be" in {
        finding.message for finding in govmap.validate(write(observing)).warnings
    }
    followed = govmap.validate(write(DOUBTFUL.replace('until: "2010"', 'until: "2005"')))
    assert not any("twice" in finding.message for finding in followed.warnings), "spells may follow each other"


@pytest.mark.parametrize(
    ("since", "is_doubted"), [("1999", True), ("2000", False), ("2000-03", False), ("2001", False)]
)
def test_a_membership_from_before_the_foundation_is_in_doubt(
    write: Callable[[str], str], since: str, *, is_doubted: bool
) -> None:
    early = DOUBTFUL.replace('since: "2005"', f'since: "{since}"').replace("kind:", 'founded: "2000-03"\n    kind:', 1)
    found = govmap.validate(write(early))
    told = [finding.message for finding in found.warnings if "founded" in finding.message]
    said = "A lists PER since 1999, before it was founded; correct one of the two"
    assert told == ([said] if is_doubted else [])


@pytest.mark.parametrize("path", ["/nowhere", ""])
def test_what_is_not_there_cannot_be_read(path: str) -> None:
    with pytest.raises(govmap.DataError):
        govmap.validate(path)


def test_the_dataset_is_named_as_other_commands_have_it(call: Callable[..., Any], write: Callable[[str], str]) -> None:
    folder = write(DOUBTFUL)
    assert call("validate", "--data", folder) == call("validate", folder)
    for wrong, instead in (((), "schema dataset"), ((folder, "--data", folder), "validate --data ")):
        answer = call("validate", *wrong)
        assert (answer.code, answer.out) == (2, "")
        assert answer.err.startswith(f"Error: Name one dataset, by its path or with --data. Try: govmap {instead}")
