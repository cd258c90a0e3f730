"""What is wrong with a call that cannot be run as it was typed, and the calls that may have been meant."""

from __future__ import annotations

import difflib
import itertools

from govmap.calls import Call
from govmap.cli.answer import open_atlas_of
from govmap.cli.commands import NAMES, declarations, find
from govmap.cli.options import AS_OF, DATA, OF_PROGRAM, option_values, options_of
from govmap.cli.output import shortened
from govmap.cli.reader import NO_SUCH_COMMAND, NO_SUCH_OPTION, TOO_MANY_ARGUMENTS, Mistake
from govmap.declaration import Declaration, Parameter
from govmap.errors import AmbiguousError, GovmapError, UsageError
from govmap.kinds import KINDS, metavar
from govmap.language import LANGUAGES, N_, _, pgettext, speaking
from govmap.names.folding import fold
from govmap.presentation import Presentation
from govmap.texts import printable, quoted


def refusal(arguments: list[str], mistake: Mistake) -> UsageError:
    """Return the error for a call with a *mistake*, with the call to try."""
    if mistake.text == NO_SUCH_COMMAND:
        return _no_such_command(*mistake.left)
    if mistake.text == TOO_MANY_ARGUMENTS and (call := _call_with_names_moved(arguments, mistake.left)):
        message = _('"{command}" takes names as options') if call.options else _('"{command}" takes one name')
        return UsageError(message.format(command=arguments[0]), (call,))
    values = {name: metavar(v) if isinstance(v, Parameter) else printable(v) for name, v in mistake.values.items()}
    text = mistake.text
    if text == NO_SUCH_OPTION and (near := _options_near(values["option"], arguments)):
        text, values["options"] = N_("No such option: {option} (Possible options: {options})"), ", ".join(near)
    return UsageError(shortened(_(text).format(**values)), (_call_to_try(arguments),))


def _options_near(name: str, arguments: list[str]) -> list[str]:
    """Return the options that a long one, which there is not, may stand for."""
    declaration = find(arguments[0])
    options = options_of(declaration) if declaration else [option.option for option in OF_PROGRAM]
    long = [option for option in options if option.startswith("--")]
    return sorted(difflib.get_close_matches(name, long)) if name.startswith("--") else []


def _no_such_command(name: str, *words: str) -> UsageError:
    """Return the error for a call whose first word names no command."""
    arguments = [name, *words]
    if call := _call_of_names(arguments):
        return UsageError(_(NO_SUCH_COMMAND).format(name=quoted(" ".join(_names(arguments)) or name)), (call,))
    return UsageError(_(NO_SUCH_COMMAND).format(name=quoted(name)), _calls_near(name, list(words)))


def _calls_near(name: str, words: list[str]) -> tuple[Call, ...]:
    """Return the calls to try for a *name* that is no command's but may be one in another language, or mistyped."""
    known = _commands_in_words()
    commands = [word for word, call in known.items() if len(call) == 1]
    near = [fold(name)] if fold(name) in known else difflib.get_close_matches(fold(name), commands, n=2)
    meant = dict.fromkeys(known[word] for word in near)
    if any(call == ("membership",) for call in meant) and len(_names(words)) == 1:  # which takes two names
        return (_call_of_names(words) or Call("membership", "--help"),)
    return tuple(Call(*call, *(words if _names(words) or len(call) > 1 else ["--help"])) for call in meant) or (
        Call("--help"),
    )


def _commands_in_words() -> dict[str, tuple[str, ...]]:
    """Return the beginning of a call by the folded words, in all languages, for its command or for what that lists."""
    known: dict[str, tuple[str, ...]] = {}
    for language in LANGUAGES:
        with speaking(language):
            for declaration in declarations():
                first = next((p for p in declaration.parameters if p.positional), None)
                choices = KINDS[first.kind].words if first else None
                known |= {fold(_(word)): (declaration.name, word) for word in (choices() if choices else ())}
    for language in LANGUAGES:
        with speaking(language):
            for name in NAMES:
                known |= {fold(word): (name,) for word in pgettext("command", name).split()}
    return known


def _names(words: list[str]) -> list[str]:
    """Return the words of a call before its first option."""
    return list(itertools.takewhile(lambda word: not word.startswith("-"), words))


def _call_of_names(words: list[str]) -> Call | None:
    """Return the call that shows what *words* up to the first option name together, if they name anything."""
    names = _names(words)
    try:
        given = option_values(words, (DATA.option, AS_OF.option))
        call: Call | None = open_atlas_of(given).call_that_shows(" ".join(names))
    except GovmapError:
        return None
    if call is None:
        return None
    if "as_of" in call.options:  # another date than the one that was typed
        return call
    arguments = call.arguments if call.options else (" ".join(names),)
    return Call(call.command, *arguments, *words[len(names) :], **call.options)


def _call_with_names_moved(arguments: list[str], left: tuple[str, ...]) -> Call | None:
    """Return the call for more names than the command takes: as one name, to compare them, or as its options.

    There is no place for the words that are *left*.
    """
    declaration, words = find(arguments[0]), arguments[1:]
    if declaration is None:
        return None
    if list(left) == _names(words):  # it takes no name
        return _call_with_options(declaration, words)
    if len(_names(words)) < 2:
        return None
    if declaration.plural_command:
        return _call_of_names(words) or Call(declaration.plural_command, *words)
    return _call_in_quotes(declaration, words)


def _call_with_options(declaration: Declaration, words: list[str]) -> Call | None:
    """Return the call with the words before its first option as the value of one, if that takes what is called so."""
    names = _names(words)
    kinds = {p.kind: p.name for p in declaration.parameters if not p.positional}
    given = option_values(words, (DATA.option, AS_OF.option))
    for kind, look_up in (("Country", "country"), ("Mechanism", "mechanism"), ("Theme", "theme")):
        try:
            getattr(open_atlas_of(given), look_up)(" ".join(names))
        except AmbiguousError:
            pass  # the call will say which it could be
        except GovmapError:
            continue
        if kind in kinds:
            return Call(declaration.name, *words[len(names) :], **{kinds[kind]: " ".join(names)})
    return None


def _call_in_quotes(declaration: Declaration, words: list[str]) -> Call | None:
    """Return the call with the words before its first option as one, if that has an answer."""
    places = [parameter.name for parameter in declaration.parameters if parameter.positional]
    if len(places) != 1 or not declaration.asks_atlas:
        return None
    names = _names(words)
    text, given = " ".join(names), option_values(words, (DATA.option, AS_OF.option))
    try:
        found = declaration.ask(open_atlas_of(given), {places[0]: text})
        failure = Presentation(found).failure
    except GovmapError:
        return None
    return None if failure else Call(declaration.name, text, *words[len(names) :])


def _call_to_try(arguments: list[str]) -> Call:
    """Return the call to try: the options after the command where they stand before it, else its help."""
    at = next((i for i, argument in enumerate(arguments) if argument in NAMES), -1)
    declaration = find(arguments[at]) if at >= 0 else None
    if declaration is None:
        return Call("--help")
    if at == 0:
        return Call(declaration.name, "--help")
    options, before = options_of(declaration), arguments[:at]
    given = [options.get(argument.partition("=")[0]) for argument in before]
    takes_it = [False, *(option is not None and not option.is_flag for option in given)]
    if any(option is None and not after for option, after in zip(given, takes_it, strict=False)):
        return Call("--help")
    return Call(declaration.name, *arguments[at + 1 :], *before)
