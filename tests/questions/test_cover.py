"""The fewest mechanisms that seat every country, or reach every theme."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace
from tests.test_as_of import Data, loaded_of

import govmap
from govmap.dataset import LoadedDataset
from govmap.model import Event
from govmap.questions.cover import Cover, greedy_cover
from govmap.records import Change

ABOUT = {"title": "T", "version": "1", "reference_date": "2020"}


def mechanism(id_: str, members: str, **themes: str) -> Data:
    """Return a mechanism that lists countries (codes with a blank between them), with a group for each theme."""
    groups = [{"number": n, "name": name, "themes": [theme]} for n, (name, theme) in enumerate(themes.items())]
    listed = [{"code": code} for code in members.split()]
    return {"id": id_, "names": {"en": id_}, "kind": "forum", "relation": "member", "members": listed, "groups": groups}


ONE, TWO = mechanism("ONE", "ARG BOL CHL"), mechanism("TWO", "PER URY VEN")
LARGE = mechanism("LARGE", "BOL CHL PER URY")


@pytest.mark.parametrize(
    ("more", "exact", "solution"), [(17, True, ("ONE", "TWO")), (18, False, ("LARGE", "ONE", "TWO"))]
)
def test_with_more_than_twenty_candidates_the_largest_is_taken_first_whether_or_not_it_is_needed(
    atlas: govmap.Atlas, more: int, exact: bool, solution: tuple[str, ...]
) -> None:
    small = [mechanism(f"S{number}", "ARG") for number in range(more)]
    loaded = loaded_of({"about": ABOUT, "mechanisms": [ONE, TWO, LARGE, *small]}, atlas)
    assert govmap.cover_countries(govmap.Atlas(loaded)) == Cover(
        as_of="2020",
        kind="country",
        theme=None,
        wanted=("ARG", "BOL", "CHL", "PER", "URY", "VEN"),
        size=len(solution),
        solutions=(solution,),
        unreachable=(),
        exact=exact,
        caution=None,
        changes=(),
    )


def test_a_cover_tells_what_it_is_of_and_the_changes_of_those_parts_on_which_it_rests(atlas: govmap.Atlas) -> None:
    """Who is seated rests on members; who is seated on a theme, and what is worked on, on members and groups."""
    mechanisms = [mechanism("ALPHA", "CHL PER", Borders="borders"), mechanism("BETA", "ARG", Asylum="asylum")]
    loaded = loaded_of({"about": ABOUT, "mechanisms": mechanisms}, atlas)
    changed = [("2021", "ALPHA", "members"), ("2022", "ALPHA", "groups"), ("2023", "ALPHA", "chair")]
    events = [
        {"date": date, "kind": "changed", "mechanisms": [id_], "concerns": part, "text": part, "sources": ["s"]}
        for date, id_, part in (*changed, ("2024", "BETA", "members"))
    ]
    dataset = replace(loaded.dataset, events=msgspec.convert(events, tuple[Event, ...]))
    made = govmap.Atlas(LoadedDataset(dataset, loaded.names))
    seated, working = Change("2021", "ALPHA", "members", ("s",)), Change("2022", "ALPHA", "groups", ("s",))
    other = Change("2024", "BETA", "members", ("s",))
    everywhere = Cover(
        as_of="2020",
        kind="country",
        theme=None,
        wanted=("ARG", "CHL", "PER"),
        size=2,
        solutions=(("ALPHA", "BETA"),),
        unreachable=(),
        exact=True,
        caution=None,
        changes=(seated, other),
    )
    assert govmap.cover_countries(made) == everywhere
    assert govmap.cover_countries(made, theme="borders") == replace(
        everywhere,
        theme="borders",
        size=1,
        solutions=(("ALPHA",),),
        unreachable=("ARG",),
        changes=(seated, working),
    )
    assert govmap.cover_themes(made) == replace(
        everywhere, kind="theme", wanted=("asylum", "borders"), changes=(seated, working, other)
    )


def test_the_greedy_rule_takes_what_can_be_reached_of_a_target() -> None:
    assert greedy_cover({"A": 0b001, "B": 0b011, "C": 0b010}, 0b111) == ("B",)


def test_what_no_mechanism_works_on_has_no_cover_and_an_older_date_is_told_with_its_caution(
    atlas: govmap.Atlas,
) -> None:
    loaded = loaded_of({"about": ABOUT, "mechanisms": [ONE]}, atlas)
    assert govmap.cover_countries(govmap.Atlas(loaded, "2019"), theme="health") == Cover(
        as_of="2019",
        kind="country",
        theme="health",
        wanted=("ARG", "BOL", "CHL"),
        size=0,
        solutions=(),
        unreachable=("ARG", "BOL", "CHL"),
        exact=True,
        caution="The lists are those of 2020. A membership or group whose start is not known is counted since the"
        " mechanism was founded, and may have come later than 2019",
        changes=(),
    )
