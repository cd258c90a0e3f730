"""Which mechanisms are known to have met: each pair, with what else they have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations

from govmap.analysis.neighbours import nothing_to_compare
from govmap.atlas import Atlas
from govmap.dates import last_day
from govmap.declaration import COMPARE, question
from govmap.errors import GovmapError
from govmap.model import Mechanism
from govmap.parts.links import LinkRow, basis_of, links_among, served_together
from govmap.records import Answer, Basis, Result
from govmap.statements import Statement

MOST_PAIRS = 200_000  # up to which all are in the answer


class LinkedPair(Result, frozen=True):
    """Two mechanisms (ids): their known contacts, and what else they have in common.

    `links` is empty where no contact is known, which is not to say that there was none. `kinds` are those of the
    contacts, `last` is the date of the latest. `shared_secretariat` are the agencies that serve both, which is no
    contact; on the secretariat of those `contradicted` (ids of the two) another page differs, and
    `contradicted_by_agency` tells on which agency. `shared_members` is null where the members of one are not known,
    `shared_themes` where its groups are not.
    """

    left: str
    right: str
    links: tuple[LinkRow, ...]
    kinds: tuple[str, ...]
    last: str | None
    shared_members: int | None
    shared_themes: int | None
    shared_secretariat: tuple[str, ...]
    contradicted: tuple[str, ...]
    contradicted_by_agency: dict[str, tuple[str, ...]]


class Links(Answer, frozen=True):
    """The answer to `links`: every pair of mechanisms, those with a known contact first.

    `linked` is in how many pairs a contact is known, `with_shared_secretariat` in how many one agency serves both. Of
    more than 200,000 pairs, `pairs` has those with a known contact alone; `pair_count` counts all. `beyond` are the
    bodies (ids) out of scope with which a contact is known.
    """

    as_of: str
    of: str | None
    pair_count: int
    linked: int
    with_shared_secretariat: int
    pairs: tuple[LinkedPair, ...]
    beyond: tuple[str, ...]
    caution: Statement | None


@question(COMPARE, "RCM", "")
def links(atlas: Atlas, name: str | Mechanism | None = None) -> Links:
    """Show the known links between mechanisms, and what each pair shares.

    >>> import govmap
    >>> found = govmap.links(govmap.load())
    >>> found.pair_count, [(pair.left, pair.right, pair.last) for pair in found.pairs if pair.links]
    (28, [('QUITO', 'R4V', '2019-04-08'), ('CAM', 'RCM', '2022'), ('RCM', 'SACM', '2021-09-09')])

    Args:
        name: Only pairs with this mechanism (default: all).

    Raises:
        NotFoundError: No mechanism has that name; the error suggests others.
        AmbiguousError: Several have it or are near it.
        NoAnswerError: The mechanism did not exist on the date of the atlas.

    """
    of = None if name is None else atlas.mechanism(name).id
    atlas = atlas.including((of,) if of else ())
    ids = sorted({mechanism.id for mechanism in atlas.covered} | ({of} if of else set()))
    known = {pair: links for pair, links in links_among(atlas, ids).items() if of is None or of in pair}
    every: Iterable[tuple[str, str]] = combinations(ids, 2)
    pair_count = len(ids) * (len(ids) - 1) // 2
    if of:
        every = [(min(of, id_), max(of, id_)) for id_ in ids if id_ != of]
        pair_count = len(every)
    shown = every if pair_count <= MOST_PAIRS else known
    pairs = [_pair(atlas, *pair, known.get(pair, ())) for pair in shown]
    pairs.sort(key=lambda pair: (not pair.links, -(pair.shared_members or 0), pair.left, pair.right))
    return Links(
        as_of=atlas.as_of,
        of=of,
        pair_count=pair_count,
        linked=len(known),
        with_shared_secretariat=_served_together(atlas, ids, of),
        pairs=tuple(pairs),
        beyond=_beyond(atlas, (of,) if of else ids),
        caution=atlas.caution,
    )


def rests_on(found: Links, _atlas: Atlas) -> Iterator[Basis]:
    """Yield the contacts, and the lists, groups and secretariats of the mechanisms."""
    ids = dict.fromkeys(id_ for pair in found.pairs for id_ in (pair.left, pair.right))
    yield from Basis.parts(ids, "members", "groups", "secretariats")
    yield from basis_of(link for pair in found.pairs for link in pair.links)


def failure(found: Links, atlas: Atlas) -> GovmapError | None:
    """Return why there is no answer where there is no pair of mechanisms."""
    return None if found.pair_count else nothing_to_compare(atlas)


def _beyond(atlas: Atlas, ids: Iterable[str]) -> tuple[str, ...]:
    """Return the bodies (ids) out of scope with which one of *ids* is known to have met."""
    out_of_scope = {mechanism.id for mechanism in atlas.out_of_scope}
    met = {other for id_ in ids for other, _link in atlas.links_of(atlas.mechanisms[id_])} if out_of_scope else set()
    return tuple(sorted(met & out_of_scope))


def _served_together(atlas: Atlas, ids: list[str], of: str | None) -> int:
    """Return in how many pairs of mechanisms (ids), or of those with one of them, an agency serves both."""
    serving = {id_: frozenset(each.agency for each in atlas.mechanisms[id_].secretariats) for id_ in ids}
    if of:
        return sum(not serving[of].isdisjoint(agencies) for id_, agencies in serving.items() if id_ != of)
    served = Counter(filter(None, serving.values()))
    alike = sum(number * (number - 1) // 2 for number in served.values())
    return alike + sum(served[a] * served[b] for a, b in combinations(served, 2) if a & b)


def _pair(atlas: Atlas, left: str, right: str, links: tuple[LinkRow, ...]) -> LinkedPair:
    both = (atlas.mechanisms[left], atlas.mechanisms[right])
    members = set.intersection(*({member.code for member in mechanism.members} for mechanism in both))
    are_known = all(mechanism.coverage == "full" for mechanism in both)
    themes = set.intersection(*(set(atlas.themes_of(mechanism)) for mechanism in both))
    is_unknown = any(atlas.is_unknown(mechanism, "groups") for mechanism in both)
    return LinkedPair(
        left,
        right,
        links,
        kinds=tuple(sorted({link.kind for link in links})),
        last=max((link.date for link in links if link.date), key=last_day, default=None),
        shared_members=len(members) if are_known else None,
        shared_themes=None if is_unknown else len(themes),
        **served_together(atlas, left, right),
    )
