"""Lays a mechanisms.yaml that `extends: bundled` over the bundled data, record by record.

It works on plain values, before they are checked, so that one checker sees the whole that comes out. A list of records
is merged by their key (an id, a code, a number), a mapping key by key; any other value is replaced. `withdraw: true` in
a record, or `null` for a value, takes it away. Laying several files over one another is associative as long as nothing
is withdrawn and no country has two spells in one mechanism.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from typing import NamedTuple

import msgspec

from govmap.dataset.check import START, named
from govmap.dataset.problems import Place
from govmap.dataset.yaml_reader import Mapping, Sequence
from govmap.fields import OWN_DATA
from govmap.language import _
from govmap.mechanism_parts import PARTS
from govmap.model import Correction, Dataset
from govmap.texts import enumerated

# The lists whose entries are known by a key. A list that is not here, as that of aliases, is one value.
KEYS = {
    "mechanisms": "id",
    "agencies": "id",
    "resolutions": "id",
    **{part.field: part.key for part in PARTS},
}
WITH_EVIDENCE = ("members", "groups")  # whose entries have evidence of their own
LISTS = tuple(part.field for part in PARTS if part.needs_source)  # which a reader asks the evidence of
LIMIT = "this speaks of the bundled list, which own data change"
KINDS = {"mechanisms": "mechanism", "agencies": "agency", "resolutions": "resolution", "events": "event"}
KINDS_OF = {**KINDS, "members": "country", "unclear_members": "country", "groups": "group"}  # for people
Note = Callable[[Place, str], None]
Path = tuple[str, ...]


class Step(NamedTuple):
    """One thing that the upper file does: where (as in mechanisms, RCM, members, VEN), and what."""

    path: Path
    change: str


def plain(dataset: Dataset, place: Place) -> Mapping:
    """Return what a mechanisms.yaml of *dataset* would hold, all of it at *place*."""
    value = planted({part: msgspec.to_builtins(getattr(dataset, part)) for part in ("about", *KINDS)}, place)
    assert isinstance(value, Mapping)  # noqa: S101 - what was a dict
    return value


def planted(value: object, place: Place) -> object:
    """Return *value* as the YAML reader would give it, all of it at *place*."""
    if isinstance(value, dict):
        mapping = Mapping(place)
        for key, item in value.items():
            _set(mapping, key, planted(item, place))
        return mapping
    if isinstance(value, list | tuple):
        return _sequence([(planted(item, place), place) for item in value])
    return value


class Merger:
    """Lays one file over another; `steps` is what the upper one does."""

    def __init__(self, note: Note, alpha3: dict[str, str]) -> None:
        """Tell of what cannot be laid over the other by *note*; *alpha3* are codes of countries by other codes."""
        self.note, self.alpha3 = note, alpha3
        self.steps: list[Step] = []
        self.gone: dict[Path, tuple[object, Place]] = {}  # what is withdrawn and not written anew, and where it is so
        self.given: dict[Path, set[str]] = {}  # the parts of a record for which the upper file names evidence
        self.bare: list[Mapping] = []  # the members and groups that it changes without evidence

    def files(self, below: Mapping, above: Mapping) -> Mapping:
        """Return the file *above* laid over the file *below*."""
        merged = self._mapping(below, above, ())
        events, known = merged.get("events"), below.get("events")
        if isinstance(events, Sequence) and isinstance(known, Sequence):
            old, new = _entries(events)[: len(known)], _entries(events)[len(known) :]
            left = _without(old, self._gone("mechanisms").keys())
            _set(merged, "events", _sequence([*left, *new]))
        self._require_unused(merged)
        return merged

    def _gone(self, part: str) -> dict[str, tuple[object, Place]]:
        return {path[1]: entry for path, entry in self.gone.items() if path[:-1] == (part,)}

    def _require_unused(self, merged: Mapping) -> None:
        """Tell of agencies that are withdrawn and yet named; they are left in, so that this is told once."""
        agencies = merged.get("agencies")
        for id_, (agency, place) in self._gone("agencies").items():
            using = [
                str(mechanism.get("id"))
                for mechanism in _mappings(merged.get("mechanisms"))
                if any(one.get("agency") == id_ for one in _mappings(mechanism.get("secretariats")))
            ]
            if using and isinstance(agencies, Sequence):
                told = _("the agency {id} is still a secretariat of {mechanisms}; withdraw it there too, or keep it")
                self.note(place, told.format(id=id_, mechanisms=enumerated(using)))
                agencies.append(agency)
                agencies.places.append(place)

    def _mapping(self, below: Mapping, above: Mapping, path: Path) -> Mapping:
        merged = _copy(below)
        merged.place = above.place
        for key, value in above.items():
            if value is None and (path or key in below):
                if path:  # a whole list of records is not withdrawn by leaving it empty
                    merged.pop(key, None)
            else:
                _set(merged, key, self._value(key, below.get(key), value, (*path, key)), above.places[key])
            if len(path) == 2 and key == "evidence":
                before, after, given = _evidence(below), _evidence(merged), _evidence(above)
                self.given[path] = {part for part, piece in given.items() if piece is not None}
                self.steps.extend(_steps((*path, key), before, after, [*{**before, **after}]))
            elif len(path) == 2 and (key not in KEYS or key not in merged):
                self.steps.extend(_steps(path, below, merged, [key]))
        return merged

    def _value(self, key: str, below: object, above: object, path: Path) -> object:
        if isinstance(above, Sequence) and isinstance(below, Sequence | None):
            if key in KEYS:
                return self._records(key, below or Sequence(), above, path)
            if path == ("events",):
                self.steps.extend(Step(("events", *_date_and_text(event)), "added") for event in above)
                return _sequence([*_entries(below or Sequence()), *_entries(above)])
        whole = len(path) > 3  # evidence of a part or a member: a status has its own sources
        if isinstance(above, Mapping) and isinstance(below, Mapping) and not whole:
            return self._mapping(below, above, path)
        return above

    def _records(self, key: str, below: Sequence, above: Sequence, path: Path) -> Sequence:
        """Return the records of *above* laid over those of *below* that have the same key."""
        entries = _entries(below)
        positions = self._positions(entries, key)
        gone: set[int] = set()
        stood: dict[tuple[str, object], Place] = {}
        for item, place in _entries(above):
            own = _as_mapping(item, place, key)
            id_ = self.id_of(own, key)
            if own is None or id_ is None:
                entries.append((item, place))  # the checker tells what is wrong with it
                continue
            known = positions.setdefault(id_, [])
            at = _find(entries, known, own)
            if self._withdraws(own):
                if at is None:
                    told = _("there is no {id} among the `{key}` below to withdraw; mend it, or take it out")
                    self.note(place, told.format(id=id_, key=key))
                else:
                    known.remove(at)
                    gone.add(at)
                    self.gone[(*path, id_)] = (entries[at][0], place)
                    self.steps.append(Step((*path, id_), "withdrawn"))
                continue
            self._require_once(stood.setdefault((id_, own.get("since")), place), place, key, id_)
            if at is None:
                record, change = own, "added"
                known.append(len(entries))
                entries.append((own, place))
                self.gone.pop((*path, id_), None)
            else:
                before = _as_mapping(*entries[at], key) or own
                record, change = self._mapping(before, own, (*path, id_)), "changed"
                entries[at] = (record, place)
                if record == before:  # what only says again what is there changes nothing
                    continue
            self.steps.append(Step((*path, id_), change))
            if key in WITH_EVIDENCE and own.get("evidence") is None:
                self.bare.append(record)
        return _sequence([entry for i, entry in enumerate(entries) if i not in gone])

    def _positions(self, entries: list[tuple[object, Place]], key: str) -> dict[str | None, list[int]]:
        """Return at which positions the records with an id stand; one that is withdrawn is taken out of them."""
        positions: dict[str | None, list[int]] = {}
        for i, (item, place) in enumerate(entries):
            positions.setdefault(self.id_of(_as_mapping(item, place, key), key), []).append(i)
        return positions

    def _withdraws(self, own: Mapping) -> bool:
        """Take the word `withdraw` out of a record, and return whether it says so."""
        withdraw = own.pop("withdraw", None)
        if not isinstance(withdraw, bool | None):
            told = _("`{key}` must be true or false, not {value}").format(key="withdraw", value=named(withdraw))
            self.note(own.places["withdraw"], told)
        return withdraw is True

    def _require_once(self, first: Place, place: Place, key: str, id_: str) -> None:
        """Tell of a record that the file holds twice: the second would change the first without a word."""
        if first is not place:
            told = _("the {kind} {id} stands here again (first on line {line}); keep one")
            self.note(place, told.format(kind=_(KINDS_OF.get(key, "record")), id=id_, line=first.line))

    def id_of(self, record: Mapping | None, key: str) -> str | None:
        """Return the key of a record in the list called *key*; None where it has none."""
        value = record.get(KEYS[key]) if record is not None else None
        text = str(value) if isinstance(value, str | int) else None
        return self.alpha3.get(text, text) if text and KEYS[key] == "code" else text

    def mark(self, merged: Mapping) -> None:
        """Give what the upper file says without evidence, in the *merged* one, the evidence that it is own data."""
        by_id: dict[Path, list[Step]] = {}
        for step in self.steps:
            by_id.setdefault(step.path[:2], []).append(step)
        for mechanism in _mappings(merged.get("mechanisms")):
            path = ("mechanisms", str(mechanism.get("id")))
            if path in by_id and isinstance(mechanism.get("evidence"), Mapping | None):  # else the checker tells
                given = self.given.get(path, set())
                evidence = _copy(_evidence(mechanism))
                _mark_parts(mechanism, evidence, by_id[path], given)
                _limit_lists(evidence, by_id[path], given)
                _set(mechanism, "evidence", evidence)
        for record in self.bare:
            _set(record, "evidence", _own_evidence())


def corrections(steps: list[Step]) -> tuple[Correction, ...]:
    """Return what *steps* correct, as a dataset keeps it."""
    found = []
    for step in steps:
        kind, id_ = KINDS[step.path[0]], step.path[1]
        part = step.path[2] if len(step.path) > 2 and kind != "event" else None
        item = step.path[-1] if len(step.path) > 3 or kind == "event" else None
        if len(step.path) != 2 or step.change != "changed":  # what is changed in it is told part by part
            found.append(Correction(kind, id_, part, item, step.change))  # type: ignore[arg-type]  # made above
    return tuple(found)


def _steps(path: Path, below: Mapping, merged: Mapping, keys: list[str]) -> Iterator[Step]:
    """Yield what *merged* has other than *below* under these *keys*."""
    for key in keys:
        if merged.get(key) != below.get(key):
            change = "withdrawn" if key not in merged else "changed" if key in below else "added"
            yield Step((*path, key), change)


def _mark_parts(mechanism: Mapping, evidence: Mapping, steps: list[Step], given: set[str]) -> None:
    """Give the parts that *steps* add or change the *evidence* that they are own data, but for those *given* some."""
    for path, change in steps:
        if change == "added" and len(path) == 2:
            for part in LISTS:
                if part in mechanism and part not in evidence:
                    _set(evidence, part, _own_evidence())
        elif change != "withdrawn" and len(path) > 2 and path[2] not in (*WITH_EVIDENCE, "evidence"):
            part = path[2].replace("_", " ")
            if part not in given:
                _set(evidence, part, _own_evidence())


def _limit_lists(evidence: Mapping, steps: list[Step], given: set[str]) -> None:
    """Let the *evidence* of a list say that it speaks of the list as it was, where *steps* change that."""
    for part in {path[2] for path, _change in steps if len(path) > 2}.intersection(LISTS) - given:
        piece = evidence.get(part)
        if isinstance(piece, Mapping) and piece.get("status") != OWN_DATA:
            note, limited = piece.get("note"), _copy(piece)
            _set(limited, "note", f"{note}; {LIMIT}" if note else LIMIT.capitalize())
            _set(evidence, part, limited)


def _own_evidence() -> object:
    """Return the evidence of what a file says without any."""
    return planted({"status": OWN_DATA, "sources": []}, START)


def _evidence(record: Mapping) -> Mapping:
    evidence = record.get("evidence")
    return evidence if isinstance(evidence, Mapping) else Mapping(record.place)


def _date_and_text(event: object) -> tuple[str, str]:
    if not isinstance(event, Mapping):
        return ("", "")  # the checker tells what is wrong with it
    return str(event.get("date")).strip(), str(event.get("text")).strip()


def _find(entries: list[tuple[object, Place]], known: list[int], own: Mapping) -> int | None:
    """Return of which of the *known* positions the record *own* speaks; its `since` tells where there are several."""
    if len(known) > 1 or (known and "since" in own and _since(entries[known[0]][0]) not in (None, own["since"])):
        known = [i for i in known if _since(entries[i][0]) == own.get("since")]
    return known[0] if known else None


def _as_mapping(item: object, place: Place, key: str) -> Mapping | None:
    """Return a copy of a record in the list called *key* as a mapping, also of one that is written as its key alone."""
    if isinstance(item, Mapping):
        return _copy(item)
    if key == "members" and isinstance(item, str):
        short = Mapping(place)
        _set(short, KEYS[key], item)
        return short
    return None


def _copy(mapping: Mapping) -> Mapping:
    copy = Mapping(mapping.place)
    copy.update(mapping)
    copy.places.update(mapping.places)
    return copy


def _since(item: object) -> object:
    return item.get("since") if isinstance(item, Mapping) else None


def _set(mapping: Mapping, key: str, value: object, place: Place | None = None) -> None:
    mapping[key], mapping.places[key] = value, place or mapping.place


def _mappings(value: object) -> Iterator[Mapping]:
    """Yield the items of a list that are mappings, as far as there is one."""
    yield from (item for item in value if isinstance(item, Mapping)) if isinstance(value, Sequence) else ()


def _entries(sequence: Sequence) -> list[tuple[object, Place]]:
    return list(zip(sequence, sequence.places, strict=True))


def _sequence(entries: list[tuple[object, Place]]) -> Sequence:
    sequence = Sequence()
    for item, place in entries:
        sequence.append(item)
        sequence.places.append(place)
    return sequence


def _without(events: list[tuple[object, Place]], gone: Set[str]) -> Iterator[tuple[object, Place]]:
    """Yield *events* without the mechanisms that are *gone*, and without those that concern nothing else."""
    for event, place in events:
        concerned = event.get("mechanisms") if isinstance(event, Mapping) else None
        if not isinstance(event, Mapping) or not isinstance(concerned, Sequence) or gone.isdisjoint(concerned):
            yield event, place
        elif not gone >= set(concerned):
            fewer = _copy(event)
            _set(fewer, "mechanisms", _sequence([(id_, at) for id_, at in _entries(concerned) if id_ not in gone]))
            yield fewer, place
