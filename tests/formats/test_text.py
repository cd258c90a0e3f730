"""Text from the data never controls a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmap.formats.text import plain, split_addresses, tile_lines
from govmap.layout.page import Tile, Tiles

DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("none", [("none", False)]),
        ("see https://a.b/c?d=e&f.", [("see ", False), ("https://a.b/c?d=e&f", True), (".", False)]),
        (
            "https://a.b/ (http://c.d/)",
            [("", False), ("https://a.b/", True), (" (", False), ("http://c.d/", True), (")", False)],
        ),
        ('"javascript:x" ftp://a.b', [('"javascript:x" ftp://a.b', False)]),
    ],
)
def test_web_addresses_are_split_off_without_the_punctuation_around_them(
    text: str, pieces: list[tuple[str, bool]]
) -> None:
    assert list(split_addresses(text)) == pieces


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Perú", "Perú"),
        ("a\nb", "a\nb"),
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("\x1b]8;;http://example.org\x07link\x1b]8;;\x07", "\\x1b]8;;http://example.org\\x07link\\x1b]8;;\\x07"),
        ("\x9b31m", "\\x9b31m"),
        ("nul\x00", "nul\\x00"),
        ("tab\there", "tab\\x09here"),
        ("back\rover", "back\\x0dover"),
        ("\u202eevil", "\\u202eevil"),
        ("line\u2028break\u2029", "line\\u2028break\\u2029"),
    ],
)
def test_controls_are_spelled_out_and_line_breaks_stay(text: str, shown: str) -> None:
    assert plain(text) == shown


@given(st.text())
def test_no_control_or_direction_character_is_left_in_any_text(text: str) -> None:
    shown = set(plain(text))
    assert not [char for char in shown if (ord(char) < 32 and char != "\n") or 127 <= ord(char) < 160]
    assert not shown & set(DIRECTION)


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "S"))))
def test_letters_digits_and_signs_stay_as_they_are(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (None, ["AB 1      C", "", "          D E"]),
        (13, ["AB 1      C", "", "          D E"]),
        (12, ["AB1 C", "", "    DE"]),
        (6, ["AB1 C", "", "    DE"]),
        (5, ["AB1C", "", "   DE"]),
        (4, []),
    ],
)
def test_a_map_gives_up_blanks_where_it_must_and_is_left_out_where_it_still_does_not_fit(
    width: int | None, lines: list[str]
) -> None:
    tiles = Tiles((Tile(0, 0, "AB 1", 0), Tile(2, 0, "C", 0), Tile(2, 2, "D\nE", 0)))
    assert [line.rstrip() for line in tile_lines(tiles, width)] == lines
    assert tile_lines(Tiles(()), width) == []
