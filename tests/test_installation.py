"""What is to be installed, and from where."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from govmap.calls import installation

ROOT = Path(__file__).parent.parent
INSTALLING = ("justfile", ".ci/run", "Dockerfile", "action.yml", ".github/workflows/*.yml")


@pytest.mark.parametrize(
    ("origin", "extra", "expected"),
    [
        (None, "ask", "pip install 'govmap[ask]'"),
        (
            '{"url": "file:///home/a/govmap", "dir_info": {}}',
            "ask",
            "pip install 'govmap[ask] @ file:///home/a/govmap'",
        ),
        (None, "", "pip install --force-reinstall 'govmap'"),
        ('{"url": "file:///a.whl"}', "", "pip install --force-reinstall 'govmap @ file:///a.whl'"),
    ],
)
def test_it_comes_from_where_the_package_did(
    monkeypatch: pytest.MonkeyPatch, origin: str | None, extra: str, expected: str
) -> None:
    class Installed:
        def read_text(self, name: str) -> str | None:
            return {"direct_url.json": origin}[name]

    monkeypatch.setattr("importlib.metadata.distribution", lambda _name: Installed())
    assert installation(extra) == expected


def test_everything_that_is_asked_for_has_its_version_in_the_constraints() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(each for extra in project["optional-dependencies"].values() for each in extra)]
    names = {re.split(r"[^\w.-]", each)[0].lower().replace("_", "-") for each in asked} - {"govmap"}
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    constrained = [line for line in lines if not line.startswith("#")]
    assert sorted(names - {line.partition("==")[0] for line in constrained}) == []
    assert [line for line in constrained if not re.fullmatch(r"[a-z\d-]+==[\w.]+( ; .+)?", line)] == []


def test_what_checks_and_releases_install_by_the_constraints() -> None:
    texts = [path.read_text(encoding="utf-8") for name in INSTALLING for path in ROOT.glob(name)]
    installing = [line for text in texts for line in text.splitlines() if re.search(r'pip"? install', line)]
    assert len(installing) > 5
    assert [line for line in installing if " -c " not in line] == []
