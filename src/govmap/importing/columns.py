"""Which column of a table plays which role: told by `--column`, else by its name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from govmap.calls import Option
from govmap.errors import DataError, UsageError
from govmap.importing.places import CODES_BY_COLUMN
from govmap.language import _
from govmap.texts import quoted

# The roles, each with the names by which a column plays it without being told: those of the documents, of the tables
# that `export csv` writes, and of the files of the Correlates of War on international organisations.
ROLES: dict[str, tuple[str, ...]] = {
    "organisation": ("organisation", "organization", "mechanism", "ioname"),
    "country": ("country", "ccode", "stateabb"),
    "from": ("from", "since"),
    "to": ("to",),
    "until": ("until",),
    "joined_after": ("joined_after",),
    "joined_by": ("joined_by",),
    "relation": ("relation",),
    "name": ("name", "orgname"),
    "group": ("group",),
    "theme": ("theme",),
    "founded": ("founded", "sdate"),
    "year": ("year",),
}
# Columns of the Correlates of War that stand beside the memberships, in the file by organisation and in that by state.
BESIDE_ORGANISATIONS = frozenset(
    (
        *("orgname", "longorgname", "deaddate", "dead", "integrated", "replaced", "ionum", "igocode"),
        *("version", "accuracyofpre1965membershipdates", "sourcesandnotes", "imputed"),
        *("political", "social", "economic"),
    )
)
BESIDE_STATES = frozenset(("state", "stateabb", "statenme", "version"))


class Columns(NamedTuple):
    """The columns of a table.

    Attributes:
        header: The names of all.
        roles: The place of the column that plays each role, from 0.

    """

    header: tuple[str, ...]
    roles: dict[str, int]

    def name(self, role: str) -> str:
        """Return the name of the column that plays *role*."""
        return self.header[self.roles[role]]

    def codes(self) -> str:
        """Return which codes of countries the table has, as far as the name of their column tells: see `CODES`."""
        if "country" not in self.roles:
            return (
                "igo" if "organisation" in self.roles and self.name("organisation").casefold() == "ioname" else "name"
            )
        return CODES_BY_COLUMN.get(self.name("country").casefold().replace("_", "").replace(" ", ""), "name")


def parse_roles(typed: Iterable[str]) -> dict[str, str]:
    """Return the name of the column for each role that was typed as ROLE=NAME; an empty name is for no column.

    Raises:
        UsageError: It is not of that form, there is no such role, or it is given twice.

    """
    given: dict[str, str] = {}
    for text in typed:
        role, sign, name = text.partition("=")
        role = role.strip().casefold().replace("organization", "organisation")
        if not sign:
            raise UsageError(
                _("--column takes ROLE=NAME, not {typed}").format(typed=quoted(text)),
                (Option("column", "country=iso3c"),),
            )
        if role not in ROLES:
            message = _("A column cannot be the {role}").format(role=quoted(role))
            raise UsageError(message, tuple(Option("column", f"{known}={name or 'NAME'}") for known in ROLES))
        if role in given:
            raise UsageError(_("--column gives the {role} twice; give it once").format(role=role))
        given[role] = name.strip()
    return given


def choose_columns(header: tuple[str, ...], given: dict[str, str], where: str) -> Columns:
    """Return which column of *header* plays which role, those *given* first, by name.

    Raises:
        DataError: The table has no column of a name that is given.

    """
    roles: dict[str, int] = {}
    places = {name: place for place, name in enumerate(header)}
    folded = {name.casefold(): place for place, name in reversed(tuple(enumerate(header)))}
    for role, name in given.items():
        if not name:
            continue
        place = places.get(name, folded.get(name.casefold()))
        if place is None:
            shown = ", ".join(map(quoted, header[:12]))
            raise DataError(
                _("{where} has no column {name}; its columns are {columns}").format(
                    where=where, name=quoted(name), columns=f"{shown} …" if len(header) > 12 else shown
                )
            )
        roles[role] = place
    taken = set(roles.values())
    for role, names in ROLES.items():
        place = next((folded[name] for name in names if name in folded and folded[name] not in taken), None)
        if role not in given and place is not None:
            roles[role] = place
            taken.add(place)
    return Columns(header, roles)
