"""The names by which a search finds records, and their words in the index of a dataset.

The words are one text, a line for each document: its kind and its id, then the words of each name, after a bar and
between blanks. The id of a mechanism is its position; that of a group its position, and its place among the groups of
all dates, from 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from govmap.fields import Texts
from govmap.language import as_in_data, by_language
from govmap.model import Agency, Country, Dataset, FormerName, Group, Mechanism, Resolution, Source, Theme
from govmap.names.lexicon import words_of

BAR = "|"
LONG = 4  # letters


class Line(NamedTuple):
    """A document of the index: its kind, its id there, and the words of each name."""

    kind: str
    id: str
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


def names_of(record: Country | Theme | Agency | Resolution | Source) -> tuple[str, ...]:
    """Return the names of any other record."""
    match record:
        case Country():
            return record.alpha2, record.alpha3, *record.names.values(), *record.other_names
        case Theme():
            return *record.preferred.values(), *(text for texts in record.alternative.values() for text in texts)
        case Agency():
            return record.id, *record.names.values(), *record.acronyms.values(), *record.aliases
        case Resolution():
            return record.number, record.title, record.id
        case Source():
            return *_every(record.titles), *_every(record.publishers)


def _every(texts: Texts) -> tuple[str, ...]:
    return tuple(dict.fromkeys((as_in_data(texts), *by_language(texts).values())))


def document_lines(dataset: Dataset) -> str:
    """Return the words of the records of *dataset*, of every date."""
    themes = {theme.id: theme for theme in dataset.themes}

    @cache  # the labels of a theme are those of all its groups
    def words(name: str) -> str:
        return f" {' '.join(words_of(name))} "

    def named() -> Iterator[tuple[str, tuple[str, ...]]]:
        for at, mechanism in enumerate(dataset.mechanisms):
            yield f"mechanism:{at}", mechanism_names(mechanism)
            for place, group in enumerate(mechanism.groups, 1):
                yield f"group:{at},{place}", group_names(group, themes)
        for country in dataset.countries:
            yield f"country:{country.alpha3}", names_of(country)
        others: list[Theme | Agency | Resolution | Source] = [*dataset.themes, *dataset.agencies]
        for record in (*others, *dataset.resolutions, *dataset.sources):
            yield f"{type(record).__name__.casefold()}:{record.id}", names_of(record)

    return "".join(f"{head}{BAR}{BAR.join(map(words, names))}\n" for head, names in named())


def lines_with(word: str, lines: str) -> Iterator[Line]:
    """Yield the documents with a name that has *word*, or if it is long a word that begins so."""
    sought = f" {word}" if begins_alike(word) else f" {word} "
    found = lines.find(sought)
    while found >= 0:
        start, end = lines.rfind("\n", 0, found) + 1, lines.find("\n", found)
        head, *names = lines[start:end].split(BAR)
        kind, id_ = head.split(":")
        yield Line(kind, id_, tuple(tuple(name.split()) for name in names))
        found = lines.find(sought, end)


def begins_alike(word: str) -> bool:
    """Return whether a word is long enough to stand for those that begin with it."""
    return len(word) >= LONG
