"""What is to be installed, and from where."""

from __future__ import annotations

import pytest

from govmap.calls import installation


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
