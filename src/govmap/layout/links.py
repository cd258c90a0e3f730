"""Texts on the contacts of mechanisms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from govmap.fields import short_name
from govmap.grouping import group_by
from govmap.language import _
from govmap.layout import words
from govmap.layout.blocks import lines
from govmap.layout.page import Lines
from govmap.layout.sources import UNNUMBERED, SourceNumbers
from govmap.parts.links import LinkRow
from govmap.texts import comma_list, enumerated, labelled

if TYPE_CHECKING:
    from govmap.atlas import Atlas
    from govmap.questions.compare import LinksOfPair
    from govmap.questions.links import LinkedPair

PART_OF = "part of"  # the kind of a link that lasts


def link(row: LinkRow, numbers: SourceNumbers = UNNUMBERED) -> str:
    """Return a contact of two mechanisms: when, of what kind, and what is known of it."""
    when = words.start_to_end(row.date, row.until) if row.date else _without_date(row)
    text = when if row.kind == PART_OF and not row.date else labelled(when, _(row.kind))
    text = _("{text}. {note}").format(text=text, note=row.note) if row.note else text
    return numbers.after(text, row.evidence.sources)


def links_of(rows: Iterable[LinkRow], atlas: Atlas, numbers: SourceNumbers) -> Lines:
    """Return the known contacts of a mechanism, or that none is known."""
    texts = tuple(f"{_other(row, atlas)}, {link(row, numbers)}" for row in rows)
    return Lines(_("Links with others"), texts or (_("No link with another mechanism is known"),))


def links_among(pairs: Iterable[LinksOfPair]) -> Lines | None:
    """Return of each two mechanisms whether they are known to have met, and who serves both."""
    every = tuple(pairs)
    texts = []
    for pair in every:
        of_pair = [link(row) for row in pair.links] or [_("No link between the two is known")]
        if pair.shared_secretariat:
            both = _("Both have {agencies} as secretariat, which does not count as a link").format(
                agencies=enumerated(served(pair))
            )
            of_pair.append(both)
        texts += of_pair if len(every) == 1 else [labelled(f"{pair.left}, {pair.right}", text) for text in of_pair]
    return lines(_("Links"), texts)


def served(pair: LinkedPair | LinksOfPair, name_of: Callable[[str], str] = str) -> Iterator[str]:
    """Yield the agencies that serve a pair, each with those of the two of which another page says otherwise."""
    for agency, ids in pair.contradicted_by_agency.items():
        differs = f" ({labelled(comma_list(ids), words.term('contradicted'))})" if ids else ""
        yield f"{name_of(agency)}{differs}"


def _other(row: LinkRow, atlas: Atlas) -> str:
    return short_name(row.right, atlas.stored(row.right).name)


def links_in_short(rows: Iterable[LinkRow], atlas: Atlas) -> str:
    """Return with which others a mechanism is known to have met, and in which years, in one line."""
    by_other = group_by(rows, lambda row: _other(row, atlas))
    return ", ".join(f"{other} ({years_of(those)})" for other, those in by_other.items())


def years_of(rows: Iterable[LinkRow]) -> str:
    """Return in which years two mechanisms are known to have met."""
    return ", ".join(sorted({row.date[:4] if row.date else _without_date(row) for row in rows}))


def _without_date(row: LinkRow) -> str:
    """Return what stands for the date of a link: one that lasts needs none."""
    return _("one is part of the other") if row.kind == PART_OF else _("date not known")
