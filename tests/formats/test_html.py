"""HTML that tells readers aloud in which language a text is."""

from __future__ import annotations

import re

import pytest

import govmap
from govmap.formats.html import to_html
from govmap.language import Language, speaking
from govmap.presentation import Presentation


@pytest.mark.parametrize("language", ["es", "fr"])
def test_what_is_quoted_from_the_source_has_its_language(atlas: govmap.Atlas, language: Language) -> None:
    with speaking(language):
        for found in (govmap.mechanism(atlas, "RCM"), govmap.evidence(atlas, "RCM", status="contradicted")):
            text = to_html(Presentation(found, full=True).page())
            assert re.search(r'<span lang="en">(?:&#34;|«\s)Labor Migration(?:&#34;|\s»)</span>', text)
        assert 'lang="en">OIM' not in text
    with speaking("en"):
        assert "<span" not in to_html(Presentation(govmap.mechanism(atlas, "RCM"), sources=None, full=True).page())
