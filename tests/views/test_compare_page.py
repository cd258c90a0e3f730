"""The page that ranks by likeness, where there is little to rank."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Call

import govmap
from govmap.presentation import Presentation

ONE = """
about: {title: One, version: "1", reference_date: "2023"}
mechanisms: [{id: ONE, names: {en: One}, kind: network, relation: member, members: [PER, CHL], groups: null}]
"""


def test_a_ranking_without_a_pair_does_not_say_that_all_pairs_overlap(invented: govmap.Atlas) -> None:
    page = Presentation(govmap.compare(invented, all=True, relation="observer")).page()
    told = [f"{id_} is left out: it lists no observers." for id_ in ("ALPHA", "BETA", "GAMMA")]
    assert (page.subtitle.splitlines()[:3], page.blocks) == (told, ())


def test_a_ranking_of_the_only_mechanism_says_that_there_is_no_other(tmp_path: Path) -> None:
    (tmp_path / "mechanisms.yaml").write_text(ONE)
    page = Presentation(govmap.compare(govmap.load(tmp_path), "ONE")).page()
    assert (page.subtitle, page.blocks) == ("There is no other mechanism to compare.", ())


def test_a_title_has_the_name_of_a_body_whose_id_is_no_acronym(atlas: govmap.Atlas) -> None:
    found = (
        govmap.membership(atlas, "Argentina", "mercosur-residence"),
        govmap.compare(atlas, "mercosur-residence", "CA-4"),
    )
    titles = [Presentation(answer).page().title for answer in found]
    assert titles == ["Argentina is a party to MERCOSUR Residence Agreement", "MERCOSUR Residence Agreement and CA-4"]


@pytest.mark.parametrize("typed", ["--all --relation observer", "Mexico --relation endorser --theme asylum"])
def test_the_call_to_go_on_with_has_the_limits_of_the_ranking(
    call: Call, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    page = call("compare", *typed.split())
    printed = next(line for line in page.out.splitlines() if line.startswith("Two of them side by side: "))
    limits = typed[typed.index("--relation") :]
    assert printed.endswith(f" {limits}")
    first = call("compare", *typed.split(), "--json").json()["pairs"][0]
    two = call(*printed.partition("govmap ")[2].split(), "--json").json()["pairs"][0]
    assert two == first
