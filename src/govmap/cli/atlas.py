"""Turns the options that commands share into what they name: `--data`, `--as-of`, `--theme`."""

from __future__ import annotations

from govmap.atlas import Atlas, load
from govmap.queries.overlap import themes_about


def open_atlas(data: str | None, as_of: str | None) -> Atlas:
    """Return the atlas of the dataset at *data* as of *as_of*; raise UsageError where that is no date."""
    return load(data or None, _date(as_of) if as_of is not None else None)


def _date(typed: str) -> str:
    if typed.strip().casefold() == "today":
        import datetime  # noqa: PLC0415 - for this word alone

        return datetime.datetime.now(tz=datetime.timezone.utc).date().isoformat()
    return typed.strip()


def theme_ids(atlas: Atlas, typed: str | None) -> tuple[str, ...]:
    """Return the ids of the themes that an option names, by an exact id or in any words; none where it is not given."""
    if typed is None:
        return ()
    if typed.strip().casefold() in atlas.themes:
        return (typed.strip().casefold(),)
    return tuple(match.id for match in themes_about(atlas, typed))
