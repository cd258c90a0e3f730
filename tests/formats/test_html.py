"""HTML that tells readers aloud in which language a text is."""

from __future__ import annotations

import re
from html import unescape

import pytest

import govmap
from govmap.formats.html import to_html
from govmap.language import Language, speaking
from govmap.layout.page import Page, Reference
from govmap.layout.sources import make_sources
from govmap.presentation import Presentation
from govmap.records import SourceRef


@pytest.mark.parametrize("language", ["es", "fr"])
def test_what_is_quoted_from_the_source_has_its_language(atlas: govmap.Atlas, language: Language) -> None:
    with speaking(language):
        for found in (govmap.mechanism(atlas, "RCM"), govmap.evidence(atlas, "RCM", status="contradicted")):
            text = to_html(Presentation(found, full=True).page())
            assert re.search(r'<span lang="en">(?:"|«\s)Labor Migration(?:"|\s»)</span>', unescape(text))
        assert 'lang="en">OIM' not in text
    with speaking("en"):
        page = Presentation(govmap.mechanism(atlas, "RCM"), full=True, sources_in_full=False).page()
        assert "<span" not in to_html(page)


def test_a_title_has_its_language_and_what_else_is_called_so_has_none() -> None:
    source = SourceRef("s", "Alpha", "Alpha", "2020", None, "own site", "2026-11-24", "en")
    with speaking("es"):
        text = to_html(Page("t", "s", (make_sources([Reference(source)]),)))
    assert '[1] <span lang="en">Alpha</span>. Alpha, 2020' in text
