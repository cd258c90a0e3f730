"""Makes ids from names."""

from __future__ import annotations

import re
import unicodedata

from govmap.fields import ID_PATTERN, LONGEST_ID


def is_id(text: str) -> bool:
    """Return whether *text* may be an id as it is."""
    return len(text) <= LONGEST_ID and re.fullmatch(ID_PATTERN, text) is not None


def slug(text: str, longest: int = LONGEST_ID) -> str:
    """Return the Latin letters and digits of *text* without accents, a hyphen between words; often empty."""
    decomposed = unicodedata.normalize("NFKD", text)
    words = re.findall(r"[A-Za-z0-9]+", "".join(c for c in decomposed if not unicodedata.combining(c)))
    return "-".join(words)[:longest].strip("-")


def claim_id(base: str, taken: dict[str, int]) -> str:
    """Return *base*, numbered if need be, as an id that is not among those *taken* in any case, and add it to them.

    Beside each id stands the last number that was tried for it, so that thousands of one base take no longer.
    """
    number, id_ = taken.get(base.casefold(), 1), base
    while id_.casefold() in taken:
        number += 1
        id_ = f"{base[: LONGEST_ID - 8]}-{number}"
    taken[base.casefold()] = number
    taken.setdefault(id_.casefold(), 1)
    return id_
