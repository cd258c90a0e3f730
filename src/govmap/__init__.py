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
    from govmap.analysis.seats import Limit
    from govmap.atlas import Atlas, load
    from govmap.errors import AmbiguousError, DataError, GovmapError, NoAnswerError, NotFoundError, UsageError
    from govmap.language import speaking
    from govmap.parts.provenance import sources_of
    from govmap.questions.brief import write_brief
    from govmap.questions.cite import cite
    from govmap.questions.compare import compare_countries, compare_mechanisms
    from govmap.questions.country import profile_country
    from govmap.questions.cover import cover_countries, cover_themes
    from govmap.questions.diff import compare_datasets
    from govmap.questions.duplication import rank_duplication
    from govmap.questions.evidence import find_evidence, resolve_subject
    from govmap.questions.gaps import find_gaps
    from govmap.questions.history import tell_history
    from govmap.questions.likeness import rank_countries, rank_mechanisms
    from govmap.questions.list import (
        Filters,
        list_countries,
        list_groups,
        list_mechanisms,
        list_secretariats,
        list_sources,
        list_themes,
    )
    from govmap.questions.map import map_seats
    from govmap.questions.matrix import combine_seats, country_matrix, theme_matrix
    from govmap.questions.mechanism import profile_mechanism
    from govmap.questions.overlap import overlap_about
    from govmap.questions.search import search
    from govmap.questions.validate import validate_data

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
    "govmap.questions.brief": ("write_brief",),
    "govmap.questions.cite": ("cite",),
    "govmap.questions.compare": ("compare_countries", "compare_mechanisms"),
    "govmap.questions.country": ("profile_country",),
    "govmap.questions.cover": ("cover_countries", "cover_themes"),
    "govmap.questions.diff": ("compare_datasets",),
    "govmap.questions.duplication": ("rank_duplication",),
    "govmap.questions.evidence": ("find_evidence", "resolve_subject"),
    "govmap.questions.gaps": ("find_gaps",),
    "govmap.questions.history": ("tell_history",),
    "govmap.questions.likeness": ("rank_countries", "rank_mechanisms"),
    "govmap.questions.list": (
        "Filters",
        "list_countries",
        "list_groups",
        "list_mechanisms",
        "list_secretariats",
        "list_sources",
        "list_themes",
    ),
    "govmap.questions.matrix": ("combine_seats", "country_matrix", "theme_matrix"),
    "govmap.questions.mechanism": ("profile_mechanism",),
    "govmap.questions.overlap": ("overlap_about",),
    "govmap.parts.provenance": ("sources_of",),
    "govmap.questions.search": ("search",),
    "govmap.analysis.seats": ("Limit",),
    "govmap.questions.map": ("map_seats",),
    "govmap.questions.validate": ("validate_data",),
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
