"""The map as a picture."""

from __future__ import annotations

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
