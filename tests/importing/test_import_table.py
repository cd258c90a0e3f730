"""A table becomes what it says, and every row is accounted for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.importing.conftest import ImportText

from govmap.atlas import Atlas
from govmap.dataset import LoadedDataset
from govmap.dataset.index import index_names
from govmap.errors import DataError
from govmap.model import Dataset

CASES = yaml.safe_load((Path(__file__).parents[1] / "data" / "imports.yaml").read_text(encoding="utf-8"))
FAILING = [case for case in CASES if "error" in case]
HEAD = "organisation,country,from,to,relation\n"


@pytest.mark.parametrize("case", [case for case in CASES if case not in FAILING], ids=lambda case: str(case["case"]))
def test_a_table_becomes_a_dataset_and_a_report(import_text: ImportText, case: dict[str, Any]) -> None:
    result = import_text(case["table"], **case.get("options", {}))
    report = msgspec.json.decode(msgspec.json.encode(result.report))
    expected = {key: case[key] for key in case.keys() & report.keys()}
    assert {key: report[key] for key in expected} == expected
    assert report["refused"] == case.get("refused", [])
    assert result.members() == case["members"]


@pytest.mark.parametrize("case", FAILING, ids=lambda case: str(case["case"]))
def test_a_table_that_cannot_be_read_is_an_error(import_text: ImportText, case: dict[str, Any]) -> None:
    with pytest.raises(DataError) as caught:
        import_text(case["table"], **case.get("options", {}))
    assert caught.value.message == case["error"]
    assert list(map(str, caught.value.suggestions)) == case["suggestions"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("UN,Preu,,,", '"Preu" is not a country\'s name or code; did you mean Peru?'),
        ("UN,Congo,,,", '"Congo" could be Congo - Kinshasa or Congo - Brazzaville; write one of them'),
        ("UN,100,,,", '"100" is a number; say which numbers they are: --codes iso3n'),
        ("UN,,1945,,", "the country is missing"),
        (",PER,1945,,", "the organisation is missing"),
        ("UN,PER,45,,", '`from`: "45" is not a date; write 1945, 1945-06 or 1945-06-26'),
        ("UN,PER,1945-02-30,,", '`from`: "1945-02-30" is not a date; write 1945, 1945-06 or 1945-06-26'),
        ("UN,PER,,,friend", '"friend" is not a relation; write one of: member, associate, observer, endorser, covered'),
        ("UN,CHL,1950,,observer", "Chile in UN: another relation at the same time as on line 2"),
        ("UN,PER,1945", "has 3 cells where the first line has 5"),
        ("un,PER,,,", '"un" differs from "UN" only in capitals; write one'),
    ],
)
def test_a_listing_that_cannot_be_taken_is_refused_with_its_line_and_the_reason(
    import_text: ImportText, row: str, reason: str
) -> None:
    text = f"{HEAD}UN,CHL,,,\n{row}\n"
    result = import_text(text, skip_bad_rows=True)
    (refusal,) = result.report.refused
    assert refusal.reason.startswith(reason)
    assert refusal.lines == (3,)
    assert (result.report.rows.read, result.report.rows.taken, result.report.rows.refused) == (2, 1, 1)
    assert result.members() == {"UN": "CHL"}
    assert import_text(text).written is None, "nothing is written unless bad rows may be skipped"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("country,UN\nPeru,1\nChile,7\n", '"UN": "7" is not one of 0, 1, 2, 3, -1 and -9'),
        ("country,UN\nPeru,1\nPreu,1\n", '"Preu" is not a country\'s name or code; did you mean Peru?'),
        ("country,UN\nPeru,1\n,1\n", "the country is missing"),
        ("country,UN\nPeru,1\nPER,0\n", "contradicts line 2; keep one"),
        ("country,year,UN\nPeru,1950,1\nPeru,50,1\n", '`year`: "50" is not a year; write 1945'),
        (f"organisation,name,Peru\nUN,x,1\nEU,{'x' * 2001},1\n", "`name` has 2001 characters; at most 2000"),
        ("country,UN\nPeru,1\nChile\n", "has 1 cells where the first line has 2"),
    ],
)
def test_a_row_of_a_matrix_that_cannot_be_taken_is_refused(import_text: ImportText, text: str, reason: str) -> None:
    result = import_text(text, wide=True, skip_bad_rows=True)
    (refusal,) = result.report.refused
    assert refusal.reason.startswith(reason)
    assert refusal.lines == (3,)
    assert [[member.code for member in each.members] for each in result.dataset.mechanisms] == [["PER"]]


def test_names_foundings_groups_and_themes_are_taken(import_text: ImportText) -> None:
    result = import_text(
        "organisation,country,name,group,theme,founded\n"
        'UN,PER,United Nations,"Mobility, legal",labour-migration|asylum,1946\n'
        "UN,,Naciones Unidas,,trata de personas,1945\n"
        'UN,,,"Mobility, legal",Sea level,1947\n'
        'UN,,,"Mobility, legal",SEA LEVEL,\n'
        "UN,CHL,,A group,,\n",
        skip_bad_rows=True,
    )
    (un,) = result.dataset.mechanisms
    assert (un.names, un.aliases, un.founded) == ({"en": "United Nations"}, ("Naciones Unidas",), "1945")
    assert [(group.number, group.name, group.themes) for group in un.groups] == [
        (1, "Mobility, legal", ("labour-migration", "asylum", "sea-level")),
        (2, "trata de personas", ("trafficking",)),
    ]
    assert result.report.new_themes == ("sea-level",)
    assert {theme.id: theme.label for theme in result.dataset.themes}["sea-level"] == "Sea level"
    assert result.report.rows.merged == 1, "the fifth line says what the fourth said"
    assert [(refusal.reason, refusal.lines) for refusal in result.report.refused] == [
        ("has a group without a theme; add one", (6,))
    ]


def test_the_names_of_the_organisations_of_the_correlates_of_war_are_taken(import_text: ImportText) -> None:
    (mechanism,) = import_text("ioname,orgname,year,usa,sdate\nX,Ex,1989,1,1950\n", wide=True).dataset.mechanisms
    assert (mechanism.name, mechanism.founded) == ("Ex", "1950")


def test_the_dataset_has_historical_states_and_former_names(import_text: ImportText) -> None:
    dataset = import_text("organisation,country\nUN,Upper Volta\nUN,West Germany\nUN,Yugoslavia\n").dataset
    countries = {country.alpha3: country for country in dataset.countries}
    assert "Upper Volta" in countries["BFA"].other_names
    assert "West Germany" in countries["DEU"].other_names
    assert countries["YUG"].kind == "historical"
    assert index_names(dataset).countries.codes["yug"] == "YUG"


def test_the_dataset_of_a_table_without_dates_answers_as_of_today(import_text: ImportText) -> None:
    assert len(import_text(f"{HEAD}UN,PER,,,\n").report.reference_date) == len("2020-01-01")


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from((0, 1, 2, 3, -1)), min_size=1, max_size=12))
def test_a_country_is_in_at_the_end_of_exactly_the_years_in_which_the_table_has_it_in(
    import_text: ImportText, bundled: LoadedDataset, values: list[int]
) -> None:
    rows = "".join(f"20,{1990 + place},{value}\n" for place, value in enumerate(values))
    dataset = import_text(f"ccode,year,UN\n{rows}", wide=True).dataset
    relation = dataset.mechanisms[0].relation
    words = {1: "member", 2: "associate", 3: "observer"}
    for place, value in enumerate(values):
        (mechanism,) = Atlas(LoadedDataset(dataset, bundled.names), str(1990 + place)).mechanisms.values()
        assert [member.relation or relation for member in mechanism.members] == ([words[value]] if value > 0 else [])


MONTHS = [f"{year}-{month:02d}" for year in range(1989, 1994) for month in range(1, 13)]


def months_in(dataset: Dataset, bundled: LoadedDataset) -> list[str]:
    """Return the months at whose end an organisation lists somebody."""
    dated = ((month, Atlas(LoadedDataset(dataset, bundled.names), month)) for month in MONTHS)
    return [month for month, atlas in dated if atlas.seats["UN"]]


@pytest.mark.parametrize(
    ("table", "last"),
    [
        ("organisation,country,from,to\nUN,PER,1980,1990\n", "1990-12"),
        ("organisation,country,from,to\nUN,PER,1980,1990-06\n", "1990-06"),
        ("organisation,country,from,until\nUN,PER,1980,1990-06-15\n", "1990-05"),
        # A change of relation and a spell that begins where another ends come in the course of the year: never out.
        ("organisation,country,from,to,relation\nUN,PER,1980,1990,observer\nUN,PER,1991,,\n", "1993-12"),
        ("organisation,country,from,to,relation\nUN,PER,1980,1990,\nUN,PER,1991,,\n", "1993-12"),
        ("organisation,country,from,to,relation\nUN,PER,1980,1990-06,observer\nUN,PER,1990-07,,\n", "1993-12"),
        ("country,year,UN\nPER,1980,1\nPER,1990,1\nPER,1991,0\n", "1990-12"),
        ("country,year,UN\nPER,1980,1\nPER,1990,1\nPER,1991,-9\n", "1990-12"),
        ("country,year,UN\nPER,1980,3\nPER,1990,3\nPER,1991,1\n", "1993-12"),
    ],
)
def test_a_membership_to_a_year_ends_with_that_year(
    import_text: ImportText, bundled: LoadedDataset, table: str, last: str
) -> None:
    dataset = import_text(table, wide="year" in table).dataset
    assert months_in(dataset, bundled) == [month for month in MONTHS if month <= last]
