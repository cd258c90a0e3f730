"""The other road: each command as Typer has it, made from the same declarations, for help and for mistakes."""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from typing import Annotated, Any, Optional

import typer

from govmap.calls import Call
from govmap.cli.commands import NAMES, find, run_command
from govmap.cli.narrow_help import NARROW, page_of_commands, page_of_help
from govmap.cli.options import AS_OF, DATA, HELP_OF_VERSION, LANG, SHORT, options_of, parameters_of
from govmap.cli.output import print_page, screen_width, shortened
from govmap.cli.request import option_values
from govmap.cli.start import show_start, show_version
from govmap.cli.typer_internals import MISTAKE, translate_mistake, translate_program, translated_help
from govmap.declaration import Declaration, Parameter
from govmap.errors import AmbiguousError, GovmapError, UsageError
from govmap.kinds import KINDS, explained, metavar
from govmap.language import LANGUAGES, N_, _, current, pgettext, speaking
from govmap.presentation import Presentation
from govmap.texts import printable, quoted

ABOUT = N_("Who governs migration in the Americas: mechanisms, members, working groups, themes, and the gaps.")
EXIT_CODES = N_("Exit codes: 0 answered, 1 no such name or nothing on it, 2 wrong call, 3 unreadable or invalid data.")

Run = Callable[[Declaration, dict[str, Any]], None]


def run_app(arguments: list[str]) -> None:
    """Run one call through Typer; raise UsageError where it is wrong.

    The command is invoked by hand: Typer's own way of running it would answer Ctrl-C and closed pipes by itself.
    """
    if "--help" in arguments and (screen_width() or NARROW) < NARROW:
        is_on_all = arguments[0].startswith("-")
        every = (declaration for declaration in map(find, NAMES) if declaration)
        print_page(page_of_commands(_(ABOUT), _(EXIT_CODES), every) if is_on_all else page_of_help(_command(arguments)))
        return
    if arguments and not arguments[0].startswith("-"):
        program = make_program([_command(arguments)])
    else:
        none_is_run = all(word.startswith("-") for word in arguments)
        program = make_program(filter(None, map(find, NAMES)), overview=none_is_run)
    words_of_help = translated_help() if "--help" in arguments and current() != "en" else nullcontext()
    try:
        with words_of_help, program.make_context("govmap", list(arguments)) as context:
            program.invoke(context)
    except typer.Exit:
        return
    except SystemExit as error:  # what rich makes of a closed pipe while it prints help
        raise BrokenPipeError from error
    except MISTAKE as error:
        said = error.format_message()
        message = translate_mistake(printable(said.rstrip(".")))
        if said.startswith("Got unexpected extra") and (call := _with_names_in_place(arguments, said)):
            message = _('"{command}" takes names as options') if call.options else _('"{command}" takes one name')
            raise UsageError(message.format(command=arguments[0]), (call,)) from error
        raise UsageError(shortened(message), (_instead(arguments),)) from error


def make_program(declarations: Iterable[Declaration], run: Run = run_command, *, overview: bool = False) -> Any:
    """Return the program with the commands of *declarations*, each of which hands its values to *run*.

    For an *overview*, which names the commands and runs none, these have no parameters: to make them takes the most.
    """
    app = typer.Typer(
        name="govmap",
        help=_(ABOUT),
        epilog=_(EXIT_CODES),
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    app.callback(invoke_without_command=True)(_start)
    for declaration in declarations:
        command = app.command(declaration.name, rich_help_panel=_(declaration.panel), help=_help(declaration))
        command(_function(declaration, run, () if overview else parameters_of(declaration)))
    program = typer.main.get_command(app)
    translate_program(program)
    return program


def _start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help=HELP_OF_VERSION)] = False,
    lang: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(LANG.option, metavar="LANGUAGE", help=LANG.help, rich_help_panel=LANG.panel, envvar=LANG.variable),
    ] = None,
) -> None:
    """Show the start page, or the version."""
    if version:
        show_version()
        raise typer.Exit
    if context.invoked_subcommand is None:
        show_start()


def _help(declaration: Declaration) -> str:
    """Return the summary of a command and its first example, a paragraph each."""
    call = f"govmap {declaration.name} {declaration.examples[0]}".strip()
    example = _("Example: {call}").format(call=call)
    return f"{_(declaration.summary)}\n\n{example}"


def _function(declaration: Declaration, run: Run, parameters: tuple[Parameter, ...]) -> Callable[..., None]:
    """Return a function with *parameters* in the signature that Typer reads."""

    def command(**given: Any) -> None:
        values = {p.name: given[p.name] for p in parameters if given[p.name] not in (None, False, [], ())}
        run(declaration, values)

    made = [_typer_parameter(parameter, explained(parameter, declaration)) for parameter in parameters]
    command.__signature__ = inspect.Signature(made)  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in made}
    return command


def _typer_parameter(parameter: Parameter, text: str) -> inspect.Parameter:
    """Return a parameter, with *text* as its help, as the signature of a command of Typer has it."""
    shown = parameter.default if isinstance(parameter.default, str) else None
    common: dict[str, Any] = {"help": text, "show_default": shown is not None}
    value: Any = bool if parameter.is_flag else int if parameter.kind == "int" else str
    annotation = value if parameter.required or shown or parameter.is_flag else Optional[value]  # noqa: UP045
    default: Any = inspect.Parameter.empty if parameter.required else shown
    if parameter.many:
        annotation = Optional[list[str]]  # noqa: UP045
    if parameter.positional:
        info: Any = typer.Argument(metavar=metavar(parameter), **common)
    else:
        if parameter.is_flag:
            default = False
        else:
            common["metavar"] = metavar(parameter)
        if parameter.panel:
            common["rich_help_panel"] = _(parameter.panel)
        names = filter(None, (parameter.option, parameter.short))
        info = typer.Option(*names, envvar=parameter.variable or None, **common)
    return inspect.Parameter(
        parameter.name, inspect.Parameter.KEYWORD_ONLY, annotation=Annotated[annotation, info], default=default
    )


def _command(arguments: list[str]) -> Declaration:
    """Return the command that a call names; raise UsageError where there is none, or where it repeats an option."""
    name, *words = arguments
    declaration = find(name)
    if declaration is None:
        message = _("There is no command {name}").format(name=quoted(" ".join(_names(arguments)) or name))
        if call := _call_of_names(arguments):
            raise UsageError(message, (call,))
        raise UsageError(_("There is no command {name}").format(name=quoted(name)), _meant(name, words))
    _refuse_repeats(declaration, words)
    return declaration


def _meant(name: str, words: list[str]) -> tuple[Call, ...]:
    """Return the calls to try for a *name* that is no command's but may be one in another language, or mistyped."""
    import difflib  # noqa: PLC0415 - only for a wrong word

    from govmap.names.folding import fold  # noqa: PLC0415 - as above

    known = _commands_in_words()
    commands = [word for word, call in known.items() if len(call) == 1]
    near = [fold(name)] if fold(name) in known else difflib.get_close_matches(fold(name), commands, n=2)
    meant = dict.fromkeys(known[word] for word in near)
    return tuple(Call(*call, *(words if _names(words) or len(call) > 1 else ["--help"])) for call in meant) or (
        Call("--help"),
    )


def _commands_in_words() -> dict[str, tuple[str, ...]]:
    """Return the beginning of a call by the folded words, in all languages, for its command or for what that lists."""
    from govmap.names.folding import fold  # noqa: PLC0415 - only for a wrong word

    declarations = [declaration for declaration in map(find, NAMES) if declaration]
    known: dict[str, tuple[str, ...]] = {}
    for language in LANGUAGES:
        with speaking(language):
            for declaration in declarations:
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
    from govmap.cli.answer import open_atlas  # noqa: PLC0415 - only for a wrong call

    names = _names(words)
    given = option_values(words, (DATA.option,))
    try:
        call: Call | None = open_atlas(given.get("data"), None).call_that_shows(" ".join(names))
    except GovmapError:
        return None
    if call is None:
        return None
    arguments = call.arguments if call.options else (" ".join(names),)
    return Call(call.command, *arguments, *words[len(names) :], **call.options)


def _refuse_repeats(declaration: Declaration, words: list[str]) -> None:
    """Refuse an option that is given twice: Typer would silently take the last. Flags and lists may be repeated."""
    before = words[: words.index("--")] if "--" in words else words
    given = [word.partition("=")[0] for word in before if word.startswith("--")]
    given += [SHORT[word[:2]] for word in before if word[:2] in SHORT]
    options = options_of(declaration)
    for name in given:
        option = options.get(name)
        if option is not None and given.count(name) > 1 and not option.many and not option.is_flag:
            message = _('"{option}" is given twice; use it once').format(option=name)
            raise UsageError(message, (Call(declaration.name, "--help"),))


def _with_names_in_place(arguments: list[str], said: str) -> Call | None:
    """Return the call for more names than the command takes: as one name, to compare them, or as its options.

    What Typer *said* ends with the words that it has no place for.
    """
    declaration, words = find(arguments[0]) if arguments else None, arguments[1:]
    if declaration is None:
        return None
    if said.endswith(f" ({' '.join(_names(words))})"):  # it takes no name
        return _call_with_options(declaration, words)
    if len(_names(words)) < 2:
        return None
    if declaration.of_several:
        return _call_of_names(words) or Call(declaration.of_several, *words)
    return _call_in_quotes(declaration, words)


def _call_with_options(declaration: Declaration, words: list[str]) -> Call | None:
    """Return the call with the words before its first option as the value of one, if that takes what is called so."""
    from govmap.cli.answer import open_atlas  # noqa: PLC0415 - only for a wrong call

    names = _names(words)
    kinds = {p.kind: p.name for p in declaration.parameters if not p.positional}
    given = option_values(words, (DATA.option, AS_OF.option))
    for kind, look_up in (("Country", "country"), ("Mechanism", "mechanism"), ("Theme", "theme")):
        try:
            getattr(open_atlas(given.get("data"), given.get("as_of")), look_up)(" ".join(names))
        except AmbiguousError:
            pass  # the call tells between which
        except GovmapError:
            continue
        if kind in kinds:
            return Call(declaration.name, *words[len(names) :], **{kinds[kind]: " ".join(names)})
    return None


def _call_in_quotes(declaration: Declaration, words: list[str]) -> Call | None:
    """Return the call with the words before its first option as one, if that has an answer."""
    from govmap.cli.answer import open_atlas  # noqa: PLC0415 - only for a wrong call

    places = [parameter.name for parameter in declaration.parameters if parameter.positional]
    if len(places) != 1 or not declaration.asks_atlas:
        return None
    names = _names(words)
    text, given = " ".join(names), option_values(words, (DATA.option, AS_OF.option))
    try:
        found = declaration.ask(open_atlas(given.get("data"), given.get("as_of")), {places[0]: text})
        failure = Presentation(found).failure
    except GovmapError:
        return None
    return None if failure else Call(declaration.name, text, *words[len(names) :])


def _instead(arguments: list[str]) -> Call:
    """Return the call to try: the options after the command where they stand before it, else its help."""
    at = next((i for i, argument in enumerate(arguments) if argument in NAMES), -1)
    declaration = find(arguments[at]) if at >= 0 else None
    if declaration is None:
        return Call("--help")
    if at == 0:
        return Call(declaration.name, "--help")
    if not {argument.partition("=")[0] for argument in arguments[:at]} <= {*options_of(declaration), *SHORT}:
        return Call("--help")
    return Call(declaration.name, *arguments[at + 1 :], *arguments[:at])
