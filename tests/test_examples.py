"""Every example of every declaration, in every format and language, on bundled, own and dated data."""

from __future__ import annotations

import csv
import functools
import importlib
import io
import json
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import openpyxl
import pytest
import yaml
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from tests.conftest import INVENTED, Answer, Call
from tests.examples import DECLARATIONS, EXAMPLES, FIRST, ON_ATLAS, QUESTIONS, Words, on_own_data, prepare
from tests.shown import Shown

from govmap.formats.registry import FORMATS
from govmap.formats.schema import json_schema
from govmap.language import LANGUAGES

LIBRARIES = {None: "json", "pictures": "resvg_py", "docx": "docx"}  # of extras
TRIED = [name for name, form in FORMATS.items() if find_spec(LIBRARIES[form.extra])]
QUICK = [name for name in TRIED if name not in ("png", "docx")]
SCREENS = [words for words in FIRST if words in QUESTIONS]  # one of each question
FOREIGN = [
    (words, language, [form for place, form in enumerate(TRIED) if (at + place + shift) % 5 == 0])
    for at, words in enumerate(SCREENS)
    for shift, language in enumerate(LANGUAGES[1:])
    if words[0] != "diff"  # which reads own data anew for each format
]  # each format for every fifth question


def name_of(value: object) -> str | None:
    """Return the name of a call in the name of a test."""
    return " ".join(value) if isinstance(value, tuple) else None


def rows_of(delimiter: str) -> Callable[[bytes], list[list[str]]]:
    """Return what reads a table, and sees that all of its rows are as wide as its header."""

    def read(content: bytes) -> list[list[str]]:
        header, *rows = csv.reader(io.StringIO(content.decode(), newline=""), delimiter=delimiter, strict=True)
        assert len(set(header)) == len(header) > 1
        assert {len(row) for row in rows} <= {len(header)}
        return [header, *rows]

    return read


def sheet_of(content: bytes) -> list[list[str]]:
    """Return the rows of a workbook as CSV has them; none of their cells is a formula."""
    (sheet,) = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


def bare(cell: str) -> str:
    """Return a cell without what CSV and a workbook write each in its own way."""
    return cell.lower().removesuffix(".0").removeprefix("'")  # which keeps what begins like a formula a text


def html_of(content: bytes) -> Shown:
    """Return a page of HTML, after its landmarks and the headings of its tables are seen."""
    shown = Shown(content.decode())
    assert {"header", "main", "title", "h1"} <= shown.names()
    assert all(attributes["scope"] in ("col", "row") for tag, attributes in shown.elements if tag == "th")
    return shown


PARSERS: dict[str, Callable[[bytes], Any]] = {
    "json": json.loads,
    "jsonl": lambda content: list(map(json.loads, content.splitlines())),
    "csv": rows_of(","),
    "tsv": rows_of("\t"),
    "md": lambda content: MarkdownIt("commonmark").enable("table").parse(content.decode()),
    "html": html_of,
    "yaml": functools.partial(yaml.load, Loader=yaml.CSafeLoader),
    "svg": fromstring,
    "png": lambda content: content.startswith(b"\x89PNG") or content,
    "docx": lambda content: importlib.import_module("docx").Document(io.BytesIO(content)),
    "xlsx": sheet_of,
}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def written(call: Call, words: Words, form: str, *options: str) -> Any:
    """Return an answer in a format, read back from the file it is written to; None where it has no picture."""
    path = Path(f"answer{FORMATS[form].endings[0]}")
    answer = call(*words, "--format", form, "--output", str(path), *options)
    if FORMATS[form].shape == "picture" and answer.code == 2:
        return None
    assert answer == Answer(0, "", "")
    return PARSERS.get(form, bytes.decode)(path.read_bytes())


def closed(schema: Any) -> Any:
    """Return a schema that allows no other key and no empty text."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    stricter: dict[str, Any] = {key: closed(part) for key, part in schema.items()}
    if "properties" in schema:
        stricter["additionalProperties"] = False
    return stricter | ({"minLength": 1} if schema.get("type") == "string" else {})


@functools.cache
def validator_of(schema: str) -> Draft202012Validator:
    """Return what validates by the schema of a name, and allows no key besides those of it."""
    return Draft202012Validator(closed(json_schema(schema)))


def assert_has_a_shape(name: str, record: Any) -> None:
    """See that a record is of one of the shapes of a question."""
    validators = [validator_of(shape.name) for shape in DECLARATIONS[name].shapes]
    assert any(validator.is_valid(record) for validator in validators), [
        error.message for validator in validators for error in validator.iter_errors(record)
    ]


@pytest.mark.parametrize("words", SCREENS, ids=name_of)
def test_all_formats_of_an_answer_tell_the_same(call: Call, tmp_path: Path, words: Words) -> None:
    prepare(tmp_path, words)
    shown = {form: written(call, words, form) for form in QUICK}
    record = shown["json"]
    assert_has_a_shape(words[0], record)
    assert shown["yaml"] == record
    assert shown["jsonl"] == (record if isinstance(record, list) else [record])
    header, *rows = shown["csv"]
    assert shown["tsv"] == shown["csv"]
    if words[0] != "matrix":  # which a workbook has as a matrix
        assert [list(map(bare, row)) for row in shown["xlsx"]] == [list(map(bare, row)) for row in shown["csv"]]
    assert len({tuple(row) for row in rows}) == len(rows)
    if "as_of" in header and rows:
        assert {row[header.index("as_of")] for row in rows} == {"2023-04"}
    cells = sum(token.type in ("td_open", "th_open") for token in shown["md"])
    drawn = sum(tag == "figure" for tag, _ in shown["html"].elements)
    assert cells == sum(tag in ("td", "th") for tag, _ in shown["html"].elements) or drawn


@pytest.mark.parametrize(("words", "language", "forms"), FOREIGN, ids=name_of)
def test_an_example_is_answered_in_every_language(
    call: Call, tmp_path: Path, words: Words, language: str, forms: list[str]
) -> None:
    prepare(tmp_path, words)
    for form in forms:
        written(call, words, form, "--lang", language)


@pytest.mark.parametrize("words", ON_ATLAS, ids=name_of)
@pytest.mark.parametrize("date", ["2010", None])
def test_the_record_of_own_or_dated_data_is_of_the_same_shape(call: Call, words: Words, date: str | None) -> None:
    called = (*words, "--as-of", date) if date else on_own_data(words, str(INVENTED))
    answer = call(*called, "--json")
    assert answer.code in (0, 1)
    if answer.code == 1:  # nobody works on a theme, nothing has a name, what is asked for is only named
        validator_of("error").validate(json.loads(answer.err))
    if answer.out:
        assert_has_a_shape(words[0], answer.json())


@pytest.fixture(name="next_to_nothing", scope="module")
def _next_to_nothing(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A dataset as small as one can be: a mechanism that lists nobody, has no groups and is over."""
    one = {"id": "ONE", "names": {"en": "The One"}, "kind": "forum", "until": "2001", "members": [], "groups": []}
    about = {"title": "Nothing", "version": "1", "reference_date": "2000"}
    path = tmp_path_factory.mktemp("nothing") / "mechanisms.yaml"
    path.write_text(yaml.safe_dump({"about": about, "mechanisms": [one]}), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("date", ["2000", "2001"])  # it is there, and it is over
@pytest.mark.parametrize("words", [words for words in SCREENS if words in ON_ATLAS], ids=name_of)
def test_on_data_that_hold_next_to_nothing_there_is_an_answer_or_a_reason(
    call: Call, next_to_nothing: str, words: Words, date: str
) -> None:
    called = (*on_own_data(words, next_to_nothing), "--as-of", date)
    answer, page = call(*called, "--json"), call(*called)
    assert answer.code == page.code
    assert answer.code in (0, 1, 2)  # 2: no source is of the kind that an example asks for
    assert bool(page.out) == (page.code == 0)
    if answer.code:
        validator_of("error").validate(json.loads(answer.err))
    if answer.out:
        assert_has_a_shape(words[0], answer.json())


@pytest.mark.parametrize("words", [words for words in EXAMPLES if words not in QUESTIONS], ids=name_of)
def test_the_example_of_a_command_runs(call: Call, tmp_path: Path, words: Words) -> None:
    prepare(tmp_path, words)
    before = set(tmp_path.iterdir())
    answer = call(*words)
    assert answer.code == 0
    assert answer.out or set(tmp_path.iterdir()) > before
