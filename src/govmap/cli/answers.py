"""What the commands that take names answer: the result, and what makes the page of it.

Each loads its own query, and its page only when that is asked for.
"""

# ruff: noqa: PLC0415 - as the docstring says
from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from govmap.atlas import Atlas
from govmap.queries.records import Result

if TYPE_CHECKING:
    from govmap.pages.page import Page

Answer = tuple[Result, "Callable[[], Page]"]


def country(atlas: Atlas, name: str) -> Answer:
    """Answer `country NAME`."""
    from govmap.queries.country import profile_country

    profile = profile_country(atlas, atlas.country(name))

    def page() -> Page:
        from govmap.pages.country import country_page

        return country_page(profile, atlas)

    return profile, page


def mechanism(atlas: Atlas, name: str) -> Answer:
    """Answer `mechanism NAME`."""
    from govmap.queries.mechanism import profile_mechanism

    profile = profile_mechanism(atlas, atlas.mechanism(name))

    def page() -> Page:
        from govmap.pages.mechanism import mechanism_page

        return mechanism_page(profile, atlas)

    return profile, page


def compare(atlas: Atlas, *names: str) -> Answer:
    """Answer `compare A B …`."""
    from govmap.queries.compare import compare_names

    comparison = compare_names(atlas, names)

    def page() -> Page:
        from govmap.pages.compare import compare_page

        return compare_page(comparison, atlas)

    return comparison, page


def overlap(atlas: Atlas, theme: str) -> Answer:
    """Answer `overlap THEME`."""
    from govmap.queries.overlap import overlap_by_label

    found = overlap_by_label(atlas, theme)

    def page() -> Page:
        from govmap.pages.overlap import overlap_page

        return overlap_page(found, atlas)

    return found, page
