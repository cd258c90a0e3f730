"""Opens the atlas that a call asks for with `--data` and `--as-of`."""

from __future__ import annotations

from govmap.atlas import Atlas, load
from govmap.dates import is_part_date
from govmap.errors import UsageError


def open_atlas(data: str | None, as_of: str | None) -> Atlas:
    """Return the atlas of the dataset at *data* as of *as_of*; raise UsageError where that is no date."""
    return load(data or None, _date(as_of) if as_of is not None else None)


def _date(typed: str) -> str:
    if typed.strip().casefold() == "today":
        import datetime  # noqa: PLC0415 - for this word alone

        return datetime.datetime.now(tz=datetime.timezone.utc).date().isoformat()
    if not is_part_date(typed.strip()):
        raise UsageError(
            f'--as-of: "{typed[:40]}" is not a date',
            ("--as-of 2023", "--as-of 2023-04", "--as-of 2023-04-30"),
        )
    return typed.strip()
