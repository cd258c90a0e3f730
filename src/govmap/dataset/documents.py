"""The names by which a search finds mechanisms and groups, and their words in the index of a dataset.

The words are one text, a line for each document: the position of the mechanism, and the place of the group among its
groups of all dates, from 1 (0 for the mechanism itself), then the words of each name, after a bar and between blanks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from govmap.language import by_language
from govmap.model import Dataset, FormerName, Group, Mechanism, Theme
from govmap.names.lexicon import words_of

BAR = "|"
LONG = 4  # letters


class Line(NamedTuple):
    """A document of the index: the position of a mechanism, the place of a group or 0, and the words of each name."""

    at: int
    place: int
    names: tuple[tuple[str, ...], ...]


def mechanism_names(mechanism: Mechanism) -> tuple[str, ...]:
    """Return the id, and the names that a mechanism has or had."""
    named: tuple[Mechanism | FormerName, ...] = (mechanism, *mechanism.former_names)
    texts = (text for name in named for text in (*name.names.values(), *name.acronyms.values()))
    return (mechanism.id, *texts, *mechanism.aliases)


def group_names(group: Group, themes: Mapping[str, Theme]) -> tuple[str, ...]:
    """Return the names of a group, and the labels of its themes."""
    known = (themes[theme] for theme in group.themes if theme in themes)
    labels = (label for theme in known for label in theme.preferred.values())
    return (group.name, *by_language(group.names).values(), *filter(None, (group.as_written,)), *labels)


def document_lines(dataset: Dataset) -> str:
    """Return the words of the mechanisms and groups of *dataset*, of every date."""
    themes = {theme.id: theme for theme in dataset.themes}

    @cache  # the labels of a theme are those of all its groups
    def words(name: str) -> str:
        return f" {' '.join(words_of(name))} "

    def lines() -> Iterator[str]:
        for at, mechanism in enumerate(dataset.mechanisms):
            named = (mechanism_names(mechanism), *(group_names(group, themes) for group in mechanism.groups))
            yield from (f"{at}:{place}{BAR}{BAR.join(map(words, names))}\n" for place, names in enumerate(named))

    return "".join(lines())


def lines_with(word: str, lines: str) -> Iterator[Line]:
    """Yield the documents with a name that has *word*, or if it is long a word that begins so."""
    sought = f" {word}" if begins_alike(word) else f" {word} "
    found = lines.find(sought)
    while found >= 0:
        start, end = lines.rfind("\n", 0, found) + 1, lines.find("\n", found)
        head, *names = lines[start:end].split(BAR)
        at, place = head.split(":")
        yield Line(int(at), int(place), tuple(tuple(name.split()) for name in names))
        found = lines.find(sought, end)


def begins_alike(word: str) -> bool:
    """Return whether a word is long enough to stand for those that begin with it."""
    return len(word) >= LONG
