"""`govmap completion SHELL`."""

from __future__ import annotations

from govmap.cli.output import write
from govmap.cli.shells import SHELLS
from govmap.declaration import DATA, Shell, command
from govmap.errors import UsageError
from govmap.language import _
from govmap.texts import quoted


@command(DATA, "bash")
def completion(shell: Shell | None = None) -> None:
    """Generate shell completion for commands, options and names.

    Args:
        shell: bash, zsh, fish or powershell.

    """
    if shell is None:
        raise UsageError(_("completion needs the name of a shell"), tuple(SHELLS))
    served = SHELLS.get(shell.casefold())
    if served is None:
        raise UsageError(_("There is no completion for {shell}").format(shell=quoted(shell)), tuple(SHELLS))
    write(served.script())
