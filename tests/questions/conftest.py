"""Datasets for the tests of the questions."""

from __future__ import annotations

from pathlib import Path

import pytest

import govmap

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(name="full", scope="session")
def _full() -> govmap.Atlas:
    """A dataset in which every field of every record is filled in; see tests/data/full."""
    return govmap.load(DATA / "full")
