"""Datasets for the tests of the questions."""

from __future__ import annotations

import pytest
from tests.made import DATA

import govmap


@pytest.fixture(name="full", scope="session")
def _full() -> govmap.Atlas:
    """A dataset in which every field of every record is filled in; see tests/data/full."""
    return govmap.load(DATA / "full")
