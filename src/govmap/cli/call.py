"""Runs one call, and turns every failure into one message and an exit code.

The plain calls, a command with names and perhaps `--json`, `--data` or `--as-of`, are answered without Typer, which
would take up to two thirds of their time. Every other call goes through Typer; both give the same answers.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from govmap.calls import worded_by
from govmap.cli import answers
from govmap.cli.atlas import open_atlas
from govmap.cli.calls import spell
from govmap.cli.lang import likely_language, take_language
from govmap.cli.output import Wish, emit, prepare_output, report, silence, wants_json, write_failed
from govmap.errors import DataError, FaultError, GovmapError
from govmap.language import _, speaking

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


# The options of a plain call, and whether a value follows.
PLAIN = {"--json": False, "--data": True, "--as-of": True}


def run(arguments: list[str]) -> int:
    """Run one call and return its exit code: 0 to 4, see the classes of `govmap.errors`.

    A reader that closes the pipe early has what it wanted: that is no failure.
    """
    arguments = list(map(_as_text, arguments))
    with speaking(likely_language([])):
        try:
            # The words that a shell hands over to be completed are no call: see `govmap.cli.tab`.
            language, arguments = ("en", arguments) if arguments[:1] == [TAB] else take_language(arguments)
        except GovmapError as error:
            report(error, as_json=wants_json(arguments))
            return error.exit_code
    with speaking(language), worded_by(spell):
        return _run_reported(arguments)


def _run_reported(arguments: list[str]) -> int:
    """Run one call; print its failure, if it fails, and return the exit code."""
    try:
        return _run(arguments)
    except GovmapError as error:
        failure: GovmapError = error
    except MemoryError:
        failure = DataError(_("There is not enough memory for this call"))
    except Exception as error:
        if os.environ.get("GOVMAP_TRACEBACK"):
            raise
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        message = _("govmap failed at this call ({what}); please report it, with the call")
        failure = FaultError(message.format(what=what))
    report(failure, as_json=wants_json(arguments))
    return failure.exit_code


def _as_text(argument: str) -> str:
    """Return *argument* with U+FFFD for bytes that are no text, and for NUL, which no process can be given."""
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("\0", "\ufffd")


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
    """Answer a call that is only a command, its names and options of PLAIN; return whether it was one."""
    command, *rest = arguments or [""]
    names, options = _taken_apart(rest)
    if options is None or not names or (command != "compare" and (command not in TAKES_ONE_NAME or len(names) > 1)):
        return False
    atlas = open_atlas(options.get("--data") or os.environ.get("GOVMAP_DATA") or None, options.get("--as-of"))
    if command == "compare":
        answer = answers.compare(atlas, answers.TypedComparison(tuple(names)))
    else:
        answer = TAKES_ONE_NAME[command](atlas, names[0])
    emit(answers.with_provenance(answer, atlas), Wish("json" if "--json" in options else "table"))
    return True


def _taken_apart(typed: list[str]) -> tuple[list[str], dict[str, str] | None]:
    """Return the names and the options of PLAIN that were *typed*; None where there is anything else, or one twice."""
    names: list[str] = []
    options: dict[str, str] = {}
    left = iter(typed)
    for word in left:
        option, equals, value = word.partition("=")
        if not word.startswith("-"):
            names.append(word)
        elif option not in PLAIN or option in options or (equals and not PLAIN[option]):
            return [], None
        else:
            options[option] = value if equals or not PLAIN[option] else next(left, "")
            if PLAIN[option] and (not options[option].strip() or options[option].startswith("-")):
                return [], None
    return names, options
