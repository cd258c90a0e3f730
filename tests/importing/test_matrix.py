"""A matrix becomes the memberships that its cells tell."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.importing.conftest import Take

from govmap.atlas import Atlas
from govmap.dataset import Loaded
from govmap.dataset.index import Aside, index_names
from govmap.errors import DataError
from govmap.model import Member


def test_countries_by_organisations_and_the_other_way_round_are_the_same(take: Take) -> None:
    rows = take("country,UN,NATO\nPeru,1,0\nCanada,1,1\nChile,2,3\n", wide=True)
    columns = take("organisation\tPeru\tCanada\tChile\nUN\t1\t1\t2\nNATO\t0\t1\t3\n", wide=True)
    for got in (rows, columns):
        assert got.members("UN") == [Member("CAN"), Member("CHL", relation="associate"), Member("PER")]
        assert got.members("NATO") == [Member("CAN"), Member("CHL", relation="observer")]
        assert got.report.cells is not None
        assert (got.report.cells.listed, got.report.cells.not_listed, got.report.cells.missing) == (5, 1, 0)
    assert rows.report.layout == "countries by organisations"
    assert columns.report.layout == "organisations by countries"


def test_a_cell_may_be_the_year_of_joining_as_in_lists_of_groups(take: Take) -> None:
    got = take("country,EU,OECD\nDE,1958.0,1961\nNA,,\nSE,1995,NaN\nFR,EU,1\n", wide=True)
    assert got.members("EU") == [Member("DEU", since="1958"), Member("FRA"), Member("SWE", since="1995")]
    assert got.members("OECD") == [Member("DEU", since="1961"), Member("FRA")]
    assert got.report.cells is not None
    assert got.report.cells.missing == 3


def test_years_of_a_state_are_memberships(take: Take) -> None:
    """A run ends with the first year out; one that lasts to the last year of the table goes on."""
    head = "ccode,year,state,UN,NATO\n"
    got = take(f"{head}20,1948,canada,1,0\n20,1949,canada,1,1\n20,1950,canada,1,1\n20,1951,canada,1,0\n", wide=True)
    assert got.members("UN") == [Member("CAN", joined_by="1948")], "it may have been in before the first year"
    assert got.members("NATO") == [Member("CAN", since="1949", until="1951")]
    assert got.report.layout == "countries and years by organisations"
    assert (got.report.codes, got.report.reference_date) == ("cown", "1951")
    assert [use.column for use in got.report.columns if use.role is None] == ["state"]


def test_years_of_an_organisation_are_memberships(take: Take) -> None:
    """The names of states are those of the Correlates of War, where russia is the Soviet Union in its time."""
    head = "ioname,orgname,year,usa,russia,wgermany,germany,sdate,version\n"
    got = take(
        f"{head}X,Ex,1989,0,1,1,-1,1950,3\nX,Ex,1990,0,1,1,1,1950,3\nX,Ex,1991,1,1,-1,1,1950,3\nX,Ex,1992,1,1,-1,1,1950,3\n",
        wide=True,
    )
    assert got.members("X") == [
        Member("DEU", joined_by="1989"),
        Member("RUS", since="1991-12-26"),
        Member("SUN", until="1991-12-26", joined_by="1989"),
        Member("USA", since="1991"),
    ]
    assert got.dataset is not None
    assert (got.dataset.mechanisms[0].founded, got.dataset.mechanisms[0].name) == ("1950", "Ex")


def test_what_lies_between_two_years_of_the_table_is_not_known(take: Take) -> None:
    """The Correlates of War have every fifth year until 1965."""
    rows = "".join(f"20,{year},{value}\n" for year, value in ((1940, 0), (1945, 1), (1950, 1), (1955, 0), (1960, 1)))
    assert take("ccode,year,UN\n" + rows, wide=True).members("UN") == [
        Member("CAN", joined_after="1940", joined_by="1945", until="1955"),
        Member("CAN", joined_after="1955", joined_by="1960"),
    ]


def test_a_missing_year_is_neither_in_nor_out(take: Take) -> None:
    rows = "".join(f"20,{1950 + place},{value}\n" for place, value in enumerate((0, -9, 1, -9, -9, 1, 0)))
    got = take("ccode,year,UN\n" + rows, wide=True)
    assert got.members("UN") == [
        Member("CAN", joined_after="1950", joined_by="1952", until="1953"),
        Member("CAN", joined_by="1955", until="1956"),
    ]
    assert got.report.notes == (
        "1 membership ends before a year that is missing (-9): whether it went on is not known",
    )


def test_a_state_that_is_not_in_the_system_for_a_time_is_out(take: Take) -> None:
    head = "ccode,year,UN\n"
    got = take(f"{head}211,1939,1\n2,1939,1\n2,1940,1\n211,1941,1\n2,1941,1\n", wide=True)
    assert got.members("UN") == [
        Member("BEL", joined_by="1939", until="1940"),
        Member("BEL", since="1941"),
        Member("USA", joined_by="1939"),
    ]


def test_a_change_of_relation_begins_another_membership(take: Take) -> None:
    rows = "".join(f"20,{1950 + place},{value}\n" for place, value in enumerate((0, 3, 3, 1, 1)))
    got = take("ccode,year,UN\n" + rows, wide=True)
    assert [(m.relation, m.since, m.until) for m in got.members("UN")] == [
        ("observer", "1951", "1953"),
        (None, "1953", None),
    ] or [(m.relation, m.since, m.until) for m in got.members("UN")] == [
        (None, "1951", "1953"),
        ("member", "1953", None),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("country,UN\nPeru,1\nChile,7\n", '"UN": "7" is not one of 0, 1, 2, 3, -1 and -9'),
        ("country,UN\nPeru,1\nPreu,1\n", '"Preu" is no country\'s name or code; did you mean Peru?'),
        ("country,UN\nPeru,1\nPER,0\n", "says otherwise than line 2 of the same; keep one"),
        ("country,year,UN\nPeru,1950,1\nPeru,50,1\n", '`year`: "50" is not a year; write 1945'),
        (
            f"organisation,name,Peru\nUN,x,1\nEU,{'x' * 2001},1\n",
            "`name` has 2001 characters; at most 2000 are allowed",
        ),
        ("country,UN\nPeru,1\nChile\n", "has 1 cells where the first line has 2"),
    ],
)
def test_a_row_that_cannot_be_taken_is_refused(take: Take, text: str, reason: str) -> None:
    got = take(text, wide=True, skip_bad_rows=True)
    ((told, lines),) = got.reasons().items()
    assert told.startswith(reason)
    assert lines == [3]
    assert [member.code for member in got.members("UN")] == ["PER"]


def test_a_row_that_stands_twice_is_taken_once(take: Take) -> None:
    got = take("country,UN\nPeru,1\nPER,1\n", wide=True)
    assert (got.report.rows.taken, got.report.rows.merged) == (1, 1)
    assert [(one.country, one.kind, one.lines) for one in got.report.merged] == [("PER", "duplicate", (2, 3))]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("organisation,country,UN\nx,Peru,1\n", "leave --wide out"),
        ("state,UN\nPeru,1\n", "no column is called country or organisation"),
        ("organisation,Peru,Total\nUN,1,3\n", 'A column is no country: "Total" is no country\'s name or code'),
        ("organisation,Peru,PER\nUN,1,1\n", 'The columns "Peru" and "PER" are the same country'),
        ("country\nPeru\n", "no column of countries or organisations"),
        ("country,UN,un\nPeru,1,1\n", "differs from"),
    ],
)
def test_a_matrix_that_cannot_be_read_is_told(take: Take, text: str, told: str) -> None:
    with pytest.raises(DataError, match=told.replace("(", r"\(")):
        take(text, wide=True)


def test_a_column_can_be_left_out(take: Take) -> None:
    got = take("organisation,Peru,Total\nUN,1,3\n", wide=True, ignore=("Total",))
    assert got.members("UN") == [Member("PER")]
    assert {use.column: use.role for use in got.report.columns}["Total"] is None


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from((0, 1, 2, 3, -1)), min_size=1, max_size=12))
def test_a_country_is_in_at_the_end_of_exactly_the_years_in_which_the_table_has_it_in(
    take: Take, bundled: Loaded, values: list[int]
) -> None:
    rows = "".join(f"20,{1990 + place},{value}\n" for place, value in enumerate(values))
    got = take("ccode,year,UN\n" + rows, wide=True)
    assert got.dataset is not None
    relation = got.dataset.mechanisms[0].relation
    words = {1: "member", 2: "associate", 3: "observer"}
    loaded = Loaded(got.dataset, bundled.names)
    for place, value in enumerate(values):
        (mechanism,) = Atlas(loaded, str(1990 + place)).mechanisms.values()
        assert [member.relation or relation for member in mechanism.members] == ([words[value]] if value > 0 else [])


def test_the_index_of_names_of_a_result_can_be_built(take: Take) -> None:
    got = take("country,UN\nYugoslavia,1\n", wide=True)
    assert got.dataset is not None
    assert index_names(got.dataset, Aside()).countries.codes["yug"] == "YUG"
