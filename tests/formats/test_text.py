"""Text from data is shown, never obeyed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmap.formats.text import plain

DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


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
    shown = plain(text)
    controls = [char for char in shown if (ord(char) < 32 and char != "\n") or 127 <= ord(char) < 160]
    assert not controls
    assert not set(shown) & set(DIRECTION)


@given(st.text())
def test_spelling_out_twice_changes_nothing_more(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "S"))))
def test_letters_digits_and_signs_stay_as_they_are(text: str) -> None:
    assert plain(text) == text
