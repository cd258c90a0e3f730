"""Runs one call, and turns every failure into one message and an exit code.

What few calls need (Tab, help, mistakes) is loaded by those alone: help takes four times as long as an answer.
"""

from __future__ import annotations

import os
import sys
import warnings
from functools import partial

from govmap.calls import Call, Suggestion, worded_by
from govmap.cli.answer import answer
from govmap.cli.batch import answer_each
from govmap.cli.calls import word_for_shell
from govmap.cli.commands import find
from govmap.cli.options import (
    HELP,
    LANG,
    OF_ATLAS,
    OF_PROGRAM,
    STANDARD_INPUT,
    VERSION,
    language_of,
    likely_language,
    option_values,
    wants_json,
)
from govmap.cli.output import prepare_output, report, silence
from govmap.cli.reader import NO_SUCH_COMMAND, Mistake, Values, is_option, read, read_options
from govmap.cli.start import show_start, show_version
from govmap.declaration import Declaration
from govmap.errors import AmbiguousError, DataError, FaultError, GovmapError, GovmapWarning, UsageError
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
        with worded_by(word_for_shell):
            return _run_and_report(arguments)
    arguments = _expand_short_forms(arguments)
    carried, default = option_values(arguments, CARRIED), likely_language([])
    with worded_by(partial(word_for_shell, carried=carried)):
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
    """Run one call, or answer a Tab; return 0.

    Raises:
        GovmapError: It fails, or its answer cannot be written.

    """
    prepare_output()
    try:
        if arguments[:1] == [TAB]:
            from govmap.cli.tabs import answer_tab

            answer_tab(*arguments[1:])
        else:
            _run_call(arguments)
    except BrokenPipeError:
        silence(sys.stdout)
    except OSError as error:
        silence(sys.stdout)
        message = _("Cannot write the answer: {reason}").format(reason=error.strerror or error)
        raise DataError(message) from error
    return 0


def _run_call(arguments: list[str]) -> None:
    """Run a call, or show help, the version or the start page; raise GovmapError where it is wrong, or fails."""
    try:
        declaration, values = _read(arguments)
    except Mistake as mistake:
        from govmap.cli.mistakes import refusal

        raise refusal(arguments, mistake) from mistake
    if HELP.name in values:
        from govmap.cli.help import show_help

        show_help(declaration)
    elif declaration is not None:
        _run_command(declaration, values)
    elif VERSION.name in values:
        show_version()
    else:
        show_start()


def _read(arguments: list[str]) -> tuple[Declaration | None, Values]:
    """Return the command of a call and its values; without a command, those of the options of the program.

    Raises:
        Mistake: There is no such command, or its declaration does not allow the call.
        UsageError: It is to read names from standard input, and does not.

    """
    end = next((at for at, word in enumerate(arguments) if not is_option(word)), len(arguments))
    values, _none = read_options(arguments[:end], {option.option: option for option in OF_PROGRAM})
    if end == len(arguments) or HELP.name in values:
        return None, values
    name, *words = arguments[end:]
    declaration = find(name)
    if declaration is None:
        raise Mistake(NO_SUCH_COMMAND, (name, *words))
    if VERSION.name in values:
        return None, values
    if declaration.asks_atlas and not declaration.batch:
        _require_no_standard_input(declaration, words)
    return declaration, read(declaration, words)


def _require_no_standard_input(declaration: Declaration, words: list[str]) -> None:
    """Raise UsageError where one of *words* is `-`, and not as the file that an option writes."""
    places = zip(["", *words], words, strict=False)
    if any(word == STANDARD_INPUT and before not in ("-o", "--output") for before, word in places):
        message = _("{command} reads no names from standard input (-); name them in the call")
        raise UsageError(message.format(command=declaration.name), (Call(declaration.name, help=True),))


def _run_command(declaration: Declaration, values: Values) -> None:
    """Run a command with *values*, those of the shared options among them."""
    own = [parameter for parameter in declaration.parameters if parameter.name in values]
    if not declaration.is_question:
        declaration.function(**{parameter.name: values[parameter.name] for parameter in own})
    elif declaration.batch and any(p.positional and values[p.name] == STANDARD_INPUT for p in own):
        answer_each(declaration, values)
    else:
        answer(declaration, values)
