"""Each question on made datasets: its pages as they were accepted, and what holds of them in every language.

calls.yaml has the questions. GOVMAP_UPDATE=1 writes the accepted pages anew after a change that is meant.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml
from tests.conftest import Call
from tests.made import DATA, accepted

from govmap.language import LANGUAGES, _, speaking

PAGES = Path(__file__).parent / "whole"
ASKED = yaml.safe_load((Path(__file__).parent / "calls.yaml").read_text(encoding="utf-8"))
CALLS = {
    part: [
        words if name == "full" else f"{words} --data {name}"
        for name in ASKED[part]
        for words in ASKED[part][name].splitlines()
    ]
    for part in ASKED
}
DRAWN = ("matrix", "map", "brief")


@pytest.fixture(autouse=True)
def _beside_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the datasets under names that are as long everywhere."""
    monkeypatch.chdir(DATA)


def as_asked(words: str) -> list[str]:
    """Return the words of a call, on the dataset `full` unless they name another."""
    asked = shlex.split(words)
    return asked if {"--data", "full", "one", "ours.yaml"} & set(asked) else [*asked, "--data", "full"]


@pytest.mark.parametrize("words", CALLS["accepted"])
def test_a_question_is_answered_as_it_was_accepted(call: Call, words: str) -> None:
    asked = as_asked(words)
    forms: list[tuple[str, ...]] = [(), ("--full",), ("-f", "csv")]
    if asked[-2:] == ["--data", "ours.yaml"]:
        forms[1] = ("--json", "--sources")
    if asked[0] in DRAWN:
        forms.append(("-f", "svg"))
    shown = []
    for options in forms:
        answer = call(*asked, *options)
        text = (answer.out + answer.err).replace("\r\n", "\n")
        shown.append(f"=== {' '.join(options)} [{answer.code}]\n{re.sub('(?s)<style>.*?</style>', '', text)}")
    whole = f"govmap {words}\n" + "\n".join(shown)
    assert whole == accepted(PAGES / f"{re.sub('[^A-Za-z0-9]+', '_', words)}.txt", whole)


def test_every_accepted_file_belongs_to_a_call() -> None:
    assert len(list(PAGES.iterdir())) == len(CALLS["accepted"])


EVERY = [(words, (80, 40)[at % 2]) for at, words in enumerate([*CALLS["accepted"], *CALLS["others"]])]
ALIKE = ("Data", "OAS")  # a date in Portuguese; what an agency calls itself
UNBROKEN = re.compile(r"govmap |http|^[^ ]*$")  # calls and addresses, to be copied


@pytest.mark.parametrize(("words", "width"), EVERY)
def test_a_page_says_the_same_in_every_language_within_its_width(
    call: Call, monkeypatch: pytest.MonkeyPatch, words: str, width: int
) -> None:
    """No block is lost, no line is too long, and no heading of ours is left in English."""
    monkeypatch.setenv("COLUMNS", str(width))
    answers = {}
    for language in LANGUAGES:
        answers[language] = answer = call(*as_asked(words), "--full", "--lang", language)
        lines = answer.out.splitlines()
        if words.split(maxsplit=1)[0] not in ("cite", "validate"):  # for programs
            assert [line for line in lines if len(line) > width and not UNBROKEN.search(line.strip())] == []
        with speaking(language):
            cells = {cell for line in lines for cell in re.split(" {2,}", line.strip())}
            assert {
                cell: _(cell) for cell in cells if cell[:1].isupper() and cell not in ALIKE and _(cell) != cell
            } == {}
    assert len({answer.code for answer in answers.values()}) == 1
    blocks = {language: answer.out.count("\n\n") for language, answer in answers.items()}
    assert {count - blocks["en"] for count in blocks.values()} <= {-1, 0, 1}  # a block of names is there or not
