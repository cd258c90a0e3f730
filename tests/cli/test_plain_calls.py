from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import INVENTED, Call

from govmap.cli import call as calls

DATA = str(INVENTED)


@pytest.mark.parametrize(
    "plain",
    [
        ("country", "Peru", "--json"),
        ("country", "--as-of", "2019", "Peru", "--json"),
        ("country", "Peru", "--as-of=2019", "--json"),
        ("country", "Peru", "--data", DATA, "--json"),
        ("compare", f"--data={DATA}", "ALPHA", "BETA", "--as-of", "today", "--json"),
        ("mechanism", "RCM", "--as-of", "1990"),
        ("mechanism", "RCM", "--as-of", "soon"),
        ("country", "Peru", "--data", "nowhere"),
    ],
    ids=" ".join,
)
def test_a_plain_call_and_typer_give_the_same_answer(
    call: Call, plain: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = call(*plain)
    monkeypatch.setattr(calls, "_answer_plain", lambda _arguments: False)
    assert call(*plain) == here


@pytest.mark.parametrize(
    "other",
    [
        ["Peru", "--json", "--json"],
        ["Peru", "--data", "a", "--data", "b"],
        ["Peru", "--data"],
        ["Peru", "--data", " "],
        ["Peru", "--data", "--json"],
        ["Peru", "--json=yes"],
        ["Peru", "--lang", "es"],
        ["Peru", "-f", "csv"],
        ["--", "Peru"],
    ],
    ids=" ".join,
)
def test_what_is_not_plain_is_left_to_typer(other: list[str]) -> None:
    assert calls._taken_apart(other) == ([], None)


def test_a_plain_call_loads_no_typer(tmp_path: Path) -> None:
    assert calls._taken_apart(["Peru", "--data", str(tmp_path), "--as-of=2020", "--json"]) == (
        ["Peru"],
        {"--data": str(tmp_path), "--as-of": "2020", "--json": ""},
    )
