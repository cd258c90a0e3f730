"""Links from what a text names to its page: ids anywhere, names where they stand alone or in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import permutations

from markupsafe import Markup, escape

from govmap.atlas import Atlas
from govmap.formats.text import plain, split_addresses
from govmap.site.contents import Entry

_SEPARATORS = re.compile(r"(, |; |\n)")
_WITH_A_REMARK = re.compile(r"(.+?)( \([^()]*\))", re.DOTALL)


class Linker:
    """Links the texts of the pages in one language.

    Attributes:
        here: The address of the page that is written, which does not link to itself.

    """

    def __init__(self, names: Mapping[str, str], ids: Mapping[str, str]) -> None:
        """Hold the addresses of pages by the *names* of what they are about, and by *ids* that no other word is."""
        self._names, self._ids, self.here = {**names, **ids}, dict(ids), ""
        known = "|".join(map(re.escape, sorted(ids, key=len, reverse=True)))
        self._id = re.compile(rf"(?<![\w-])({known})(?![\w-])") if known else None

    def text(self, text: str) -> Markup:
        """Return *text* escaped, with what it names and its web addresses as links, and its line breaks kept."""
        whole = "".join(
            _link(piece, piece, out=True) if is_address else self._linked(piece)
            for piece, is_address in split_addresses(text)
        )
        return Markup(whole.replace("\n", "<br>"))  # noqa: S704 - every piece is escaped

    def address(self, text: str) -> str:
        """Return the address of the page about what *text* names, if it names one and is not on that page."""
        address = self._names.get(text.strip(), "")
        return "" if address == self.here else address

    def _linked(self, text: str) -> str:
        if address := self.address(text):
            return _link(text, address)
        return "".join(self._item(item) for item in _SEPARATORS.split(text))

    def _item(self, item: str) -> str:
        remark = _WITH_A_REMARK.fullmatch(item)
        name, rest = (remark[1], remark[2]) if remark else (item, "")
        if address := self.address(name):
            return _link(name, address) + self._with_ids(rest)
        return self._with_ids(item)

    def _with_ids(self, text: str) -> str:
        pieces = self._id.split(text) if self._id else [text]
        return "".join(
            _link(piece, self._ids[piece]) if at % 2 and self._ids[piece] != self.here else str(escape(plain(piece)))
            for at, piece in enumerate(pieces)
        )


def _link(text: str, address: str, *, out: bool = False) -> str:
    relation = ' rel="external"' if out else ""
    return f'<a href="{escape(plain(address))}"{relation}>{escape(plain(text))}</a>'


def linker(atlas: Atlas, entries: list[Entry], folder: str) -> Linker:
    """Return what links the pages in the *folder* of the language of the answer."""
    addresses = {entry.path: f"{folder}/{entry.path}.html" for entry in entries}
    return Linker(_existing(_names(atlas, entries), addresses), _existing(_ids(atlas), addresses))


def _existing(paths: Iterator[tuple[str, str]], addresses: Mapping[str, str]) -> dict[str, str]:
    return {text: addresses[path] for text, path in paths if path in addresses}


def _names(atlas: Atlas, entries: list[Entry]) -> Iterator[tuple[str, str]]:
    """Yield what stands for a page, the path of each; what comes later wins."""
    for theme in atlas.themes.values():
        yield theme.label, f"theme/{theme.id}"
    for mechanism in atlas.mechanisms.values():
        for group in mechanism.groups:
            yield group.name, f"group/{mechanism.id}-{group.number}"
    for country in atlas.countries.values():
        yield country.alpha3, f"country/{country.alpha3}"
        yield country.name, f"country/{country.alpha3}"
    for mechanism in atlas.mechanisms.values():
        yield mechanism.name, f"mechanism/{mechanism.id}"
    for entry in entries:
        for first, second in permutations(entry.values.get("names", ()), 2):
            yield f"{first}, {second}", entry.path


def _ids(atlas: Atlas) -> Iterator[tuple[str, str]]:
    for source in atlas.sources:
        yield source, f"source/{source}"
    for mechanism in atlas.mechanisms.values():
        yield mechanism.id, f"mechanism/{mechanism.id}"
        for group in mechanism.groups:
            yield f"{mechanism.id}-{group.number}", f"group/{mechanism.id}-{group.number}"
