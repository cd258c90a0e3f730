"""The issues of the source's agenda against what exists."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Call

import govmap

FACTS = Path(__file__).parents[1] / "facts" / "categories.csv"
overlap: Any = govmap.overlap  # each answer of which has a record of its own


def test_the_issues_are_the_ten_of_the_source_in_its_order(atlas: govmap.Atlas) -> None:
    with FACTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = govmap.issues(atlas).issues
    assert [row.number for row in found] == list(range(1, 11))
    assert len(found) == len(rows)


def test_an_issue_has_the_groups_on_its_themes_and_below_them_and_none_is_counted_for_two(atlas: govmap.Atlas) -> None:
    found = {row.number: row for row in govmap.issues(atlas).issues}
    assert found[7].mechanisms == ("LAD", "QUITO", "RIAM", "SACM")
    assert found[5].mechanisms == ("LAD", "MIRPS", "QUITO"), "asylum is below international protection"
    assert [(group.mechanism, group.number) for group in found[4].groups] == [("RCM", 1), ("RIAM", 4)]
    themes = [theme.id for row in found.values() for theme in row.themes]
    assert len(set(themes)) == len(themes), "smuggling is an issue of its own, and not irregular migration as well"
    for row in found.values():
        shown = {(group.mechanism, group.number) for group in row.groups}
        working = {(m.id, g.number) for theme in row.themes for m, g in atlas.groups_on(theme.id)}
        assert shown == working
        assert row.countries == len({code for id_ in row.mechanisms for code in atlas.seats[id_]})


def test_what_nobody_works_on_is_said(atlas: govmap.Atlas, call: Call) -> None:
    found = govmap.issues(atlas)
    assert found.open == (1, 3, 8)
    assert [row.label for row in found.issues if not row.groups][1:] == ["lifestyle migration", "remittances"]
    assert "No group works on: structural causes of migration; " in call("issues").out
    assert found.issues[8].other_bodies == ("CMC",)


def test_the_matrix_by_issue_has_the_same_groups(atlas: govmap.Atlas) -> None:
    found: Any = govmap.matrix(atlas, by="issue")
    columns = [column.id for column in found.columns]
    for row, issue in zip(found.entries, govmap.issues(atlas).issues, strict=True):
        told = {id_: cell for id_, cell in zip(columns, row.cells, strict=True) if cell}
        counted = {id_: sum(group.mechanism == id_ for group in issue.groups) for id_ in issue.mechanisms}
        assert (row.id, row.name, told) == (str(issue.number), issue.label, counted)
    assert {column.id for column in found.columns if column.size is None} == {"CAM"}


@pytest.mark.parametrize(
    "words",
    [
        "migrant smuggling and trafficking in persons",
        "Tráfico ilícito de migrantes y trata de personas",
        "contrabando de migrantes e tráfico de pessoas",
        "trafic illicite de migrants et traite des personnes",
    ],
)
def test_an_issue_is_understood_by_its_name_in_four_languages(atlas: govmap.Atlas, words: str) -> None:
    assert [match.id for match in overlap(atlas, words).themes] == ["smuggling", "trafficking"]
    assert atlas.theme_ids(words) == ("smuggling", "trafficking")


def test_labels_are_in_the_language_of_the_answer(atlas: govmap.Atlas) -> None:
    with govmap.speaking("fr"):
        assert govmap.issues(atlas).issues[7].label == "transferts de fonds"


def test_a_resolution_stands_with_each_mechanism_that_it_names(atlas: govmap.Atlas) -> None:
    for id_ in ("RCM", "SACM", "QUITO", "MIRPS", "CMC", "ANDEAN"):  # as section 3 of the source lists them
        (named,) = govmap.mechanism(atlas, id_).named_by
        assert (named.id, named.says) == ("ag-res-2967", "recognises")
    for id_ in ("RIAM", "R4V", "LAD"):
        assert govmap.mechanism(atlas, id_).named_by == ()
    assert govmap.mechanism(atlas.at("2021-11-09"), "RCM").named_by == ()


def test_other_bodies_are_on_the_page_in_the_rows_and_among_the_sources(atlas: govmap.Atlas, call: Call) -> None:
    assert {body for row in govmap.issues(atlas).issues for body in row.other_bodies} >= {"CMC", "OCAM"}
    assert "groups of CMC" in " ".join(call("issues", "--sources").out.split())
    found = overlap(atlas, "labour migration")
    assert [body.id for body in found.other_bodies] == ["CMC"]
    rows = [dict(zip(found.rows().columns, row, strict=True)) for row in found.rows().rows]
    assert [row["mechanism"] for row in rows if row["fact"] == "other body"] == ["CMC"]
