"""A second, independent answer to every question, from plain records alone.

It is written from docs/explanation/dates.md and, in docs/reference, json.md and data-format.md, and shares no code with
`govmap`: days are those of `datetime`, sets are made anew for each question. It is slow and says nothing in words. An
answer of it has the keys that it knows; in those, everything is to be as govmap has it, and lists in the order that
docs/reference/json.md names.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from itertools import combinations
from typing import Any

Data = dict[str, Any]
NO_ANSWER = "no_answer"  # instead of an answer: the kind of the error
BEGINNING = dt.date.min


def last(date: str) -> dt.date:
    """Return the day that a part-date stands for: its last."""
    year, month, day = (*map(int, date.split("-")), 0, 0)[:3]
    month = month or 12
    return dt.date(year, month, day or calendar.monthrange(year, month)[1])


def start_of(spell: Data) -> dt.date:
    """Return the first day that counts of a membership; the beginning of time where nothing is known of it."""
    if spell.get("since") or spell.get("joined_by"):
        return last(spell.get("since") or spell["joined_by"])
    return last(spell["joined_after"]) + dt.timedelta(days=1) if spell.get("joined_after") else BEGINNING


def holds(record: Data, day: dt.date, begin: str = "since") -> bool:
    """Return whether a span holds on a day."""
    begun = not record.get(begin) or last(record[begin]) <= day
    return begun and not (record.get("until") and last(record["until"]) <= day)


def ratio(part: int, whole: int) -> float:
    """Return a share as the JSON has it."""
    return round(part / whole, 4) if whole else 0.0


class Model:
    """What a dataset of plain records answers as of a date.

    Args:
        data: The records, as a file has them with everything written out.
        themes: The records of the vocabulary.
        date: The part-date of the answers.

    """

    def __init__(self, data: Data, themes: list[Data], date: str) -> None:
        """Keep what holds on the date."""
        self.data, self.date, self.day = data, date, last(date)
        self.themes = {theme["id"]: theme for theme in themes}
        self.records = {record["id"]: record for record in data["mechanisms"]}
        self.existing = [m for m in data["mechanisms"] if holds(m, self.day, "founded")]
        self.full = [m for m in self.existing if m.get("coverage", "full") == "full"]
        self.ids = sorted(m["id"] for m in self.full)
        self.spells = {m["id"]: self.spells_on(m, self.day) for m in self.full}
        self.groups = {m["id"]: [g for g in m.get("groups", ()) if holds(g, self.day)] for m in self.existing}

    @staticmethod
    def spells_on(mechanism: Data, day: dt.date) -> dict[str, Data]:
        """Return the membership that counts of each country on a day: of two, the later one."""
        found: dict[str, Data] = {}
        for spell in sorted(mechanism.get("members", ()), key=start_of):
            if start_of(spell) <= day and not (spell.get("until") and last(spell["until"]) <= day):
                found[spell["code"]] = spell
        return found

    @property
    def universe(self) -> list[str]:
        """Return whom questions count: those declared, and whoever is listed on any date."""
        listed = {spell["code"] for m in self.records.values() for spell in m.get("members", ())}
        return sorted(listed | set(self.data["about"].get("universe", ())))

    def listing(self, code: str) -> list[str]:
        """Return the mechanisms that list a country."""
        return [id_ for id_ in self.ids if code in self.spells[id_]]

    def themes_of(self, id_: str) -> set[str]:
        """Return the themes on which a mechanism has a group."""
        return {theme for group in self.groups[id_] for theme in group["themes"]}

    def working(self, theme: str) -> list[str]:
        """Return the mechanisms with a group on a theme."""
        return [id_ for id_ in self.ids if theme in self.themes_of(id_)]

    @property
    def worked_on(self) -> list[str]:
        """Return the themes on which any group works."""
        return sorted({theme for id_ in self.ids for theme in self.themes_of(id_)})

    def relation(self, id_: str, spell: Data) -> str:
        """Return what it means that a country is listed."""
        found: str = spell.get("relation") or self.records[id_].get("relation") or "member"
        return found

    def with_unknown_groups(self, id_: str) -> bool:
        """Return whether the data list no group of a mechanism on any date."""
        return not self.records[id_].get("groups")

    def seat(self, id_: str, spell: Data) -> Data:
        """Return a membership as answers have it."""
        dates = {key: spell.get(key) for key in ("since", "until", "joined_after", "joined_by")}
        return {"relation": self.relation(id_, spell), **dates}

    def agencies(self, id_: str) -> list[str]:
        """Return who serves a mechanism."""
        return sorted(s["agency"] for s in self.records[id_].get("secretariats", ()) if holds(s, self.day))

    def is_open(self, spell: Data) -> bool:
        """Return whether it is not known of a membership that it holds: it began between two days, one of them past."""
        if spell.get("since") or not spell.get("joined_by") or last(spell["joined_by"]) <= self.day:
            return False
        return not spell.get("joined_after") or last(spell["joined_after"]) < self.day

    def why_out(self, id_: str, code: str) -> list[tuple[str, str | None]]:
        """Return why a mechanism that names a country does not list it, in the order of the alphabet."""
        record = self.records[id_]
        reasons: list[tuple[str, str | None]] = []
        reasons += [("left open", None) for entry in record.get("unclear_members", ()) if entry["code"] == code]
        for spell in (spell for spell in record.get("members", ()) if spell["code"] == code):
            if spell.get("until") and last(spell["until"]) <= self.day:
                reasons.append(("left", spell["until"]))
            elif spell.get("joined_after") and self.is_open(spell):
                reasons.append(("joined between", spell["joined_by"]))
            elif spell.get("since"):
                reasons.append(("joined later", spell["since"]))
            elif spell.get("joined_by"):
                reasons.append(("joined later, by", spell["joined_by"]))
            else:
                reasons.append(("joined later, after", spell["joined_after"]))
        return sorted(reasons, key=repr)

    def leaves_open(self, id_: str, code: str) -> bool:
        """Return whether a mechanism that does not list a country may have it."""
        record = self.records[id_]
        named = [entry["code"] for entry in record.get("unclear_members", ())]
        named += [spell["code"] for spell in record.get("members", ()) if self.is_open(spell)]
        return code in named and code not in self.spells[id_]

    def unclear(self, ids: Iterable[str], codes: Iterable[str]) -> dict[str, list[str]]:
        """Return which of some mechanisms leave it open of each of some countries, of which any does."""
        found = {code: sorted(id_ for id_ in ids if self.leaves_open(id_, code)) for code in codes}
        return {code: open_ for code, open_ in found.items() if open_}

    def country(self, code: str) -> Data:
        """Answer `country`."""
        inside = self.listing(code)
        themes = sorted({theme for id_ in inside for theme in self.themes_of(id_)})
        groups = {
            id_: [{"number": g["number"], "name": g["name"], "themes": sorted(g["themes"])} for g in self.groups[id_]]
            for id_ in inside
        }
        return {
            "country": {"code": code},
            "as_of": self.date,
            "mechanisms": [
                {
                    "id": id_,
                    **self.seat(id_, self.spells[id_][code]),
                    "secretariat": self.agencies(id_),
                    "groups": groups[id_],
                }
                for id_ in inside
            ],
            "not_in": [{"id": id_, "reasons": self.why_out(id_, code)} for id_ in self.ids if id_ not in inside],
            "themes": [{"id": t, "mechanisms": [id_ for id_ in inside if t in self.themes_of(id_)]} for t in themes],
        }

    def mechanism(self, id_: str) -> Data | str:
        """Answer `mechanism`."""
        record = self.records[id_]
        if record not in self.existing:
            return NO_ANSWER
        full = id_ in self.ids
        secretariats = record.get("secretariats", [])
        unknown = not self.agencies(id_) and (bool(record.get("secretariats_note")) or not secretariats)
        return {
            "mechanism": {
                "id": id_,
                "coverage": record.get("coverage", "full"),
                **{key: record.get(key) for key in ("relation", "founded", "until")},
            },
            "as_of": self.date,
            "members": [{"code": code, **self.seat(id_, spell)} for code, spell in sorted(self.spells[id_].items())]
            if full
            else None,
            "secretariat": None if unknown else [{"agency": agency} for agency in self.agencies(id_)],
            "groups": None
            if self.with_unknown_groups(id_)
            else [
                {
                    "number": group["number"],
                    "name": group["name"],
                    "themes": sorted(group["themes"]),
                    "since": group.get("since"),
                    "until": group.get("until"),
                }
                for group in self.groups[id_]
            ],
        }

    def membership(self, code: str, id_: str) -> Data | str:
        """Answer `membership`."""
        if self.records[id_] not in self.existing:
            return NO_ANSWER
        spell = self.spells.get(id_, {}).get(code)
        spells = [each for each in self.records[id_].get("members", ()) if each["code"] == code]
        open_ = None if spell else next(filter(self.is_open, spells), None)
        return {
            "listed": (spell is not None) if id_ in self.ids and not open_ else None,
            **self.seat(id_, spell or open_ or {}),
            "relation": self.relation(id_, spell) if spell else None,
            "reasons": [] if spell else self.why_out(id_, code),
            "elsewhere": [{"id": other} for other in self.listing(code) if other != id_],
        }

    def overlap(self, theme: str) -> Data | str:
        """Answer `overlap THEME`."""
        direct = sorted((id_, g["number"]) for id_ in self.ids for g in self.groups[id_] if theme in g["themes"])
        record = self.themes[theme]
        near = {*record.get("related", ()), *filter(None, [record.get("broader")])}
        if not direct:
            near |= self.below(theme)
        beside = sorted(
            (record.get("broader") not in g["themes"], id_, g["number"])
            for id_ in self.ids
            for g in self.groups[id_]
            if near & set(g["themes"]) and theme not in g["themes"]
        )
        hits = [(*hit, "direct") for hit in direct] + [(id_, number, "related") for _, id_, number in beside]
        basis = "direct" if direct else "related"
        working = sorted({id_ for id_, _, relevance in hits if relevance == basis})
        seats = {code: [id_ for id_ in self.listing(code) if id_ in working] for code in self.universe}
        listed = sorted((code for code in seats if seats[code]), key=lambda code: (-len(seats[code]), code))
        return {
            "as_of": self.date,
            "themes": [{"id": theme}],
            "groups": [{"mechanism": id_, "number": number, "relevance": which} for id_, number, which in hits],
            "mechanisms": [{"id": id_, "members": len(self.spells[id_])} for id_ in working],
            "countries": [{"code": code, "mechanisms": seats[code]} for code in listed],
            "uncovered": [{"code": code} for code in seats if not seats[code]],
            "themes_unknown": [code for code in seats if not seats[code] and self.all_silent(self.listing(code))],
            "unclear": self.unclear(working, (code for code in seats if not seats[code])),
            "basis": basis,
            "fails": not hits,
        }

    def below(self, theme: str) -> set[str]:
        """Return the themes below one, at any depth."""
        children = {id_ for id_, record in self.themes.items() if record.get("broader") == theme}
        return children.union(*(self.below(child) for child in children))

    def duplication(self) -> Data:
        """Answer `overlap`, by theme."""
        rows = {}
        for theme in self.worked_on:
            working = self.working(theme)
            seats = [code for id_ in working for code in self.spells[id_]]
            again = len(seats) - len(set(seats))
            rows[theme] = {
                "groups": sum(theme in group["themes"] for id_ in working for group in self.groups[id_]),
                "mechanisms": working,
                "seats": len(seats),
                "countries": len(set(seats)),
                "repeated_seats": again,
                "duplication": ratio(again, len(seats)),
            }
        return {"themes": rows, "fails": not rows}

    def gaps(self, codes: Iterable[str] = (), theme: str | None = None) -> Data:
        """Answer `gaps`."""
        themes = [theme] if theme else self.worked_on
        rows: list[Data] = []
        for code in codes or self.universe:
            reached = {t for id_ in self.listing(code) for t in self.themes_of(id_)}
            lacking = [{"id": t, "mechanisms": self.working(t)} for t in themes if t not in reached]
            rows.append({"code": code, "seated": len(themes) - len(lacking), "gaps": lacking})
        rows.sort(key=lambda row: (-len(row["gaps"]), row["code"]))
        fails = not any(map(self.working, themes)) or not rows
        unclear: dict[str, list[str]] = {}
        for row in rows:
            unclear |= self.unclear({id_ for gap in row["gaps"] for id_ in gap["mechanisms"]}, [row["code"]])
        return {"as_of": self.date, "themes": themes, "countries": rows, "unclear": unclear, "fails": fails}

    def cover(self, codes: Iterable[str] = (), theme: str | None = None, *, themes: bool = False) -> Data:
        """Answer `cover`: every combination is tried."""
        able = self.working(theme) if theme else self.ids
        sets = {id_: self.themes_of(id_) if themes else set(self.spells[id_]) for id_ in able}
        wanted = set(self.worked_on) if themes else set(codes or self.universe)
        reachable = wanted & set().union(*sets.values())
        solutions: list[list[str]] = []
        for size in range(1, len(able) + 1) if reachable else ():
            solutions = [
                [*ids] for ids in combinations(able, size) if reachable <= set().union(*(sets[i] for i in ids))
            ]
            if solutions:
                break
        return {
            "wanted": sorted(wanted),
            "size": len(solutions[0]) if solutions else 0,
            "solutions": solutions,
            "unreachable": sorted(wanted - reachable),
            "unclear": {} if themes else self.unclear(able, wanted - reachable),
            "fails": not solutions,
        }

    def seats(self, relation: str | None = None, theme: str | None = None) -> dict[str, set[str]]:
        """Return whom each mechanism lists, so listed and with a group on the theme."""
        return {
            id_: {code for code, spell in spells.items() if relation in (None, self.relation(id_, spell))}
            if theme is None or theme in self.themes_of(id_)
            else set()
            for id_, spells in self.spells.items()
        }

    def compare(self, names: list[str], relation: str | None = None, theme: str | None = None) -> Data | str:
        """Answer `compare A B`, of mechanisms or of countries."""
        seats = self.seats(relation, theme)
        of_mechanisms = names[0] in self.records
        if of_mechanisms and any(name not in self.ids for name in names):
            return NO_ANSWER
        working = self.working(theme) if theme else []
        left_out = sorted(set(names).difference(working)) if of_mechanisms and working else []
        names = [name for name in names if name not in left_out]
        if len(names) < 2:
            return NO_ANSWER
        everyone = self.universe if not of_mechanisms else self.ids
        every = {
            name: seats[name] if of_mechanisms else {id_ for id_ in self.ids if name in seats[id_]}
            for name in {*everyone, *names}
        }
        held = {name: every[name] for name in names}
        themes = {
            name: {t for id_ in ([name] if of_mechanisms else held[name]) for t in self.themes_of(id_)}
            & ({theme} if theme else set(self.themes))
            for name in names
        }
        unknown = [name for name in names if self.all_silent([name] if of_mechanisms else held[name])]
        limited = relation is not None or theme is not None
        shared, union = set.intersection(*held.values()), set.union(*held.values())
        others = set().union(*(found for name, found in every.items() if name not in names))
        key = "code" if of_mechanisms else "id"
        return {
            "as_of": self.date,
            "items": [{"id": name, "size": len(held[name])} for name in names],
            "shared": [{key: id_} for id_ in sorted(shared)],
            "only": {name: [{key: id_} for id_ in sorted(alone(held, name))] for name in names},
            "distinct": [{key: id_} for id_ in sorted(shared - others)],
            "union": [{key: id_} for id_ in sorted(union)],
            "union_size": len(union),
            "pairs": [self.pair(a, b, held, themes, unknown, limited=limited) for a, b in combinations(names, 2)],
            "themes": {
                "shared": sorted(set.intersection(*themes.values())),
                "only": {name: sorted(alone(themes, name)) for name in names},
            },
            "themes_unknown": unknown,
            "left_out": left_out,
            "fails": not self.full or (theme is not None and not working),
        }

    def all_silent(self, ids: Collection[str]) -> bool:
        """Return whether of none of some mechanisms any group is listed."""
        return bool(ids) and all(map(self.with_unknown_groups, ids))

    def pair(
        self,
        left: str,
        right: str,
        held: dict[str, set[str]],
        themes: dict[str, set[str]],
        unknown: list[str],
        *,
        limited: bool = False,
    ) -> Data:
        """Return how two of the things compared overlap; what a limit leaves nothing of has no likeness."""
        mine, theirs = held[left], held[right]
        left_out = limited and not (mine and theirs)
        both = mine & theirs
        relation = "overlapping"
        if not both:
            relation = "disjoint"
        elif mine == theirs:
            relation = "equal"
        elif both == theirs:
            relation = "contains"
        elif both == mine:
            relation = "within"
        return {
            "left": left,
            "right": right,
            "shared": len(both),
            "only_left": len(mine - theirs),
            "only_right": len(theirs - mine),
            "jaccard": None if left_out or not (mine or theirs) else ratio(len(both), len(mine | theirs)),
            "containment_left": ratio(len(both), len(mine)) if mine else None,
            "containment_right": ratio(len(both), len(theirs)) if theirs else None,
            "relation": relation,
            "themes": None
            if {left, right} & set(unknown)
            else {
                "shared": sorted(themes[left] & themes[right]),
                "only_left": sorted(themes[left] - themes[right]),
                "only_right": sorted(themes[right] - themes[left]),
            },
        }

    def ranking(self, of: str | None = None) -> Data | str:
        """Answer `compare NAME` and `compare --all`."""
        if of in self.records and of not in self.ids:
            return NO_ANSWER
        of_mechanisms = of is None or of in self.records
        held = {
            name: set(self.spells[name]) if of_mechanisms else set(self.listing(name))
            for name in ({*self.ids} if of_mechanisms else {*self.universe, of or ""})
        }
        themes = {
            name: {t for id_ in ([name] if of_mechanisms else held[name]) for t in self.themes_of(id_)} for name in held
        }
        unknown = [name for name in held if self.all_silent([name] if of_mechanisms else held[name])]
        seated = sorted(name for name in held if held[name])
        if of is None:
            order = [m["id"] for m in self.full if m["id"] in seated]  # the left of a pair comes first in the data
            chosen = list(combinations(order, 2))
        else:
            chosen = [(of, name) for name in seated if name != of and held[of]]
        pairs = [self.pair(left, right, held, themes, unknown) for left, right in chosen]
        pairs.sort(key=lambda p: (-(p["jaccard"] or 0), -p["shared"], p["left"], p["right"]))
        return {"of": of, "pairs": pairs, "pair_count": len(pairs), "fails": not pairs}

    def matrix(self, by: str = "country") -> Data:
        """Answer `matrix`, by row and column."""
        if by == "theme":
            cells: dict[str, dict[str, int | None]] = {
                theme: {
                    id_: None
                    if self.with_unknown_groups(id_)
                    else sum(theme in group["themes"] for group in self.groups[id_])
                    for id_ in self.ids
                }
                for theme in self.worked_on
            }
        else:
            cells = {
                code: {id_: None if self.leaves_open(id_, code) else int(code in self.spells[id_]) for id_ in self.ids}
                for code in self.universe
            }
        return {"columns": self.ids, "rows": cells, "fails": not (cells and self.full)}

    def combinations(self) -> Data:
        """Answer `matrix --upset`."""
        found: dict[tuple[str, ...], list[str]] = {}
        for code in self.universe:
            found.setdefault(tuple(self.listing(code)), []).append(code)
        ordered = sorted(found.items(), key=lambda item: (-len(item[1]), -len(item[0]), item[0]))
        rows = [
            {"mechanisms": [*ids], "size": len(codes), "countries": [{"code": code} for code in codes]}
            for ids, codes in ordered
        ]
        return {"combinations": rows, "fails": not (rows and self.full)}

    def map(self, names: list[str], theme: str | None = None) -> Data | str:
        """Answer `map`."""
        if any(name not in self.ids for name in names):
            return NO_ANSWER
        shown = [id_ for id_ in (sorted(names) or self.ids) if theme is None or theme in self.themes_of(id_)]
        tiles = [
            {"code": code, "mechanisms": [id_ for id_ in shown if code in self.spells[id_]]} for code in self.universe
        ]
        return {"mechanisms": [{"id": id_} for id_ in shown], "tiles": tiles, "fails": not (shown and tiles)}

    def list(self, what: str, **given: str) -> list[Data]:
        """Answer `list WHAT` with the filters `member` (a mechanism for countries), `theme` and `secretariat`."""
        member, theme, agency = (given.get(key) for key in ("member", "theme", "secretariat"))
        fitting = [
            id_
            for id_ in self.ids
            if (member is None or what == "countries" or member in self.spells[id_])
            and (theme is None or theme in self.themes_of(id_))
            and (agency is None or agency in self.agencies(id_))
        ]
        if what == "countries":
            fitting = [id_ for id_ in fitting if member in (None, id_)]
            rows = [{"code": code, "mechanisms": self.listing(code)} for code in self.universe]
            return [row for row in rows if not given or set(row["mechanisms"]) & set(fitting)]
        if what == "mechanisms":
            return [
                {
                    "id": id_,
                    "members": len(self.spells[id_]),
                    "groups": None if self.with_unknown_groups(id_) else len(self.groups[id_]),
                    "secretariat": self.agencies(id_),
                }
                for id_ in fitting
            ]
        if what == "secretariats":
            serving = sorted({name for id_ in fitting for name in self.agencies(id_) if agency in (None, name)})
            return [{"agency": a, "mechanisms": [id_ for id_ in fitting if a in self.agencies(id_)]} for a in serving]
        if what == "groups":
            return [
                {"mechanism": id_, "number": g["number"], "name": g["name"], "themes": sorted(g["themes"])}
                for id_ in fitting
                for g in self.groups[id_]
                if theme is None or theme in g["themes"]
            ]
        assert what == "themes"
        listed: list[Data] = []
        for id_ in sorted(self.themes):
            working = [m for m in fitting if id_ in self.themes_of(m)]
            count = sum(id_ in group["themes"] for m in working for group in self.groups[m])
            if (working or not given) and theme in (None, id_):
                listed.append({"id": id_, "mechanisms": working, "groups": count})
        return listed

    def turns(self) -> Iterator[tuple[dt.date, str, str, str]]:
        """Yield who joined, left or changed role on which date of the data, seen from the day before and that day."""
        for id_, record in self.records.items():
            for spell in record.get("members", ()):
                code, began = spell["code"], spell.get("since") or spell.get("joined_by")
                for date in {*filter(None, (began, spell.get("until")))}:
                    before, after = (
                        self.spells_on(record, last(date) - dt.timedelta(days=days)).get(code) for days in (1, 0)
                    )
                    if before is None and after is not None:
                        yield last(date), "joined", id_, code
                    elif before is not None and after is None:
                        yield last(date), "left", id_, code
                    elif before and after and self.relation(id_, before) != self.relation(id_, after):
                        yield last(date), "changed", id_, code

    def added_and_removed(self, later: Model) -> tuple[set[str], set[str]]:
        """Return the memberships that are there on a later date alone, and on this one alone."""
        mine, theirs = (
            {f"{id_}/{code}" for id_, spells in model.spells.items() for code in spells} for model in (self, later)
        )
        return theirs - mine, mine - theirs


def alone(sets: dict[str, set[str]], name: str) -> set[str]:
    """Return what one set has and no other has."""
    return sets[name] - set().union(*(other for key, other in sets.items() if key != name))
