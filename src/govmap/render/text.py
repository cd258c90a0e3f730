"""Makes text from data safe to show: never a terminal control, whatever it holds."""

from __future__ import annotations

import re

# C0 and C1 controls, line and paragraph separators, and the marks that change the direction of text.
_UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    r"""Return *text* with its control and direction characters spelled out; line breaks stay.

    >>> plain("Per\x1b[31mu")
    'Per\\x1b[31mu'
    """
    return _UNSAFE.sub(_spell_out, text)


def _spell_out(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
