"""What an answer is, and what several answers check in the same way."""

# ruff: noqa: PLC0415 - as the docstring of this package says
from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from govmap.language import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from govmap.analysis.seats import Limit
    from govmap.atlas import Atlas
    from govmap.errors import GovmapError
    from govmap.layout.page import View
    from govmap.questions.list import Filters
    from govmap.records import Record


class Answer(NamedTuple):
    """A result, what loads the view of it, and why the call fails all the same, if it does.

    `shown` says that the view is shown although the call fails. `filters` are what a list was narrowed by.
    `complete` says that it shows all of its sources in any case.
    """

    result: Record | tuple[Record, ...]
    view: Callable[[], View]
    failure: GovmapError | None = None
    shown: bool = False
    filters: Filters | None = None
    complete: bool = False


def with_provenance(answer: Answer, atlas: Atlas, *, sources: bool = False) -> Answer:
    """Return *answer* with what of it is from own data, where these extend the bundled, and with its *sources*."""
    told = _owned(answer, atlas) if atlas.context.corrections else answer
    return _sourced(answer, told, atlas) if sources and not answer.complete else told


def _sourced(answer: Answer, told: Answer, atlas: Atlas) -> Answer:
    """Return *told* with the sources that *answer* rests on: in its record, or in each of those of a list."""
    from msgspec import to_builtins

    from govmap.layout.sources import sourced_view
    from govmap.parts.provenance import gather, sources_of_each

    found = sources_of_each(atlas, _records(answer), answer.filters)
    result = _with_key(told, "sources", [[to_builtins(one.source) for one in cited] for cited in found])
    whole = gather(found)
    return told._replace(result=result, view=lambda: sourced_view(told.view(), whole))


def _owned(answer: Answer, atlas: Atlas) -> Answer:
    """Return *answer* with what own data have other than the bundled, of all that it shows."""
    from msgspec import to_builtins

    from govmap.layout.own import owned_view
    from govmap.parts.own_data import own_facts, withdrawn

    listed, gone = isinstance(answer.result, tuple), withdrawn(atlas)
    found = [own_facts(atlas, record, answer.filters) + (() if listed else gone) for record in _records(answer)]
    result = _with_key(answer, "own_data", [[to_builtins(fact) for fact in facts] for facts in found])
    whole = tuple(dict.fromkeys(fact for facts in (*found, gone) for fact in facts))
    return answer._replace(result=result, view=lambda: owned_view(answer.view(), whole))


def _records(answer: Answer) -> tuple[Any, ...]:
    return answer.result if isinstance(answer.result, tuple) else (answer.result,)


def _with_key(answer: Answer, key: str, values: list[Any]) -> Record | tuple[Record, ...]:
    """Return the record or records of *answer* with one more *key* each."""
    from msgspec import to_builtins

    told = tuple({**to_builtins(record), key: value} for record, value in zip(_records(answer), values, strict=True))
    return told if isinstance(answer.result, tuple) else told[0]


def one_of(option: str, typed: str, words: tuple[str, ...]) -> str:
    """Return the word that was *typed* for an option, in English or as pages show it.

    Raises:
        UsageError: It is none of *words*.

    """
    word = typed.strip().casefold()
    chosen = next((known for known in words if word in (known, _(known).casefold())), None)
    if chosen is None:
        from govmap.errors import UsageError
        from govmap.texts import quoted

        shown = (f'"{known}"' if " " in known else known for known in words)
        message = _("{option} cannot be {typed}").format(option=option, typed=quoted(typed))
        raise UsageError(message, tuple(f"{option} {known}" for known in shown))
    return chosen


def one_theme(atlas: Atlas, typed: str | None) -> str | None:
    """Return the id of the theme that *typed* words are about; none for None.

    Raises:
        NotFoundError: They are about none.
        UsageError: They are about several.

    """
    from govmap.errors import UsageError
    from govmap.questions.overlap import theme_ids

    ids = theme_ids(atlas, typed)
    if len(ids) > 1:
        labels = tuple(atlas.themes[id_].label for id_ in ids)
        raise UsageError(_("These words are about several themes; name one"), labels)
    return ids[0] if ids else None


def limit_of(atlas: Atlas, relation: str | None, theme: str | None) -> Limit:
    """Return the limit that was typed; raise UsageError where it is none."""
    from govmap.analysis.seats import Limit
    from govmap.fields import RELATIONS

    known = None if relation is None else one_of("--relation", relation, RELATIONS)
    return Limit(known, one_theme(atlas, theme))


def nobody_works_on(atlas: Atlas, themes: tuple[str, ...]) -> GovmapError:
    """Return the failure of a question on themes on which there is no group."""
    from govmap.dates import as_of
    from govmap.errors import NoAnswerError
    from govmap.questions.overlap import neighbouring
    from govmap.texts import enumerated

    if not atlas.covered:
        message = _("No mechanism of the dataset existed {as_of}").format(as_of=as_of(atlas.as_of))
        return NoAnswerError(message, ("govmap list mechanisms",))
    labels = enumerated(atlas.themes[id_].label for id_ in themes)
    near = any(atlas.groups_on(id_) for id_ in neighbouring(atlas, set(themes)))
    call = f'govmap overlap "{atlas.themes[themes[0]].label}"' if near else "govmap overlap"
    return NoAnswerError(_("{themes} is on the subject, but no group works on it").format(themes=labels), (call,))
