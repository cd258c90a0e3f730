"""A fault of govmap itself is one message, never a traceback."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import pytest

from govmap.errors import GovmapWarning
from govmap.questions import declaration_of


def broken(*_: object) -> None:
    """Fail as a fault in the code would."""
    raise ZeroDivisionError("nothing to divide")


def silent(*_: object) -> None:
    """Fail without a word."""
    raise ZeroDivisionError


def test_a_fault_is_one_message_that_asks_to_report_it(
    call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(declaration_of("overlap"), "function", broken)
    monkeypatch.delenv("GOVMAP_TRACEBACK", raising=False)

    code, out, err = call("overlap")

    assert (code, out) == (4, "")
    assert (
        err
        == "Error: govmap failed on this call (ZeroDivisionError: nothing to divide); please report it, with the call\n"
    )

    monkeypatch.setattr(declaration_of("overlap"), "function", silent)
    assert "failed on this call (ZeroDivisionError); please" in call("overlap").err


def test_a_developer_can_ask_for_the_traceback(call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declaration_of("overlap"), "function", broken)
    monkeypatch.setenv("GOVMAP_TRACEBACK", "1")

    with pytest.raises(ZeroDivisionError):
        call("overlap")


def test_a_lack_of_memory_is_no_fault_of_ours(call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(declaration_of("overlap"), "function", full)
    assert call("overlap") == (3, "", "Error: There is not enough memory for this call\n")


def test_a_warning_of_govmap_is_one_line_and_any_other_is_as_python_has_it(call: Callable[..., Any]) -> None:
    call("--version")
    assert warnings.formatwarning("it is old", GovmapWarning, "file.py", 7) == "Warning: it is old\n"
    assert warnings.formatwarning("it is old", UserWarning, "file.py", 7).startswith(
        "file.py:7: UserWarning: it is old"
    )
