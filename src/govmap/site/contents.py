"""Which pages the site has: each is the answer to a question, in every language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from govmap.atlas import Atlas
from govmap.language import N_

HOME = "index"
CHANGES = N_("Changes")


class Entry(Struct, frozen=True):
    """A page of the site.

    Attributes:
        path: Where it is in the folder of a language, without its ending: country/PER.
        question: The question that it answers.
        values: The values of the call.
        about: The id of what it is about; empty for an overview.

    """

    path: str
    question: str
    values: Mapping[str, Any]
    about: str = ""


# The overviews, in the order of the menu, each with its title there.
OVERVIEWS = {
    "mechanisms": (N_("Mechanisms"), Entry("mechanisms", "list", {"what": "mechanisms"})),
    "countries": (N_("Countries"), Entry("countries", "list", {"what": "countries"})),
    "themes": (N_("Themes"), Entry("themes", "overlap", {})),
    "compare": (N_("Compare"), Entry("compare", "compare", {"names": [], "all": True})),
    "matrix": (N_("Matrix"), Entry("matrix", "matrix", {})),
    "map": (N_("Map"), Entry("map", "map", {})),
    "links": (N_("Links"), Entry("links", "links", {})),
    "gaps": (N_("Gaps"), Entry("gaps", "gaps", {})),
    "changes": (CHANGES, Entry("changes", "history", {})),
    "sources": (N_("Sources"), Entry("sources", "list", {"what": "sources"})),
    "cite": (N_("Cite"), Entry("cite", "cite", {})),
}

FEW = 40  # mechanisms, above which no page is made for each pair of them, nor one of all pairs or seats


def overviews(atlas: Atlas) -> dict[str, tuple[str, Entry]]:
    """Return those of the overviews that a page can hold, which of many mechanisms has only the most similar pairs."""
    if len(atlas.covered) <= FEW:
        return OVERVIEWS
    few = {name: each for name, each in OVERVIEWS.items() if name not in ("links", "matrix")}
    title, entry = OVERVIEWS["compare"]
    return {**few, "compare": (title, replace(entry, values={**entry.values, "top": 100}))}


def entries(atlas: Atlas) -> Iterator[Entry]:
    """Yield the pages of the site, the overviews first."""
    yield from (entry for _title, entry in overviews(atlas).values())
    for code in shown_countries(atlas):
        yield Entry(f"country/{code}", "country", {"name": atlas.countries[code]}, code)
    for mechanism in atlas.mechanisms.values():
        yield Entry(f"mechanism/{mechanism.id}", "mechanism", {"name": mechanism}, mechanism.id)
        for group in mechanism.groups:
            id_ = f"{mechanism.id}-{group.number}"
            yield Entry(f"group/{id_}", "evidence", {"name": id_}, id_)
    for theme in atlas.themes.values():
        yield Entry(f"theme/{theme.id}", "overlap", {"theme": theme}, theme.id)
    for source in atlas.sources.values():
        yield Entry(f"source/{source.id}", "evidence", {"name": source}, source.id)
    covered = atlas.covered
    for pair in combinations(covered, 2) if len(covered) <= FEW else ():
        path = "-".join(sorted(mechanism.id for mechanism in pair))
        yield Entry(f"compare/{path}", "compare", {"names": list(pair)})


def shown_countries(atlas: Atlas) -> list[str]:
    """Return the alpha-3 codes of the countries that have a page: all that count, and all that a body lists."""
    listed = {member.code for mechanism in atlas.mechanisms.values() for member in mechanism.members}
    return sorted({*atlas.universe, *listed} & atlas.countries.keys())
