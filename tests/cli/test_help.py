"""The help of commands on a screen that is too narrow for tables."""

from __future__ import annotations

import pytest
from tests.conftest import Call
from tests.examples import DECLARATIONS

from govmap.cli.commands import NAMES
from govmap.cli.options import parameters_of
from govmap.declaration import Declaration, Parameter
from govmap.kinds import explained
from govmap.language import LANGUAGES, _, speaking

pytestmark = pytest.mark.once  # on what the help says, so that one Python is enough


def told(parameter: Parameter, declaration: Declaration) -> str:
    """Return what the help says of a parameter in the language of the answer."""
    default = _("[default: {}]").format(parameter.default) if isinstance(parameter.default, str) else ""
    variable = _("[env var: {}]").format(parameter.variable) if parameter.variable else ""
    return f"{explained(parameter, declaration)} {default} {variable} {_('[required]') if parameter.required else ''}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_narrow_screen_no_word_of_the_help_is_cut(
    call: Call, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    for name in NAMES:
        answer = call(name, "--help", "--lang", language)
        text = " ".join(answer.out.split())
        assert (answer.code, answer.err) == (0, "")
        assert max(len(line) for line in answer.out.splitlines()) <= 40, name
        with speaking(language):
            declaration = DECLARATIONS[name]
            assert " ".join(_(declaration.summary).split()) in text
            for parameter in parameters_of(declaration):
                assert parameter.positional or f"{parameter.option} " in text
                assert " ".join(told(parameter, declaration).split()) in text, (name, parameter.name)


def test_on_a_narrow_screen_all_commands_are_told_of_and_a_wrong_one_is_refused(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    text = " ".join(call("--help").out.split())
    for name in NAMES:
        assert f"{name} {DECLARATIONS[name].summary}" in text
    assert call("contry", "--help").code == 2
    assert call("help").out == call("--help").out
    assert call("help", "country").out == call("country", "-h").out == call("country", "--help").out
    assert call("country", "--", "-h").err.startswith('Error: No country is called "-h"')
    assert call("-V") == call("version") == call("--version")
    for width in ("80", "0", ""):
        monkeypatch.setenv("COLUMNS", width)
        assert max(map(len, call("country", "--help").out.splitlines())) > 60
