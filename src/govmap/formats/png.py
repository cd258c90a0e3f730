"""Renders a picture as PNG, as wide as a slide and light, with resvg (the extra `pictures`)."""

from __future__ import annotations

import re
from importlib.resources import files

import resvg_py

from govmap.formats.svg import to_svg
from govmap.layout.picture import Picture

WIDTH = 1920  # pixels: that of a slide
FAMILY = "Arial, 'Liberation Sans', 'DejaVu Sans', Helvetica, sans-serif"


def to_png(picture: Picture) -> bytes:
    """Return *picture* as PNG."""
    return resvg_py.svg_to_bytes(svg_string=_without_variables(to_svg(picture)), width=WIDTH)


def _without_variables(svg: str) -> str:
    """Return *svg* as resvg reads it: with the colours of the light in place of variables and queries."""
    style = files("govmap.formats").joinpath("templates/picture.css").read_text(encoding="utf-8")
    light = dict(re.findall(r"(--\w+): ([^;]+);", style.partition("@media")[0]))
    plain = re.sub(r"@media[^{]*\{\s*[^{]*\{[^}]*\}\s*\}", "", svg)
    plain = re.sub(r"var\((--\w+)\)", lambda match: light[match[1]], plain)
    return re.sub(r"font: (\d+px) [^;]+;", rf"font-size: \1; font-family: {FAMILY};", plain)
