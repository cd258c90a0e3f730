"""Say where version, changelog and citation disagree, before a release: `python scripts/check_release.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from govmap.version import __version__

ROOT = Path(__file__).parent.parent


def flaws() -> Iterator[str]:
    """Yield what stands in the way of a release of this version."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    entry = re.search(rf"^## \[{re.escape(__version__)}\] - (\d{{4}}-\d\d-\d\d)$", changelog, re.MULTILINE)
    if entry is None:
        yield f"CHANGELOG.md has no heading `## [{__version__}] - YYYY-MM-DD`"
    elif f"date-released: {entry[1]}\n" not in citation and f'date-released: "{entry[1]}"\n' not in citation:
        yield f"CITATION.cff has not `date-released: {entry[1]}`, the day that CHANGELOG.md gives"
    if f"\nversion: {__version__}\n" not in citation:
        yield f"CITATION.cff has not `version: {__version__}`"
    if re.search(r"^## \[Unreleased\]\n+(?!## )\S", changelog, re.MULTILINE):
        yield "CHANGELOG.md still has something under [Unreleased]"


def main() -> int:
    """Print what is wrong; return 1 where something is."""
    found = list(flaws())
    print("\n".join(found) or f"{__version__} is ready to be tagged.")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
