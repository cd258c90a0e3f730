"""Resolves the themes of a table: to those of the bundled vocabulary if it has them, else to new ones."""

from __future__ import annotations

import unicodedata

from govmap.calls import Call
from govmap.facts.database import Database
from govmap.fields import LONGEST_ID
from govmap.importing.cells import check_length
from govmap.importing.ids import claim_id, slug
from govmap.names.resolver import Resolver

SEPARATOR = "|"  # between the themes of one cell, as between the names in countries.csv


class ThemeResolver:
    """Finds themes by label.

    Attributes:
        new: The label of each theme that the bundled vocabulary does not have, by its id.

    """

    def __init__(self, bundled: Database) -> None:
        """Start with the themes of the *bundled* data."""
        self.new: dict[str, str] = {}
        self._resolved: dict[str, str] = {}
        self._ids = dict.fromkeys((theme.id for theme in bundled.dataset.themes), 1)
        self._names = Resolver("theme", bundled.names.themes, lambda id_: id_, Call("list", "themes"))

    def parse(self, cell: str) -> tuple[str, ...]:
        """Return the labels in a cell; raise RefusedError if one is too long."""
        labels = tuple(filter(None, (part.strip() for part in cell.split(SEPARATOR))))
        for label in labels:
            check_length(label, "theme")
        return labels

    def resolve(self, label: str) -> str:
        """Return the id of the theme with a *label*, a new theme if there is none."""
        key = unicodedata.normalize("NFKC", label).casefold()
        if key not in self._resolved:
            ids = self._names.exact(label)
            if not ids:
                folded = unicodedata.normalize("NFKD", label).casefold()
                ids = (claim_id(slug(folded, LONGEST_ID - 8) or "theme", self._ids),)
                self.new[ids[0]] = label
            self._resolved[key] = ids[0]
        return self._resolved[key]
