"""The page of links: which mechanisms are known to have met, and its rows."""

from __future__ import annotations

from functools import partial

from govmap.atlas import Atlas
from govmap.calls import Option
from govmap.language import N_, _, ngettext
from govmap.layout import blocks, cells, links, words
from govmap.layout.page import Lines, Page, Table, number, table_of
from govmap.questions.links import Links
from govmap.rows import Rows, tidy
from govmap.texts import comma_list

KEYS = "left right last shared_members shared_themes shared_secretariat contradicted"
COLUMNS = f"as_of {KEYS} kinds links kind date until text status sources"
MEANING = N_(
    "A link is a known contact between the two; a shared secretariat is not one. There may be links that are not known."
)


def page(found: Links, atlas: Atlas, *, full: bool = False) -> Page:
    """Return the page with the answer in a sentence, then each pair."""
    return blocks.make_page(
        _("Links of {mechanism}").format(mechanism=found.of) if found.of else _("Links between the mechanisms"),
        blocks.sentences(_answer(found), _beyond(found)),
        *((_pairs(found, atlas), _contacts(found)) if found.pairs else ()),
        Lines(_("Note"), (_(MEANING),)) if full else None,
        of=found,
        more=blocks.more(_("notes")),
    )


def _answer(found: Links) -> str:
    template = ngettext(
        "{n} pair: {linked} with a known link, {served} with a shared secretariat.",
        "{n} pairs: {linked} with a known link, {served} with a shared secretariat.",
        found.pair_count,
    )
    return template.format(n=found.pair_count, linked=found.linked, served=found.with_shared_secretariat)


def _beyond(found: Links) -> str:
    """Return with which bodies out of scope a link is known, and how to see it."""
    if not found.beyond:
        return ""
    text = _("Links with other bodies are known too: {ids} ({option}).")
    return text.format(ids=comma_list(found.beyond), option=Option("scope", "all"))


def _contacts(found: Links) -> Lines:
    texts = tuple(f"{pair.left}, {pair.right}, {links.link(row)}" for pair in found.pairs for row in pair.links)
    return Lines(_("Known links"), texts or (_("No link is known"),))


def _pairs(found: Links, atlas: Atlas) -> Table | None:
    unknown = _("not known")
    return table_of(
        "",
        found.pairs,
        (_("1st"), lambda pair: pair.left),
        (_("2nd"), lambda pair: pair.right),
        (_("Link"), lambda pair: ", ".join(map(_, pair.kinds)) or _("none known")),
        (_("Last"), lambda pair: pair.last),
        (number(_("Countries in both")), lambda pair: unknown if pair.shared_members is None else pair.shared_members),
        (number(_("Themes of both")), lambda pair: unknown if pair.shared_themes is None else pair.shared_themes),
        (_("Secretariat of both"), lambda pair: comma_list(links.served(pair, partial(words.acronym, atlas)))),
    )


def rows(found: Links, _atlas: Atlas) -> Rows:
    """Return each pair with each of its contacts, one a row."""
    facts = (
        {
            **cells.pick(pair, f"{KEYS} kinds"),
            "links": len(pair.links),
            **({**cells.pick(row, "kind date until"), "text": row.note, **cells.trust(row.evidence)} if row else {}),
        }
        for pair in found.pairs
        for row in pair.links or (None,)
    )
    return tidy(COLUMNS, facts, as_of=found.as_of)
