"""Renders a page as a Word document, with python-docx (the extra `docx`): real headings, tables, links and pictures.

Every text is plain and fit for XML; only web addresses become links.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from govmap.formats.png import to_png
from govmap.formats.text import plain, split_addresses
from govmap.language import current
from govmap.layout.page import Block, Drawing, Facts, Lines, Page, Table
from govmap.texts import legal

MARGIN, WIDTH = Cm(2), Cm(17)  # of the text on A4
LABEL = Cm(3.5)
LONGEST, LONGEST_WORD = 48, 24  # letters of a text, and of a word in it, that count for the width of a column
LETTER, PADDING = Cm(0.23), Cm(0.5)  # of a letter, at most, and beside the text of a cell
LINK = RGBColor(0x05, 0x50, 0xAE)


def to_docx(page: Page) -> bytes:
    """Return *page* as a Word document."""
    document = docx.Document()
    _set_up(document, page)
    document.add_heading(_text(page.title), level=1)
    for line in filter(None, (*page.subtitle.split("\n"), page.dated)):
        _add_text(document.add_paragraph(), line)
    for block in page.blocks:
        _add_block(document, block)
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _set_up(document: Any, page: Page) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(10)
    style.paragraph_format.space_after = Pt(4)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), current())
    style.element.get_or_add_rPr().append(language)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = _text(page.title), "", ""
    properties.language = current()


def _add_block(document: Any, block: Block) -> None:
    title = "" if isinstance(block, Facts) else block.title
    if title:
        document.add_heading(_text(title), level=2)
    if isinstance(block, Facts):
        _add_table(document, Table("", (), block.pairs))
    elif isinstance(block, Table) and block.rows:
        _add_table(document, block)
    elif isinstance(block, Table):
        _add_text(document.add_paragraph(), f"{block.empty}.")
    elif isinstance(block, Lines):
        style = "List Bullet" if len(block.lines) > 1 and not block.lines[0].startswith("[") else None
        for line in block.lines:
            _add_text(document.add_paragraph(style=style), line)
    else:
        _add_picture(document, block)


def _add_picture(document: Any, drawing: Drawing) -> None:
    """Add a picture as wide as the text, with what it shows in words for who cannot see it."""
    document.add_picture(BytesIO(to_png(drawing.picture)), width=WIDTH)
    properties = document.inline_shapes[-1]._inline.docPr
    properties.set("descr", _text(f"{drawing.picture.title}. {drawing.picture.description}"))


def _add_table(document: Any, block: Table) -> None:
    """Add a table whose headings are repeated on each page; without headings, its first column is in bold."""
    headings = tuple(column.heading for column in block.columns)
    rows = (headings, *block.rows) if headings else block.rows
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid" if headings else "Normal Table")
    table.autofit = False
    widths = _widths(rows) if headings else [LABEL, WIDTH - LABEL]
    for column, column_width in zip(table.columns, widths, strict=True):  # for LibreOffice; Word goes by the cells
        column.width = column_width
    for at, texts in enumerate(rows):
        row = table.add_row()
        is_head = bool(headings) and at == 0
        if is_head:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for column, text in enumerate(texts):
            cell = row.cells[column]
            cell.width = widths[column]
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            _add_text(paragraph, text, bold=is_head or (not headings and column == 0))
            if headings and block.columns[column].number:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _widths(rows: tuple[tuple[str, ...], ...]) -> list[int]:
    """Return the width of each column: room for its longest word, and of what is left more for longer texts."""
    columns = [*zip(*rows, strict=True)]
    word = [min(max(len(word) for text in column for word in text.split() or [""]), LONGEST_WORD) for column in columns]
    text = [max(least, min(max(map(len, column)), LONGEST)) for least, column in zip(word, columns, strict=True)]
    least = [LETTER * letters + PADDING for letters in word]
    more = [LETTER * (letters - sure) for letters, sure in zip(text, word, strict=True)]
    left = WIDTH - sum(least)
    if left < 0 or not any(more):
        return [int(WIDTH * size / sum(least)) for size in least]
    return [int(size + left * wish / sum(more)) for size, wish in zip(least, more, strict=True)]


def _add_text(paragraph: Any, text: str, *, bold: bool = False) -> None:
    """Add *text*, with its web addresses as links."""
    for piece, is_address in split_addresses(text):
        if is_address:
            _add_link(paragraph, _text(piece))
        elif piece:
            paragraph.add_run(_text(piece)).bold = bold or None


def _add_link(paragraph: Any, address: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(address)
    run.font.color.rgb, run.font.underline = LINK, True
    link.append(run._r)
    paragraph._p.append(link)


def _text(text: str) -> str:
    return legal(plain(text))
