"""The map as a picture."""

from __future__ import annotations

from typing import Any

from tests.made import atlas_of, mechanism

import govmap
from govmap.formats.svg import to_svg
from govmap.layout.picture import Box, Group, Label
from govmap.presentation import Presentation


def boxes(picture: Any) -> dict[str, tuple[float, str]]:
    """Return how full each tile of a map is, and its edge, by the code of its country."""
    groups = [(shape.of, shape.shapes[0]) for shape in picture.shapes if isinstance(shape, Group)]
    return {code: (box.level, box.edge) for code, box in groups if isinstance(box, Box)}


def test_a_map_shows_what_being_listed_means_by_the_edge_of_a_tile_and_says_so(atlas: govmap.Atlas) -> None:
    members = [{"code": "PER"}, {"code": "CHL", "relation": "covered"}, {"code": "BRA", "relation": "endorser"}]
    one, two = (
        mechanism("ONE", [*members, {"code": "ARG", "since": "2030"}]),
        mechanism("TWO", [{"code": "BRA", "relation": "covered"}, {"code": "PER"}]),
    )
    made = atlas_of(atlas, one, two)
    alone = Presentation(govmap.map(made, "ONE")).picture()
    tiles = boxes(alone)
    assert [tiles[code] for code in ("PER", "CHL", "BRA")] == [
        (1, ""),
        (0, "thick dashed"),
        (0, "thick"),
    ]
    both = Presentation(govmap.map(made)).picture()
    tiles = boxes(both)
    assert [tiles[code] for code in ("PER", "CHL", "BRA")] == [
        *((1, ""), (0.5, "thick dashed"), (1, "thick dashed")),
    ]
    assert alone and both
    keys = [[shape.text for shape in each.shapes if isinstance(shape, Label)] for each in (alone, both)]
    assert keys == [
        ["Members", "Endorsers", "Countries covered", "Not listed"],
        ["0", "1", "2", "Member of none of these"],
    ]
    titles = [shape.title for shape in both.shapes if isinstance(shape, Group)]
    assert {"Brazil: ONE (endorser), TWO (covered)", "Peru: ONE, TWO"} <= set(titles)


def test_a_map_of_members_alone_has_no_key_to_other_relations(atlas: govmap.Atlas) -> None:
    picture = Presentation(govmap.map(atlas_of(atlas, mechanism("ONE", "PER"), mechanism("TWO", "PER CHL")))).picture()
    assert picture
    assert [shape.text for shape in picture.shapes if isinstance(shape, Label)] == ["0", "1", "2"]
    assert 'class="box thick' not in to_svg(picture)


def test_a_body_of_wider_scope_has_a_map_and_a_brief_too(atlas: govmap.Atlas) -> None:
    today = atlas.at(atlas.known_until)
    wider = [body for body in today.dataset.mechanisms if body.scope == "wider" and body.members and not body.until]
    assert wider
    for body in wider:
        assert Presentation(govmap.map(today, body.id)).picture()
        assert Presentation(govmap.brief(today, body.id), full=True).page()
