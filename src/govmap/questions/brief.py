"""A brief on a country or a mechanism: what the other commands answer on it, put together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from govmap.analysis.similarity import Pair
from govmap.atlas import Atlas
from govmap.declaration import TRUST, question
from govmap.model import Country, Mechanism
from govmap.parts.provenance import sources_of
from govmap.questions import declaration_of
from govmap.questions.cite import Citation, cite
from govmap.questions.compare import Likeness, compare
from govmap.questions.country import CountryProfile
from govmap.questions.country import country as profile_country
from govmap.questions.gaps import CountryGaps, gaps
from govmap.questions.map import TileMap, map_
from govmap.questions.matrix import Matrix, country_matrix
from govmap.questions.mechanism import MechanismProfile
from govmap.questions.mechanism import mechanism as profile_mechanism
from govmap.records import Answer, Basis, CountryRef, Result, SourceRef, Subject, country_refs, subject_of
from govmap.statements import Statement

ANSWERS = ("country", "mechanism", "matrix", "map")  # of other questions, which say what they rest on
LEVELS = 3  # of likeness, from the highest: who is on them is a neighbour


class Neighbour(Result, frozen=True):
    """Another country or mechanism that is like the one of the brief, and how: the left of the `pair` is that one."""

    id: str
    name: str
    pair: Pair


class Brief(Answer, frozen=True):
    """The answer to `brief NAME`: `country` or `mechanism` is what `country NAME` or `mechanism NAME` answers.

    Of a country, `gaps` are the themes on which it sits in no group and `matrix` has its row and those of its
    neighbours; of a mechanism, `not_listed` are all other countries that the dataset is about, and `map` shows those
    that it lists. All of these are null for the other kind, and for a body whose members are not known.
    """

    of: Subject
    as_of: str
    country: CountryProfile | None
    mechanism: MechanismProfile | None
    gaps: CountryGaps | None
    not_listed: tuple[CountryRef, ...] | None
    neighbours: tuple[Neighbour, ...]
    matrix: Matrix | None
    map: TileMap | None
    citation: Citation
    caution: Statement | None
    sources: tuple[SourceRef, ...]


@question(TRUST, "Peru", "RCM", has_all_sources=True, plural_command="compare")
def brief(atlas: Atlas, name: str | Mechanism | Country) -> Brief:
    """Write a briefing page on a country or mechanism, with its main source and a citation.

    >>> import govmap
    >>> [neighbour.id for neighbour in govmap.brief(govmap.load(), "Belize").neighbours]
    ['GTM', 'HND', 'SLV', 'CAN', 'USA', 'CRI', 'MEX', 'PAN']

    Args:
        name: A country or a mechanism.

    Raises:
        NotFoundError: No country or mechanism has that name; the error suggests others.
        AmbiguousError: Several have it or are near it.
        NoAnswerError: The mechanism did not exist on the date of the atlas.

    """
    of = atlas.subject(name)
    parts = _on_country(atlas, of) if isinstance(of, Country) else _on_mechanism(atlas, of)
    found = Brief(
        of=subject_of(of),
        as_of=atlas.as_of,
        citation=cite(atlas, of if isinstance(of, Mechanism) else None),
        caution=atlas.caution,
        sources=(),
        **{**dict.fromkeys((*ANSWERS, "gaps", "not_listed")), "neighbours": (), **parts},
    )
    cited = sources_of(atlas, found, rests_on(found, atlas))
    return replace(found, sources=tuple(each.source for each in cited))


def rests_on(found: Brief, atlas: Atlas) -> Iterator[Basis]:
    """Yield what the answers rest on that the brief is put together from, and their events."""
    answers: dict[str, Any] = {name: getattr(found, name) for name in ANSWERS if getattr(found, name)}
    for name, answer in answers.items():
        yield from declaration_of(name).module.rests_on(answer, atlas)
    for answer in answers.values():
        yield from Basis.changes(answer)


def _on_country(atlas: Atlas, country: Country) -> dict[str, Any]:
    neighbours = _nearest(atlas, country)
    chosen = (country.alpha3, *(neighbour.id for neighbour in neighbours))
    matrix = country_matrix(atlas, chosen)
    rows = {row.id: row for row in matrix.entries}
    entries = tuple(rows[code] for code in chosen if code in rows and rows[code].size)
    return {
        "country": profile_country(atlas, country),
        "gaps": gaps(atlas, country=country).countries[0],
        "neighbours": neighbours,
        "matrix": replace(matrix, entries=entries, changes=()),  # the profile has the country's own changes
    }


def _on_mechanism(atlas: Atlas, mechanism: Mechanism) -> dict[str, Any]:
    parts: dict[str, Any] = {"mechanism": profile_mechanism(atlas, mechanism)}
    if mechanism.coverage == "mentioned":
        return parts
    outside = set(atlas.universe) - {member.code for member in mechanism.members}
    rest = {"neighbours": _nearest(atlas, mechanism), "map": map_(atlas, mechanism)}
    return {**parts, **rest, "not_listed": country_refs(atlas, outside)}


def _nearest(atlas: Atlas, of: Country | Mechanism) -> tuple[Neighbour, ...]:
    """Return those on the highest levels of similarity, the most similar first; what shares nothing is no neighbour."""
    likeness = compare(atlas, of)
    assert isinstance(likeness, Likeness)  # noqa: S101 - which one name asks for
    levels = sorted({pair.jaccard for pair in likeness.pairs if pair.jaccard}, reverse=True)[:LEVELS]
    names = {item.id: item.name for item in likeness.items}
    return tuple(Neighbour(p.right, names[p.right], p) for p in likeness.pairs if p.jaccard in levels)
