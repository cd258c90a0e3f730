from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import govmap
from govmap.dataset import load

INVENTED = Path(__file__).parent / "data" / "invented"
AsOf = Callable[[str], govmap.Atlas]


@pytest.fixture(name="as_of", scope="session")
def _as_of() -> AsOf:
    """Return the invented dataset as of a date."""
    loaded = load(INVENTED)
    return lambda date: govmap.Atlas(loaded, date)


def _members(atlas: govmap.Atlas) -> dict[str, list[str]]:
    return {id_: sorted(seats) for id_, seats in atlas.seats.items()}


def _groups(atlas: govmap.Atlas) -> dict[str, list[int]]:
    return {mechanism.id: [group.number for group in mechanism.groups] for mechanism in atlas.covered}


def _secretariats(atlas: govmap.Atlas) -> dict[str, list[str]]:
    return {mechanism.id: [s.agency for s in mechanism.secretariats] for mechanism in atlas.covered}


@pytest.mark.parametrize(
    ("date", "mechanisms"),
    [
        ("1999", ["GAMMA", "DELTA"]),
        ("2000-12-30", ["GAMMA", "DELTA"]),
        ("2000", ["ALPHA", "GAMMA", "DELTA"]),
        ("2005", ["ALPHA", "GAMMA", "DELTA"]),
        ("2015-03-30", ["ALPHA", "GAMMA", "DELTA"]),
        ("2015-03", ["ALPHA", "BETA", "GAMMA", "DELTA"]),
        ("2020-06", ["ALPHA", "BETA", "GAMMA", "DELTA"]),
        ("2021-01", ["ALPHA", "BETA", "GAMMA", "DELTA"]),
        ("2021-02", ["ALPHA", "BETA", "GAMMA", "DELTA", "LATER"]),
        ("2022", ["ALPHA", "BETA", "GAMMA", "DELTA", "LATER"]),
    ],
)
def test_a_mechanism_exists_from_when_it_was_founded_or_always_where_that_is_not_known(
    as_of: AsOf, date: str, mechanisms: list[str]
) -> None:
    atlas = as_of(date)
    assert list(atlas.mechanisms) == mechanisms
    assert [mechanism.id for mechanism in atlas.covered] == [id_ for id_ in mechanisms if id_ != "DELTA"]


@pytest.mark.parametrize(
    ("date", "members"),
    [
        ("1999", {"GAMMA": ["FRA"]}),
        ("2005", {"ALPHA": ["CHL", "PER"], "GAMMA": ["FRA"]}),
        ("2012", {"ALPHA": ["ARG", "CHL", "PER"], "GAMMA": ["FRA"]}),
        ("2020-06", {"ALPHA": ["ARG", "CHL", "PER"], "BETA": ["ABW", "CHL", "PER"], "GAMMA": ["FRA"]}),
        ("2020-07-01", {"ALPHA": ["CHL", "PER"], "BETA": ["ABW", "CHL", "PER"], "GAMMA": ["FRA"]}),
        ("2021-12-30", {"ALPHA": ["CHL", "PER"], "BETA": ["ABW", "CHL", "PER"], "GAMMA": ["FRA"], "LATER": ["CHL"]}),
        ("2022", {"ALPHA": ["BOL", "CHL", "PER"], "BETA": ["ABW", "CHL", "PER"], "GAMMA": ["FRA"], "LATER": ["CHL"]}),
    ],
)
def test_members_are_those_of_the_date(as_of: AsOf, date: str, members: dict[str, list[str]]) -> None:
    atlas = as_of(date)
    assert _members(atlas) == members
    assert atlas.parties == tuple(sorted({code for codes in members.values() for code in codes}))


@pytest.mark.parametrize(
    ("date", "groups"),
    [
        ("2005", {"ALPHA": [1, 2], "GAMMA": []}),
        ("2012", {"ALPHA": [1, 2], "GAMMA": []}),
        ("2019-12-30", {"ALPHA": [1, 2], "BETA": [1], "GAMMA": []}),
        ("2019", {"ALPHA": [1], "BETA": [1], "GAMMA": []}),
        ("2020-06", {"ALPHA": [1], "BETA": [1], "GAMMA": []}),
        ("2022", {"ALPHA": [1], "BETA": [1], "GAMMA": [], "LATER": []}),
    ],
)
def test_groups_are_those_of_the_date(as_of: AsOf, date: str, groups: dict[str, list[int]]) -> None:
    assert _groups(as_of(date)) == groups


@pytest.mark.parametrize(
    ("date", "secretariats"),
    [
        ("2005", {"ALPHA": ["IOM"], "GAMMA": ["IOM"]}),
        ("2020-07-01", {"ALPHA": ["IOM"], "BETA": [], "GAMMA": ["IOM"]}),
        ("2022-11", {"ALPHA": ["IOM"], "BETA": [], "GAMMA": ["IOM"], "LATER": []}),
        ("2022", {"ALPHA": ["IOM", "AAA"], "BETA": [], "GAMMA": ["IOM"], "LATER": []}),
    ],
)
def test_secretariats_are_those_of_the_date(as_of: AsOf, date: str, secretariats: dict[str, list[str]]) -> None:
    assert _secretariats(as_of(date)) == secretariats


def test_the_date_is_by_default_the_reference_date_of_the_dataset(invented: govmap.Atlas, as_of: AsOf) -> None:
    assert invented.as_of == "2020-06"
    assert _members(invented) == _members(as_of("2020-06-30"))


def test_the_groups_on_a_theme_are_those_of_the_date(as_of: AsOf) -> None:
    def on(date: str, theme: str) -> list[tuple[str, int]]:
        return [(mechanism.id, group.number) for mechanism, group in as_of(date).groups_on(theme)]

    assert on("2005", "borders") == [("ALPHA", 1)]
    assert on("2020-06", "borders") == [("ALPHA", 1), ("BETA", 1)]
    assert on("2012", "livelihoods") == [("ALPHA", 2)]
    assert on("2020-06", "livelihoods") == []
    assert on("2020-06", "no-such-theme") == []


def test_the_themes_of_a_mechanism_are_those_of_its_groups(as_of: AsOf) -> None:
    def of(date: str, id_: str) -> tuple[str, ...]:
        atlas = as_of(date)
        return atlas.themes_of(atlas.mechanisms[id_])

    assert of("2012", "ALPHA") == ("borders", "livelihoods")
    assert of("2020-06", "ALPHA") == ("borders",)
    assert of("2020-06", "BETA") == ("asylum", "borders")
    assert of("2020-06", "GAMMA") == ()


def test_the_mechanisms_of_a_country_are_those_that_list_it_on_the_date(as_of: AsOf) -> None:
    def of(date: str, code: str) -> list[str]:
        return [mechanism.id for mechanism in as_of(date).mechanisms_of(code)]

    assert of("2022", "CHL") == ["ALPHA", "BETA", "LATER"]
    assert of("2020-06", "CHL") == ["ALPHA", "BETA"]
    assert of("2005", "CHL") == ["ALPHA"]
    assert of("2020-06", "ARG") == ["ALPHA"]
    assert of("2020-07-01", "ARG") == []
    assert of("2020-06", "PER") == ["ALPHA", "BETA"]  # unclear in GAMMA, so not counted
    assert of("2020-06", "ZZZ") == []


LEFT = "Argentina leaves the Alpha Process"
CHANGED = "Beta takes up more work than its list shows"


@pytest.mark.parametrize(
    ("date", "mechanisms", "only", "texts"),
    [
        # carried by the lists, so shown only while it lies ahead
        ("2005", ("ALPHA",), None, [LEFT]),
        ("2020-06", ("ALPHA",), None, [LEFT]),
        ("2020-07-01", ("ALPHA",), None, []),
        ("2022", ("ALPHA",), None, []),
        # not carried by the lists, so shown on every date; a meeting is no change
        ("2005", ("BETA",), None, [CHANGED]),
        ("2020-06", ("BETA",), None, [CHANGED]),
        ("2022", ("BETA",), None, [CHANGED]),
        ("2020-06", ("ALPHA", "BETA"), None, [LEFT, CHANGED]),
        ("2020-06", ("GAMMA",), None, []),
        ("2020-06", (), None, []),
        # a change of members is of those who change alone, one of groups is of all
        ("2020-06", ("ALPHA", "BETA"), "PER", [CHANGED]),
        ("2020-06", ("ALPHA", "BETA"), "ARG", [LEFT, CHANGED]),
    ],
)
def test_changes_are_what_the_lists_of_the_date_do_not_show(
    as_of: AsOf, date: str, mechanisms: tuple[str, ...], only: str | None, texts: list[str]
) -> None:
    assert [event.text for event in as_of(date).changes(mechanisms, only=only)] == texts


@pytest.mark.parametrize("typed", ["LATER", "later declaration", "Later Declaratoin"])
def test_a_mechanism_that_was_founded_later_is_no_answer_and_the_date_to_ask_for_is_offered(
    invented: govmap.Atlas, typed: str
) -> None:
    with pytest.raises(govmap.NoAnswerError) as caught:
        invented.mechanism(typed)
    assert caught.value.message == "LATER did not exist as of June 2020: founded February 2021"
    assert caught.value.suggestions == ("--as-of 2021-02",)


def test_a_mechanism_that_was_founded_by_then_is_found(as_of: AsOf) -> None:
    assert as_of("2021-02").mechanism("Later Declaration").id == "LATER"


def test_records_are_found_by_their_names(invented: govmap.Atlas) -> None:
    assert invented.mechanism("PA").id == "ALPHA"
    assert invented.mechanism("proceso alfa").id == "ALPHA"
    assert invented.mechanism("delta forum").coverage == "mentioned"
    assert invented.country("Perú").alpha3 == "PER"
    assert invented.agency("agency of aardvarks").id == "AAA"
    assert invented.agency("oim").id == "IOM"
    assert invented.theme("asilo").id == "asylum"
    for find in (invented.mechanism, invented.country, invented.agency, invented.theme):
        with pytest.raises(govmap.NotFoundError):
            find("xyzzyx")


def test_evidence_is_found_by_the_part_it_speaks_of(invented: govmap.Atlas) -> None:
    evidence = invented.evidence(invented.mechanisms["BETA"], "members")
    assert evidence is not None
    assert (evidence.status, evidence.note) == ("note only", "Not checked")
    assert invented.evidence(invented.mechanisms["BETA"], "groups") is None


def test_a_country_is_in_from_the_first_day_on_which_it_was_known_to_be_in(tmp_path: Path) -> None:
    (tmp_path / "mechanisms.yaml").write_text(
        "about: {title: T, version: '1', reference_date: '2020'}\n"
        "mechanisms: [{id: A, names: {en: A}, kind: k, relation: member, "
        "members: [{code: CHL, joined_after: '2019-05-10', joined_by: '2019-08'}]}]\n",
        encoding="utf-8",
    )
    assert govmap.load(tmp_path, "2019-08-30").parties == ()
    assert govmap.load(tmp_path, "2019-08-31").parties == ("CHL",)


def test_the_day_after_which_a_country_joined_is_still_before_it_is_in(tmp_path: Path) -> None:
    (tmp_path / "mechanisms.yaml").write_text(
        "about: {title: T, version: '1', reference_date: '2020'}\n"
        "mechanisms: [{id: A, names: {en: A}, kind: k, relation: member, "
        "members: [{code: CHL, joined_after: '2019-05-10'}]}]\n",
        encoding="utf-8",
    )
    assert govmap.load(tmp_path, "2019-05-10").parties == ()
    assert govmap.load(tmp_path, "2019-05-11").parties == ("CHL",)
