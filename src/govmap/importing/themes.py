"""The themes that a table names: those of the bundled vocabulary where it has them, else new ones."""

from __future__ import annotations

import re
import unicodedata

from govmap.calls import Call
from govmap.dataset.store import Loaded
from govmap.importing.books import RefusedError
from govmap.importing.organisations import require_length
from govmap.language import _
from govmap.names.resolver import Names
from govmap.texts import quoted

LONGEST_ID = 80
SEPARATOR = "|"  # between the themes of one cell, as between the names in countries.csv


class Themes:
    """The themes of a table.

    Attributes:
        new: The label of each theme that the bundled vocabulary does not have, by its id.

    """

    def __init__(self, bundled: Loaded) -> None:
        """Start with the themes of the *bundled* data."""
        self.new: dict[str, str] = {}
        self._known: dict[str, str] = {}
        self._ids = {theme.id for theme in bundled.dataset.themes}
        self._names = Names("theme", bundled.names.themes, lambda id_: id_, Call("list", "themes"))

    def check(self, cell: str) -> tuple[str, ...]:
        """Return the labels in a cell; raise RefusedError where one is too long, or could be several themes."""
        labels = tuple(filter(None, (part.strip() for part in cell.split(SEPARATOR))))
        for label in labels:
            require_length(label, "theme")
            found = self._names.exact(label)
            if len(found) > 1:
                raise RefusedError(
                    _("{name} could be any of these themes: {themes}; write which").format(
                        name=quoted(label), themes=", ".join(found)
                    )
                )
        return labels

    def find(self, label: str) -> str:
        """Return the id of the theme called *label*, a new one where there is none."""
        key = unicodedata.normalize("NFKC", label).casefold()
        if key not in self._known:
            exact = self._names.exact(label)
            self._known[key] = exact[0] if exact else self._add(label)
        return self._known[key]

    def _add(self, label: str) -> str:
        decomposed = unicodedata.normalize("NFKD", label).casefold()
        words = re.findall("[a-z0-9]+", "".join(c for c in decomposed if not unicodedata.combining(c)))
        base = "-".join(words)[: LONGEST_ID - 8].strip("-") or "theme"
        number, made = 1, base
        while made in self._ids:
            number += 1
            made = f"{base}-{number}"
        self._ids.add(made)
        self.new[made] = label
        return made
