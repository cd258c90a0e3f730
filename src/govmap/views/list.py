"""The pages of lists, one table each, and their rows."""

from __future__ import annotations

from typing import Any

from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.dates import as_of
from govmap.language import N_, _, ngettext, speaking
from govmap.layout import blocks, cells, words
from govmap.layout.page import Column, Lines, Page, Value, number, table
from govmap.questions.list import Filters, Listed
from govmap.rows import Rows, tidy
from govmap.texts import OR, enumerated

EVERYTHING = Filters()
TITLES = {
    "mechanisms": N_("Mechanisms"),
    "countries": N_("Countries"),
    "themes": N_("Themes"),
    "groups": N_("Groups"),
    "secretariats": N_("Secretariats"),
    "sources": N_("Sources"),
}
KEYS = {
    "mechanisms": "id name kind coverage relation founded website members groups secretariat until scope",
    "countries": "code alpha2 name kind mechanisms",
    "themes": "id label broader groups mechanisms proposed",
    "groups": "mechanism number name as_written pillar themes since until",
    "secretariats": "agency name mechanisms contradicted",
    "sources": "id title publisher date url kind looked_up",
}
OWN_LABELS = N_("The languages in which the preferred label is a proposal of this dataset")


def page(items: Listed, atlas: Atlas, *, what: str = "mechanisms", filters: Filters = EVERYTHING) -> Page:
    """Return the page of the list *what*, narrowed by *filters*."""
    filtered, of_mechanisms = _in_words(filters), what == "mechanisms"
    rows = (_row(what, item, atlas) for item in items)
    title = _("{list} with {filters}").format(list=_(TITLES[what]), filters=filtered) if filtered else _(TITLES[what])
    return blocks.make_page(
        title,
        _subtitle(what, len(items), atlas.as_of),
        table("", _headings(what), rows, empty=_("Nothing fits all of these filters") if filtered else ""),
        Lines(_("Own"), (_(OWN_LABELS),)) if what == "themes" else None,
        _own_names(items, atlas) if of_mechanisms else None,
        _not_in_this_list(items, atlas) if of_mechanisms and not filtered else None,
        blocks.caution(atlas.caution),
    )


def _subtitle(what: str, size: int, date: str) -> str:
    """Return how many records the list has, and as of when."""
    templates = {
        "mechanisms": ngettext("{n} mechanism, {as_of}", "{n} mechanisms, {as_of}", size),
        "countries": ngettext("{n} country, {as_of}", "{n} countries, {as_of}", size),
        "themes": ngettext("{n} theme, {as_of}", "{n} themes, {as_of}", size),
        "groups": ngettext("{n} group, {as_of}", "{n} groups, {as_of}", size),
        "secretariats": ngettext("{n} secretariat, {as_of}", "{n} secretariats, {as_of}", size),
        "sources": ngettext("{n} source, {as_of}", "{n} sources, {as_of}", size),
    }
    return templates[what].format(n=size, as_of=as_of(date))


def _headings(what: str) -> tuple[str | Column, ...]:
    groups = number(_("Groups"))
    headings: dict[str, tuple[str | Column, ...]] = {
        "mechanisms": (_("Id"), _("Mechanism"), _("Kind"), number(_("Countries")), groups, _("Secretariat")),
        "countries": (_("Code"), _("Country"), _("Kind"), number(_("Count")), _("Listed in")),
        "themes": (_("Id"), _("Theme"), groups, _("Mechanisms"), _("Own")),
        "groups": (_("In"), number(_("No.")), words.untranslated(_("Group")), _("Themes")),
        "secretariats": (_("Id"), _("Agency"), _("Serves")),
        "sources": (_("Id"), _("Title"), _("Publisher"), _("Date"), _("Kind"), _("Address")),
    }
    return headings[what]


def _row(what: str, item: Any, atlas: Atlas) -> tuple[Value, ...]:
    """Return the cells of a record, under the headings of its list."""
    if what == "mechanisms":
        name = words.name_and_acronym(atlas, item)
        members = _("not given") if item.members is None else item.members
        groups = _("none listed") if item.groups is None else item.groups
        secretariat = words.acronyms(atlas, item.secretariat) or _("not stated")
        return item.id, name, words.term(item.kind), members, groups, secretariat
    if what == "countries":
        return item.code, item.name, words.term(item.kind), len(item.mechanisms), ", ".join(item.mechanisms)
    if what == "themes":
        return item.id, item.label, item.groups, ", ".join(item.mechanisms), " ".join(item.proposed)
    if what == "groups":
        return item.mechanism, item.number, item.name, words.theme_labels(atlas, item.themes)
    if what == "secretariats":
        differs = words.term("contradicted")
        served = (f"{id_} ({differs})" if id_ in item.contradicted else id_ for id_ in item.mechanisms)
        return item.agency, item.name, ", ".join(served)
    return item.id, item.title, item.publisher, item.date, words.term(item.kind), item.url


def _own_names(items: Any, atlas: Atlas) -> Lines | None:
    return blocks.lines(_("Note"), words.name_notes(atlas.mechanisms[item.id] for item in items))


def _not_in_this_list(items: Any, atlas: Atlas) -> Lines | None:
    """Return that a whole list of mechanisms has those with members alone, where there are others."""
    mentioned = len(atlas.mentioned)
    if not mentioned or any(item.coverage != "full" for item in items):
        return None
    note = words.counted(
        "The source names {n} more body without members: {call}",
        "The source names {n} more bodies without members: {call}",
        mentioned,
        call=Call("list", "mechanisms", coverage="mentioned"),
    )
    return Lines(_("Not in this list"), (note,))


def _in_words(filters: Filters) -> str:
    """Return what a list was narrowed to; nothing for a whole one."""
    given = (
        (_("member {name}"), filters.member),
        (_("theme {name}"), enumerated(filters.themes, by=OR) if filters.themes else None),
        (_("secretariat {name}"), filters.secretariat),
        (_("kind {name}"), words.term(filters.kind) if filters.kind else None),
        (_("coverage {name}"), filters.coverage if filters.coverage != "full" else None),
    )
    return ", ".join(template.format(name=value) for template, value in given if value)


def rows(items: Listed, atlas: Atlas, *, what: str = "mechanisms", filters: Filters = EVERYTHING) -> Rows:
    """Return the records of a list, one a row."""
    with speaking("en"):  # for programs, which find the same in every language
        filtered = _in_words(filters)
    asked = f"{what} with {filtered}" if filtered else what
    facts = (cells.pick(item, KEYS[what]) for item in items)
    return tidy(f"asked as_of {KEYS[what]}", facts, asked=asked, as_of=atlas.as_of)
