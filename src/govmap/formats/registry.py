"""The formats in which an answer can be written. A new one is a module, and one line here.

Each is written from one shape of an answer: its record (`result`), its `page`, its `rows` or its `picture`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from govmap.calls import Option
from govmap.errors import UsageError
from govmap.extras import load_function
from govmap.language import _
from govmap.texts import quoted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Format(NamedTuple):
    """A format.

    Attributes:
        shape: Of what it is written: result, page, rows or picture.
        writer: The module of this package, and the function in it that returns the text (or the bytes).
        endings: What the names of its files end in.
        extra: The extra of the package that brings the libraries of the writer.
        is_text: Whether what is written is text.

    """

    shape: str
    writer: tuple[str, str]
    endings: tuple[str, ...]
    extra: str | None = None
    is_text: bool = True


FORMATS = {
    "table": Format("page", ("table", "to_text"), (".txt",)),
    "json": Format("result", ("json", "to_json"), (".json",)),
    "jsonl": Format("result", ("json", "to_jsonl"), (".jsonl", ".ndjson")),
    "csv": Format("rows", ("csv", "to_csv"), (".csv",)),
    "tsv": Format("rows", ("csv", "to_tsv"), (".tsv", ".tab")),
    "md": Format("page", ("markdown", "to_markdown"), (".md", ".markdown")),
    "html": Format("page", ("html", "to_html"), (".html", ".htm")),
    "yaml": Format("result", ("yaml", "to_yaml"), (".yaml", ".yml")),
    "svg": Format("picture", ("svg", "to_svg"), (".svg",)),
    "xlsx": Format("rows", ("xlsx", "to_xlsx"), (".xlsx",), "excel", is_text=False),
}
BY_ENDING = {ending: name for name, form in FORMATS.items() for ending in form.endings}


def load_writer(name: str) -> Callable[[Any], str | bytes]:
    """Return what writes the format *name*, from the shape of an answer that the format has.

    Raises:
        UsageError: Its libraries are not installed.

    """
    form = FORMATS[name]
    module, function = form.writer
    writer: Callable[[Any], str | bytes] = load_function(
        f"govmap.formats.{module}", function, purpose=f"--format {name}", extra=form.extra
    )
    return writer


def choose_format(typed: str | None, path: Path | None) -> str:
    """Return the name of the format that was *typed*, else that of a file's ending, else table.

    Raises:
        UsageError: There is no such format, or no format has that ending, or it has that of another.

    """
    if typed is not None:
        name = typed.strip().casefold()
        if name not in FORMATS:
            raise UsageError(_("There is no format {name}").format(name=quoted(typed)), tuple(FORMATS))
        if path is not None:
            _refuse_ending(path, name)
        return name
    if path is None:
        return "table"
    if path.is_dir():
        raise UsageError(_("{path} is a folder; name a file in it").format(path=quoted(str(path))))
    if path.suffix.casefold() not in BY_ENDING:
        ending = _("No format is written to {ending}; name one with --format").format(ending=quoted(path.suffix))
        none = _("No format is written to {file}, which has no ending; name one with --format")
        raise UsageError(ending if path.suffix else none.format(file=quoted(path.name)), tuple(FORMATS))
    return BY_ENDING[path.suffix.casefold()]


def _refuse_ending(path: Path, name: str) -> None:
    """Refuse a file whose ending is that of another format than *name*; any text may go to a file of text."""
    meant = BY_ENDING.get(path.suffix.casefold(), name)
    if meant == name or (meant == "table" and FORMATS[name].is_text):
        return
    message = _("{file} ends as {meant} does, and {name} is asked for; give one of them")
    ending = FORMATS[name].endings[0]
    calls = (Option("output", path.with_suffix(ending).name), Option("format", meant))
    raise UsageError(message.format(file=quoted(path.name), meant=meant, name=name), calls)
