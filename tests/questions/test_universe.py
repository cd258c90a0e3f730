"""Every question counts the same countries: those that the dataset declares, and whoever it lists on any date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.made import ABOUT, atlas_of, mechanism

import govmap
from govmap.questions.gaps import failure

STATES = {  # the 35 states of the Americas, all of them members of the United Nations
    *("ARG", "ATG", "BHS", "BLZ", "BOL", "BRA", "BRB", "CAN", "CHL", "COL", "CRI", "CUB", "DMA", "DOM", "ECU", "GRD"),
    *("GTM", "GUY", "HND", "HTI", "JAM", "KNA", "LCA", "MEX", "NIC", "PAN", "PER", "PRY", "SLV", "SUR", "TTO", "URY"),
    *("USA", "VCT", "VEN"),
}
BEYOND = {"ABW", "CUW", "ESP"}  # whom one of the eight lists beside them


def counted(atlas: govmap.Atlas) -> dict[str, list[str]]:
    """Return the countries that each question counts where none is named."""
    theme = atlas.themes[min(atlas.themes_worked_on)]
    overlap: Any = govmap.overlap(atlas, theme)
    some = atlas.covered[0]
    brief = govmap.brief(atlas, some)
    likeness: Any = govmap.compare(atlas, atlas.countries["PER"])
    upset: Any = govmap.matrix(atlas, upset=True)
    matrix: Any = govmap.matrix(atlas)
    found = {
        "overlap": [hit.code for hit in (*overlap.countries, *overlap.uncovered)],
        "gaps": [row.code for row in govmap.gaps(atlas).countries],
        "gaps on a theme": [row.code for row in govmap.gaps(atlas, theme=theme).countries],
        "list": [item.code for item in govmap.list(atlas, "countries")],
        "cover": list(govmap.cover(atlas).wanted),
        "map": [tile.code for tile in govmap.map(atlas).tiles],
        "matrix": [row.id for row in matrix.entries],
        "upset": [ref.code for combination in upset.combinations for ref in combination.countries],
        "compare": [item.id for item in likeness.items],
        "brief": [member.code for member in some.members] + [ref.code for ref in brief.not_listed or ()],
    }
    return {question: sorted(codes) for question, codes in found.items()}


def differing(atlas: govmap.Atlas, everyone: list[str]) -> dict[str, list[str]]:
    """Return the countries of the questions that count others than *everyone*."""
    return {question: codes for question, codes in counted(atlas).items() if codes != everyone}


@pytest.mark.parametrize("date", ["2005", "2019-06", "2023-04", "2026"])
def test_the_states_of_the_americas_and_whoever_the_eight_list_are_counted_on_every_date(
    atlas: govmap.Atlas, date: str
) -> None:
    everyone = sorted(STATES | BEYOND)
    assert (len(STATES), len(everyone)) == (35, 38)
    assert differing(atlas.at(date), everyone) == {}


def test_who_is_listed_nowhere_is_left_out_of_every_theme(atlas: govmap.Atlas) -> None:
    found: Any = govmap.overlap(atlas, "human trafficking")
    assert "CUB" in {ref.code for ref in found.uncovered}
    assert len(found.countries) + len(found.uncovered) == 38
    (cuba,) = (item for item in govmap.list(atlas, "countries") if item.code == "CUB")
    assert cuba.mechanisms == ()
    assert "CUB" in govmap.cover(atlas).unreachable
    assert failure(govmap.gaps(atlas), atlas) is None


def test_own_data_alone_count_whoever_they_list_on_any_date(atlas: govmap.Atlas) -> None:
    members = [{"code": "PER"}, {"code": "FRA", "until": "2010"}, {"code": "JPN", "since": "2030"}]
    made = atlas_of(atlas, mechanism("ONE", members, "asylum"))
    assert differing(made, ["FRA", "JPN", "PER"]) == {}


def test_own_data_may_declare_whom_they_count(atlas: govmap.Atlas) -> None:
    made = atlas_of(atlas, mechanism("ONE", "PER", "asylum"), about={**ABOUT, "universe": ["ESP", "CUB"]})
    assert differing(made, ["CUB", "ESP", "PER"]) == {}


def test_data_that_extend_the_bundled_count_whom_these_count_and_whoever_they_add(tmp_path: Path) -> None:
    more = {"extends": "bundled", "mechanisms": [{"id": "RCM", "members": [{"code": "FRA", "since": "2025"}]}]}
    (tmp_path / "mechanisms.yaml").write_text(yaml.safe_dump(more), encoding="utf-8")
    extended = govmap.load(tmp_path)
    assert differing(extended, sorted(STATES | BEYOND | {"FRA"})) == {}
