"""Try a wheel in a bare environment, far from the checkout: `python scripts/try_wheel.py WHEEL [PYTHON]`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

DATABASE = "from govmap.dataset.bundled import state; print(state())"
# A call, its exit code, and what must be in what it prints.
CALLS = (
    (("python", "-c", DATABASE), 0, "^[0-9.]+ [0-9a-f]{40}$"),
    (("govmap", "--version"), 0, r"^govmap \d"),
    (("govmap", "country", "Belice", "--json"), 0, '"code": "BLZ"'),
    (("govmap", "country", "Peru", "--lang", "es"), 0, r"^Perú \(PE, PER\)"),
    (("govmap", "country", "Peru", "--format", "html"), 0, '<html lang="en">'),
    (("govmap", "compare", "CRM", "MIRPS", "--json"), 0, '"relation": "contains"'),
    (("govmap", "compare", "--help"), 0, "Example: govmap compare"),
    (("govmap", "overlap", "trata de personas", "--json"), 0, '"uncovered"'),
    (("govmap", "list", "groups", "--theme", "asylum", "--json"), 0, '"QUITO"'),
    (("govmap", "membership", "Peru", "RCM", "--json"), 0, '"listed": false'),
    (("govmap", "country", "Atlantis"), 1, '^Error: No country is called "Atlantis"'),
)


def flaws(wheel: Path, python: str) -> Iterator[str]:
    """Install *wheel* for *python*, and yield what its calls do other than they should."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run((python, "-m", "venv", folder), check=True)
        programs = Path(folder, "Scripts" if os.name == "nt" else "bin")
        subprocess.run((programs / "pip", "install", "--quiet", wheel.resolve()), check=True)
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("GOVMAP_", "PYTHON"))}
        environment |= {"GOVMAP_LANG": "en", "PYTHONUTF8": "1"}
        for (program, *arguments), code, expected in CALLS:
            call = (str(programs / program), *arguments)
            done = subprocess.run(
                call, cwd=folder, env=environment, check=False, text=True, encoding="utf-8",
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )  # fmt: skip
            if done.returncode != code or not re.search(expected, done.stdout, re.MULTILINE):
                yield f"`{program} {' '.join(arguments)}` gave {done.returncode} and:\n{done.stdout}"


def main() -> int:
    """Print what is wrong; return 1 where something is."""
    found = list(flaws(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else sys.executable))
    print("\n".join(found) or f"{Path(sys.argv[1]).name} answers as it should.")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
