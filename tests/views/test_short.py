"""Pages stay short where there is much: of more than forty things in one place they name ten, and count the rest."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.made import atlas_of, mechanism

import govmap
from govmap.language import speaking
from govmap.layout.blocks import WHOLE
from govmap.layout.page import Column, Drawing, Lines, Page, Table
from govmap.layout.picture import Picture
from govmap.layout.short import shortened
from govmap.presentation import Presentation
from govmap.questions.matrix import Matrix
from govmap.texts import comma_list, enumerated, in_series

NUMBERS = [f"N{number}" for number in range(1, 42)]


@pytest.mark.parametrize(
    ("join", "expected"),
    [
        (comma_list, "N1, N2, N3, N4, N5, N6, N7, N8, N9, N10, 31 more"),
        (in_series, "N1; N2; N3; N4; N5; N6; N7; N8; N9; N10; 31 more"),
        (enumerated, "N1, N2, N3, N4, N5, N6, N7, N8, N9, N10 and 31 more"),
    ],
)
def test_of_more_than_forty_names_ten_are_given(join: Callable[[list[str]], str], expected: str) -> None:
    assert join(NUMBERS) == expected
    assert "N40" in join(NUMBERS[:40])
    with speaking("es"):
        assert comma_list(NUMBERS).endswith("N10, 31 más")


def test_names_with_commas_stand_a_semicolon_apart() -> None:
    assert comma_list(["shelter", "water, sanitation and hygiene"]) == "shelter; water, sanitation and hygiene"


def test_rows_columns_and_lines_beyond_ten_are_counted() -> None:
    columns = tuple(Column(heading) for heading in ("Name", *NUMBERS, "Total"))
    table = Table("T", columns, tuple(tuple(f"{name}{at}" for at in range(43)) for name in NUMBERS))
    picture = Picture("D", "", (), 1, 1, ())
    page = Page("P", "", (table, Lines("L", tuple(NUMBERS)), Drawing("D", picture, table)))
    cut, rest, few, others, drawn, beside = shortened(page).blocks
    assert isinstance(cut, Table)
    assert [column.heading for column in cut.columns] == ["Name", *NUMBERS[:10], "Total"]
    assert [row[0] for row in cut.rows] == [f"{name}0" for name in NUMBERS[:10]]
    assert {row[-1][-2:] for row in cut.rows} == {"42"}, "the last column, which sums up, is kept"
    assert rest == beside == Lines("", (f"31 more rows, 31 more columns: {WHOLE}",))
    assert (few, others) == (Lines("L", tuple(NUMBERS[:10])), Lines("", (f"31 more rows: {WHOLE}",)))
    assert drawn == Drawing("D", picture, cut)


def test_the_totals_of_a_matrix_are_kept_and_are_no_row(atlas: govmap.Atlas) -> None:
    listed = govmap.matrix(atlas_of(atlas, mechanism("ALL", " ".join(sorted(atlas.countries)[:60]))))
    table, rest = Presentation(listed).page().blocks[:2]
    assert isinstance(listed, Matrix)
    assert isinstance(table, Table)
    assert [row[0] for row in table.rows[-2:]] == [listed.entries[9].name, "Count"]
    assert rest == Lines("", (f"{len(listed.entries) - 10} more rows: {WHOLE}",))


def test_forty_are_shown_and_what_programs_read_is_never_cut() -> None:
    table = Table("T", (Column("Name"),), tuple((name,) for name in NUMBERS[:40]))
    exact = Lines("L", tuple(NUMBERS), exact=True)
    assert shortened(Page("P", "", (table, exact))).blocks == (table, exact)


def test_a_page_is_short_unless_it_is_full_or_a_list_and_records_have_all(atlas: govmap.Atlas) -> None:
    many = atlas_of(atlas, *(mechanism(name, "PER", "health") for name in NUMBERS))
    answer = govmap.country(many, "Peru")

    def rows_of(page: Page) -> list[int]:
        return [len(block.rows) for block in page.blocks if isinstance(block, Table)]

    assert rows_of(Presentation(answer).page())[0] == 10
    assert rows_of(Presentation(answer, full=True).page())[0] == 41
    assert rows_of(Presentation(govmap.list(many, "mechanisms")).page()) == [41]
    assert len(answer.mechanisms) == 41


def test_a_list_that_nobody_reads_to_its_end_is_cut_too(atlas: govmap.Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govmap.presentation.LONGEST_LIST", 40)
    listed = govmap.list(atlas_of(atlas, *(mechanism(name, "PER") for name in NUMBERS)), "mechanisms")
    table, rest = Presentation(listed).page().blocks[:2]
    assert isinstance(table, Table)
    assert len(table.rows) == 10
    assert rest == Lines("", (f"31 more rows: {WHOLE}",))
    assert len(Presentation(listed).rows().rows) == 41
