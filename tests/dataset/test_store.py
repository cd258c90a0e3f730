from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from govmap.dataset import Loaded, load
from govmap.dataset.store import Head, Register, Stored, pack, unpack
from govmap.model import FormerName

Write = Callable[[dict[str, str | bytes]], Path]

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


@pytest.fixture(name="two", scope="module")
def _two(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """A dataset of two mechanisms and a third that is only mentioned."""
    path = tmp_path_factory.mktemp("two") / "two.yaml"
    path.write_text(TWO)
    return load(path)


@pytest.fixture(name="stored")
def _stored(two: Loaded) -> Stored:
    """The same out of its snapshot."""
    stored = unpack(pack(two, "key"), "key")
    assert stored is not None
    return stored


def test_a_register_tells_of_each_mechanism_what_lists_need_and_where_countries_and_themes_lead(two: Loaded) -> None:
    assert two.register == Register(
        heads=(
            Head(
                id="ONE",
                names={"en": "One", "es": "Uno"},
                coverage="full",
                founded="2001",
                proposed_names=("es",),
                until="2015",
                former_names=(FormerName(names={"en": "Zero"}, until="2005"),),
            ),
            Head(id="TWO", names={"en": "Two"}, coverage="full", founded=None),
            Head(id="THREE", names={"en": "Three"}, coverage="mentioned", founded=None),
        ),
        by_country={"ARG": (1,), "CHL": (0, 1), "PER": (0,)},
        by_theme={"borders": (0,), "trafficking": (0, 1)},
    )
    assert two.register.position == {"ONE": 0, "TWO": 1, "THREE": 2}


def test_a_snapshot_gives_each_part_as_it_was(two: Loaded, stored: Stored) -> None:
    assert stored.context == replace(two.dataset, mechanisms=())
    assert stored.register == two.register
    assert [stored.mechanism(at) for at in (2, 0, 1)] == [two.mechanism(at) for at in (2, 0, 1)]
    assert stored.names == two.names
    assert stored.dataset == two.dataset


def test_a_mechanism_of_a_snapshot_is_decoded_once(stored: Stored) -> None:
    assert stored.mechanism(1) is stored.mechanism(1)


def test_a_snapshot_of_other_files_gives_nothing(two: Loaded) -> None:
    assert unpack(pack(two, "key"), "another key") is None


def test_datasets_are_equal_where_they_hold_the_same(two: Loaded, stored: Stored, write: Write) -> None:
    other = load(write({"mechanisms.yaml": TWO.replace("en: Three", "en: Third")}))
    assert {two, stored, other} == {stored, other}
    assert two != other
    assert two != "Two"
