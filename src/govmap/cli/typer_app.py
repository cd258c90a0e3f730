"""The other road: each command as Typer has it, made from the same declarations, for help and for mistakes."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import Annotated, Any, Optional

import typer

import govmap
from govmap.calls import Call
from govmap.cli.commands import NAMES, find, options_of, run_command
from govmap.cli.options import LANG, Shared, shared_options
from govmap.cli.output import write
from govmap.cli.request import SHORT
from govmap.cli.typer_internals import MISTAKE, translate_mistake, translate_program, translated_help
from govmap.declaration import Declaration, Parameter
from govmap.errors import UsageError
from govmap.kinds import KINDS, Cursor, metavar
from govmap.language import N_, _
from govmap.texts import quoted

START = N_(
    """govmap: who governs migration in the Americas, and who is left out.

  govmap country Peru                 where a country sits, and where not
  govmap mechanism RCM                members, groups, secretariat, evidence
  govmap overlap "human trafficking"  who works on it, who is in none of them
  govmap compare RCM MIRPS            who is in both, who in only one
  govmap gaps --country Belize        themes on which a country sits nowhere

Names are taken in English, Spanish, Portuguese and French, or as codes.
--json writes JSON for scripts. All commands and options: govmap --help
"""
)
ABOUT = N_("Who governs migration in the Americas: mechanisms, members, working groups, themes, and the gaps.")
EXIT_CODES = N_("Exit codes: 0 answered, 1 no such name or nothing on it, 2 wrong call, 3 unreadable or invalid data.")
LONGEST = 300  # characters of a message of Typer's, which quotes what was typed in full
VERSION_HELP = N_("Show the version and that of the data.")

Run = Callable[[Declaration, dict[str, Any]], None]


def run_app(arguments: list[str]) -> None:
    """Run one call through Typer; raise UsageError where it is wrong.

    The command is invoked by hand: Typer's own way of running it would answer Ctrl-C and closed pipes by itself.
    """
    named = bool(arguments) and not arguments[0].startswith("-")
    if named:
        _require_command(arguments)
        _refuse_repeats(arguments)
    program = make_program(arguments[:1] if named else NAMES)
    try:
        with _speaking_help(arguments), program.make_context("govmap", list(arguments)) as context:
            program.invoke(context)
    except typer.Exit:
        return
    except SystemExit as error:  # what rich makes of a closed pipe while it prints help
        raise BrokenPipeError from error
    except MISTAKE as error:
        message = translate_mistake(error.format_message().rstrip("."))
        shown = message if len(message) <= LONGEST else f"{message[:LONGEST]}…"
        raise UsageError(shown, (_instead(arguments),)) from error


def make_program(names: Iterable[str], run: Run = run_command) -> Any:
    """Return the program with the commands called *names*, each of which hands its values to *run*."""
    app = typer.Typer(
        name="govmap",
        help=_(ABOUT),
        epilog=_(EXIT_CODES),
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    app.callback(invoke_without_command=True)(_start)
    for name in names:
        declaration = find(name)
        assert declaration is not None  # noqa: S101 - it is one of NAMES
        app.command(name, rich_help_panel=_(declaration.panel), help=_help(declaration))(_function(declaration, run))
    program = typer.main.get_command(app)
    translate_program(program)
    return program


def _start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help=VERSION_HELP)] = False,
    lang: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(
            "--lang", metavar="LANGUAGE", help=LANG.help, rich_help_panel=LANG.panel, envvar=LANG.variable or None
        ),
    ] = None,
) -> None:
    """Show the start page, or the version."""
    if version:
        about = govmap.load(os.environ.get("GOVMAP_DATA") or None).dataset.about
        known = {"version": govmap.__version__, "data": about.version, "date": about.reference_date}
        write(_("govmap {version} (data {data}, as of {date})").format(**known) + "\n")
        raise typer.Exit
    if context.invoked_subcommand is None:
        write(_(START))


def _help(declaration: Declaration) -> str:
    """Return the summary of a command and its first example, a paragraph each."""
    call = f"govmap {declaration.name} {declaration.examples[0]}".strip()
    example = _("Example: {call}").format(call=call)
    return f"{_(declaration.summary)}\n\n{example}"


def _function(declaration: Declaration, run: Run) -> Callable[..., None]:
    """Return a function with the signature that Typer reads."""
    shared = {option.parameter.name: option for option in shared_options(declaration)}
    own = {parameter.name: parameter for parameter in declaration.parameters}
    others = [option.parameter for name, option in shared.items() if name not in own]
    parameters = [*declaration.parameters, *others]

    def command(**given: Any) -> None:
        values = {p.name: given[p.name] for p in parameters if given[p.name] not in (None, False, [], ())}
        run(declaration, values)

    made = [_typer_parameter(p, shared.get(p.name), declaration.helps.get(p.name, "")) for p in parameters]
    command.__signature__ = inspect.Signature(made)  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in made}
    return command


def _typer_parameter(parameter: Parameter, shared: Shared | None, own_help: str) -> inspect.Parameter:
    """Return a parameter as the signature of a command of Typer has it."""
    kind = KINDS[parameter.kind]
    text = _(own_help or (shared.help if shared else "") or kind.help)
    if kind.explains:
        text = "\n\n".join([text, *(f"{name}: {about}" for name, about in kind.complete(Cursor("", {}, parameter)))])
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
        names = (parameter.option, *((shared.short,) if shared and shared.short else ()))
        if not parameter.is_flag:
            common["metavar"] = metavar(parameter)
        else:
            default = False
        if shared:
            common |= {"rich_help_panel": _(shared.panel), "envvar": shared.variable or None, "show_envvar": True}
        info = typer.Option(*names, **common)
    return inspect.Parameter(
        parameter.name, inspect.Parameter.KEYWORD_ONLY, annotation=Annotated[annotation, info], default=default
    )


def _speaking_help(arguments: list[str]) -> AbstractContextManager[None]:
    return translated_help() if "--help" in arguments else nullcontext()


def _require_command(arguments: list[str]) -> None:
    name = arguments[0]
    if name not in NAMES:
        import difflib  # noqa: PLC0415 - only for a wrong word

        near = difflib.get_close_matches(name.casefold(), NAMES, n=2)
        message = _("There is no command {name}").format(name=quoted(name))
        rest = arguments[1:] or ["--help"]
        raise UsageError(message, tuple(Call(word, *rest) for word in near) or (Call("--help"),))


def _refuse_repeats(arguments: list[str]) -> None:
    """Refuse an option that is given twice: Typer would silently take the last. Flags and lists may be repeated."""
    declaration = find(arguments[0])
    assert declaration is not None  # noqa: S101 - the command is known
    words = arguments[: arguments.index("--")] if "--" in arguments else arguments
    options = [word.partition("=")[0] for word in words if word.startswith("--")]
    options += [SHORT[word[:2]] for word in words if word[:2] in SHORT]
    parameters = [*declaration.parameters, *(option.parameter for option in shared_options(declaration))]
    once = {p.option for p in parameters if not p.positional and not p.many and not p.is_flag}
    for option in options:
        if options.count(option) > 1 and option in once:
            message = _('"{option}" is given twice; give it once').format(option=option)
            raise UsageError(message, (_instead(arguments[:1]),))


def _instead(arguments: list[str]) -> Call:
    """Return the call to try: the options after the command where they stand before it, else its help."""
    if not arguments or arguments[0] in NAMES:
        return Call(arguments[0], "--help") if arguments else Call("--help")
    at = next((i for i, argument in enumerate(arguments) if argument in NAMES), None)
    declaration = find(arguments[at]) if at is not None else None
    if declaration is None:
        return Call("--help")
    known = {f"--{name.replace('_', '-')}" for name in options_of(declaration)} | set(SHORT)
    if not {argument.partition("=")[0] for argument in arguments[:at]} <= known:
        return Call("--help")
    return Call(declaration.name, *arguments[(at or 0) + 1 :], *arguments[:at])
