"""From what a table calls a country to its records: exact names and codes alone, never a guess.

A code of the Correlates of War names a state through all its forms: 365 is Russia, the Soviet Union, and Russia
again. Such a code stands for several records, each with its time, so that a historical state keeps what was its own.
"""

from __future__ import annotations

import csv
import io
from functools import cached_property
from typing import NamedTuple

from govmap.calls import Call
from govmap.dataset.countries import read_countries
from govmap.dataset.index import country_codes, country_labels
from govmap.dataset.loader import bundled_file
from govmap.dataset.store import Loaded
from govmap.language import N_, _
from govmap.model import Country
from govmap.names.resolver import Names, build_keys
from govmap.texts import OR, enumerated, quoted

MOST_SUGGESTIONS = 200  # so many unknown names get a suggestion, as finding one takes a thousandth of a second
CODES = {
    "name": N_("names, alpha-2 and alpha-3 codes"),
    "iso3n": N_("numbers of ISO 3166-1 and UN M49"),
    "cown": N_("numbers of the Correlates of War"),
    "cowc": N_("letters of the Correlates of War"),
    "igo": N_("the names that the files of the Correlates of War on organisations give states"),
}
# The columns whose own name tells the codes in them.
CODES_BY_COLUMN = {
    **dict.fromkeys(("ccode", "cown", "cow", "cowcode"), "cown"),
    **dict.fromkeys(("stateabb", "cowc"), "cowc"),
    **dict.fromkeys(("iso3n", "isonumeric", "isonum", "m49", "un", "numeric"), "iso3n"),
}


class Period(NamedTuple):
    """A country by alpha-3 code, and from which day to which (the first out) it is meant; none for no limit."""

    alpha3: str
    since: str | None = None
    until: str | None = None


Place = tuple[Period, ...]


class UnknownPlaceError(Exception):
    """Nothing, or no one country, has the name; the text says what to write instead."""


class Places:
    """The countries that a table may name: those that are bundled, and the historical ones.

    Attributes:
        codes: Which of CODES the table uses.
        aliases: The former names of countries that were met, with their alpha-3 codes.

    """

    def __init__(self, bundled: Loaded, codes: str = "name") -> None:
        """Read countries, which are those of the *bundled* data and historical ones, by *codes*."""
        self.codes = codes
        self._bundled = bundled
        self.aliases: dict[str, str] = {}
        self._known: dict[str, Place | str] = {}
        self._unknown = 0

    def find(self, typed: str) -> Place:
        """Return the country that a cell names; raise UnknownPlaceError where it is not sure."""
        if typed not in self._known:
            self._known[typed] = self._look_up(typed)
        found = self._known[typed]
        if isinstance(found, str):
            raise UnknownPlaceError(found)
        return found

    def _look_up(self, typed: str) -> Place | str:
        number = typed.removesuffix(".0")
        if self.codes == "iso3n":
            return self._by_number(number)
        if self.codes == "name":
            return self._by_name(typed)
        state = {
            "cown": self._states_of_cow["ccode"].get(number.lstrip("0")),
            "cowc": self._states_of_cow["stateabb"].get(typed.upper()),
            "igo": self._states_of_cow["igo_column"].get(typed.casefold()),
        }[self.codes]
        return state or _("{name} is no state of the Correlates of War").format(name=quoted(typed))

    def _by_number(self, number: str) -> Place | str:
        code = number.zfill(3) if number.isdigit() else "-"
        for country in (*self._bundled.dataset.countries, *self.historical.values()):
            if country.numeric == code:
                return (Period(country.alpha3),)
        return _("{name} is no numeric code of ISO 3166-1").format(name=quoted(number))

    def _by_name(self, typed: str) -> Place | str:
        if typed.removesuffix(".0").isdigit():
            return _(
                "{name} is a number; say which numbers they are: --codes iso3n (ISO 3166-1, UN M49) or"
                " --codes cown (Correlates of War)"
            ).format(name=quoted(typed))
        ids = self._names.exact(typed) or self._historical_names.exact(typed)
        if len(ids) == 1:
            return (Period(ids[0]),)
        if ids:
            names = enumerated((self._names.show(id_) for id_ in ids), by=OR)
            return _("{name} could be {names}; write which").format(name=quoted(typed), names=names)
        former = self._former_names.exact(typed)
        if len(former) == 1:
            self.aliases[typed] = former[0]
            return (Period(former[0]),)
        return self._suggest(typed)

    def _suggest(self, typed: str) -> str:
        """Return that nobody has the name *typed*, and the names that are near it; a slip is told, never taken."""
        self._unknown += 1
        near: tuple[str, ...] = ()
        if self._unknown <= MOST_SUGGESTIONS:
            near = (*self._names.suggest(typed), *self._historical_names.suggest(typed, 1))[:3]
        if near:
            offered = enumerated(near, by=OR)
            return _("{name} is no country's name or code; did you mean {names}?").format(
                name=quoted(typed), names=offered
            )
        return _("{name} is no country's name or code").format(name=quoted(typed))

    def country(self, alpha3: str) -> Country:
        """Return a country by its alpha-3 code."""
        return self.historical[alpha3] if alpha3 in self.historical else self._by_code[alpha3]

    @cached_property
    def historical(self) -> dict[str, Country]:
        """The states that are no more, and Kosovo, which has no code of ISO 3166-1, by alpha-3 code."""
        name = "historical_countries.csv"
        return {country.alpha3: country for country in read_countries(bundled_file(name), name, [])}

    @cached_property
    def _by_code(self) -> dict[str, Country]:
        return {country.alpha3: country for country in self._bundled.dataset.countries}

    @cached_property
    def _names(self) -> Names:
        return Names("country", self._bundled.names.countries, self._show, Call("list", "countries"))

    @cached_property
    def _historical_names(self) -> Names:
        every = tuple(self.historical.values())
        codes = [(code, id_) for code, id_ in country_codes(every) if code and not code.isdigit()]
        return Names("country", build_keys(codes, country_labels(every)), self._show, Call("list", "countries"))

    @cached_property
    def _former_names(self) -> Names:
        rows = [(row["name"], row["alpha3"]) for row in _bundled_rows("former_names.csv")]
        codes = [(name, code) for name, code in rows if len(name) == 3 and name.isupper()]
        return Names("country", build_keys(codes, rows), self._show, Call("list", "countries"))

    def _show(self, alpha3: str) -> str:
        return self.country(alpha3).name

    @cached_property
    def _states_of_cow(self) -> dict[str, dict[str, Place]]:
        """The states of the Correlates of War, by each column of cow_states.csv that names them."""
        found: dict[str, dict[str, Place]] = {column: {} for column in ("ccode", "stateabb", "igo_column")}
        for row in _bundled_rows("cow_states.csv"):
            period = Period(row["alpha3"], row["from"] or None, row["to"] or None)
            for column, states in found.items():
                for name in row[column].split("|"):
                    states[name] = (*states.get(name, ()), period)
        return found


def _bundled_rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(bundled_file(name).decode(), newline="")))
