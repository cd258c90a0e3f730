"""Renders a record as YAML."""

from __future__ import annotations

import msgspec
import yaml

from govmap.records import Writable


def to_yaml(result: Writable | tuple[Writable, ...]) -> str:
    """Return *result* as one YAML document."""
    record = msgspec.to_builtins(result, enc_hook=str)
    return yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=120)
