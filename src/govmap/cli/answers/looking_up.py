"""The answers that look something up: one record, a list, a search."""

# ruff: noqa: PLC0415 - as the docstring of this package says
from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from govmap.cli.answers.answer import Answer
from govmap.language import ngettext

if TYPE_CHECKING:
    from govmap.atlas import Atlas
    from govmap.layout.page import View


def country(atlas: Atlas, name: str) -> Answer:
    """Answer `country NAME`."""
    from govmap.questions.country import profile_country

    profile = profile_country(atlas, atlas.country(name))

    def view() -> View:
        from govmap.views.country import country_view

        return country_view(profile, atlas)

    return Answer(profile, view)


def mechanism(atlas: Atlas, name: str) -> Answer:
    """Answer `mechanism NAME`."""
    from govmap.questions.mechanism import profile_mechanism

    profile = profile_mechanism(atlas, atlas.mechanism(name))

    def view() -> View:
        from govmap.views.mechanism import mechanism_view

        return mechanism_view(profile, atlas)

    return Answer(profile, view)


def brief(atlas: Atlas, name: str) -> Answer:
    """Answer `brief NAME`: on a country or a mechanism."""
    from govmap.questions.brief import write_brief
    from govmap.questions.compare import resolve_names

    found = write_brief(atlas, resolve_names(atlas, (name,))[1][0])

    def view() -> View:
        from govmap.views.brief import brief_view

        return brief_view(found, atlas)

    return Answer(found, view, complete=True)


def history(atlas: Atlas, name: str | None) -> Answer:
    """Answer `history [NAME]`: of a mechanism, of a country, or of all."""
    from govmap.questions.history import resolve_subject, tell_history

    found = tell_history(atlas, resolve_subject(atlas, name) if name is not None else None)

    def view() -> View:
        from govmap.views.history import history_view

        return history_view(found)

    return Answer(found, view)


def validate(path: str, *, strict: bool) -> Answer:
    """Answer `validate PATH`: a failure, below the page of it, where anything is wrong (or, *strict*, in doubt)."""
    from govmap.errors import DataError
    from govmap.questions.validate import validate_data

    found = validate_data(path)

    def view() -> View:
        from govmap.views.validate import validation_view

        return validation_view(found)

    wrong = len(found.errors) + (len(found.warnings) if strict else 0)
    message = ngettext(
        "The data in {path} is not as it should be: {n} problem",
        "The data in {path} is not as it should be: {n} problems",
        wrong,
    ).format(path=path, n=wrong)
    return Answer(found, view, DataError(message) if wrong else None, True)


class TypedFilters(NamedTuple):
    """The filters of `list` as they were typed."""

    member: str | None
    theme: str | None
    secretariat: str | None
    kind: str | None
    coverage: str


def listing(atlas: Atlas, what: str, typed: TypedFilters) -> Answer:
    """Answer `list WHAT`."""
    from govmap.questions.list import list_records, resolve_filters

    chosen, filters = resolve_filters(atlas, what, *typed)
    items = list_records(atlas, chosen, filters)

    def view() -> View:
        from govmap.views.list import list_view

        return list_view(chosen, items, atlas, filters)

    return Answer(items, view, filters=filters)


def search(atlas: Atlas, text: str) -> Answer:
    """Answer `search TEXT`."""
    from govmap.questions.search import search as search_words

    found = search_words(atlas, text)

    def view() -> View:
        from govmap.views.search import search_view

        return search_view(found)

    return Answer(found, view)
