"""The language of answers, and the functions that mark and translate the texts in them.

The source holds English. Any other language is a gettext catalogue in `locale`, read when its first text is needed; see
scripts/update_translations.py. Keys, ids and the values of closed lists are never translated.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from govmap.calls import Install, Option
from govmap.errors import DataError, UsageError

if TYPE_CHECKING:
    from gettext import GNUTranslations

Language = Literal["en", "es", "pt", "fr"]
LANGUAGES: tuple[Language, ...] = ("en", "es", "pt", "fr")
VARIABLE = "GOVMAP_LANG"
LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")  # in the order of POSIX

_language: ContextVar[Language] = ContextVar("language", default="en")


def current() -> Language:
    """Return the language of the answer."""
    return _language.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Answer in *language* (en, es, pt or fr) within a `with` block, in this thread; outside of any, it is English.

    >>> import govmap
    >>> with govmap.speaking("es"):
    ...     govmap.load().country("PE").name
    'Perú'

    Raises:
        UsageError: There is no such language.

    """
    token = _language.set(known_language(language, "language"))
    try:
        yield
    finally:
        _language.reset(token)


def known_language(tag: str, option: str) -> Language:
    """Return the language of a *tag* such as es, ES, es-MX or pt_BR.

    Raises:
        UsageError: It is none of ours; the message names the *option* that it was given to.

    """
    language = _of_tag(tag)
    if language is None:
        message = _("{option} cannot be {typed}").format(option=option, typed=f'"{tag[:60]}"')
        raise UsageError(message, tuple(LANGUAGES))
    return language


def language_of_environment(*, with_locale: bool = True) -> Language:
    """Return the language that GOVMAP_LANG names, else that of the locale where that is asked for, else English.

    Raises:
        UsageError: GOVMAP_LANG names none of ours. A locale that names none is no mistake: the answer is in English.

    """
    setting = os.environ.get(VARIABLE, "").strip()
    if setting:
        return known_language(setting, VARIABLE)
    if not with_locale:
        return "en"
    locale = next((value for name in LOCALE_VARIABLES if (value := os.environ.get(name))), "")
    return _of_tag(locale) or "en"


def _of_tag(tag: str) -> Language | None:
    first = tag.strip().casefold()
    for mark in "-_.@":
        first = first.partition(mark)[0]
    return next((language for language in LANGUAGES if language == first), None)


def _(text: str) -> str:
    """Return *text*, a whole sentence or phrase for people, in the language of the answer."""
    language = _language.get()
    return text if language == "en" else _catalogue(language).gettext(text)


def ngettext(one: str, many: str, number: int) -> str:
    """Return *one* or *many*, by the plural rules of the language of the answer for *number*."""
    language = _language.get()
    if language == "en":
        return one if number == 1 else many
    return _catalogue(language).ngettext(one, many, number)


def pgettext(context: str, text: str) -> str:
    """Return *text* as `_` does; *context* distinguishes it from the same words with another meaning."""
    language = _language.get()
    return text if language == "en" else _catalogue(language).pgettext(context, text)


def N_(text: str) -> str:  # noqa: N802 - the name that gettext's users know
    """Return *text* unchanged: it marks a constant for translation where that is shown, by `_(NAME)`."""
    return text


def in_language(texts: str | Mapping[Language, str]) -> str:
    """Return the text of the data in the language of the answer; in that which it has where it has none in that."""
    own = None if isinstance(texts, str) else texts.get(_language.get())
    return own or as_in_data(texts)


def in_every_language(text: str) -> tuple[str, ...]:
    """Return *text*, which is translated, in each of the languages."""
    others = (language for language in LANGUAGES if language != "en")
    return (text, *(_catalogue(language).gettext(text) for language in others))


def by_language(texts: str | Mapping[Language, str]) -> dict[Language, str]:
    """Return the languages of a text of the data; none where it does not say in which it is."""
    return {} if isinstance(texts, str) else dict(texts)


def as_in_data(texts: str | Mapping[Language, str]) -> str:
    """Return a text of the data in the language that it has in any case."""
    return texts if isinstance(texts, str) else texts["en"]


@lru_cache
def _catalogue(language: Language) -> GNUTranslations:
    """Return the compiled catalogue of a language; raise DataError where the installation lacks it."""
    from gettext import GNUTranslations  # English does without it
    from io import BytesIO

    package = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - pathlib costs start-up
    path = os.path.join(package, "locale", language, "LC_MESSAGES", "govmap.mo")  # noqa: PTH118 - as above
    loader: Any = __spec__ and __spec__.loader  # that of a zip file reads in it
    try:
        return GNUTranslations(BytesIO(loader.get_data(path)))
    except OSError as error:
        message = f"The installation lacks its texts in the language {language}"
        raise DataError(message, (Install(), Option("lang", "en"))) from error
