"""The pages of lists, one table each, and their rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

from govmap.analysis.neighbours import neighbouring
from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.dates import as_of
from govmap.grouping import group_by
from govmap.language import _, ngettext
from govmap.layout import blocks, cells, parts, words
from govmap.layout.page import Column, Lines, Page, Table, Value, number, table, with_columns
from govmap.names.folding import fold
from govmap.parts.roles import chair_of
from govmap.questions.list import EVERYTHING, Filters, Listed, count_of
from govmap.rows import Rows, tidy
from govmap.texts import OR, comma_list, enumerated, in_series, labelled

KEYS = {
    "mechanisms": (
        "id name kind coverage relation founded website members groups secretariat"
        " chaired_by last_chaired_by until scope"
    ),
    "countries": "code alpha2 name kind mechanisms",
    "themes": "id label broader groups mechanisms proposed",
    "groups": "mechanism number name as_written pillar themes since until",
    "secretariats": "agency name mechanisms contradicted",
    "resolutions": "id number title body kind date until note as_written said",
    "sources": "id title publisher date url kind looked_up",
}
SHORT = {  # the columns that fit a line
    "mechanisms": (0, 1, 3, 4, 5),
    "countries": (0, 1, 3, 4),
    "themes": (1, 3),
    "groups": (0, 1, 2),
    "resolutions": (0, 1, 3),
    "sources": (0, 1, 3),
}


def page(
    items: Listed,
    atlas: Atlas,
    *,
    what: str = "mechanisms",
    filters: Filters = EVERYTHING,
    sort: str | None = None,
    full: bool = False,
) -> Page:
    """Return the page of the list *what*, narrowed by *filters*: a line for each record, all columns where *full*."""
    filtered, title = _in_words(filters, atlas), words.capitalised(words.term(what))
    if filtered:
        title = _("{list} ({filters})").format(list=title, filters=filtered)
    first = {"themes": 1, "secretariats": -1}.get(what)  # themes of the fewest mechanisms, agencies of the most
    if sort is None and first:
        items = tuple(sorted(items, key=lambda item: (first * count_of(item), fold(_label(item)))))
    others = what == "mechanisms" and not filtered and all(item.coverage == "full" for item in cast("Any", items))
    names = None if full else _names_alone(what, items, filters)
    beside = {
        "themes": _("labels"),
        "groups": _("themes"),
        "mechanisms": _("kinds, chairs"),
        "resolutions": _("what they say of mechanisms"),
        "sources": _("addresses"),
    }
    return blocks.make_page(
        title,
        blocks.sentences(
            _answer(what, items),
            blocks.more_without_members(atlas) if others else "",
            _on_neighbours(filters.themes, atlas),
            _not_in_lists(what, filters, atlas),
            *(_without_chair(filters.chair, atlas) if filters.chair else ()),
        ),
        names or _table(what, items, atlas, full=full, filtered=filtered),
        *(_details(what, items, atlas) if full else ()),
        of=atlas,
        more=blocks.more(*([beside[what]] if what in beside else [])) if items else "",
    )


def _without_chair(code: str, atlas: Atlas) -> Iterator[str]:
    """Yield of which mechanisms it is not known who chairs them on the date, and of which the country did last."""
    open_ = sorted((body for body in atlas.covered if not body.chairs), key=lambda body: body.id)
    if open_:
        text = _("Who chairs {mechanisms} {as_of} is not known.")
        yield text.format(mechanisms=comma_list(body.id for body in open_), as_of=as_of(atlas.as_of))
    last = [body.id for body in open_ if (now := chair_of(atlas, body)) and code in now.codes[1]]
    if last:
        text = _("Last known in the chair of {mechanisms}: {country}.")
        yield text.format(mechanisms=enumerated(last), country=atlas.countries[code].name)


def _on_neighbours(themes: tuple[str, ...], atlas: Atlas) -> str:
    """Return the call that has the groups on the neighbours of *themes* on which no group works."""
    neighbours = neighbouring(atlas, set(themes))
    if any(map(atlas.is_worked_on, themes)) or not any(map(atlas.is_worked_on, neighbours)):
        return ""
    call = Call("overlap", atlas.themes[themes[0]].label)
    return _("No group works on it directly; groups on neighbouring themes: {call}").format(call=call)


def _not_in_lists(what: str, filters: Filters, atlas: Atlas) -> str:
    """Return what the lists that the *filters* ask for do not show by the date."""
    if what == "countries" and filters.member:
        return blocks.not_in_list(atlas, (filters.member,), "members")
    return blocks.groups_not_in_lists(atlas, filters.themes)


def _label(item: Any) -> str:
    return str(getattr(item, "label", "") or item.name)


def _names_alone(what: str, items: Any, filters: Filters) -> Lines | None:
    """Return the names of records of which a short page has no more: bodies only named, themes without a group."""
    if items and what == "themes" and not any(map(count_of, items)):
        return Lines("", (in_series(theme.label for theme in items),))
    if items and what == "mechanisms" and filters.coverage == "mentioned":
        by_kind = sorted(group_by(items, lambda item: item.kind).items())
        texts = (labelled(words.capitalised(words.term(kind)), _in_full(bodies)) for kind, bodies in by_kind)
        return blocks.lines("", texts)
    return None


def _details(what: str, items: Any, atlas: Atlas) -> Iterator[Lines | None]:
    """Yield what the whole page has below its table."""
    if what == "themes":
        yield Lines("", (_("Proposed in: the languages in which the preferred label is this dataset's proposal"),))
    elif what == "mechanisms":
        yield blocks.notes(*words.name_notes(atlas.mechanisms[item.id] for item in items))
    elif what == "resolutions":
        yield from (_resolution(item, atlas) for item in items)


def _table(what: str, items: Any, atlas: Atlas, *, full: bool, filtered: str) -> Table:
    """Return a line for each record, with the columns that fit it, or all."""
    empty = _("No record matches all of these filters") if filtered else ""
    whole = table("", _headings(what), (_row(what, item, atlas) for item in items), empty=empty)
    return whole if full or what not in SHORT else with_columns(whole, SHORT[what])


def _in_full(refs: Iterable[Any]) -> str:
    return in_series(map(words.subject_name_after, refs))


def _answer(what: str, items: Any) -> str:
    """Return how many records the list has; of themes, how many mechanisms work on them."""
    size = len(items)
    templates = {
        "mechanisms": ngettext("{n} mechanism.", "{n} mechanisms.", size),
        "countries": ngettext("{n} country.", "{n} countries.", size),
        "themes": ngettext("{n} theme", "{n} themes", size),
        "groups": ngettext("{n} group.", "{n} groups.", size),
        "secretariats": ngettext("{n} secretariat.", "{n} secretariats.", size),
        "resolutions": ngettext("{n} resolution.", "{n} resolutions.", size),
        "sources": ngettext("{n} source.", "{n} sources.", size),
    }
    counted = templates[what].format(n=size)
    if what != "themes":
        return counted
    nobody, single = (sum(len(item.mechanisms) == n for item in items) for n in (0, 1))
    if nobody == size:
        return words.counted(
            "No group works on {n} theme; groups on narrower themes do not count.",
            "No group works on these {n} themes; groups on narrower themes do not count.",
            size,
        )
    covered = {"themes": counted, "nobody": nobody, "single": single, "several": size - nobody - single}
    return _("{themes}: {nobody} covered by no mechanism, {single} by one only, {several} by several.").format(
        **covered
    )


def _headings(what: str) -> tuple[str | Column, ...]:
    groups = number(_("Groups"))
    headings: dict[str, tuple[str | Column, ...]] = {
        "mechanisms": (
            _("Id"),
            _("Mechanism"),
            _("Kind"),
            number(_("Countries")),
            groups,
            _("Secretariat"),
            _("Chair"),
        ),
        "countries": (_("Code"), _("Country"), _("Kind"), number(_("Count")), _("Listed in")),
        "themes": (_("Id"), _("Theme"), groups, _("Mechanisms"), _("Proposed in")),
        "groups": (_("In"), number(_("No.")), _("Group"), _("Themes")),
        "secretariats": (_("Id"), _("Agency"), number(_("Count")), _("Serves")),
        "resolutions": (_("Number"), _("Title"), _("Adopted by"), _("Date")),
        "sources": (_("Id"), _("Title"), _("Publisher"), _("Date"), _("Kind"), _("Address")),
    }
    return headings[what]


def _row(what: str, item: Any, atlas: Atlas) -> tuple[Value, ...]:
    """Return the cells of a record, under the headings of its list."""
    if what == "mechanisms":
        name = words.name_and_acronym(atlas, item)
        members = _("not given") if item.members is None else item.members
        groups = _("none listed") if item.groups is None else item.groups
        secretariat = ", ".join(words.acronym(atlas, id_) for id_ in item.secretariat) or _("none named")
        return item.id, name, words.term(item.kind), members, groups, secretariat, parts.chair(item.chair)
    if what == "countries":
        return item.code, item.name, words.term(item.kind), len(item.mechanisms), comma_list(item.mechanisms)
    if what == "themes":
        return item.id, item.label, item.groups, comma_list(item.mechanisms) or _("none"), " ".join(item.proposed)
    if what == "groups":
        return item.mechanism, item.number, item.name, words.theme_labels(atlas, item.themes)
    if what == "secretariats":
        differs = words.term("contradicted")
        served = (f"{id_} ({differs})" if id_ in item.contradicted else id_ for id_ in item.mechanisms)
        return item.agency, item.name, len(item.mechanisms), comma_list(served)
    if what == "resolutions":
        return item.number, item.title, item.body, words.start_to_end(item.date or "", item.until)
    return item.id, item.title, item.publisher, item.date, words.term(item.kind), item.url


def _resolution(item: Any, atlas: Atlas) -> Lines:
    """Return what a resolution is on and what it says of mechanisms."""
    points = []
    for point in item.points:
        known = (atlas.mechanisms[id_] for id_ in point.mechanisms if id_ in atlas.mechanisms)
        points.append(labelled(f"{_(point.says)} {point.text}", _in_full(known)))
    return Lines(item.number, tuple(filter(None, (item.note, *points))))


def _in_words(filters: Filters, atlas: Atlas) -> str:
    """Return what a list was narrowed to, by names; nothing for a whole one."""
    member, themes, agency = filters.member, filters.themes, filters.secretariat
    given = (
        (_("member: {name}"), member and (atlas.countries[member].name if member in atlas.countries else member)),
        (_("theme: {name}"), enumerated((atlas.themes[id_].label for id_ in themes), by=OR) if themes else None),
        (_("secretariat: {name}"), agency and atlas.agencies[agency].name),
        (_("chair: {name}"), filters.chair and atlas.countries[filters.chair].name),
        (_("kind: {name}"), words.term(filters.kind) if filters.kind else None),
        (_("only named in the source"), filters.coverage == "mentioned"),
        (_("including those without members"), filters.coverage == "all"),
        (_("no group"), filters.uncovered),
    )
    return "; ".join(template.format(name=value) for template, value in given if value)


def rows(items: Listed, atlas: Atlas, *, what: str = "mechanisms", filters: Filters = EVERYTHING) -> Rows:
    """Return the records of a list, one a row."""
    given = (  # for programs, which find the same ids in every language
        ("member", filters.member),
        ("theme", " or ".join(filters.themes)),
        ("secretariat", filters.secretariat),
        ("chair", filters.chair),
        ("kind", filters.kind),
        ("coverage", filters.coverage if filters.coverage != "full" else None),
    )
    narrowed = [f"{name} {value}" for name, value in given if value] + ["no group"] * filters.uncovered
    asked = f"{what} with {', '.join(narrowed)}" if narrowed else what
    facts = (cells.pick(item, KEYS[what]) for item in items)
    return tidy(f"asked as_of {KEYS[what]}", facts, asked=asked, as_of=atlas.as_of)
