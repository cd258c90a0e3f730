"""The page on whether a mechanism lists a country, and its row."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.dates import as_of
from govmap.language import _
from govmap.layout.page import Block, Facts, Lines, Page
from govmap.layout.words import (
    SourceNumbers,
    caution_lines,
    change_cells,
    change_lines,
    evidence_in,
    of_data,
    span,
    trust_cells,
)
from govmap.questions.membership import Membership
from govmap.rows import Cell, Rows, tidy
from govmap.texts import enumerated

COLUMNS = (
    "asked as_of fact code country mechanism mechanism_name listed relation since until joined_after joined_by status"
    " date text sources"
)


def page(found: Membership, atlas: Atlas) -> Page:
    """Return the page with the answer first, then what it rests on and what changed later."""
    numbers = SourceNumbers(found.sources)
    evidence = f"{numbers.status(found.evidence)}{f'. {found.evidence.note}' if found.evidence.note else ''}"
    facts = [(_("Role"), of_data(found.relation or "")), (_("Since"), span(found))] if found.listed else []
    blocks: list[Block] = [
        Lines("", (_answer(found, atlas),)),
        Facts((*facts, (_("Evidence"), evidence))),
        *caution_lines(found.caution),
        *change_lines(found.as_of, found.changes, numbers),
        *(numbers.block() or (evidence_in(Call("mechanism", found.mechanism.id)),)),
    ]
    title = _("{country} in {mechanism}").format(country=found.country.name, mechanism=found.mechanism.id)
    return Page(title, f"{found.mechanism.name}, {as_of(found.as_of)}", tuple(blocks))


def _answer(found: Membership, atlas: Atlas) -> str:
    """Return the answer in one or two sentences."""
    names = {"mechanism": found.mechanism.id, "country": found.country.name, "as_of": as_of(found.as_of)}
    if found.listed is None:
        text = _("Not known: the source names {mechanism} and gives no members.")
    elif found.listed:
        text = _("Yes: {mechanism} lists {country}, {as_of}.")
    else:
        text = _("No: {mechanism} does not list {country}, {as_of}.")
    sentences = [text.format(**names), *([f"{found.note}."] if found.note else []), *_elsewhere(found)]
    return " ".join(sentences)


def _elsewhere(found: Membership) -> Iterator[str]:
    """Yield in which other mechanisms the country sits."""
    if found.elsewhere:
        ids = enumerated(ref.id for ref in found.elsewhere)
        text = _("It also sits in {mechanisms}.") if found.listed else _("It sits in {mechanisms}.")
        yield text.format(mechanisms=ids)
    elif not found.listed:
        yield _("No mechanism of the dataset lists it.")


def rows(found: Membership, _atlas: Atlas) -> Rows:
    """Return the answer, where else the country sits, and each change, one a row."""
    asked = f"{found.country.code} {found.mechanism.id}"
    country: dict[str, Cell] = {"code": found.country.code, "country": found.country.name}
    return tidy(COLUMNS, _cells(found, country), asked=asked, as_of=found.as_of)


def _cells(found: Membership, country: dict[str, Cell]) -> Iterator[dict[str, Cell]]:
    keys = ("listed", "relation", "since", "until", "joined_after", "joined_by")
    seat = {"mechanism": found.mechanism.id, "mechanism_name": found.mechanism.name}
    values = {key: getattr(found, key) for key in keys}
    yield {
        "fact": "membership",
        **country,
        **seat,
        **values,
        "text": found.note,
        **trust_cells(found.evidence),
    }
    for ref in found.elsewhere:
        yield {"fact": "elsewhere", **country, "mechanism": ref.id, "mechanism_name": ref.name, "listed": True}
    yield from change_cells(found.changes)
