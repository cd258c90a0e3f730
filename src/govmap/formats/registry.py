"""The registry of output formats. A new format is a module and one line here.

Each format renders one shape of an answer, a method of `govmap.presentation.Presentation`: its `record`, its `page`,
its `rows`, its `sheet` (rows for people) or its `picture`.
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
        shape: What it renders: record, page, rows, sheet or picture.
        writer: The module in this package and the function that returns the text or bytes.
        endings: The endings of its files; the first is the usual one.
        is_text: Whether the writer returns text rather than bytes.
        extra: The extra of the package that installs its libraries, if any.

    """

    shape: str
    writer: tuple[str, str]
    endings: tuple[str, ...]
    is_text: bool = True
    extra: str | None = None


FORMATS = {
    "table": Format("page", ("table", "to_text"), (".txt",)),
    "json": Format("record", ("json", "to_json"), (".json",)),
    "jsonl": Format("record", ("json", "to_jsonl"), (".jsonl", ".ndjson")),
    "csv": Format("rows", ("csv", "to_csv"), (".csv",)),
    "tsv": Format("rows", ("csv", "to_tsv"), (".tsv", ".tab")),
    "md": Format("page", ("markdown", "to_markdown"), (".md", ".markdown")),
    "html": Format("page", ("html", "to_html"), (".html", ".htm")),
    "yaml": Format("record", ("yaml", "to_yaml"), (".yaml", ".yml")),
    "svg": Format("picture", ("svg", "to_svg"), (".svg",)),
    "xlsx": Format("sheet", ("xlsx", "to_xlsx"), (".xlsx",), is_text=False),
    "png": Format("picture", ("png", "to_png"), (".png",), is_text=False, extra="pictures"),
    "docx": Format("page", ("docx", "to_docx"), (".docx",), is_text=False, extra="docx"),
}
BY_ENDING = {ending: name for name, form in FORMATS.items() for ending in form.endings}


def find_format(text: str) -> str | None:
    """Return the format that a *text* names, by its name or by an ending of its files; None where there is none."""
    name = text.strip().casefold()
    return BY_ENDING.get(f".{name}") or (name if name in FORMATS else None)


def is_for_people(name: str) -> bool:
    """Return whether people read the format called *name*; the others are for programs."""
    return FORMATS[name].shape in ("page", "picture")


def load_writer(name: str) -> Callable[[Any], str | bytes]:
    """Return the writer of the format *name*, a function of the format's shape."""
    module, function = FORMATS[name].writer
    writer: Callable[[Any], str | bytes] = load_function(
        f"govmap.formats.{module}", function, purpose=f"--format {name}", extra=FORMATS[name].extra
    )
    return writer


def choose_format(requested: str | None, path: Path | None) -> str:
    """Return the *requested* format (by name or as a file ends), else the format of the file's ending, else `table`.

    Raises:
        UsageError: The format is unknown, no format has the ending, or the two contradict each other.

    """
    if requested is not None:
        name = find_format(requested)
        if name is None:
            raise UsageError(_("There is no format {name}").format(name=quoted(requested)), tuple(FORMATS))
        other = BY_ENDING.get(path.suffix.casefold(), name) if path else name
        # Every text format may go to .txt.
        if path and other != name and not (other == "table" and FORMATS[name].is_text):
            message = _("{file} has the extension of {meant}, but {name} is asked for; use one of them")
            ending = FORMATS[name].endings[0]
            suggestions = (Option("output", path.with_suffix(ending).name), Option("format", other))
            raise UsageError(message.format(file=quoted(path.name), meant=other, name=name), suggestions)
        return name
    if path is None:
        return "table"
    if path.is_dir():
        raise UsageError(_("{path} is a folder; name a file in it").format(path=quoted(str(path))))
    if path.suffix.casefold() in BY_ENDING:
        return BY_ENDING[path.suffix.casefold()]
    message = _("{file} has no extension; use --format")
    if path.suffix:
        message = _("Unsupported file type {ending}; use --format")
    raise UsageError(message.format(file=quoted(path.name), ending=quoted(path.suffix)), tuple(FORMATS))
