"""Write the pages of docs/reference/ that have a source: commands, Python functions, keys of the data files, tables.

Run `python scripts/update_reference.py` after a question, a parameter, a record or a table of exports has changed.
`--check` changes nothing and prints what is stale. A test does the same.
"""

from __future__ import annotations

import importlib
import inspect
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import msgspec

import govmap
from govmap.cli.commands import declarations
from govmap.cli.options import LANG, OF_ATLAS, OF_OUTPUT, SOURCES, parameters_of
from govmap.dataset.file_records import RECORDS
from govmap.dataset.schema import find_key
from govmap.declaration import Declaration, Parameter
from govmap.facts.tables import described_tables
from govmap.fields import Record
from govmap.formats.schema import json_schema, shapes
from govmap.kinds import KINDS, Cursor, help_of, metavar, usage
from govmap.language import LANGUAGES
from govmap.parts.facts import all_facts
from govmap.questions import NAMES as QUESTIONS
from govmap.questions import declaration_of

DOCS = Path(__file__).parent.parent / "docs" / "reference"
SHARED = (*OF_OUTPUT, LANG, *OF_ATLAS, SOURCES)
COMMANDS_HEAD = """\
# Commands and their JSON

Made by `scripts/update_reference.py` from what each command declares. What holds for the JSON of all of them stands in
[JSON and exit codes](json.md); `govmap schema NAME` prints the same shapes as JSON Schema.

A shape is written as its keys with their types. `?` marks what may be null, `[T]` a list of T, `{…: T}` an object whose
keys are ids or languages. What several answers share is at the [end](#shared-records).
"""
PYTHON_HEAD = """\
# Python functions

Made from signatures and docstrings; the page [In Python](../how-to/python.md) shows how to use them. The fields of what
they return are the keys in [Commands](commands.md).
"""
COUNTS_HEAD = """# Counts of the facts

Made by `scripts/update_reference.py` from the bundled data: of the eight mechanisms as of the reference date, of the
bodies beyond them as of the day on which sources were last looked up (of one that has ended by then, nothing). A fact
is a member, a group, a secretariat, a name, or what a mechanism has one of. What each status means:
[Evidence](../explanation/evidence.md).

"""
SCOPES = {"note": "the eight mechanisms of the source", "wider": "bodies beyond it"}
DATA_HEAD = """\
# Keys of the data files

Made by `scripts/update_reference.py` from the records of `govmap.model` and from `keys.tsv`, which also give the JSON
Schema that `govmap schema dataset` prints. [The data format](data-format.md) tells what holds for all files.
"""
TABLES_HEAD = """\
# Tables of the exports

Made by `scripts/update_reference.py`. After the arrow stands the table whose key a column holds.
[Exports](exports.md) tells what holds for all of them.
"""


def reference() -> str:
    """Return the reference of the commands."""
    parts = [COMMANDS_HEAD, _options()]
    panel, homes = "", _homes()
    for declaration in declarations():
        if declaration.panel != panel:
            panel = declaration.panel
            parts.append(f"## {panel}\n")
        parts.append("\n".join(_command(declaration, homes)))
    parts.append("## Errors\n\n" + "".join(_shapes("error", ["error"], homes)))
    parts.append("## Shared records\n")
    answers = [_parts(name) for name in shapes() if name != "dataset"]  # data-keys.md has that one
    every = {repr(part): _record(part, records) for records in answers for part in records.values()}
    parts.append("".join(sorted(line for key, line in every.items() if homes.get(key) == "")))
    return "\n".join(parts)


def _homes() -> dict[str, str]:
    """Return the command under which each record is described, by the record; "" for what several hold.

    A brief is put together of whole answers, so that it makes nothing shared.
    """
    homes: dict[str, str] = {}
    for name in sorted(QUESTIONS, key=lambda name: name == "brief"):
        for shape in declaration_of(name).shapes:
            for part in _parts(shape.name).values():
                if homes.setdefault(repr(part), name) != name and name != "brief":
                    homes[repr(part)] = ""
    return homes


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


def python() -> str:
    """Return the page on the Python functions, which mkdocstrings fills from signatures and docstrings."""
    parts = [PYTHON_HEAD, "## Open a dataset\n"]
    parts += [_documented(f"govmap.{name}", getattr(govmap, name)) for name in ("load", "speaking", "Atlas")]
    parts.append("## Questions\n")
    parts += [_documented(f"govmap.{name}", getattr(govmap, name)) for name in QUESTIONS]
    errors = [name for name in dir(govmap) if name.endswith("Error")]
    parts += ["## Errors\n", *(_documented(f"govmap.{name}", getattr(govmap, name)) for name in errors)]
    return "\n".join(parts)


def _documented(name: str, what: Any) -> str:
    """Return what makes mkdocstrings describe something under the *name* by which it is imported."""
    return f"::: {what.__module__}.{what.__qualname__}\n    options:\n      heading: {name}\n"


def data_keys() -> str:
    """Return the page on the keys of the data files: those of each file, then of each record in it."""
    parts = [DATA_HEAD]
    for file, record in RECORDS.items():
        parts.append(f"## {file}\n\n{_prose(record)}\n\n{_key_rows(record)}")
        for part in _records_in(record):
            title = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", part.__name__).capitalize()
            parts.append(f"### {title}\n\n{_prose(part)}\n\n{_key_rows(part)}")
    return "\n".join(dict.fromkeys(parts))


def _records_in(record: type[Record]) -> Iterator[type[Record]]:
    """Yield the records that a record holds, and those in them."""
    for field in msgspec.structs.fields(record):
        for part in _types_in(field.type):
            if isinstance(part, type) and issubclass(part, Record):
                yield part
                yield from _records_in(part)


def _types_in(annotation: Any) -> Iterator[Any]:
    """Yield an annotation and all that it is made of."""
    yield annotation
    for part in get_args(annotation):
        yield from _types_in(part)


def _key_rows(record: type[Record]) -> str:
    """Return the table of the keys of a record, those that it must have first."""
    fields = sorted(msgspec.structs.fields(record), key=lambda field: not field.required)
    rows = ["| key | required? | what it holds | example |\n| --- | --- | --- | --- |\n"]
    for field in fields:
        key = find_key(record.__name__, field.encode_name)
        assert key is not None, f"src/govmap/dataset/keys.tsv lacks {record.__name__}.{field.encode_name}"  # noqa: S101
        example = f"`{key.example}`".replace("|", "\\|") if key.example else ""
        words = _choices(field.type)
        text = f"{key.description} ({', '.join(f'`{word}`' for word in words)})" if words else key.description
        rows.append(f"| `{field.encode_name}` | {'yes' if field.required else 'no'} | {text} | {example} |\n")
    return "".join(rows)


def _choices(annotation: Any) -> tuple[str, ...]:
    """Return the words of which a value may be one; none where it is no such choice, or one of a single word."""
    choices = (get_args(part) for part in _types_in(annotation) if get_origin(part) is Literal)
    return next((words for words in choices if len(words) > 1 and words != LANGUAGES), ())


def tables() -> str:
    """Return the page on the tables of the exports."""
    every = described_tables()
    rows = [TABLES_HEAD, "\n| table | holds | key | columns |\n| --- | --- | --- | --- |\n"]
    for table in every:
        columns = (f"`{c.name}`" + (f" → {c.refers}" if c.refers else "") for c in table.columns)
        key = ", ".join(f"`{name}`" for name in table.key)
        rows.append(f"| `{table.name}` | {table.about} | {key} | {', '.join(columns)} |\n")
    rows.append("\n## Columns\n\n| column | what it holds |\n| --- | --- |\n")
    for name in sorted({column.name for table in every for column in table.columns}):
        told = {table.name: c.about for table in every for c in table.columns if c.name == name}
        usual = max(told.values(), key=list(told.values()).count)
        rows.append(f"| `{name}` | {usual} |\n")
        rows += [f"| `{table}.{name}` | {about} |\n" for table, about in told.items() if about != usual]
    return "".join(rows)


def counts() -> str:
    """Return the page on how many facts the data have, by scope and status."""
    then = govmap.load()
    scopes = {m.id: m.scope for m in then.dataset.mechanisms if m.coverage == "full"}
    today = govmap.load(as_of=then.known_until, scope="all")
    told = [
        (fact.mechanisms[0], fact, scope)
        for scope, atlas in (("note", then), ("wider", today))
        for fact in all_facts(atlas)
        if fact.mechanisms
    ]
    facts = [(id_, fact) for id_, fact, scope in told if scopes.get(id_) == scope]
    stated = [(scopes[id_], fact) for id_, fact in facts if fact.part not in ("events", "resolutions")]
    found: Counter[tuple[str, str]] = Counter((scope, fact.evidence.status or "not stated") for scope, fact in stated)
    of_all = Counter(status for _scope, status in found.elements())
    statuses = sorted(of_all, key=lambda status: (-of_all[status], status))
    rows = [COUNTS_HEAD, f"| scope | facts | {' | '.join(statuses)} |\n| --- | ---: |{' ---: |' * len(statuses)}\n"]
    for scope, name in SCOPES.items():
        numbers = [found[scope, status] for status in statuses]
        rows.append(f"| {name} | {sum(numbers)} | {' | '.join(map(str, numbers))} |\n")
    rows.append("\n| mechanism | facts | members | groups | events |\n| --- | ---: | ---: | ---: | ---: |\n")
    for id_ in scopes:
        parts = Counter(fact.part for of, fact in facts if of == id_)
        figures = (parts.total(), parts["members"], parts["groups"], parts["events"])
        rows.append(f"| {id_} | {' | '.join(map(str, figures))} |\n")
    return "".join(rows)


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": reference,
    "python.md": python,
    "data-keys.md": data_keys,
    "tables.md": tables,
    "counts.md": counts,
}


def stale() -> list[str]:
    """Return the pages that are other than what would be written."""
    paths = {DOCS / name: make for name, make in PAGES.items()}
    return [path.name for path, make in paths.items() if not path.exists() or path.read_text("utf-8") != make()]


def main() -> int:
    """Write the pages, unless only to check; return 1 where one is stale."""
    if "--check" not in sys.argv[1:]:
        for name, make in PAGES.items():
            (DOCS / name).write_text(make(), encoding="utf-8")
    found = stale()
    print("\n".join(f"{name} is stale" for name in found) or "The reference is what the declarations say.")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
