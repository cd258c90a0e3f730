"""Makes ids from names."""

from __future__ import annotations

import re
import unicodedata

LONGEST_ID = 80
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


def slug(text: str, longest: int = LONGEST_ID) -> str:
    """Return the Latin letters and digits of *text* without accents, a hyphen between words; often empty."""
    decomposed = unicodedata.normalize("NFKD", text)
    words = re.findall(r"[A-Za-z0-9]+", "".join(c for c in decomposed if not unicodedata.combining(c)))
    return "-".join(words)[:longest].strip("-")


def claim_id(base: str, taken: set[str]) -> str:
    """Return *base*, numbered if need be, as an id that is not among those *taken* in any case; add it to them."""
    number, id_ = 1, base
    while id_.casefold() in taken:
        number += 1
        id_ = f"{base[: LONGEST_ID - 8]}-{number}"
    taken.add(id_.casefold())
    return id_
