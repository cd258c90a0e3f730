"""The page of a comparison, and its rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govmap.analysis.seats import NO_LIMIT, Limit
from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.dates import as_of
from govmap.language import N_, _
from govmap.layout.page import Lines, Page, Table, columns
from govmap.layout.pairs import PAIR_KEYS, nothing_of, pair_cells, pair_table, relation_sentences
from govmap.layout.words import (
    alphabetical,
    caution_lines,
    change_cells,
    change_lines,
    countries,
    evidence_in,
    limit_words,
    mechanisms,
    name_lines,
    relation_notes,
    theme_labels,
)
from govmap.questions.compare import Comparison, Likeness
from govmap.questions.membership import Membership
from govmap.records import CountryRef, MechanismRef
from govmap.rows import Cell, Rows, tidy
from govmap.texts import enumerated, in_series
from govmap.views import compare_likeness, membership

SHOWN = {
    "distinct": N_("shown is what these share and no other has"),
    "union": N_("shown is what at least one has"),
}
COLUMNS = (
    f"asked as_of limit fact item other {' '.join(PAIR_KEYS)} code country mechanism mechanism_name theme theme_label"
    " date text sources"
)


def page(found: Comparison[Any] | Likeness | Membership, atlas: Atlas, *, mode: str = "intersect") -> Page:
    """Return the page that sets mechanisms or countries side by side, in the sets that *mode* names, or ranks them."""
    if isinstance(found, Comparison):
        return _compared(found, atlas, mode)
    return compare_likeness.page(found, atlas) if isinstance(found, Likeness) else membership.page(found, atlas)


def rows(found: Comparison[Any] | Likeness | Membership, atlas: Atlas) -> Rows:
    """Return what each thing compared has, each theme of it, each pair and each change, one a row."""
    if isinstance(found, Comparison):
        return _rows(found, atlas)
    return compare_likeness.rows(found, atlas) if isinstance(found, Likeness) else membership.rows(found, atlas)


def _compared(comparison: Comparison[Any], atlas: Atlas, mode: str) -> Page:
    by_country = comparison.kind == "mechanism"
    names = {item.id: item.id if by_country else item.name for item in comparison.items}
    limit = Limit(comparison.relation, comparison.theme)
    title = _("{names}, by the countries they list") if by_country else _("{names}, by the mechanisms that list them")
    changed = change_lines(comparison.as_of, comparison.changes)
    return Page(
        title.format(names=enumerated(names.values())),
        _subtitle(comparison, limit, atlas, mode),
        (
            Lines(_("In words"), _in_words(comparison, names, limit, atlas)),
            _who(comparison, names, mode),
            pair_table(comparison.pairs, names),
            _themes(comparison, names, atlas),
            *caution_lines(comparison.caution),
            *changed,
            *_relations(comparison, atlas),
            *(name_lines(atlas, [item.id for item in comparison.items]) if by_country else ()),
            evidence_in(*(Call(comparison.kind, item.id) for item in comparison.items)),
        ),
    )


def _subtitle(comparison: Comparison[Any], limit: Limit, atlas: Atlas, mode: str) -> str:
    """Return how many each of the things compared has, and all of them together; and what is shown of that."""
    nothing = "0" if limit == NO_LIMIT else _("left out")
    sizes = [_("{name}: {size}").format(name=item.name, size=item.size or nothing) for item in comparison.items]
    total = (countries if comparison.kind == "mechanism" else mechanisms)(comparison.union_size)
    within = limit_words(atlas, limit)
    in_all = _("{total} in all, {as_of}{limit}").format(total=total, as_of=as_of(comparison.as_of), limit=within)
    return in_series([*sizes, in_all, *([_(SHOWN[mode])] if mode in SHOWN else [])])


def _relations(comparison: Comparison[Any], atlas: Atlas) -> tuple[Lines, ...]:
    """Return what being listed means, where it is no membership."""
    ids = [item.id for item in comparison.items] if comparison.kind == "mechanism" else [r.id for r in comparison.union]
    notes = relation_notes(atlas, ids)
    return (Lines(_("What a listing means"), notes),) if notes else ()


def _in_words(comparison: Comparison[Any], names: dict[str, str], limit: Limit, atlas: Atlas) -> tuple[str, ...]:
    """Return how each pair stands, and which of the things compared have nothing to compare."""
    empty = [item.id for item in comparison.items if not item.size]
    pairs = tuple(pair for pair in comparison.pairs if not {pair.left, pair.right}.intersection(empty))
    told = relation_sentences(pairs, names, comparison.kind, limit.relation) if pairs else ()
    return (*told, *(nothing_of(id_, names[id_], comparison.kind, limit, atlas) for id_ in empty))


def _refs(refs: tuple[CountryRef | MechanismRef, ...]) -> str:
    return ", ".join(alphabetical(ref.name if isinstance(ref, CountryRef) else ref.id for ref in refs)) or _("none")


def _both(comparison: Comparison[Any]) -> str:
    number = len(comparison.items)
    return _("In both") if number == 2 else _("In all {n}").format(n=number)


def _some(ids: tuple[str, ...], names: dict[str, str]) -> str:
    return _("In {names}").format(names=", ".join(names[id_] for id_ in ids))


def _alone(comparison: Comparison[Any], name: str) -> str:
    told = _("Only {name}") if len(comparison.items) == 2 else _("Of these only {name}")
    return told.format(name=name)


def _who(comparison: Comparison[Any], names: dict[str, str], mode: str) -> Table:
    by_country = comparison.kind == "mechanism"
    things = _("Countries") if by_country else _("Mechanisms")
    headings = columns(_("Where"), _("Count"), things, numbers=(_("Count"),))
    if mode == "distinct":
        where = _("{where}, and in no other mechanism") if by_country else _("{where}, and in no other country")
        parts = [(where.format(where=_both(comparison)), comparison.distinct)]
    elif mode == "union":
        parts = [(_("In at least one"), comparison.union)]
    else:
        parts = [(_both(comparison), comparison.shared)]
        parts += [(_some(part.items, names), part.shared) for part in comparison.partly]
        parts += [(_alone(comparison, names[id_]), refs) for id_, refs in comparison.only.items()]
    return Table(things, headings, tuple((where, str(len(refs)), _refs(refs)) for where, refs in parts))


def _themes(comparison: Comparison[Any], names: dict[str, str], atlas: Atlas) -> Table:
    themes = comparison.themes
    rows = [(_both(comparison), str(len(themes.shared)), theme_labels(atlas, themes.shared) or _("none"))]
    rows += [
        (_some(part.items, names), str(len(part.shared)), theme_labels(atlas, part.shared)) for part in themes.partly
    ]
    for id_, ids in themes.only.items():
        known = (str(len(ids)), theme_labels(atlas, ids) or _("none"))
        unknown = ("", _("not known: the source lists no groups, which is not the same as none"))
        rows.append((_alone(comparison, names[id_]), *(unknown if id_ in comparison.themes_unknown else known)))
    headings = columns(_("Where"), _("Count"), _("Themes"), numbers=(_("Count"),))
    return Table(_("Themes of their groups"), headings, tuple(rows))


def _rows(comparison: Comparison[Any], atlas: Atlas) -> Rows:
    asked = " ".join(item.id for item in comparison.items)
    limit = " ".join(word for word in (comparison.relation, comparison.theme) if word) or None
    return tidy(COLUMNS, _cells(comparison, atlas), asked=asked, as_of=comparison.as_of, limit=limit)


def _cells(comparison: Comparison[Any], atlas: Atlas) -> Iterator[dict[str, Cell]]:
    for item in comparison.items:
        held = [comparison.shared, comparison.only[item.id]]
        held += [part.shared for part in comparison.partly if item.id in part.items]
        for ref in sorted((ref for refs in held for ref in refs), key=lambda ref: ref.name):
            yield {"fact": "listed", "item": item.id, **_ref_cells(ref)}
        themes = [comparison.themes.shared, comparison.themes.only[item.id]]
        themes += [part.shared for part in comparison.themes.partly if item.id in part.items]
        for theme in sorted(id_ for ids in themes for id_ in ids):
            yield {"fact": "theme", "item": item.id, "theme": theme, "theme_label": atlas.themes[theme].label}
    yield from pair_cells(comparison.pairs)
    yield from change_cells(comparison.changes)


def _ref_cells(ref: CountryRef | MechanismRef) -> dict[str, Cell]:
    if isinstance(ref, CountryRef):
        return {"code": ref.code, "country": ref.name}
    return {"mechanism": ref.id, "mechanism_name": ref.name}
