"""Shows the help: Typer's, made from the declarations; on a screen too narrow for its tables, a page of ours."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Annotated, Any

import typer
from typer import rich_utils

from govmap.cli.commands import declarations
from govmap.cli.options import HELP, OF_PROGRAM, parameters_of
from govmap.cli.output import print_page, screen_width
from govmap.declaration import Declaration, Parameter
from govmap.grouping import group_by
from govmap.kinds import example, explained, metavar, usage
from govmap.language import N_, _
from govmap.layout.page import Block, Facts, Lines, Page

NARROW = 60  # columns, below which Typer cuts words
ABOUT = N_("Who governs migration in the Americas: mechanisms, members, working groups, themes, and the gaps.")
EXIT_CODES = N_("Exit codes: 0 answered, 1 no such name or nothing on it, 2 wrong call, 3 bad data, 4 internal error.")
# Typer's words in its help that none of its parameters changes, by the names that it gives them.
WORDS = {
    "ARGUMENTS_PANEL_TITLE": N_("Arguments"),
    "OPTIONS_PANEL_TITLE": N_("Options"),
    "DEFAULT_STRING": N_("[default: {}]"),
    "ENVVAR_STRING": N_("[env var: {}]"),
    "REQUIRED_LONG_STRING": N_("[required]"),
}


def show_help(declaration: Declaration | None = None) -> None:
    """Print the help of a command, or that of the program, which names all commands."""
    if (screen_width() or NARROW) < NARROW:
        print_page(page_of_commands() if declaration is None else page_of_help(declaration))
        return
    if not os.environ.get("COLUMNS", "").strip("0"):
        os.environ.pop("COLUMNS", None)  # rich would take it for a screen of no width
    program = make_program(declarations() if declaration is None else [declaration])
    words = [] if declaration is None else [declaration.name]
    try:
        with _words_translated():
            program([*words, HELP.option], prog_name="govmap", standalone_mode=False)
    except SystemExit as error:  # what rich makes of a closed pipe
        raise BrokenPipeError from error


def make_program(declarations: Iterable[Declaration]) -> Any:
    """Return the program of Typer with the commands of *declarations*, of which none can be run.

    Among several, they have no parameters: to make them takes the most, and the help names the commands alone.
    """
    known = list(declarations)
    app = typer.Typer(
        help=_(ABOUT),
        epilog=_(EXIT_CODES),
        rich_markup_mode="rich",
        options_metavar=_("[OPTIONS]"),
        subcommand_metavar=_("COMMAND [ARGS]..."),
        add_help_option=False,
        add_completion=False,
    )
    app.callback(invoke_without_command=True)(_function(_typer_parameter(p, _(p.help)) for p in OF_PROGRAM))
    for declaration in known:
        command = app.command(
            declaration.name,
            help=f"{_(declaration.summary)}\n\n{example(declaration)}",
            rich_help_panel=_(declaration.panel),
            options_metavar=_("[OPTIONS]"),
            add_help_option=False,
        )
        parameters = parameters_of(declaration) if len(known) == 1 else ()
        command(_function(_typer_parameter(p, explained(p, declaration)) for p in parameters))
    program = typer.main.get_command(app)
    for each in (program, *getattr(program, "commands", {}).values()):
        each.get_usage = partial(_usage, each.get_usage)
    return program


def _function(parameters: Iterable[inspect.Parameter]) -> Callable[..., None]:
    """Return a function with *parameters* in the signature that Typer reads."""

    def command(**_values: Any) -> None:
        pass

    made = list(parameters)
    command.__signature__ = inspect.Signature(made)  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in made}
    return command


def _typer_parameter(parameter: Parameter, text: str) -> inspect.Parameter:
    """Return a parameter, with *text* as its help, as the signature of a command of Typer has it."""
    shown = parameter.default if isinstance(parameter.default, str) else None
    name_of_value = " " if parameter.is_flag else metavar(parameter)  # a blank, or Typer calls it by its type
    common: dict[str, Any] = {"help": text, "show_default": shown is not None, "metavar": name_of_value}
    value: Any = bool if parameter.is_flag else int if parameter.kind == "int" else str
    annotation = list[str] if parameter.many else value
    default: Any = inspect.Parameter.empty if parameter.required else False if parameter.is_flag else shown
    if parameter.positional:
        info: Any = typer.Argument(**common)
    else:
        if parameter == HELP:
            common |= {"is_eager": True, "callback": _print_help}
        names = filter(None, (parameter.option, parameter.short))
        panel, variable = _(parameter.panel) if parameter.panel else None, parameter.variable or None
        info = typer.Option(*names, envvar=variable, rich_help_panel=panel, **common)
    return inspect.Parameter(
        parameter.name, inspect.Parameter.KEYWORD_ONLY, annotation=Annotated[annotation, info], default=default
    )


def _print_help(context: typer.Context, asked: bool) -> None:
    if asked:
        typer.echo(context.get_help())
        raise typer.Exit


def _usage(get_usage: Callable[[typer.Context], str], context: typer.Context) -> str:
    return get_usage(context).replace("Usage: ", _("Usage: "), 1)


@contextmanager
def _words_translated() -> Iterator[None]:
    """Let Typer's help speak the language of the answer within a `with` block."""
    originals = {name: getattr(rich_utils, name) for name in WORDS if hasattr(rich_utils, name)}
    try:
        for name in originals:
            setattr(rich_utils, name, _(WORDS[name]))
        yield
    finally:
        for name, text in originals.items():
            setattr(rich_utils, name, text)


def page_of_help(declaration: Declaration) -> Page:
    """Return what a command does and takes."""
    parameters = parameters_of(declaration)
    arguments = tuple((metavar(p), _about(p, explained(p, declaration))) for p in parameters if p.positional)
    panels = group_by((p for p in parameters if not p.positional), lambda p: _(p.panel) if p.panel else _("Options"))
    blocks: list[Block] = [Lines(_("Arguments"), ()), Facts(arguments)] if arguments else []
    for title, options in panels.items():
        pairs = tuple((_forms(p), _about(p, explained(p, declaration))) for p in options)
        blocks += [Lines(title, ()), Facts(pairs)]
    return Page(f"govmap {usage(declaration)}", f"{_(declaration.summary)}\n{example(declaration)}", tuple(blocks))


def page_of_commands() -> Page:
    """Return what commands there are."""
    options = tuple((option.option, _(option.help)) for option in OF_PROGRAM)
    blocks: list[Block] = [Lines(_("Options"), ()), Facts(options)]
    for panel, those in group_by(declarations(), lambda declaration: declaration.panel).items():
        blocks += [Lines(_(panel), ()), Facts(tuple((each.name, _(each.summary)) for each in those))]
    return Page("govmap", _(ABOUT), (*blocks, Lines("", (_(EXIT_CODES),))))


def _forms(parameter: Parameter) -> str:
    value = "" if parameter.is_flag else metavar(parameter)
    return " ".join(filter(None, (parameter.option, parameter.short, value)))


def _about(parameter: Parameter, text: str) -> str:
    default = _("[default: {}]").format(parameter.default) if isinstance(parameter.default, str) else ""
    variable = _("[env var: {}]").format(parameter.variable) if parameter.variable else ""
    needed = _("[required]") if parameter.required else ""
    return " ".join(filter(None, (text, default, variable, needed)))
