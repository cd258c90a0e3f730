"""Renders a picture as SVG whose text stays text, readable on light and dark backgrounds.

The styles are in `templates`: picture.css for a document, and shapes.css also for pages.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from importlib.resources import files

from govmap.formats.text import plain
from govmap.layout.picture import HEAD, LETTER, MARGIN, Box, Dot, Group, Label, Picture, Shape

DARK_FROM = 0.6  # above this opacity, a box needs light letters
Addresses = Callable[[str], str]  # of the page about what a text names; empty where there is none


def to_svg(picture: Picture) -> str:
    """Return *picture* as a standalone SVG document."""
    lines = [picture.title, picture.description, *picture.credits]
    width = _number(max(picture.width, 2 * MARGIN + LETTER * max(map(len, lines))))
    height = _number(picture.height + 18 * len(picture.credits) + MARGIN)
    labels: list[Shape] = [
        Label(MARGIN, 24, picture.title, bold=True),
        Label(MARGIN, 42, picture.description, faint=True),
        *(Label(MARGIN, picture.height + 18 * n, line, faint=True) for n, line in enumerate(picture.credits, 1)),
    ]
    templates = files("govmap.formats").joinpath("templates")
    style = "".join(templates.joinpath(name).read_text(encoding="utf-8") for name in ("picture.css", "shapes.css"))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img"
  aria-labelledby="title description">
<title id="title">{_text(picture.title)}</title>
<desc id="description">{_text(picture.description)}</desc>
<style>
{style}</style>
<rect class="paper" width="100%" height="100%"/>
{chr(10).join(map(_shape, [*labels, *picture.shapes]))}
</svg>
"""


def to_inline_svg(picture: Picture, addresses: Addresses | None = None) -> str:
    """Return *picture* as an element for an HTML page, which has the heading, the credits and the colours.

    What it names is a link where *addresses* have one. Then it is a group of links, else an image.
    """
    top, width, height = HEAD - 6, _number(picture.width), _number(picture.height - HEAD + 6)
    shapes = (_shape(shape) if addresses is None else _linked(shape, addresses) for shape in picture.shapes)
    return f"""<svg width="{width}" height="{height}" viewBox="0 {top} {width} {height}"
  role="{"img" if addresses is None else "group"}" aria-label="{_text(picture.title)}">
{chr(10).join(shapes)}
</svg>"""


def _linked(shape: Shape, addresses: Addresses) -> str:
    name = shape.of if isinstance(shape, Group) else shape.text if isinstance(shape, Label) else ""
    address = addresses(name) if name else ""
    return f'<a href="{_text(address)}">{_shape(shape)}</a>' if address else _shape(shape)


def _shape(shape: Shape) -> str:
    if isinstance(shape, Group):
        return f"<g><title>{_text(shape.title)}</title>{''.join(map(_shape, shape.shapes))}</g>"
    if isinstance(shape, Label):
        return _label(shape)
    if isinstance(shape, Box):
        place = f'x="{_number(shape.x)}" y="{_number(shape.y)}"'
        size = f'width="{_number(shape.width)}" height="{_number(shape.height)}"'
        classes = f"box {shape.edge}".strip()
        return f'<rect class="{classes}" {place} {size} rx="3" fill-opacity="{opacity(shape.level):.2f}"/>'
    if isinstance(shape, Dot):
        return _dot(shape)
    kind = "strong" if shape.strong else "guide"
    ends = f'x1="{_number(shape.x1)}" y1="{_number(shape.y1)}" x2="{_number(shape.x2)}" y2="{_number(shape.y2)}"'
    return f'<line class="{kind}" {ends}/>'


def _dot(dot: Dot) -> str:
    if dot.kind == "square":
        size = _number(2 * dot.radius)
        place = f'x="{_number(dot.x - dot.radius)}" y="{_number(dot.y - dot.radius)}"'
        return f'<rect class="dot" {place} width="{size}" height="{size}"/>'
    return f'<circle class="{dot.kind}" cx="{_number(dot.x)}" cy="{_number(dot.y)}" r="{_number(dot.radius)}"/>'


def _label(label: Label) -> str:
    roles = {"inverse": opacity(label.on) > DARK_FROM, "faint": label.faint, "bold": label.bold}
    classes = " ".join(role for role, applies in roles.items() if applies)
    attribute = f' class="{classes}"' if classes else ""
    place = f'x="{_number(label.x)}" y="{_number(label.y)}" text-anchor="{label.anchor}"'
    return f"<text {place}{attribute}>{_text(label.text)}</text>"


def opacity(level: float) -> float:
    """Return the opacity for *level*, skipping the range in which neither dark nor light letters are readable.

    >>> [round(opacity(level), 2) for level in (0, 0.25, 0.5, 0.75, 1)]
    [0, 0.28, 0.45, 0.88, 1.0]
    """
    if level <= 0:
        return 0
    return 0.1 + 0.35 * level / 0.5 if level <= 0.5 else 0.75 + 0.25 * (level - 0.5) / 0.5


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _text(text: str) -> str:
    return escape(plain(text)).replace("\n", " ")
