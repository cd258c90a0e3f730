"""What the source does not list is not known: no answer shows it as none, nor as zero."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from tests.conftest import Call
from tests.made import atlas_of, mechanism

import govmap
from govmap.fields import RELATIONS, Relation
from govmap.model import Country
from govmap.presentation import Presentation
from govmap.questions.compare import Comparison
from govmap.questions.overlap import Overlap

ONLY_CAM = {"ATG", "BHS", "DMA", "GRD", "KNA", "LCA", "VCT"}  # of whose groups the source has no list


def compare(atlas: govmap.Atlas, *names: str | Country, relation: Relation | None = None) -> Comparison[Any]:
    """Return the comparison of two or more of a kind."""
    found = govmap.compare(atlas, *names, relation=relation)
    assert isinstance(found, Comparison)
    return found


def test_a_country_whose_only_mechanism_lists_no_groups_has_no_number_of_themes(
    call: Call, atlas: govmap.Atlas
) -> None:
    assert {c.code for c in govmap.gaps(atlas).countries if c.nothing_known} == ONLY_CAM
    antigua, canada = (govmap.country(atlas, code).themes_unknown for code in ("ATG", "CAN"))
    assert antigua == canada == ("CAM",)
    assert govmap.country(atlas, "PER").mechanisms[0].id == "CAM"
    assert govmap.country(atlas, "CUB").themes_unknown == ()
    for question in ("country", "brief"):
        page = call(question, "Antigua").out
        assert "not known; no groups of CAM are listed" in " ".join(page.split())
        assert "0 of 38" not in page
        assert "38 themes" not in page
        assert "asylum" not in page, "that it would be added is not known"
    assert "groups of CAM not known" in " ".join(call("country", "Canada").out.split())


def test_gaps_tell_what_is_not_known_on_the_short_page(call: Call, atlas: govmap.Atlas) -> None:
    one = call("gaps", "--country", "Antigua").out
    assert one.startswith("Antigua and Barbuda: themes not known")
    said = "No groups of CAM are listed; this does not mean there are none."
    for words in ((), ("--country", "Antigua"), ("--country", "Canada")):
        assert said in " ".join(call("gaps", *words).out.split()), words
    assert said not in " ".join(call("gaps", "--country", "Cuba").out.split()), "it is in no mechanism"
    lines = call("gaps").out.splitlines()
    assert any(line.startswith("38 ") and line.split()[1:] == ["Cuba"] for line in lines)
    assert any(line.startswith("not known ") and "Antigua and Barbuda" in line for line in lines)
    rows = govmap.gaps(atlas, country="Antigua").rows()
    assert {row[rows.columns.index("themes_unknown")] for row in rows.rows} == {"CAM"}


def test_a_body_that_lists_nobody_leaves_nothing_open(atlas: govmap.Atlas) -> None:
    bodies = (mechanism("ONE", "PER", "asylum"), mechanism("OPEN", "CHL"), mechanism("EMPTY"))
    page = str(Presentation(govmap.overlap(atlas_of(atlas, *bodies), "asylum")).page())
    assert "no groups of OPEN are listed" in page
    assert "EMPTY" not in page


def test_themes_that_are_not_known_are_not_compared(
    call: Call, atlas: govmap.Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    page = call("compare", "CAM", "LAD").out
    assert "Themes: in both" not in page
    assert "Themes of LAD (15)" in page
    assert "Themes of CAM" in page
    countries = compare(atlas, "Peru", "Antigua", "Cuba")
    assert countries.themes_unknown == ("ATG",)
    assert [pair.themes is None for pair in countries.pairs] == [True, False, True]
    ranked = [line for line in call("compare", "Peru", "--full").out.splitlines() if line.startswith("Peru, Dominica ")]
    assert [line.endswith("not known") for line in ranked] == [True]


@pytest.mark.parametrize("relation", RELATIONS)
def test_countries_and_mechanisms_are_compared_by_the_same_seats(atlas: govmap.Atlas, relation: Relation) -> None:
    of_mechanisms = compare(atlas, *(m.id for m in atlas.covered), relation=relation)
    of_countries = compare(atlas, *(atlas.countries[code] for code in atlas.universe), relation=relation)

    def seats(found: Comparison[Any]) -> set[tuple[str, str]]:
        every = {item.id: [*found.shared, *found.only[item.id]] for item in found.items}
        for part in found.partly:
            for id_ in part.items:
                every[id_] += part.shared
        return {(id_, getattr(ref, "code", None) or ref.id) for id_, refs in every.items() for ref in refs}

    there = {(mechanism, code) for mechanism, code in seats(of_mechanisms) if code in atlas.universe}
    assert {(mechanism, code) for code, mechanism in seats(of_countries)} == there


def test_observers_of_two_countries_are_named_and_sourced(call: Call, atlas: govmap.Atlas) -> None:
    found = compare(atlas, "Mexico", "Colombia", relation="observer")
    assert {code: [ref.id for ref in refs] for code, refs in found.only.items()} == {"COL": ["RCM"], "MEX": ["SACM"]}
    page = call("compare", "Mexico", "Colombia", "--relation", "observer", "--sources").out
    assert "observers of RCM" in " ".join(page.split())


@pytest.mark.parametrize("relation", RELATIONS)
def test_themes_and_likeness_of_what_a_relation_leaves_out(atlas: govmap.Atlas, relation: Relation) -> None:
    for left, right in combinations(("LAD", "QUITO", "R4V", "RCM"), 2):
        found, whole = compare(atlas, left, right, relation=relation), compare(atlas, left, right)
        assert found.themes == whole.themes, "they do not depend on who is listed as what"
        (pair,) = found.pairs
        is_left_out = 0 in (item.size for item in found.items)
        assert (pair.jaccard is None) == is_left_out
        assert pair.themes == whole.pairs[0].themes


def test_a_page_has_no_number_for_the_likeness_of_nothing(call: Call) -> None:
    lines = [line.split() for line in call("compare", "LAD", "QUITO", "--relation", "endorser").out.splitlines()]
    assert ["Jaccard", "–"] in lines
    ranked = call("compare", "LAD", "QUITO", "RCM", "--relation", "member").out
    assert [line.split()[-1] for line in ranked.splitlines() if line.startswith("LAD, QUITO  ")] == ["3"]
    two = call("compare", "Cuba", "Jamaica", "--relation", "observer", "--json").json()["pairs"][0]
    assert two["jaccard"] is None


def test_the_links_that_the_scope_hides_are_told(call: Call, atlas: govmap.Atlas) -> None:
    assert govmap.links(atlas, "RCM").beyond == ("RROCM",)
    assert govmap.links(atlas).beyond == ("ANDEAN", "RROCM")
    assert "RROCM (--scope all)" in " ".join(call("links", "RCM").out.split())
    whole = call("links", "RCM", "--scope", "all", "--json").json()
    assert whole["beyond"] == []
    assert {"RROCM", "RCM"} in [{pair["left"], pair["right"]} for pair in whole["pairs"] if pair["links"]]


def test_the_mode_distinct_is_what_its_help_and_its_page_say(call: Call, atlas: govmap.Atlas) -> None:
    said = " ".join(call("compare", "--help").out.replace("│", " ").split())
    assert "distinct (in all and in nothing else)" in said
    ids = [ref.name for ref in compare(atlas, "RIAM", "CAM", "RCM").distinct]
    page = " ".join(call("compare", "RIAM", "CAM", "RCM", "--mode", "distinct").out.split())
    assert f"In all 3, and in no other mechanism ({len(ids)}) {', '.join(ids) or 'none'}" in page


def test_a_country_whose_groups_are_not_known_is_not_told_to_be_left_out(call: Call, atlas: govmap.Atlas) -> None:
    """Overlap and gaps name it apart; the lists of the JSON stay whole, and say of whom it is not known."""
    found = govmap.overlap(atlas, "asylum")
    assert isinstance(found, Overlap)
    assert set(found.themes_unknown) == ONLY_CAM
    assert {ref.code for ref in found.uncovered} > ONLY_CAM
    said = "Not known for 7 countries: no groups of CAM are listed."
    for words, left_out in (
        (("overlap", "asylum"), "9 in none."),
        (("gaps", "--theme", "asylum"), "Countries not covered: 9;"),
    ):
        page = " ".join(call(*words).out.split())
        assert said in page, words
        assert left_out in page, words
        assert "(9) Aruba, Bolivia, Cuba, " in page, words
        assert "Not known (7) Antigua and Barbuda, Bahamas, " in page, words
    rows = found.rows()
    facts = {row[rows.columns.index("code")]: row[rows.columns.index("fact")] for row in rows.rows}
    assert {code for code, fact in facts.items() if fact == "not known"} == ONLY_CAM
    assert facts["CUB"] == "in none of them"


def test_no_mechanism_in_scope_is_not_no_mechanism_of_the_dataset(call: Call) -> None:
    page = call("membership", "Cuba", "CAM").out
    assert "None of the 8 mechanisms lists Cuba.\nOther bodies: CMC.\n" in page
    for words in (("compare", "Peru", "Cuba"), ("map", "Cuba"), ("cover", "--country", "Cuba")):
        answer = call(*words)
        assert "None of the 8 mechanisms lists Cuba" in answer.out + answer.err, words


def test_who_chairs_is_not_known_where_nobody_is_found_in_the_chair(call: Call) -> None:
    page = call("list", "mechanisms", "--chair", "Chile", "--as-of", "2024-06").out
    assert "Who chairs LAD, R4V, RIAM, SACM as of June 2024 is not known." in " ".join(page.split())


def test_a_membership_between_two_dates_is_open_on_the_page_of_the_mechanism(call: Call, atlas: govmap.Atlas) -> None:
    found = govmap.mechanism(atlas.at("2000-01"), "RCM")
    assert str(found.unclear["DOM"]).startswith("It joined between 29 January 1999 and 24 March 2000")
    assert "DOM" not in govmap.mechanism(atlas.at("2001"), "RCM").unclear
    for question in ("mechanism", "brief"):
        assert "Unclear: Dominican Republic" in call(question, "RCM", "--as-of", "2000-01").out


def test_what_a_limit_leaves_out_is_not_compared(call: Call) -> None:
    lines = call("compare", "LAD", "QUITO", "--relation", "endorser").out.splitlines()
    assert [line.split("  ")[0] for line in lines if "Belize" in line] == ["LAD (21)"]
    assert not any(line.startswith(("In both", "Only ")) for line in lines)


def test_what_is_not_known_is_said_in_each_language(call: Call) -> None:
    said = {"es": "De 7 países no se sabe", "pt": "De 7 países não se sabe", "fr": "Pour 7 pays, on ne le sait pas"}
    for language, text in said.items():
        assert text in call("overlap", "asylum", "--lang", language).out


LEFT_OUT = "Aruba, Cuba, Curaçao, Nicaragua, Trinidad and Tobago"


@pytest.mark.parametrize("typed", ["overlap", "gaps --theme", "cover --theme"])
def test_who_is_left_out_though_the_groups_of_one_mechanism_are_not_known_is_named(call: Call, typed: str) -> None:
    words = (*typed.split(), "trafficking in persons")
    page = " ".join(call(*words).out.split())
    assert f"(5) {LEFT_OUT} Nicaragua, Trinidad and Tobago: not known for CAM" in page
    record = call(*words, "--json").json()
    if "gaps" in typed:
        found = {each["code"] for each in record["countries"] if each["gaps"] and each["themes_unknown"]}
        unknown = {each["code"] for each in record["countries"] if each["nothing_known"]}
        assert (unknown, found - unknown) == (ONLY_CAM, {"NIC", "TTO"})
    else:
        assert set(record["themes_unknown"]) == ONLY_CAM
        assert record["themes_partly_unknown"] == ["NIC", "TTO"]


def test_rows_tell_what_is_not_known_from_what_is_not_covered(atlas: govmap.Atlas) -> None:
    gaps = govmap.gaps(atlas, theme="asylum").rows()
    code, known = gaps.columns.index("code"), gaps.columns.index("nothing_known")
    assert {row[code] for row in gaps.rows if row[known]} == ONLY_CAM
    cover = govmap.cover(atlas, theme="asylum").rows()
    fact, country = cover.columns.index("fact"), cover.columns.index("country")
    assert {row[country] for row in cover.rows if row[fact] == "not known"} == ONLY_CAM
    assert not {row[country] for row in cover.rows if row[fact] == "reached by none"} & ONLY_CAM


def test_who_may_be_listed_is_named_beside_what_lists_them(call: Call, atlas: govmap.Atlas) -> None:
    """A gap in the source's own list, and countries that joined between two days."""
    for typed in ("map CAM", "compare CAM RIAM", "compare Venezuela Peru"):
        assert "Unclear: Venezuela (CAM)" in call(*typed.split()).out, typed
    assert "Unclear" not in call("compare", "Venezuela", "Peru", "--theme", "asylum").out
    then = atlas.at("2018-12")
    for typed in ("map QUITO", "compare QUITO R4V", "brief QUITO"):
        page = " ".join(call(*typed.split(), "--as-of", "2018-12").out.split())
        assert "Unclear: Dominican Republic (QUITO), Guyana (QUITO)" in page, typed
    assert compare(then, "QUITO", "R4V").unclear == {"QUITO": ("DOM", "GUY")}
    assert compare(then, "Guyana", "Peru").unclear == {"GUY": ("QUITO",)}
    tiles = govmap.map(then, "QUITO", "CAM")
    assert {tile.code: tile.unclear for tile in tiles.tiles if tile.unclear} == {
        **dict.fromkeys(("DOM", "GUY"), ("QUITO",)),
        "VEN": ("CAM",),
    }
    rows, columns = tiles.rows().rows, tiles.rows().columns
    listed, unclear = columns.index("listed"), columns.index("unclear")
    assert {row[listed] for row in rows if row[unclear]} == {0}
    assert sum(bool(row[unclear]) for row in rows) == 3
    assert "Unclear: Venezuela (CAM)" in call("map", "CAM", "--format", "svg").out
    for typed in ("matrix --full", "matrix --upset", "country Venezuela", "brief Venezuela"):
        assert "Unclear: Venezuela (CAM)" in call(*typed.split()).out, typed
        page = call(*typed.replace("Venezuela", "Guyana").split(), "--as-of", "2018-12").out
        assert "Guyana (QUITO)" in page, typed
    assert "Unclear: Venezuela (CAM)" in call("matrix", "--format", "svg").out
    matrix = call("matrix", "--json").json()
    at = [column["id"] for column in matrix["columns"]].index("CAM")
    assert [row["id"] for row in matrix["rows"] if row["cells"][at] is None] == ["VEN"]
    assert [line.split()[3] for line in call("matrix").out.splitlines() if line.startswith("Venezuela")] == ["?"]
    for typed in ("matrix --by theme", "country Peru", "brief Cuba"):
        assert "Unclear" not in call(*typed.split()).out, typed


@pytest.mark.parametrize("typed", ["overlap", "gaps --theme", "cover --theme"])
def test_who_may_be_reached_is_named_beside_who_is_not(call: Call, typed: str) -> None:
    words = (*typed.split(), "asylum", "--as-of", "2018-12")
    page = " ".join(call(*words).out.split())
    assert "Unclear: Dominican Republic (QUITO), Guyana (QUITO)" in page
    assert "Unclear" not in call(*words[:-2]).out
    assert "Unclear: Guatemala (QUITO)" in call(*typed.split(), "COVID-19", "--as-of", "2024-10").out
    assert call(*words, "--json").json()["unclear"] == {"DOM": ["QUITO"], "GUY": ["QUITO"]}
    lines = call(*words, "--format", "csv").out.splitlines()
    told = [line for line in lines if ("unclear" in line or line.endswith(",1")) and "QUITO" in line]
    assert len(told) == 2


def test_a_gap_that_a_mechanism_may_cover_is_told_so(call: Call) -> None:
    words = ("gaps", "--country", "Dominican Republic", "--as-of", "2018-12")
    assert "Unclear: Dominican Republic (QUITO)" in call(*words).out
    assert call(*words, "--json").json()["unclear"] == {"DOM": ["QUITO"]}
    assert "Unclear" not in call("gaps", "--country", "Venezuela").out, "no group of CAM is known"
