"""The options that commands share: on which data a call is answered, and in which form its answer is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from govmap.calls import Option
from govmap.declaration import Declaration, Parameter
from govmap.errors import UsageError
from govmap.language import N_, VARIABLE, _

if TYPE_CHECKING:
    from pathlib import Path

DATA_PANEL, OUTPUT_PANEL = N_("Data"), N_("Output")

AS_OF = Parameter(
    "as_of",
    "Date",
    help=N_("Answer as of a year, month, day or 'today' (default: the date of the data)."),
    panel=DATA_PANEL,
    variable="GOVMAP_AS_OF",
)
SCOPE = Parameter(
    "scope", "Scope", help=N_("Which bodies to include: those of the source ('note') or 'all'."), panel=DATA_PANEL
)
DATA = Parameter(
    "data",
    "Path",
    help=N_("Use another dataset: a folder or a file."),
    panel=DATA_PANEL,
    variable="GOVMAP_DATA",
)
FULL = Parameter("full", "bool", help=N_("Show everything: details, evidence and sources."), panel=OUTPUT_PANEL)
NO_PAGER = Parameter("no_pager", "bool", help=N_("Show a long answer without a pager."), panel=OUTPUT_PANEL)
SOURCES = Parameter("sources", "bool", help=N_("Add the numbered sources of what is shown."), panel=OUTPUT_PANEL)
JSON = Parameter("json", "bool", help=N_("Short for --format json."), panel=OUTPUT_PANEL)
FORMAT = Parameter(
    "format",
    "Format",
    help=N_("table, json, jsonl, csv, tsv, md, html, docx, yaml, xlsx; svg or png for pictures."),
    panel=OUTPUT_PANEL,
    short="-f",
)
OUTPUT = Parameter(
    "output", "File", help=N_("Write to a file, in the format of its extension."), panel=OUTPUT_PANEL, short="-o"
)
BOM = Parameter(
    "bom", "bool", help=N_("Start csv or tsv with the mark (BOM) by which Excel recognises UTF-8."), panel=OUTPUT_PANEL
)
LANG = Parameter(
    "lang",
    "Language",
    help=N_("en, es, pt or fr (default: that of the locale, or en)."),
    panel=OUTPUT_PANEL,
    variable=VARIABLE,
)

OF_OUTPUT = (JSON, FORMAT, OUTPUT, BOM, NO_PAGER)
OF_ATLAS = (AS_OF, SCOPE, DATA)
SHORT = {option.short: option.option for option in OF_OUTPUT if option.short}

# Of the options that Typer adds by itself.
HELP_OF_HELP = N_("Show this message and exit.")
HELP_OF_VERSION = N_("Show the version and that of the data.")


def parameters_of(declaration: Declaration) -> tuple[Parameter, ...]:
    """Return all parameters of a command: its own, then the shared options that it takes.

    A command that is no question names the shared options among its own parameters, perhaps with another kind.
    """
    if declaration.is_question:
        of_atlas = (*OF_ATLAS, SOURCES) if declaration.asks_atlas else ()
        return (*declaration.parameters, FULL, *OF_OUTPUT, LANG, *of_atlas)
    shared = {option.name: option for option in (*OF_OUTPUT, *OF_ATLAS)}
    own = [replace(shared[p.name], kind=p.kind) if p.name in shared else p for p in declaration.parameters]
    return (*own, *(() if any(p.name in shared for p in own) else (LANG,)))


def options_of(declaration: Declaration) -> dict[str, Parameter]:
    """Return the options of a command by all their forms, the short ones last."""
    options = [parameter for parameter in parameters_of(declaration) if not parameter.positional]
    return {p.option: p for p in options} | {p.short: p for p in options if p.short}


class OutputOptions(Struct, frozen=True):
    """How an answer is written: in which format, to which file, with a byte order mark or not, with a pager or not."""

    format: str
    path: Path | None = None
    bom: bool = False
    paged: bool = True

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> OutputOptions:
        """Return what the *values* of a call ask for; raise UsageError where they contradict each other."""
        name, output = values.get("format"), values.get("output")
        as_json, bom, paged = bool(values.get("json")), bool(values.get("bom")), not values.get("no_pager")
        if name is None and output is None and not bom:  # an empty one is an unset variable of a script: refused
            return cls("json" if as_json else "table", paged=paged)
        from pathlib import Path  # noqa: PLC0415 - costs start-up

        from govmap.formats.registry import choose_format  # noqa: PLC0415 - as above

        path = None if output in (None, "-") else Path(output)
        chosen = choose_format("json" if as_json and name is None else name, path)
        if as_json and chosen != "json":
            message = _("--json is short for --format json; use one of them")
            raise UsageError(message, (Option("format", chosen), Option("json")))
        if bom and chosen not in ("csv", "tsv"):
            raise UsageError(_("--bom is for csv and tsv"), (Option("format", "csv"),))
        return cls(chosen, path, bom, paged)
