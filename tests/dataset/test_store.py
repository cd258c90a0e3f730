from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.dataset.conftest import Write

from govmap.dataset import LoadedDataset, load
from govmap.dataset.store import Head, Place, Register, SnapshotDataset, pack, unpack
from govmap.model import FormerName

TWO = """\
about: {title: Two, version: "1", reference_date: "2020"}
mechanisms:
  - id: ONE
    names: {en: One, es: Uno}
    kind: network
    founded: "2001"
    until: "2015"
    proposed_names: [es]
    former_names: [{names: {en: Zero}, until: "2005"}]
    relation: member
    members: [PER, CHL]
    groups: [{number: 1, name: A, themes: [borders]}, {number: 2, name: B, themes: [trafficking, borders]}]
  - id: TWO
    names: {en: Two}
    kind: forum
    relation: member
    members: [{code: CHL, until: "2010"}, {code: CHL, since: "2012"}]
    unclear_members: [{code: ARG, note: torn}]
    groups: [{number: 1, name: A, themes: [trafficking]}]
  - {id: THREE, names: {en: Three}, kind: forum, coverage: mentioned}
"""
ZERO = FormerName(names={"en": "Zero"}, until="2005")


@pytest.fixture(name="two")
def _two(write: Write) -> LoadedDataset:
    """A dataset of two mechanisms and a third that is only mentioned."""
    return load(write({"mechanisms.yaml": TWO}))


@pytest.fixture(name="stored")
def _stored(two: LoadedDataset) -> SnapshotDataset:
    """The same dataset in its snapshot."""
    stored = unpack(pack(two, "key"), "key", lambda: pytest.fail("it is not damaged"))
    assert stored is not None
    return stored


def test_a_register_has_the_headers_that_lists_need_and_where_countries_and_themes_lead(two: LoadedDataset) -> None:
    assert two.register == Register(
        heads=(
            Head("ONE", {"en": "One", "es": "Uno"}, "full", "2001", ("es",), "2015", (ZERO,)),
            Head(id="TWO", names={"en": "Two"}, coverage="full", founded=None),
            Head(id="THREE", names={"en": "Three"}, coverage="mentioned", founded=None),
        ),
        by_country={"ARG": (1,), "CHL": (0, 1), "PER": (0,)},
        by_theme={"borders": (0,), "trafficking": (0, 1)},
        without_groups=frozenset({2}),
    )
    assert two.register.position == {"ONE": 0, "TWO": 1, "THREE": 2}


def test_a_snapshot_gives_each_part_as_it_was_and_decodes_a_mechanism_once(
    two: LoadedDataset, stored: SnapshotDataset
) -> None:
    assert stored.context == replace(two.dataset, mechanisms=())
    assert stored.register == two.register
    assert [stored.mechanism(at) for at in (2, 0, 1)] == [two.mechanism(at) for at in (2, 0, 1)]
    assert stored.mechanism(1) is stored.mechanism(1)
    assert (stored.names, stored.dataset) == (two.names, two.dataset)
    assert unpack(pack(two, "key"), "another key", lambda: b"") is None


def test_a_section_is_read_when_it_is_asked_for(two: LoadedDataset, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a call does not use may be damaged: it is not looked at."""
    content = pack(two, "key")
    damaged = unpack(content.replace(b"trafficking", b"trafficKing"), "key", lambda: content)
    assert damaged is not None
    read: list[Place] = []
    section = SnapshotDataset.section

    def count(dataset: SnapshotDataset, place: Place) -> memoryview:
        read.append(place)
        return section(dataset, place)

    monkeypatch.setattr(SnapshotDataset, "section", count)
    assert damaged.mechanism(2) == two.mechanism(2)
    assert len(read) == 2  # the table of places, and it
    assert damaged.names.mechanisms == two.names.mechanisms
    assert damaged.mechanism(0) == two.mechanism(0)


def test_datasets_are_equal_where_they_hold_the_same(two: LoadedDataset, stored: SnapshotDataset, write: Write) -> None:
    other = load(write({"mechanisms.yaml": TWO.replace("en: Three", "en: Third")}))
    assert {two, stored, other} == {stored, other}
    assert two != other
    assert two != "Two"
