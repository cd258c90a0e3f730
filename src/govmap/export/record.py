"""The dataset as one record: what the data files hold, in one JSON object, of every date."""

from __future__ import annotations

from pathlib import Path

import msgspec

from govmap.atlas import Atlas
from govmap.texts import escaped


def write_json(atlas: Atlas, path: Path) -> None:
    """Write the dataset of *atlas* to *path*."""
    record = msgspec.json.format(msgspec.json.encode(atlas.dataset), indent=2).decode()
    path.write_bytes(f"{escaped(record)}\n".encode())
