"""Pictures as SVG: text as text, no script, nothing outside, readable on light and dark ground."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from govmap.formats.svg import DARK_FROM, opacity, to_svg
from govmap.layout.picture import Box, Label, Picture

SVG = "{http://www.w3.org/2000/svg}"
PICTURES = [("matrix",), ("matrix", "--by", "theme"), ("matrix", "--upset"), ("map",), ("map", "RCM")]
INK = {"light": 0x1B1F24, "dark": 0xE6EDF3}
PAPER = {"light": 0xFFFFFF, "dark": 0x0D1117}
FILL = {"light": 0x0A4D8C, "dark": 0x79B8FF}


def parsed(text: str) -> ET.Element:
    """Return the root of an SVG document."""
    return ET.fromstring(text.encode())  # noqa: S314 - written by ourselves


def ids(record: Any) -> list[str]:
    """Return the ids of the mechanisms of a matrix."""
    return [column["id"] for column in record["columns"]]


def texts(root: ET.Element) -> list[str]:
    """Return the texts that are shown."""
    return [element.text or "" for element in root.iter(f"{SVG}text")]


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


def test_what_is_pointed_at_is_named(call: Callable[..., Any]) -> None:
    titles = {(group[0].text, len(group)) for group in parsed(call("map", "-f", "svg").out).iter(f"{SVG}g")}
    assert ("Peru: CAM, LAD (endorser), QUITO, R4V (covered), RIAM, SACM", 4) in titles, "a box with two labels"
    assert ("Cuba: none of these", 4) in titles
    titles = {(group[0].text, len(group)) for group in parsed(call("matrix", "-f", "svg").out).iter(f"{SVG}g")}
    assert ("United States, LAD: endorser", 2) in titles


def test_the_matrix_is_drawn_with_every_country_and_a_full_dot_for_each_seat(call: Callable[..., Any]) -> None:
    root = parsed(call("matrix", "-f", "svg").out)
    record = call("matrix", "--json").json()
    shown = texts(root)
    assert {row["name"] for row in record["rows"]} | {column["id"] for column in record["columns"]} <= set(shown)
    classes = [(dot.tag.removeprefix(SVG), dot.attrib.get("class")) for dot in root.iter()]
    drawn = {kind: classes.count(kind) for kind in (("circle", "dot"), ("circle", "ring"), ("rect", "dot"))}
    relations = Counter(
        row["relation"] for id_ in ids(record) for row in call("mechanism", id_, "--json").json()["members"]
    )
    assert drawn == {
        ("circle", "dot"): relations["member"] + 1,  # and each once in the legend
        ("circle", "ring"): relations["endorser"] + 1,
        ("rect", "dot"): relations["covered"] + 1,
    }
    assert {"Members", "Endorsers", "Countries covered"} <= set(shown)
    assert any(text.startswith("Data: ") for text in shown)
    assert any(text.startswith("Source: ") for text in shown)


def test_the_map_is_drawn_with_every_tile_in_a_place_of_its_own(call: Callable[..., Any]) -> None:
    record = call("map", "--json").json()
    places = [(tile["column"], tile["row"]) for tile in record["tiles"]]
    assert len(set(places)) == len(places) == 38
    shown = texts(parsed(call("map", "-f", "svg").out))
    assert {tile["code"] for tile in record["tiles"]} <= set(shown)


def test_the_bars_of_the_combinations_have_an_axis_with_a_title_and_numbers_at_their_place(
    call: Callable[..., Any],
) -> None:
    root = parsed(call("matrix", "--upset", "-f", "svg").out)
    record = call("matrix", "--upset", "--json").json()
    assert "Number of countries" in texts(root)
    bars = [box for box in root.iter(f"{SVG}rect") if box.attrib["class"] == "box"]
    assert len(bars) == len(record["combinations"])
    left, longest = float(bars[0].attrib["x"]), record["combinations"][0]["size"]
    scale = float(bars[0].attrib["width"]) / longest
    ticks = [label for label in root.iter(f"{SVG}text") if (label.text or "").isdigit()]
    assert [float(tick.attrib["x"]) for tick in ticks] == [left + scale * int(tick.text or "") for tick in ticks]
    assert int(ticks[0].text or "") == 0
    assert int(ticks[-1].text or "") >= longest


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
