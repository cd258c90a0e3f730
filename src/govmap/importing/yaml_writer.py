"""Writes texts as YAML that reads back as the same text, whatever it looks like.

PyYAML takes a dozen times as long for a large dataset, and needs it as one value in memory.
"""

from __future__ import annotations

import re

# Texts that need no quotes: words that begin with a letter and contain no YAML syntax.
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9._-]*(?: [A-Za-z0-9][A-Za-z0-9._-]*)*")
WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))
# YAML 1.1, 5.1: characters that are not printable must be escaped, and so must line breaks and the byte order mark.
ESCAPED = re.compile('["\\\\\x00-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff\U000e0000-\U0010ffff]')
SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def scalar(text: str) -> str:
    r"""Return *text* as a YAML scalar: plain if that is safe, else in double quotes.

    >>> scalar("UN"), scalar("NO"), scalar("1945"), scalar("a: b")
    ('UN', '"NO"', '"1945"', '"a: b"')
    """
    if PLAIN.fullmatch(text) and text.casefold() not in WORDS:
        return text
    return f'"{ESCAPED.sub(_escape, text)}"'


def flow(fields: dict[str, str]) -> str:
    """Return a mapping on one line."""
    return "{" + ", ".join(f"{key}: {scalar(value)}" for key, value in fields.items()) + "}"


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    if char in SHORT:
        return SHORT[char]
    code = ord(char)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
