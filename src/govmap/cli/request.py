"""What a call asks for, seen before its command is known: options found among its words.

`--lang` is taken out of a call before anything else is read: the messages on the rest of it are in that language.
"""

from __future__ import annotations

from collections.abc import Container

from govmap.calls import Option
from govmap.cli.options import SHORT
from govmap.errors import UsageError
from govmap.language import LANGUAGES, Language, _, known_language, language_of_environment

LANG = "--lang"
STANDARD_INPUT = "-"  # where a name is expected, each line of it is one; where a file is, it is the file
RECORDS = ("json", "jsonl")  # formats in which a failure is a record too


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
    if "--json" in arguments:
        return True
    from govmap.formats.registry import find_format  # noqa: PLC0415 - only for a failure

    return find_format(option_values(arguments, ("--format",)).get("format", "")) in RECORDS


def wants_page(arguments: list[str]) -> bool:
    """Return whether people read what a call writes: only that speaks the language of the system's locale."""
    given = option_values(arguments, ("--format", "--output"))
    if "format" in given:
        named = given["format"]
    elif "--json" in arguments:
        return False
    else:
        _stem, dot, named = given.get("output", "").rpartition(".")
        if not dot:
            return True
    from govmap.formats.registry import find_format, is_for_people  # noqa: PLC0415 - not for a table or `--json`

    found = find_format(named)
    return found is not None and is_for_people(found)


def language_of(arguments: list[str]) -> tuple[Language, list[str]]:
    """Return the language that a call is to be answered in, and its arguments without the option.

    Without `--lang` and GOVMAP_LANG, pages are in the language of the system's locale; what programs read is English.

    Raises:
        UsageError: The option, or else GOVMAP_LANG, names none of ours; or the option is given twice or without one.

    """
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    places = [i for i, argument in enumerate(options) if argument == LANG or argument.startswith(f"{LANG}=")]
    if not places:
        return language_of_environment(with_locale=wants_page(arguments)), arguments
    calls = tuple(Option("lang", language) for language in LANGUAGES)
    if len(places) > 1:
        raise UsageError(_('"{option}" is given twice; use it once').format(option=LANG), calls)
    at, joined = places[0], "=" in arguments[places[0]]
    tag = arguments[at].partition("=")[2] if joined else options[at + 1] if at + 1 < len(options) else ""
    if not tag.strip():
        raise UsageError(_("{option} needs a language").format(option=LANG), calls)
    return known_language(tag, LANG), [*arguments[:at], *arguments[at + (1 if joined else 2) :]]


def likely_language(arguments: list[str]) -> Language:
    """Return the language that a call asks for and English where it asks wrongly."""
    try:
        return language_of(arguments)[0]
    except UsageError:
        return "en"
