"""Writes a page as one HTML file that needs no other: readable by screen readers, in the dark and on paper."""

from __future__ import annotations

from html import escape

from govmap.formats.svg import SHAPES, to_inline_svg
from govmap.formats.text import ADDRESS, plain
from govmap.language import _, current
from govmap.layout.page import Block, Drawing, Facts, Lines, Page, Sources, Table, Tiles
from govmap.layout.words import source_lines

SHORT_CELL, SHORT = 12, ' class="short"'
STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --rule: #c9d1d9; --soft: #57606a; --link: #0550ae; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --paper: #0d1117; --rule: #3d444d; --soft: #9da7b1; --link: #79b8ff; }
}
body { margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 62rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
header p { color: var(--soft); margin: .25rem 0 0; }
.wide { overflow-x: auto; }
.wide:focus-visible { outline: 2px solid var(--link); }
table { border-collapse: collapse; width: 100%; font-size: .95rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--rule); }
thead th { border-bottom-width: 2px; }
tbody th { font-weight: inherit; }
.short { white-space: nowrap; }
.mark { text-align: center; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; margin: 1.5rem 0 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
ul { padding-left: 1.2rem; }
.sources ul { list-style: none; padding: 0; }
.sources li { padding-left: 1.6em; text-indent: -1.6em; margin-bottom: .25rem; }
li, td, p { overflow-wrap: break-word; }
a { color: var(--link); overflow-wrap: anywhere; }
.tiles { display: grid; grid-auto-columns: 4.2rem; gap: 3px; margin: 1.5rem 0 0; font-size: .85rem; }
.tiles span { border: 1px solid var(--rule); border-radius: 3px; padding: .3rem 0; text-align: center;
  color: var(--soft); }
.tiles .filled { border-color: var(--link); color: var(--ink); font-weight: 600;
  background: color-mix(in srgb, var(--link) calc(var(--level) * 45%), transparent); }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } }
@media print {
  @page { margin: 1.6cm 1.8cm; }
  :root { color-scheme: light; --ink: #000; --paper: #fff; --rule: #999; --soft: #333; --link: #000; font-size: 9pt; }
  body { max-width: none; padding: 0; line-height: 1.35; }
  h1 { font-size: 15pt; } h2 { font-size: 11pt; margin: .9rem 0 .25rem; break-after: avoid; }
  ul, p, dl { margin-top: .3rem; margin-bottom: .3rem; orphans: 3; widows: 3; }
  th, td { padding: .15rem .75rem .15rem 0; }
  tr, li, ul { break-inside: avoid; } thead { display: table-header-group; }
  .wide { overflow: visible; }
  .sources ul { break-inside: auto; columns: 2; column-gap: 1.5rem; font-size: 7pt; line-height: 1.3; }
}
"""
DRAWING = f"""
:root {{ --faint: var(--soft); --fill: #0a4d8c; }}
@media (prefers-color-scheme: dark) {{ :root {{ --fill: #79b8ff; }} }}
@media print {{ :root {{ --fill: #0a4d8c; }} figure {{ break-inside: avoid; }} }}
figure {{ margin: 0; }}
svg {{ max-width: 100%; height: auto; font: 13px system-ui, sans-serif; }}
@media print {{ svg {{ max-height: 8cm; }} }}{SHAPES}"""


def to_html(page: Page) -> str:
    """Return *page* as a whole HTML document, in UTF-8, its texts escaped."""
    body = "\n".join(_block(block, number) for number, block in enumerate(page.parts, 1))
    style = STYLE + (DRAWING if any(isinstance(block, Drawing) for block in page.blocks) else "")
    return f"""<!DOCTYPE html>
<html lang="{current()}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="govmap">
<title>{escape(plain(page.title)).replace(chr(10), " ")}</title>
<style>{style}</style>
</head>
<body>
<header>
<h1>{_text(page.title)}</h1>
<p>{_text(page.subtitle)}</p>
</header>
<main>
{body}
</main>
</body>
</html>
"""


def _block(block: Block, number: int) -> str:
    kind = ""
    if isinstance(block, Sources):
        kind, block = ' class="sources"', source_lines(block)
    if isinstance(block, Facts):
        pairs = "\n".join(f"<dt>{_text(label)}</dt>\n<dd>{_text(value)}</dd>" for label, value in block.pairs)
        return f"<dl>\n{pairs}\n</dl>"
    if isinstance(block, Tiles):
        return _tiles(block)
    if isinstance(block, Drawing):
        inner = f"<figure>{to_inline_svg(block.picture)}</figure>"
    else:
        inner = _lines(block) if isinstance(block, Lines) else _table(block, number)
    if not block.title:
        return f"<section>\n{inner}\n</section>"
    heading = f'<h2 id="h{number}">{_text(block.title)}</h2>'
    return f'<section{kind} aria-labelledby="h{number}">\n{heading}\n{inner}\n</section>'


def _lines(block: Lines) -> str:
    if block.exact:
        return f"<pre>{escape(plain(chr(10).join(block.lines)))}</pre>"
    if len(block.lines) == 1:
        return f"<p>{_text(block.lines[0])}</p>"
    items = "\n".join(f"<li>{_text(line)}</li>" for line in block.lines)
    return f"<ul>\n{items}\n</ul>"


def _table(table: Table, number: int) -> str:
    if not table.rows:
        return f"<p>{_text(table.nothing)}.</p>"
    kinds = [
        ' class="number"' if column.number else ' class="mark"' if column.marks else "" for column in table.columns
    ]
    head = "".join(
        f'<th scope="col"{kind}>{_text(column.heading)}</th>' for column, kind in zip(table.columns, kinds, strict=True)
    )
    rows = "\n".join(f"<tr>{_cells(row, kinds)}</tr>" for row in table.rows)
    label = _("Table")
    named = f'aria-labelledby="h{number}"' if table.title else f'aria-label="{escape(label)}"'
    return (
        f'<div class="wide" tabindex="0" role="region" {named}>\n<table {named}>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>"
    )


def _tiles(block: Tiles) -> str:
    """Return the map as a grid, which screen readers pass over: the table beside it says the same."""
    cells = "\n".join(
        f"<span{' class=filled' if tile.level else ''} "
        f'style="grid-area: {tile.row + 1} / {tile.column + 1}; --level: {tile.level:.2f}">'
        f"{_text(tile.text)}</span>"
        for tile in block.tiles
    )
    return f'<div class="wide"><div class="tiles" aria-hidden="true">\n{cells}\n</div></div>'


def _cells(row: tuple[str, ...], kinds: list[str]) -> str:
    """Return the cells of a row, the first as its heading; short ones, as dates and codes, are not broken."""
    first, *others = (
        f"{kind or SHORT if len(cell) <= SHORT_CELL else kind}>{_text(cell)}"
        for cell, kind in zip(row, kinds, strict=True)
    )
    return f'<th scope="row"{first}</th>' + "".join(f"<td{cell}</td>" for cell in others)


def _text(text: str) -> str:
    """Return *text* escaped, with its addresses as links and its line breaks kept."""
    parts, end = [], 0
    for match in ADDRESS.finditer(text):
        address = escape(plain(match.group()))
        parts += [escape(plain(text[end : match.start()])), f'<a href="{address}">{address}</a>']
        end = match.end()
    return "".join([*parts, escape(plain(text[end:]))]).replace("\n", "<br>")
