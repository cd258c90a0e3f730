"""A table with a listing a row becomes what it says, and every row is accounted for."""

from __future__ import annotations

import pytest
from tests.importing.conftest import Take

from govmap.errors import DataError
from govmap.model import Member

HEAD = "organisation,country,from,to,relation\n"


def test_dates_in_a_table_are_the_first_and_the_last_in(take: Take) -> None:
    """`to` is the last part-date in; the data format wants the first day out."""
    got = take(HEAD + "UN,PER,1945-10-31,,\nOAS,NIC,1948,2023-11-18,\nOAS,CUB,1948-05,1962,\nOAS,PER,,1990-06,\n")
    assert got.members("UN") == [Member("PER", since="1945-10-31")]
    assert got.members("OAS") == [
        Member("CUB", since="1948-05", until="1963"),
        Member("NIC", since="1948", until="2023-11-19"),
        Member("PER", until="1990-07"),
    ]


def test_until_is_the_first_day_out_as_in_the_data_format(take: Take) -> None:
    got = take("mechanism,country,since,until\nOAS,NIC,1948,2023-11-19\n")
    assert got.members("OAS") == [Member("NIC", since="1948", until="2023-11-19")]


@pytest.mark.parametrize("typed", ["9999", "9999-12-31", "", "NA", "nan"])
def test_an_end_that_is_none_is_no_end(take: Take, typed: str) -> None:
    assert take(HEAD + f"UN,PER,1945.0,{typed},\n").members("UN") == [Member("PER", since="1945")]


def test_countries_are_taken_by_names_in_four_languages_and_by_letters(take: Take) -> None:
    got = take("organisation,country\n" + "".join(f"UN,{n}\n" for n in ("Perú", "BR", "CHL", "Haïti", "Côte d'Ivoire")))
    assert [member.code for member in got.members("UN")] == ["BRA", "CHL", "CIV", "HTI", "PER"]


@pytest.mark.parametrize(
    ("typed", "code", "name"),
    [
        ("Yugoslavia", "YUG", "Yugoslavia"),
        ("URSS", "SUN", "USSR"),
        ("Soviet Union", "SUN", "USSR"),
        ("GDR", "DDR", "German Democratic Republic"),
        ("Checoslovaquia", "CSK", "Czechoslovakia"),
        ("SCG", "SCG", "Serbia and Montenegro"),
        ("Netherlands Antilles", "ANT", "Netherlands Antilles"),
        ("Republic of Vietnam", "XVS", "South Vietnam"),
        ("North Yemen", "XYA", "Yemen Arab Republic"),
        ("Democratic Yemen", "YMD", "South Yemen"),
    ],
)
def test_a_historical_state_is_a_record_of_its_own(take: Take, typed: str, code: str, name: str) -> None:
    got = take(f"organisation,country\nUN,{typed}\n")
    assert got.members("UN") == [Member(code)]
    assert got.dataset is not None
    (country,) = [one for one in got.dataset.countries if one.alpha3 == code]
    assert (country.name, country.kind) == (name, "historical")
    assert [(ref.code, ref.name) for ref in got.report.new_countries] == [(code, name)]


def test_a_state_that_only_changed_its_name_is_the_same_and_keeps_the_former_name_to_type(take: Take) -> None:
    got = take("organisation,country\nUN,Upper Volta\nUN,West Germany\n")
    assert [member.code for member in got.members("UN")] == ["BFA", "DEU"]
    assert got.dataset is not None
    named = {one.alpha3: one.other_names for one in got.dataset.countries}
    assert "Upper Volta" in named["BFA"]
    assert "West Germany" in named["DEU"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("UN,Preu,,,", '"Preu" is no country\'s name or code; did you mean Peru?'),
        ("UN,Congo,,,", '"Congo" could be Congo - Kinshasa or Congo - Brazzaville; write which'),
        ("UN,,1945,,", "no country is named"),
        (",PER,1945,,", "no organisation is named"),
        ("UN,PER,1945,1944,", "ends (1944) before it starts (1945); mend a date"),
        ("UN,PER,45,,", '`from`: "45" is not a date; write 1945, 1945-06 or 1945-06-26'),
        ("UN,PER,1945-02-30,,", '`from`: "1945-02-30" is not a date; write 1945, 1945-06 or 1945-06-26'),
        ("UN,PER,,,friend", '"friend" is not a relation; write one of: member, associate, observer, endorser, covered'),
        ("UN,PER,1945", "has 3 cells where the first line has 5"),
        ("un,PER,,,", '"un" differs from "UN" by capitals alone; write one'),
    ],
)
def test_a_row_that_cannot_be_taken_is_refused_with_its_line_and_the_reason(take: Take, row: str, reason: str) -> None:
    got = take(f"{HEAD}UN,CHL,,,\n{row}\n", skip_bad_rows=True)
    ((told, lines),) = got.reasons().items()
    assert told.startswith(reason)
    assert lines == [3]
    assert (got.report.rows.read, got.report.rows.taken, got.report.rows.refused) == (2, 1, 1)
    assert got.members("UN") == [Member("CHL")]


def test_nothing_is_made_where_a_row_is_refused_unless_that_is_asked_for(take: Take) -> None:
    assert take(HEAD + "UN,CHL,,,\nUN,Preu,,,\n").made is None
    assert take(HEAD + "UN,Preu,,,\n", skip_bad_rows=True).made is None, "no row is left"


def test_an_organisation_of_refused_rows_alone_is_not_in_the_dataset(take: Take) -> None:
    got = take(
        "organisation,country,from,relation\nUN,CHL,1945,member\nUN,CHL,1950,observer\nEU,Preu,,\n", skip_bad_rows=True
    )
    assert got.dataset is not None
    assert [mechanism.id for mechanism in got.dataset.mechanisms] == ["UN"]


def test_a_number_is_never_read_as_one_code_or_another_unasked(take: Take) -> None:
    """100 is Bulgaria for ISO 3166-1 and Colombia for the Correlates of War."""
    text = "organisation,country\nUN,100\n"
    (reason,) = take(text).reasons()
    assert reason.startswith('"100" is a number; say which numbers they are: --codes iso3n')
    assert take(text, codes="iso3n").members("UN") == [Member("BGR")]
    assert take(text, codes="cown").members("UN") == [Member("COL")]
    assert take(text.replace("country", "ccode")).members("UN") == [Member("COL")]
    assert take(text.replace("country", "M49"), roles=("country=M49",)).members("UN") == [Member("BGR")]
    assert take("organisation,country\nUN,4\n", codes="iso3n").members("UN") == [Member("AFG")]


def test_letters_of_the_correlates_of_war_are_not_those_of_iso(take: Take) -> None:
    text = "organisation,stateabb\nUN,SWZ\nUN,AUS\nUN,SLV\n"
    assert [member.code for member in take(text).members("UN")] == ["AUT", "CHE", "SVN"]
    iso = take(text.replace("stateabb", "country"))
    assert [member.code for member in iso.members("UN")] == ["AUS", "SLV", "SWZ"]


def test_a_state_of_the_correlates_of_war_is_each_of_its_records_in_its_time(take: Take) -> None:
    got = take("organisation,ccode,from,to\nUN,365,1945,\nUN,345,1945,2014\nX,345,1960,1970\nY,345,,\nZ,365,,1980\n")
    assert got.members("UN") == [
        Member("RUS", since="1991-12-26"),
        Member("SCG", since="2003-02-04", until="2006-06-05"),
        Member("SRB", since="2006-06-05", until="2015"),
        Member("SUN", since="1945", until="1991-12-26"),
        Member("YUG", since="1945", until="2003-02-04"),
    ]
    assert got.members("X") == [Member("YUG", since="1960", until="1971")]
    assert got.members("Y") == [Member("SRB")], "of a spell without a start only the last record is sure"
    assert got.members("Z") == [Member("SUN", until="1981")]
    assert got.report.rows.taken == 5


def test_rows_that_say_the_same_or_overlap_become_one_and_are_named(take: Take) -> None:
    rows = "UN,PER,1945,1990,\nUN,Peru,1945,1990,\nUN,PER,1980,,\nUN,CHL,1945,1960,\nUN,CHL,1970,,\n"
    got = take(HEAD + rows)
    assert got.members("UN") == [
        Member("CHL", since="1945", until="1961"),
        Member("CHL", since="1970"),
        Member("PER", since="1945"),
    ]
    assert [(one.country, one.kind, one.lines) for one in got.report.merged] == [("PER", "overlap", (2, 3, 4))]
    assert (got.report.rows.taken, got.report.rows.merged) == (3, 2)
    assert [one.kind for one in take(HEAD + "UN,PER,1945,,\nUN,PER,1945,,\n").report.merged] == ["duplicate"]


def test_a_change_of_relation_within_a_year_is_no_contradiction(take: Take) -> None:
    got = take(HEAD + "UN,PER,1950,1960,observer\nUN,PER,1960,,member\n")
    assert got.members("UN") == [
        Member("PER", since="1950", until="1960", relation="observer"),
        Member("PER", since="1960"),
    ] or got.members("UN") == [
        Member("PER", since="1950", until="1960"),
        Member("PER", since="1960", relation="member"),
    ]
    ((reason, lines),) = take(HEAD + "UN,PER,1950,1961,observer\nUN,PER,1960,,member\n").reasons().items()
    assert (reason, lines) == ("Peru in UN: another relation at the same time as on line 2", [3])


def test_what_most_are_is_the_relation_of_the_organisation(take: Take) -> None:
    got = take(HEAD + "UN,PER,,,1\nUN,CHL,,,full member\nUN,BRA,,,Observer\nUN,ARG,,,2\n")
    assert got.dataset is not None
    assert got.dataset.mechanisms[0].relation == "member"
    assert {member.code: member.relation for member in got.members("UN")} == {
        "ARG": "associate",
        "BRA": "observer",
        "CHL": None,
        "PER": None,
    }


def test_names_groups_and_themes_are_taken(take: Take) -> None:
    got = take(
        "organisation,country,name,group,theme\n"
        'UN,PER,United Nations,"Mobility, legal",labour-migration|asylum\n'
        "UN,,Naciones Unidas,,trata de personas\n"
        'UN,,,"Mobility, legal",Sea level\n'
        'UN,,,"Mobility, legal",SEA LEVEL\n'
        "UN,CHL,,A group,\n",
        skip_bad_rows=True,
    )
    assert got.dataset is not None
    (un,) = got.dataset.mechanisms
    assert (un.names, un.aliases) == ({"en": "United Nations"}, ("Naciones Unidas",))
    assert [(group.number, group.name, group.themes) for group in un.groups] == [
        (1, "Mobility, legal", ("labour-migration", "asylum", "sea-level")),
        (2, "trata de personas", ("trafficking",)),
    ]
    assert got.report.new_themes == ("sea-level",)
    assert {theme.id: theme.label for theme in got.dataset.themes}["sea-level"] == "Sea level"
    assert got.report.rows.merged == 1, "the fifth line says what the fourth said"
    assert got.reasons() == {"names a group without a theme; add one": [6]}


def test_an_organisation_whose_name_is_no_id_gets_one_of_its_own(take: Take) -> None:
    names = ("Unión Africana", "Union Africana", "联合国", "*", "NO", "a" * 200)
    got = take("organisation,country\n" + "".join(f"{name},PER\n" for name in names))
    assert got.dataset is not None
    ids = {mechanism.name: mechanism.id for mechanism in got.dataset.mechanisms}
    assert ids == {
        "Unión Africana": "Union-Africana",
        "Union Africana": "Union-Africana-2",
        "联合国": "organisation",
        "*": "organisation-2",
        "NO": "NO",
        "a" * 200: "a" * 80,
    }


def test_the_dataset_answers_as_of_the_latest_date_of_the_table(take: Take) -> None:
    assert take(HEAD + "UN,PER,1945,2013,\nUN,CHL,1945,2014-06,\n").report.reference_date == "2014-06"
    assert take(HEAD + "UN,PER,1945,,\nUN,CHL,1945,2999,\n").report.reference_date == "1945"
    assert take(HEAD + "UN,PER,1945,,\n", reference_date="2020").report.reference_date == "2020"
    assert len(take(HEAD + "UN,PER,,,\n").report.reference_date) == 10, "today"


def test_a_column_is_found_by_the_name_that_is_given(take: Take) -> None:
    text = "igo;iso3c;country;start\nUN;PER;whatever;1945\n"
    got = take(text, roles=("organisation=igo", "country=ISO3C", "from=start"))
    assert got.members("UN") == [Member("PER", since="1945")]
    assert {use.column: use.role for use in got.report.columns} == {
        "igo": "organisation",
        "iso3c": "country",
        "country": None,
        "start": "from",
    }
    with pytest.raises(DataError, match='has no column "iso2c"; its columns are "igo", "iso3c", "country", "start"'):
        take(text, roles=("country=iso2c",))
    with pytest.raises(DataError, match="has no column called organisation"):
        take(text)


def test_an_empty_name_takes_a_column_away(take: Take) -> None:
    got = take("organisation,country,name\nUN,PER,x\n", roles=("name=",))
    assert got.dataset is not None
    assert got.dataset.mechanisms[0].name == "UN"


def test_empty_rows_are_counted_apart(take: Take) -> None:
    got = take("organisation,country\n,\n\nUN,PER\n ,\t\n")
    assert (got.report.rows.read, got.report.rows.empty) == (1, 3)


def test_a_founding_is_taken_and_the_earliest_where_rows_differ(take: Take) -> None:
    got = take("organisation,country,founded\nUN,PER,1946\nUN,CHL,1945\nUN,BRA,1947\n")
    assert got.dataset is not None
    assert got.dataset.mechanisms[0].founded == "1945"
