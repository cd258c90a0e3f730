"""Takes `--lang` out of a call before anything else is read: the messages on the rest of it are in that language."""

from __future__ import annotations

from govmap.calls import Option
from govmap.cli.request import wants_page
from govmap.errors import UsageError
from govmap.language import LANGUAGES, Language, _, known_language, language_of_environment

OPTION = "--lang"


def language_of(arguments: list[str]) -> tuple[Language, list[str]]:
    """Return the language that a call is to be answered in, and its arguments without the option.

    Without `--lang` and GOVMAP_LANG, pages are in the language of the system's locale; what programs read is English.

    Raises:
        UsageError: The option, or else GOVMAP_LANG, names none of ours; or the option is given twice or without one.

    """
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    places = [i for i, argument in enumerate(options) if argument == OPTION or argument.startswith(f"{OPTION}=")]
    if not places:
        return language_of_environment(with_locale=wants_page(arguments)), arguments
    calls = tuple(Option("lang", language) for language in LANGUAGES)
    if len(places) > 1:
        raise UsageError(_('"{option}" is given twice; use it once').format(option=OPTION), calls)
    at, joined = places[0], "=" in arguments[places[0]]
    tag = arguments[at].partition("=")[2] if joined else options[at + 1] if at + 1 < len(options) else ""
    if not tag.strip():
        raise UsageError(_("{option} needs a language").format(option=OPTION), calls)
    return known_language(tag, OPTION), [*arguments[:at], *arguments[at + (1 if joined else 2) :]]


def likely_language(arguments: list[str]) -> Language:
    """Return the language that a call asks for and English where it asks wrongly."""
    try:
        return language_of(arguments)[0]
    except UsageError:
        return "en"
