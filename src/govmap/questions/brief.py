"""A brief on a country or a mechanism: what the other commands answer on it, put together."""

from __future__ import annotations

from msgspec.structs import replace

from govmap.atlas import Atlas
from govmap.model import Country, Mechanism
from govmap.questions.cite import Citation, cite
from govmap.questions.compare import Pair
from govmap.questions.country import CountryProfile, profile_country
from govmap.questions.gaps import CountryGaps, find_gaps
from govmap.questions.likeness import Likeness, rank_countries, rank_mechanisms
from govmap.questions.map import TileMap, map_seats
from govmap.questions.matrix import Matrix, country_matrix
from govmap.questions.mechanism import MechanismProfile, profile_mechanism
from govmap.records import CountryRef, Result, SourceRef, Subject, country_refs

LEVELS = 3  # of likeness, from the highest: who is on them is a neighbour


class Neighbour(Result, frozen=True):
    """Another country or mechanism that is like the one of the brief, and how: the left of the `pair` is that one."""

    id: str
    name: str
    pair: Pair


class Brief(Result, frozen=True):
    """The answer to `brief NAME`: `country` or `mechanism` is what `country NAME` or `mechanism NAME` answers.

    Of a country, `gaps` are the themes on which it sits in no group and `matrix` has its row and those of its
    neighbours; of a mechanism, `not_listed` are the countries that only others list, and `map` shows those that it
    lists. All of these are null for the other kind, and for a body whose members are not known.
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
    caution: str | None
    sources: tuple[SourceRef, ...]


def write_brief(atlas: Atlas, of: Country | Mechanism) -> Brief:
    """Return the brief on a country or a mechanism.

    >>> import govmap
    >>> atlas = govmap.load()
    >>> [neighbour.id for neighbour in govmap.write_brief(atlas, atlas.country("Belize")).neighbours]
    ['GTM', 'HND', 'SLV', 'CAN', 'USA', 'CRI', 'MEX', 'PAN']
    """
    from govmap.parts.provenance import sources_of  # noqa: PLC0415 - which has to know the class above

    brief = _on_country(atlas, of) if isinstance(of, Country) else _on_mechanism(atlas, of)
    return replace(brief, sources=tuple(cited.source for cited in sources_of(atlas, brief)))


def _on_country(atlas: Atlas, country: Country) -> Brief:
    neighbours = _nearest(rank_countries(atlas, country))
    matrix = country_matrix(atlas)
    wanted = [country.alpha3, *(neighbour.id for neighbour in neighbours)]
    rows = sorted((row for row in matrix.rows if row.id in wanted), key=lambda row: wanted.index(row.id))
    return Brief(
        of=Subject("country", country.alpha3, country.name),
        as_of=atlas.as_of,
        country=profile_country(atlas, country),
        mechanism=None,
        gaps=find_gaps(atlas, countries=[country.alpha3]).countries[0],
        not_listed=None,
        neighbours=neighbours,
        matrix=replace(matrix, rows=tuple(rows), changes=()),  # the country's own are told with its profile
        map=None,
        citation=cite(atlas),
        caution=atlas.caution,
        sources=(),
    )


def _on_mechanism(atlas: Atlas, mechanism: Mechanism) -> Brief:
    known = mechanism.coverage == "full"
    outside = set(atlas.parties) - {member.code for member in mechanism.members}
    return Brief(
        of=Subject("mechanism", mechanism.id, mechanism.name),
        as_of=atlas.as_of,
        country=None,
        mechanism=profile_mechanism(atlas, mechanism),
        gaps=None,
        not_listed=country_refs(atlas, outside) if known else None,
        neighbours=_nearest(rank_mechanisms(atlas, mechanism)) if known else (),
        matrix=None,
        map=map_seats(atlas, (mechanism,)) if known else None,
        citation=cite(atlas, mechanism),
        caution=atlas.caution,
        sources=(),
    )


def _nearest(likeness: Likeness) -> tuple[Neighbour, ...]:
    """Return those on the highest levels of likeness, the likest first; what is not alike at all is no neighbour."""
    levels = sorted({pair.jaccard for pair in likeness.pairs if pair.jaccard}, reverse=True)[:LEVELS]
    names = {item.id: item.name for item in likeness.items}
    return tuple(Neighbour(p.right, names[p.right], p) for p in likeness.pairs if p.jaccard in levels)
