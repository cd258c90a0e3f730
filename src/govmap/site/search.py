"""What a reader may look for, as a script that MiniSearch reads: a record a page, with its names in every language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import json

from govmap.atlas import Atlas
from govmap.language import LANGUAGES, speaking
from govmap.site.contents import shown_countries


def search_script(atlas: Atlas) -> str:
    """Return the script: it sets a list of records with the path of a page, its title by language, and other names."""
    records = list(_records(atlas))
    return f"window.govmapPages = {json.encode(records).decode()};\n".replace("<", "\\u003c")


def _records(atlas: Atlas) -> Iterator[dict[str, Any]]:
    known = set(shown_countries(atlas))
    for code in sorted(known):
        country = atlas.countries[code]
        others = (country.alpha2, country.alpha3, *country.other_names)
        ids = [mechanism.id for mechanism in atlas.mechanisms_of(code)]
        yield {**_record(f"country/{code}", dict(country.names), others), "in": sorted(ids)}
    for mechanism in atlas.mechanisms.values():
        others = (mechanism.id, *mechanism.acronyms.values(), *mechanism.aliases)
        record = _record(f"mechanism/{mechanism.id}", dict(mechanism.names), others)
        codes = {member.code for member in mechanism.members}
        yield {**record, "in": sorted(codes & known)} if codes else record
        for group in mechanism.groups:
            id_ = f"{mechanism.id}-{group.number}"
            titles = {}
            for language in LANGUAGES:
                with speaking(language):
                    titles[language] = f"{mechanism.id} {group.number}: {group.name}"
            yield _record(f"group/{id_}", titles, ())
    for theme in atlas.themes.values():
        others = tuple(label for labels in theme.alternative.values() for label in labels)
        yield _record(f"theme/{theme.id}", dict(theme.preferred), others)


def _record(path: str, titles: dict[Any, str], others: tuple[str, ...]) -> dict[str, Any]:
    titles = {language: titles.get(language) or titles["en"] for language in LANGUAGES}
    known = {*titles.values()}
    return {"id": path, **titles, "other": " · ".join(dict.fromkeys(name for name in others if name not in known))}
