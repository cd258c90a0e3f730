"""The page on whether a mechanism lists a country, and its rows."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.dates import as_of
from govmap.language import _
from govmap.layout import around, blocks, cells, words
from govmap.layout.page import Facts, Lines, Page
from govmap.layout.sources import SourceNumbers
from govmap.questions.membership import Membership
from govmap.rows import Rows, tidy
from govmap.texts import enumerated

COLUMNS = (
    f"asked as_of fact code country mechanism mechanism_name listed relation {cells.DATES} status date text sources"
)


def page(found: Membership, atlas: Atlas) -> Page:
    """Return the page with the answer first, then what it rests on and what changed later."""
    numbers = SourceNumbers(found.sources)
    return blocks.make_page(
        _("{country} in {mechanism}").format(country=found.country.name, mechanism=found.mechanism.id),
        f"{found.mechanism.name}, {as_of(found.as_of)}",
        Lines("", (_answer(found), *_beside(found, numbers))),
        _facts(found, numbers),
        blocks.relations(atlas, [ref.id for ref in (found.mechanism, *found.elsewhere)]),
        *blocks.caution_and_changes(found, numbers),
        numbers.block() or blocks.evidence_calls(Call("mechanism", found.mechanism.id)),
    )


def _answer(found: Membership) -> str:
    """Return the answer in one to three sentences."""
    if found.listed is None:
        template = _("Not known: the source names {mechanism} and gives no members.")
    elif found.listed:
        template = _("Yes: {mechanism} lists {country}, {as_of}.")
    else:
        template = _("No: {mechanism} does not list {country}, {as_of}.")
    answer = template.format(mechanism=found.mechanism.id, country=found.country.name, as_of=as_of(found.as_of))
    return " ".join(filter(None, (answer, f"{found.note}." if found.note else "", _elsewhere(found))))


def _elsewhere(found: Membership) -> str:
    """Return which other mechanisms list the country."""
    if not found.elsewhere:
        return "" if found.listed else _("No mechanism of the dataset lists it.")
    template = _("It is also listed in {mechanisms}.") if found.listed else _("It is listed in {mechanisms}.")
    return template.format(mechanisms=enumerated(ref.id for ref in found.elsewhere))


def _beside(found: Membership, numbers: SourceNumbers) -> Iterator[str]:
    if found.observer:
        yield around.observer(found.observer, found.mechanism.id, numbers)


def _facts(found: Membership, numbers: SourceNumbers) -> Facts:
    pairs = [(_("Role"), words.term(found.relation or "")), (_("Since"), words.span(found))] if found.listed else []
    label = words.untranslated(_("Evidence")) if found.evidence.note else _("Evidence")
    return Facts((*pairs, (label, numbers.status_and_note(found.evidence))))


def rows(found: Membership, _atlas: Atlas) -> Rows:
    """Return the answer, each other mechanism that lists the country, and each change, one a row."""
    return tidy(COLUMNS, _cells(found), asked=f"{found.country.code} {found.mechanism.id}", as_of=found.as_of)


def _cells(found: Membership) -> Iterator[cells.Cells]:
    country = cells.country(found.country)
    text = ". ".join(filter(None, (found.note, found.evidence.note))) or None
    values = {**cells.pick(found, f"listed relation {cells.DATES}"), "text": text, **cells.trust(found.evidence)}
    yield {"fact": "membership", **country, **cells.mechanism(found.mechanism), **values}
    for ref in found.elsewhere:
        yield {"fact": "elsewhere", **country, **cells.mechanism(ref), "listed": True}
    yield from cells.changes(found.changes)
