"""The options that questions share: on which data a call is answered, and in which form its answer is written."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from govmap.declaration import Declaration, Parameter
from govmap.errors import UsageError
from govmap.language import N_, VARIABLE, _

if TYPE_CHECKING:
    from pathlib import Path

DATA_PANEL, OUTPUT_PANEL = N_("Data"), N_("Output")


class Shared(Struct, frozen=True):
    """An option that many commands have.

    Attributes:
        parameter: Its name and kind.
        help: What the help says of it.
        panel: Where it stands in the help of a command.
        short: Its short form, if any.
        variable: The variable of the environment that stands for it where it is not given.

    """

    parameter: Parameter
    help: str
    panel: str = OUTPUT_PANEL
    short: str = ""
    variable: str = ""


AS_OF = Shared(
    Parameter("as_of", "Date"),
    N_("Answer as of a year, month, day or 'today' (default: the date of the data)."),
    DATA_PANEL,
)
DATA = Shared(
    Parameter("data", "Path"), N_("Answer from another dataset: a folder or a file."), DATA_PANEL, "", "GOVMAP_DATA"
)
SOURCES = Shared(Parameter("sources", "bool"), N_("Add the numbered sources of what is shown."))
JSON = Shared(Parameter("json", "bool"), N_("Short for --format json."))
FORMAT = Shared(
    Parameter("format", "Format"),
    N_("table, json, jsonl, csv, tsv, md, html, yaml, xlsx; svg for pictures."),
    short="-f",
)
OUTPUT = Shared(Parameter("output", "File"), N_("Write to a file, in the format of its ending."), short="-o")
BOM = Shared(Parameter("bom", "bool"), N_("Begin csv or tsv as Excel expects UTF-8."))
LANG = Shared(
    Parameter("lang", "Language"), N_("en, es, pt or fr (default: that of the locale, or en)."), variable=VARIABLE
)

OF_OUTPUT = (JSON, FORMAT, OUTPUT, BOM)
OF_ATLAS = (AS_OF, DATA)


def shared_options(declaration: Declaration) -> tuple[Shared, ...]:
    """Return the shared options of a command: all of a question on the atlas, those of output of another question.

    A command of its own names the options that it takes among its parameters.
    """
    own = {parameter.name for parameter in declaration.parameters}
    if not declaration.is_question:
        return tuple(option for option in (*OF_OUTPUT, *OF_ATLAS, LANG) if option.parameter.name in own) or (LANG,)
    of_atlas = (*OF_ATLAS, SOURCES) if declaration.asks_atlas else ()
    return (*OF_OUTPUT, LANG, *of_atlas)


class OutputOptions(Struct, frozen=True):
    """How an answer is written: in which format, to which file, and whether a byte order mark comes first."""

    format: str
    path: Path | None = None
    bom: bool = False

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> OutputOptions:
        """Return what the options *given* ask for; raise UsageError where they contradict each other."""
        name, output, as_json = given.get("format"), given.get("output"), bool(given.get("json"))
        if not (name or output or given.get("bom")):
            return cls("json" if as_json else "table")
        from pathlib import Path  # noqa: PLC0415 - costs start-up

        from govmap.formats.registry import choose_format  # noqa: PLC0415 - as above

        path = None if output in (None, "-") else Path(output)
        chosen = choose_format("json" if as_json and name is None else name, path)
        if as_json and chosen != "json":
            from govmap.calls import Option  # noqa: PLC0415 - only for a mistake

            message = _("--json is short for --format json; give one of them")
            raise UsageError(message, (Option("format", chosen), Option("json")))
        if given.get("bom") and chosen not in ("csv", "tsv"):
            from govmap.calls import Option  # noqa: PLC0415 - as above

            raise UsageError(_("--bom is for csv and tsv"), (Option("format", "csv"),))
        return cls(chosen, path, bool(given.get("bom")))


def with_environment(given: dict[str, Any], declaration: Declaration) -> dict[str, Any]:
    """Return the options *given*, and those that the environment gives in their place."""
    for option in shared_options(declaration):
        value = os.environ.get(option.variable) if option.variable else None
        if value and option.parameter.name not in given:
            given = {**given, option.parameter.name: value}
    return given
