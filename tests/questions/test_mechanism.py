from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import govmap
from govmap.language import Language
from govmap.questions.mechanism import (
    CalledRow,
    GroupRow,
    MechanismHead,
    MechanismProfile,
    MemberRow,
    PillarRow,
    SecretariatRow,
    SubBodyRow,
)
from govmap.records import Change, SourceRef, Trust

AsOf = Callable[[str], govmap.Atlas]

IOM = "International Organization for Migration"
UNHCR = "Office of the United Nations High Commissioner for Refugees"
WHOLE = """\
about: {title: T, version: "1", reference_date: "2020"}
mechanisms:
  - id: ONE
    names: {en: Third Name, es: Nombre Tercero, fr: Troisième Nom}
    acronyms: {en: TN}
    proposed_names: [fr]
    former_names:
      - {names: {en: Second Name}, until: "2011", evidence: {status: confirmed, sources: [renamed]}}
      - {names: {en: First Name, es: Nombre Primero}, acronyms: {en: FN}, until: "2005-06"}
    kind: process
    relation: endorser
    parent: Assembly
    founded: "2001"
    until: "2030"
    website: https://one.example/
    as_written: Thrid Name
    note: Met rarely
    members:
      - {code: CHL, since: "2002", until: "2025", evidence: {status: note only, as_of: "2019", sources: [letter]}}
      - {code: PER, relation: observer, joined_after: "2003", joined_by: "2004"}
    group_label: working group
    pillars:
      - {number: 1, name: Roads, themes: [borders], as_written: Raods, since: "2006", until: "2026"}
    sub_bodies:
      - {id: DESK, name: The Desk, note: Sits in Lima, since: "2007", until: "2027"}
    groups:
      - {number: 1, name: Posts, themes: [borders, asylum], as_written: Psots, pillar: 1, sub_body: DESK,
         other_number: 4, since: "2008", until: "2028", evidence: {status: confirmed, sources: [minutes]}}
      - {number: 2, name: Bridges, themes: [borders]}
    secretariats:
      - {agency: UNHCR, since: "2010"}
      - {agency: IOM, unit: Lima office, as_written: OIM, note: In part, since: "2009", until: "2029"}
    evidence:
      members: {status: note only, as_of: "2018", note: Not checked, sources: [list]}
      founded: {status: confirmed, sources: [list]}
events:
  - {date: "2021", kind: changed, mechanisms: [ONE], concerns: statute, text: One is rewritten, sources: [news]}
"""


def _profile(atlas: govmap.Atlas, id_: str) -> MechanismProfile:
    return govmap.profile_mechanism(atlas, atlas.mechanism(id_))


def test_a_profile_has_a_head(invented: govmap.Atlas) -> None:
    profile = _profile(invented, "ALPHA")
    head = profile.mechanism
    assert (head.id, head.name, head.kind, head.coverage) == ("ALPHA", "Alpha Process", "consultative process", "full")
    assert (head.relation, head.founded, head.website) == ("member", "2000", None)
    assert head.names == {"en": "Alpha Process", "es": "Proceso Alfa"}
    assert head.acronyms == {"en": "AP", "es": "PA"}
    assert (head.proposed_names, head.as_written, head.parent, head.note) == ((), None, None, None)
    assert profile.as_of == "2020-06"


def test_members_come_in_the_order_of_their_codes_with_their_dates(invented: govmap.Atlas) -> None:
    members = _profile(invented, "ALPHA").members
    assert members is not None
    assert [(row.code, row.name, row.relation, row.since, row.until) for row in members] == [
        ("ARG", "Argentina", "member", "2010-05-01", "2020-07-01"),
        ("CHL", "Chile", "member", None, None),
        ("PER", "Peru", "member", None, None),
    ]
    assert {(row.kind, row.joined_after, row.evidence) for row in members} == {("state", None, None)}


def test_a_member_may_be_listed_as_something_else_than_the_others(invented: govmap.Atlas) -> None:
    members = _profile(invented, "BETA").members
    assert members is not None
    assert [(row.code, row.relation, row.kind) for row in members] == [
        ("ABW", "covered", "territory"),
        ("CHL", "endorser", "state"),
        ("PER", "endorser", "state"),
    ]


def test_groups_and_secretariats_are_those_of_the_date(invented: govmap.Atlas, as_of: AsOf) -> None:
    borders = GroupRow(1, "Borders", None, None, ("borders",), None, None, None, None, None)
    old_work = GroupRow(2, "Old Work", None, None, ("livelihoods",), None, None, None, None, "2019")
    iom = SecretariatRow("IOM", IOM, None, None, None, None, None)
    aardvarks = SecretariatRow("AAA", "Agency of Aardvarks", None, None, None, "2022", None)
    assert (_profile(invented, "ALPHA").groups, _profile(invented, "ALPHA").secretariat) == ((borders,), (iom,))
    assert _profile(as_of("2012"), "ALPHA").groups == (borders, old_work)
    assert _profile(as_of("2022"), "ALPHA").secretariat == (aardvarks, iom)


def test_the_themes_of_a_group_come_in_alphabetical_order(invented: govmap.Atlas) -> None:
    groups = _profile(invented, "BETA").groups
    assert groups is not None
    assert [group.themes for group in groups] == [("asylum", "borders")]


def test_a_secretariat_that_the_source_does_not_name_is_null_and_unclear(invented: govmap.Atlas) -> None:
    profile = _profile(invented, "BETA")
    assert profile.secretariat is None
    assert profile.unclear == {"secretariat": "The note is silent"}


def test_a_country_whose_place_is_open_is_named_and_not_counted(invented: govmap.Atlas) -> None:
    profile = _profile(invented, "GAMMA")
    assert profile.members is not None
    assert [row.code for row in profile.members] == ["FRA"]
    assert profile.unclear == {"PER": "The page is torn"}
    assert profile.groups is None
    assert (profile.evidence, profile.sources) == ({}, ())


def test_the_members_of_a_mechanism_that_is_only_named_are_null_and_not_none(invented: govmap.Atlas) -> None:
    profile = _profile(invented, "DELTA")
    assert (profile.members, profile.groups, profile.secretariat) == (None, None, None)
    assert profile.unclear == {
        "members": "The source names this body and gives no membership",
        "secretariat": "The source does not say",
    }
    assert profile.evidence == {"named": Trust("note only", None, None, ("invented-note",))}
    assert profile.mechanism.note == "Named in passing"


def test_evidence_and_its_sources_are_given(invented: govmap.Atlas) -> None:
    profile = _profile(invented, "ALPHA")
    assert profile.evidence == {"members": Trust("confirmed", None, None, ("invented-note",))}
    assert [source.id for source in profile.sources] == ["invented-note"]


def test_changes_are_what_the_lists_of_the_date_do_not_show(invented: govmap.Atlas, as_of: AsOf) -> None:
    left = Change("2020-07-01", "ALPHA", "Argentina leaves the Alpha Process", ("invented-note",))
    changed = Change("2018", "BETA", "Beta takes up more work than its list shows", ("invented-note",))
    assert _profile(invented, "ALPHA").changes == (left,)
    assert _profile(as_of("2020-07-01"), "ALPHA").changes == ()
    assert _profile(invented, "BETA").changes == (changed,)
    assert _profile(invented, "GAMMA").changes == ()


def test_every_bundled_mechanism_has_a_profile_that_agrees_with_its_record(atlas: govmap.Atlas) -> None:
    for mechanism in atlas.mechanisms.values():
        profile = govmap.profile_mechanism(atlas, mechanism)
        members = [row.code for row in profile.members or ()]
        assert members == sorted(member.code for member in mechanism.members)
        assert len(members) == len(set(members))
        assert [group.number for group in profile.groups or ()] == [group.number for group in mechanism.groups]
        assert (profile.members is None) == (mechanism.coverage == "mentioned")
        assert {source.id for source in profile.sources} <= set(atlas.sources)


def _source(id_: str) -> SourceRef:
    return SourceRef(id_, "T", "P", "2019", None, "report", "2020-01-01")


def test_a_profile_shows_all_that_the_record_holds_and_the_sources_of_it_by_part_then_item_then_event(
    tmp_path: Path,
) -> None:
    rest = 'title: T, publisher: P, date: "2019", url: null, kind: report, looked_up: "2020-01-01"'
    rows = [f"  - {{id: {id_}, {rest}}}\n" for id_ in ("letter", "list", "minutes", "news", "renamed")]
    (tmp_path / "mechanisms.yaml").write_text(WHOLE, encoding="utf-8")
    (tmp_path / "sources.yaml").write_text("".join(["sources:\n", *rows]), encoding="utf-8")
    atlas = govmap.load(tmp_path)
    renamed = Trust("confirmed", None, None, ("renamed",))
    names: dict[Language, str] = {"en": "Third Name", "es": "Nombre Tercero", "fr": "Troisième Nom"}
    first: dict[Language, str] = {"en": "First Name", "es": "Nombre Primero"}
    assert _profile(atlas, "ONE") == MechanismProfile(
        mechanism=MechanismHead(
            id="ONE",
            name="Third Name",
            kind="process",
            coverage="full",
            relation="endorser",
            founded="2001",
            website="https://one.example/",
            names=names,
            acronyms={"en": "TN"},
            proposed_names=("fr",),
            as_written="Thrid Name",
            parent="Assembly",
            note="Met rarely",
            until="2030",
            called=(
                CalledRow(first, {"en": "FN"}, since=None, until="2005-06", evidence=None),
                CalledRow({"en": "Second Name"}, {}, since="2005-06", until="2011", evidence=renamed),
                CalledRow(names, {"en": "TN"}, since="2011", until=None, evidence=renamed),
            ),
        ),
        as_of="2020",
        members=(
            MemberRow(
                code="CHL",
                name="Chile",
                relation="endorser",
                since="2002",
                until="2025",
                joined_after=None,
                joined_by=None,
                kind="state",
                evidence=Trust("note only", "2019", None, ("letter",)),
            ),
            MemberRow(
                code="PER",
                name="Peru",
                relation="observer",
                since=None,
                until=None,
                joined_after="2003",
                joined_by="2004",
                kind="state",
                evidence=None,
            ),
        ),
        secretariat=(
            SecretariatRow("IOM", IOM, "In part", "Lima office", "OIM", "2009", "2029"),
            SecretariatRow("UNHCR", UNHCR, None, None, None, "2010", None),
        ),
        group_label="working group",
        groups=(
            GroupRow(
                number=1,
                name="Posts",
                as_written="Psots",
                pillar=1,
                themes=("asylum", "borders"),
                other_number=4,
                sub_body="DESK",
                evidence=Trust("confirmed", None, None, ("minutes",)),
                since="2008",
                until="2028",
            ),
            GroupRow(2, "Bridges", None, None, ("borders",), None, None, None, None, None),
        ),
        pillars=(PillarRow(1, "Roads", "Raods", "2006", "2026"),),
        sub_bodies=(SubBodyRow("DESK", "The Desk", "Sits in Lima", "2007", "2027"),),
        unclear={},
        caution="Nothing was looked up after 1 January 2020: what changed later is not known",
        changes=(Change("2021", "ONE", "One is rewritten", ("news",)),),
        evidence={
            "founded": Trust("confirmed", None, None, ("list",)),
            "members": Trust("note only", "2018", "Not checked", ("list",)),
        },
        sources=tuple(map(_source, ("list", "letter", "minutes", "renamed", "news"))),
    )


def test_that_a_mechanism_has_no_groups_is_explained_by_the_note_of_its_evidence_or_else_in_general(
    tmp_path: Path,
) -> None:
    about = 'about: {title: T, version: "1", reference_date: "2020"}\nmechanisms:\n'
    head = "names: {en: Name}, kind: k, relation: member, members: [CHL], secretariats_note: No page tells"
    (tmp_path / "mechanisms.yaml").write_text(
        f"{about}  - {{id: ONE, {head}, evidence: {{groups: {{status: confirmed, sources: []}}}}}}\n"
        f"  - {{id: TWO, {head}, evidence: {{groups: {{status: confirmed, sources: [], note: It has none}}}}}}\n"
        f"  - {{id: SIX, {head}}}\n"
    )
    atlas = govmap.load(tmp_path)
    assert {id_: _profile(atlas, id_).unclear for id_ in ("ONE", "TWO", "SIX")} == {
        "ONE": {"groups": "The source lists none", "secretariat": "No page tells"},
        "TWO": {"groups": "It has none", "secretariat": "No page tells"},
        "SIX": {"secretariat": "No page tells"},
    }
