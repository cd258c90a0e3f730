"""What the commands that take names answer: the result, and what makes the page of it.

Each loads its own query, and its page only when that is asked for.
"""

# ruff: noqa: PLC0415 - as the docstring says
from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from govmap.atlas import Atlas
from govmap.errors import GovmapError, NoAnswerError
from govmap.queries.records import Result

if TYPE_CHECKING:
    from govmap.pages.page import Page


class Answer(NamedTuple):
    """A result, what makes the page of it, and why the call fails all the same, if it does."""

    result: Result
    page: Callable[[], Page]
    failure: GovmapError | None = None


def country(atlas: Atlas, name: str) -> Answer:
    """Answer `country NAME`."""
    from govmap.queries.country import profile_country

    profile = profile_country(atlas, atlas.country(name))

    def page() -> Page:
        from govmap.pages.country import country_page

        return country_page(profile, atlas)

    return Answer(profile, page)


def mechanism(atlas: Atlas, name: str) -> Answer:
    """Answer `mechanism NAME`."""
    from govmap.queries.mechanism import profile_mechanism

    profile = profile_mechanism(atlas, atlas.mechanism(name))

    def page() -> Page:
        from govmap.pages.mechanism import mechanism_page

        return mechanism_page(profile, atlas)

    return Answer(profile, page)


def compare(atlas: Atlas, *names: str) -> Answer:
    """Answer `compare A B …`."""
    from govmap.queries.compare import compare_names

    comparison = compare_names(atlas, names)

    def page() -> Page:
        from govmap.pages.compare import compare_page

        return compare_page(comparison, atlas)

    return Answer(comparison, page)


def overlap(atlas: Atlas, theme: str, *, explain: bool = False) -> Answer:
    """Answer `overlap THEME`: a failure where no group works on it or on a neighbour of it."""
    from govmap.queries.overlap import overlap_about

    found = overlap_about(atlas, theme)

    def page() -> Page:
        from govmap.pages.overlap import overlap_page

        return overlap_page(found, atlas, explain=explain)

    if found.groups:
        return Answer(found, page)
    labels = " and ".join(match.label for match in found.themes)
    failure = NoAnswerError(f"{labels} is on the subject, but no group works on it", ("govmap overlap",))
    return Answer(found, page, failure)
