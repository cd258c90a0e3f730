from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from govmap.dataset import Loaded, load
from govmap.dataset.countries import COLUMNS, read_aliases, read_countries, with_aliases
from govmap.dataset.loader import bundled_files
from govmap.dataset.problems import Problem
from govmap.errors import NotFoundError
from govmap.names.resolver import Names

Write = Callable[[dict[str, str | bytes]], Path]
Problems = Callable[[dict[str, str | bytes]], list[str]]

HEAD = ",".join(COLUMNS)
ATLANTIS = "QA,QAT,900,territory,FRA,Sea,Atlantis,Atlántida,,,Sunken Land|Isla Hundida"
NOT_A_ROW = "needs an alpha-3 code in capitals, an English name, and a kind: state, territory or historical"


def test_a_row_becomes_a_country() -> None:
    problems: list[Problem] = []
    (country,) = read_countries(f"\ufeff{HEAD}\r\n{ATLANTIS}\r\n".encode(), "c.csv", problems)
    assert problems == []
    assert (country.alpha2, country.alpha3, country.numeric) == ("QA", "QAT", "900")
    assert (country.kind, country.sovereign, country.region) == ("territory", "FRA", "Sea")
    assert country.names == {"en": "Atlantis", "es": "Atlántida"}
    assert country.name == "Atlantis"
    assert country.other_names == ("Sunken Land", "Isla Hundida")


def test_empty_cells_are_nothing() -> None:
    (country,) = read_countries(f"{HEAD}\nQA,QAT,900,state,,,Atlantis\n".encode(), "c.csv", [])
    assert (country.sovereign, country.region, country.other_names) == (None, None, ())


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
def test_a_row_that_is_no_country_is_told_with_its_line_and_left_out(row: str) -> None:
    problems: list[Problem] = []
    countries = read_countries(f"{HEAD}\n{ATLANTIS}\n{row}\n".encode(), "c.csv", problems)
    assert [country.alpha3 for country in countries] == ["QAT"]
    assert [str(problem) for problem in problems] == [f"c.csv:3:1: {NOT_A_ROW}"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", f"lacks the columns {', '.join(COLUMNS)}; add them to the first line"),
        (
            b"alpha3\nQAT\n",
            f"lacks the columns {', '.join(c for c in COLUMNS if c != 'alpha3')}; add them to the first line",
        ),
        (b"\xff\xfe", "this is not UTF-8 text; save the file as UTF-8"),
    ],
)
def test_a_file_that_is_no_table_of_countries_is_told(content: bytes, problem: str) -> None:
    problems: list[Problem] = []
    assert read_countries(content, "c.csv", problems) == ()
    assert [str(found) for found in problems] == [f"c.csv:1:1: {problem}"]


def test_a_row_after_one_that_is_no_country_is_read_all_the_same() -> None:
    problems: list[Problem] = []
    countries = read_countries(f"{HEAD}\nQB,qbt\n{ATLANTIS}\n".encode(), "c.csv", problems)
    assert [country.alpha3 for country in countries] == ["QAT"]
    assert [str(problem) for problem in problems] == [f"c.csv:2:1: {NOT_A_ROW}"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_on_any_system_and_a_cell_keeps_its_own(end: str) -> None:
    problems: list[Problem] = []
    rows = read_aliases(f'alpha3,alias{end}QAT,"Lost{end}Island"{end}-,Nowhere{end}'.encode(), "a.csv", problems)
    assert problems == []
    assert rows == [(3, "QAT", f"Lost{end}Island"), (4, "-", "Nowhere")]


def test_a_cell_has_20_000_characters_at_most() -> None:
    problems: list[Problem] = []
    rows = [f"QA,QAT,900,state,,,{'x' * n},,,," for n in (20_000, 20_001)]
    (country,) = read_countries(f"{HEAD}\n{rows[0]}\n".encode(), "c.csv", problems)
    assert (country.name, problems) == ("x" * 20_000, [])
    assert read_countries("\n".join([HEAD, *rows]).encode(), "c.csv", problems) == ()
    assert [str(problem) for problem in problems] == [
        "c.csv:3:1: this is not CSV: `name_en` has more than 20000 characters"
    ]


def test_a_huge_cell_is_a_problem_and_not_a_crash(problems: Problems, valid: str) -> None:
    row = f"QA,QAT,900,state,,,{'x' * 200_000},,,,"
    found = problems({"mechanisms.yaml": valid, "countries.csv": f"{HEAD}\n{row}\n"})
    assert len(found) == 1
    assert found[0].startswith("countries.csv:2:1: ")


@pytest.mark.parametrize("file", ["countries.csv", "country_aliases.csv"])
def test_a_quote_that_is_never_closed_is_a_problem_and_swallows_nothing(
    problems: Problems, valid: str, file: str
) -> None:
    content = {
        "countries.csv": f'{HEAD}\nQA,QAT,900,state,,,"Atlantis,,,,\nQB,QBT,901,state,,,Borlandia,,,,\n',
        "country_aliases.csv": 'alpha3,alias\nCHL,"Chilito\nPER,Perucito\n',
    }
    assert problems({"mechanisms.yaml": valid, file: content[file]}) == [
        f"{file}:3:1: this is not CSV: unexpected end of data"
    ]


def test_aliases_are_read_with_their_lines_and_added_to_the_other_names() -> None:
    problems: list[Problem] = []
    countries = read_countries(f"{HEAD}\n{ATLANTIS}\n".encode(), "c.csv", problems)
    aliases = read_aliases(b"alpha3,alias\nQAT,Lost Island\n-,Nowhere\n", "a.csv", problems)
    assert problems == []
    assert aliases == [(2, "QAT", "Lost Island"), (3, "-", "Nowhere")]
    pairs = [(code, alias) for _, code, alias in aliases]
    assert with_aliases(countries, pairs)[0].other_names == ("Sunken Land", "Isla Hundida", "Lost Island")
    assert with_aliases(countries, []) == countries


def test_an_alias_of_no_country_is_told_with_its_line(problems: Problems, valid: str) -> None:
    aliases = "alpha3,alias\nCHL,Chilito\nQZZ,Atlantis\n"
    assert problems({"mechanisms.yaml": valid, "country_aliases.csv": aliases}) == [
        'country_aliases.csv:3:1: "QZZ" is not an alpha-3 code; write one, or - for what is no country\'s name'
    ]


def test_an_alias_with_a_line_break_does_not_break_the_line_of_its_problem(problems: Problems, valid: str) -> None:
    found = problems({"mechanisms.yaml": valid, "country_aliases.csv": 'alpha3,alias\nQZZ,"a\nb"\n'})
    assert len(found) == 1


def test_a_country_that_stands_in_two_rows_is_told() -> None:
    problems: list[Problem] = []
    read_countries(f"{HEAD}\n{ATLANTIS}\n{ATLANTIS}\n".encode(), "c.csv", problems)
    assert [str(problem) for problem in problems] == ["c.csv:3:1: QAT stands here again (first on line 2); keep one"]


def test_aliases_without_their_columns_are_told(problems: Problems, valid: str) -> None:
    assert problems({"mechanisms.yaml": valid, "country_aliases.csv": "code,name\nCHL,x\n"}) == [
        "country_aliases.csv:1:1: lacks the columns alpha3, alias; add them to the first line"
    ]


def test_the_bundled_countries_are_the_249_of_iso_3166_each_once(bundled: Loaded) -> None:
    countries = bundled.dataset.countries
    assert len(countries) == 249
    for codes in ({c.alpha2 for c in countries}, {c.alpha3 for c in countries}, {c.numeric for c in countries}):
        assert len(codes) == 249
    assert {c.sovereign for c in countries if c.sovereign} <= {c.alpha3 for c in countries}
    assert all(set(c.names) == {"en", "es", "pt", "fr"} for c in countries)


def test_own_countries_and_aliases_add_to_the_bundled_ones(write: Write, valid: str, bundled: Loaded) -> None:
    folder = write(
        {
            "mechanisms.yaml": f"{valid}      - XAT\n",
            "countries.csv": f"{HEAD}\nXA,XAT,901,state,,,Atlantis,,,,\n",
            "country_aliases.csv": "alpha3,alias\nXAT,Lost Island\nCHL,Chilito\n-,Nowhereland\n",
        }
    )
    loaded = load(folder)
    dataset, names = loaded.dataset, loaded.names
    assert {c.alpha3 for c in dataset.countries} == {c.alpha3 for c in bundled.dataset.countries} | {"XAT"}
    assert [member.code for member in dataset.mechanisms[0].members] == ["CHL", "XAT"]
    country_names = Names("country", names.countries, str, "list")
    assert country_names.exact("the lost island") == ("XAT",)
    assert country_names.exact("Chilito") == ("CHL",)
    assert country_names.exact("Nowhereland") == ()
    assert country_names.near("Nowherelamd") == ()


def test_an_own_country_replaces_the_bundled_one_with_its_code(write: Write, valid: str) -> None:
    row = "CL,CHL,152,state,,South America,Long Country,,,,"
    dataset = load(write({"mechanisms.yaml": valid, "countries.csv": f"{HEAD}\n{row}\n"})).dataset
    assert [country.name for country in dataset.countries if country.alpha3 == "CHL"] == ["Long Country"]
    assert len(dataset.countries) == 249


def test_what_is_no_country_in_the_bundled_data_is_none_beside_own_data_either(
    write: Write, valid: str, bundled: Loaded
) -> None:
    aliases = read_aliases(bundled_files()["country_aliases.csv"], "country_aliases.csv", [])
    nobody = [alias for _, code, alias in aliases if code == "-"]
    assert len(nobody) > 20
    for loaded in (bundled, load(write({"mechanisms.yaml": valid}))):
        names = Names("country", loaded.names.countries, str, "list")
        taken = {alias: names.exact(alias) + names.near(alias) for alias in nobody if not _is_refused(names, alias)}
        assert taken == {}


def _is_refused(names: Names, typed: str) -> bool:
    try:
        names.find(typed)
    except NotFoundError:
        return True
    return False
