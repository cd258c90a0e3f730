"""Words calls as a shell takes them, with the options of the call that they follow on."""

from __future__ import annotations

from govmap.calls import Action, Call, option_name
from govmap.cli.commands import find
from govmap.cli.options import LANG, options_of
from govmap.questions import NAMES as QUESTIONS
from govmap.shell import as_shell


def word_for_shell(action: Action, carried: dict[str, str] | None = None) -> str:
    """Return *action* as a shell takes it; a whole call with the options *carried* over from the one before it."""
    if isinstance(action, Call):
        options = {**action.options, **_taken_over(action, carried or {})}
        return as_shell(Call(action.command, *action.arguments, **options))
    return as_shell(action)


def _taken_over(call: Call, carried: dict[str, str]) -> dict[str, str]:
    """Return those options *carried* over that the command of *call* takes and that are not in it already."""
    left = {name: v for name, v in carried.items() if v and name not in call.options}
    left = {name: v for name, v in left.items() if not any(a.startswith(option_name(name)) for a in call.arguments)}
    if not left or (left.keys() == {LANG.name} and call.command in QUESTIONS):  # they all take it, loaded or not
        return left
    declaration = find(call.command)
    known = options_of(declaration) if declaration is not None else ()
    return {name: value for name, value in left.items() if option_name(name) in known}
