"""Every call that is printed, in a page, a record or an error, runs as it is printed and succeeds."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.cli.test_bad_calls import TABLE
from tests.conftest import INVENTED, Answer, Call
from tests.dataset.conftest import VALID
from tests.examples import DECLARATIONS, EXAMPLES, FIRST, Words, on_own_data, prepare

from govmap import calls
from govmap.calls import Action
from govmap.cli.commands import NAMES
from govmap.formats.registry import FORMATS
from govmap.language import LANGUAGES

pytestmark = pytest.mark.once  # on what the answers say, so that one Python is enough

FAILING = [words for _code, words, _message in TABLE if max(map(len, words)) < 100]
PRINTED = re.compile(rf"govmap (?:{'|'.join(NAMES)})\b")
DATA = ("bundled", "own")
NAMES_OF_OWN_DATA = {"RCM": "ALPHA", "SACM": "BETA", "MIRPS": "GAMMA", "GCM": "DELTA", "LAD": "LATER"}
# They write for other programs, or usages with metavariables in them, not calls.
NOT_FOR_EVERY_ANSWER = [name for name, form in FORMATS.items() if form.shape == "picture" or not form.is_text]
NO_PAGES = ("schema", "export", "mcp", "completion")


@pytest.fixture(name="own", scope="module")
def _own(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The invented dataset, in a folder that a shell must have in quotes."""
    return str(shutil.copytree(INVENTED, tmp_path_factory.mktemp("a folder") / "our data"))


class Printed:
    """Runs calls, and holds those that they printed."""

    def __init__(self, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
        """Note whatever is worded from now on."""
        self._call, self.calls = call, dict[str, Words]()
        word = Action.__str__

        def noted(action: Action) -> str:
            text = word(action)
            if isinstance(action, calls.Call):
                self.calls.setdefault(text.replace(calls.UNBROKEN, " "), self._words)
            return text

        monkeypatch.setattr(Action, "__str__", noted)
        monkeypatch.delenv("COLUMNS")  # so that no line is broken within a call

    def run(self, *words: str) -> Answer:
        """Run a call; each call that its output shows was worded as one."""
        self._words = words
        answer = self._call(*words)
        for text in _texts(answer):
            for place in PRINTED.finditer(text):
                rest = text[place.start() :]
                assert any(rest.startswith(printed) for printed in self.calls), f"{words} prints {rest!r}"
        return answer

    def broken(self) -> list[str]:
        """Return the printed calls that fail, each with the call that printed it."""
        return [
            f"{text}  (of {shlex.join(words)})"
            for text, words in list(self.calls.items())
            if self._call(*shlex.split(text)[1:]).code != 0
        ]


def _texts(answer: Answer) -> Iterator[str]:
    """Yield the texts of an answer: of JSON each string by itself."""
    for stream in (answer.out, answer.err):
        try:
            yield from _strings(json.loads(stream))
        except ValueError:
            yield stream


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for item in value if isinstance(value, list) else value.values():
            yield from _strings(item)


@pytest.fixture(name="printed")
def _printed(call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Printed:
    monkeypatch.chdir(tmp_path)
    return Printed(call, monkeypatch)


def on(data: str, words: Words, own: str) -> Words:
    """Return a call on other data."""
    if data == "own":
        return on_own_data(words, own)
    return words


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (name, data)
        for name in NAMES
        if name not in NO_PAGES
        for data in (DATA if DECLARATIONS[name].asks_atlas else DATA[:1])
    ],
)
def test_calls_in_pages_and_records_run(printed: Printed, tmp_path: Path, own: str, name: str, data: str) -> None:
    for words in (words for words in EXAMPLES if words[0] == name):
        shutil.rmtree(tmp_path / "our-data", ignore_errors=True)
        prepare(tmp_path, words)
        called = on(data, words, own)
        printed.run(*called)
        printed.run(*called, "--json", *(["--force"] if name == "import" else []))
    assert printed.broken() == []


@pytest.mark.parametrize("options", [("--as-of", "2022-06", "--lang", "fr")], ids=str)
def test_calls_in_errors_run(printed: Printed, own: str, options: Words) -> None:
    is_own = options == ("--data",)
    for words in FAILING:
        named = [NAMES_OF_OWN_DATA.get(word, word) for word in words] if is_own else words
        printed.run(*named, *options, *([own] if is_own else []))
    assert printed.broken() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_calls_on_a_date_on_which_something_is_missing_run(printed: Printed, language: str) -> None:
    """A mechanism that did not exist yet, and a theme on which nobody worked yet."""
    for words in (
        ("country", "LAD"),
        ("country", "Los", "Angeles", "Declaration"),
        ("overlap", "LAD"),
        ("overlap", "what is LAD"),
        ("search", "LAD"),
        ("gaps", "--theme", "retorno", "--country", "Peru"),
        ("cover", "--theme", "retorno", "--country", "Peru"),
        ("overlap", "retorno"),
    ):
        printed.run(*words, "--as-of", "2018-12", "--lang", language)
    assert printed.broken() == []


def test_calls_on_data_without_groups_run(printed: Printed, tmp_path: Path) -> None:
    folder = tmp_path / "groupless"
    folder.mkdir()
    (folder / "mechanisms.yaml").write_text(VALID, encoding="utf-8")
    for words in (("search", "asylum"), ("search", "asylum trata"), ("overlap", "asylum"), ("gaps",)):
        printed.run(*words, "--data", str(folder))
    printed.run("diff", "bundled", str(tmp_path / "nowhere"))
    printed.run("validate", str(tmp_path / "nowhere"))
    assert printed.broken() == []
    assert "govmap list themes --full --data" in " ".join(printed.calls)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calls_of_the_start_page_run(call: Call, language: str) -> None:
    shown = call("--lang", language).out
    lines = [line.strip() for line in shown.splitlines() if line.startswith("  govmap ")]
    assert len(lines) >= 4
    assert [line for line in lines if call(*shlex.split(re.split(" {2,}", line)[0])[1:]).code != 0] == []


def repaired(words: Words, suggestion: str) -> Iterator[Words]:
    """Yield a wrong call with an option that is offered, or with a name that is offered in the place of a word."""
    if not suggestion.startswith("--"):
        yield from ((*words[:at], suggestion, *words[at + 1 :]) for at in range(1, len(words)))
        return
    option, *value = shlex.split(suggestion)
    left, others = list(words), list[str]()
    while left:
        word = left.pop(0)
        if word.partition("=")[0] != option:
            others.append(word)
        elif "=" not in word:
            del left[: len(value)]
    yield (*others, option, *value)


def test_names_and_options_that_an_error_offers_are_taken(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    broken = []
    for words in FAILING:
        failed, as_json = call(*words), call(*words[:1], "--json", *words[1:])
        error = json.loads(as_json.err)["error"] if as_json.err else {"message": "?"}
        if error["message"] not in failed.err:
            continue  # --json itself is what is wrong beside another format
        for offer in error["suggestions"]:
            if offer.startswith(("govmap ", "pip ")) or offer.endswith(" FOLDER") or offer in NOT_FOR_EVERY_ANSWER:
                continue
            if all(call(*other).code != 0 for other in repaired(words, offer)):
                broken.append((words, offer))
    assert broken == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_line_ends_within_a_call_however_narrow_the_screen(
    printed: Printed, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    seen = 0
    for words in (words for words in FIRST if DECLARATIONS[words[0]].asks_atlas):
        called = (*words, "--lang", language)
        wide = [answer for answer in (printed.run(*called).out,) if not answer.startswith(("{", "["))]
        shown = [text for text in printed.calls if wide and text in wide[0]]
        with monkeypatch.context() as narrow:
            narrow.setenv("COLUMNS", "40")
            text = printed.run(*called).out if shown else ""
        assert [one for one in shown if one not in text] == [], called
        seen += len(shown)
    assert seen > 20


def test_a_call_on_a_page_is_in_the_language_that_the_page_was_asked_for_in(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is typed from it has to give that language: so it names it, unless it is that of the system."""
    assert "govmap brief Cuba --lang es" in call("country", "Cuba", "--lang", "es").out
    monkeypatch.setenv("GOVMAP_LANG", "es")
    assert "govmap brief Cuba\n" in call("country", "Cuba", "--lang", "es").out
    assert "govmap brief Cuba\n" in call("country", "Cuba").out
    assert "govmap brief Cuba --lang en" in call("country", "Cuba", "--lang", "en").out


@pytest.mark.parametrize(
    "words",
    ["gaps --country Peru --country Chile --theme asylum", "compare --all", "overlap asylum --explain"],
)
def test_a_document_names_the_whole_call_that_shows_all_of_it(call: Call, words: str) -> None:
    assert f"(govmap {words} --full)" in call(*words.split(), "--format", "md").out
