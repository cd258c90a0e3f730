"""Fixtures for the tests of the queries: the invented dataset as of other dates."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import govmap
from govmap.dataset import load

INVENTED = Path(__file__).parent.parent / "data" / "invented"


@pytest.fixture(name="as_of", scope="session")
def _as_of() -> Callable[[str], govmap.Atlas]:
    """Return the invented dataset as of a date."""

    loaded = load(INVENTED)
    return lambda date: govmap.Atlas(loaded, date)
