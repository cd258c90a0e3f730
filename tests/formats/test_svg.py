"""Pictures as SVG: text as text, no script, nothing outside, readable on light and dark ground."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import pytest
from tests.formats.test_golden_formats import PICTURE

from govmap.formats.svg import DARK_FROM, opacity, to_inline_svg, to_svg
from govmap.layout.picture import Box, Label, Picture

SVG = "{http://www.w3.org/2000/svg}"
PICTURES = [("matrix",), ("matrix", "--by", "theme"), ("matrix", "--upset"), ("map",), ("map", "RCM")]
INK = {"light": 0x1B1F24, "dark": 0xE6EDF3}
PAPER = {"light": 0xFFFFFF, "dark": 0x0D1117}
FILL = {"light": 0x0A4D8C, "dark": 0x79B8FF}


def parsed(text: str) -> ET.Element:
    """Return the root of an SVG document."""
    return ET.fromstring(text.encode())  # noqa: S314 - written by ourselves


def texts(root: ET.Element) -> list[str]:
    """Return the texts that are shown."""
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def markup(element: ET.Element) -> bytes:
    """Return an element as it is written, without what follows it."""
    return ET.tostring(element).strip()


@pytest.mark.parametrize("arguments", PICTURES, ids=" ".join)
def test_a_picture_is_text_and_shapes_alone_and_all_of_it_is_within(
    call: Callable[..., Any], arguments: tuple[str, ...]
) -> None:
    root = parsed(call(*arguments, "-f", "svg").out)
    kinds = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert kinds <= {"svg", "g", "title", "desc", "style", "rect", "circle", "line", "text"}
    style = next(root.iter(f"{SVG}style")).text or ""
    assert "@media screen and (prefers-color-scheme: dark)" in style, "paper is white"
    assert "url(" not in style
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for element in root.iter():
        for key, most in (("x", width), ("cx", width), ("x2", width), ("y", height), ("cy", height), ("y2", height)):
            assert 0 <= float(element.attrib.get(key, 0)) <= most
    for label in root.iter(f"{SVG}text"):
        long = 7.4 * len(label.text or "")
        left = float(label.attrib["x"]) - {"start": 0, "middle": long / 2, "end": long}[label.attrib["text-anchor"]]
        assert left >= -1
        assert left + long <= width + 1


def test_text_from_data_is_never_markup() -> None:
    hostile = "</text><script>alert(1)</script>\x1b[31m\u202e&"
    root = parsed(to_svg(Picture(hostile, hostile, (hostile,), 10, 10, (Box(0, 0, 1, 1), Label(0, 0, hostile)))))
    assert f"{SVG}script" not in {element.tag for element in root.iter()}
    assert texts(root).count("</text><script>alert(1)</script>\\x1b[31m\\u202e&") == 4


def test_another_answer_has_no_picture(call: Callable[..., Any]) -> None:
    answer = call("country", "Peru", "-f", "svg")
    assert (answer.code, answer.out) == (2, "")
    assert (
        answer.err
        == "Error: There is no picture of this answer. Try: govmap matrix --format svg; govmap map --format svg\n"
    )


def test_in_a_page_what_has_an_address_is_a_link_and_the_rest_as_in_the_document() -> None:
    shapes = [markup(shape) for shape in parsed(to_svg(PICTURE))][8:]  # after the paper and the texts around it
    alone = parsed(to_inline_svg(PICTURE).replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"'))
    assert (alone.attrib["role"], alone.attrib["aria-label"]) == ("img", "A picture")
    assert [*map(markup, alone)] == shapes
    pages = {"PER": "peru.html?a&b", "absent": "none.html"}
    linked = to_inline_svg(PICTURE, lambda name: pages.get(name, "") if name else "nothing names it")
    root = parsed(linked.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"'))
    assert root.attrib["role"] == "group"
    assert [shape.attrib["href"] for shape in root if shape.tag == f"{SVG}a"] == [*pages.values()]
    assert [markup(next(iter(each)) if each.tag == f"{SVG}a" else each) for each in root] == shapes


def _luminance(colour: tuple[float, ...]) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _rgb(colour: int) -> tuple[float, ...]:
    return tuple((colour >> shift & 255) / 255 for shift in (16, 8, 0))


@pytest.mark.parametrize("ground", ["light", "dark"])
@pytest.mark.parametrize("level", [n / 8 for n in range(9)])
def test_a_letter_is_readable_on_a_box_of_any_level(level: float, ground: str) -> None:
    """The contrast is at least 4.5, as WCAG 2.2 asks for (success criterion 1.4.3)."""
    share = opacity(level)
    fill, paper, ink = _rgb(FILL[ground]), _rgb(PAPER[ground]), _rgb(INK[ground])
    box = tuple(share * f + (1 - share) * p for f, p in zip(fill, paper, strict=True))
    letter = paper if share > DARK_FROM else ink
    lighter, darker = sorted((_luminance(box), _luminance(letter)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5
