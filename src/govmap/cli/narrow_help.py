"""The help as a page of ours, for screens that are too narrow for the tables of Typer, which cuts words there."""

from __future__ import annotations

from collections.abc import Iterable

from govmap.cli.options import HELP_OF_HELP, HELP_OF_VERSION, LANG, parameters_of
from govmap.declaration import Declaration, Parameter
from govmap.grouping import group_by
from govmap.kinds import example, explained, metavar, usage
from govmap.language import _
from govmap.layout.page import Block, Facts, Lines, Page

NARROW = 60  # columns


def page_of_help(declaration: Declaration) -> Page:
    """Return what a command does and takes."""
    parameters = parameters_of(declaration)
    arguments = tuple((metavar(p), _about(p, declaration)) for p in parameters if p.positional)
    panels = group_by((p for p in parameters if not p.positional), lambda p: _(p.panel) if p.panel else _("Options"))
    blocks: list[Block] = [Lines(_("Arguments"), ()), Facts(arguments)] if arguments else []
    for title, options in panels.items():
        pairs = tuple((_forms(p), _about(p, declaration)) for p in options)
        blocks += [Lines(title, ()), Facts(pairs)]
    blocks.append(Facts((("--help", _(HELP_OF_HELP)),)))
    return Page(f"govmap {usage(declaration)}", f"{_(declaration.summary)}\n{example(declaration)}", tuple(blocks))


def page_of_commands(about: str, exit_codes: str, declarations: Iterable[Declaration]) -> Page:
    """Return what commands there are."""
    options = (("--version", _(HELP_OF_VERSION)), (LANG.option, _(LANG.help)), ("--help", _(HELP_OF_HELP)))
    blocks: list[Block] = [Lines(_("Options"), ()), Facts(options)]
    for panel, those in group_by(declarations, lambda declaration: declaration.panel).items():
        blocks += [Lines(_(panel), ()), Facts(tuple((each.name, _(each.summary)) for each in those))]
    return Page("govmap", about, (*blocks, Lines("", (exit_codes,))))


def _forms(parameter: Parameter) -> str:
    value = "" if parameter.is_flag else metavar(parameter)
    return " ".join(filter(None, (parameter.option, parameter.short, value)))


def _about(parameter: Parameter, declaration: Declaration) -> str:
    default = _("[default: {}]").format(parameter.default) if isinstance(parameter.default, str) else ""
    variable = _("[env var: {}]").format(parameter.variable) if parameter.variable else ""
    needed = _("[required]") if parameter.required else ""
    return " ".join(filter(None, (explained(parameter, declaration), default, variable, needed)))
