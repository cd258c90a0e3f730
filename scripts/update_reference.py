"""Write docs/reference.md and docs/api.md from the declarations of questions and commands, and from docstrings.

Run `python scripts/update_reference.py` after a question, a parameter or a record has changed. `--check` changes
nothing and prints what is stale. A test does the same.
"""

from __future__ import annotations

import importlib
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import govmap
from govmap.cli.commands import NAMES, find
from govmap.cli.options import LANG, OF_ATLAS, OF_OUTPUT, SOURCES, parameters_of
from govmap.declaration import Declaration, Parameter
from govmap.formats.schema import json_schema, shapes
from govmap.kinds import KINDS, Cursor, help_of, metavar, usage
from govmap.questions import NAMES as QUESTIONS

DOCS = Path(__file__).parent.parent / "docs"
SHARED = (*OF_OUTPUT, LANG, *OF_ATLAS, SOURCES)
COMMANDS_HEAD = """\
# Commands and their JSON

Made by `scripts/update_reference.py` from what each command declares. What holds for the JSON of all of them stands in
[json.md](json.md); `govmap schema NAME` prints the same shapes as JSON Schema.

A shape is written as its keys with their types. `?` marks what may be null, `[T]` a list of T, `{…: T}` an object whose
keys are ids or languages. What several answers share is at the [end](#shared-records).
"""
API_HEAD = """\
# The functions of Python

Made by `scripts/update_reference.py` from signatures and docstrings. [python.md](python.md) tells how to use them; the
fields of the records are the keys in [reference.md](reference.md).
"""
FUNCTIONS = ("load", "speaking")


def reference() -> str:
    """Return the reference of the commands."""
    parts = [COMMANDS_HEAD, _options()]
    panel, homes = "", _homes()
    for declaration in filter(None, map(find, NAMES)):
        if declaration.panel != panel:
            panel = declaration.panel
            parts.append(f"## {panel}\n")
        parts.append("\n".join(_command(declaration, homes)))
    parts.append("## Errors\n\n" + "".join(_shapes("error", ["error"], homes)))
    parts.append("## Shared records\n")
    answers = [_parts(name) for name in shapes() if name != "dataset"]  # docs/data-format.md has that one
    every = {repr(part): _record(part, records) for records in answers for part in records.values()}
    parts.append("".join(sorted(line for key, line in every.items() if homes.get(key) == "")))
    return "\n".join(parts)


def _homes() -> dict[str, str]:
    """Return the command under which each record is described, by the record; "" for what several hold.

    A brief is put together of whole answers, so that it makes nothing shared.
    """
    homes: dict[str, str] = {}
    for name in sorted(QUESTIONS, key=lambda name: name == "brief"):
        for shape in _declaration(name).shapes:
            for part in _parts(shape.name).values():
                if homes.setdefault(repr(part), name) != name and name != "brief":
                    homes[repr(part)] = ""
    return homes


def _declaration(name: str) -> Declaration:
    found = find(name)
    assert found is not None  # noqa: S101 - it is one of NAMES
    return found


def _parts(name: str) -> dict[str, Any]:
    """Return the records that a schema refers to."""
    return {key: part for key, part in json_schema(name)["$defs"].items() if "properties" in part}


def _options() -> str:
    rows = "".join(_row(option, option.help) for option in SHARED)
    table = f"| option | value | meaning |\n| --- | --- | --- |\n{rows}"
    note = "A question that asks no dataset has no `--as-of`, `--data` or `--sources`."
    return f"## Options of every question\n\n{table}\n{note}\n"


def _command(declaration: Declaration, homes: dict[str, str]) -> Iterator[str]:
    yield f"### {declaration.name}\n"
    yield f"`govmap {usage(declaration)}`\n"
    yield _prose(declaration.function) + "\n"
    own = {parameter.name for parameter in declaration.parameters}
    rows = [_row(p, help_of(p, declaration)) for p in parameters_of(declaration) if p.name in own]
    if rows:
        yield f"| parameter | value | meaning |\n| --- | --- | --- |\n{''.join(rows)}"
    calls = (f"`govmap {declaration.name} {example}`".replace(" `", "`") for example in declaration.examples)
    yield f"Examples: {', '.join(calls)}\n"
    if declaration.is_question:
        rows_of = importlib.import_module(f"govmap.views.{declaration.name}").rows
        yield f"Rows of csv, tsv and xlsx: {_prose(rows_of).splitlines()[0].removeprefix('Return ')}\n"
    names = [shape.name for shape in declaration.shapes] if declaration.is_question else [declaration.name]
    if known := [name for name in names if name in shapes()]:
        yield "".join(_shapes(declaration.name, known, homes))


def _row(parameter: Parameter, text: str) -> str:
    """Return the row of a parameter in the table of its command."""
    kind = KINDS[parameter.kind]
    if kind.explains:
        values = (f"`{name}` ({about})" for name, about in kind.complete(Cursor("", {}, parameter)))
        text = f"{text} {', '.join(values)}"
    if isinstance(parameter.default, str) and parameter.default:
        text += f" Default: `{parameter.default}`."
    if parameter.variable:
        text += f" Also by `{parameter.variable}`."
    name = metavar(parameter) if parameter.positional else parameter.option
    short = f", `{parameter.short}`" if parameter.short else ""
    value = "" if parameter.is_flag or parameter.positional else metavar(parameter)
    return f"| `{name}`{short} | {value} | {text} |\n".replace("|  |", "| |")


def _prose(function: Callable[..., Any]) -> str:
    """Return the docstring of a function up to its examples and sections."""
    text = inspect.cleandoc(function.__doc__ or "")
    return re.split(r"\n\n(?=>>> |Args:|Attributes:|Raises:)", text)[0]


def _shapes(command: str, names: list[str], homes: dict[str, str]) -> Iterator[str]:
    """Yield the shapes called *names*, and the records in them that are described under *command*, a line each."""
    described: set[str] = set()
    for name in names:
        schema, call = json_schema(name), shapes()[name].usage
        title = f"`{call}`" if call.startswith("govmap ") else call
        yield f"- JSON of {title}: `{_type(schema, schema['$defs'])}`\n"
        for part in _parts(name).values():
            if repr(part) not in described and homes.get(repr(part), command) == command:
                described.add(repr(part))
                yield _record(part, schema["$defs"])


def _record(part: dict[str, Any], parts: dict[str, Any]) -> str:
    fields = ", ".join(f"{name}: {_type(field, parts)}" for name, field in part["properties"].items())
    about = " ".join(part.get("description", "").split())
    return f"- `{part['title']}` {about}\n  `{{{fields}}}`\n"


def _type(schema: dict[str, Any], parts: dict[str, Any]) -> str:
    """Return the type of a value as this document writes it."""
    if "$ref" in schema:
        title: str = parts[schema["$ref"].rpartition("/")[2]]["title"]
        return title
    if "anyOf" in schema:
        types = [_type(option, parts) for option in schema["anyOf"] if option.get("type") != "null"]
        return " | ".join(types) + ("?" if len(types) < len(schema["anyOf"]) else "")
    if "enum" in schema:
        return " | ".join(f'"{word}"' for word in schema["enum"])
    if schema.get("type") == "array":
        items = schema.get("items") or {}
        return f"[{_type(items, parts)}]"
    if schema.get("type") == "object":
        return f"{{…: {_type(schema['additionalProperties'], parts)}}}"
    kind: str = schema.get("type", "any")
    return kind


def api() -> str:
    """Return the reference of the Python functions."""
    parts = [API_HEAD, "## Open a dataset\n"]
    parts += [_function(name) for name in FUNCTIONS]
    parts.append("## Questions\n")
    parts += [_function(name) for name in QUESTIONS]
    parts.append(f"## govmap.Atlas\n\n{_prose(govmap.Atlas)}\n")
    parts += list(_members(govmap.Atlas))
    parts.append("\n## Errors\n\nAll are `govmap.GovmapError`, with a `message` and `suggestions`.\n")
    errors = [name for name in dir(govmap) if name.endswith("Error") and name != "GovmapError"]
    parts += [f"- `govmap.{name}`: {_prose(getattr(govmap, name))}" for name in errors]
    return "\n".join(parts) + "\n"


def _function(name: str) -> str:
    """Return the signature of a public function and what its docstring says."""
    function: Callable[..., Any] = getattr(govmap, name)
    text = inspect.cleandoc(function.__doc__ or "")
    parts = [f"### govmap.{name}\n", f"```py\n{_signature(f'govmap.{name}', function)}\n```\n"]
    for part in text.split("\n\n"):
        head, _, rest = part.partition("\n")
        if part.startswith(">>> "):
            parts.append(f"```pycon\n{part}\n```\n")
        elif head in ("Args:", "Raises:"):
            entries = re.findall(r"^ {4}(\S.*(?:\n {8}.*)*)", rest, re.MULTILINE)
            named = (re.sub(r"^\*?([\w/.]+):", r"`\1`:", " ".join(entry.split())) for entry in entries)
            parts.append("\n".join([f"{head}\n", *(f"- {entry}" for entry in named), ""]))
        else:
            parts.append(f"{part}\n")
    return "\n".join(parts)


def _signature(name: str, function: Callable[..., Any], width: int = 100) -> str:
    """Return the signature of a function, its annotations as the source has them, on one line up to a *width*."""
    found = inspect.signature(function)
    shown = []
    kinds = [parameter.kind for parameter in found.parameters.values()]
    for at, parameter in enumerate(found.parameters.values()):
        if parameter.name == "self":
            continue
        if parameter.kind is parameter.KEYWORD_ONLY and (not at or kinds[at - 1] is parameter.POSITIONAL_OR_KEYWORD):
            shown.append("*")
        star = "*" if parameter.kind is parameter.VAR_POSITIONAL else ""
        default = "" if parameter.default is parameter.empty else f" = {parameter.default!r}"
        shown.append(f"{star}{parameter.name}: {parameter.annotation}{default}")
    one_line = f"{name}({', '.join(shown)}) -> {found.return_annotation}"
    if len(one_line) <= width:
        return one_line
    return f"{name}(\n" + "".join(f"    {part},\n" for part in shown) + f") -> {found.return_annotation}"


def _members(class_: type) -> Iterator[str]:
    """Yield a line for each public attribute and method of a class, in the order of the source."""
    for entry in re.findall(
        r"^ {4}(\w+): (.*)", (inspect.getdoc(class_) or "").partition("Attributes:")[2], re.MULTILINE
    ):
        yield "- `{}`: {}".format(*entry)
    for name, member in vars(class_).items():
        about = inspect.getdoc(member) or ""
        if name.startswith("_") or not about:
            continue
        if callable(member):
            yield f"- `{_signature(name, member, width=1000)}`: {about.splitlines()[0]}"
        else:
            yield f"- `{name}`: {about.splitlines()[0]}"


def stale() -> list[str]:
    """Return the documents that are other than what would be written."""
    made = {"reference.md": reference, "api.md": api}
    paths = {DOCS / name: make for name, make in made.items()}
    return [path.name for path, make in paths.items() if not path.exists() or path.read_text("utf-8") != make()]


def main() -> int:
    """Write both documents, unless only to check; return 1 where one is stale."""
    if "--check" not in sys.argv[1:]:
        (DOCS / "reference.md").write_text(reference(), encoding="utf-8")
        (DOCS / "api.md").write_text(api(), encoding="utf-8")
    found = stale()
    print("\n".join(f"{name} is stale" for name in found) or "The reference is what the declarations say.")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
