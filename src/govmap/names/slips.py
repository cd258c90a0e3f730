"""Notes which names of a call were read with a slip, so that its answer says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple


class Slip(NamedTuple):
    """A name as it was typed, and the record that it was read as: country, mechanism or agency, its id and name."""

    typed: str
    kind: str
    id: str
    name: str


_noted: ContextVar[list[Slip] | None] = ContextVar("slips", default=None)


@contextmanager
def noting_slips() -> Iterator[list[Slip]]:
    """Gather the slips of the names that are read in the block; those of a block within it are among them."""
    outer, slips = _noted.get(), list[Slip]()
    token = _noted.set(slips)
    try:
        yield slips
    finally:
        _noted.reset(token)
        if outer is not None:
            outer.extend(slips)


def note_slip(slip: Slip) -> None:
    """Note a slip, where an answer is being worked out."""
    slips = _noted.get()
    if slips is not None and slip not in slips:
        slips.append(slip)
