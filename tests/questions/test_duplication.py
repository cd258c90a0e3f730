"""The ranking of themes by what is done twice: its order, and what it tells of a theme."""

from __future__ import annotations

from typing import Any

from govmap.questions.duplication import Duplication, ThemeDuplication
from tests.test_as_of import loaded_of

import govmap


def mechanism(id_: str, codes: str, *themes: str) -> dict[str, Any]:
    """Return a mechanism with members and a group for each theme."""
    groups = [{"number": at, "name": theme.title(), "themes": [theme]} for at, theme in enumerate(themes)]
    members = [{"code": code} for code in codes.split()]
    names = {"en": f"{id_} Forum"}
    return {"id": id_, "names": names, "kind": "forum", "relation": "member", "members": members, "groups": groups}


def test_of_themes_with_as_many_repeated_seats_that_of_more_mechanisms_then_groups_comes_first(
    atlas: govmap.Atlas,
) -> None:
    """Chile is in A and B; C adds a seat and a country; D has no members."""
    mechanisms = [
        mechanism("A", "ARG CHL", "borders", "asylum", "gender", "gender", "smuggling"),
        mechanism("B", "CHL", "borders", "asylum", "gender"),
        mechanism("C", "PER", "asylum"),
        mechanism("D", "", "health"),
    ]
    about = {"title": "T", "version": "1", "reference_date": "2020"}
    ground = govmap.Atlas(loaded_of({"about": about, "mechanisms": mechanisms}, atlas), "2019")
    label = {theme: atlas.themes[theme].label for theme in ("asylum", "gender", "borders", "health", "smuggling")}
    assert govmap.rank_duplication(ground) == Duplication(
        "2019",
        "The lists are those of 2020. A membership or group whose start is not known is counted since the mechanism was"
        " founded, and may have come later than 2019",
        (
            ThemeDuplication("asylum", label["asylum"], 3, ("A", "B", "C"), 4, 3, 1, 0.25),
            ThemeDuplication("gender", label["gender"], 3, ("A", "B"), 3, 2, 1, 0.3333),
            ThemeDuplication("borders", label["borders"], 2, ("A", "B"), 3, 2, 1, 0.3333),
            ThemeDuplication("health", label["health"], 1, ("D",), 0, 0, 0, 0.0),
            ThemeDuplication("smuggling", label["smuggling"], 1, ("A",), 2, 2, 0, 0.0),
        ),
        (),
    )
