"""What the facts on something rest on: a mechanism, a country, a group, a source, or all with a status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import get_args

from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.choices import one_of
from govmap.dated_dataset import GroupOf
from govmap.declaration import TRUST, question
from govmap.errors import NotFoundError
from govmap.fields import PLAIN_STATUSES, Status
from govmap.language import _
from govmap.model import Country, Mechanism, Source
from govmap.parts.facts import Fact, all_facts
from govmap.records import Answer, Basis, Result, SourceRef, Subject, cited_by, subject_of
from govmap.statements import Statement
from govmap.texts import quoted

NOT_STATED = "not stated"
STATUSES: tuple[str, ...] = (*get_args(Status), NOT_STATED)
SLIPS = "contradicted"  # the status with which all slips of the source are shown
SHORT = 4  # a text that is shorter is part of too many ids to offer them
MOST_SOURCES = 2  # so many are offered at most


class Count(Result, frozen=True):
    """How many facts on a part have a status; null is not stated."""

    part: str
    status: str | None
    facts: int


class Findings(Answer, frozen=True):
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
    caution: Statement | None
    sources: tuple[SourceRef, ...]


Named = Mechanism | Country | GroupOf | Source


@question(TRUST, "RCM-1", "", "Peru", "--status contradicted")
def evidence(
    atlas: Atlas, name: str | Mechanism | Country | Source | None = None, *, status: Status | str | None = None
) -> Findings:
    """Show each fact with its status and sources; without a name, the number of facts by status.

    >>> import govmap
    >>> [fact.value for fact in govmap.evidence(govmap.load(), "RCM", status="contradicted").facts]
    ['International Organization for Migration']

    Args:
        name: A mechanism, a country, a group such as RCM-3, or a source by its id.
        status: Only confirmed, source only, contradicted, changed since or not stated.

    Raises:
        NotFoundError: The name names none of them.
        AmbiguousError: It could be two of a kind.
        NoAnswerError: The mechanism was founded after the date of the atlas.

    """
    if status is not None:
        word = status.replace("-", " ")
        chosen = one_of("status", word, (*STATUSES, *PLAIN_STATUSES.values()))
        status = next((meant for meant, plain in PLAIN_STATUSES.items() if plain == chosen), chosen)
    named = None if name is None else _named(atlas, name)
    subject, concerned = _subject(atlas, named)
    facts = [fact for fact in concerned if status is None or (fact.evidence.status or NOT_STATED) == status]
    slips = [fact for fact in (concerned if status == SLIPS else facts) if fact.as_written]
    counted = Counter((fact.part, fact.evidence.status) for fact in facts)
    return Findings(
        of=subject,
        status=status,
        as_of=atlas.as_of,
        counts=tuple(Count(part, counted_status, number) for (part, counted_status), number in counted.items()),
        facts=tuple(facts),
        slips=tuple(slips),
        caution=atlas.caution,
        sources=cited_by(atlas, (fact.evidence for fact in (*facts, *slips))),
    )


def rests_on(_found: Findings, _atlas: Atlas) -> Iterator[Basis]:
    """Yield nothing: the facts have their sources by themselves."""
    yield from ()


def also_shows(found: Findings, _atlas: Atlas) -> Iterator[Basis]:
    """Yield the parts of mechanisms that the facts are of."""
    for part, ids in {(fact.part, fact.mechanisms): None for fact in found.facts}:
        yield from Basis.parts(ids, part)


def _named(atlas: Atlas, name: str | Mechanism | Country | Source) -> Named:
    """Return what *name* names: a source by id, a group as RCM-3, a mechanism or a country."""
    if not isinstance(name, str):
        return name
    id_ = name.strip()
    source = atlas.sources.get(id_) or atlas.sources.get(id_.casefold())
    if source is not None:
        return source
    if numbered := atlas.numbered(id_):
        mechanism = atlas.mechanism(atlas.stored(numbered[0]))
        if group := atlas.group(id_):
            return group
        message = _("{mechanism} has no group {number}").format(mechanism=mechanism.id, number=numbered[1])
        raise NotFoundError(message, (Call("mechanism", mechanism.id),))
    try:
        return atlas.subject(name)
    except NotFoundError as error:
        near = _like(atlas, id_.casefold()) if len(id_) >= SHORT else ()
        message = _("No mechanism, country, group or source is called {name}").format(name=quoted(name))
        raise NotFoundError(message, near or error.suggestions) from error


def _like(atlas: Atlas, text: str) -> tuple[str, ...]:
    """Return the ids of sources that hold *text*, else of those that begin like it."""
    ids = sorted(atlas.sources)
    near = [id_ for id_ in ids if text in id_.casefold()] or [id_ for id_ in ids if id_[:8].casefold() == text[:8]]
    return tuple(near[:MOST_SOURCES])


def _subject(atlas: Atlas, of: Named | None) -> tuple[Subject | None, list[Fact]]:
    """Return what the answer is about, and the facts that belong to it.

    To a group belongs also the pillar over it; to a country, who serves what lists it, and as what this lists it. What
    is named is in scope; of a source, all bodies that it tells of.
    """
    match of:
        case None:
            return None, list(all_facts(atlas))
        case Source():
            every = all_facts(atlas.including(atlas.mechanisms), atlas.citing(of.id))
            return Subject("source", of.id, of.title), [fact for fact in every if of.id in fact.evidence.sources]
        case Mechanism():
            every = all_facts(atlas.including((of.id,)), (of.id,))
            return subject_of(of), [fact for fact in every if of.id in fact.mechanisms]
        case Country():
            listing = {mechanism.id for mechanism in atlas.mechanisms_of(of.alpha3)}
            return subject_of(of), [fact for fact in all_facts(atlas) if _concerns(fact, of.alpha3, listing)]
        case mechanism, group:
            subject = Subject("group", f"{mechanism.id}-{group.number}", group.name)
            numbered = {("groups", group.number), *([("pillars", group.pillar)] if group.pillar is not None else [])}
            every = all_facts(atlas.including((mechanism.id,)), (mechanism.id,))
            return subject, [fact for fact in every if (fact.part, fact.number) in numbered]


def _concerns(fact: Fact, code: str, listing: set[str]) -> bool:
    """Return whether a fact is on a country, or on all that a mechanism of those that list it lists."""
    of_all = fact.part in ("relation", "secretariats") and not fact.countries
    return code in fact.countries or (of_all and not listing.isdisjoint(fact.mechanisms))
