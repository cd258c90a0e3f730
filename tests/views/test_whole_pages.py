"""Each question on a dataset with every field filled in: page, whole page and rows, as they were read and accepted.

GOVMAP_UPDATE=1 writes them anew after a change that is meant.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from tests.conftest import Call
from tests.made import DATA, accepted

PAGES = Path(__file__).parent / "whole"
CALLS = (
    *("country Peru", "country Brazil --as-of 2031", "country Haiti --scope all", "country Cuba"),
    *("mechanism ONE", "mechanism TWO --as-of 2036", "mechanism WIDE --as-of 2022", "mechanism SAID"),
    *("membership Peru ONE", "membership Brazil TWO", "membership Haiti WIDE", "membership Colombia TWO"),
    *("membership Peru TWO --as-of 2006", "membership Brazil ONE", "membership Chile ONE --as-of 2026"),
    *("compare ONE TWO", "compare ONE TWO WIDE", "compare Peru Chile", "compare Peru Cuba", "compare --all"),
    *("compare --all --countries", "compare ONE --all", "overlap", "overlap borders"),
    *("overlap asylum --explain", "overlap 'border posts for refugees' --explain"),
    *("gaps", "gaps --theme borders", "gaps --country Peru", "gaps --country Cuba", "gaps --theme health"),
    *("cover", "cover --theme borders", "cover --themes", "cover --country Peru --country Chile"),
    *("history", "history Peru --since 2010", "history ONE --as-of 2011"),
    *("evidence", "evidence ONE --status 'source only'", "evidence Peru", "evidence minutes"),
    *("cite", "cite ONE", "cite Peru --style bibtex", "links", "links --scope all", "issues", "issues --as-of 2036"),
    *("matrix", "matrix --by theme", "matrix --by issue", "matrix --upset", "map", "map Peru --theme borders"),
    *("search lima", "search borders", "search 'R. 1'", "list mechanisms", "list countries --member ONE"),
    *("list mechanisms --coverage all --sort name", "list mechanisms --chair Peru --as-of 2017", "list groups"),
    *("list themes --secretariat IOM", "list themes --theme borders --sort name", "list secretariats --sort count"),
    *("list sources", "brief Peru", "brief ONE --as-of 2017", "brief TWO"),
    *("gaps --country Brazil", "overlap health", "history Haiti", "compare TWO WIDE", "mechanism TWO --as-of 2012"),
    *("mechanism ONE --lang fr", "country Peru --lang es", "brief ONE --as-of 2017 --lang pt", "map --as-of 2036"),
    *("list themes --member Peru --secretariat UNHCR", "compare ONE --theme borders", "cite --style apa"),
    *("validate full", "diff --from 2003 --to 2036"),
)


@pytest.fixture(autouse=True)
def _kept(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the dataset once, under a name that is as long everywhere."""
    monkeypatch.chdir(DATA)
    monkeypatch.setenv("GOVMAP_CACHE", str(tmp_path_factory.getbasetemp() / "whole-cache"))


@pytest.mark.parametrize("words", CALLS)
def test_a_question_is_answered_as_it_was_accepted(call: Call, words: str) -> None:
    asked = shlex.split(words)
    data = () if "full" in asked else ("--data", "full")
    drawn = [("-f", "svg")] if words in ("matrix", "matrix --by theme", "matrix --upset", "map") else []
    shown = []
    for options in ((), ("--full",), ("-f", "csv"), *drawn):
        answer = call(*asked, *data, *options)
        text = (answer.out + answer.err).replace("\r\n", "\n")
        shown.append(f"=== {' '.join(options)} [{answer.code}]\n{re.sub('(?s)<style>.*?</style>', '', text)}")
    whole = f"govmap {words}\n" + "\n".join(shown)
    assert whole == accepted(PAGES / f"{re.sub('[^A-Za-z0-9]+', '_', words)}.txt", whole)


def test_every_accepted_file_belongs_to_a_call() -> None:
    assert len(list(PAGES.iterdir())) == len(CALLS)
