"""Makes typed and stored texts fit for a message."""

from __future__ import annotations


def printable(text: str) -> str:
    """Return *text* with control and direction characters spelled out."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)


def quoted(typed: str, limit: int = 60) -> str:
    """Return *typed* in quotes, printable, cut to *limit* characters."""
    return f'"{printable(typed[:limit])}…"' if len(typed) > limit else f'"{printable(typed)}"'
