"""`govmap mcp`."""

from __future__ import annotations

import sys

from govmap.cli.answer import open_atlas
from govmap.cli.output import progress
from govmap.declaration import DATA, Date, Path, command
from govmap.errors import UsageError
from govmap.extras import load_function
from govmap.language import _


@command(DATA, "")
def mcp(*, as_of: Date | None = None, data: Path | None = None) -> None:
    """Answer an assistant's questions over the Model Context Protocol (MCP)."""
    if sys.stdin is None:
        raise UsageError(_("Standard input is closed, so no assistant can ask anything"))
    open_atlas(data, as_of)  # what is wrong with the data is said before anything is served
    serve = load_function("govmap.cli.mcp.server", "serve", purpose="govmap mcp", extra="mcp")
    with progress(_("Serving an assistant on standard input; Ctrl+C ends it")):  # for who tries it at a terminal
        serve(lambda date: open_atlas(data, date or as_of))
