"""The contents of the data files: one record a file, made of those of `govmap.model`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec

from govmap.dataset.bundled import COUNTRIES, MAIN, SOURCES, THEMES, WORDS
from govmap.dataset.yaml_reader import Mapping
from govmap.fields import Record, Text, ThemeId, bounded
from govmap.language import Language, _
from govmap.model import About, Agency, Category, Correction, Country, Event, Mechanism, Resolution, Source, Theme
from govmap.names.lexicon import Label, WordLists
from govmap.texts import repeated

TextsByLanguage = dict[Language, tuple[Text, ...]]


class MechanismsFile(Record, frozen=True):
    """The contents of mechanisms.yaml; with `extends`, only what differs from the bundled data."""

    about: About
    mechanisms: Annotated[tuple[Mechanism, ...], bounded(minItems=1)]
    agencies: tuple[Agency, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    events: tuple[Event, ...] = ()
    extends: Literal["bundled"] | None = None
    corrections: tuple[Correction, ...] = ()


class ThemesFile(Record, frozen=True):
    """The contents of themes.yaml."""

    themes: tuple[Theme, ...] = ()
    categories: tuple[Category, ...] = ()

    def flaws(self) -> Iterator[str]:
        """Yield a flaw where two categories have one number."""
        for number in repeated([str(category.number) for category in self.categories]):
            yield _("has two categories with the number {number}; give them different numbers").format(number=number)


class SourcesFile(Record, frozen=True):
    """The contents of sources.yaml."""

    sources: tuple[Source, ...] = ()


class WordsFile(Record, frozen=True):
    """The contents of words.yaml; see `govmap.names.lexicon.WordLists` for what each list is for.

    The bundled data have a file a language instead, and one of `forms`.
    """

    hidden: dict[ThemeId, TextsByLanguage] = msgspec.field(default_factory=dict)
    neutral: TextsByLanguage = msgspec.field(default_factory=dict)
    generic: TextsByLanguage = msgspec.field(default_factory=dict)
    people: TextsByLanguage = msgspec.field(default_factory=dict)
    persons: TextsByLanguage = msgspec.field(default_factory=dict)
    field: TextsByLanguage = msgspec.field(default_factory=dict)
    setting: TextsByLanguage = msgspec.field(default_factory=dict)
    forms: dict[Language, dict[Text, Text]] = msgspec.field(default_factory=dict)

    def word_lists(self) -> WordLists:
        """Return the lists with each word beside its language."""
        lists = {
            name: _words(getattr(self, name)) for name in self.__struct_fields__ if name not in ("hidden", "forms")
        }
        forms = ((lemma, text, language) for language, some in self.forms.items() for lemma, text in some.items())
        hidden = (
            Label(text, theme, language, hidden=True)
            for theme, labels in self.hidden.items()
            for text, language in _words(labels)
        )
        return msgspec.structs.replace(WordLists(hidden=tuple(hidden), forms=tuple(forms)), **lists)


def _words(by_language: TextsByLanguage) -> tuple[tuple[str, Language], ...]:
    return tuple((text, language) for language, texts in by_language.items() for text in texts)


class CountriesPart(Record, frozen=True):
    """The countries in a file that is given alone; a folder has them in countries.csv."""

    countries: tuple[Country, ...] = ()


RECORDS: dict[str, type[Record]] = {
    MAIN: MechanismsFile,
    THEMES: ThemesFile,
    SOURCES: SourcesFile,
    WORDS: WordsFile,
    COUNTRIES: CountriesPart,
}


def split_by_file(whole: Mapping) -> dict[str, Mapping]:
    """Return the content of a file that is given alone, as the files of a folder would have it, by their names."""
    file_of_key = {key: name for name, record in RECORDS.items() for key in record.__struct_encode_fields__}
    files = {MAIN: Mapping(whole.position)}
    for key, value in whole.items():
        name = file_of_key.get(key, MAIN)
        files.setdefault(name, Mapping(whole.position)).set(key, value, whole.positions[key])
    return files
