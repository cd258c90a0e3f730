from __future__ import annotations

import pytest
from tests.dataset.conftest import VALID, Problems, Write

from govmap.calls import Call
from govmap.dataset import Database, load
from govmap.dataset.bundled import bundled_files
from govmap.dataset.countries import COLUMNS, read_aliases, read_countries, with_aliases
from govmap.dataset.problems import Problem
from govmap.errors import NotFoundError
from govmap.model import Country
from govmap.names.resolver import Resolver

HEAD = ",".join(COLUMNS)
ATLANTIS = "QA,QAT,900,territory,FRA,Sea,Atlantis,Atlántida,,,Sunken Land|Isla Hundida"
NOT_A_ROW = "needs an alpha-3 code in capitals, an English name, and a kind: state, territory or historical"


def read(*rows: str) -> tuple[tuple[Country, ...], list[str]]:
    """Return the countries in *rows* of countries.csv, and the problems in them."""
    problems: list[Problem] = []
    countries = read_countries("\n".join([HEAD, *rows]).encode(), "c.csv", problems)
    return countries, [str(problem) for problem in problems]


def countries_of(loaded: Database) -> Resolver:
    return Resolver("country", loaded.names.countries, str, Call("list"))


def test_a_row_becomes_a_country() -> None:
    problems: list[Problem] = []
    assert read_countries(
        f"\ufeff{HEAD}\r\n{ATLANTIS}\r\nQB,QBT,901,state,,,Borland\r\n".encode(), "c.csv", problems
    ) == (
        Country(
            alpha2="QA",
            alpha3="QAT",
            numeric="900",
            kind="territory",
            sovereign="FRA",
            region="Sea",
            names={"en": "Atlantis", "es": "Atlántida"},
            other_names=("Sunken Land", "Isla Hundida"),
        ),
        Country("QB", "QBT", "901", "state", None, None, {"en": "Borland"}),
    )
    assert problems == []


@pytest.mark.parametrize(
    "row",
    [
        "QA,qat,900,state,,,Atlantis,,,,",
        "QA,QATT,900,state,,,Atlantis,,,,",
        "QA,,900,state,,,Atlantis,,,,",
        "QA,QAT,900,state,,,,,,,",
        "QA,QAT,900,kingdom,,,Atlantis,,,,",
        "QA,QAT",
    ],
)
def test_a_row_that_is_no_country_is_reported_with_its_line_and_left_out(row: str) -> None:
    countries, problems = read("QB,QBT,901,state,,,Borland", row, ATLANTIS)
    assert [country.alpha3 for country in countries] == ["QBT", "QAT"]
    assert problems == [f"c.csv:3:1: {NOT_A_ROW}"]


def test_a_country_in_two_rows_is_reported() -> None:
    assert read(ATLANTIS, ATLANTIS)[1] == ["c.csv:3:1: QAT is repeated here (first on line 2); keep one"]


LONG = "QA,QAT,900,state,,,{name},,,,"


def test_a_cell_has_20_000_characters_at_most(problems: Problems) -> None:
    (country,), found = read(LONG.format(name="x" * 20_000))
    assert (country.name, found) == ("x" * 20_000, [])
    too_long = "this is not CSV: `name_en` has more than 20000 characters"
    assert read(ATLANTIS, LONG.format(name="x" * 20_001)) == ((), [f"c.csv:3:1: {too_long}"])
    (huge,) = problems({"countries.csv": f"{HEAD}\n{LONG.format(name='x' * 200_000)}\n"})
    assert huge.startswith("countries.csv:2:1: this is not CSV: ")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_any_system_and_a_cell_keeps_its_own(end: str) -> None:
    problems: list[Problem] = []
    rows = read_aliases(f'alpha3,alias{end}QAT,"Lost{end}Island"{end}-,Nowhere{end}'.encode(), "a.csv", problems)
    assert problems == []
    assert rows == [(3, "QAT", f"Lost{end}Island"), (4, "-", "Nowhere")]


BAD = {
    "no columns": ("countries", "", "1:1: lacks the columns {columns}; add them to the first line"),
    "one column": ("countries", "alpha3\nQAT\n", "1:1: lacks the columns {others}; add them to the first line"),
    "no text": ("countries", b"\xff\xfe", "1:1: this is not UTF-8 text; save the file as UTF-8"),
    "open quote": (
        "countries",
        f'{HEAD}\nQA,QAT,1,state,,,"Atlantis\nQB\n',
        "3:1: this is not CSV: unexpected end of data",
    ),
    "no sovereign": (
        "countries",
        f"{HEAD}\nXX,XXX,,territory,YYY,,Nowhere,,,,\n",
        '1:1: XXX has "YYY" as `sovereign`, ',
    ),
    "other columns": (
        "country_aliases",
        "code,name\nCHL,x\n",
        "1:1: lacks the columns alpha3, alias; add them to the ",
    ),
    "open": ("country_aliases", 'alpha3,alias\nCHL,"A\nPER,B\n', "3:1: this is not CSV: unexpected end of data"),
    "no code": (
        "country_aliases",
        "alpha3,alias\nCHL,A\nQZZ,B\n",
        '3:1: "QZZ" is not an alpha-3 code; write one, or - for ',
    ),
    "line break": (
        "country_aliases",
        'alpha3,alias\nQZZ,"A\nB"\n',
        '3:1: "QZZ" is not an alpha-3 code; write one, or - for ',
    ),
}
OTHERS = ", ".join(column for column in COLUMNS if column != "alpha3")


@pytest.mark.parametrize(("file", "content", "problem"), BAD.values(), ids=BAD)
def test_a_mistake_in_a_table_is_reported_with_its_line(
    problems: Problems, file: str, content: str | bytes, problem: str
) -> None:
    (found,) = problems({f"{file}.csv": content})
    assert found.startswith(f"{file}.csv:{problem.format(columns=', '.join(COLUMNS), others=OTHERS)}")


def test_aliases_are_read_with_their_lines_and_added_to_the_other_names() -> None:
    (country,), _problems = read(ATLANTIS)
    aliases = read_aliases(b"alpha3,alias\nQAT,Lost Island\n-,Nowhere\n", "a.csv", [])
    assert aliases == [(2, "QAT", "Lost Island"), (3, "-", "Nowhere")]
    pairs = [(code, alias) for _line, code, alias in aliases]
    assert with_aliases((country,), pairs)[0].other_names == ("Sunken Land", "Isla Hundida", "Lost Island")
    assert with_aliases((country,), []) == (country,)


def test_the_bundled_countries_are_the_249_of_iso_3166_each_once(data: Database) -> None:
    countries = data.dataset.countries
    codes = [{getattr(country, key) for country in countries} for key in ("alpha2", "alpha3", "numeric")]
    assert [len(countries), *map(len, codes)] == [249] * 4
    assert {c.sovereign for c in countries if c.sovereign} <= codes[1]
    assert all(set(c.names) == {"en", "es", "pt", "fr"} for c in countries)


def test_own_countries_and_aliases_add_to_the_bundled_ones_and_replace_those_with_their_codes(
    write: Write, data: Database
) -> None:
    rows = "XA,XAT,901,state,,,Atlantis,,,,\nCL,CHL,152,state,,South America,Long Country,,,,\n"
    aliases = "alpha3,alias\nXAT,Lost Island\nCHL,Chilito\n-,Nowhereland\n"
    files = {"countries.csv": f"{HEAD}\n{rows}", "country_aliases.csv": aliases}
    loaded = load(write({"mechanisms.yaml": f"{VALID}      - XAT\n", **files}))
    names = {country.alpha3: country.name for country in loaded.dataset.countries}
    assert names == {**{c.alpha3: c.name for c in data.dataset.countries}, "CHL": "Long Country", "XAT": "Atlantis"}
    assert [member.code for member in loaded.dataset.mechanisms[0].members] == ["CHL", "XAT"]
    resolver = countries_of(loaded)
    assert [resolver.exact(name) for name in ("the lost island", "Chilito")] == [("XAT",), ("CHL",)]
    assert (resolver.exact("Nowhereland"), resolver.near("Nowherelamd")) == ((), ())


def test_what_is_no_country_in_the_bundled_data_is_none_beside_own_data_either(write: Write, data: Database) -> None:
    aliases = read_aliases(bundled_files()["country_aliases.csv"], "country_aliases.csv", [])
    not_countries = [alias for _line, code, alias in aliases if code == "-"]
    assert len(not_countries) > 20
    for loaded in (data, load(write({"mechanisms.yaml": VALID}))):
        for name in not_countries:
            with pytest.raises(NotFoundError):
                countries_of(loaded).find(name)
