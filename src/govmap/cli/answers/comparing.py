"""The answers that set things side by side: comparisons, overlaps, the ranking of themes."""

# ruff: noqa: PLC0415 - as the docstring of this package says
from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from govmap.cli.answers.answer import Answer, limit_of, nobody_works_on, one_of
from govmap.language import _

if TYPE_CHECKING:
    from govmap.analysis.seats import Limit
    from govmap.atlas import Atlas
    from govmap.layout.page import View

MODES = ("intersect", "distinct", "union")


class TypedComparison(NamedTuple):
    """What was typed of a comparison: names, and what to show of them."""

    names: tuple[str, ...]
    everything: bool = False
    mode: str = "intersect"
    relation: str | None = None
    theme: str | None = None
    top: int | None = None


def compare(atlas: Atlas, typed: TypedComparison) -> Answer:
    """Answer `compare A B …`, `compare NAME` and `compare --all`."""
    from govmap.errors import UsageError

    if typed.everything and typed.names:
        raise UsageError(_("--all ranks all pairs of mechanisms, so it takes no names"), ("govmap compare --all",))
    if not typed.everything and not typed.names:
        calls = ("govmap compare RCM MIRPS", "govmap compare Peru", "govmap compare --all")
        raise UsageError(_("Name two or more to compare, or one to rank the others by likeness to it"), calls)
    mode = one_of("--mode", typed.mode, MODES)
    if mode != "intersect" and len(typed.names) < 2:
        message = _("--mode tells what two or more share; name them")
        raise UsageError(message, (f"govmap compare RCM MIRPS --mode {mode}",))
    if typed.top is not None and len(typed.names) > 1:
        raise UsageError(_("--top is for a ranking; name one, or none with --all"), ("govmap compare --all --top 10",))
    if typed.top is not None and typed.top < 1:
        raise UsageError(_("--top must be 1 or more"), ("--top 10",))
    limit = limit_of(atlas, typed.relation, typed.theme)
    if len(typed.names) > 1:
        return _compared(atlas, typed.names, limit, mode)
    return _ranked(atlas, typed.names, limit, typed.top)


def _compared(atlas: Atlas, names: tuple[str, ...], limit: Limit, mode: str) -> Answer:
    from govmap.questions.compare import compare_names

    comparison = compare_names(atlas, names, limit)

    def view() -> View:
        from govmap.views.compare import compare_view

        return compare_view(comparison, atlas, mode)

    return Answer(comparison, view)


def _ranked(atlas: Atlas, names: tuple[str, ...], limit: Limit, top: int | None) -> Answer:
    from govmap.questions.likeness import rank_names

    likeness = rank_names(atlas, names, limit, top)

    def view() -> View:
        from govmap.views.likeness import likeness_view

        return likeness_view(likeness, atlas)

    return Answer(likeness, view, None if atlas.covered else nobody_works_on(atlas, ()))


def overlap(atlas: Atlas, theme: str, *, explain: bool = False) -> Answer:
    """Answer `overlap THEME`: a failure where no group works on it or on a neighbour of it."""
    from govmap.errors import AmbiguousError, NotFoundError
    from govmap.questions.overlap import overlap_about
    from govmap.texts import in_series

    try:
        found = overlap_about(atlas, theme)
    except (NotFoundError, AmbiguousError) as error:
        if not explain:
            raise
        steps = atlas.vocabulary.understand(theme).steps
        told = in_series(f"{step.words}: {' '.join((_(step.role), *step.themes))}" for step in steps)
        raise type(error)(f"{error.message} ({told})", error.suggestions) from error

    def view() -> View:
        from govmap.views.overlap import overlap_view

        return overlap_view(found, atlas, explain=explain)

    themes = tuple(match.id for match in found.themes)
    return Answer(found, view, None if found.groups else nobody_works_on(atlas, themes))


def duplication(atlas: Atlas) -> Answer:
    """Answer `overlap` without a theme."""
    from govmap.questions.duplication import rank_duplication

    ranking = rank_duplication(atlas)

    def view() -> View:
        from govmap.views.duplication import duplication_view

        return duplication_view(ranking)

    return Answer(ranking, view)
