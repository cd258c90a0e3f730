"""The page of a comparison."""

from __future__ import annotations

from govmap.atlas import Atlas
from govmap.dates import spoken
from govmap.pages.page import Lines, Page, Table, columns
from govmap.pages.words import SET_RELATION, change_lines, theme_labels
from govmap.queries.compare import Comparison, Pair, Refs
from govmap.queries.records import CountryRef


def compare_page(comparison: Comparison, atlas: Atlas) -> Page:
    """Return the page that sets mechanisms or countries side by side."""
    things = "countries" if comparison.kind == "mechanism" else "mechanisms"
    title = " and ".join(item.id if comparison.kind == "mechanism" else item.name for item in comparison.items)
    sizes = "; ".join(f"{item.name}: {item.size}" for item in comparison.items)
    return Page(
        f"{title}, by the {things} {'they list' if things == 'countries' else 'that list them'}",
        f"{sizes}; {comparison.union_size} {things} in all, as of {spoken(comparison.as_of)}",
        (
            _who(comparison, things),
            _pairs(comparison),
            _sentences(comparison, things),
            _themes(comparison, atlas),
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


def _who(comparison: Comparison, things: str) -> Table:
    rows = [(_both(comparison), str(len(comparison.shared)), _refs(comparison.shared))]
    rows += [(f"Only {id_}", str(len(refs)), _refs(refs)) for id_, refs in comparison.only.items()]
    return Table(things.capitalize(), columns("Where", "Count", things.capitalize(), numbers=("Count",)), tuple(rows))


def _pairs(comparison: Comparison) -> Table:
    rows = tuple(
        (
            f"{p.left}, {p.right}",
            str(p.shared),
            str(p.only_left),
            str(p.only_right),
            f"{p.jaccard:.2f}",
            _share(p.containment_left),
            _share(p.containment_right),
        )
        for p in comparison.pairs
    )
    headings = ("Shared", "Only 1st", "Only 2nd", "Jaccard", "1st in 2nd", "2nd in 1st")
    return Table("Overlap", columns("Pair", *headings, numbers=headings), rows)


def _share(containment: float | None) -> str:
    return "" if containment is None else f"{containment:.0%}"


def _sentences(comparison: Comparison, things: str) -> Lines:
    return Lines("In words", tuple(_sentence(pair, things) for pair in comparison.pairs))


def _sentence(pair: Pair, things: str) -> str:
    return SET_RELATION[pair.relation].format(left=pair.left, right=pair.right, things=things)


def _themes(comparison: Comparison, atlas: Atlas) -> Table:
    themes = comparison.themes
    rows = [(_both(comparison), str(len(themes.shared)), theme_labels(atlas, themes.shared) or "none")]
    rows += [(f"Only {id_}", str(len(ids)), theme_labels(atlas, ids) or "none") for id_, ids in themes.only.items()]
    return Table("Themes of their groups", columns("Where", "Count", "Themes", numbers=("Count",)), tuple(rows))
