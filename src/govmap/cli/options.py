"""The options that commands share: on which data a call is answered, and in which form its answer is written.

Some are looked for among the words of a call before its command is known. `--lang` is taken out of it before anything
else is read: the messages on the rest are in that language.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from govmap.calls import Option
from govmap.declaration import Declaration, Parameter
from govmap.errors import UsageError
from govmap.formats.registry import choose_format, find_format, is_for_people
from govmap.language import LANGUAGES, N_, VARIABLE, Language, _, known_language, language_of_environment

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
    help=N_("en, es, pt or fr (default: that of the locale; in csv, xlsx and json, en)."),
    panel=OUTPUT_PANEL,
    variable=VARIABLE,
)

HELP = Parameter("help", "bool", help=N_("Show this message and exit."))
VERSION = Parameter("version", "bool", help=N_("Show the version and that of the data."))

OF_OUTPUT = (JSON, FORMAT, OUTPUT, BOM, NO_PAGER)
OF_ATLAS = (AS_OF, SCOPE, DATA)
OF_PROGRAM = (VERSION, LANG, HELP)  # without a command
SHORT = {option.short: option.option for option in OF_OUTPUT if option.short}

STANDARD_INPUT = "-"  # where a name is expected, each line of it is one; where a file is, it is the file
RECORDS = ("json", "jsonl")  # formats in which a failure is a record too


def parameters_of(declaration: Declaration) -> tuple[Parameter, ...]:
    """Return all parameters of a command: its own, then the shared options that it takes, and `--help`.

    A command that is no question names the shared options among its own parameters, perhaps with another kind.
    """
    if declaration.is_question:
        of_atlas = (*OF_ATLAS, SOURCES) if declaration.asks_atlas else ()
        return (*declaration.parameters, FULL, *OF_OUTPUT, LANG, *of_atlas, HELP)
    shared = {option.name: option for option in (*OF_OUTPUT, *OF_ATLAS)}
    own = [replace(shared[p.name], kind=p.kind) if p.name in shared else p for p in declaration.parameters]
    return (*own, *(() if any(p.name in shared for p in own) else (LANG,)), HELP)


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
        from pathlib import Path  # costs start-up

        path = None if output in (None, "-") else Path(output)
        chosen = choose_format("json" if as_json and name is None else name, path)
        if as_json and chosen != "json":
            message = _("--json is short for --format json; use one of them")
            raise UsageError(message, (Option("format", chosen), Option("json")))
        if bom and chosen not in ("csv", "tsv"):
            raise UsageError(_("--bom is for csv and tsv"), (Option("format", "csv"),))
        return cls(chosen, path, bom, paged)


def option_values(arguments: list[str], options: Container[str]) -> dict[str, str]:
    """Return the values of those *options* that stand among the words of a call, by the names of parameters."""
    found = {}
    words = arguments[: arguments.index("--")] if "--" in arguments else arguments
    for at, word in enumerate(words):
        name, equals, value = word.partition("=")
        if word[:2] in SHORT and not word.startswith("--"):
            name, equals, value = SHORT[word[:2]], word[2:], word[2:].removeprefix("=")
        if name in options:
            following = words[at + 1] if at + 1 < len(words) and not words[at + 1].startswith("--") else ""
            found[name[2:].replace("-", "_")] = value if equals else following
    return found


def wants_json(arguments: list[str]) -> bool:
    """Return whether a call asks for JSON, so that its failure is JSON too."""
    if "--json" in arguments:
        return True
    return find_format(option_values(arguments, ("--format",)).get("format", "")) in RECORDS


def wants_page(arguments: list[str]) -> bool:
    """Return whether people read what a call writes: only that speaks the language of the system's locale."""
    given = option_values(arguments, ("--format", "--output"))
    if "format" in given:
        named = given["format"]
    elif "--json" in arguments:
        return False
    else:
        _stem, dot, named = given.get("output", "").rpartition(".")
        if not dot:
            return True
    found = find_format(named)
    return found is not None and is_for_people(found)


def language_of(arguments: list[str]) -> tuple[Language, list[str]]:
    """Return the language that a call is to be answered in, and its arguments without the option.

    Without `--lang` and GOVMAP_LANG, pages are in the language of the system's locale; what programs read is English.

    Raises:
        UsageError: The option, or else GOVMAP_LANG, names none of ours; or the option is given twice or without one.

    """
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    places = [
        i for i, argument in enumerate(options) if argument == LANG.option or argument.startswith(f"{LANG.option}=")
    ]
    if not places:
        return language_of_environment(with_locale=wants_page(arguments)), arguments
    calls = tuple(Option("lang", language) for language in LANGUAGES)
    if len(places) > 1:
        raise UsageError(_('"{option}" is given twice; use it once').format(option=LANG.option), calls)
    at, joined = places[0], "=" in arguments[places[0]]
    tag = arguments[at].partition("=")[2] if joined else options[at + 1] if at + 1 < len(options) else ""
    if not tag.strip():
        raise UsageError(_("{option} needs a language").format(option=LANG.option), calls)
    return known_language(tag, LANG.option), [*arguments[:at], *arguments[at + (1 if joined else 2) :]]


def likely_language(arguments: list[str]) -> Language:
    """Return the language that a call asks for and English where it asks wrongly."""
    try:
        return language_of(arguments)[0]
    except UsageError:
        return "en"
