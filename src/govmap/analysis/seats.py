"""Who sits where: the seats of countries in mechanisms, all of them or limited to a relation or a theme."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govmap.atlas import Atlas
from govmap.model import Mechanism


class Limit(NamedTuple):
    """To which seats an answer is limited.

    Attributes:
        relation: Those of countries that are so listed: member, associate, observer, endorser …
        theme: Those in mechanisms with a group on this theme, by id.

    """

    relation: str | None = None
    theme: str | None = None


NO_LIMIT = Limit()


def limited_seats(atlas: Atlas, mechanism: Mechanism, limit: Limit) -> frozenset[str]:
    """Return the alpha-3 codes that a *mechanism* lists within *limit*.

    Its observers are listed nowhere, and count where they are asked for.
    """
    if limit.theme is not None and limit.theme not in atlas.themes_of(mechanism):
        return frozenset()
    codes = {m.code for m in mechanism.members if limit.relation in (None, m.relation or mechanism.relation)}
    if limit.relation == "observer":
        codes |= {each.code for each in mechanism.observers if each.role == "observer"}
    return frozenset(codes)


def limited_mechanisms(atlas: Atlas, code: str, limit: Limit) -> Iterator[str]:
    """Yield the ids of the mechanisms that list a country, given by alpha-3 code, within *limit*.

    If the limit is observers, mechanisms that the country only observes count too.
    """
    beside = (mechanism for mechanism, _row in atlas.observed_by(code)) if limit.relation == "observer" else ()
    for id_ in dict.fromkeys(mechanism.id for mechanism in (*atlas.mechanisms_of(code), *beside)):
        if limit == NO_LIMIT or code in limited_seats(atlas, atlas.mechanisms[id_], limit):
            yield id_


def limited_themes(atlas: Atlas, mechanisms: Iterable[str], limit: Limit) -> frozenset[str]:
    """Return the themes of the groups of *mechanisms*: or the theme of *limit* alone."""
    themes = set[str]().union(*map(atlas.themes_by_mechanism, mechanisms))
    return frozenset(themes & {limit.theme} if limit.theme else themes)
