"""What differs between shells: the script that asks for completion, how words come, and how offers are written.

A script hands over the words of the line up to the cursor, and gets one line for each offer. What an offer puts
into the line is quoted, by govmap or by the shell itself, so that the shell reads it back as one word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple

from govmap.names.folding import begins, fold

_QUOTES = frozenset("'\"")
_LISTING = "63"  # COMP_TYPE of a second Tab, the code of a question mark
_APOSTROPHES = re.compile("(['‘’‚‛])")  # all of them quotes to PowerShell


class Offer(NamedTuple):
    """A word that may stand at the cursor, and what it stands for."""

    text: str
    about: str = ""


class Cursor(NamedTuple):
    """Where the cursor stands.

    Attributes:
        words: The words before the one at the cursor, without quotes, and an option apart from its `=`.
        prefix: The beginning of the word at the cursor, without quotes.
        option: The `--option=` that stands before it in the same word.
        quote: The quote that is open, for a shell in which what is inserted stays within it.
        listing: Whether the offers are only shown.

    """

    words: list[str]
    prefix: str
    option: str = ""
    quote: str = ""
    listing: bool = False


class Shell(NamedTuple):
    """How one shell is served.

    Attributes:
        file: The file beside this module, in `completion`, of the script that it evaluates at its start.
        read: Returns where the cursor stands from what the script hands over.
        lines: Returns what the script expects, a line for each offer.

    """

    file: str
    read: Callable[[Sequence[str]], Cursor]
    lines: Callable[[Cursor, Sequence[Offer]], list[str]]

    def script(self) -> str:
        """Return the script that it evaluates at its start."""
        from importlib.resources import files  # not while a line is completed

        return files("govmap.cli").joinpath("completion").joinpath(self.file).read_text(encoding="utf-8")


def _unquoted(word: str) -> str:
    """Return what a word that may still be open stands for: quotes and backslashes taken away, nothing evaluated."""
    pieces = re.findall(r"'([^']*)'?|\"((?:\\.|[^\"\\])*)\"?|((?:\\.|[^'\"\\])+)", word, re.DOTALL)
    return "".join(single + re.sub(r"\\(.)", r"\1", double + bare, flags=re.DOTALL) for single, double, bare in pieces)


def _read(raw: Sequence[str]) -> Cursor:
    """Return where the cursor stands from words with their quotes."""
    *words, last = map(_unquoted, raw)
    return _parted(words, last)


def _parted(words: list[str], last: str) -> Cursor:
    option, equals, prefix = last.partition("=")
    if equals and option.startswith("--"):
        return Cursor([*words, option], prefix, f"{option}=")
    return Cursor(words, last)


def _read_bash(raw: Sequence[str]) -> Cursor:
    """Return where the cursor stands from COMP_TYPE and words that are parted at each `=` as well."""
    kind, *words = raw
    *before, last = [*(word for word in words if word != "="), *([""] if words[-1] == "=" else [])]
    quote = last[:1] if last[:1] in _QUOTES else ""
    if _QUOTES.intersection(re.sub(r"\\.", "", last[1:])) & ({quote} if quote else _QUOTES):
        return Cursor([""], "")  # a quote begins or ends amid the word: nothing is offered, as it would go there
    return _read([*before, last])._replace(quote=quote, listing=kind == _LISTING)


def _read_powershell(raw: Sequence[str]) -> Cursor:
    """Return where the cursor stands from words of which only the last may have a quote, at its beginning."""
    *words, last = raw
    return _parted(words, last.lstrip("'\""))


def _lines_bash(cursor: Cursor, offers: Sequence[Offer]) -> list[str]:
    if cursor.listing:
        return [offer.text for offer in offers]
    return [cursor.option + _quoted_for_bash(text, cursor.quote) for text in _extending(cursor.prefix, offers)]


def _quoted_for_bash(text: str, quote: str) -> str:
    """Return *text* quoted as it stands within an open *quote*, or without one."""
    if quote == "'":
        return text.replace("'", r"'\''")
    if quote:
        return re.sub(r'([\\"$`])', r"\\\1", text).replace("!", r'"\!"')
    return re.sub(r"(?![\w%+./-])([ -~])", r"\\\1", text)


def _lines_zsh(cursor: Cursor, offers: Sequence[Offer]) -> list[str]:
    texts = _extending(cursor.prefix, offers)
    fields = ((cursor.option + text, offer.about) for text, offer in zip(texts, offers, strict=True))
    return [":".join(re.sub(r"([\\:])", r"\\\1", field) for field in pair if field) for pair in fields]


def _lines_fish(cursor: Cursor, offers: Sequence[Offer]) -> list[str]:
    """Return the offers with what they stand for; fish drops those that do not begin with the prefix."""
    return [f"{cursor.option}{_respelled(cursor.prefix, offer.text)}\t{offer.about}" for offer in offers]


def _lines_powershell(cursor: Cursor, offers: Sequence[Offer]) -> list[str]:
    """Return the offers as they go into the line, as they are shown, and what they stand for."""
    return [
        f"{_quoted_for_powershell(cursor.option + offer.text)}\t{offer.text}\t{offer.about or offer.text}"
        for offer in offers
    ]


def _quoted_for_powershell(text: str) -> str:
    doubled = _APOSTROPHES.sub(r"\1\1", text)
    return text if re.fullmatch(r"[\w-][\w.-]*", text) else f"'{doubled}'"


def _extending(prefix: str, offers: Sequence[Offer]) -> list[str]:
    """Return the texts of *offers* for a shell that puts what is common to them in place of the prefix.

    One alone stands as it is. Several begin with one and the same text as long as the prefix, so that none is lost.
    """
    if len(offers) == 1:
        return [offers[0].text]
    texts = [_respelled(prefix, offer.text) for offer in offers]
    if len({text[: len(prefix)] for text in texts}) > 1:
        return [_with_prefix(prefix, text) for text in texts]
    return texts


def _respelled(prefix: str, text: str) -> str:
    """Return *text* so that it begins as *prefix* but for case: as it is, without accents, or spelled as the prefix."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    spelled = (other for other in (text, plain) if other.casefold().startswith(prefix.casefold()))
    return next(spelled, None) or _with_prefix(prefix, text)


def _with_prefix(prefix: str, text: str) -> str:
    """Return *text* with *prefix* as its beginning, where that is still the same name."""
    rest = next(text[i:] for i in range(len(text) + 1) if begins(text[:i], prefix))
    spelled = prefix + (rest if prefix[-1:].isalnum() else rest.lstrip(" '’-.,/&"))
    return spelled if fold(spelled) == fold(text) else text


SHELLS = {
    "bash": Shell("govmap.bash", _read_bash, _lines_bash),
    "zsh": Shell("govmap.zsh", _read, _lines_zsh),
    "fish": Shell("govmap.fish", _read, _lines_fish),
    "powershell": Shell("govmap.ps1", _read_powershell, _lines_powershell),
}
