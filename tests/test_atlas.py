"""What an atlas holds on a date, and what its look-ups find; a made dataset of every date is in `test_as_of`."""

from __future__ import annotations

import pytest
from tests.made import atlas_of, mechanism

import govmap
from govmap.calls import Option

LEFT = "Argentina leaves the Alpha Process"
CHANGED = "Beta takes up more work than its list shows"


@pytest.mark.parametrize(
    ("date", "mechanisms"),
    [
        ("1999", "GAMMA DELTA"),
        ("2000-12-30", "GAMMA DELTA"),
        ("2000", "ALPHA GAMMA DELTA"),
        ("2015-03-30", "ALPHA GAMMA DELTA"),
        ("2015-03", "ALPHA BETA GAMMA DELTA"),
        ("2021-01", "ALPHA BETA GAMMA DELTA"),
        ("2021-02", "ALPHA BETA GAMMA DELTA LATER"),
    ],
)
def test_a_mechanism_exists_from_when_it_was_founded_or_always_where_that_is_not_known(
    invented: govmap.Atlas, date: str, mechanisms: str
) -> None:
    atlas = invented.at(date)
    assert " ".join(atlas.mechanisms) == mechanisms
    assert [m.id for m in atlas.covered] == [id_ for id_ in mechanisms.split() if id_ != "DELTA"]


def test_a_members_relation_is_filled_in(invented: govmap.Atlas) -> None:
    relations = {(m.id, member.code): member.relation for m in invented.covered for member in m.members}
    assert relations["ALPHA", "PER"] == relations["GAMMA", "FRA"] == "member"
    assert (relations["BETA", "PER"], relations["BETA", "ABW"]) == ("endorser", "covered")


@pytest.mark.parametrize(
    ("spell", "dates"),
    [
        ({"joined_after": "2019-05-10", "joined_by": "2019-08"}, ("2019-08-30", "2019-08-31")),
        ({"joined_after": "2019-05-10"}, ("2019-05-10", "2019-05-11")),
    ],
)
def test_a_country_is_in_from_the_first_day_on_which_it_was_known_to_be_in(
    atlas: govmap.Atlas, spell: dict[str, str], dates: tuple[str, str]
) -> None:
    made = atlas_of(atlas, mechanism("A", [{"code": "CHL", **spell}]))
    assert [made.at(date).listed_countries for date in dates] == [(), ("CHL",)]


def test_the_date_is_by_default_the_reference_date_of_the_dataset(invented: govmap.Atlas) -> None:
    assert (invented.as_of, invented.is_dated, invented.at("2020-06-30").is_dated) == ("2020-06", False, True)
    assert invented.seats == invented.at("2020-06-30").seats


@pytest.mark.parametrize(
    ("date", "theme", "groups"),
    [
        ("2005", "borders", [("ALPHA", 1)]),
        ("2020-06", "borders", [("ALPHA", 1), ("BETA", 1)]),
        ("2012", "livelihoods", [("ALPHA", 2)]),
        ("2020-06", "livelihoods", []),
        ("2020-06", "no-such-theme", []),
    ],
)
def test_the_groups_on_a_theme_and_the_themes_of_a_mechanism_are_those_of_the_date(
    invented: govmap.Atlas, date: str, theme: str, groups: list[tuple[str, int]]
) -> None:
    atlas = invented.at(date)
    assert [(m.id, group.number) for m, group in atlas.groups_on(theme)] == groups
    assert [m.id for m in atlas.covered if theme in atlas.themes_of(m)] == [id_ for id_, _number in groups]


@pytest.mark.parametrize(
    ("date", "mechanisms", "only", "texts"),
    [
        # carried by the lists, so shown only while it lies ahead
        ("2005", ("ALPHA",), None, [LEFT]),
        ("2020-07-01", ("ALPHA",), None, []),
        # not carried by the lists, so shown on every date; a meeting is no change
        ("2005", ("BETA",), None, [CHANGED]),
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
    invented: govmap.Atlas, date: str, mechanisms: tuple[str, ...], only: str | None, texts: list[str]
) -> None:
    assert [event.text for event in invented.at(date).changes(mechanisms, only=only)] == texts


@pytest.mark.parametrize("name", ["LATER", "later declaration", "Later Declaratoin"])
def test_a_mechanism_that_was_founded_later_is_no_answer_and_the_date_to_ask_for_is_offered(
    invented: govmap.Atlas, name: str
) -> None:
    with pytest.raises(govmap.NoAnswerError) as caught:
        invented.mechanism(name)
    assert caught.value.message == "LATER did not exist as of June 2020: founded February 2021"
    assert caught.value.suggestions == (Option("as_of", "2021-02"),)
    assert invented.at("2021-02").mechanism(name).id == invented.mechanism_of_any_date(name).id == "LATER"


def test_records_are_found_by_names_codes_and_themselves(invented: govmap.Atlas) -> None:
    alpha, peru, iom = invented.mechanism("PA"), invented.country("Perú"), invented.agency("oim")
    assert (alpha.id, peru.alpha3, iom.id) == ("ALPHA", "PER", "IOM")
    assert invented.mechanism("proceso alfa") is invented.mechanism(alpha) is alpha
    assert invented.mechanism("delta forum").coverage == "mentioned"
    assert invented.country("604") is invented.country(peru) is peru
    assert invented.agency(iom) is iom
    assert invented.theme("asilo") is invented.theme(invented.themes["asylum"]) is invented.themes["asylum"]
    assert invented.country_codes(["Peru", peru, "CHL"]) == ("PER", "CHL")
    assert invented.country_codes("Peru") == invented.country_codes(peru) == ("PER",)
    assert invented.subjects(["alpha process", alpha]) == (alpha, alpha)
    for find in (invented.mechanism, invented.country, invented.agency, invented.theme, invented.subject):
        with pytest.raises(govmap.NotFoundError):
            find("xyzzyx")


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (None, ()),
        (" Host-Communities ", ("host-communities",)),
        ("border control", ("borders",)),
        ("children and women", ("children", "gender")),
    ],
)
def test_themes_are_named_by_an_exact_id_or_in_any_words(
    atlas: govmap.Atlas, words: str | None, ids: tuple[str, ...]
) -> None:
    assert atlas.theme_ids(words) == ids


def test_words_about_several_themes_name_no_single_one(atlas: govmap.Atlas) -> None:
    with pytest.raises(govmap.UsageError) as caught:
        atlas.theme("children and women")
    assert len(caught.value.suggestions) == 2


def test_evidence_is_found_by_the_part_it_speaks_of(invented: govmap.Atlas) -> None:
    evidence = invented.mechanisms["BETA"].evidence_on("members")
    assert evidence is not None
    assert (evidence.status, evidence.note) == ("note only", "Not checked")
    assert invented.mechanisms["BETA"].evidence_on("groups") is None


def test_a_name_near_several_of_one_kind_is_unclear_wherever_it_is_given(atlas: govmap.Atlas) -> None:
    messages = []
    for look_up in (atlas.mechanism, atlas.subject):
        with pytest.raises(govmap.AmbiguousError) as caught:
            look_up("MERCOSUR")
        messages.append(str(caught.value))
    assert len(set(messages)) == 1
