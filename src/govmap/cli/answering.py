"""The options that every answering command has, written once, and what turns a function into such a command.

Typer reads signatures when it builds a command, so the types here are those of the running program.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from govmap.cli.answers import Answer, with_provenance
from govmap.cli.atlas import open_atlas
from govmap.cli.output import Wish, emit
from govmap.cli.progress import telling
from govmap.cli.values import LANG_HELP, constant, dates, files, languages
from govmap.language import VARIABLE, _, marked

AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar=marked("DATE"),
        help=marked("Answer as of a year, month, day or 'today' (default: the date of the data)."),
        show_default=False,
        autocompletion=dates,
        rich_help_panel=marked("Data"),
    ),
]
DataOption = Annotated[
    str | None,
    typer.Option(
        "--data",
        envvar="GOVMAP_DATA",
        metavar=marked("PATH"),
        help=marked("Answer from another dataset: a folder or a file."),
        show_default=False,
        show_envvar=True,
        autocompletion=files,
        rich_help_panel=marked("Data"),
    ),
]
LangOption = Annotated[
    str | None,
    typer.Option(
        "--lang",
        envvar=VARIABLE,
        metavar=marked("LANGUAGE"),
        help=LANG_HELP,
        show_default=False,
        show_envvar=True,
        autocompletion=languages,
        rich_help_panel=marked("Output"),
    ),
]
JsonOption = Annotated[
    bool,
    typer.Option(
        "--json", help=marked("Short for --format json."), show_default=False, rich_help_panel=marked("Output")
    ),
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar=marked("FORMAT"),
        help=marked("table, json, jsonl, csv, tsv, md, html, yaml, xlsx; svg for pictures."),
        show_default=False,
        autocompletion=constant("govmap.formats.registry:FORMATS"),
        rich_help_panel=marked("Output"),
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar=marked("FILE"),
        help=marked("Write to a file, in the format of its ending."),
        show_default=False,
        autocompletion=files,
        rich_help_panel=marked("Output"),
    ),
]
BomOption = Annotated[
    bool,
    typer.Option(
        "--bom",
        help=marked("Begin csv or tsv as Excel expects UTF-8."),
        show_default=False,
        rich_help_panel=marked("Output"),
    ),
]
OUTPUT = {
    "as_json": (JsonOption, False),
    "form": (FormatOption, None),
    "output": (OutputOption, None),
    "bom": (BomOption, False),
    "lang": (LangOption, None),
}
SourcesOption = Annotated[
    bool,
    typer.Option(
        "--sources",
        help=marked("Add the numbered sources of what is shown."),
        show_default=False,
        rich_help_panel=marked("Output"),
    ),
]
# Of an answer from a dataset: on which date it is given, from which data, and whether it tells its sources.
DATA = {"as_of": (AsOfOption, None), "data": (DataOption, None), "sources": (SourcesOption, False)}


def answering(answer: Callable[..., Answer]) -> Callable[..., None]:
    """Return *answer*, a function of what was typed, as a command with the shared options.

    If its first parameter is called `atlas`, it gets the one of `--data` as of `--as-of`; else it has no such options.
    """
    # Not typing.get_type_hints: until Python 3.11 that hides what is annotated where the default is None.
    typed = dict(inspect.signature(answer, eval_str=True).parameters)
    asks = typed.pop("atlas", None) is not None
    shared = OUTPUT | (DATA if asks else {})
    own = list(typed.values())

    @functools.wraps(answer)
    def command(**typed: Any) -> None:
        given = {name: typed.pop(name) for name in shared}
        wish = Wish.of(given["as_json"], given["form"], given["output"], given["bom"])
        if not asks:
            emit(answer(**typed), wish)
            return
        atlas = open_atlas(given["data"], given["as_of"])
        with telling(_("Working out the answer")):
            answered = answer(atlas, **typed)
        emit(with_provenance(answered, atlas, sources=given["sources"]), wish)

    keyword = inspect.Parameter.KEYWORD_ONLY
    added = [
        inspect.Parameter(name, keyword, annotation=kind, default=default) for name, (kind, default) in shared.items()
    ]
    command.__signature__ = inspect.Signature([*(p.replace(kind=keyword) for p in own), *added])  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in [*own, *added]}
    del command.__wrapped__  # so that the signature above is the one that is read
    return command
