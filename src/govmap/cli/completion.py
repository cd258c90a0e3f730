"""`govmap completion SHELL`."""

from __future__ import annotations

from typing import Annotated

import typer

from govmap.cli.answering import LangOption
from govmap.cli.output import write
from govmap.cli.shells import SHELLS
from govmap.errors import UsageError
from govmap.language import _, marked
from govmap.texts import quoted


def completion(
    shell: Annotated[
        str | None,
        typer.Argument(
            metavar=marked("SHELL"),
            help=marked("bash, zsh, fish or powershell."),
            show_default=False,
            autocompletion=lambda: list(SHELLS),
        ),
    ] = None,
    lang: LangOption = None,
) -> None:
    """Write what makes a shell complete commands, options and names with the Tab key.

    Example: govmap completion bash
    """
    if shell is None:
        raise UsageError(_("completion needs the name of a shell"), tuple(SHELLS))
    script = SHELLS.get(shell.casefold())
    if script is None:
        raise UsageError(_("There is no completion for {shell}").format(shell=quoted(shell)), tuple(SHELLS))
    write(script.script)
