"""One page with a block of each kind, in every format for people, as it was read and accepted.

GOVMAP_UPDATE=1 writes it anew.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.made import accepted
from tests.shown import parts_of

from govmap.formats.html import to_html
from govmap.formats.markdown import to_markdown
from govmap.formats.svg import to_svg
from govmap.formats.table import to_text
from govmap.language import speaking
from govmap.layout.page import Drawing, Facts, Lines, Page, Reference, Tile, Tiles, mark, number, table
from govmap.layout.picture import Box, Dot, Group, Label, Picture, Stroke
from govmap.layout.sources import make_sources
from govmap.records import SourceRef

ACCEPTED = Path(__file__).parent / "accepted"
PICTURE = Picture(
    "A picture",
    "What it shows",
    ("Data: invented", "Source: https://example.org/a"),
    300,
    140,
    (
        Stroke(16, 60, 200, 60),
        Stroke(16, 64, 200, 64, strong=True),
        Group("Peru: ALPHA", (Box(16, 70, 40, 20, 0.75), Label(36, 84, "PER", "middle", on=0.75, bold=True)), "PER"),
        Group("Chile", (Box(60, 70, 40, 20, 0.5), Dot(80, 80, 4, "hole"))),
        Dot(120, 80, 4),
        Dot(140, 80, 4, "ring"),
        Dot(160, 80, 4, "square"),
        Label(200, 84, "absent", "end", faint=True),
        Label(16, 100, "plain"),
    ),
)
TILES = Tiles((Tile(0, 0, "MEX", 0), Tile(1, 0, "BLZ", 0.5), Tile(2, 1, "PER", 1)))
GROUPS = " 1 Borders\n12 A group whose name is so long that it needs more than the one line that others have"
SEATS = (
    ("ALPHA", "12", "●", "Founded in 2000, see https://example.org/alpha|a"),
    ("BETA", "3", "·", "12 June 2020"),
    ("GAMMA", "2", "◐", "not known"),
)
ENGLISH = SourceRef(
    "s1", "A [page] of *ALPHA*", "Alpha", "2020-06", "https://example.org/a?b=c_d", "own site", "2026-11-24", "en"
)
DESCRIBED = SourceRef("s2", "Acta", "Beta", None, None, "government", "2026-11-25", None)


def made_page() -> Page:
    """Return a page with every kind of block; its sources are in the language of the page."""
    return Page(
        "The country Peru",
        "In 2 of 4 mechanisms.\nNot in GAMMA.",
        (
            Facts(
                (("Id", "PER"), ("Capital", "Lima | “Ciudad de los Reyes”"), ("Groups", GROUPS)),
                {"Capital": "es"},
            ),
            table("Where it is", ("Id", number("Members"), mark("Groups"), "Note"), SEATS),
            table("Where it was", ("Id", "Until"), (), empty="It never left"),
            Lines("Since then", ("1. Chile joined :bus: in [bold]May[/bold]\u0100\u009b",)),
            Lines(
                "In short",
                ("A point that is long enough to need a second line on a screen of 40", "Second"),
            ),
            Lines("For programs", ("@misc{peru,", "  year = 2020}"), exact=True),
            Drawing("", PICTURE, TILES),
            Drawing("The picture", PICTURE, TILES),
            make_sources((Reference(ENGLISH), Reference(DESCRIBED, "the members of BETA"))),
        ),
        "as of June 2020",
        "More: govmap country Peru --full",
    )


BOLD = re.compile(r"\x1b\[1m(.*?)\x1b\[0m")
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("width", [None, 80, 40, 33, 20])
def test_a_screen_matches_its_golden_file(width: int | None) -> None:
    text = to_text(made_page(), terminal=False, columns=width)
    assert text == accepted(ACCEPTED / f"pipe-{width}.txt", text)


@pytest.mark.parametrize("width", [80, 40])
def test_a_terminal_gets_the_same_text_with_its_headings_in_bold(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    text = to_text(made_page(), terminal=True, columns=width)
    assert ESCAPE.sub("", text).split() == to_text(made_page(), terminal=False, columns=width).split()
    assert {"The country Peru", "Where it is", "Since then", "Sources"} <= {each.strip() for each in BOLD.findall(text)}


def test_a_page_in_markdown_matches_its_golden_file() -> None:
    with speaking("es"):
        text = to_markdown(made_page())
    assert text == accepted(ACCEPTED / "page.md", text)


def test_a_page_of_html_has_the_elements_and_texts_of_its_golden_file() -> None:
    """Which blanks stand between them, and how a quotation mark is escaped, is up to Jinja."""
    with speaking("es"):
        text = re.sub(r"(?s)<style>.*?</style>", "", to_html(made_page()))  # which browsers are asked about
    assert parts_of(text) == parts_of(accepted(ACCEPTED / "page.html", text))


def test_a_picture_matches_its_golden_file() -> None:
    text = to_svg(PICTURE)
    assert text == accepted(ACCEPTED / "picture.svg", text)


def test_a_document_has_the_texts_of_its_golden_file() -> None:
    docx = pytest.importorskip("docx")
    pytest.importorskip("resvg_py")
    from govmap.formats.docx import to_docx  # an extra

    with speaking("es"):
        document = docx.Document(io.BytesIO(to_docx(made_page())))
    lines = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            lines += [" | ".join(cell.text.replace("\n", " / ") for cell in row.cells) for row in block.rows]
        else:
            lines.append(f"{block.style.name}: {block.text}")
    lines += sorted({link.address for paragraph in document.paragraphs for link in paragraph.hyperlinks})
    text = "\n".join(lines) + "\n"
    assert text == accepted(ACCEPTED / "document.txt", text)


def test_a_document_is_a_page_of_a4_in_the_language_of_the_answer() -> None:
    docx = pytest.importorskip("docx")
    pytest.importorskip("resvg_py")
    from govmap.formats.docx import WIDTH, to_docx  # an extra

    words = tuple("x" * 24 for _ in range(12))
    wide = table("", words, (words,))
    with speaking("es"):
        page = made_page()
        document = docx.Document(io.BytesIO(to_docx(replace(page, blocks=(*page.blocks, wide)))))
    properties, (section,), style = document.core_properties, document.sections, document.styles["Normal"]
    assert (properties.title, properties.author, properties.comments) == ("The country Peru", "", "")
    assert properties.language == "es"
    assert (round(section.page_width.mm), round(section.page_height.mm), round(section.left_margin.mm)) == (
        210,
        297,
        20,
    )
    assert (style.font.name, style.font.size.pt, style.paragraph_format.space_after.pt) == ("Calibri", 10, 4)
    for each in document.tables:
        assert abs(WIDTH - sum(column.width for column in each.columns)) < 1000 * len(each.columns)
        assert [cell.width for cell in each.rows[0].cells] == [column.width for column in each.columns]
    assert len({column.width for column in document.tables[-1].columns}) == 1
