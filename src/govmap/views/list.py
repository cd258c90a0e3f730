"""The pages of lists, one table each, and their rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.dates import as_of
from govmap.language import N_, _, ngettext, speaking
from govmap.layout.page import Block, Column, Lines, Page, Table, columns
from govmap.layout.words import (
    as_in_data,
    caution_lines,
    known_as,
    of_data,
    own_wording,
    served_by,
    theme_labels,
)
from govmap.questions.list import Filters, Listed
from govmap.rows import Cell, Rows, tidy
from govmap.texts import OR, enumerated

Row = tuple[str, ...]
EVERYTHING = Filters()


def _mechanism(item: Any, atlas: Atlas) -> Row:
    known = (
        str(item.members) if item.members is not None else _("not given"),
        str(item.groups) if item.groups is not None else _("none listed"),
    )
    return (
        item.id,
        known_as(atlas, item.id, item.name),
        of_data(item.kind),
        *known,
        served_by(atlas, item.secretariat) or _("not stated"),
    )


def _country(item: Any, _atlas: Atlas) -> Row:
    return item.code, item.name, of_data(item.kind), str(len(item.mechanisms)), ", ".join(item.mechanisms)


def _theme(item: Any, _atlas: Atlas) -> Row:
    return (
        item.id,
        item.label,
        str(item.groups),
        ", ".join(item.mechanisms),
        " ".join(item.proposed),
    )


def _group(item: Any, atlas: Atlas) -> Row:
    return item.mechanism, str(item.number), item.name, theme_labels(atlas, item.themes)


def _secretariat(item: Any, _atlas: Atlas) -> Row:
    return item.agency, item.name, ", ".join(item.mechanisms)


def _source(item: Any, _atlas: Atlas) -> Row:
    return item.id, item.title, item.publisher, item.date or "", of_data(item.kind), item.url or ""


ROWS: dict[str, Callable[[Any, Atlas], Row]] = {
    "mechanisms": _mechanism,
    "countries": _country,
    "themes": _theme,
    "groups": _group,
    "secretariats": _secretariat,
    "sources": _source,
}
TITLES = {
    "mechanisms": N_("Mechanisms"),
    "countries": N_("Countries"),
    "themes": N_("Themes"),
    "groups": N_("Groups"),
    "secretariats": N_("Secretariats"),
    "sources": N_("Sources"),
}


def _headings(what: str) -> tuple[Column, ...]:
    number, groups, total = _("No."), _("Groups"), _("Count")
    listed = _("Countries")
    headings = {
        "mechanisms": (_("Id"), _("Mechanism"), _("Kind"), listed, groups, _("Secretariat")),
        "countries": (_("Code"), _("Country"), _("Kind"), total, _("Listed in")),
        "themes": (_("Id"), _("Theme"), groups, _("Mechanisms"), _("Own")),
        "groups": (_("In"), number, as_in_data(_("Group")), _("Themes")),
        "secretariats": (_("Id"), _("Agency"), _("Serves")),
        "sources": (_("Id"), _("Title"), _("Publisher"), _("Date"), _("Kind"), _("Address")),
    }
    return columns(*headings[what], numbers=(number, groups, total, listed))


def _counted(what: str, number: int, date: str) -> str:
    """Return the subtitle: how many there are in the list, and as of when."""
    texts = {
        "mechanisms": ngettext("{n} mechanism, {as_of}", "{n} mechanisms, {as_of}", number),
        "countries": ngettext("{n} country, {as_of}", "{n} countries, {as_of}", number),
        "themes": ngettext("{n} theme, {as_of}", "{n} themes, {as_of}", number),
        "groups": ngettext("{n} group, {as_of}", "{n} groups, {as_of}", number),
        "secretariats": ngettext("{n} secretariat, {as_of}", "{n} secretariats, {as_of}", number),
        "sources": ngettext("{n} source, {as_of}", "{n} sources, {as_of}", number),
    }
    return texts[what].format(n=number, as_of=as_of(date))


def page(items: Listed, atlas: Atlas, *, what: str = "mechanisms", filters: Filters = EVERYTHING) -> Page:
    """Return the page of the list *what*, narrowed by *filters*."""
    narrowed = _in_words(filters)
    cells = tuple(ROWS[what](item, atlas) for item in items)
    blocks: list[Block] = [Table("", _headings(what), cells, _("Nothing fits all of these filters"))]
    if what == "themes":
        own = _("The languages in which the preferred label is a proposal of this dataset")
        blocks.append(Lines(_("Own"), (own,)))
    if what == "mechanisms":
        blocks += _on_mechanisms(items, atlas, whole=not narrowed)
    blocks += caution_lines(atlas.caution)
    title = _("{list} with {filters}").format(list=_(TITLES[what]), filters=narrowed) if narrowed else _(TITLES[what])
    return Page(title, _counted(what, len(cells), atlas.as_of), tuple(blocks))


def _on_mechanisms(items: Any, atlas: Atlas, *, whole: bool) -> list[Lines]:
    """Return whose names are no published ones, and, of the *whole* list, what is not in it."""
    lines = []
    named = own_wording(atlas.mechanisms[item.id] for item in items)
    if named:
        lines.append(Lines(_("Note"), named))
    mentioned = sum(m.coverage == "mentioned" for m in atlas.mechanisms.values())
    if mentioned and whole and all(item.coverage == "full" for item in items):
        text = ngettext(
            "The source names {n} more body without members: {call}",
            "The source names {n} more bodies without members: {call}",
            mentioned,
        )
        call = Call("list", "mechanisms", coverage="mentioned")
        lines.append(Lines(_("Not in this list"), (text.format(n=mentioned, call=call),)))
    return lines


def _in_words(filters: Filters) -> str:
    """Return what a list was narrowed to; nothing for a whole one."""
    given = (
        (_("member {name}"), filters.member),
        (_("theme {name}"), enumerated(filters.themes, by=OR) if filters.themes else None),
        (_("secretariat {name}"), filters.secretariat),
        (_("kind {name}"), of_data(filters.kind) if filters.kind else None),
        (_("coverage {name}"), filters.coverage if filters.coverage != "full" else None),
    )
    return ", ".join(text.format(name=value) for text, value in given if value)


RECORDS = {
    "mechanisms": "id name kind coverage relation founded website members groups secretariat until",
    "countries": "code alpha2 name kind mechanisms",
    "themes": "id label broader groups mechanisms proposed",
    "groups": "mechanism number name as_written pillar themes since until",
    "secretariats": "agency name mechanisms",
    "sources": "id title publisher date url kind looked_up",
}


def rows(items: Listed, atlas: Atlas, *, what: str = "mechanisms", filters: Filters = EVERYTHING) -> Rows:
    """Return the records of a list, one a row; ids of which a record has several stand in one cell, a space apart."""
    keys = RECORDS[what].split()
    records = ({key: _cell(getattr(item, key)) for key in keys} for item in items)
    with speaking("en"):  # for programs, which find the same in every language
        narrowed = _in_words(filters)
    asked = f"{what} with {narrowed}" if narrowed else what
    return tidy(f"asked as_of {RECORDS[what]}", records, asked=asked, as_of=atlas.as_of)


def _cell(value: Any) -> Cell:
    return " ".join(value) or None if isinstance(value, tuple) else value
