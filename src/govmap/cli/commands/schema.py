"""`govmap schema [NAME]`."""

from __future__ import annotations

import json

from govmap.cli.output import write
from govmap.declaration import DATA, SchemaName, command
from govmap.language import _


@command(DATA, "country", "")
def schema(name: SchemaName | None = None) -> None:
    """Show the JSON Schema of an answer, or list all schemas.

    Args:
        name: Name of a schema (default: list all).

    """
    from govmap.formats.schema import VERSION, json_schema, shapes  # not for `--help`

    if name is None:
        known = shapes()
        width = max(map(len, known))
        lines = [f"{name:{width}}  {shape.usage}" for name, shape in known.items()]
        title = _("The JSON Schemas (version {version}): {call}").format(version=VERSION, call="govmap schema NAME")
        write("\n".join([title, "", *lines, ""]))
        return
    write(json.dumps(json_schema(name), indent=2) + "\n")
