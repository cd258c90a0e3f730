"""Everything of a kind ranked by its likeness to one, or all pairs of mechanisms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from govmap.analysis.seats import NO_LIMIT, Limit
from govmap.analysis.similarity import likest_pairs
from govmap.atlas import Atlas
from govmap.model import Country, Mechanism
from govmap.questions.compare import Item, Pair, Sets, country_sets, mechanism_sets, resolve_names
from govmap.records import Change, Result, changes_in


class Likeness(Result, frozen=True):
    """The answer to `compare NAME` and to `compare --all`: pairs by their Jaccard index, the likest first.

    `of` is the one whose likeness is ranked, always the left of a pair; null where all pairs are. `relation` and
    `theme` limit the seats as in `compare A B`; what has none (within them) is in no pair. `pair_count` tells how many
    pairs there are, of which `pairs` holds the likest where no more were asked for.
    """

    kind: str
    as_of: str
    of: str | None
    items: tuple[Item, ...]
    relation: str | None
    theme: str | None
    pairs: tuple[Pair, ...]
    pair_count: int
    caution: str | None
    changes: tuple[Change, ...]


def rank_mechanisms(
    atlas: Atlas, mechanism: Mechanism | None = None, limit: Limit = NO_LIMIT, top: int | None = None
) -> Likeness:
    """Return the mechanisms ranked by their likeness to *mechanism*, or all pairs of them; only the *top* likest.

    >>> import govmap
    >>> atlas = govmap.load()
    >>> [pair.right for pair in govmap.rank_mechanisms(atlas, atlas.mechanism("MIRPS")).pairs][:2]
    ['RCM', 'LAD']

    Raises:
        NoAnswerError: The source gives no members for the mechanism.

    """
    covered = tuple(m for m in atlas.covered if m != mechanism)
    sets = mechanism_sets(atlas, (mechanism, *covered) if mechanism else covered, limit)
    return _rank(atlas, sets, mechanism.id if mechanism else None, limit, top)


def rank_countries(atlas: Atlas, country: Country, limit: Limit = NO_LIMIT, top: int | None = None) -> Likeness:
    """Return the countries of the dataset ranked by their likeness to *country* in the mechanisms that list them."""
    others = tuple(atlas.countries[code] for code in atlas.parties if code != country.alpha3)
    return _rank(atlas, country_sets(atlas, (country, *others), limit), country.alpha3, limit, top)


def rank_names(atlas: Atlas, names: Sequence[str], limit: Limit = NO_LIMIT, top: int | None = None) -> Likeness:
    """Return the ranking of likeness to the one thing that *names* (as typed) name, or of all pairs for none."""
    if not names:
        return rank_mechanisms(atlas, None, limit, top)
    _, (named,) = resolve_names(atlas, names)
    if isinstance(named, Mechanism):
        return rank_mechanisms(atlas, named, limit, top)
    return rank_countries(atlas, named, limit, top)


def _rank(atlas: Atlas, sets: Sets, of: str | None, limit: Limit, top: int | None) -> Likeness:
    seated = [id_ for id_ in sets.names if sets.seats[id_] or limit == NO_LIMIT]
    others = [other for other in seated if other != of and (of is None or sets.seats[of])]
    there_are = len(others) if of else len(others) * (len(others) - 1) // 2
    chosen: Iterable[tuple[str, str]] = ((of, other) for other in others) if of else combinations(seated, 2)
    if of is None and top is not None:
        chosen = likest_pairs({id_: sets.seats[id_] for id_ in seated}, top)
    pairs = [sets.pair(left, right) for left, right in chosen]
    pairs.sort(key=lambda pair: (-pair.jaccard, -pair.shared, pair.left, pair.right))
    return Likeness(
        kind=sets.kind,
        as_of=atlas.as_of,
        of=of,
        items=tuple(Item(id_, name, len(sets.seats[id_])) for id_, name in sets.names.items()),
        relation=limit.relation,
        theme=limit.theme,
        pairs=tuple(pairs[:top]),
        pair_count=there_are,
        caution=atlas.caution,
        changes=changes_in(atlas, (head.id for head in atlas.heads)),
    )
