"""Lets libraries write what other versions of them might: `python -m pytest -n auto -p tests.other_libraries`.

A test that turns red under it holds the bytes of a library, which a release of that library would change.
"""

from __future__ import annotations

import functools
import importlib.util
import warnings
from collections.abc import Callable
from typing import Any

import jinja2
import msgspec
import rich.box
import xlsxwriter

NAMED = ("properties",)  # whose keys are ours

# Before rich and Typer draw anything: a box that is none of theirs.
rich.box.ROUNDED = rich.box.DOUBLE


def _replace(holder: Any, name: str, change: Callable[[Any], Any]) -> None:
    """Let a function return something else, and announce that it is deprecated."""
    old = getattr(holder, name)

    @functools.wraps(old)
    def new(*arguments: Any, **options: Any) -> Any:
        warnings.warn(f"{name} is deprecated", DeprecationWarning, stacklevel=2)
        return change(old(*arguments, **options))

    setattr(holder, name, new)


def _other_schema(schema: Any) -> Any:
    """Return a schema of the same meaning: other keys first, and a rule beside that everything keeps."""
    if isinstance(schema, list | tuple):
        return type(schema)(map(_other_schema, schema))
    if not isinstance(schema, dict):
        return schema
    other = {
        key: {name: _other_schema(each) for name, each in value.items()} if key in NAMED else _other_schema(value)
        for key, value in reversed(schema.items())
    }
    is_open_object = schema.get("type") == "object" and "additionalProperties" in schema
    return {**other, "propertyNames": {"minLength": 0}} if is_open_object else other


def _other_components(found: tuple[Any, dict[str, Any]]) -> tuple[Any, dict[str, Any]]:
    """Return schemas of the same meaning, and the records that they refer to under the same names."""
    tops, records = found
    return _other_schema(tops), {name: _other_schema(record) for name, record in records.items()}


def _other_html(text: str) -> str:
    """Return a page with other blanks between its elements, and quotation marks escaped by their name."""
    return text.replace("&#34;", "&quot;").replace("</p>\n", "</p>\n\n") + "\n"


def _other_document(document: Any) -> Any:
    """Return a Word document that names another producer."""
    document.core_properties.keywords = "made by another version"
    return document


_replace(msgspec.json, "schema_components", _other_components)
_replace(jinja2.Template, "render", _other_html)
if importlib.util.find_spec("docx"):
    import docx

    _replace(docx, "Document", _other_document)

_add_properties = xlsxwriter.Workbook.set_properties


def _set_properties(book: xlsxwriter.Workbook, properties: dict[str, Any]) -> None:
    """Let a workbook name another producer."""
    _add_properties(book, {**properties, "category": "made by another version"})


xlsxwriter.Workbook.set_properties = _set_properties
