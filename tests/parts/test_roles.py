"""Who chairs a mechanism, who is beside it, who leads its groups: on dates, with evidence, outside of all sets."""

from __future__ import annotations

from typing import Any

import pytest
from tests.made import atlas_of, mechanism

import govmap
from govmap.layout.page import Facts
from govmap.presentation import Presentation

compare: Any = govmap.compare  # each answer of which has a record of its own
CHAIRS = [
    {"code": "PER", "since": "2019", "until": "2020-06-15"},
    {"code": "CHL", "since": "2020-06-15", "seen": "2021"},
    {"code": "BOL", "since": "2023-03"},
    {"code": "ARG", "since": "2023-03"},
]


def facts_of(answer: Any) -> dict[str, str]:
    """Return the facts on the page of an answer by label."""
    blocks = Presentation(answer).page().blocks
    return {label: value for block in blocks if isinstance(block, Facts) for label, value in block.pairs}


def now(
    atlas: govmap.Atlas, as_of: str, chairs: list[dict[str, Any]] = CHAIRS
) -> tuple[list[str], str | None, list[str]]:
    """Return who chairs it on a date, since when that is not known, and who did last."""
    made = atlas_of(atlas, mechanism("ONE", "PER CHL", chairs=chairs), as_of=as_of)
    chair = govmap.mechanism(made, "ONE").chair
    assert chair is not None
    return [row.code for row in chair.held_by], chair.not_known_since, [row.code for row in chair.last_known]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2018", ([], None, [])),
        ("2019-01-01", (["PER"], None, [])),  # a year is meant as a whole
        ("2020-06-14", (["PER"], None, [])),
        ("2020-06-15", (["CHL"], None, [])),  # the day on which it was handed over
        ("2021-12-31", (["CHL"], None, [])),
        ("2022", ([], "2021", ["CHL"])),
        ("2023-03", (["ARG", "BOL"], None, [])),
        ("2023-04", ([], "2023-03", ["ARG", "BOL"])),
    ],
)
def test_a_chair_is_known_from_its_start_until_it_ends_or_was_last_seen(
    atlas: govmap.Atlas, as_of: str, expected: tuple[list[str], str | None, list[str]]
) -> None:
    assert now(atlas, as_of) == expected


def test_a_chair_of_which_only_the_end_or_a_day_is_known_holds_on_no_day_before(atlas: govmap.Atlas) -> None:
    chairs = [{"code": "PER", "until": "2020-06-15"}, {"code": "CHL", "seen": "2022-05-02"}]
    assert now(atlas, "2020-06-14", chairs) == ([], None, [])
    assert now(atlas, "2021", chairs) == ([], "2020-06-15", ["PER"])
    assert now(atlas, "2022-05-02", chairs) == (["CHL"], None, [])


def test_who_handed_the_chair_over_is_not_the_last_that_is_known(atlas: govmap.Atlas) -> None:
    chairs = [{"code": "PER", "until": "2020-06"}, {"code": "CHL", "since": "2020-06"}]
    assert now(atlas, "2020-06-30", chairs) == (["CHL"], None, [])
    assert now(atlas, "2021", chairs) == ([], "2020-06", ["CHL"])


def test_a_mechanism_no_chair_of_which_is_known_says_nothing_of_it(atlas: govmap.Atlas) -> None:
    assert govmap.mechanism(atlas, "R4V").chair is None


@pytest.mark.parametrize(
    ("id_", "as_of", "codes"),
    [  # from shared/facts/chairs-2026.tsv
        ("RCM", "2021-06", ["MEX"]),
        ("RCM", "2022-06", ["SLV"]),
        ("RCM", "2023-04", ["PAN"]),
        ("RCM", "2024-07", ["BLZ"]),
        ("SACM", "2022-10-13", ["CHL"]),
        ("SACM", "2023-04", ["PER"]),
        ("MIRPS", "2023-04", ["PAN"]),
        ("MIRPS", "2024-06", ["BLZ"]),
        ("MIRPS", "2025-06", ["CRI"]),
        ("MIRPS", "2025-11", ["SLV"]),
        ("QUITO", "2023-04", ["CHL"]),
        ("QUITO", "2024-06", ["CRI"]),
        ("LAD", "2024-09-25", ["COL"]),
        ("ANDEAN", "2025-09-30", ["ECU"]),
    ],
)
def test_the_chairs_of_the_bundled_data_are_those_of_the_pages(
    atlas: govmap.Atlas, id_: str, as_of: str, codes: list[str]
) -> None:
    then = atlas.at(as_of)
    chair = govmap.mechanism(then, id_).chair
    assert chair is not None
    assert [row.code for row in chair.held_by] == codes
    assert all(row.evidence.sources for row in chair.held_by)
    every = govmap.Atlas(then.context, as_of, "all")
    assert id_ in [item.id for item in govmap.list(every, "mechanisms", chair=codes[0])]


def test_what_was_only_announced_is_no_chair(atlas: govmap.Atlas) -> None:
    chair = govmap.mechanism(atlas.at("2025-06"), "QUITO").chair
    assert chair is not None
    assert (chair.held_by, chair.not_known_since, [row.code for row in chair.last_known]) == ((), "2024", ["CRI"])


def test_a_country_shows_who_chairs_what_lists_it_and_its_history_all_that_it_chaired(atlas: govmap.Atlas) -> None:
    seats = {seat.id: seat.chair for seat in govmap.country(atlas.at("2024-07"), "Belize").mechanisms}
    assert seats["RCM"] is not None
    assert [row.code for row in seats["RCM"].held_by] == ["BLZ"]
    told = [entry.text for entry in govmap.history(atlas, "Belize").entries]
    assert "RCM, new chair: Belize" in told
    assert "MIRPS, new chair: Belize" in told


def test_observers_are_beside_a_mechanism_and_in_no_set(atlas: govmap.Atlas) -> None:
    rows = govmap.mechanism(atlas, "RCM").observers
    assert [(row.code, row.role) for row in rows] == [(c, "observer") for c in ("ARG", "COL", "ECU", "JAM", "PER")]
    assert all(row.evidence.sources for row in rows)
    assert len(atlas.seats["RCM"]) == 11
    found = govmap.membership(atlas, "Peru", "RCM")
    assert (found.listed, [row.role for row in found.observers]) == (False, ["observer"])
    assert "RCM" in [row.id for row in govmap.country(atlas, "Peru").observes]
    assert "RCM" in [absence.id for absence in govmap.country(atlas, "Peru").not_in]
    assert compare(atlas, "RCM", "SACM").shared == ()


def test_observers_count_where_they_are_asked_for_and_friends_never(atlas: govmap.Atlas) -> None:
    found = compare(atlas, "RCM", "QUITO", relation="observer")
    assert [ref.code for ref in found.only["RCM"]] == ["ARG", "COL", "ECU", "JAM", "PER"]
    assert found.only["QUITO"] == ()  # Curaçao was seen in 2024 only
    assert [ref.code for ref in compare(atlas.at("2024-03-21"), "RCM", "QUITO", relation="observer").only["QUITO"]] == [
        "CUW"
    ]


def test_guatemala_observes_the_quito_process_between_its_two_dates(atlas: govmap.Atlas) -> None:
    for date, beside in (("2024-09-09", False), ("2024-09-10", True), ("2024-11-20", True), ("2024-11-21", False)):
        found = govmap.membership(atlas.at(date), "Guatemala", "QUITO")
        assert bool(found.observers) == beside
        assert date != "2024-11-21" or found.listed  # on no day is it known to be neither
    told = [(entry.date, entry.text) for entry in govmap.history(atlas, "QUITO").entries]
    assert [date for date, text in told if "observer" in str(text)] == ["2020-09"]  # of France; Guatemala joins


def test_all_roles_beside_a_mechanism_are_told_with_their_dates(atlas: govmap.Atlas) -> None:
    rows = govmap.membership(atlas, "Mexico", "SACM").observers
    assert [(row.role, row.seen) for row in rows] == [("guest", "2018-11"), ("observer", "2006")]
    dated = "SACM (guest, in November 2018; observer, in 2006)"
    assert f"not in {dated}." in str(Presentation(govmap.country(atlas, "Mexico")).page())
    assert f"It is not in {dated}." in str(Presentation(govmap.brief(atlas, "Mexico")).page())
    role = facts_of(govmap.membership(atlas, "Mexico", "SACM"))["Other role"]
    assert role == "guest, in November 2018; observer, in 2006; does not count as membership"


def test_a_role_beside_a_mechanism_is_not_among_the_other_bodies(atlas: govmap.Atlas) -> None:
    found = govmap.country(atlas, "Haiti")
    assert [seat.id for seat in found.other_bodies] == ["CMC"]
    assert "RIAM (guest, in December 2021) or SACM." in str(Presentation(found).page())
    assert facts_of(found)["Other bodies"] == "Caribbean Migration Consultations (participant)"


def test_nobody_supports_mirps_before_its_support_platform(atlas: govmap.Atlas) -> None:
    assert govmap.mechanism(atlas.at("2019-11-30"), "MIRPS").observers == ()
    rows = govmap.mechanism(atlas.at("2019-12-01"), "MIRPS").observers
    assert len(rows) == 9
    assert {(row.since, row.joined_after) for row in rows} == {(None, "2019-11")}


def test_leads_stand_with_their_groups_from_the_date_on_which_they_are_known(atlas: govmap.Atlas) -> None:
    groups = {row.number: row for row in govmap.mechanism(atlas, "LAD").groups or ()}
    led = {number: [ref.code for ref in row.leads] for number, row in groups.items()}
    assert led == {
        1: ["CHL"],
        2: ["COL"],
        3: ["ECU"],
        4: ["MEX"],
        5: ["CAN"],
        6: ["CAN", "GUY"],
        7: ["SLV"],
        8: [],
        9: [],
        10: [],
        11: ["PER"],
    }
    earlier = govmap.mechanism(atlas.at("2022-10-05"), "LAD").groups or ()
    assert {row.leads for row in earlier} == {()}
    assert govmap.evidence(atlas, "LAD").of is not None
    assert [fact.evidence.sources for fact in govmap.evidence(atlas, "LAD").facts if fact.part == "leads"]
