"""The dataset as one record: what the data files hold, in one JSON object, of every date or of one."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec.structs import replace

from govmap.atlas import Atlas
from govmap.model import Dataset
from govmap.texts import escaped


def write_json(atlas: Atlas, path: Path) -> None:
    """Write the dataset of *atlas* to *path*: of every date, or of the one that was asked for."""
    record = msgspec.json.format(msgspec.json.encode(_asked_for(atlas))).decode()
    path.write_bytes(f"{escaped(record)}\n".encode())


def _asked_for(atlas: Atlas) -> Dataset:
    """Return the dataset, or, where a date was asked for, what held and had happened then, with that as its date."""
    whole = atlas.dataset
    if not atlas.is_dated:
        return whole
    events = (event for event in whole.events if event.date is None or atlas.is_past(event.date))
    return replace(
        whole,
        about=replace(whole.about, reference_date=atlas.as_of, universe=atlas.universe),
        mechanisms=tuple(atlas.mechanisms.values()),
        events=tuple(
            replace(e, mechanisms=tuple(id_ for id_ in e.mechanisms if id_ in atlas.mechanisms)) for e in events
        ),
        resolutions=tuple(r for r in whole.resolutions if r.date is None or atlas.is_past(r.date)),
    )
