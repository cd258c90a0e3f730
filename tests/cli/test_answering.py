"""What every answering command has in common."""

from __future__ import annotations

from tests.conftest import Call


def test_an_option_that_may_be_left_out_has_its_help_in_every_python(call: Call) -> None:
    _, out, _ = call("gaps", "--help")
    assert "--country        NAME" in out
    assert "Only this country; may be repeated." in out
