"""The page, the picture and the rows of who sits where: a matrix, or all combinations of seats as an UpSet chart."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.dates import as_of
from govmap.language import _
from govmap.layout import blocks, cells, words
from govmap.layout.page import EMPTY, FULL, Page, Table, mark, number, table
from govmap.layout.picture import HEAD, LETTER, MARGIN, MARKS, Box, Dot, Group, Label, Picture, Shape, Stroke
from govmap.layout.sources import credits_of
from govmap.questions.matrix import Column, Combination, Combinations, Matrix
from govmap.rows import Cell, Rows, tidy
from govmap.texts import comma_list, labelled

UNKNOWN = "?"
LONGEST_LINE = 60  # letters
MOST_TICKS = 6  # on an axis
STEP, LINE, TOP = 58, 24, HEAD + 20  # between columns, between rows, above the first row
BAR = 12.0  # of the bar of a combination, for each country


def page(found: Matrix | Combinations, atlas: Atlas, *, full: bool = False) -> Page:
    """Return the page of a matrix, or of all combinations of seats."""
    if isinstance(found, Matrix):
        seats, last_note = _matrix_table(found), _("Similar rows and columns are adjacent")
    else:
        sizes = comma_list(f"{column.id} {column.size}" for column in found.columns)
        seats, last_note = _combinations_table(found), _("Countries of each mechanism: {sizes}").format(sizes=sizes)
    title, answer = _head(found)
    return blocks.make_page(
        title,
        " ".join(filter(None, (answer, blocks.since_then(found, named=0, full=full)))),
        seats,
        blocks.lines("", _unclear(found, atlas) if full or isinstance(found, Combinations) else ()),
        *((*blocks.changes(found), blocks.notes(*_notes(found, atlas), last_note)) if full else ()),
        of=found,
        more=blocks.more(_("notes"), call=Call("matrix", format="svg")),
    )


def rows(found: Matrix | Combinations, _atlas: Atlas) -> Rows:
    """Return each cell of a matrix, or each country with its combination, one a row."""
    if isinstance(found, Combinations):
        facts: Iterator[cells.Cells] = (
            {"combination": place, "mechanisms": " ".join(part.mechanisms), "size": part.size, **cells.country(ref)}
            for place, part in enumerate(found.combinations, 1)
            for ref in part.countries
        )
        return tidy("as_of combination mechanisms size code country", facts, as_of=found.as_of)
    (id_, name), value = _row_keys(found), "listed" if found.by == "country" else "groups"
    facts = (
        {id_: row.id, name: row.name, **cells.mechanism(column), value: cell}
        for row in found.entries
        for column, cell in zip(found.columns, row.cells, strict=True)
    )
    return tidy(f"as_of {id_} {name} mechanism mechanism_name {value}", facts, as_of=found.as_of)


def sheet(found: Matrix | Combinations, _atlas: Atlas) -> Rows | None:
    """Return a matrix with a row for each country or theme, and the combinations one a row."""
    columns = tuple(column.id for column in found.columns)
    if isinstance(found, Combinations):
        parts: Iterator[tuple[Cell, ...]] = (
            (part.size, *(int(id_ in part.mechanisms) for id_ in columns), _names(part)) for part in found.combinations
        )
        return Rows(("size", *columns, "countries"), tuple(parts))
    return Rows(
        (*_row_keys(found), *columns, "count"), tuple((row.id, row.name, *row.cells, row.size) for row in found.entries)
    )


def picture(found: Matrix | Combinations, atlas: Atlas) -> Picture:
    """Return the picture of a matrix, or an UpSet chart."""
    return matrix_picture(found, atlas) if isinstance(found, Matrix) else _upset_chart(found, atlas)


def _drawn(found: Matrix | Combinations, atlas: Atlas, right: float, bottom: float, shapes: list[Shape]) -> Picture:
    """Return a picture of *shapes*, with what it shows above them and what it was drawn from below."""
    title, answer = _head(found)
    notes = (*_unclear(found, atlas), *_notes(found, atlas), *credits_of(atlas))
    description = f"{answer} {words.capitalised(as_of(found.as_of))}."
    return Picture(title, description, notes, right + MARGIN, bottom + MARGIN, tuple(shapes))


def _head(found: Matrix | Combinations) -> tuple[str, str]:
    """Return the title and what is counted."""
    if isinstance(found, Combinations):
        answer = words.counted(
            "{n} combination of mechanisms, {countries}.",
            "{n} combinations of mechanisms, {countries}.",
            len(found.combinations),
            countries=words.countries(sum(part.size for part in found.combinations)),
        )
        return _("Which countries are listed in exactly the same mechanisms"), answer
    size = len(found.entries)
    if found.by == "country":
        title, entries = _("Which mechanisms list which country"), words.countries(size)
    elif found.by == "theme":
        title, entries = _("Which mechanisms work on which theme"), words.counted("{n} theme", "{n} themes", size)
    else:
        title, entries = _("Which mechanisms work on which issue"), words.counted("{n} issue", "{n} issues", size)
    return title, f"{entries}, {words.mechanisms(len(found.columns))}."


def _notes(found: Matrix | Combinations, atlas: Atlas) -> Iterator[str]:
    """Yield what being listed means where it is no membership, or what the numbers mean, and what is not known."""
    if isinstance(found, Matrix) and found.by != "country":
        yield _("Numbers: how many of its groups work on it")
    else:
        yield from words.relation_notes(atlas, (column.id for column in found.columns))
    if any(column.size is None for column in found.columns):
        yield _("{mark}: no groups are listed; this does not mean there are none").format(mark=UNKNOWN)


def _unclear(found: Matrix | Combinations, atlas: Atlas) -> Iterator[str]:
    """Yield of which countries it is left open whether they are listed."""
    if isinstance(found, Combinations):
        codes = [ref.code for part in found.combinations for ref in part.countries]
    else:
        codes = [row.id for row in found.entries if found.by == "country"]
    return blocks.unclear(atlas.unclear_among((column.id for column in found.columns), codes), atlas)


def _matrix_table(matrix: Matrix) -> Table:
    """Return the table with one row a country or a theme, one column a mechanism, and the totals of both."""
    first = {"country": _("Country"), "theme": _("Theme"), "issue": _("Issue")}[matrix.by]
    marks = (mark(column.id) for column in matrix.columns)
    rows = [(row.name, *(mark_of(cell, matrix.by) for cell in row.cells), str(row.size)) for row in matrix.entries]
    totals = (_("Count"), *map(_size, matrix.columns), "")
    return replace(table("", (first, *marks, number(_("Count"))), [*rows, totals]), sums_up=True)


def mark_of(cell: int | None, by: str) -> str:
    """Return what stands in a cell of a table *by* country, theme or issue."""
    if cell is None:
        return UNKNOWN
    if not cell:
        return EMPTY
    return FULL if by == "country" else str(cell)


def _size(column: Column) -> str:
    return UNKNOWN if column.size is None else str(column.size)


def _row_keys(matrix: Matrix) -> tuple[str, str]:
    return ("code", "country") if matrix.by == "country" else (matrix.by, f"{matrix.by}_label")


def matrix_picture(matrix: Matrix, atlas: Atlas, measure: tuple[str, dict[str, str]] | None = None) -> Picture:
    """Return the matrix as a picture: a full dot for a seat, a number for groups.

    A *measure* is shown at the end of a row instead of its count: its heading, and its texts by the id of a row.
    """
    left = MARGIN + LETTER * max((len(row.name) for row in matrix.entries), default=0) + STEP / 2
    heading, texts = measure or (_("Count"), {row.id: str(row.size) for row in matrix.entries})
    right = left + STEP * (len(matrix.columns) - 1 / 2) + LETTER * (len(heading) + 2)
    bottom = TOP + LINE * len(matrix.entries)
    shapes = _in_columns(matrix.columns, left, TOP - 8, lambda column: column.id, bold=True)
    for place, row in enumerate(matrix.entries):
        y = TOP + LINE * place
        shapes += [Stroke(MARGIN, y + LINE, right, y + LINE), Label(MARGIN, y + 16, row.name)]
        for i, (cell, column) in enumerate(zip(row.cells, matrix.columns, strict=True)):
            seat = atlas.seats[column.id].get(row.id) if matrix.by == "country" else None
            relation = (seat and seat.relation) or "member"
            shape = _cell(cell, left + STEP * i, y + LINE / 2, matrix.by, relation)
            what = words.term(relation) if seat else cell
            shapes.append(Group(labelled(f"{row.name}, {column.id}", what), (shape,)) if cell else shape)
        shapes.append(Label(right, y + 16, texts.get(row.id, ""), "end"))
    shapes.append(Label(right, TOP - 8, heading, "end", bold=True))
    if measure is None:
        shapes += [Label(MARGIN, bottom + 16, _("Count")), *_in_columns(matrix.columns, left, bottom + 16, _size)]
        bottom += LINE
    if matrix.by == "country":
        shapes += _legend(matrix, atlas, bottom + MARGIN)
        bottom += LINE
    return _drawn(matrix, atlas, right, bottom, shapes)


def _in_columns(
    columns: tuple[Column, ...], left: float, y: float, label: Callable[[Column], str], *, bold: bool = False
) -> list[Shape]:
    """Return a label for each of *columns*, side by side."""
    return [Label(left + STEP * i, y, label(column), "middle", bold=bold) for i, column in enumerate(columns)]


def _cell(cell: int | None, x: float, y: float, by: str, relation: str) -> Dot | Label:
    if cell is None or (cell and by != "country"):
        return Label(x, y + 4, UNKNOWN if cell is None else str(cell), "middle", faint=cell is None, bold=bool(cell))
    return _dot(x, y, MARKS.get(relation, "ring") if cell else "hole")


def _dot(x: float, y: float, kind: str) -> Dot:
    return Dot(x, y, {"hole": 2.5, "ring": 5.5, "square": 6}.get(kind, 7), kind)


def _legend(matrix: Matrix, atlas: Atlas, y: float) -> Iterator[Shape]:
    """Yield what each mark means, where not all countries are members."""
    codes = {row.id for row in matrix.entries}
    seats = [seat for column in matrix.columns for code, seat in atlas.seats[column.id].items() if code in codes]
    relations = sorted({seat.relation or "member" for seat in seats}, key=[*words.THINGS].index)
    x = float(MARGIN)
    for relation in relations if len(relations) > 1 else ():
        label = words.heading(relation)
        yield _dot(x + 8, y, MARKS.get(relation, "ring"))
        yield Label(x + 22, y + 4, label)
        x += 44 + LETTER * len(label)


def _combinations_table(found: Combinations) -> Table:
    """Return the table with one row a combination: how many countries, its mechanisms, and which countries."""
    ids = [column.id for column in found.columns]
    rows = [
        (str(part.size), *(FULL if id_ in part.mechanisms else EMPTY for id_ in ids), _names(part))
        for part in found.combinations
    ]
    return table("", (number(_("Count")), *map(mark, ids), _("Countries listed in exactly these")), rows)


def _names(part: Combination) -> str:
    return words.name_list(ref.name for ref in part.countries)


def _upset_chart(found: Combinations, atlas: Atlas) -> Picture:
    """Return the combinations as an UpSet chart: joined dots for the mechanisms, a bar for the number of countries."""
    left, top = MARGIN + STEP / 2, TOP + LINE
    bars, bottom = left + STEP * len(found.columns), top + LINE * len(found.combinations)
    most = max((part.size for part in found.combinations), default=0)
    shapes = _in_columns(found.columns, left, top - 8, lambda column: column.id, bold=True)
    shapes += _axis(most, bars, top)
    widest = 0.0
    for place, part in enumerate(found.combinations):
        y, width, names = top + LINE * place, BAR * part.size, _names(part)
        if len(names) > LONGEST_LINE:
            names = " ".join(ref.code for ref in part.countries)
        shapes += _joined_dots(part, found.columns, left, y + LINE / 2)
        shapes += [Box(bars, y + 4, width, LINE - 8, 1), Label(bars + width + 6, y + 16, f"{part.size}  {names}")]
        widest = max(widest, width + LETTER * (6 + len(names)))
    return _drawn(found, atlas, bars + widest, bottom, shapes)


def _axis(most: int, left: float, top: float) -> Iterator[Shape]:
    """Yield the axis of the bars: a title, a line, and numbers at round steps."""
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, max(most, 1)) if most <= step * MOST_TICKS)
    ticks = range(0, most + step, step)
    yield Label(left, top - 8 - LINE, _("Number of countries"), bold=True)
    yield Stroke(left, top, left + BAR * ticks[-1], top)
    for tick in ticks:
        x = left + BAR * tick
        yield Stroke(x, top - 4, x, top)
        yield Label(x, top - 8, str(tick), "middle", faint=True)


def _joined_dots(part: Combination, columns: tuple[Column, ...], left: float, y: float) -> Iterator[Shape]:
    """Yield a dot for each mechanism, full and joined by a line where it is in the combination."""
    full = [left + STEP * i for i, column in enumerate(columns) if column.id in part.mechanisms]
    if full:
        yield Stroke(full[0], y, full[-1], y, strong=True)
    for i, each in enumerate(columns):
        yield _dot(left + STEP * i, y, "dot" if each.id in part.mechanisms else "hole")
