"""`govmap schema [NAME]`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.cli.answering import LangOption
from govmap.cli.output import write
from govmap.formats.schema import SHAPES, VERSION, json_schema
from govmap.language import _, marked


def schema(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar=marked("NAME"),
            help=marked("One of those that are listed without it."),
            show_default=False,
            autocompletion=lambda: [(name, shape.call) for name, shape in SHAPES.items()],
        ),
    ] = None,
    lang: LangOption = None,
) -> None:
    """Show the JSON Schema of an answer, or which there are.

    Example: govmap schema country
    """
    if name is None:
        width = max(map(len, SHAPES))
        lines = [f"{known:{width}}  {_(shape.call)}" for known, shape in SHAPES.items()]
        title = _("The JSON Schemas (version {version}): {call}").format(version=VERSION, call="govmap schema NAME")
        write("\n".join([title, "", *lines, ""]))
        return
    import json  # noqa: PLC0415 - not for the list

    write(json.dumps(json_schema(name), indent=2) + "\n")
