"""The dataset as one record: what the data files hold, in one JSON object, of every date or of one."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from govmap.atlas import Atlas
from govmap.model import Dataset, Event, Point
from govmap.texts import escaped

Item = TypeVar("Item", Event, Point)


def write_json(atlas: Atlas, path: Path) -> None:
    """Write the dataset of *atlas* to *path*: of every date, or of the one that was asked for."""
    record = msgspec.json.format(msgspec.json.encode(_asked_for(atlas))).decode()
    path.write_bytes(f"{escaped(record)}\n".encode())


def _asked_for(atlas: Atlas) -> Dataset:
    """Return the dataset, or, where a date was asked for, what held and had happened then, with that as its date."""
    whole = atlas.dataset
    if not atlas.is_dated:
        return whole
    facts = {id_ for mechanism in atlas.mechanisms.values() for id_ in mechanism.fact_ids()}
    events = (_of_then(atlas, event) for event in whole.events if event.date is None or atlas.is_past(event.date))
    resolutions = (each for each in whole.resolutions if each.date is None or atlas.is_past(each.date))
    return replace(
        whole,
        about=replace(whole.about, reference_date=atlas.as_of, universe=atlas.universe),
        mechanisms=tuple(atlas.mechanisms.values()),
        events=tuple(replace(e, facts=e.facts and tuple(filter(facts.__contains__, e.facts))) for e in events),
        resolutions=tuple(replace(r, points=tuple(_of_then(atlas, p) for p in r.points)) for r in resolutions),
    )


def _of_then(atlas: Atlas, item: Item) -> Item:
    """Return the *item* with only those of its mechanisms that existed."""
    return replace(item, mechanisms=tuple(id_ for id_ in item.mechanisms if id_ in atlas.mechanisms))
