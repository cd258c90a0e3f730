"""Every format renders every answer, with every text in it, and no text becomes markup, a formula or a control."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections import Counter
from collections.abc import Callable
from html import unescape
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.made import columns, read_data
from tests.shown import Shown

from govmap.calls import Install
from govmap.errors import UsageError
from govmap.formats.csv import to_csv, to_tsv
from govmap.formats.html import to_html
from govmap.formats.markdown import to_markdown
from govmap.formats.registry import BY_ENDING, FORMATS, load_writer
from govmap.formats.text import plain
from govmap.layout.page import Drawing, Facts, Lines, Page, Sources, Table
from govmap.layout.picture import Label, Picture
from govmap.rows import FORMULA, Rows

HOSTILE = [text for texts in read_data("hostile.yaml").values() for text in texts]
texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30))


@st.composite
def pages(draw: st.DrawFn) -> Page:
    """Draw a page of a table, facts and lines, with any texts."""
    rows = draw(st.lists(st.tuples(texts, texts), min_size=1, max_size=3))
    lines = tuple(draw(st.lists(texts, min_size=1, max_size=3)))
    table = Table(draw(texts), columns("One", "Two", numbers=("Two",)), tuple(rows))
    return Page(draw(texts), draw(texts), (table, Facts((("Label", draw(texts)),)), Lines("Lines", lines)))


ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "section", "h1", "h2", "p", "a", "br"),
    *("div", "span", "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "ul", "li", "pre", "figure"),
    *("svg", "text"),
}
ATTRIBUTES = {
    *("lang", "charset", "name", "content", "class", "scope", "href", "id", "tabindex", "role", "style"),
    *("aria-labelledby", "aria-label", "aria-hidden", "width", "height", "viewbox", "x", "y", "text-anchor"),
}


@given(texts.map("x{}x".format))
def test_html_shows_a_text_in_every_kind_of_block_and_never_takes_it_for_markup(text: str) -> None:
    table = Table(text, columns(text), ((text,), (text,)))
    blocks = (
        Facts(((text, text),)),
        *(table, Table("T", columns(text), (), text)),
        *(Lines(text, (text,)), Lines(text, (text, text)), Lines(text, (text,), exact=True)),
        Drawing(text, Picture(text, text, (text,), 9, 99, (Label(0, 0, text),)), table),
        Sources("Sources", (text,)),
    )
    shown = Shown(to_html(Page(text, text, blocks)))
    assert shown.names() <= ELEMENTS
    assert {name for _, attributes in shown.elements for name in attributes} <= ATTRIBUTES
    links = [attributes["href"] or "" for tag, attributes in shown.elements if tag == "a"]
    assert all(link.startswith(("http://", "https://")) for link in links)
    expected = plain(text).replace("\n", " ")
    shown_texts = Counter(shown_text.replace("\n", " ") for shown_text in shown.texts)
    assert shown_texts == {expected: 19, f"{expected}.": 1, "T": 1, "Sources": 1}


@given(pages())
def test_markdown_parses_into_the_same_table_and_no_other_markup(page: Page) -> None:
    table = next(block for block in page.blocks if isinstance(block, Table))
    tokens = MarkdownIt("commonmark").enable("table").parse(to_markdown(page))
    assert sum(token.type == "table_open" for token in tokens) == 1
    assert sum(token.type == "tr_open" for token in tokens) == len(table.rows) + 1
    assert sum(token.type == "td_open" for token in tokens) == 2 * len(table.rows)
    kinds = {token.type for token in tokens}
    assert not kinds & {"fence", "code_block", "html_block", "hr", "blockquote_open", "ordered_list_open"}
    inline = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inline} <= {
        *("text", "softbreak", "strong_open", "strong_close", "html_inline", "text_special"),
        *("link_open", "link_close", "hardbreak"),
    }
    assert {child.content for child in inline if child.type == "html_inline"} <= {"<br>"}
    links = [str(child.attrs["href"]) for child in inline if child.type == "link_open"]
    assert all(link.startswith(("http://", "https://")) for link in links)


def test_a_blank_line_begins_no_block_of_html_in_markdown() -> None:
    page = Page("t", "s", (Lines("Lines", (" \n",)),))
    kinds = {token.type for token in MarkdownIt("commonmark").parse(to_markdown(page))}
    assert "html_block" not in kinds


@given(st.lists(texts, min_size=1, max_size=3))
def test_lines_to_copy_are_left_as_they_are(lines: list[str]) -> None:
    page = Page("t", "s", (Lines("Lines", tuple(lines), exact=True),))
    shown = plain("\n".join(lines))
    *_, block = MarkdownIt("commonmark").parse(to_markdown(page))
    assert (block.type, block.content) == ("fence", re.sub("\0", "\ufffd", shown) + "\n")
    (copied,) = re.findall(r"(?s)<pre>(.*?)</pre>", to_html(page))
    assert (unescape(copied), "<" in copied) == (shown, False)


def test_markdown_keeps_pipes_and_line_breaks_in_their_cell() -> None:
    page = Page("t", "s", (Table("T", columns("One", "Two"), (("a|b\nc", "d"),)),))
    tokens = MarkdownIt("commonmark").enable("table").parse(to_markdown(page))
    cells = [tokens[i + 1].content for i, token in enumerate(tokens) if token.type == "td_open"]
    assert cells == ["a|b<br>c", "d"]


cells_of_rows = st.one_of(
    texts, st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.none(), st.booleans()
)


@given(st.lists(st.tuples(cells_of_rows, cells_of_rows), max_size=5), st.sampled_from([(to_csv, ","), (to_tsv, "\t")]))
def test_csv_reads_back_as_it_was_and_holds_no_formula(
    rows: list[tuple[Any, ...]], form: tuple[Callable[[Rows], str], str]
) -> None:
    write, delimiter = form
    text = write(Rows(("one", "two"), tuple(rows)))
    assert "\0" not in text
    header, *read = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    assert header == ["one", "two"]
    assert [len(row) for row in read] == [len(row) for row in rows]
    for cell, text_read in zip(chain(*rows), chain(*read), strict=True):
        if isinstance(cell, str):
            assert not text_read.startswith(("=", "+", "-", "@", "\t", "\r"))
            restored = text_read.removeprefix("'") if FORMULA.match(text_read) else text_read
            assert restored == cell.replace("\0", "\\x00")
        elif cell is None or isinstance(cell, bool):
            assert text_read == {None: "", True: "true", False: "false"}[cell]
        else:
            assert text_read == str(cell)


def test_csv_lines_end_in_cr_lf_and_an_unknown_value_is_empty() -> None:
    assert to_csv(Rows(("a", "b", "c"), ((None, -1, True),))) == "a,b,c\r\n,-1,true\r\n"


@pytest.mark.parametrize("ending", [*BY_ENDING, ".CSV"])
def test_the_ending_of_a_file_names_its_format(call: Callable[..., Any], tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"answer{ending}"
    form = BY_ENDING[ending.casefold()]
    if form in ("png", "docx"):
        pytest.importorskip({"png": "resvg_py", "docx": "docx"}[form])
    answer = call("map", "RCM", "-o", str(path))
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    if not FORMATS[form].is_text:
        assert path.read_bytes().startswith(b"\x89PNG" if form == "png" else b"PK")
    else:
        assert path.read_bytes().decode() == call("map", "RCM", "-f", form).out
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_call_leaves_an_older_file_as_it_was(call: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old", encoding="utf-8")
    assert call("country", "Atlantis", "-o", str(path)).code == 1
    assert call("overlap", "remittances", "-o", str(path)).code == 1
    assert path.read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize(
    ("options", "name", "message"),
    [
        ((), "a.xls", 'Unsupported file type ".xls"; use --format. Choose one of: table'),
        ((), "answer", '"answer" has no extension; use --format. Choose one of'),
        (("-f", "csv"), "a.json", '"a.json" has the extension of json, but csv is asked for; use one of them. Try: '),
        (("--json",), "a.csv", '"suggestions":["--output a.json","--format csv"]'),
        (("-f", "xlsx"), "a.txt", "use one of them"),
        (("-f", "md"), "", " is a folder; name a file in it\n"),
    ],
)
def test_a_file_that_fits_no_format_or_another_one_is_refused(
    call: Callable[..., Any], tmp_path: Path, options: tuple[str, ...], name: str, message: str
) -> None:
    answer = call("map", "RCM", *options, "-o", str(tmp_path / name))
    assert (answer.code, answer.out) == (2, "")
    assert message in answer.err
    assert list(tmp_path.iterdir()) == []


def test_any_text_may_go_to_a_file_of_text_and_any_format_to_an_ending_of_none(
    call: Callable[..., Any], tmp_path: Path
) -> None:
    assert call("map", "RCM", "-f", "table") == call("map", "RCM")
    for name in ("a.txt", "a.data", "a"):
        assert call("map", "RCM", "-f", "csv", "-o", str(tmp_path / name)) == (0, "", "")
        assert (tmp_path / name).read_text(encoding="utf-8").startswith("as_of,")


def test_a_format_whose_library_is_not_installed_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    monkeypatch.delitem(sys.modules, "govmap.formats.docx", raising=False)
    with pytest.raises(UsageError, match="`format` docx needs docx, which is not") as caught:
        load_writer("docx")
    assert caught.value.suggestions == (Install("docx"),)


def test_a_byte_order_mark_comes_first_where_it_is_asked_for(call: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    assert call("list", "countries", "-o", str(path), "--bom").code == 0
    assert path.read_bytes().startswith(b"\xef\xbb\xbfasked,as_of,code")


@pytest.mark.parametrize("form", list(FORMATS))
def test_every_format_is_in_the_help_and_in_the_documents(call: Callable[..., Any], form: str) -> None:
    assert form in call("country", "--help").out
    page = Path(__file__).parents[2] / "docs" / "reference" / "formats.md"
    assert f"`{form}`" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", [("--json",), ("-f", "json"), ("-fjson",), ("--format=jsonl",)])
def test_an_error_is_json_where_the_format_is_json(call: Callable[..., Any], arguments: tuple[str, ...]) -> None:
    answer = call("country", "Atlantis", *arguments)
    assert (answer.code, answer.out) == (1, "")
    assert json.loads(answer.err)["error"]["kind"] == "not_found"
