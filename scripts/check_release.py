"""Say what stands in the way of a release of the packages in dist/: `just release-check`."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import chain
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

from jsonschema import Draft202012Validator
from scripts import try_wheel

from govmap.version import __version__

ROOT = Path(__file__).parent.parent
LARGEST = 2_500_000  # bytes of a wheel


def text_of(file: str) -> str:
    """Return the text of a file of the repository."""
    return (ROOT / file).read_text(encoding="utf-8")


def flaws_of_texts() -> Iterator[str]:
    """Yield where changelog and citation disagree with the version, or with one another."""
    changelog, citation = text_of("CHANGELOG.md"), text_of("CITATION.cff")
    entry = re.search(rf"^## \[{re.escape(__version__)}\] - (\d{{4}}-\d\d-\d\d)$", changelog, re.MULTILINE)
    if entry is None:
        yield f"CHANGELOG.md has no heading `## [{__version__}] - YYYY-MM-DD`"
    elif f"date-released: {entry[1]}\n" not in citation and f'date-released: "{entry[1]}"\n' not in citation:
        yield f"CITATION.cff has not `date-released: {entry[1]}`, the day that CHANGELOG.md gives"
    if f"\nversion: {__version__}\n" not in citation:
        yield f"CITATION.cff has not `version: {__version__}`"
    if re.search(r"^## \[Unreleased\]\n+(?!## )\S", changelog, re.MULTILINE):
        yield "CHANGELOG.md still has something under [Unreleased]"


def flaws_of_server() -> Iterator[str]:
    """Yield what is wrong with the entry in the registry of MCP servers."""
    server = json.loads(text_of("server.json"))
    schema = json.loads(text_of("scripts/server.schema.json"))
    for error in Draft202012Validator(schema).iter_errors(server):
        yield f"server.json, {error.json_path}: {error.message}"
    for version in {server.get("version"), *(package.get("version") for package in server.get("packages", ()))}:
        if version != __version__:
            yield f"server.json has version {version}, not {__version__}"


def flaws_of_tag() -> Iterator[str]:
    """Yield the tags of what is checked out that are not of this version, and what is not committed."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        return
    tags, changes = (
        subprocess.run((git, *call), cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
        for call in (("tag", "--points-at", "HEAD", "--list", "v*"), ("status", "--porcelain"))
    )
    if tags and f"v{__version__}" not in tags:
        yield f"The tag is {', '.join(tags)}, not v{__version__}"
    if changes:
        yield f"Not committed: {', '.join(change[3:] for change in changes)}"


def flaws_of_contents(wheel: Path) -> Iterator[str]:
    """Yield what is in the *wheel* and not in scripts/wheel.txt, the other way round, and a size beyond the largest."""
    files = [PurePosixPath("/", name) for name in ZipFile(wheel).namelist()]
    patterns = [f"/{line}" for line in text_of("scripts/wheel.txt").splitlines()]
    for file in files:
        if not any(file.match(pattern) for pattern in patterns):
            yield f"{wheel.name} has {file}, which scripts/wheel.txt has not"
    for pattern in patterns:
        if not any(file.match(pattern) for file in files):
            yield f"{wheel.name} has no {pattern}"
    if (size := wheel.stat().st_size) > LARGEST:
        yield f"{wheel.name} is {size:,} bytes; the most is {LARGEST:,}"


def flaws_installed(wheel: Path) -> Iterator[str]:
    """Yield what the *wheel* does wrong on each Python that pyproject.toml claims; say which one is not here."""
    for version in re.findall(r'"Programming Language :: Python :: (3\.\d+)"', text_of("pyproject.toml")):
        python = shutil.which(f"python{version}")
        if python is None or subprocess.run((python, "-c", ""), check=False, capture_output=True).returncode:
            print(f"Not tried on Python {version}, which is not on the path.")
        else:
            yield from (f"On Python {version}, {flaw}" for flaw in try_wheel.flaws(wheel, python))


def main() -> int:
    """Print what is wrong; return 1 where something is."""
    wheels = list((ROOT / "dist").glob("*.whl"))
    if [wheel.name for wheel in wheels] != [f"govmap-{__version__}-py3-none-any.whl"]:
        print(f"dist/ has not the wheel of {__version__} alone: `just packages` builds it")
        return 1
    of_wheel = flaws_of_contents(wheels[0]), flaws_installed(wheels[0])
    found = list(chain(flaws_of_texts(), flaws_of_server(), flaws_of_tag(), *of_wheel))
    print("\n".join(found) or f"{__version__} is ready to be tagged.")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
