"""What each command answers: the result, and what makes the page of it.

Each loads its own query, and its page only when that is asked for; so `--help` loads none.
"""

# ruff: noqa: PLC0415 - as the docstring says
from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from govmap.atlas import Atlas
    from govmap.errors import GovmapError
    from govmap.pages.page import Page
    from govmap.queries.records import Result


class Answer(NamedTuple):
    """A result, what makes the page of it, and why the call fails all the same, if it does."""

    result: Result | tuple[Result, ...]
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
    from govmap.errors import AmbiguousError, NotFoundError
    from govmap.queries.overlap import overlap_about

    try:
        found = overlap_about(atlas, theme)
    except (NotFoundError, AmbiguousError) as error:
        if not explain:
            raise
        steps = atlas.vocabulary.understand(theme).steps
        told = "; ".join(f"{step.words}: {' '.join((step.role, *step.themes))}" for step in steps)
        raise type(error)(f"{error.message} ({told})", error.suggestions) from error

    def page() -> Page:
        from govmap.pages.overlap import overlap_page

        return overlap_page(found, atlas, explain=explain)

    themes = tuple(match.id for match in found.themes)
    return Answer(found, page, None if found.groups else _nobody_works_on(atlas, themes))


def duplication(atlas: Atlas) -> Answer:
    """Answer `overlap` without a theme."""
    from govmap.queries.duplication import rank_duplication

    ranking = rank_duplication(atlas)

    def page() -> Page:
        from govmap.pages.duplication import duplication_page

        return duplication_page(ranking)

    return Answer(ranking, page)


class TypedFilters(NamedTuple):
    """The filters of `list` as they were typed."""

    member: str | None
    theme: str | None
    secretariat: str | None
    kind: str | None
    coverage: str


def listing(atlas: Atlas, what: str, typed: TypedFilters) -> Answer:
    """Answer `list WHAT`."""
    from govmap.queries.listing import list_records, resolve_filters

    chosen, filters = resolve_filters(atlas, what, *typed)
    items = list_records(atlas, chosen, filters)

    def page() -> Page:
        from govmap.pages.listing import list_page

        return list_page(chosen, items, atlas, filters)

    return Answer(items, page)


def gaps(atlas: Atlas, countries: list[str], theme: str | None) -> Answer:
    """Answer `gaps`, of some countries, of one theme, or of all: a failure where no group works on the theme."""
    from govmap.queries.gaps import find_gaps
    from govmap.queries.overlap import theme_ids

    codes = [atlas.country(name).alpha3 for name in countries]
    themes = theme_ids(atlas, theme)
    found = find_gaps(atlas, countries=codes, themes=themes)

    def page() -> Page:
        from govmap.pages.gaps import gaps_page

        return gaps_page(found, atlas)

    unworked = not atlas.covered or (bool(themes) and not any(atlas.groups_on(id_) for id_ in themes))
    return Answer(found, page, _nobody_works_on(atlas, themes) if unworked else None)


def cover(atlas: Atlas, countries: list[str], theme: str | None, *, themes: bool) -> Answer:
    """Answer `cover`, of countries or of all *themes*: a failure where nothing is reached."""
    from govmap.errors import NoAnswerError, UsageError
    from govmap.queries.cover import cover_countries, cover_themes
    from govmap.queries.overlap import theme_ids

    if themes and (theme is not None or countries):
        message = "--themes reaches every theme, so it takes no --theme and no --country"
        raise UsageError(message, ("govmap cover --themes",))
    ids = theme_ids(atlas, theme)
    if len(ids) > 1:
        raise UsageError(
            "These words are about several themes; name one", tuple(atlas.themes[id_].label for id_ in ids)
        )
    codes = [atlas.country(name).alpha3 for name in countries]
    found = cover_themes(atlas) if themes else cover_countries(atlas, countries=codes, theme=ids[0] if ids else None)

    def page() -> Page:
        from govmap.pages.cover import cover_page

        return cover_page(found, atlas)

    if found.solutions:
        return Answer(found, page)
    if not atlas.covered or (ids and not atlas.groups_on(ids[0])):
        return Answer(found, page, _nobody_works_on(atlas, ids))
    names = ", ".join(atlas.countries[code].name for code in found.unreachable)
    working = f" with a group on {atlas.themes[ids[0]].label}" if ids else ""
    return Answer(
        found, page, NoAnswerError(f"No mechanism{working} lists {names}", (f"govmap country {found.unreachable[0]}",))
    )


def _nobody_works_on(atlas: Atlas, themes: tuple[str, ...]) -> GovmapError:
    """Return the failure of a question on themes on which there is no group."""
    from govmap.dates import spoken
    from govmap.errors import NoAnswerError
    from govmap.queries.overlap import neighbouring

    if not atlas.covered:
        return NoAnswerError(
            f"No mechanism of the dataset existed as of {spoken(atlas.as_of)}", ("govmap list mechanisms",)
        )
    labels = " and ".join(atlas.themes[id_].label for id_ in themes)
    near = any(atlas.groups_on(id_) for id_ in neighbouring(atlas, set(themes)))
    call = f'govmap overlap "{atlas.themes[themes[0]].label}"' if near else "govmap overlap"
    return NoAnswerError(f"{labels} is on the subject, but no group works on it", (call,))


def search(atlas: Atlas, text: str) -> Answer:
    """Answer `search TEXT`."""
    from govmap.queries.search import search as search_words

    found = search_words(atlas, text)

    def page() -> Page:
        from govmap.pages.search import search_page

        return search_page(found)

    return Answer(found, page)
