"""A table is read as RFC 4180 has it, whatever separates its cells, or the error says where it is none."""

from __future__ import annotations

import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmap.errors import DataError
from govmap.importing.table import read_table


def rows(content: bytes, delimiter: str | None = None) -> list[tuple[int, list[str]]]:
    return [(row.line, row.cells) for row in read_table(content, "t.csv", delimiter).rows]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_delimiter_is_found_and_a_byte_order_mark_is_none_of_the_text(sign: str, mark: bytes, end: str) -> None:
    text = end.join((f"organisation{sign}country", f'"a{sign}b"{sign}"c{end}d"', f"e{sign}f", ""))
    table = read_table(mark + text.encode(), "t.csv")
    assert table.header == ("organisation", "country")
    assert [(row.line, row.cells) for row in table.rows] == [(2, [f"a{sign}b", f"c{end}d"]), (4, ["e", "f"])]


def test_a_delimiter_in_quotes_does_not_count() -> None:
    assert read_table(b'"a,b,c,d";e\n', "t.csv").header == ("a,b,c,d", "e")
    assert read_table(b"a|b\n", "t.csv", "|").header == ("a", "b")


def test_the_apostrophe_that_an_export_puts_before_a_formula_is_taken_away() -> None:
    assert rows(b"a,b\n'=1+1,'tis\n''-1,-1\n") == [(2, ["=1+1", "'tis"]), (3, ["'-1", "-1"])]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "t.csv is empty; its first line must name the columns"),
        (b"\n ,\n", "t.csv is empty"),
        ("a,b\nJosé,1\n".encode("cp1252"), "t.csv, line 2: this is not UTF-8, perhaps Windows-1252"),
        ("a,b\n".encode("utf-16"), "t.csv is neither UTF-8 text nor a workbook; save it as CSV in UTF-8"),
        (b"\na,b\n" + b"1,2\n" * 300 + b"\0,1\n\0", "t.csv, line 303: a NUL is not text"),
        (b'a,b\n1,"2\n3,4\n', "t.csv, line 2: this is not CSV"),
        (b'a,b\n1,2\n"1"x,2\n', "t.csv, line 3: this is not CSV"),
        (b"a,b,a\n", 't.csv has two columns called "a"'),
    ],
)
def test_what_is_no_table_is_an_error_with_its_line(content: bytes, message: str) -> None:
    with pytest.raises(DataError) as caught:
        rows(content)
    assert caught.value.message.startswith(message)


def test_a_table_that_is_too_large_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govmap.importing.table.MAX_BYTES", 1024**2)
    with pytest.raises(DataError, match="is larger than 1 MB; split it"):
        rows(b"a,b\n" * 1024**2)


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


@given(st.lists(st.lists(cells, min_size=2, max_size=2), max_size=6), st.sampled_from(",;\t"))
def test_what_the_csv_module_writes_is_read_back(table: list[list[str]], sign: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=sign, quoting=csv.QUOTE_ALL).writerows([["one", "two"], *table])
    expected = [[cell.strip().removeprefix("'") for cell in row] for row in table]
    assert [
        [cell.removeprefix("'") for cell in cells] for _line, cells in rows(text.getvalue().encode(), sign)
    ] == expected


def test_the_names_of_columns_are_read_in_linear_time() -> None:
    """Each was counted among all others: 60,000 did not end."""
    names = [f"c{number}" for number in range(60_000)]
    began = time.process_time()
    assert len(read_table(",".join(names).encode(), "t.csv").header) == 60_000
    with pytest.raises(DataError, match='two columns called "c59999"'):
        read_table(",".join([*names, "c59999"]).encode(), "t.csv")
    assert time.process_time() - began < 5
