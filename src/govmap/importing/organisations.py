"""The organisations of a table: their ids, names, groups and memberships, as its rows tell them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from govmap.dates import last_day
from govmap.importing.books import RefusedError
from govmap.importing.spells import Spell
from govmap.language import _
from govmap.texts import quoted

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
LONGEST_ID = 80
LONGEST_TEXT = 2000


class Organisation:
    """One organisation.

    Attributes:
        id: Its id in the dataset.
        names: Its names, the first of which is shown; others that rows give it are aliases.
        founded: When it was founded, where a row tells that.
        groups: The ids of the themes of each of its groups, by the group's name, in the order of the rows.
        spells: Its memberships, by alpha-3 code.

    """

    def __init__(self, id_: str, name: str) -> None:
        """Start without members, called *name*."""
        self.id = id_
        self.names = [name]
        self.named = False
        self.founded: str | None = None
        self.groups: dict[str, dict[str, None]] = {}
        self.spells: dict[str, list[Spell]] = {}

    def call(self, name: str) -> bool:
        """Take a name from a row, in place of that which was made of the id; return whether it is new."""
        if not self.named:
            self.named = True
            self.names = [name]
            return True
        if name in self.names:
            return False
        self.names.append(name)
        return True

    def found(self, date: str) -> bool:
        """Take from a row when it was founded, the earliest where rows differ; return whether that is new."""
        if self.founded and last_day(self.founded) <= last_day(date):
            return False
        self.founded = date
        return True

    def add_group(self, name: str, themes: Iterable[str]) -> bool:
        """Add a group that works on *themes* (ids), or those to it; return whether any of that is new."""
        known = self.groups.setdefault(name, {})
        before = len(known)
        known.update(dict.fromkeys(themes))
        return len(known) > before


class Organisations:
    """All organisations of a table, by what its rows call them."""

    def __init__(self) -> None:
        """Start with none."""
        self._known: dict[str, Organisation] = {}
        self._by_case: dict[str, str] = {}
        self._ids: set[str] = set()

    def __iter__(self) -> Iterator[Organisation]:
        """Yield the organisations in the order in which rows name them."""
        yield from self._known.values()

    def get(self, typed: str) -> Organisation:
        """Return the organisation that a row calls *typed*, a new one where no row has yet.

        Raises:
            RefusedError: It has no name, one that is too long, or one that differs from another by capitals alone.

        """
        if typed in self._known:
            return self._known[typed]
        if not typed:
            raise RefusedError(_("no organisation is named"))
        require_length(typed, "organisation")
        other = self._by_case.setdefault(unicodedata.normalize("NFKC", typed).casefold(), typed)
        if other != typed:
            raise RefusedError(
                _("{name} differs from {other} by capitals alone; write one").format(
                    name=quoted(typed), other=quoted(other)
                )
            )
        self._known[typed] = Organisation(self._id(typed), typed)
        return self._known[typed]

    def _id(self, typed: str) -> str:
        """Return an id like *typed* that no other organisation has, whatever the case of its letters."""
        base = typed if ID.fullmatch(typed) else _plain(typed)
        number, made = 1, base
        while made.casefold() in self._ids:
            number += 1
            made = f"{base[: LONGEST_ID - 8]}-{number}"
        self._ids.add(made.casefold())
        return made


def _plain(text: str) -> str:
    """Return *text* in the letters of an id, words with a hyphen between; "organisation" where it has none of them."""
    decomposed = unicodedata.normalize("NFKD", text)
    words = re.findall(r"[A-Za-z0-9]+", "".join(c for c in decomposed if not unicodedata.combining(c)))
    return "-".join(words)[:LONGEST_ID].strip("-") or "organisation"


def require_length(text: str, what: str) -> None:
    """Raise RefusedError where *text* is longer than a text of a dataset may be."""
    if len(text) > LONGEST_TEXT:
        raise RefusedError(
            _("`{what}` has {n} characters; at most {most} are allowed").format(
                what=what, n=len(text), most=LONGEST_TEXT
            )
        )
