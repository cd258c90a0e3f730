"""Who governs migration in the Americas: a dataset, and the questions that can be asked of it.

`load` returns an `Atlas`; the query functions take it and return frozen records, which the command line prints.

>>> import govmap
>>> atlas = govmap.load()
>>> govmap.profile_country(atlas, atlas.country("Perú")).country.code
'PER'
"""

from __future__ import annotations

from govmap.version import __version__

TYPE_CHECKING = False  # as in typing, which is not loaded for this alone

if TYPE_CHECKING:
    from govmap.atlas import Atlas, load
    from govmap.errors import AmbiguousError, DataError, GovmapError, NoAnswerError, NotFoundError, UsageError
    from govmap.language import speaking
    from govmap.queries.brief import write_brief
    from govmap.queries.citation import cite
    from govmap.queries.compare import compare_countries, compare_mechanisms
    from govmap.queries.country import profile_country
    from govmap.queries.cover import cover_countries, cover_themes
    from govmap.queries.diff import compare_datasets
    from govmap.queries.duplication import rank_duplication
    from govmap.queries.evidence import find_evidence, resolve_subject
    from govmap.queries.gaps import find_gaps
    from govmap.queries.history import tell_history
    from govmap.queries.likeness import rank_countries, rank_mechanisms
    from govmap.queries.listing import (
        Filters,
        list_countries,
        list_groups,
        list_mechanisms,
        list_secretariats,
        list_sources,
        list_themes,
    )
    from govmap.queries.matrix import combine_seats, country_matrix, theme_matrix
    from govmap.queries.mechanism import profile_mechanism
    from govmap.queries.overlap import overlap_about
    from govmap.queries.provenance import sources_of
    from govmap.queries.search import search
    from govmap.queries.seats import Limit
    from govmap.queries.tiles import map_seats
    from govmap.queries.validation import validate_data

__all__ = [
    "AmbiguousError",
    "Atlas",
    "DataError",
    "Filters",
    "GovmapError",
    "Limit",
    "NoAnswerError",
    "NotFoundError",
    "UsageError",
    "__version__",
    "cite",
    "combine_seats",
    "compare_countries",
    "compare_datasets",
    "compare_mechanisms",
    "country_matrix",
    "cover_countries",
    "cover_themes",
    "find_evidence",
    "find_gaps",
    "list_countries",
    "list_groups",
    "list_mechanisms",
    "list_secretariats",
    "list_sources",
    "list_themes",
    "load",
    "map_seats",
    "overlap_about",
    "profile_country",
    "profile_mechanism",
    "rank_countries",
    "rank_duplication",
    "rank_mechanisms",
    "resolve_subject",
    "search",
    "sources_of",
    "speaking",
    "tell_history",
    "theme_matrix",
    "validate_data",
    "write_brief",
]

_HOMES = {
    "govmap.atlas": ("Atlas", "load"),
    "govmap.errors": ("AmbiguousError", "DataError", "GovmapError", "NoAnswerError", "NotFoundError", "UsageError"),
    "govmap.language": ("speaking",),
    "govmap.queries.brief": ("write_brief",),
    "govmap.queries.citation": ("cite",),
    "govmap.queries.compare": ("compare_countries", "compare_mechanisms"),
    "govmap.queries.country": ("profile_country",),
    "govmap.queries.cover": ("cover_countries", "cover_themes"),
    "govmap.queries.diff": ("compare_datasets",),
    "govmap.queries.duplication": ("rank_duplication",),
    "govmap.queries.evidence": ("find_evidence", "resolve_subject"),
    "govmap.queries.gaps": ("find_gaps",),
    "govmap.queries.history": ("tell_history",),
    "govmap.queries.likeness": ("rank_countries", "rank_mechanisms"),
    "govmap.queries.listing": (
        "Filters",
        "list_countries",
        "list_groups",
        "list_mechanisms",
        "list_secretariats",
        "list_sources",
        "list_themes",
    ),
    "govmap.queries.matrix": ("combine_seats", "country_matrix", "theme_matrix"),
    "govmap.queries.mechanism": ("profile_mechanism",),
    "govmap.queries.overlap": ("overlap_about",),
    "govmap.queries.provenance": ("sources_of",),
    "govmap.queries.search": ("search",),
    "govmap.queries.seats": ("Limit",),
    "govmap.queries.tiles": ("map_seats",),
    "govmap.queries.validation": ("validate_data",),
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for, so that a call loads only what it uses (PEP 562)."""
    import importlib  # noqa: PLC0415 - as the docstring says

    for module, names in _HOMES.items():
        if name in names:
            return getattr(importlib.import_module(module), name)
    raise AttributeError(f"module 'govmap' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
