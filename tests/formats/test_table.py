"""A page as text is complete at any width and safe whatever the data holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from tests.formats.test_golden_formats import PICTURE, made_page
from tests.made import columns

from govmap.formats.table import to_text
from govmap.formats.text import plain
from govmap.layout.page import Block, Column, Drawing, Facts, Lines, Page, Table, Tile, Tiles
from govmap.texts import UNSAFE


def rendered(*blocks: Block, width: int | None) -> str:
    """Return a page of *blocks* as text."""
    return to_text(Page("t", "s", blocks), terminal=False, columns=width)


def words_of(text: str) -> list[str]:
    """Return the words of *text*, separated by spaces alone."""
    return [word for word in text.split(" ") if word]


@pytest.mark.parametrize("name", ["FORCE_COLOR", "TTY_COMPATIBLE", "CLICOLOR_FORCE"])
def test_no_variable_brings_escapes_into_a_file(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "1")
    assert "\x1b" not in to_text(made_page(), terminal=False, columns=80)


def test_an_ascii_output_gets_no_letter_of_ours_beyond_ascii() -> None:
    page = Page("t", "s", (Facts((("A", "1"),)), Table("T", columns("A", "B"), (("1", "2"),)), Lines("L", ("a", "b"))))
    assert to_text(page, terminal=False, columns=80).isascii()


def test_what_is_missing_or_in_doubt_is_marked_beside_the_word_that_says_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    page = Page("t", "s", (Table("", columns("A", "B"), (("contradicted", "not known"),)),))
    text = to_text(page, terminal=True, columns=80)
    assert "\x1b[33mcontradicted" in text
    assert "\x1b[2mnot known" in text
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[33m" not in to_text(page, terminal=True, columns=80)


def test_a_line_on_its_own_has_no_blanks_at_its_end() -> None:
    for width in (40, 80, None):
        lines = to_text(made_page(), terminal=False, columns=width).splitlines()
        assert [line for line in lines if line != line.rstrip()] == []


HOSTILE = (
    *("[bold]x[/bold]", "[/nothing][link=http://a]b", ":smile:"),
    *("\u0301", "\ufe0fx"),  # of no width: some versions of rich never ended where such a text had to be folded
    *("\x1b[31mred", "\x1b]0;title\x07", "\x9b2J", "\u202elast", "\x00", "a\rb"),
)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("width", [40, 200, None])
def test_markup_and_controls_appear_as_text_in_every_block(text: str, width: int | None) -> None:
    wide = tuple(f"{text} {i}" for i in range(9))
    page = Page(
        text,
        text,
        (
            Facts(((text, text),)),
            Table(text, columns("A", "B"), ((text, text),)),
            Table("Wide", columns(*"ABCDEFGHI"), (wide,)),
            Table("Empty", columns("A"), (), text),
            Lines(text, (text, text)),
        ),
    )
    out = to_text(page, terminal=False, columns=width)
    assert out.count(plain(text)) == 20
    assert not UNSAFE.search(out)


def test_a_table_that_does_not_fit_becomes_rows_below_each_other() -> None:
    table = Table("T", columns("First", "Second"), (("a" * 15, "b" * 15), ("c", "")))
    assert rendered(table, width=25) == f"t\ns\n\nT\n{'a' * 15}\n  {'b' * 15}\nc\n"


def test_the_rows_of_a_list_have_one_form_and_no_line_ends_in_a_dot() -> None:
    """A name that is short beside others that are not takes no second text beside it; a dot is a sign of a matrix."""
    columns_ = Column("Name"), Column("M", marks=True), Column("NNNN", marks=True), Column("Count", number=True)
    table = Table("", columns_, (("Peru", "●", "●", "2"), ("a" * 14, "●", "·", "1")))
    assert rendered(table, width=20) == f"t\ns\n\nPeru\n  In: M, NNNN\n  Count: 2\n{'a' * 14}\n  In: M · Count: 1\n"


def test_in_a_list_no_line_ends_between_a_heading_and_its_number() -> None:
    columns_ = Column("Name"), Column("M", marks=True), Column("NNNN", marks=True), Column("Count", number=True)
    table = Table("", columns_, (("Peru", "●", "●", "2"), ("a" * 14, "●", "·", "1")))
    for width in range(14, 24):
        assert not [line for line in rendered(table, width=width).split("\n") if line.endswith("Count:")], width


WIDE = "太平洋島國論壇 會議 大會"


def test_widths_are_counted_in_cells_of_a_terminal() -> None:
    page = Page(
        WIDE, "s", (Facts(((WIDE, WIDE), ("A", "b"))), Table("", columns("A", "B"), ((WIDE, "c"),))), dated="2020"
    )
    lines = to_text(page, terminal=False).splitlines()
    assert lines == [
        f"{WIDE}  2020".replace("  2020", " " * (80 - 24 - 4) + "2020"),
        "s",
        "",
        f"{WIDE}  {WIDE}",
        f"A{' ' * 25}b",
        "",
        f"A{' ' * 25}B",
        f"{WIDE}  c",
    ]
    for width in (24, 30, 44):
        out = to_text(page, terminal=False, columns=width)
        assert max(map(cell_len, out.splitlines())) <= width
        assert "\ufdd2" not in out


def test_what_just_fits_stands_side_by_side_and_is_not_broken_at_hyphens() -> None:
    row = ("a" * 5, "b" * 10, "two-by-two " * 3 + "words")
    table = Table("", columns("A", "B", "C"), (row,))
    whole, *_ = [line for line in rendered(table, width=57).splitlines() if line.startswith("aaaaa")]
    assert whole.split("  ") == [*row]
    assert "aaaaa  bbbbbbbbbb  two-by-two" in rendered(table, width=39), "twenty letters are left for the third column"
    assert "aaaaa  bbbbbbbbbb\n" in rendered(table, width=38), "fewer are not: it stands below"
    facts = Facts((("Label", "value " * 9 + "well-known"),))
    assert "Label  value value" in rendered(facts, width=37)
    assert "Label\n  value value" in rendered(facts, width=36)
    assert "well-known" in rendered(facts, width=37)
    dates = Table("", columns("A", "B"), (("2 June 2020 x", "value " * 9),))
    assert "2 June 2020 x  " in rendered(dates, width=40), "thirteen letters stand on one line"
    long = Table("", columns("A", "B", "C"), (("a", "value " * 5, "more"),))
    assert rendered(long, width=24).endswith("\n\na  value value value\n  value value\n  more\n")


def test_a_map_that_does_not_fit_is_left_out_with_its_heading() -> None:
    tiles = Tiles(tuple(Tile(column, 0, "ABC", 1) for column in range(9)))
    drawn = Drawing("A map", PICTURE, tiles)
    assert rendered(drawn, width=26) == "t\ns\n"
    assert rendered(drawn, width=27) == f"t\ns\n\nA map\n{'ABC' * 9}\n"


def test_a_longer_word_than_an_address_needs_is_broken_so_that_a_table_fits() -> None:
    out = rendered(Table("", columns("A", "B"), (("x" * 30, "y" * 10),)), width=36)
    assert f"{'x' * 24}  {'y' * 10}\n{'x' * 6}\n" in out


def test_many_sources_may_be_broken_and_few_may_not() -> None:
    for number, gap in ((4, ""), (5, " ")):
        marks = [f"[{n}]" for n in range(10, 10 + number)]
        assert gap.join(marks) in rendered(Table("", columns("A"), (("".join(marks),),)), width=80)


@pytest.mark.parametrize("mark", ["\u0301", "\ufe0f", "\u200b"])
def test_a_page_ends_whose_every_text_begins_with_a_mark_of_no_width_and_is_folded(mark: str) -> None:
    text = f"{mark}word {mark}{'x' * 60}"
    out = to_text(Page(text, text, (Table(text, columns("A"), ((text,),)),)), terminal=False, columns=40)
    assert out.count(f"{mark}word") == 4


def test_a_word_that_does_not_fit_beside_its_heading_goes_to_the_next_line() -> None:
    table = Table("T", columns("Heading", "Second"), (("a" * 16, "b" * 16),))
    assert max(map(len, rendered(table, width=20).splitlines())) <= 20


LATIN = st.characters(min_codepoint=0x21, max_codepoint=0x17F, categories=("L", "N", "P", "S"))
WORD = st.text(LATIN, min_size=1, max_size=24)
CELL = st.lists(WORD, max_size=6).map(" ".join)


@st.composite
def tables(draw: st.DrawFn, cell: st.SearchStrategy[str] = CELL) -> Table:
    """Draw a table of one to six columns and one to four rows."""
    number = draw(st.integers(1, 6))
    row = st.tuples(*[cell] * number)
    rows = draw(st.lists(row, min_size=1, max_size=4))
    return Table("T", columns(*(f"H{i}" for i in range(number)), numbers=("H1",)), tuple(rows))


@given(tables(), st.integers(20, 200))
def test_a_table_of_any_width_has_every_word_and_only_single_words_are_wider(table: Table, width: int) -> None:
    out = rendered(table, width=width)
    words = out.split()
    assert [word for row in table.rows for cell in row for word in words_of(cell) if word not in words] == []
    assert [line for line in out.splitlines() if len(line) > width and len(line.split()) > 1] == []


@given(tables(st.text(max_size=60)), st.one_of(st.none(), st.integers(20, 200)))
def test_no_text_whatsoever_brings_a_control_into_the_output(table: Table, width: int | None) -> None:
    assert not UNSAFE.search(rendered(table, width=width))


LONG_WORD = st.text(st.characters(min_codepoint=0x61, max_codepoint=0x7A), min_size=25, max_size=120)


@given(LONG_WORD, st.integers(20, 200))
def test_a_long_address_may_be_broken_and_loses_no_letter(word: str, width: int) -> None:
    assert word in rendered(Table("T", columns("H"), ((word,),)), width=width).replace("\n", "")


@given(st.lists(WORD, min_size=1, max_size=12).map(" ".join), st.integers(20, 200))
def test_lines_and_facts_lose_no_word_and_keep_to_the_width(text: str, width: int) -> None:
    page = Page(text, text, (Facts((("Label", text),)), Lines("Lines", (text, text))))
    out = to_text(page, terminal=False, columns=width)
    words = words_of(text)
    assert [word for word in words if out.split().count(word) < 5 * words.count(word)] == []
    assert [line for line in out.splitlines() if len(line) > width and len(line.split()) > 2] == []


def test_without_a_width_no_line_is_broken() -> None:
    text = "word " * 500
    table = Table("T", columns("A", "B"), ((text, text),))
    out = to_text(Page(text, "s", (table, Lines("L", (text,)))), terminal=False)
    assert max(map(len, out.splitlines())) > 4900
    assert len(out.splitlines()) == 9
