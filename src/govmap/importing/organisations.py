"""The organisations of a table: their ids, names, groups and memberships."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from msgspec import Struct

from govmap.dates import last_day
from govmap.importing.cells import RefusedError, check_length
from govmap.importing.countries import State
from govmap.importing.ids import claim_id, is_id, slug
from govmap.importing.spells import Spell, split
from govmap.language import _
from govmap.texts import quoted


class Organisation(Struct):
    """One organisation.

    Attributes:
        id: Its id in the dataset.
        text: What identifies it in the table; its name, if no row gives it one.
        names: Its names, the first of which is shown; the others are aliases.
        founded: When it was founded.
        groups: The ids of the themes of each group, by the group's name. The inner dict is an ordered set.
        spells: Its memberships, by alpha-3 code.

    """

    id: str
    text: str
    names: list[str] = []
    founded: str | None = None
    groups: dict[str, dict[str, None]] = {}
    spells: dict[str, list[Spell]] = {}

    def add_name(self, name: str) -> bool:
        """Add a name; return whether it is new."""
        if name in self.names:
            return False
        self.names.append(name)
        return True

    def add_founding(self, date: str) -> bool:
        """Set when it was founded, unless an earlier date is known; return whether that is new."""
        if self.founded and last_day(self.founded) <= last_day(date):
            return False
        self.founded = date
        return True

    def add_group(self, name: str, themes: Iterable[str]) -> bool:
        """Add a group, or further *themes* (ids) of it; return whether any of them is new."""
        known = self.groups.setdefault(name, {})
        before = len(known)
        known.update(dict.fromkeys(themes))
        return len(known) > before

    def add_spell(self, state: State, spell: Spell, last_year: int | None = None) -> None:
        """Add a membership, as one of each record that *state* stands for in that time."""
        for alpha3, part in split(state, spell, last_year):
            self.spells.setdefault(alpha3, []).append(part)


class Organisations(dict[str, Organisation]):
    """All organisations of a table, by the text that identifies each in its rows; made when first looked up."""

    def __init__(self) -> None:
        """Start with none."""
        super().__init__()
        self._texts: dict[str, str] = {}  # by folded text
        self._ids: dict[str, int] = {}

    def __missing__(self, text: str) -> Organisation:
        """Add and return the organisation that *text* identifies.

        Raises:
            RefusedError: The text is empty, too long, or differs from that of another organisation by case alone.

        """
        if not text:
            raise RefusedError(_("the organisation is missing"))
        check_length(text, "organisation")
        other = self._texts.setdefault(unicodedata.normalize("NFKC", text).casefold(), text)
        if other != text:
            message = _("{name} differs from {other} only in capitals; write one")
            raise RefusedError(message.format(name=quoted(text), other=quoted(other)))
        id_ = claim_id(text if is_id(text) else slug(text) or "organisation", self._ids)
        self[text] = organisation = Organisation(id_, text)
        return organisation
