"""What a call asks for, seen before its command is known: options found among its words."""

from __future__ import annotations

from collections.abc import Container

from govmap.cli.options import SHORT

RECORDS = ("json", "jsonl")  # formats in which a failure is a record too
PAGES = (
    "table",
    "md",
    "html",
    "svg",
    "png",
    "docx",
    "txt",
    "markdown",
    "htm",
)  # formats, and endings of files, that people read


def option_values(arguments: list[str], options: Container[str]) -> dict[str, str]:
    """Return the values of those *options* that stand among the words of a call, by the names of parameters."""
    found = {}
    words = arguments[: arguments.index("--")] if "--" in arguments else arguments
    for at, word in enumerate(words):
        name, equals, value = word.partition("=")
        if word[:2] in SHORT and not word.startswith("--"):
            name, equals, value = SHORT[word[:2]], word[2:], word[2:].removeprefix("=")
        if name in options:
            following = words[at + 1] if at + 1 < len(words) and not words[at + 1].startswith("--") else ""
            found[name[2:].replace("-", "_")] = value if equals else following
    return found


def wants_json(arguments: list[str]) -> bool:
    """Return whether a call asks for JSON, so that its failure is JSON too."""
    return "--json" in arguments or option_values(arguments, ("--format",)).get("format") in RECORDS


def wants_page(arguments: list[str]) -> bool:
    """Return whether people read what a call writes: only that speaks the language of the system's locale."""
    given = option_values(arguments, ("--format", "--output"))
    if "--json" in arguments or "format" in given:
        return given.get("format", "json").strip().casefold() in PAGES
    ending = given.get("output", "").rpartition(".")
    return not ending[1] or ending[2].casefold() in PAGES
