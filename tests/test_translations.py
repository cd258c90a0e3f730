"""Every text that people read is marked, translated, compiled, and shown through its catalogue."""

from __future__ import annotations

import ast
import functools
import gc
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.test_docs import ROOT, load_script

import govmap
from govmap import language
from govmap.cli import answer as answering
from govmap.cli.answer import open_atlas
from govmap.cli.commands import NAMES, declarations
from govmap.cli.commands import export as export_command
from govmap.language import LANGUAGES
from govmap.questions import NAMES as QUESTIONS

SOURCE = Path(govmap.__file__).parent
OUR_DATA = "tests/data/invented"
OPEN_ONCE = functools.cache(open_atlas)
MARKS = ("_", "ngettext", "pgettext", "N_", "counted")
OTHERS = tuple(language for language in LANGUAGES if language != "en")


@pytest.fixture(name="translations", scope="module")
def _translations() -> ModuleType:
    pytest.importorskip("babel")
    return load_script("update_translations")


@pytest.fixture(autouse=True)
def _open_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A call is a process of its own, and here there are hundreds."""
    for module in (answering, export_command):
        monkeypatch.setattr(module, "open_atlas", OPEN_ONCE)
    monkeypatch.chdir(ROOT)


@pytest.fixture(name="texts", scope="module")
def _texts(translations: Any) -> list[str]:
    """Every marked sentence or heading of several words without a field, but for what citations keep."""
    every = [form for message in translations.extracted() if message.id for form in translations.forms(message.id)]
    cited = govmap.load().context
    kept = {cited.about.title, *(source.publisher for source in cited.sources)}
    return sorted({form for form in every if form[0].isupper() and " " in form and "{" not in form} - kept)


def test_every_text_is_translated_and_every_catalogue_is_as_the_source_asks(translations: Any) -> None:
    """Missing, fuzzy, of other fields, in no source, or not compiled: `scripts/update_translations.py` mends most."""
    assert translations.report() == []


def test_no_text_is_marked_where_the_extraction_does_not_see_it() -> None:
    """Inside of an f-string it depends on the version of Python, and what is no literal is seen by none."""
    hidden = []
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        inside = {call for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for call in ast.walk(node)}
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
                continue
            literal = bool(call.args) and isinstance(call.args[0], ast.Constant)
            built = bool(call.args) and isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
            if call.func.id in MARKS and (built or (literal and call in inside)):
                hidden.append(f"{path.name}:{call.lineno}")
    assert hidden == []


def test_what_an_error_says_is_marked_for_translation() -> None:
    errors = {name for name, kind in vars(govmap.errors).items() if isinstance(kind, type)} | {"Problem"}
    bare = []
    for path in sorted(SOURCE.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in errors:
                texts = [argument for argument in call.args if isinstance(argument, ast.Constant | ast.JoinedStr)]
                written = [node.value for text in texts for node in ast.walk(text) if isinstance(node, ast.Constant)]
                if any(" " in str(value).strip() for value in written):
                    bare.append(f"{path.name}:{call.lineno}")
    assert bare == []


def test_no_text_is_translated_before_the_language_is_known() -> None:
    """What is translated at the import of a module, or kept in a cache, would stay in the first language asked for."""
    early = []
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda)]
        late = {node for function in functions for node in ast.walk(function)}
        cached = (f for f in functions if isinstance(f, ast.FunctionDef) and "cache" in words_of(f.decorator_list))
        kept = {node for function in cached for node in ast.walk(function)}
        kept -= {node for error in ast.walk(tree) if isinstance(error, ast.Raise) for node in ast.walk(error)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS[:3]:
                early += [f"{path.name}:{node.lineno}"] if node not in late or node in kept else []
    assert early == []


def words_of(decorators: list[ast.expr]) -> str:
    """Return the words of decorators."""
    return " ".join(map(ast.unparse, decorators))


class Seen:
    """Stands for a catalogue in which every text is its own translation, between brackets."""

    def gettext(self, text: str) -> str:
        return f"⟦{text}⟧"

    def ngettext(self, one: str, many: str, number: int) -> str:
        return f"⟦{one if number == 1 else many}⟧"

    def pgettext(self, _context: str, text: str) -> str:
        return f"⟦{text}⟧"


EXAMPLES = [
    (declaration.name, *shlex.split(example))
    for declaration in declarations()
    for example in declaration.examples
    # The texts of data are in any language.
    if declaration.name in (*QUESTIONS, "schema") and "bundled" not in example
]
BEYOND = (  # the examples: pages that no call of theirs shows
    *("country Aruba", "country Peru --as-of 2000", "mechanism LAD", "compare RCM LAD R4V QUITO --mode distinct"),
    *("compare RCM SACM --theme borders", "compare Peru Chile Haiti --mode union", "map RCM SACM --theme borders"),
    *("overlap 'trata de personas' --explain", "cite --style chicago", "brief Belize", "brief LAD"),
    *("list mechanisms --member Peru --theme asylum --sources", "membership Guyana LAD --as-of 2022-07"),
    "import tests/data/tables/memberships.csv --dry-run --skip-bad-rows",
)
CALLS = [tuple(OUR_DATA if word == "our-data" else word for word in call) for call in EXAMPLES]
CALLS += [(), ("--version",), *(tuple(shlex.split(call)) for call in BEYOND)]
HELPS = [("--help",), *((name, "--help") for name in NAMES)]
WRONG_CALLS = [
    tuple(shlex.split(call))
    for call in (
        *("country", "country Peruvia", "country Peru --jsn", "country Peru Chile", "country Peru --as-of"),
        *("country Peru --as-of noon", "country Peru --json=yes", "contry Peru", "overlap 'the weather'", "map GCM"),
        *("compare RCM RCM", "list planets", "country Peru --data nowhere", "membership RCM Peru"),
    )
]
UNTOUCHED = {"PATH", "[PATH]"}  # Typer has the same word for the type


def english_left(text: str, texts: list[str]) -> list[str]:
    """Return which of *texts* stand in *text* outside of the brackets of `Seen`."""
    bare = text
    while (shorter := re.sub(r"⟦[^⟦⟧]*⟧", "", bare)) != bare:
        bare = shorter
    flat = " ".join(bare.split())
    return [form for form in texts if form in flat]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Translate by `Seen`, and let no function of ours remember its texts for the tests that follow."""
    monkeypatch.setattr(language, "_catalogue", lambda _language: Seen())
    yield
    for each in gc.get_objects():
        if isinstance(each, functools._lru_cache_wrapper) and each.__module__.startswith("govmap."):
            each.cache_clear()


@pytest.mark.usefixtures("seen")
@pytest.mark.parametrize("arguments", [*CALLS, *WRONG_CALLS], ids=" ".join)
def test_every_marked_text_goes_through_the_catalogue(
    call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, texts: list[str], arguments: tuple[str, ...]
) -> None:
    """A text that was marked and is shown past the catalogue would stay English in every language."""
    monkeypatch.setenv("COLUMNS", "1000")
    answer = call("--lang", "es", *arguments)
    assert english_left(answer.out + answer.err, texts) == []


@pytest.mark.parametrize("other", OTHERS)
def test_no_page_keeps_an_english_text_that_has_a_translation(
    call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, translations: Any, other: str
) -> None:
    monkeypatch.setenv("COLUMNS", "1000")
    catalogue = translations.read(translations.po_file(other), translations.LOCALES[other])
    single = [message for message in catalogue if message.id and not isinstance(message.id, list | tuple)]
    # A word of the other language may be spelled as one in English: Data is a date in Portuguese.
    spelled_alike = {message.string for message in single} | UNTOUCHED
    translated = {message.id for message in single if len(message.id) > 3} - spelled_alike
    headings = {text for text in translated if text[0].isupper() and "{" not in text}
    for arguments in (*CALLS, *HELPS):
        shown = call("--lang", other, *arguments)
        assert shown.code == 0, (arguments, shown.err)
        lines = {line.strip(" │╭─╮.:") for line in shown.out.splitlines()}
        cells = {cell for line in lines for cell in re.split(r"\s{2,}", line)}
        assert sorted(headings & (lines | cells)) == [], arguments
    for arguments in WRONG_CALLS:
        failed = call("--lang", other, *arguments)
        assert (failed.out, failed.code > 0) == ("", True)
        message = failed.err.partition(": ")[2].partition(". ")[0]
        assert message.strip() not in translated, arguments
