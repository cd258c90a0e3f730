"""The page of a comparison."""

from __future__ import annotations

from govmap.atlas import Atlas
from govmap.dates import spoken
from govmap.pages.page import Lines, Page, Table, columns
from govmap.pages.words import SET_RELATION, caution_lines, change_lines, theme_labels
from govmap.queries.compare import Comparison, Pair, Refs
from govmap.queries.records import CountryRef


def compare_page(comparison: Comparison, atlas: Atlas) -> Page:
    """Return the page that sets mechanisms or countries side by side."""
    things = "countries" if comparison.kind == "mechanism" else "mechanisms"
    names = {item.id: item.id if comparison.kind == "mechanism" else item.name for item in comparison.items}
    sizes = "; ".join(f"{item.name}: {item.size}" for item in comparison.items)
    return Page(
        f"{' and '.join(names.values())}, by the {things} {'they list' if things == 'countries' else 'that list them'}",
        f"{sizes}; {comparison.union_size} {things} in all, as of {spoken(comparison.as_of)}",
        (
            Lines("In words", tuple(_sentence(pair, names, things) for pair in comparison.pairs)),
            _who(comparison, names, things),
            _pairs(comparison, names),
            _themes(comparison, names, atlas),
            *caution_lines(comparison.caution),
            *change_lines(comparison.as_of, comparison.changes),
            Lines("Sources", (_where_sources_are(comparison),)),
        ),
    )


def _where_sources_are(comparison: Comparison) -> str:
    command = "mechanism" if comparison.kind == "mechanism" else "country"
    calls = ", ".join(f"govmap {command} {item.id}" for item in comparison.items)
    return f"Each list with its evidence: {calls}"


def _refs(refs: Refs) -> str:
    return ", ".join(sorted(ref.name if isinstance(ref, CountryRef) else ref.id for ref in refs)) or "none"


def _both(comparison: Comparison) -> str:
    return "In both" if len(comparison.items) == 2 else f"In all {len(comparison.items)}"


def _some(ids: tuple[str, ...], names: dict[str, str]) -> str:
    return f"In {', '.join(names[id_] for id_ in ids)}"


def _who(comparison: Comparison, names: dict[str, str], things: str) -> Table:
    rows = [(_both(comparison), str(len(comparison.shared)), _refs(comparison.shared))]
    rows += [(_some(part.items, names), str(len(part.shared)), _refs(part.shared)) for part in comparison.partly]
    rows += [(f"Only {names[id_]}", str(len(refs)), _refs(refs)) for id_, refs in comparison.only.items()]
    headings = columns("Where", "Count", things.capitalize(), numbers=("Count",))
    return Table(things.capitalize(), headings, tuple(rows))


def _pairs(comparison: Comparison, names: dict[str, str]) -> Table:
    rows = tuple(
        (
            f"{names[p.left]}, {names[p.right]}",
            str(p.shared),
            f"{p.jaccard:.2f}",
            _share(p.containment_left),
            _share(p.containment_right),
        )
        for p in comparison.pairs
    )
    headings = ("Shared", "Jaccard", "of the first", "of the second")
    return Table("Overlap of each pair", columns("Pair", *headings, numbers=headings), rows)


def _share(containment: float | None) -> str:
    return "" if containment is None else f"{containment:.0%}"


def _sentence(pair: Pair, names: dict[str, str], things: str) -> str:
    return SET_RELATION[pair.relation].format(left=names[pair.left], right=names[pair.right], things=things)


def _themes(comparison: Comparison, names: dict[str, str], atlas: Atlas) -> Table:
    themes = comparison.themes
    rows = [(_both(comparison), str(len(themes.shared)), theme_labels(atlas, themes.shared) or "none")]
    rows += [
        (_some(part.items, names), str(len(part.shared)), theme_labels(atlas, part.shared)) for part in themes.partly
    ]
    for id_, ids in themes.only.items():
        known = (str(len(ids)), theme_labels(atlas, ids) or "none")
        unknown = ("", "not known: the source lists no groups, which is not the same as none")
        rows.append((f"Only {names[id_]}", *(unknown if id_ in comparison.themes_unknown else known)))
    return Table("Themes of their groups", columns("Where", "Count", "Themes", numbers=("Count",)), tuple(rows))
