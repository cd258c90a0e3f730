"""Who sits where: the seats of countries in mechanisms, all of them or limited to a relation or a theme."""

from __future__ import annotations

from collections.abc import Iterable
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


def limited_seats(atlas: Atlas, limit: Limit) -> dict[str, frozenset[str]]:
    """Return the alpha-3 codes that each covered mechanism lists within *limit*, by mechanism id."""
    within = (limit.theme is None or limit.theme in atlas.themes_of(mechanism) for mechanism in atlas.covered)
    return {
        mechanism.id: _codes(atlas, mechanism, limit.relation) if fits else frozenset()
        for mechanism, fits in zip(atlas.covered, within, strict=True)
    }


def _codes(atlas: Atlas, mechanism: Mechanism, relation: str | None) -> frozenset[str]:
    """Return whom a mechanism lists with a *relation*; its observers are listed nowhere, and count where asked for."""
    listed = atlas.seats[mechanism.id].items()
    codes = {code for code, member in listed if relation in (None, member.relation or mechanism.relation)}
    if relation == "observer":
        codes |= {each.code for each in mechanism.observers if each.role == "observer"}
    return frozenset(codes)


def limited_themes(
    atlas: Atlas, mechanisms: Iterable[str], seats: dict[str, frozenset[str]], limit: Limit
) -> frozenset[str]:
    """Return the themes of the groups of *mechanisms* that have *seats* within *limit*: or its theme alone."""
    themes = {theme for id_ in mechanisms if seats[id_] for theme in atlas.themes_of(atlas.mechanisms[id_])}
    return frozenset(themes & {limit.theme} if limit.theme else themes)
