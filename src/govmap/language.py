"""The language in which people are answered, and the marks by which the texts for them are found and translated."""

from __future__ import annotations


def _(text: str) -> str:
    """Return *text*, a whole sentence or phrase that a person reads, in the language of the answer."""
    return text


def ngettext(one: str, many: str, number: int) -> str:
    """Return *one* or *many*, as the language of the answer speaks of *number* things."""
    return one if number == 1 else many
