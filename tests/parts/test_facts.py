"""The facts that a dataset shows, each with its evidence: whole lists of small invented datasets."""

from __future__ import annotations

from pathlib import Path

import pytest

import govmap
from govmap.parts.facts import Fact, all_facts, facts_of
from govmap.records import Trust

SOURCES = """\
sources:
  - {id: annual, title: A report, publisher: P, date: "2019", url: null, kind: report, looked_up: "2020-02-01"}
  - {id: site, title: A site, publisher: P, date: null, url: null, kind: page, looked_up: "2020-02-01"}
"""
FULL = """\
about: {title: T, version: "1", reference_date: "2020", source: annual}
agencies:
  - {id: AAA, names: {en: Agency of Aardvarks}}
mechanisms:
  - id: ONE
    names: {en: One, es: Uno}
    acronyms: {en: O, es: O}
    as_written: Onne
    note: Called so since the treaty
    kind: forum
    parent: The Union
    founded: "2000"
    until: "2026"
    website: https://one.example
    relation: member
    members_as_written: Signatories
    group_label: area
    groups_as_written: Fields
    former_names:
      - {names: {en: Old One}, until: "2010", evidence: {status: changed since, sources: [site], note: Said there}}
      - {names: {en: Early One, es: Uno Viejo}, acronyms: {en: EO}, until: "2005"}
    members:
      - {code: BOL, relation: endorser}
      - {code: CHL, relation: covered, since: "2002", evidence: {status: confirmed, sources: [annual]}}
      - code: PER
        since: "2001"
        until: "2024"
        as_written: Perou
        evidence: {status: contradicted, sources: [site], as_of: "2020-01"}
      - {code: ARG, since: "2003-04", until: "2011", as_written: Argentine}
    unclear_members:
      - {code: VEN, note: The page is torn}
    pillars:
      - {number: 1, name: Rights, themes: [visas, asylum], since: "2004", until: "2025", as_written: Right}
    groups:
      - number: 3
        name: Visas
        themes: [visas, borders]
        pillar: 1
        since: "2006"
        until: "2023"
        as_written: Visa
        evidence: {status: confirmed, sources: [site]}
      - {number: 4, name: Asylum, themes: [asylum]}
    sub_bodies:
      - {id: table, name: Table, note: Of experts, since: "2007", until: "2022"}
    secretariats:
      - {agency: AAA, unit: Office in Lima, since: "2008", until: "2021", as_written: Aardvark}
      - {agency: AAA}
    evidence:
      names: {status: confirmed, sources: [annual], as_of: "2019", note: By its site}
      parent: {status: note only, sources: [site]}
      ended: {status: confirmed, sources: [site], note: By its law}
      relation: {status: changed since, sources: [site]}
      members: {status: note only, sources: [annual], note: Not checked}
      groups: {status: note only, sources: [annual]}
      pillars: {status: contradicted, sources: [annual], note: Two lists}
      bodies: {status: confirmed, sources: [site], as_of: "2018"}
      secretariats: {status: confirmed, sources: [annual], as_of: "2017"}
      chair: {status: note only, sources: [annual]}
events:
  - date: "2009-05-01"
    until: "2009-05-03"
    kind: meeting
    mechanisms: [ONE]
    countries: [PER, CHL]
    text: They meet
    as_written: In the month of May
    sources: [site]
resolutions:
  - id: res-1
    number: R. 1
    title: On Visas
    body: Assembly
    kind: resolution
    date: "2012-06-01"
    until: "2012-06-02"
    as_written: Res. 1
    note: Adopted by all
    sources: [annual]
"""
NOTHING = Trust(None, None, None, ())
NAMES = Trust("confirmed", "2019", "By its site", ("annual",))
RELATION = Trust("changed since", None, None, ("site",))
MEMBERS = Trust("note only", None, "Not checked", ("annual",))
GROUPS = Trust("note only", None, None, ("annual",))
PILLARS = Trust("contradicted", None, "Two lists", ("annual",))
SECRETARIATS = Trust("confirmed", "2017", None, ("annual",))
ONE = ("ONE",)


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """A folder with sources; a test adds the mechanisms."""
    (tmp_path / "sources.yaml").write_text(SOURCES)
    return tmp_path


def test_every_fact_of_a_full_record_is_told_with_its_dates_its_form_and_its_evidence(folder: Path) -> None:
    (folder / "mechanisms.yaml").write_text(FULL)
    assert list(all_facts(govmap.load(folder))) == [
        Fact("names", ONE, NAMES, "One; Uno; O", as_written="Onne"),
        Fact("named", ONE, NOTHING, "Called so since the treaty"),
        Fact("kind", ONE, NOTHING, "forum"),
        Fact("parent", ONE, Trust("note only", None, None, ("site",)), "The Union"),
        Fact("founded", ONE, NOTHING, "2000"),
        Fact("ended", ONE, Trust("confirmed", None, "By its law", ("site",)), "2026"),
        Fact("website", ONE, NOTHING, "https://one.example"),
        Fact("relation", ONE, RELATION, "member", as_written="Signatories"),
        Fact("group label", ONE, GROUPS, "area", as_written="Fields"),
        Fact("former names", ONE, Trust("changed since", None, "Said there", ("site",)), "Old One", until="2010"),
        Fact("former names", ONE, NAMES, "Early One; Uno Viejo; EO", until="2005"),
        Fact("members", ONE, MEMBERS, "Bolivia", ("BOL",)),
        Fact("relation", ONE, RELATION, "endorser", ("BOL",)),
        Fact("members", ONE, Trust("confirmed", None, None, ("annual",)), "Chile", ("CHL",), date="2002"),
        Fact("relation", ONE, Trust("confirmed", None, None, ("annual",)), "covered", ("CHL",)),
        Fact(
            part="members",
            mechanisms=ONE,
            evidence=Trust("contradicted", "2020-01", None, ("site",)),
            value="Peru",
            countries=("PER",),
            date="2001",
            until="2024",
            as_written="Perou",
        ),
        Fact(
            part="former members",
            mechanisms=ONE,
            evidence=MEMBERS,
            value="Argentina",
            countries=("ARG",),
            date="2003-04",
            until="2011",
            as_written="Argentine",
        ),
        Fact("unclear members", ONE, Trust(None, None, "The page is torn", ("annual",)), "Venezuela", ("VEN",)),
        Fact(
            part="pillars",
            mechanisms=ONE,
            evidence=PILLARS,
            value="Rights",
            number=1,
            themes=("asylum", "visas"),
            date="2004",
            until="2025",
            as_written="Right",
        ),
        Fact(
            part="groups",
            mechanisms=ONE,
            evidence=Trust("confirmed", None, None, ("site",)),
            value="Visas",
            number=3,
            themes=("borders", "visas"),
            date="2006",
            until="2023",
            as_written="Visa",
        ),
        Fact("groups", ONE, GROUPS, "Asylum", number=4, themes=("asylum",)),
        Fact(
            part="bodies",
            mechanisms=ONE,
            evidence=Trust("confirmed", "2018", "Of experts", ("site",)),
            value="Table",
            date="2007",
            until="2022",
        ),
        Fact(
            part="secretariats",
            mechanisms=ONE,
            evidence=SECRETARIATS,
            value="Agency of Aardvarks, Office in Lima",
            agency="AAA",
            date="2008",
            until="2021",
            as_written="Aardvark",
        ),
        Fact("secretariats", ONE, SECRETARIATS, "Agency of Aardvarks", agency="AAA"),
        Fact("chair", ONE, GROUPS, None),
        Fact(
            part="events",
            mechanisms=ONE,
            evidence=Trust(None, None, None, ("site",)),
            value="They meet",
            countries=("PER", "CHL"),
            date="2009-05-01",
            until="2009-05-03",
            as_written="In the month of May",
        ),
        Fact(
            part="resolutions",
            mechanisms=(),
            evidence=Trust(None, None, "Adopted by all", ("annual",)),
            value="Assembly: R. 1, On Visas",
            date="2012-06-01",
            until="2012-06-02",
            as_written="Res. 1",
        ),
    ]


SPARE = """\
about: {title: T, version: "1", reference_date: "2020"}
mechanisms:
  - id: TWO
    names: {en: Two}
    note: Named in passing
    kind: forum
    relation: member
    members_as_written: Members
    group_label: Area
    groups_as_written: area
    former_names:
      - {names: {en: Old Two}, until: "2010"}
    members: [{code: PER, relation: member}]
    unclear_members: [{code: VEN, note: The page is torn}]
    sub_bodies:
      - {id: table, name: Table, note: Of experts}
      - {id: desk, name: Desk}
    evidence:
      named: {status: note only, sources: [site]}
      members: {status: confirmed, sources: [annual]}
      bodies: {status: contradicted, sources: [site], note: Two lists}
"""
TWO = ("TWO",)


def test_a_fact_without_evidence_of_its_own_has_that_of_the_part_it_rests_on_too(folder: Path) -> None:
    """A heading that is the word shown, in the plural or with another capital, is no other form."""
    (folder / "mechanisms.yaml").write_text(SPARE)
    atlas = govmap.load(folder)
    named = Trust("note only", None, None, ("site",))
    listed = Trust("confirmed", None, None, ("annual",))
    bodies = Trust("contradicted", None, "Two lists", ("site",))
    assert list(facts_of(atlas, atlas.mechanism("TWO"))) == [
        Fact("names", TWO, named, "Two"),
        Fact("named", TWO, named, "Named in passing"),
        Fact("kind", TWO, NOTHING, "forum"),
        Fact("relation", TWO, listed, "member"),
        Fact("group label", TWO, NOTHING, "Area"),
        Fact("former names", TWO, named, "Old Two", until="2010"),
        Fact("members", TWO, listed, "Peru", ("PER",)),
        Fact("unclear members", TWO, Trust(None, None, "The page is torn", ()), "Venezuela", ("VEN",)),
        Fact("bodies", TWO, bodies, "Table"),
        Fact("bodies", TWO, bodies, "Desk"),
    ]


def test_a_name_is_a_former_one_from_the_day_of_the_next(folder: Path) -> None:
    (folder / "mechanisms.yaml").write_text(SPARE)
    before, after = (govmap.load(folder, as_of=date) for date in ("2009", "2010"))
    told = [
        [(fact.part, fact.value) for fact in facts_of(atlas, atlas.mechanism("TWO")) if "names" in fact.part]
        for atlas in (before, after)
    ]
    assert told == [[("names", "Old Two")], [("names", "Two"), ("former names", "Old Two")]]
