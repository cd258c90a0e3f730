"""The items of the parts of a mechanism: their names, and what they rest on."""

from __future__ import annotations

from typing import Any

from govmap.atlas import Atlas
from govmap.mechanism_parts import PARTS, Part
from govmap.model import Evidence, Mechanism
from govmap.records import Trust

FALLBACKS = {"relation": "members", "group label": "groups", "names": "named"}  # on whose evidence a part rests too
PARTS_AS_STORED = sorted(PARTS, key=lambda part: Mechanism.__struct_encode_fields__.index(part.field))


def name_of(atlas: Atlas, part: Part, item: Any) -> str:
    """Return the name of an item, which may be that of the record that its key names."""
    match part.of:
        case "country":
            return atlas.countries[getattr(item, part.key)].name
        case "agency":
            return atlas.agencies[getattr(item, part.key)].name
        case "mechanism":
            return atlas.record(getattr(item, part.key)).name
        case _:
            name: str = item.name
            return name


def evidence_on(mechanism: Mechanism, part: str, item: Any) -> Evidence | None:
    """Return the evidence of an item of a part, given by label, or else that of the part."""
    return getattr(item, "evidence", None) or mechanism.evidence.get(part)


def trust_in(mechanism: Mechanism, part: str, item: Any = None) -> Trust:
    """Return the evidence of an *item* of a part of a mechanism, else of the part, or of that which it rests on too."""
    return Trust.of(evidence_on(mechanism, part, item) or mechanism.evidence.get(FALLBACKS.get(part, "")))
