from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import govmap
from govmap import Filters
from govmap.questions.list import (
    LISTS,
    CountryItem,
    GroupItem,
    Listed,
    MechanismItem,
    SecretariatItem,
    resolve_filters,
)

MANY_WORDS = """\
about: {title: T, version: "1", reference_date: "2020"}
mechanisms:
  - {id: SAID, names: {en: Said}, kind: forum, coverage: mentioned}
  - {id: HEARD, names: {en: Heard}, kind: forum, coverage: mentioned}
  - id: ONE
    names: {en: One}
    kind: process
    relation: endorser
    founded: "2001"
    until: "2030"
    website: https://one.example/
    members: [CHL]
    group_label: working group
    pillars: [{number: 2, name: Roads, themes: [borders]}]
    groups:
      - {number: 1, name: Posts, themes: [borders, asylum], as_written: Psots, pillar: 2, since: "2008", until: "2028"}
    secretariats: [{agency: UNHCR}, {agency: IOM}]
"""
AsOf = Callable[[str], govmap.Atlas]

ALPHA = MechanismItem(
    "ALPHA", "Alpha Process", "consultative process", "full", "member", "2000", None, 3, 1, ("IOM",), None
)
BETA = MechanismItem("BETA", "Beta Framework", "framework", "full", "endorser", "2015-03", None, 3, 1, (), None)
GAMMA = MechanismItem("GAMMA", "Gamma Network", "network", "full", "member", None, None, 1, None, ("IOM",), None)
DELTA = MechanismItem("DELTA", "Delta Forum", "forum", "mentioned", None, None, None, None, None, (), None)


@pytest.mark.parametrize(
    ("filters", "items"),
    [
        (Filters(), (ALPHA, BETA, GAMMA)),
        (Filters(coverage="all"), (ALPHA, BETA, GAMMA, DELTA)),
        (Filters(coverage="mentioned"), (DELTA,)),
        (Filters(member="PER"), (ALPHA, BETA)),  # unclear in GAMMA
        (Filters(member="BOL"), ()),
        (Filters(member="PER", coverage="all"), (ALPHA, BETA)),
        (Filters(themes=("asylum",)), (BETA,)),
        (Filters(themes=("asylum",), coverage="all"), (BETA,)),
        (Filters(themes=("livelihoods",)), ()),
        (Filters(secretariat="IOM"), (ALPHA, GAMMA)),
        (Filters(secretariat="IOM", coverage="all"), (ALPHA, GAMMA)),
        (Filters(secretariat="AAA"), ()),
        (Filters(member="CHL", themes=("borders",), secretariat="IOM"), (ALPHA,)),
        (Filters(kind="network"), (GAMMA,)),
        (Filters(kind="forum"), ()),
        (Filters(kind="forum", coverage="all"), (DELTA,)),
    ],
)
def test_mechanisms_are_listed_that_fit_every_filter(
    invented: govmap.Atlas, filters: Filters, items: tuple[MechanismItem, ...]
) -> None:
    assert govmap.list_mechanisms(invented, filters) == items


def test_mechanisms_are_listed_as_of_the_date(as_of: AsOf) -> None:
    assert [item.id for item in govmap.list_mechanisms(as_of("2005"), Filters())] == ["ALPHA", "GAMMA"]
    alpha = govmap.list_mechanisms(as_of("2022"), Filters())[0]
    assert (alpha.members, alpha.groups, alpha.secretariat) == (3, 1, ("AAA", "IOM"))
    assert govmap.list_mechanisms(as_of("2012"), Filters())[0].groups == 2


def test_listed_mechanisms_and_groups_tell_all_that_the_record_holds_of_their_columns(tmp_path: Path) -> None:
    (tmp_path / "mechanisms.yaml").write_text(MANY_WORDS)
    atlas = govmap.load(tmp_path)
    assert govmap.list_mechanisms(atlas, Filters(coverage="all")) == (
        MechanismItem(
            id="ONE",
            name="One",
            kind="process",
            coverage="full",
            relation="endorser",
            founded="2001",
            website="https://one.example/",
            members=1,
            groups=1,
            secretariat=("IOM", "UNHCR"),
            until="2030",
        ),
        MechanismItem("HEARD", "Heard", "forum", "mentioned", None, None, None, None, None, (), None),
        MechanismItem("SAID", "Said", "forum", "mentioned", None, None, None, None, None, (), None),
    )
    assert govmap.list_groups(atlas, Filters()) == (
        GroupItem(
            mechanism="ONE",
            number=1,
            name="Posts",
            as_written="Psots",
            pillar=2,
            themes=("asylum", "borders"),
            since="2008",
            until="2028",
        ),
    )


def test_a_kind_that_no_mechanism_has_is_told_with_those_there_are(invented: govmap.Atlas) -> None:
    with pytest.raises(govmap.UsageError) as caught:
        govmap.list_mechanisms(invented, Filters(kind="club"))
    assert caught.value.message == 'There is no kind "club" in this list'
    assert caught.value.suggestions == ("consultative process", "forum", "framework", "network")


@pytest.mark.parametrize(
    ("filters", "codes"),
    [
        (Filters(), ["ABW", "ARG", "CHL", "FRA", "PER"]),
        (Filters(kind="territory"), ["ABW"]),
        (Filters(kind="state"), ["ARG", "CHL", "FRA", "PER"]),
        (Filters(member="ALPHA"), ["ARG", "CHL", "PER"]),
        (Filters(themes=("asylum",)), ["ABW", "CHL", "PER"]),
        (Filters(secretariat="IOM"), ["ARG", "CHL", "FRA", "PER"]),
        # of one and the same mechanism: BETA works on asylum, and IOM does not serve it
        (Filters(themes=("asylum",), secretariat="IOM"), []),
        (Filters(member="BETA", secretariat="IOM"), []),
        (Filters(member="BETA", themes=("borders",), kind="territory"), ["ABW"]),
        (Filters(themes=("livelihoods",)), []),
    ],
)
def test_countries_are_listed_that_fit_every_filter(invented: govmap.Atlas, filters: Filters, codes: list[str]) -> None:
    assert [item.code for item in govmap.list_countries(invented, filters)] == codes


def test_a_country_in_a_list_names_all_of_its_mechanisms(invented: govmap.Atlas) -> None:
    chile = CountryItem("CHL", "CL", "Chile", "state", ("ALPHA", "BETA"))
    assert chile in govmap.list_countries(invented, Filters(themes=("asylum",)))


def test_countries_have_two_kinds(invented: govmap.Atlas) -> None:
    with pytest.raises(govmap.UsageError) as caught:
        govmap.list_countries(invented, Filters(kind="republic"))
    assert caught.value.suggestions == ("state", "territory")


def test_themes_are_listed_whole_and_with_the_groups_on_them(invented: govmap.Atlas) -> None:
    items = {item.id: item for item in govmap.list_themes(invented, Filters())}
    assert list(items) == sorted(invented.themes)
    assert {id_: item.groups for id_, item in items.items() if item.groups} == {"asylum": 1, "borders": 2}
    borders, asylum = items["borders"], items["asylum"]
    assert (borders.label, borders.broader, borders.mechanisms) == ("border management", None, ("ALPHA", "BETA"))
    assert (asylum.label, asylum.broader, asylum.mechanisms) == ("asylum", "international-protection", ("BETA",))
    assert asylum.labels == {"en": "asylum", "es": "asilo", "pt": "asilo", "fr": "asile"}


def test_the_languages_whose_label_is_a_proposal_of_the_dataset_are_given(invented: govmap.Atlas) -> None:
    """The label of governance in French is marked with X in themes.yaml, those in the other languages with M."""
    items = {item.id: item.proposed for item in govmap.list_themes(invented, Filters())}
    assert items["governance"] == ("fr",)


@pytest.mark.parametrize(
    ("filters", "themes"),
    [
        (Filters(member="ABW"), [("asylum", 1, ("BETA",)), ("borders", 1, ("BETA",))]),
        (Filters(member="FRA"), []),
        (Filters(secretariat="IOM"), [("borders", 1, ("ALPHA",))]),
        (Filters(themes=("asylum",)), [("asylum", 1, ("BETA",))]),
        (Filters(themes=("asylum", "borders")), [("asylum", 1, ("BETA",)), ("borders", 2, ("ALPHA", "BETA"))]),
        (Filters(themes=("borders",), member="ARG"), [("borders", 1, ("ALPHA",))]),
        (Filters(themes=("remittances",)), []),
    ],
)
def test_a_narrowed_list_of_themes_has_those_of_the_fitting_mechanisms(
    invented: govmap.Atlas, filters: Filters, themes: list[tuple[str, int, tuple[str, ...]]]
) -> None:
    items = govmap.list_themes(invented, filters)
    assert [(item.id, item.groups, item.mechanisms) for item in items] == themes


def test_groups_are_listed_that_fit_every_filter(invented: govmap.Atlas, as_of: AsOf) -> None:
    alpha = GroupItem("ALPHA", 1, "Borders", None, None, ("borders",), None, None)
    beta = GroupItem("BETA", 1, "Borders and Asylum", None, None, ("asylum", "borders"), None, None)
    assert govmap.list_groups(invented, Filters()) == (alpha, beta)
    assert govmap.list_groups(invented, Filters(themes=("asylum",))) == (beta,)
    assert govmap.list_groups(invented, Filters(member="ARG")) == (alpha,)
    assert govmap.list_groups(invented, Filters(secretariat="IOM")) == (alpha,)
    assert govmap.list_groups(invented, Filters(themes=("livelihoods",))) == ()
    assert [item.number for item in govmap.list_groups(as_of("2012"), Filters(themes=("livelihoods",)))] == [2]


def test_a_list_of_groups_has_the_kinds_that_mechanisms_call_their_groups(
    invented: govmap.Atlas, atlas: govmap.Atlas
) -> None:
    with pytest.raises(govmap.UsageError):
        govmap.list_groups(invented, Filters(kind="working group"))
    labels = {mechanism.group_label for mechanism in atlas.covered if mechanism.group_label}
    listed = [item for label in labels for item in govmap.list_groups(atlas, Filters(kind=label))]
    assert len(labels) > 1
    assert sorted((i.mechanism, i.number) for i in listed) == sorted(
        (m.id, g.number) for m in atlas.covered if m.group_label for g in m.groups
    )


def test_secretariats_are_listed_with_the_mechanisms_they_serve(invented: govmap.Atlas, as_of: AsOf) -> None:
    iom = SecretariatItem("IOM", "International Organization for Migration", ("ALPHA", "GAMMA"))
    aardvarks = SecretariatItem("AAA", "Agency of Aardvarks", ("ALPHA",))
    assert govmap.list_secretariats(invented, Filters()) == (iom,)
    assert govmap.list_secretariats(as_of("2022"), Filters()) == (aardvarks, iom)
    assert govmap.list_secretariats(as_of("2022"), Filters(secretariat="AAA")) == (aardvarks,)
    assert [item.mechanisms for item in govmap.list_secretariats(invented, Filters(member="FRA"))] == [("GAMMA",)]
    assert govmap.list_secretariats(invented, Filters(themes=("asylum",))) == ()


def test_sources_are_listed_by_id_and_by_kind(invented: govmap.Atlas) -> None:
    ids = [item.id for item in govmap.list_sources(invented, Filters())]
    assert ids == sorted(invented.sources)
    assert "invented-note" in ids
    publications = govmap.list_sources(invented, Filters(kind="publication"))
    assert [item.id for item in publications] == sorted(
        source.id for source in invented.sources.values() if source.kind == "publication"
    )
    with pytest.raises(govmap.UsageError, match='There is no kind "rumour" in this list'):
        govmap.list_sources(invented, Filters(kind="rumour"))


@pytest.mark.parametrize("filters", [Filters(member="CHL"), Filters(themes=("borders",)), Filters(secretariat="IOM")])
def test_a_list_of_sources_takes_no_other_filter(invented: govmap.Atlas, filters: Filters) -> None:
    with pytest.raises(govmap.UsageError) as caught:
        govmap.list_sources(invented, filters)
    assert caught.value.message == "A list of sources takes no filter but --kind"
    assert caught.value.suggestions == ("govmap list sources --kind press",)


@pytest.mark.parametrize("kind", ["themes", "secretariats"])
def test_themes_and_secretariats_have_no_kinds(invented: govmap.Atlas, kind: str) -> None:
    with pytest.raises(govmap.UsageError) as caught:
        LISTS[kind](invented, Filters(kind="state"))
    assert caught.value.message == f"A list of {kind} takes no --kind"
    assert caught.value.suggestions == (f"govmap list {kind}",)


def test_typed_filters_become_those_of_the_records(invented: govmap.Atlas) -> None:
    typed = ("Groups", "peru", "border management", "agency of aardvarks", "FORUM")
    wanted = Filters(member="PER", themes=("borders",), secretariat="AAA", kind="FORUM")
    assert resolve_filters(invented, *typed) == ("groups", wanted), "no list of groups has that kind"
    assert resolve_filters(invented, "mechanisms") == ("mechanisms", Filters())
    assert resolve_filters(invented, "mechanisms", coverage="All") == ("mechanisms", Filters(coverage="all"))
    assert resolve_filters(invented, "themes") == ("themes", Filters())
    assert resolve_filters(invented, "themes", kind="State") == ("themes", Filters(kind="State"))
    assert resolve_filters(invented, "countries", "alpha process", kind="State") == (
        "countries",
        Filters(member="ALPHA", kind="state"),
    )


def test_a_kind_may_be_typed_in_the_language_of_the_answer(invented: govmap.Atlas) -> None:
    with govmap.speaking("es"):
        assert resolve_filters(invented, "countries", kind="Estado")[1] == Filters(kind="state")
    assert resolve_filters(invented, "countries", kind="Estado")[1] == Filters(kind="Estado")


@pytest.mark.parametrize(
    ("typed", "message", "suggestions"),
    [
        (("sountries",), 'There is no list "sountries"', ("countries",)),  # sources is near as well
        (("xyz",), 'There is no list "xyz"', tuple(LISTS)),
        (("mechanisms", None, None, None, None, "ful"), 'There is no coverage "ful"', ("full",)),
        (
            ("groups", None, None, None, None, "all"),
            "Only a list of mechanisms takes --coverage",
            ("govmap list mechanisms --coverage all",),
        ),
        (
            ("countries", "delta"),
            "The source names DELTA and gives no members",
            ("govmap mechanism DELTA",),
        ),
    ],
)
def test_a_list_or_a_filter_that_there_is_not_is_told_with_what_to_type(
    invented: govmap.Atlas, typed: tuple[str, ...], message: str, suggestions: tuple[str, ...]
) -> None:
    with pytest.raises((govmap.UsageError, govmap.NoAnswerError)) as caught:
        resolve_filters(invented, *typed)
    assert (caught.value.message, caught.value.suggestions) == (message, suggestions)


def test_each_kind_of_list_has_its_function() -> None:
    assert list(LISTS) == ["mechanisms", "countries", "themes", "groups", "secretariats", "sources"]


@pytest.mark.parametrize("kind", LISTS)
def test_a_bundled_list_with_a_filter_holds_a_part_of_the_whole_list(atlas: govmap.Atlas, kind: str) -> None:
    whole = LISTS[kind](atlas, Filters())
    assert whole
    if kind != "sources":
        narrow = LISTS[kind](atlas, Filters(themes=("asylum",)))
        assert 0 < len(narrow) <= len(whole)
        assert _keys(narrow) <= _keys(whole)


def _keys(listed: Listed) -> set[tuple[object, ...]]:
    """Return what names each item: its first two fields, which come before those that a filter changes."""
    return {(getattr(item, item.__struct_fields__[0]), getattr(item, item.__struct_fields__[1])) for item in listed}
