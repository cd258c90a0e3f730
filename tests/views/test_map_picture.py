"""The map as a picture."""

from __future__ import annotations

from pathlib import Path

from tests.made import atlas_of, mechanism

import govmap
from govmap.formats.text import tile_lines
from govmap.layout.page import Lines, Tiles
from govmap.presentation import Presentation


def test_a_body_of_wider_scope_has_a_map_and_a_brief_too(atlas: govmap.Atlas) -> None:
    today = atlas.at(atlas.known_until)
    wider = [body for body in today.dataset.mechanisms if body.scope == "wider" and body.members and not body.until]
    assert wider
    for body in wider:
        assert Presentation(govmap.map(today, body.id)).picture()
        assert Presentation(govmap.brief(today, body.id), full=True).page()


def test_the_note_on_spain_stands_where_spain_does(atlas: govmap.Atlas) -> None:
    own = atlas_of(atlas, mechanism("ONE", "PER CHL"))
    pages = [Presentation(govmap.map(each), full=True).page() for each in (atlas, own)]
    notes = [
        block.lines[-1] for page in pages for block in page.blocks if isinstance(block, Lines) and block.title == "Note"
    ]
    assert notes == ["Spain is shown next to the Americas; tiles do not show areas", "Tiles do not show areas"]
    (tiles,) = (block for block in pages[1].blocks if isinstance(block, Tiles))
    assert tile_lines(tiles)[0].split()[0] == "PER", "no row above the first tile"


def test_a_picture_names_who_has_no_place_on_it_and_rests_on_the_source_where_that_tells_of_it(
    atlas: govmap.Atlas,
) -> None:
    own, wider = (Presentation(govmap.map(atlas, id_)).picture() for id_ in ("RCM", "CMC"))
    assert own is not None
    assert wider is not None
    assert any(text.startswith("Source: Technical Note") for text in own.credits)
    assert not any("Technical Note" in text for text in wider.credits), "which has no list of it"
    said = "Without a place on this map: Anguilla, Cayman Islands, Montserrat, Turks and Caicos Islands"
    assert said in " ".join(wider.credits)


def test_a_picture_says_what_is_from_own_data(tmp_path: Path) -> None:
    (tmp_path / "mechanisms.yaml").write_text(
        'extends: bundled\nmechanisms:\n  - id: RCM\n    members: [{code: VEN, since: "2022-03"}]\n', encoding="utf-8"
    )
    atlas = govmap.load(tmp_path)
    for question in (govmap.map(atlas, "RCM"), govmap.matrix(atlas)):
        picture = Presentation(question).picture()
        assert picture is not None
        assert "From your data: RCM, members, VEN added" in " ".join(picture.credits)
