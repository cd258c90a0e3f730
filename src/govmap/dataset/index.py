"""Gathers the names of every record of a dataset into the folded index that look-ups use."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from govmap.model import Agency, Country, Dataset, Mechanism, Theme
from govmap.names import NameKeys, build_keys


class NameIndex(Struct, frozen=True):
    """The folded names of a dataset, by kind of record."""

    countries: NameKeys
    mechanisms: NameKeys
    agencies: NameKeys
    themes: NameKeys


def country_labels(countries: tuple[Country, ...]) -> Iterator[tuple[str, str]]:
    """Yield every name of every country with its alpha-3 code."""
    for country in countries:
        for name in (*country.names.values(), *country.other_names):
            yield name, country.alpha3


def country_codes(countries: tuple[Country, ...]) -> Iterator[tuple[str, str]]:
    """Yield the ISO 3166-1 codes of every country with its alpha-3 code."""
    for country in countries:
        for code in (country.alpha2, country.alpha3, country.numeric):
            yield code, country.alpha3


def body_labels(bodies: tuple[Mechanism | Agency, ...]) -> Iterator[tuple[str, str]]:
    """Yield every name and alias of every mechanism or agency with its id, and acronyms long enough for a slip."""
    for body in bodies:
        acronyms = (acronym for acronym in (body.id, *body.acronyms.values()) if len(acronym) >= 4)
        for name in (*body.names.values(), *body.aliases, *acronyms):
            yield name, body.id


def body_codes(bodies: tuple[Mechanism | Agency, ...]) -> Iterator[tuple[str, str]]:
    """Yield the id and the acronyms of every mechanism or agency with its id."""
    for body in bodies:
        for code in (body.id, *body.acronyms.values()):
            yield code, body.id


def theme_labels(themes: tuple[Theme, ...]) -> Iterator[tuple[str, str]]:
    """Yield every preferred and alternative label of every theme with its id."""
    for theme in themes:
        for label in theme.preferred.values():
            yield label, theme.id
        for labels in theme.alternative.values():
            for label in labels:
                yield label, theme.id


def index_names(dataset: Dataset, not_countries: tuple[str, ...] = ()) -> NameIndex:
    """Return the folded names of *dataset*; *not_countries* are places that are no country's name."""
    nobody = [(name, "-") for name in not_countries]
    return NameIndex(
        countries=build_keys(country_codes(dataset.countries), [*country_labels(dataset.countries), *nobody]),
        mechanisms=build_keys(body_codes(dataset.mechanisms), body_labels(dataset.mechanisms)),
        agencies=build_keys(body_codes(dataset.agencies), body_labels(dataset.agencies)),
        themes=build_keys([(theme.id, theme.id) for theme in dataset.themes], theme_labels(dataset.themes)),
    )
