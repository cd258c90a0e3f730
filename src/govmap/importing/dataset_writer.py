"""Writes the files of the dataset that a table becomes, in the format of docs/reference/data-format.md."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from govmap.dataset.countries import COLUMNS
from govmap.fields import Relation
from govmap.importing.organisations import Organisation
from govmap.importing.spells import Spell
from govmap.importing.yaml_writer import flow, scalar
from govmap.language import LANGUAGES
from govmap.model import Country

SOURCE = "table"  # the id of the only source, on which every list rests
MADE = "# Made by `govmap import`."
SCHEMA = "schema.json"
# The line that editors look for comes first.
HEAD = f"# yaml-language-server: $schema={SCHEMA}\n{MADE} The format is that of docs/reference/data-format.md.\n"


class ImportedDataset(NamedTuple):
    """A dataset made from a table.

    Attributes:
        title: Its title.
        kind: What kind of bodies its organisations are.
        reference_date: The date for which it answers.
        source: The title of the source of the table.
        url: The address of that source.
        looked_up: The date of the import.
        organisations: The organisations, with spells that do not overlap.
        new_countries: The countries that the bundled data does not have.
        aliases: The alpha-3 codes of the former names of countries in the table.
        themes: The labels of the themes that the bundled vocabulary does not have, by id.

    """

    title: str
    kind: str
    reference_date: str
    source: str
    url: str | None
    looked_up: str
    organisations: tuple[Organisation, ...]
    new_countries: tuple[Country, ...]
    aliases: dict[str, str]
    themes: dict[str, str]


def write_dataset(dataset: ImportedDataset, path: Path) -> None:
    """Write *dataset* as a new folder; raise OSError if that fails."""
    path.mkdir()
    for name, pieces in dataset_files(dataset):
        with (path / name).open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)


def dataset_files(dataset: ImportedDataset) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield the name of each file and its text, in pieces."""
    yield "mechanisms.yaml", _mechanisms(dataset)
    url = scalar(dataset.url) if dataset.url else "null"
    source = (
        f"  - id: {SOURCE}\n    title: {scalar(dataset.source)}\n    publisher: not stated\n    date: null\n"
        f"    url: {url}\n    kind: table\n    looked_up: {scalar(dataset.looked_up)}\n"
    )
    yield "sources.yaml", (HEAD, "sources:\n", source)
    if dataset.new_countries:
        yield "countries.csv", (csv_text(COLUMNS, map(country_row, dataset.new_countries)),)
    if dataset.aliases:
        aliases = sorted((code, name) for name, code in dataset.aliases.items())
        yield "country_aliases.csv", (csv_text(("alpha3", "alias"), aliases),)
    if dataset.themes:
        themes = (
            f"  - id: {scalar(id_)}\n    preferred:\n      en: {scalar(t)}\n" for id_, t in dataset.themes.items()
        )
        yield "themes.yaml", (HEAD, "themes:\n", *themes)


def _mechanisms(dataset: ImportedDataset) -> Iterator[str]:
    title, date = scalar(dataset.title), scalar(dataset.reference_date)
    yield f"{HEAD}about:\n  title: {title}\n  version: {date}\n  reference_date: {date}\n  source: {SOURCE}\n"
    yield "mechanisms:\n"
    for organisation in dataset.organisations:
        yield from _mechanism(organisation, dataset.kind)


def _mechanism(organisation: Organisation, kind: str) -> Iterator[str]:
    name, *aliases = organisation.names or [organisation.text]
    yield f"  - id: {scalar(organisation.id)}\n    names:\n      en: {scalar(name)}\n    kind: {scalar(kind)}\n"
    if aliases:
        yield "    aliases:\n"
        yield from (f"      - {scalar(alias)}\n" for alias in aliases)
    if organisation.founded:
        yield f"    founded: {scalar(organisation.founded)}\n"
    if organisation.spells:
        counts = Counter(spell.relation for spells in organisation.spells.values() for spell in spells)
        relation = max(counts, key=lambda each: (counts[each], each == "member"))
        yield f"    relation: {relation}\n    members:\n"
        for code, spells in sorted(organisation.spells.items()):
            yield from (f"      - {_member(code, spell, relation)}\n" for spell in spells)
    if organisation.groups:
        yield "    groups:\n"
        for number, (group, themes) in enumerate(organisation.groups.items(), 1):
            listed = ", ".join(map(scalar, themes))
            yield f"      - number: {number}\n        name: {scalar(group)}\n        themes: [{listed}]\n"
    lists = {"members": organisation.spells, "groups": organisation.groups}
    evidence = [f"      {part}: {{status: note only, sources: [{SOURCE}]}}\n" for part in lists if lists[part]]
    if evidence:
        yield "    evidence:\n"
        yield from evidence


def _member(code: str, spell: Spell, main_relation: Relation) -> str:
    fields = {"code": code, "relation": spell.relation if spell.relation != main_relation else None}
    dates = {name: getattr(spell, name) for name in ("since", "until", "joined_after", "joined_by")}
    given = {name: value for name, value in (fields | dates).items() if value}
    return flow(given) if len(given) > 1 else scalar(code)


def country_row(country: Country) -> tuple[str, ...]:
    """Return the row of a country, under COLUMNS."""
    codes = (country.alpha2, country.alpha3, country.numeric, country.kind, "", country.region or "")
    names = (country.names.get(language, "") for language in LANGUAGES)
    return (*codes, *names, "|".join(country.other_names))


def csv_text(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return the text of a CSV file."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows((header, *rows))
    return text.getvalue()
