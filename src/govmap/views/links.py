"""The page of links: which mechanisms are known to have met, and its rows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from govmap.atlas import Atlas
from govmap.calls import Option
from govmap.language import _
from govmap.layout import blocks, cells, parts, words
from govmap.layout.page import Page, Table, number, table_of
from govmap.questions.links import Links
from govmap.rows import Rows, tidy
from govmap.texts import comma_list

KEYS = "left right last shared_members shared_themes shared_secretariat contradicted"


def page(found: Links, atlas: Atlas, *, full: bool = False) -> Page:
    """Return the page with the answer in a sentence, then each pair."""
    answer = words.counted(
        "{n} pair: {linked} with a known link, {served} with a shared secretariat.",
        "{n} pairs: {linked} with a known link, {served} with a shared secretariat.",
        found.pair_count,
        linked=found.linked,
        served=found.with_shared_secretariat,
    )
    contacts = [f"{pair.left}, {pair.right}, {parts.link(row)}" for pair in found.pairs for row in pair.links]
    meaning = _(
        "A link is a known contact between the two; a shared secretariat is not one. There may be links that are not "
        "known."
    )
    return blocks.make_page(
        _("Links of {mechanism}").format(mechanism=found.of) if found.of else _("Links between the mechanisms"),
        blocks.sentences(answer, _beyond(found)),
        _pairs(found, atlas),
        blocks.lines(_("Known links"), contacts or [_("No link is known")]) if found.pairs else None,
        blocks.notes(meaning) if full else None,
        of=found,
        more=blocks.more(_("notes")),
    )


def _beyond(found: Links) -> str:
    """Return with which bodies out of scope a link is known, and how to see it."""
    if not found.beyond:
        return ""
    text = _("Links with other bodies are known too: {ids} ({option}).")
    return text.format(ids=comma_list(found.beyond), option=Option("scope", "all"))


def _pairs(found: Links, atlas: Atlas) -> Table:
    unknown, agency_name = _("not known"), partial(words.acronym, atlas)
    return table_of(
        "",
        found.pairs,
        (_("1st"), lambda pair: pair.left),
        (_("2nd"), lambda pair: pair.right),
        (_("Link"), lambda pair: ", ".join(map(_, pair.kinds)) or _("none known")),
        (_("Last"), lambda pair: pair.last),
        (number(_("Countries in both")), lambda pair: unknown if pair.shared_members is None else pair.shared_members),
        (number(_("Themes of both")), lambda pair: unknown if pair.shared_themes is None else pair.shared_themes),
        (_("Secretariat of both"), lambda pair: comma_list(parts.served(pair.contradicted_by_agency, agency_name))),
    )


def rows(found: Links, _atlas: Atlas) -> Rows:
    """Return each pair with each of its contacts, one a row."""
    columns = f"as_of {KEYS} kinds links kind date until text status sources"
    return tidy(columns, _cells(found), as_of=found.as_of)


def _cells(found: Links) -> Iterator[cells.Cells]:
    for pair in found.pairs:
        values = {**cells.pick(pair, f"{KEYS} kinds"), "links": len(pair.links)}
        for row in pair.links:
            yield {**values, **cells.pick(row, "kind date until text=note evidence")}
        if not pair.links:
            yield values
