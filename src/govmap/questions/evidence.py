"""What the facts on something rest on: a mechanism, a country, a group, a source, or all with a status."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple, get_args

from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.errors import NotFoundError
from govmap.fields import Status
from govmap.language import _
from govmap.model import Country, Mechanism, Source
from govmap.parts.facts import Fact, all_facts
from govmap.questions.compare import resolve_names
from govmap.records import Result, SourceRef, Subject, source_refs
from govmap.texts import quoted

NOT_STATED = "not stated"
STATUSES: tuple[str, ...] = (*get_args(Status), NOT_STATED)
SLIPS = "contradicted"  # the status with which all slips of the source are told
NUMBERED = re.compile(r"(.+?)[\s-]+([0-9]{1,4})")  # a mechanism and the number of a group
SHORT = 4  # a text that is shorter is part of too many ids to offer them
MOST_SOURCES = 2  # so many are offered at most


class Count(Result, frozen=True):
    """How many facts on a part have a status; null is not stated."""

    part: str
    status: str | None
    facts: int


class Findings(Result, frozen=True):
    """The answer to `evidence`: the facts on something, those with a status, or all.

    `slips` are those of them for which the source has another form than the one shown; where those contradicted are
    asked for, all such, whatever their status: a slip is contradicted by the form that is shown.
    """

    of: Subject | None
    status: str | None
    as_of: str
    counts: tuple[Count, ...]
    facts: tuple[Fact, ...]
    slips: tuple[Fact, ...]
    caution: str | None
    sources: tuple[SourceRef, ...]


class NumberedGroup(NamedTuple):
    """A group, by its mechanism and its number."""

    mechanism: Mechanism
    number: int


Named = Mechanism | Country | NumberedGroup | Source


def find_evidence(atlas: Atlas, of: Named | None = None, status: str | None = None) -> Findings:
    """Return the facts on a mechanism, a country or a group, or those that rest on a source; by default all.

    With a *status* (of STATUSES) only those that have it.

    >>> import govmap
    >>> atlas = govmap.load()
    >>> [fact.value for fact in govmap.find_evidence(atlas, atlas.mechanism("RCM"), "contradicted").facts]
    ['International Organization for Migration']
    """
    subject, concerns = _subject(atlas, of)
    wanted = None if status == NOT_STATED else status
    concerned = [fact for fact in all_facts(atlas) if concerns(fact)]
    facts = [fact for fact in concerned if status is None or fact.evidence.status == wanted]
    slips = [fact for fact in (concerned if status == SLIPS else facts) if fact.as_written]
    counted = Counter((fact.part, fact.evidence.status) for fact in facts)
    return Findings(
        of=subject,
        status=status,
        as_of=atlas.as_of,
        counts=tuple(Count(part, known, number) for (part, known), number in counted.items()),
        facts=tuple(facts),
        slips=tuple(slips),
        caution=atlas.caution,
        sources=source_refs(atlas, [id_ for fact in (*facts, *slips) for id_ in fact.evidence.sources]),
    )


def resolve_subject(atlas: Atlas, typed: str) -> Named:
    """Return what *typed* names: a source by id, a group as RCM-3, a mechanism or a country.

    Raises:
        NotFoundError: It names none of them.
        AmbiguousError: It could be two of a kind.
        NoAnswerError: The mechanism was founded after the date of the atlas.

    """
    id_ = typed.strip()
    source = atlas.sources.get(id_) or atlas.sources.get(id_.casefold())
    if source is not None:
        return source
    numbered = NUMBERED.fullmatch(id_)
    if numbered and not atlas.mechanism_names.exact(typed) and atlas.mechanism_names.exact(numbered[1]):
        return _group(atlas.mechanism(numbered[1]), int(numbered[2]))
    try:
        return resolve_names(atlas, (typed,))[1][0]
    except NotFoundError as error:
        near = _like(atlas, id_.casefold()) if len(id_) >= SHORT else ()
        message = _("No mechanism, country, group or source is called {name}").format(name=quoted(typed))
        raise NotFoundError(message, near or error.suggestions) from error


def _group(mechanism: Mechanism, number: int) -> NumberedGroup:
    if all(group.number != number for group in mechanism.groups):
        message = _("{mechanism} has no group {number}").format(mechanism=mechanism.id, number=number)
        raise NotFoundError(message, (Call("mechanism", mechanism.id),))
    return NumberedGroup(mechanism, number)


def _like(atlas: Atlas, typed: str) -> tuple[str, ...]:
    """Return the ids of sources that hold *typed*, else of those that begin like it."""
    ids = sorted(atlas.sources)
    near = [id_ for id_ in ids if typed in id_.casefold()] or [id_ for id_ in ids if id_[:8].casefold() == typed[:8]]
    return tuple(near[:MOST_SOURCES])


def _subject(atlas: Atlas, of: Named | None) -> tuple[Subject | None, Callable[[Fact], bool]]:
    """Return what the answer is about, and the test of whether a fact belongs to it."""
    if of is None:
        return None, lambda fact: True
    if isinstance(of, Source):
        return Subject("source", of.id, of.title), lambda fact: of.id in fact.evidence.sources
    if isinstance(of, Mechanism):
        return Subject("mechanism", of.id, of.name), lambda fact: of.id in fact.mechanisms
    if isinstance(of, NumberedGroup):
        return _of_group(of)
    return _of_country(atlas, of)


def _of_group(of: NumberedGroup) -> tuple[Subject, Callable[[Fact], bool]]:
    """Return the group as a subject, and whether a fact is on it or on the pillar over it."""
    group = next(group for group in of.mechanism.groups if group.number == of.number)
    wanted = {("groups", of.number), ("pillars", group.pillar)}
    return (
        Subject("group", f"{of.mechanism.id}-{of.number}", group.name),
        lambda fact: (
            of.mechanism.id in fact.mechanisms and fact.number is not None and (fact.part, fact.number) in wanted
        ),
    )


def _of_country(atlas: Atlas, of: Country) -> tuple[Subject, Callable[[Fact], bool]]:
    """Return the country as a subject, and whether a fact names it, or says who serves what lists it and how."""
    listing = {mechanism.id for mechanism in atlas.mechanisms_of(of.alpha3)}
    return (
        Subject("country", of.alpha3, of.name),
        lambda fact: (
            of.alpha3 in fact.countries
            or (
                fact.part in ("relation", "secretariats")
                and not fact.countries
                and bool(listing.intersection(fact.mechanisms))
            )
        ),
    )
