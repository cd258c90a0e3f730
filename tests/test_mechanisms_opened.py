"""What a question costs is what it touches, however much is stored: counted in records opened, never in seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from tests.made import ABOUT, loaded_of, mechanism

import govmap
from govmap.facts.database import Database
from govmap.model import Mechanism

FEW, MANY = 20, 200  # mechanisms that have nothing to do with what is asked

# What is asked, and how many mechanisms may be opened for it: those that the answer is about.
ASKED: dict[str, tuple[Callable[[govmap.Atlas], Any], int]] = {
    "a country": (lambda atlas: govmap.country(atlas, "Peru"), 3),
    "a mechanism": (lambda atlas: govmap.mechanism(atlas, "ONE"), 1),
    "a membership": (lambda atlas: govmap.membership(atlas, "Peru", "ONE"), 3),
    "two mechanisms": (lambda atlas: govmap.compare(atlas, "ONE", "TWO"), 3),
    "two countries": (lambda atlas: govmap.compare(atlas, "Peru", "Bolivia"), 3),
    "a theme": (lambda atlas: govmap.overlap(atlas, "gender"), 5),  # the three, and one for each other country
    "a search": (lambda atlas: govmap.search(atlas, "ONE"), 1),
    "the evidence on a mechanism": (lambda atlas: govmap.evidence(atlas, "ONE"), 1),
    "the history of a country": (lambda atlas: govmap.history(atlas, "Peru"), 3),
    "the history of a mechanism": (lambda atlas: govmap.history(atlas, "ONE"), 1),
    "gaps of a country": (lambda atlas: govmap.gaps(atlas, country="Peru", theme="gender"), 3),
}


@pytest.fixture(name="bundled", scope="module")
def _bundled() -> govmap.Atlas:
    return govmap.load()


@pytest.mark.parametrize("others", [FEW, MANY])
@pytest.mark.parametrize("asked", ASKED)
def test_a_question_opens_the_mechanisms_that_its_answer_is_about(
    bundled: govmap.Atlas, monkeypatch: pytest.MonkeyPatch, asked: str, others: int
) -> None:
    three = [mechanism(id_, "PER BOL", "gender") for id_ in ("ONE", "TWO", "THREE")]
    rest = [mechanism(f"M{number}", "CHL ARG", "health") for number in range(others)]
    loaded = loaded_of({"about": ABOUT, "mechanisms": [*rest, *three]}, bundled)
    opened: set[str] = set()
    read = Database.mechanisms

    def note(self: Database, ids: Iterable[str], day: str | None = None) -> tuple[Mechanism, ...]:
        wanted = list(ids)
        opened.update(wanted)
        return read(self, wanted, day)

    monkeypatch.setattr(Database, "mechanisms", note)
    ask, most = ASKED[asked]
    ask(govmap.Atlas(loaded))
    assert len(opened) <= most
