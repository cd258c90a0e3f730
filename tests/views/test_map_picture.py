"""The map as a picture."""

from __future__ import annotations

import govmap
from govmap.presentation import Presentation


def test_a_body_of_wider_scope_has_a_map_and_a_brief_too(atlas: govmap.Atlas) -> None:
    today = atlas.at(atlas.known_until)
    wider = [body for body in today.dataset.mechanisms if body.scope == "wider" and body.members and not body.until]
    assert wider
    for body in wider:
        assert Presentation(govmap.map(today, body.id)).picture()
        assert Presentation(govmap.brief(today, body.id), full=True).page()
