"""The commands as a Typer app, made from the same declarations: it shows help, and explains mistakes."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from typing import Annotated, Any, Optional

import typer

from govmap.cli.commands import declarations, find, run_command
from govmap.cli.narrow_help import NARROW, page_of_commands, page_of_help
from govmap.cli.options import HELP_OF_VERSION, LANG, parameters_of
from govmap.cli.output import print_page, screen_width
from govmap.cli.start import show_start, show_version
from govmap.cli.typer_internals import MISTAKE, translate_program, translated_help
from govmap.declaration import Declaration, Parameter
from govmap.kinds import example, explained, metavar
from govmap.language import N_, _, current

ABOUT = N_("Who governs migration in the Americas: mechanisms, members, working groups, themes, and the gaps.")
EXIT_CODES = N_("Exit codes: 0 answered, 1 no such name or nothing on it, 2 wrong call, 3 bad data, 4 internal error.")

Run = Callable[[Declaration, dict[str, Any]], None]


def run_app(arguments: list[str]) -> None:
    """Run one call through Typer; raise UsageError where it is wrong.

    The command is invoked by hand: Typer's own way of running it would answer Ctrl-C and closed pipes by itself.
    """
    if "--help" in arguments and (screen_width() or NARROW) < NARROW:
        if arguments[0].startswith("-"):
            print_page(page_of_commands(_(ABOUT), _(EXIT_CODES), declarations()))
        else:
            print_page(page_of_help(_command(arguments)))
        return
    if not os.environ.get("COLUMNS", "").strip("0"):
        os.environ.pop("COLUMNS", None)  # rich would take it for a screen of no width
    if arguments and not arguments[0].startswith("-"):
        program = make_program([_command(arguments)])
    else:
        none_is_run = all(word.startswith("-") for word in arguments)
        program = make_program(declarations(), overview=none_is_run)
    words_of_help = translated_help() if "--help" in arguments and current() != "en" else nullcontext()
    try:
        with words_of_help, program.make_context("govmap", list(arguments)) as context:
            program.invoke(context)
    except typer.Exit:
        return
    except SystemExit as error:  # what rich makes of a closed pipe while it prints help
        raise BrokenPipeError from error
    except MISTAKE as error:
        from govmap.cli.mistakes import refusal  # only for a wrong call

        raise refusal(arguments, error.format_message()) from error


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
        about = f"{_(declaration.summary)}\n\n{example(declaration)}"
        command = app.command(declaration.name, rich_help_panel=_(declaration.panel), help=about)
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
    annotation = list[str] if parameter.many else value
    default: Any = inspect.Parameter.empty if parameter.required else shown
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
    """Return the command that a call names; raise UsageError where there is none."""
    declaration = find(arguments[0])
    if declaration is None:
        from govmap.cli.mistakes import no_such_command  # only for a wrong call

        raise no_such_command(arguments)
    return declaration
