"""Resolves what a table calls a country to its records: by exact names and codes only, never by a guess.

A code of the Correlates of War means a state in all its forms: 365 is Russia, the Soviet Union, and Russia again.
Such a code stands for several records, each with its own time, so that a historical state keeps its memberships.
"""

from __future__ import annotations

import csv
import io
from functools import cached_property
from typing import NamedTuple

from govmap.calls import Call
from govmap.dataset.bundled import bundled_file
from govmap.dataset.countries import read_countries
from govmap.dataset.index import country_codes, country_labels
from govmap.facts.database import Database
from govmap.importing.cells import RefusedError
from govmap.language import N_, _
from govmap.names.resolver import FoldedNames, Resolver, fold_names
from govmap.texts import OR, enumerated, quoted

MOST_SUGGESTIONS = 200  # unknown names that get suggestions, which take about a millisecond each
CODES = {
    "name": N_("names, alpha-2 and alpha-3 codes"),
    "iso3n": N_("numbers of ISO 3166-1 and UN M49"),
    "cown": N_("numbers of the Correlates of War"),
    "cowc": N_("letters of the Correlates of War"),
    "igo": N_("the names that the files of the Correlates of War on organisations give states"),
}
COW_CODES = {"cown": "ccode", "cowc": "stateabb", "igo": "igo_column"}  # with their columns in cow_states.csv
# Columns whose own name tells which codes they hold.
CODES_BY_COLUMN = {
    **dict.fromkeys(("ccode", "cown", "cow", "cowcode"), "cown"),
    **dict.fromkeys(("stateabb", "cowc"), "cowc"),
    **dict.fromkeys(("iso3n", "isonumeric", "isonum", "m49", "un", "numeric"), "iso3n"),
}
OPEN = "~"  # an end that is not known, which sorts after every date


class Period(NamedTuple):
    """The time for which a record stands for a state: its first day, and the first day after."""

    alpha3: str
    since: str = ""
    until: str = OPEN


State = tuple[Period, ...]  # the records of one state, in the order of time


class CountryResolver:
    """Finds the countries of a table, which are those of the bundled data and historical ones.

    Attributes:
        codes: Which of CODES the table uses.
        historical: The states that are no more, and Kosovo, which has no code of ISO 3166-1, by alpha-3 code.
        aliases: The alpha-3 codes of the former names that were met.

    """

    def __init__(self, bundled: Database, codes: str) -> None:
        """Read the historical countries."""
        self.codes = codes
        file = "historical_countries.csv"
        self.historical = {country.alpha3: country for country in read_countries(bundled_file(file), file, [])}
        self.aliases: dict[str, str] = {}
        self._countries = {country.alpha3: country for country in bundled.dataset.countries} | self.historical
        self._current_names = self._resolver(bundled.names.countries)
        self._resolved: dict[str, State | str] = {}
        self._unknown = 0

    def name(self, alpha3: str) -> str:
        """Return the name of a country by its alpha-3 code."""
        return self._countries[alpha3].name

    def is_former_name(self, alpha3: str, text: str) -> bool:
        """Return whether a country was once called *text*, so that an import writes that as its alias."""
        return self._former_names.exact(text) == (alpha3,)

    def find(self, text: str) -> State:
        """Return the state that a cell names; raise RefusedError if that is not certain."""
        if text not in self._resolved:
            self._resolved[text] = self._resolve(text)
        state = self._resolved[text]
        if isinstance(state, str):
            raise RefusedError(state)
        return state

    def _resolve(self, text: str) -> State | str:
        """Return a state, or the reason why there is none."""
        if self.codes == "name":
            return self._by_name(text)
        number = text.removesuffix(".0")
        keys = {"iso3n": number.zfill(3), "cown": number.lstrip("0"), "cowc": text.upper(), "igo": text.casefold()}
        state = self._states_by_code.get(keys[self.codes])
        if state:
            return state
        if self.codes == "iso3n":
            return _("{name} is not a numeric code of ISO 3166-1").format(name=quoted(number))
        return _("{name} is not a state of the Correlates of War").format(name=quoted(text))

    def _by_name(self, text: str) -> State | str:
        if text.removesuffix(".0").isdigit():
            return _(
                "{name} is a number; say which numbers they are: --codes iso3n (ISO 3166-1, UN M49) or"
                " --codes cown (Correlates of War)"
            ).format(name=quoted(text))
        ids = self._current_names.exact(text) or self._historical_names.exact(text)
        if len(ids) > 1:
            names = enumerated(map(self.name, ids), by=OR)
            return _("{name} could be {names}; write one of them").format(name=quoted(text), names=names)
        if not ids:
            ids = self._former_names.exact(text)
            if len(ids) != 1:
                return self._unknown_name(text)
            self.aliases[text] = ids[0]
        return (Period(ids[0]),)

    def _unknown_name(self, text: str) -> str:
        """Return the reason for refusing a name nobody has, with the names near it."""
        self._unknown += 1
        near: tuple[str, ...] = ()
        if self._unknown <= MOST_SUGGESTIONS:
            near = (*self._current_names.suggest(text), *self._historical_names.suggest(text, 1))[:3]
        if not near:
            return _("{name} is not a country's name or code").format(name=quoted(text))
        message = _("{name} is not a country's name or code; did you mean {names}?")
        return message.format(name=quoted(text), names=enumerated(near, by=OR))

    @cached_property
    def _historical_names(self) -> Resolver:
        countries = tuple(self.historical.values())
        codes = [(code, id_) for code, id_ in country_codes(countries) if code and not code.isdigit()]
        return self._resolver(fold_names(codes, country_labels(countries)))

    @cached_property
    def _former_names(self) -> Resolver:
        labels = [(row["name"], row["alpha3"]) for row in _bundled_rows("former_names.csv")]
        codes = [(name, alpha3) for name, alpha3 in labels if len(name) == 3 and name.isupper()]
        return self._resolver(fold_names(codes, labels))

    def _resolver(self, names: FoldedNames) -> Resolver:
        return Resolver("country", names, self.name, Call("list", "countries"))

    @cached_property
    def _states_by_code(self) -> dict[str, State]:
        if self.codes == "iso3n":
            return {country.numeric: (Period(country.alpha3),) for country in self._countries.values()}
        states: dict[str, State] = {}
        for row in _bundled_rows("cow_states.csv"):
            period = Period(row["alpha3"], row["from"], row["to"] or OPEN)
            for code in row[COW_CODES[self.codes]].split("|"):
                states[code] = (*states.get(code, ()), period)
        return states


def _bundled_rows(file: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(bundled_file(file).decode(), newline="")))
