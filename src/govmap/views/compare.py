"""The page of a comparison, and its rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govmap.analysis.seats import NO_LIMIT, Limit
from govmap.atlas import Atlas
from govmap.dates import as_of
from govmap.language import _, marked
from govmap.layout.page import Lines, Page, Sources, Table, View, columns
from govmap.layout.words import (
    alphabetical,
    caution_lines,
    change_cells,
    change_lines,
    countries,
    limit_words,
    mechanisms,
    name_lines,
    relation_notes,
    theme_labels,
)
from govmap.questions.compare import Comparison, Pair
from govmap.records import CountryRef, MechanismRef
from govmap.rows import Cell, Rows, tidy
from govmap.texts import decimal, enumerated, in_series, percent

SHOWN = {
    "distinct": marked("shown is what these share and no other has"),
    "union": marked("shown is what at least one has"),
}
# translators: {things} is one of members, observers, endorsers, countries …: all masculine plurals
SET_RELATION = {
    "equal": marked("{left} and {right} have the same {things}"),
    "contains": marked("{right} is within {left}: every one of its {things} is also in {left}"),
    "within": marked("{left} is within {right}: every one of its {things} is also in {right}"),
    "overlapping": marked("{left} and {right} overlap; neither contains the other"),
    "disjoint": marked("{left} and {right} share no {things}"),
}
LISTING_RELATION = {
    "equal": marked("{left} and {right} are listed by the same mechanisms"),
    "contains": marked("Every mechanism that lists {right} also lists {left}"),
    "within": marked("Every mechanism that lists {left} also lists {right}"),
    "overlapping": marked("Some mechanisms list both {left} and {right}, others only one of them"),
    "disjoint": marked("No mechanism lists both {left} and {right}"),
}
THINGS = {
    None: marked("countries"),
    "member": marked("members"),
    "associate": marked("associate members"),
    "observer": marked("observers"),
    "endorser": marked("endorsers"),
    "covered": marked("countries covered"),
}
FEW = 3  # of so many things each pair gets its sentence; of more, those whose relation says something
PAIR_KEYS = ("shared", "only_left", "only_right", "jaccard", "containment_left", "containment_right", "relation")
COLUMNS = (
    f"asked as_of limit fact item other {' '.join(PAIR_KEYS)} code country mechanism mechanism_name theme theme_label"
    " date text sources"
)


def compare_view(comparison: Comparison[Any], atlas: Atlas, mode: str = "intersect") -> View:
    """Return the page, which shows the sets by *mode* (intersect, distinct or union), and the rows of a comparison."""
    return View(lambda: compare_page(comparison, atlas, mode), lambda: compare_rows(comparison, atlas))


def compare_page(comparison: Comparison[Any], atlas: Atlas, mode: str = "intersect") -> Page:
    """Return the page that sets mechanisms or countries side by side."""
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
            Sources(instead=_where_sources_are(comparison)),
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


def nothing_of(id_: str, name: str, kind: str, limit: Limit, atlas: Atlas) -> str:
    """Return why a mechanism or a country has nothing to compare, within *limit*."""
    if kind == "country":
        within = limit_words(atlas, limit)
        return _("No mechanism of the dataset lists {country}{limit}").format(country=name, limit=within)
    if limit.theme and atlas.is_silent(atlas.mechanisms[id_], "groups"):
        told = _("{name} is left out: its groups are not known, so neither is whether one works on the theme")
        return told.format(name=name)
    if limit.theme and limit.theme not in atlas.themes_of(atlas.mechanisms[id_]):
        theme = atlas.themes[limit.theme].label
        return _("{name} is left out: it has no group on {theme}").format(name=name, theme=theme)
    return _("{name} is left out: it lists no {things}").format(name=name, things=_(THINGS[limit.relation]))


def _where_sources_are(comparison: Comparison[Any]) -> str:
    command = "mechanism" if comparison.kind == "mechanism" else "country"
    calls = ", ".join(f"govmap {command} {item.id}" for item in comparison.items)
    return _("Each list with its evidence: {calls}").format(calls=calls)


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


def pair_table(pairs: tuple[Pair, ...], names: dict[str, str]) -> Table:
    """Return how each pair overlaps, in numbers."""
    rows = tuple(
        (
            f"{names[p.left]}, {names[p.right]}",
            str(p.shared),
            str(p.only_left),
            str(p.only_right),
            decimal(p.jaccard),
            _share(p.containment_left),
            _share(p.containment_right),
            str(len(p.themes.shared)) if p.themes else _("not known"),
        )
        for p in pairs
    )
    only = (_("Only 1st"), _("Only 2nd"))
    headings = (_("Shared"), *only, "Jaccard", _("of 1st"), _("of 2nd"), _("Common themes"))
    return Table(_("Overlap of each pair"), columns(_("Pair"), *headings, numbers=headings), rows)


def _share(containment: float | None) -> str:
    return "" if containment is None else percent(containment)


def relation_sentences(
    pairs: tuple[Pair, ...], names: dict[str, str], kind: str, relation: str | None = None
) -> tuple[str, ...]:
    """Return in words how the sets of each pair stand.

    Of many pairs of mechanisms only what is more than that they overlap is told, of many countries only which are
    listed by the same. *relation* is what the sets were limited to.
    """
    if kind == "country" and len(pairs) > FEW:
        return _alike(pairs, names)
    told = [pair for pair in pairs if len(pairs) <= FEW or pair.relation != "overlapping"]
    phrases = LISTING_RELATION if kind == "country" else SET_RELATION
    things = _(THINGS[relation])
    sentences = [
        _(phrases[pair.relation]).format(left=names[pair.left], right=names[pair.right], things=things) for pair in told
    ]
    if not told:
        sentences.append(_("All pairs overlap; neither contains the other"))
    elif len(told) < len(pairs):
        sentences.append(_("The other pairs overlap; neither contains the other"))
    return tuple(sentences)


def _alike(pairs: tuple[Pair, ...], names: dict[str, str]) -> tuple[str, ...]:
    """Return which of many countries are listed by the same mechanisms, each such set of them in one sentence."""
    together: list[list[str]] = []
    for pair in pairs:
        if pair.relation == "equal":
            known = next((alike for alike in together if pair.left in alike or pair.right in alike), None)
            if known is None:
                together.append([pair.left, pair.right])
            else:
                known.extend(id_ for id_ in (pair.left, pair.right) if id_ not in known)
    told = _("{names} are listed by the same mechanisms")
    sentences = tuple(told.format(names=enumerated(names[id_] for id_ in alike)) for alike in together)
    return sentences or (_("No two of them are listed by the same mechanisms"),)


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


def compare_rows(comparison: Comparison[Any], atlas: Atlas) -> Rows:
    """Return what each thing compared has, each theme of it, each pair and each change, one a row."""
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


def pair_cells(pairs: tuple[Pair, ...]) -> Iterator[dict[str, Cell]]:
    """Yield the cells of each pair."""
    for pair in pairs:
        yield {"fact": "pair", "item": pair.left, "other": pair.right, **{k: getattr(pair, k) for k in PAIR_KEYS}}
