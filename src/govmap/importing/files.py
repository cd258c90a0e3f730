"""The files of the dataset that a table becomes: each a text, in the format of docs/data-format.md."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from govmap.dataset.countries import COLUMNS
from govmap.fields import Relation
from govmap.importing.organisations import Organisation
from govmap.importing.spells import Spell
from govmap.importing.yaml_writer import flow, scalar
from govmap.language import LANGUAGES
from govmap.model import About, Country, Source

SOURCE = "table"  # the id of the only source, which every list rests on
HEAD = "# Made by `govmap import`. The format is that of docs/data-format.md.\n"


class Made(NamedTuple):
    """A dataset that a table has become.

    Attributes:
        about: What it is.
        source: The table.
        kind: What its organisations are.
        organisations: The organisations, each with spells that do not overlap.
        new_countries: The countries that the bundled data does not have.
        aliases: Former names of countries that the table uses, with alpha-3 codes.
        themes: The labels of the themes that the bundled vocabulary does not have, by id.

    """

    about: About
    source: Source
    kind: str
    organisations: tuple[Organisation, ...]
    new_countries: tuple[Country, ...]
    aliases: dict[str, str]
    themes: dict[str, str]


def write_dataset(made: Made, path: Path) -> None:
    """Write a dataset as a new folder at *path*; raise OSError where that cannot be done."""
    path.mkdir()
    for name, pieces in files_of(made):
        with (path / name).open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)


def files_of(made: Made) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield the name of each file that a dataset needs, and its text in pieces."""
    yield "mechanisms.yaml", _mechanisms(made)
    yield "sources.yaml", (HEAD, "sources:\n", *_source(made.source))
    if made.new_countries:
        yield "countries.csv", (_countries(made.new_countries),)
    if made.aliases:
        rows = [("alpha3", "alias"), *sorted((code, name) for name, code in made.aliases.items())]
        yield "country_aliases.csv", (_csv(rows),)
    if made.themes:
        yield "themes.yaml", (HEAD, "themes:\n", *_themes(made.themes))


def _mechanisms(made: Made) -> Iterator[str]:
    about = made.about
    yield f"{HEAD}about:\n  title: {scalar(about.title)}\n  version: {scalar(about.version)}\n"
    yield f"  reference_date: {scalar(about.reference_date)}\n  source: {SOURCE}\nmechanisms:\n"
    for organisation in made.organisations:
        yield from _mechanism(organisation, made.kind)


def _mechanism(organisation: Organisation, kind: str) -> Iterator[str]:
    name, *aliases = organisation.names
    yield f"  - id: {scalar(organisation.id)}\n    names:\n      en: {scalar(name)}\n    kind: {scalar(kind)}\n"
    if aliases:
        yield "    aliases:\n"
        yield from (f"      - {scalar(alias)}\n" for alias in aliases)
    if organisation.founded:
        yield f"    founded: {scalar(organisation.founded)}\n"
    relation = _relation(organisation)
    if relation:
        yield f"    relation: {relation}\n    members:\n"
        for code in sorted(organisation.spells):
            yield from (f"      - {_member(code, spell, relation)}\n" for spell in organisation.spells[code])
    if organisation.groups:
        yield "    groups:\n"
        for number, (group, themes) in enumerate(organisation.groups.items(), 1):
            listed = ", ".join(map(scalar, themes))
            yield f"      - number: {number}\n        name: {scalar(group)}\n        themes: [{listed}]\n"
    parts = [part for part, held in (("members", organisation.spells), ("groups", organisation.groups)) if held]
    if parts:
        yield "    evidence:\n"
        yield from (f"      {part}: {{status: note only, sources: [{SOURCE}]}}\n" for part in parts)


def _relation(organisation: Organisation) -> Relation | None:
    """Return what being listed means for most of the memberships of an organisation; none where it has none."""
    counts: dict[Relation, int] = {}
    for spells in organisation.spells.values():
        for spell in spells:
            counts[spell.relation] = counts.get(spell.relation, 0) + 1
    return max(counts, key=lambda relation: (counts[relation], relation == "member"), default=None)


def _member(code: str, spell: Spell, relation: Relation) -> str:
    fields = {
        "relation": spell.relation if spell.relation != relation else None,
        "since": spell.since,
        "until": spell.until,
        "joined_after": spell.joined_after,
        "joined_by": spell.joined_by,
    }
    told = {key: value for key, value in fields.items() if value}
    return flow({"code": code, **told}) if told else scalar(code)


def _source(source: Source) -> Iterator[str]:
    yield f"  - id: {SOURCE}\n    title: {scalar(source.title)}\n    publisher: {scalar(source.publisher)}\n"
    yield f"    date: null\n    url: {scalar(source.url) if source.url else 'null'}\n"
    yield f"    kind: {scalar(source.kind)}\n    looked_up: {scalar(source.looked_up)}\n"


def _themes(themes: dict[str, str]) -> Iterator[str]:
    for id_, label in themes.items():
        yield f"  - id: {scalar(id_)}\n    preferred:\n      en: {scalar(label)}\n"


def _countries(countries: tuple[Country, ...]) -> str:
    rows: list[tuple[str, ...]] = [COLUMNS]
    for country in sorted(countries, key=lambda country: country.alpha3):
        codes = (country.alpha2, country.alpha3, country.numeric, country.kind, "", country.region or "")
        names = (country.names.get(language, "") for language in LANGUAGES)
        rows.append((*codes, *names, "|".join(country.other_names)))
    return _csv(rows)


def _csv(rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
