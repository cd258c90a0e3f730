"""Decides which column of a table plays which role: as `--column` says, else by its name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from govmap.calls import Option
from govmap.errors import DataError, UsageError
from govmap.importing.countries import CODES_BY_COLUMN
from govmap.language import _, in_every_language
from govmap.names.folding import fold
from govmap.texts import quoted

# The roles, and the names of the columns that play them by default: those of the documentation, of the tables that
# `export csv` writes, of the files of the Correlates of War on international organisations, and in es, pt and fr. Case,
# accents and apostrophes make no difference.
ROLES: dict[str, tuple[str, ...]] = {
    "organisation": ("organisation", "organization", "mechanism", "ioname", "organización", "organização"),
    "country": ("country", "ccode", "stateabb"),
    "from": (
        *("from", "since", "start", "start date", "inicio", "fecha de inicio", "data de início", "a partir de"),
        *("début", "date de début", "dès", "du"),
    ),
    "to": (
        *("to", "end", "end date", "hasta", "fin", "fecha de fin", "até", "fim", "data de fim"),
        *("jusqu'à", "jusqu'au", "jusqu'en", "jusque", "date de fin", "au"),
    ),
    "until": ("until",),
    "joined_after": ("joined_after",),
    "joined_by": ("joined_by",),
    "relation": ("relation",),
    "name": ("name", "orgname", "mechanism_name"),
    "group": ("group",),
    "theme": ("theme",),
    "founded": ("founded", "sdate"),
    "year": ("year", "año", "année"),
}
# The headings of pages that say the same, and words of the data; both are translated.
HEADINGS = {
    "organisation": ("Mechanism", "Body"),
    "country": ("Country",),
    "from": ("Since",),
    "relation": ("Role", "relation"),
    "group": ("Group",),
    "theme": ("Theme", "Themes"),
}
MOST_NAMES = 12  # columns that a message names


class Columns(NamedTuple):
    """The columns of a table.

    Attributes:
        header: The names of all columns.
        roles: The index of the column that plays each role.

    """

    header: tuple[str, ...]
    roles: dict[str, int]

    def codes(self) -> str:
        """Return which codes of countries the table has, as its header suggests: a key of `countries.CODES`."""
        if "country" in self.roles:
            name = self.header[self.roles["country"]].casefold()
            return CODES_BY_COLUMN.get(name.replace("_", "").replace(" ", ""), "name")
        organisation = self.roles.get("organisation")
        return "igo" if organisation is not None and self.header[organisation].casefold() == "ioname" else "name"

    def by_role(self, cells: list[str]) -> dict[str, str]:
        """Return the cell of each role in a row; empty if no column plays it."""
        return {role: cells[self.roles[role]] if role in self.roles else "" for role in ROLES}


def parse_roles(options: Iterable[str]) -> dict[str, str]:
    """Return the name of the column for each role, from texts such as `country=iso3c`; it is empty for no column.

    Raises:
        UsageError: A text is not of that form, its role does not exist, or is given twice.

    """
    names: dict[str, str] = {}
    for text in options:
        role, sign, name = text.partition("=")
        role = role.strip().casefold().replace("organization", "organisation")
        if not sign:
            message = _("--column takes ROLE=NAME, not {typed}").format(typed=quoted(text))
            raise UsageError(message, (Option("column", "country=iso3c"),))
        if role not in ROLES:
            message = _("A column cannot be the {role}").format(role=quoted(role))
            raise UsageError(message, tuple(Option("column", f"{known}={name or 'NAME'}") for known in ROLES))
        if role in names:
            raise UsageError(_("--column gives the {role} twice; give it once").format(role=role))
        names[role] = name.strip()
    return names


def choose_columns(header: tuple[str, ...], names: dict[str, str], where: str) -> Columns:
    """Return which column of *header* plays which role; *names* has the roles that the user chose.

    Raises:
        DataError: The table has no column of a chosen name.

    """
    indexes = {name: index for index, name in enumerate(header)}
    folded = {_plain(name): index for index, name in reversed(tuple(enumerate(header)))}
    roles: dict[str, int] = {}
    for role, name in names.items():
        if name:
            index = indexes.get(name, folded.get(_plain(name)))
            if index is None:
                message = _("{where} has no column {name}; its columns are {columns}")
                raise DataError(message.format(where=where, name=quoted(name), columns=list_names(header)))
            roles[role] = index
    taken = set(roles.values())
    for role, own_names in ROLES.items():
        shown = (name for text in HEADINGS.get(role, ()) for name in in_every_language(text))
        defaults = tuple(map(_plain, (*own_names, *shown)))
        index = next((folded[name] for name in defaults if name in folded and folded[name] not in taken), None)
        if role not in names and index is not None:
            roles[role] = index
            taken.add(index)
    return Columns(header, roles)


def _plain(name: str) -> str:
    """Return the *name* of a column as names are compared; one of signs alone stays as it is."""
    return fold(name) or name


def list_names(header: tuple[str, ...]) -> str:
    """Return the names of the first columns, for a message."""
    names = ", ".join(map(quoted, header[:MOST_NAMES]))
    return f"{names} …" if len(header) > MOST_NAMES else names
