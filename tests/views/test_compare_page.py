"""The page that ranks by likeness, where there is little to rank."""

from __future__ import annotations

from pathlib import Path

import govmap
from govmap.layout.page import Lines, Page
from govmap.presentation import Presentation

ONE = """
about: {title: One, version: "1", reference_date: "2023"}
mechanisms: [{id: ONE, names: {en: One}, kind: network, relation: member, members: [PER, CHL], groups: null}]
"""


def shown(page: Page) -> list[tuple[str, tuple[str, ...]]]:
    """Return the titles and the lines of a page."""
    return [(block.title, block.lines) for block in page.blocks if isinstance(block, Lines)]


def test_a_ranking_without_a_pair_does_not_say_that_all_pairs_overlap(invented: govmap.Atlas) -> None:
    page = Presentation(govmap.compare(invented, all=True, relation="observer")).page()
    assert shown(page) == [
        ("In words", tuple(f"{id_} is left out: it lists no observers" for id_ in ("ALPHA", "BETA", "GAMMA")))
    ]


def test_a_ranking_of_the_only_mechanism_says_that_there_is_no_other(tmp_path: Path) -> None:
    (tmp_path / "mechanisms.yaml").write_text(ONE)
    page = Presentation(govmap.compare(govmap.load(tmp_path), "ONE")).page()
    assert shown(page) == [("Note", ("There is no other mechanism to compare",))]
