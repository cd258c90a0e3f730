"""What each data file holds: one record for each file, made of those of `govmap.model`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from govmap.dataset.yaml_reader import Mapping
from govmap.fields import Record, Text, ThemeId
from govmap.language import Language, _
from govmap.model import (
    About,
    Agency,
    Category,
    Correction,
    Country,
    Event,
    Mechanism,
    Resolution,
    Source,
    Theme,
)
from govmap.texts import repeated


class MechanismsFile(Record, frozen=True):
    """What mechanisms.yaml holds; with `extends` only what is other than in the bundled data."""

    about: About
    mechanisms: Annotated[tuple[Mechanism, ...], Meta(min_length=1)]
    agencies: tuple[Agency, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    events: tuple[Event, ...] = ()
    extends: Literal["bundled"] | None = None
    corrections: tuple[Correction, ...] = ()


class ThemesFile(Record, frozen=True):
    """What themes.yaml holds."""

    themes: tuple[Theme, ...] = ()
    categories: tuple[Category, ...] = ()

    def flaws(self) -> Iterator[str]:
        """Yield a flaw where two categories have one number."""
        for number in repeated([str(category.number) for category in self.categories]):
            yield _("has two categories with the number {number}; number them apart").format(number=number)


class SourcesFile(Record, frozen=True):
    """What sources.yaml holds."""

    sources: tuple[Source, ...] = ()


class WordsFile(Record, frozen=True):
    """What words.yaml holds.

    `hidden` labels (SKOS hiddenLabel) are searched and never shown. `neutral` words say nothing of a theme,
    `generic` ones are those of the field that a label may go without, `people` name those who move, `persons` anybody,
    and `field` ones show that a question is on those who move. `setting` labels tell where or of whom it is: beside
    others they lead nowhere.
    """

    hidden: dict[ThemeId, dict[Language, tuple[Text, ...]]] = msgspec.field(default_factory=dict)
    neutral: dict[Language, tuple[Text, ...]] = msgspec.field(default_factory=dict)
    generic: dict[Language, tuple[Text, ...]] = msgspec.field(default_factory=dict)
    people: dict[Language, tuple[Text, ...]] = msgspec.field(default_factory=dict)
    persons: dict[Language, tuple[Text, ...]] = msgspec.field(default_factory=dict)
    field: dict[Language, tuple[Text, ...]] = msgspec.field(default_factory=dict)
    setting: dict[Language, tuple[Text, ...]] = msgspec.field(default_factory=dict)


class CountriesPart(Record, frozen=True):
    """What a file that stands alone may hold of countries; a folder has them in countries.csv."""

    countries: tuple[Country, ...] = ()


YAML_FILES: dict[str, type[Record]] = {
    "mechanisms.yaml": MechanismsFile,
    "themes.yaml": ThemesFile,
    "sources.yaml": SourcesFile,
    "words.yaml": WordsFile,
}

MAIN, COUNTRIES = "mechanisms.yaml", "countries.csv"


def spread(whole: Mapping) -> dict[str, Mapping]:
    """Return what the files of a folder would hold, by their names, for the one file of a dataset that has no other."""
    parts = {
        **{key: name for name, file in YAML_FILES.items() for key in file.__struct_fields__},
        "countries": COUNTRIES,
    }
    files: dict[str, Mapping] = {}
    for key, value in whole.items():
        file = files.setdefault(parts.get(key, MAIN), Mapping(whole.place))
        file[key], file.places[key] = value, whole.places[key]
    return files
