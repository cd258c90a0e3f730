"""Themes near one another in the vocabulary, and what to say where nobody works or sits."""

from __future__ import annotations

from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.dates import as_of
from govmap.errors import GovmapError, NoAnswerError
from govmap.language import _, ngettext
from govmap.model import Category, Country
from govmap.texts import enumerated


def neighbouring(atlas: Atlas, themes: set[str]) -> set[str]:
    """Return the neighbours of themes in the vocabulary: the broader one and the related ones.

    A theme on which no group works has its narrower ones as neighbours too.
    """
    near: set[str] = set()
    for id_ in themes:
        theme = atlas.themes[id_]
        near.update(theme.related)
        if theme.broader:
            near.add(theme.broader)
        if not atlas.is_worked_on(id_):
            near |= narrower(atlas, {id_})
    return near - themes


def narrower(atlas: Atlas, themes: set[str], without: frozenset[str] = frozenset()) -> set[str]:
    """Return the themes below *themes*, at any depth, but none *without*, nor what is below these alone."""
    below: set[str] = set()
    layer = themes
    while layer:
        layer = {t.id for t in atlas.themes.values() if t.broader in layer} - below - without
        below |= layer
    return below


def within_issue(atlas: Atlas, issue: Category) -> tuple[str, ...]:
    """Return the ids of the themes that stand for an issue of the source's agenda, and of those below them.

    A narrower theme counts for its nearest issue: themes of another issue, and those below them, are left out.
    """
    others = (other.themes for other in atlas.context.categories if other.number != issue.number)
    themes = set(issue.themes)
    return tuple(sorted(themes | narrower(atlas, themes, frozenset().union(*others))))


def nobody_works_on(atlas: Atlas, themes: tuple[str, ...]) -> GovmapError:
    """Return the failure of a question on themes on which there is no group: on that date none may be known at all."""
    if not atlas.covered_heads:
        return _none_existed(atlas)
    if not any(map(atlas.is_worked_on, atlas.themes)):
        instead = (
            Call("history") if any(atlas.stored(m.id).groups for m in atlas.covered) else Call("list", "mechanisms")
        )
        return NoAnswerError(_("No groups are known {as_of}").format(as_of=as_of(atlas.as_of)), (instead,))
    labels = enumerated(atlas.themes[id_].label for id_ in themes)
    near = any(map(atlas.is_worked_on, neighbouring(atlas, set(themes))))
    instead = Call("overlap", atlas.themes[themes[0]].label) if near else Call("overlap")
    return NoAnswerError(_("No group works on {themes}").format(themes=labels), (instead,))


def nobody_is_listed(atlas: Atlas) -> GovmapError:
    """Return the failure of a question on countries where no mechanism lists any on any date."""
    if not atlas.covered_heads:
        return _none_existed(atlas)
    return NoAnswerError(_("No mechanism of the dataset lists any country"), (Call("list", "mechanisms"),))


def nobody_lists(atlas: Atlas, country: Country) -> GovmapError:
    """Return the failure of a question on the mechanisms of a country where none lists it."""
    return NoAnswerError(none_lists(atlas, country.name), (Call("country", atlas.clear_name(country)),))


def none_lists(atlas: Atlas, countries: str, limit: str = "") -> str:
    """Return that no mechanism in scope lists some *countries*, within a *limit*; bodies out of scope may."""
    template = ngettext(
        "The only mechanism does not list {countries}{limit}",
        "None of the {n} mechanisms lists {countries}{limit}",
        len(atlas.covered_heads),
    )
    return template.format(n=len(atlas.covered_heads), countries=countries, limit=limit)


def nothing_to_compare(atlas: Atlas) -> GovmapError:
    """Return the failure of a question that compares, where there are no two things that it could compare."""
    if not atlas.covered_heads:
        return _none_existed(atlas)
    return NoAnswerError(_("No pair to compare"), (Call("list", "mechanisms"),))


def _none_existed(atlas: Atlas) -> GovmapError:
    message = _("No mechanism of the dataset existed {as_of}").format(as_of=as_of(atlas.as_of))
    return NoAnswerError(message, (Call("history"),))
