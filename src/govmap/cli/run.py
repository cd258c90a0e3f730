"""Runs one call, and turns every failure into one message and an exit code.

A well-formed call is read by the declaration of its command alone. Every other call goes through Typer, which knows
help and mistakes.
"""

from __future__ import annotations

import os
import sys
import warnings
from functools import partial

from govmap.calls import Action, Call, Suggestion, worded_by
from govmap.cli.options import LANG, OF_ATLAS, STANDARD_INPUT, language_of, likely_language, option_values, wants_json
from govmap.cli.output import prepare_output, report, silence
from govmap.errors import AmbiguousError, DataError, FaultError, GovmapError, GovmapWarning
from govmap.language import _, speaking
from govmap.texts import quoted

FORMAT_WARNING = warnings.formatwarning
TAB = "__complete"  # how the scripts of `govmap completion` ask what may stand at the cursor; for no one else
# What a call that is suggested takes over from the one that failed.
CARRIED = {option.option for option in (*OF_ATLAS, LANG)}


def run(arguments: list[str]) -> int:
    """Run one call and return its exit code: 0 to 4, see the classes of `govmap.errors`.

    A reader that closes the pipe early has what it wanted: that is no failure.
    """
    warnings.formatwarning = _warning_line
    arguments = list(map(_as_text, arguments))
    if arguments[:1] == [TAB]:  # the words that a shell hands over to be completed are no call
        with worded_by(partial(_word, {})):
            return _run_and_report(arguments)
    arguments = _expand_short_forms(arguments)
    carried, default = option_values(arguments, CARRIED), likely_language([])
    with worded_by(partial(_word, carried)):
        with speaking(default):
            try:
                language, arguments = language_of(arguments)
            except GovmapError as error:
                return _report(error, arguments)
        if language == default:  # which a page has without being asked for it
            carried.pop("lang", None)
        with speaking(language):
            return _run_and_report(arguments)


def _warning_line(
    message: Warning | str, category: type[Warning], filename: str, lineno: int, line: str | None = None
) -> str:
    """Return a warning of govmap without the line of code that it came from, which tells its user nothing."""
    if issubclass(category, GovmapWarning):
        return _("Warning: {message}").format(message=message) + "\n"
    return FORMAT_WARNING(message, category, filename, lineno, line)


def _expand_short_forms(arguments: list[str]) -> list[str]:
    """Return a call with the short forms that people try written out: `-h`, `-V`, `version`, and `help COMMAND`."""
    if arguments[:1] == ["help"]:
        return [*arguments[1:2], "--help", *arguments[2:]]
    if arguments[:1] in (["-V"], ["version"]):
        return ["--version", *arguments[1:]]
    end = arguments.index("--") if "--" in arguments else len(arguments)
    return [*("--help" if word == "-h" else word for word in arguments[:end]), *arguments[end:]]


def _word(carried: dict[str, str], action: Action) -> str:
    """Word an action as a shell has it, with the options *carried* over from this call."""
    from govmap.cli.calls import word_for_shell  # few answers hold a call

    return word_for_shell(action, carried)


def _run_and_report(arguments: list[str]) -> int:
    """Run one call; print its failure, if it fails, and return the exit code."""
    try:
        return _dispatch(arguments)
    except GovmapError as error:
        failure: GovmapError = error
    except MemoryError:
        failure = DataError(_("There is not enough memory for this call"))
    except Exception as error:
        if os.environ.get("GOVMAP_TRACEBACK"):
            raise
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        message = _("govmap failed on this call ({what}); please report it, with the call")
        failure = FaultError(message.format(what=what))
    return _report(failure, arguments)


def _report(failure: GovmapError, arguments: list[str]) -> int:
    as_json = wants_json(arguments)
    if isinstance(failure, AmbiguousError) and not as_json:
        failure = AmbiguousError(failure.message, _calls_with_each_reading(failure, arguments) or failure.suggestions)
    report(failure, as_json=as_json)
    return failure.exit_code


def _calls_with_each_reading(error: AmbiguousError, arguments: list[str]) -> tuple[Suggestion, ...]:
    """Return the call with each of the names that its ambiguous one could be, where it is one of its words.

    A single one is a reading of a name that is to be compared with others. Elsewhere it is none: the theme of what says
    which theme it is not about, say.
    """
    command, *words = arguments
    places = [at for at, word in enumerate(words) if error.message.startswith(quoted(word))]
    if len(places) != 1 or not all(isinstance(name, str) for name in error.suggestions):
        return ()
    is_compared = command == "compare" and not any(word.startswith("-") for word in words[: places[0]])
    if len(error.suggestions) < 2 and not is_compared:
        return ()
    before, after = words[: places[0]], words[places[0] + 1 :]
    return tuple(Call(command, *before, str(name), *after) for name in error.suggestions)


def _as_text(argument: str) -> str:
    """Return *argument* with U+FFFD for bytes that are no text, and for NUL, which no process can be given."""
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("\0", "\ufffd")


def _dispatch(arguments: list[str]) -> int:
    """Run one call: a Tab, a well-formed call, or one that Typer must look at; return 0.

    Raises:
        GovmapError: It fails, or its answer cannot be written.

    """
    prepare_output()
    try:
        if arguments[:1] == [TAB]:
            from govmap.cli.tabs import answer_tab  # only for the scripts of `govmap completion`

            answer_tab(*arguments[1:])
        elif not _run_well_formed(arguments):
            from govmap.cli.typer_app import run_app

            run_app(arguments)
    except BrokenPipeError:
        silence(sys.stdout)
    except OSError as error:
        silence(sys.stdout)
        message = _("Cannot write the answer: {reason}").format(reason=error.strerror or error)
        raise DataError(message) from error
    return 0


def _run_well_formed(arguments: list[str]) -> bool:
    """Run a well-formed call; return whether it was one."""
    from govmap.cli.commands import find, run_command  # not for a Tab

    declaration = find(arguments[0]) if arguments else None
    if declaration is None:
        return _show_start_or_version(arguments)
    from govmap.cli.reader import read

    values = read(declaration, arguments[1:])
    if values is None and declaration.batch and arguments[1:].count(STANDARD_INPUT) == 1:  # it stands for all arguments
        number = sum(parameter.required for parameter in declaration.parameters)
        at = arguments.index(STANDARD_INPUT)
        values = read(declaration, [*arguments[1:at], *[STANDARD_INPUT] * number, *arguments[at + 1 :]])
    if declaration.asks_atlas and not declaration.batch and _reads_standard_input(arguments[1:]):
        from govmap.cli.answer import no_standard_input

        raise no_standard_input(declaration)
    if values is None:
        return False
    run_command(declaration, values)
    return True


def _reads_standard_input(words: list[str]) -> bool:
    """Return whether one of *words* is `-`, and not as the file that an option writes."""
    return any(
        word == STANDARD_INPUT and before not in ("-o", "--output")
        for before, word in zip(["", *words], words, strict=False)
    )


def _show_start_or_version(arguments: list[str]) -> bool:
    """Run a call that names no command and needs no Typer; return whether it was one."""
    if arguments not in ([], ["--version"]):
        return False
    from govmap.cli.start import show_start, show_version

    (show_version if arguments else show_start)()
    return True
