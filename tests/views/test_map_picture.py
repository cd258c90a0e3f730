"""The map as a picture, and what stands below a picture: from where it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.made import atlas_of, mechanism

import govmap
from govmap.formats.text import tile_lines
from govmap.layout.page import Drawing, Lines, Tiles
from govmap.presentation import Presentation

OWN = """
extends: bundled
mechanisms:
  - id: RCM
    members: [{code: VEN, since: "2022-03"}]
"""


def below(answer: object, *, sources: bool = False) -> str:
    """Return the credits of the picture of an answer as one text."""
    picture = Presentation(answer, sources=sources).picture()
    assert picture
    return " ".join(picture.credits)


def test_a_body_of_wider_scope_has_a_map_and_a_brief_too(atlas: govmap.Atlas) -> None:
    today = atlas.at(atlas.known_until)
    wider = [body for body in today.dataset.mechanisms if body.scope == "wider" and body.members and not body.until]
    assert wider
    for body in wider:
        assert Presentation(govmap.map(today, body.id)).picture()
        assert Presentation(govmap.brief(today, body.id), full=True).page()


def test_a_picture_names_the_sources_that_it_rests_on_and_no_other(atlas: govmap.Atlas) -> None:
    """The note only mentions CMC, and has the lists of the eight, on which many more sources agree."""
    note = atlas.sources[atlas.context.about.source or ""].title
    consultations = below(govmap.map(atlas, "CMC"))
    assert "Sources: Caribbean Migration Consultations (CMC). IOM (UN); About the CMC. " in consultations
    assert note not in consultations
    for answer in (govmap.matrix(atlas), govmap.matrix(atlas, upset=True), govmap.map(atlas)):
        assert f" Sources: {note}. General Secretariat of the Organization of American States" in below(answer)
        assert below(answer).endswith(" more)")
        rest = int(below(answer).rpartition("(")[2].split()[0])
        assert f" [{rest + 1}] " in below(answer, sources=True)
        assert f" [{rest + 2}] " not in below(answer, sources=True)


def test_a_map_names_who_is_listed_and_has_no_tile(atlas: govmap.Atlas) -> None:
    without = "Without a place on this map: Anguilla, Cayman Islands, Montserrat, Turks and Caicos Islands"
    assert without in below(govmap.map(atlas, "CMC"))
    assert "Without a place" not in below(govmap.map(atlas, "RCM"))


@pytest.mark.parametrize("question", [govmap.map, govmap.matrix])
def test_a_picture_says_what_is_from_own_data(question: object, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    assert callable(question)
    assert below(question(govmap.load(path))).endswith(" From your data: RCM, members, VEN added")
    assert "From your data" not in below(question(govmap.load()))


def test_no_line_below_a_picture_is_wider_than_it_is(atlas: govmap.Atlas) -> None:
    for answer in (govmap.map(atlas.including([m.id for m in atlas.dataset.mechanisms])), govmap.matrix(atlas)):
        picture = Presentation(answer).picture()
        assert picture
        assert all(len(line) * 7.4 <= picture.width for line in picture.credits)


def test_the_note_on_spain_stands_where_spain_does(atlas: govmap.Atlas) -> None:
    own = atlas_of(atlas, mechanism("ONE", "PER CHL"))
    pages = [Presentation(govmap.map(each), full=True).page() for each in (atlas, own)]
    notes = [
        block.lines[-1] for page in pages for block in page.blocks if isinstance(block, Lines) and block.title == "Note"
    ]
    assert notes == ["Spain is shown next to the Americas; tiles do not show areas", "Tiles do not show areas"]
    (drawing,) = (block for block in pages[1].blocks if isinstance(block, Drawing))
    assert isinstance(drawing.text, Tiles)
    assert tile_lines(drawing.text)[0].split()[0] == "PER", "no row above the first tile"
