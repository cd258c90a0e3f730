"""A table becomes what it says, and every row is accounted for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.importing.conftest import ImportText

from govmap.atlas import Atlas
from govmap.dataset import LoadedDataset
from govmap.dataset.index import index_names
from govmap.fields import RELATIONS, Relation
from govmap.importing.themes import ThemeResolver
from govmap.language import LANGUAGES, Language, speaking
from govmap.layout import words
from govmap.model import Dataset

CASES = yaml.safe_load((Path(__file__).parents[1] / "data" / "imports.yaml").read_text(encoding="utf-8"))
HEAD = "organisation,country,from,to,relation\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["case"]))
def test_a_table_becomes_a_dataset_and_a_report(import_text: ImportText, case: dict[str, Any]) -> None:
    result = import_text(case["table"], **case.get("options", {}))
    report = msgspec.json.decode(msgspec.json.encode(result.report))
    expected = {key: case[key] for key in case.keys() & report.keys()}
    assert {key: report[key] for key in expected} == expected
    assert report["refused"] == case.get("refused", [])
    assert result.members() == case["members"]


def test_no_label_is_that_of_two_themes(bundled: LoadedDataset) -> None:
    """So that an import need not ask which is meant."""
    find = ThemeResolver(bundled)._names.exact
    labels = {text for theme in bundled.dataset.themes for texts in theme.alternative.values() for text in texts}
    labels |= {text for theme in bundled.dataset.themes for text in (theme.id, *theme.preferred.values())}
    assert [label for label in labels if len(find(label)) != 1] == []


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


@pytest.mark.parametrize(
    ("countries", "refused", "members"),
    [
        (["NA", "Peru"], [2], "PER"),
        (["Peru", "na", ""], [3], "PER"),
        (["NA", "PE"], [], "NAM; PER"),
        (["NAM", "Namibia", "Peru"], [], "NAM; PER"),
        (["NA"], [2], None),
    ],
)
def test_na_is_namibia_among_codes_of_two_letters_alone(
    import_text: ImportText, countries: list[str], refused: list[int], members: str | None
) -> None:
    rows = "".join(f"X,{country},,,\n" for country in countries if country)
    result = import_text(HEAD + rows, skip_bad_rows=True)
    assert [line for each in result.report.refused for line in each.lines] == refused
    assert result.members() == (None if members is None else {"X": members})


@pytest.mark.parametrize(("yes", "no"), [("Yes", "NO"), ("sí", "no"), ("Sim", "não"), ("oui", "Non"), ("X", "0")])
def test_a_cell_of_a_matrix_says_yes_and_no_in_four_languages(import_text: ImportText, yes: str, no: str) -> None:
    result = import_text(f"country,UN,OAS\nPER,{yes},{no}\nCHL,{no},{yes}\n", wide=True)
    assert result.members() == {"UN": "PER", "OAS": "CHL"}


@pytest.mark.parametrize(
    ("heading", "relation"),
    [
        ("Organización,País,Desde,Hasta,Relación", "observador"),
        ("organização,país,desde,até,relação", "observador"),
        ("Mecanismo,País,Desde,Hasta,Condición", "Observador"),  # as pages of govmap have it
        ("Mecanismo,País,Desde,Até,Condição", "observador"),
        ("Mécanisme,Pays,Depuis,to,Statut", "observateur"),
        ("organisation,pays,depuis,jusqu'à,statut", "observateur"),
        ("organisation,PAYS,DEBUT,JUSQU’À,statut", "observateur"),
        ("organisation,pays,du,au,statut", "observateur"),
        ("organisation,pays,date de début,date de fin,statut", "observateur"),
        ("organisation,pays,à partir de,jusqu'en,statut", "observateur"),
        ("organizacion,pais,fecha de inicio,fecha de fin,condicion", "observador"),
        ("organização,país,Início,Fim,condição", "observador"),
        ("organisation,country,Start_date,End date,relation", "observer"),
        ("Body,Country,Since,to,Role", "observer"),
    ],
)
def test_columns_and_relations_are_known_by_their_names_in_four_languages(
    import_text: ImportText, heading: str, relation: str
) -> None:
    rows = f"UN,Peru,1990,2000,{relation}\nUN,Chile,,,\nUN,Cuba,,,\n"
    result = import_text(f"{heading}\n{rows}")
    assert result.members() == {"UN": "CHL; CUB; PER observer since 1990 until 2001-01-01"}


def test_in_a_matrix_a_column_that_would_be_an_end_in_a_list_is_a_body_or_a_country(import_text: ImportText) -> None:
    result = import_text("country,AU,FIN\nPER,1,0\nCHL,0,1\n", wide=True)
    assert result.members() == {"AU": "PER", "FIN": "CHL"}
    assert [column.role for column in result.report.columns] == ["country", "an organisation", "an organisation"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("relation", RELATIONS)
def test_a_relation_is_known_as_pages_name_it(import_text: ImportText, relation: Relation, language: Language) -> None:
    with speaking(language):
        shown = words.term(relation)
    (mechanism,) = import_text(f"{HEAD}UN,PER,,,{shown}\n").dataset.mechanisms
    assert mechanism.relation == relation


@pytest.mark.parametrize("cells", ["miembro,asociado,observador", "Membro,Associado,Observador", "1,associé,3"])
def test_a_cell_of_a_matrix_says_a_relation_in_four_languages(import_text: ImportText, cells: str) -> None:
    (mechanism,) = import_text(f"organisation,PER,CHL,CUB\nUN,{cells}\n", wide=True).dataset.mechanisms
    assert {m.code: m.relation or mechanism.relation for m in mechanism.members} == {
        "CHL": "associate",
        "CUB": "observer",
        "PER": "member",
    }


def test_merged_rows_that_differ_in_what_was_not_read_are_warned_of(import_text: ImportText) -> None:
    head = "organisation,country,from,rank,seen\n"
    notes = import_text(f"{head}UN,BOL,2012,associate,1\nUN,BOL,2024,full,1\nUN,PER,,full,2\n").report.notes
    assert [note.partition(". ") for note in notes] == [
        (
            'Warning: Merged rows differ in what was not read: "rank"',
            ". ",
            "If that tells memberships apart, say what it holds: column='relation=rank'",
        )
    ]
    assert import_text(f"{head}UN,BOL,2012,full,1\nUN,BOL,2024,full,1\nUN,PER,,,2\n").report.notes == ()
    assert import_text(f"{HEAD}UN,BOL,2012,,\nUN,BOL,2024,,\n").report.notes == ()
