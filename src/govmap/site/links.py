"""Links from what a text names to its page: ids anywhere, names where they stand alone or in a list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import permutations

from markupsafe import Markup, escape

from govmap.atlas import Atlas
from govmap.formats.text import plain, split_addresses
from govmap.language import _
from govmap.site.contents import CHANGES, Entry

MECHANISM = "/mechanism/"  # in the address of the page about one
KNOWN = 10_000  # texts that are kept with their links
_WORD = re.compile(r"([\w-]+(?:\.[\w-]+)*)")  # as an id is one
_SEPARATORS = re.compile(r"(, |; |\n)")
_ITEM = re.compile(r"( *[0-9]+ |)(.+?)( \([^()]*\)|)", re.DOTALL)  # a name, with its number and a remark on it


class Linker:
    """Links the texts of the pages in one language.

    Attributes:
        here: The address of the page that is written, which does not link to itself.

    """

    def __init__(self, names: Mapping[str, str], ids: Mapping[str, str]) -> None:
        """Hold the addresses of pages by the *names* of what they are about, and by *ids* that no other word is."""
        self._names, self._ids, self.here = {**names, **ids}, dict(ids), ""
        self._text = lru_cache(KNOWN)(self._with_links)  # most texts stand on many pages

    def text(self, text: str) -> Markup:
        """Return *text* escaped, with what it names and its web addresses as links, and its line breaks kept."""
        if MECHANISM not in self.here:  # where groups are its own
            linked = self._text(text, "")
            if self.here not in linked:
                return linked
        return self._text(text, self.here)

    def address(self, text: str) -> str:
        """Return the address of the page about what *text* names, if it names one and is not on that page."""
        return self._address(text, self.here)

    def _with_links(self, text: str, here: str) -> Markup:
        whole = "".join(
            _link(piece, piece, out=True) if is_address else self._linked(piece, here)
            for piece, is_address in split_addresses(text)
        )
        return Markup(whole.replace("\n", "<br>"))  # noqa: S704 - every piece is escaped

    def _address(self, text: str, here: str) -> str:
        name = text.strip()
        address = self._names.get(here.partition(MECHANISM)[2] + name) or self._names.get(name, "")
        return "" if address == here else address

    def _linked(self, text: str, here: str) -> str:
        if address := self._address(text, here):
            return _link(text, address)
        return "".join(self._item(item, here) for item in _SEPARATORS.split(text))

    def _item(self, item: str, here: str) -> str:
        if address := self._address(item, here):
            return _link(item, address)
        match = _ITEM.fullmatch(item)
        number, name, remark = match.groups() if match else ("", item, "")
        linked, added = self._address(name, here), self._address(remark[2:-1], here)
        before = number + _link(name, linked) if linked else self._with_ids(number + name, here)
        return f"{before} ({_link(remark[2:-1], added)})" if added else before + self._with_ids(remark, here)

    def _with_ids(self, text: str, here: str) -> str:
        pieces = _WORD.split(text)
        if self._ids.keys().isdisjoint(pieces):
            return str(escape(plain(text)))
        addresses = (self._ids.get(piece, here) for piece in pieces)
        return "".join(
            escape(plain(piece)) if address == here else _link(piece, address)
            for piece, address in zip(pieces, addresses, strict=True)
        )


def _link(text: str, address: str, *, out: bool = False) -> str:
    relation = ' rel="external"' if out else ""
    return f'<a href="{escape(plain(address))}"{relation}>{escape(plain(text))}</a>'


def linker(atlas: Atlas, entries: list[Entry], folder: str) -> Linker:
    """Return what links the pages in the *folder* of the language of the answer."""
    addresses = {entry.path: f"{folder}/{entry.path}.html" for entry in entries}
    return Linker(_existing(_names(atlas, entries), addresses), _existing(_ids(entries), addresses))


def _existing(paths: Iterator[tuple[str, str]], addresses: Mapping[str, str]) -> dict[str, str]:
    return {text: addresses[path] for text, path in paths if path in addresses}


def _names(atlas: Atlas, entries: list[Entry]) -> Iterator[tuple[str, str]]:
    """Yield what stands for a page, the path of each; what comes later wins."""
    groups = [(mechanism.id, group) for mechanism in atlas.mechanisms.values() for group in mechanism.groups]
    called = Counter(group.name for _id, group in groups)
    yield _(CHANGES), "changes"
    for id_, group in groups:
        yield f"{id_}.html{group.name}", f"group/{id_}-{group.number}"  # on the page of its mechanism
        if called[group.name] == 1:  # else it would lead to the group of another mechanism
            yield group.name, f"group/{id_}-{group.number}"
    for theme in atlas.themes.values():
        yield theme.label, f"theme/{theme.id}"
    for country in atlas.countries.values():
        yield country.alpha3, f"country/{country.alpha3}"
        yield country.name, f"country/{country.alpha3}"
    for mechanism in atlas.mechanisms.values():
        yield mechanism.name, f"mechanism/{mechanism.id}"
    for entry in entries:
        for first, second in permutations(entry.values.get("names", ()), 2):
            yield f"{first.id}, {second.id}", entry.path


def _ids(entries: list[Entry]) -> Iterator[tuple[str, str]]:
    """Yield the id of each source, mechanism and group, and the path of its page; what comes later wins."""
    for kind in ("source/", "mechanism/", "group/"):
        yield from ((entry.about, entry.path) for entry in entries if entry.path.startswith(kind))
