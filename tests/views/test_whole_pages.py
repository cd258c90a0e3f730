"""Each question on made datasets: page, whole page and rows, as they were read and accepted; calls.yaml has them.

GOVMAP_UPDATE=1 writes them anew after a change that is meant.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml
from tests.conftest import Call
from tests.made import DATA, accepted

PAGES = Path(__file__).parent / "whole"
ASKED = yaml.safe_load((Path(__file__).parent / "calls.yaml").read_text(encoding="utf-8"))
CALLS = [words if name == "full" else f"{words} --data {name}" for name in ASKED for words in ASKED[name].splitlines()]
DRAWN = ("matrix", "map", "brief")


@pytest.fixture(autouse=True)
def _beside_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the datasets under names that are as long everywhere."""
    monkeypatch.chdir(DATA)


@pytest.mark.parametrize("words", CALLS)
def test_a_question_is_answered_as_it_was_accepted(call: Call, words: str) -> None:
    asked = shlex.split(words)
    if not {"--data", "full", "one", "ours.yaml"} & set(asked):
        asked += ["--data", "full"]
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
    assert len(list(PAGES.iterdir())) == len(CALLS)
