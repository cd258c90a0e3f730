"""The pages and pictures of who sits where: the matrix, and the combinations of seats as an UpSet chart."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.dates import as_of
from govmap.language import N_, _, ngettext
from govmap.layout.page import EMPTY, FULL, Lines, Page, Table, columns
from govmap.layout.picture import HEAD, LETTER, MARGIN, Box, Dot, Label, Picture, Shape, Stroke
from govmap.layout.words import (
    NOT_MEMBERS,
    alphabetical,
    caution_lines,
    change_lines,
    countries,
    credit,
    evidence_call,
    mechanisms,
    themes,
)
from govmap.questions.matrix import Column, Combination, Combinations, Matrix
from govmap.rows import Cell, Rows, tidy

UNKNOWN = "?"
ORDER = N_("Columns stand so that neighbours are most alike, rows so that like ones are neighbours")
NOT_KNOWN = N_("{mark}: the source lists no groups of it, which is not the same as none")
LONGEST_LINE = 60  # letters
MOST_TICKS = 6  # on an axis
STEP, LINE, TOP = 58, 24, HEAD + 20  # between columns, between rows, above the first row


def page(found: Matrix | Combinations, _atlas: Atlas) -> Page:
    """Return the page of a matrix, or of all combinations of seats."""
    return _matrix_page(found) if isinstance(found, Matrix) else _combinations_page(found)


def rows(found: Matrix | Combinations, _atlas: Atlas) -> Rows:
    """Return each cell, or each country of a combination, one a row."""
    return _matrix_rows(found) if isinstance(found, Matrix) else _combinations_rows(found)


def picture(found: Matrix | Combinations, atlas: Atlas) -> Picture:
    """Return the picture of a matrix, or an UpSet chart."""
    return matrix_picture(found, atlas) if isinstance(found, Matrix) else _combinations_picture(found, atlas)


def _head(matrix: Matrix) -> tuple[str, str]:
    """Return the title and the subtitle."""
    by_country = matrix.by == "country"
    known = countries(len(matrix.entries)) if by_country else themes(len(matrix.entries))
    title = _("Which mechanisms list which country") if by_country else _("Which mechanisms work on which theme")
    return title, f"{known}, {mechanisms(len(matrix.columns))}, {as_of(matrix.as_of)}"


def _matrix_page(matrix: Matrix) -> Page:
    """Return the page with one row a country or a theme, and one column a mechanism."""
    rows = [(row.name, *(_mark(cell, matrix.by) for cell in row.cells), str(row.size)) for row in matrix.entries]
    sizes = (UNKNOWN if column.size is None else str(column.size) for column in matrix.columns)
    rows.append((_("Count"), *sizes, ""))
    ids = [column.id for column in matrix.columns]
    first = _("Country") if matrix.by == "country" else _("Theme")
    headings = columns(first, *ids, _("Count"), numbers=(_("Count"),), marks=ids)
    notes = _notes(matrix)
    return Page(
        *_head(matrix),
        (
            Table("", headings, tuple(rows)),
            *caution_lines(matrix.caution),
            *change_lines(matrix.as_of, matrix.changes),
            Lines(_("Note"), (*notes, _(ORDER))),
            evidence_call(),
        ),
    )


def _notes(matrix: Matrix) -> list[str]:
    by_theme = _("Numbers: how many of its groups work on it")
    notes = [*_relations(matrix.columns)] if matrix.by == "country" else [by_theme]
    if any(column.size is None for column in matrix.columns):
        notes.append(_(NOT_KNOWN).format(mark=UNKNOWN))
    return notes


def _mark(cell: int | None, by: str) -> str:
    if cell is None:
        return UNKNOWN
    if not cell:
        return EMPTY
    return FULL if by == "country" else str(cell)


def _relations(mechanisms: tuple[Column, ...]) -> Iterator[str]:
    """Yield what being listed means, where it is no membership."""
    for column in mechanisms:
        if column.relation in NOT_MEMBERS:
            yield _(NOT_MEMBERS[column.relation]).format(mechanism=column.id)


def _matrix_rows(matrix: Matrix) -> Rows:
    """Return each cell, one a row."""
    id_, name = ("code", "country") if matrix.by == "country" else ("theme", "theme_label")
    value = "listed" if matrix.by == "country" else "groups"

    def cells() -> Iterator[dict[str, Cell]]:
        for row in matrix.entries:
            for column, cell in zip(matrix.columns, row.cells, strict=True):
                where = {"mechanism": column.id, "mechanism_name": column.name, value: cell}
                yield {id_: row.id, name: row.name, **where}

    return tidy(f"as_of {id_} {name} mechanism mechanism_name {value}", cells(), as_of=matrix.as_of)


def matrix_picture(matrix: Matrix, atlas: Atlas, measure: tuple[str, dict[str, str]] | None = None) -> Picture:
    """Return the matrix as a picture: a full dot for a seat, a number for groups.

    A *measure* is what stands at the end of a row instead of its count: its heading, and the texts by id of a row.
    """
    title, subtitle = _head(matrix)
    left = MARGIN + LETTER * max((len(row.name) for row in matrix.entries), default=0) + STEP / 2
    heading, texts = measure or (_("Count"), {row.id: str(row.size) for row in matrix.entries})
    right = left + STEP * (len(matrix.columns) - 1) + LETTER * (len(heading) + 4)
    shapes = _column_heads(matrix.columns, left)
    bottom = TOP + LINE * len(matrix.entries)
    for number, row in enumerate(matrix.entries):
        y = TOP + LINE * number
        shapes += [Stroke(MARGIN, y + LINE, right, y + LINE), Label(MARGIN, y + 16, row.name)]
        for place, cell in enumerate(row.cells):
            shapes.append(_cell(cell, left + STEP * place, y + LINE / 2, matrix.by))
        shapes.append(Label(right, y + 16, texts.get(row.id, ""), "end"))
    shapes.append(Label(right, TOP - 8, heading, "end", bold=True))
    if measure is None:
        shapes += [Label(MARGIN, bottom + 16, _("Count")), *_column_sizes(matrix.columns, left, bottom + 16)]
    return Picture(
        title,
        subtitle,
        (*_notes(matrix), *credit(atlas)),
        right + MARGIN,
        bottom + (LINE if measure is None else 0) + MARGIN,
        tuple(shapes),
    )


def _column_sizes(mechanisms: tuple[Column, ...], left: float, y: float) -> list[Shape]:
    told = (UNKNOWN if column.size is None else str(column.size) for column in mechanisms)
    return [Label(left + STEP * i, y, size, "middle") for i, size in enumerate(told)]


def _column_heads(mechanisms: tuple[Column, ...], left: float, top: float = TOP) -> list[Shape]:
    return [Label(left + STEP * i, top - 8, column.id, "middle", bold=True) for i, column in enumerate(mechanisms)]


def _cell(cell: int | None, x: float, y: float, by: str) -> Shape:
    if cell is None or (cell and by == "theme"):
        return Label(x, y + 4, UNKNOWN if cell is None else str(cell), "middle", faint=cell is None, bold=bool(cell))
    return Dot(x, y, 7 if cell else 2.5, full=bool(cell))


def _combinations_page(found: Combinations) -> Page:
    """Return the page with one row a combination: its mechanisms, how many countries, and which."""
    ids = [column.id for column in found.columns]
    rows = tuple(
        (
            str(part.size),
            *(FULL if id_ in part.mechanisms else EMPTY for id_ in ids),
            ", ".join(alphabetical(ref.name for ref in part.countries)),
        )
        for part in found.combinations
    )
    listed = _("Countries listed in exactly these")
    headings = columns(_("Count"), *ids, listed, numbers=(_("Count"),), marks=ids)
    sizes = ", ".join(f"{column.id} {column.size}" for column in found.columns)
    return Page(
        *_combinations_head(found),
        (
            Table("", headings, rows),
            *caution_lines(found.caution),
            *change_lines(found.as_of, found.changes),
            Lines(
                _("Note"),
                (*_relations(found.columns), _("Countries of each mechanism: {sizes}").format(sizes=sizes)),
            ),
            evidence_call(),
        ),
    )


def _combinations_head(found: Combinations) -> tuple[str, str]:
    total = sum(part.size for part in found.combinations)
    number = len(found.combinations)
    subtitle = ngettext(
        "{n} combination of mechanisms, {countries}, {as_of}",
        "{n} combinations of mechanisms, {countries}, {as_of}",
        number,
    ).format(n=number, countries=countries(total), as_of=as_of(found.as_of))
    return _("Which countries are listed in exactly the same mechanisms"), subtitle


def _combinations_rows(found: Combinations) -> Rows:
    """Return each country with the number of its combination, one a row."""
    facts: Iterator[dict[str, Cell]] = (
        {
            "combination": number,
            "mechanisms": " ".join(part.mechanisms),
            "size": part.size,
            "code": ref.code,
            "country": ref.name,
        }
        for number, part in enumerate(found.combinations, 1)
        for ref in part.countries
    )
    return tidy("as_of combination mechanisms size code country", facts, as_of=found.as_of)


def _combinations_picture(found: Combinations, atlas: Atlas) -> Picture:
    """Return the combinations as an UpSet chart: joined dots for the mechanisms, a bar for the number of countries."""
    title, subtitle = _combinations_head(found)
    left, width, top = MARGIN + STEP / 2, 12.0, TOP + LINE
    bars, bottom = left + STEP * len(found.columns), top + LINE * len(found.combinations)
    most = max((part.size for part in found.combinations), default=0)
    shapes = [*_column_heads(found.columns, left, top), *_axis(most, width, bars, top)]
    for number, part in enumerate(found.combinations):
        y = top + LINE * number
        shapes += _joined_dots(part, found.columns, left, y + LINE / 2)
        names = _names(part)
        shapes.append(Box(bars, y + 4, width * part.size, LINE - 8, 1))
        shapes.append(Label(bars + width * part.size + 6, y + 16, f"{part.size}  {names}"))
    widest = max((_reach(part, width) for part in found.combinations), default=0.0)
    return Picture(
        title,
        subtitle,
        (*_relations(found.columns), *credit(atlas)),
        bars + widest + MARGIN,
        bottom + MARGIN,
        tuple(shapes),
    )


def _axis(most: int, width: float, left: float, top: float) -> Iterator[Shape]:
    """Yield the axis of the bars, *width* for each country: a title, a line, and numbers at round steps."""
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, max(most, 1)) if most <= step * MOST_TICKS)
    ticks = range(0, most + step, step)
    yield Label(left, top - 8 - LINE, _("Number of countries"), bold=True)
    yield Stroke(left, top, left + width * ticks[-1], top)
    for number in ticks:
        x = left + width * number
        yield Stroke(x, top - 4, x, top)
        yield Label(x, top - 8, str(number), "middle", faint=True)


def _reach(part: Combination, width: float) -> float:
    """Return how far the bar of a combination and what is told beside it reach."""
    return width * part.size + LETTER * (6 + len(_names(part)))


def _names(part: Combination) -> str:
    """Return the names of its countries, or their codes where the names are too many for a line."""
    names = ", ".join(alphabetical(ref.name for ref in part.countries))
    return names if len(names) <= LONGEST_LINE else " ".join(ref.code for ref in part.countries)


def _joined_dots(part: Combination, mechanisms: tuple[Column, ...], left: float, y: float) -> list[Shape]:
    held = [left + STEP * i for i, column in enumerate(mechanisms) if column.id in part.mechanisms]
    dots: list[Shape] = [
        Dot(left + STEP * i, y, 7 if column.id in part.mechanisms else 2.5, full=column.id in part.mechanisms)
        for i, column in enumerate(mechanisms)
    ]
    return [*([Stroke(held[0], y, held[-1], y, strong=True)] if held else []), *dots]
