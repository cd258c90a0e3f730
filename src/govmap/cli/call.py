"""Runs one call, and turns every failure into one message and an exit code.

The plain calls, a command with names and perhaps `--json`, are answered without Typer, which would take up to
two thirds of their time. Every other call goes through Typer; both give the same answers.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from govmap.cli import answers
from govmap.cli.atlas import open_atlas
from govmap.cli.lang import likely_language, take_language
from govmap.cli.output import Wish, emit, prepare_output, report, silence, wants_json, write_failed
from govmap.errors import FaultError, GovmapError
from govmap.language import speaking

if TYPE_CHECKING:
    from collections.abc import Callable

    from govmap.atlas import Atlas
    from govmap.cli.answers import Answer

TAB = "__complete"  # how the scripts of `govmap completion` ask what may stand at the cursor; for no one else
TAKES_ONE_NAME: dict[str, Callable[[Atlas, str], Answer]] = {
    "country": answers.country,
    "mechanism": answers.mechanism,
    "overlap": answers.overlap,
}


def run(arguments: list[str]) -> int:
    """Run one call and return its exit code: 0 to 4, see the classes of `govmap.errors`.

    A reader that closes the pipe early has what it wanted: that is no failure.
    """
    arguments = [argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace") for argument in arguments]
    try:
        # The words that a shell hands over to be completed are no call: see `govmap.cli.tab`.
        with speaking(likely_language([])):
            language, arguments = ("en", arguments) if arguments[:1] == [TAB] else take_language(arguments)
    except GovmapError as error:
        report(error, as_json=wants_json(arguments))
        return error.exit_code
    with speaking(language):
        return _run_reported(arguments)


def _run_reported(arguments: list[str]) -> int:
    """Run one call; print its failure, if it fails, and return the exit code."""
    try:
        return _run(arguments)
    except GovmapError as error:
        failure: GovmapError = error
    except Exception as error:
        if os.environ.get("GOVMAP_TRACEBACK"):
            raise
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        failure = FaultError(f"govmap failed at this call ({what}); please report it, with the call")
    report(failure, as_json=wants_json(arguments))
    return failure.exit_code


def _run(arguments: list[str]) -> int:
    prepare_output()
    try:
        if arguments[:1] == [TAB]:
            from govmap.cli.tab import answer_tab  # noqa: PLC0415 - only for the scripts of `govmap completion`

            answer_tab(*arguments[1:])
        elif not _answer_plain(arguments):
            from govmap.cli.app import run_app  # noqa: PLC0415 - as the head of this module says

            run_app(arguments)
    except BrokenPipeError:
        silence()
    except OSError as error:
        silence()
        raise write_failed(error) from error
    return 0


def _answer_plain(arguments: list[str]) -> bool:
    """Answer a call that is only a command, its names and perhaps one `--json`; return whether it was one."""
    names = [argument for argument in arguments[1:] if argument != "--json"]
    jsons = len(arguments) - 1 - len(names)
    if not names or jsons > 1 or any(name.startswith("-") for name in names):
        return False
    command = arguments[0]
    if command != "compare" and (command not in TAKES_ONE_NAME or len(names) > 1):
        return False
    atlas = open_atlas(os.environ.get("GOVMAP_DATA") or None, None)
    if command == "compare":
        answer = answers.compare(atlas, answers.TypedComparison(tuple(names)))
    else:
        answer = TAKES_ONE_NAME[command](atlas, names[0])
    emit(answer, Wish("json" if jsons else "table"))
    return True
