"""The page on whether a mechanism lists a country, and its rows."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.analysis.neighbours import none_lists
from govmap.atlas import Atlas
from govmap.fields import short_name
from govmap.language import N_, _
from govmap.layout import blocks, cells, parts, words
from govmap.layout.page import Facts, Page
from govmap.layout.sources import UNNUMBERED, SourceNumbers
from govmap.questions.membership import Membership
from govmap.rows import Rows, tidy
from govmap.texts import comma_list, enumerated, in_series, labelled

COLUMNS = (
    f"asked as_of fact code country mechanism mechanism_name listed relation {cells.DATES} status date text sources"
)
IS_IN = {
    "member": N_("{country} is a member of {mechanism}"),
    "associate": N_("{country} is an associate member of {mechanism}"),
    "observer": N_("{country} is an observer in {mechanism}"),
    "endorser": N_("{country} has endorsed {mechanism}"),
    "covered": N_("{country} is covered by {mechanism}"),
    "party": N_("{country} is a party to {mechanism}"),
    "participant": N_("{country} takes part in {mechanism}"),
}


def page(found: Membership, atlas: Atlas, *, full: bool = False, numbers: SourceNumbers = UNNUMBERED) -> Page:
    """Return the page with the answer as its title, then what it rests on and what changed later."""
    later = any(reason.code.startswith("joined") for reason in found.reasons)
    listing = [ref.id for ref in (found.mechanism, *found.elsewhere)]
    return blocks.make_page(
        _answer(found),
        blocks.sentences(
            f"{found.note}." if found.note else "",
            _elsewhere(found, atlas),
            blocks.not_in_list(atlas, (found.mechanism.id,), "members"),
            "" if later else blocks.since_then(found, full=full),
        ),
        _facts(found, numbers),
        blocks.relations(atlas, listing) if full else None,
        *(blocks.changes(found, numbers) if full else ()),
        of=found,
        more=blocks.more(_("changes"), _("what being listed means")),
    )


def _answer(found: Membership) -> str:
    """Return the answer in a few words."""
    if found.listed is None and found.joined_by:
        template = _("Not known whether {country} was in {mechanism}")
    elif found.listed is None:
        template = _("Not known: the source names {mechanism} without its members")
    elif found.listed:
        template = _(IS_IN[found.relation or "member"])
    else:
        template = _("{mechanism} does not list {country}")
    return template.format(mechanism=short_name(found.mechanism.id, found.mechanism.name), country=found.country.name)


def _elsewhere(found: Membership, atlas: Atlas) -> str:
    """Return which other mechanisms list the country; where none does, which bodies out of scope do."""
    if not found.elsewhere and found.listed:
        return ""
    if not found.elsewhere:
        others = comma_list(body.id for body in atlas.out_of_scope_listing(found.country.code))
        where = labelled(_("Other bodies"), others)
        return blocks.sentences(f"{none_lists(atlas, found.country.name)}.", f"{where}." if others else "")
    template = _("It is also in {mechanisms}.") if found.listed else _("It is in {mechanisms}.")
    return template.format(mechanisms=enumerated(short_name(ref.id, ref.name) for ref in found.elsewhere))


def _facts(found: Membership, numbers: SourceNumbers) -> Facts:
    roles = in_series(parts.role(_(row.role), row, numbers) for row in found.observers)
    return blocks.facts(
        (_("Role"), words.term(found.relation or "") if found.listed else ""),
        (_("Since"), words.span(found) if found.listed else ""),
        (_("Other role"), _("{role}; does not count as membership").format(role=roles) if roles else ""),
        (_("Mechanism"), found.mechanism.name),
        (_("Evidence"), numbers.status_and_note(found.evidence)),
    )


def rows(found: Membership, _atlas: Atlas) -> Rows:
    """Return the answer, each other mechanism that lists the country, and each change, one a row."""
    return tidy(COLUMNS, _cells(found), asked=f"{found.country.code} {found.mechanism.id}", as_of=found.as_of)


def _cells(found: Membership) -> Iterator[cells.Cells]:
    country = cells.country(found.country)
    text = ". ".join(filter(None, (found.note, found.evidence.note))) or None
    values = {**cells.pick(found, f"listed relation {cells.DATES} evidence"), "text": text}
    yield {"fact": "membership", **country, **cells.mechanism(found.mechanism), **values}
    for row in found.observers:
        beside = {**cells.beside(row), **cells.pick(row, "joined_after")}
        yield {**beside, **country, **cells.mechanism(found.mechanism)}
    for ref in found.elsewhere:
        yield {"fact": "elsewhere", **country, **cells.mechanism(ref), "listed": True}
    yield from cells.changes(found.changes)
