"""Fixtures of the exports: a dataset of hostile texts."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

import govmap
from govmap.dataset import Loaded
from govmap.dataset.index import Aside, index_names

LIKE_FORMULAS = ("=cmd|' /C calc'!A0", "+1+1", "-1", "@SUM(A1)", "\tTAB", "\rCR", "'=quoted", "=1\0", '=A("1,2")\n=B')
HOSTILE = (
    *LIKE_FORMULAS,
    "a\0b",
    "two\nlines",
    "two\r\nlines",
    "a\rb",
    "q\"uo'te",
    '"',
    "]]>",
    "a,b;c\td|e",
    "NA",
    "null",
    "\\N",
    "007",
    "1e5",
    "TRUE",
    "2020-01-01",
    "_x0041_",
    "\u202eright to left",
    "\x1b[31mred",
    "'; DROP TABLE mechanisms; --",
    "$1 {name} %s ?",
    " spaces ",
    "\U0001f30e ñ é",
)


def with_aliases(atlas: govmap.Atlas, aliases: tuple[str, ...]) -> govmap.Atlas:
    """Return *atlas* with other names for its first mechanism, which then is called by the first of them, too."""
    dataset = atlas.dataset
    first = replace(dataset.mechanisms[0], aliases=aliases, names={"en": aliases[0]})
    changed = replace(dataset, mechanisms=(first, *dataset.mechanisms[1:]))
    return govmap.Atlas(Loaded(changed, index_names(changed, Aside())))


@pytest.fixture(name="hostile", scope="session")
def _hostile(invented: govmap.Atlas) -> govmap.Atlas:
    """The invented dataset with hostile texts, all of them as other names of ALPHA."""
    return with_aliases(invented, HOSTILE)
