"""Lays a mechanisms.yaml that `extends: bundled` over the bundled data, record by record.

It works on plain values, before they are checked, so that one checker sees the whole that comes out. A list of records
is merged by their key (an id, a code, a number), a mapping key by key; any other value is replaced. `withdraw: true` in
a record, or `null` for a value, takes it away. Laying several files over one another is associative as long as nothing
is withdrawn and no country has two spells in one mechanism.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import msgspec

from govmap.dataset.check import named
from govmap.dataset.problems import Place
from govmap.dataset.yaml_reader import Mapping, Sequence
from govmap.fields import OWN_DATA
from govmap.language import _
from govmap.model import Correction, Dataset

# The lists whose entries are known by a key. A list that is not here, as that of aliases, is one value.
KEYS = {
    "mechanisms": "id",
    "agencies": "id",
    "resolutions": "id",
    "members": "code",
    "unclear_members": "code",
    "groups": "number",
    "pillars": "number",
    "sub_bodies": "id",
    "secretariats": "agency",
}
WITH_EVIDENCE = ("members", "groups")  # whose entries have evidence of their own
LISTS = (*WITH_EVIDENCE, "secretariats")  # which a reader asks the evidence of
LIMIT = "this speaks of the bundled list, which own data change"
KINDS = {"mechanisms": "mechanism", "agencies": "agency", "resolutions": "resolution", "events": "event"}
KINDS_OF = {**KINDS, "members": "country", "unclear_members": "country", "groups": "group"}  # for people
Note = Callable[[Place, str], None]
Path = tuple[str, ...]


class Step(NamedTuple):
    """One thing that the upper file does: where (as in mechanisms, RCM, members, VEN), what, and if with evidence."""

    path: Path
    change: str
    sourced: bool = True


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
            _set(mapping, key, planted(item, place), place)
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

    def files(self, below: Mapping, above: Mapping) -> Mapping:
        """Return the file *above* laid over the file *below*."""
        merged = self._mapping(below, above, ())
        gone = {step.path[1] for step in self.steps if step.change == "withdrawn" and step.path[:-1] == ("mechanisms",)}
        if gone and isinstance(merged.get("events"), Sequence):
            _set(merged, "events", _without(merged["events"], gone), merged.places["events"])
        return merged

    def _mapping(self, below: Mapping, above: Mapping, path: Path) -> Mapping:
        merged = _copy(below)
        merged.place = above.place
        for key, value in above.items():
            if value is None and (path or key in below):
                if path:  # a whole list of records is not withdrawn by leaving it empty
                    merged.pop(key, None)
            else:
                _set(merged, key, self._value(key, below.get(key), value, (*path, key)), above.places[key])
            if len(path) == 2 and key not in (*KEYS, KEYS[path[0]], "evidence") and merged.get(key) != below.get(key):
                change = "withdrawn" if value is None else "changed" if key in below else "added"
                self.steps.append(Step((*path, key), change, key.replace("_", " ") in _evidence(above)))
            if len(path) == 2 and key == "evidence":
                known = _evidence(below)
                for part, piece in _evidence(merged).items():
                    if piece != known.get(part):
                        self.steps.append(Step((*path, key, part), "changed" if part in known else "added"))
        return merged

    def _value(self, key: str, below: object, above: object, path: Path) -> object:
        if isinstance(above, Sequence) and isinstance(below, Sequence | None):
            if key in KEYS:
                return self._records(key, below or Sequence(), above, path)
            if path == ("events",):
                self.steps.extend(Step(("events", *_date_and_text(event)), "added") for event in above)
                return _sequence([*_entries(below or Sequence()), *_entries(above)])
        whole = len(path) > 3 and "evidence" in path[2:]  # a status has its own sources
        if isinstance(above, Mapping) and isinstance(below, Mapping) and not whole:
            return self._mapping(below, above, path)
        return above

    def _records(self, key: str, below: Sequence, above: Sequence, path: Path) -> Sequence:
        """Return the records of *above* laid over those of *below* that have the same key."""
        entries = _entries(below)
        positions: dict[str | None, list[int]] = {}  # of the entries with an id; where one is withdrawn, of none
        for i, (item, _place) in enumerate(entries):
            positions.setdefault(self.id_of(item, key), []).append(i)
        gone: set[int] = set()
        stood: dict[tuple[str, object], Place] = {}
        for item, place in _entries(above):
            own, id_ = _as_mapping(item, place, key), self.id_of(item, key)
            if own is None or id_ is None:
                entries.append((item, place))  # the checker tells what is wrong with it
                continue
            known = positions.setdefault(id_, [])
            at = _find(entries, known, own)
            sourced = key not in WITH_EVIDENCE or "evidence" in own
            if self._withdraws(own):
                if at is None:
                    told = _("there is no {id} among the `{key}` below to withdraw; mend it, or take it out")
                    self.note(place, told.format(id=id_, key=key))
                else:
                    known.remove(at)
                    gone.add(at)
                    self.steps.append(Step((*path, id_), "withdrawn"))
                continue
            self._require_once(stood.setdefault((id_, own.get("since")), place), place, key, id_)
            if at is None:
                known.append(len(entries))
                entries.append((own, place))
                self.steps.append(Step((*path, id_), "added", sourced))
            else:
                before = _as_mapping(*entries[at], key) or own
                entries[at] = (self._mapping(before, own, (*path, id_)), place)
                if entries[at][0] != before:  # what only says again what is there changes nothing
                    self.steps.append(Step((*path, id_), "changed", sourced))
        return _sequence([entry for i, entry in enumerate(entries) if i not in gone])

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

    def id_of(self, item: object, key: str) -> str | None:
        """Return the key of an item in the list called *key*, which it may be by itself; None where it has none."""
        value = item.get(KEYS[key]) if isinstance(item, Mapping) else item if _is_key(item, key) else None
        text = str(value) if isinstance(value, str | int) else getattr(value, "raw", None)
        return self.alpha3.get(text, text) if text and KEYS[key] == "code" else text

    def mark(self, merged: Mapping) -> None:
        """Give what the upper file says without evidence, in the *merged* one, the evidence that it is own data."""
        mechanisms = merged.get("mechanisms")
        by_id: dict[str | None, list[Step]] = {}
        for step in self.steps:
            if step.path[0] == "mechanisms":
                by_id.setdefault(step.path[1], []).append(step)
        for mechanism in mechanisms if isinstance(mechanisms, Sequence) else ():
            if isinstance(mechanism, Mapping):
                mine = by_id.get(self.id_of(mechanism, "mechanisms"), [])
                for step in mine:
                    if step.change != "withdrawn" and "evidence" not in step.path[2:3]:
                        self._mark_step(mechanism, step)
                _limit_evidence(mechanism, mine)

    def _mark_step(self, mechanism: Mapping, step: Step) -> None:
        part = step.path[2] if len(step.path) > 2 else None
        entries = mechanism.get(part) if part in WITH_EVIDENCE else None
        if part is None and step.change == "added":
            _mark_parts(mechanism, [name for name in LISTS if name in mechanism])
        elif part is not None and isinstance(entries, Sequence) and not step.sourced:
            for i, (item, place) in enumerate(_entries(entries)):
                record = _as_mapping(item, place, str(part))
                if record is not None and self.id_of(item, str(part)) == step.path[3]:
                    _set(record, "evidence", own_evidence(place), place)
                    entries[i] = record
        elif part not in (None, *WITH_EVIDENCE) and (len(step.path) > 3 or not step.sourced):
            _mark_parts(mechanism, [str(part).replace("_", " ")], anew=True)


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


def own_evidence(place: Place) -> object:
    """Return the evidence of what a file says without any."""
    return planted({"status": OWN_DATA, "sources": []}, place)


def _limit_evidence(mechanism: Mapping, steps: list[Step]) -> None:
    """Let the evidence of a list say that it speaks of the list as it was, where *steps* change entries of it."""
    evidence = _copy(_evidence(mechanism))
    brought = {step.path[3] for step in steps if step.path[2:3] == ("evidence",)}
    for part in {step.path[2] for step in steps if len(step.path) > 3} - brought:
        piece = evidence.get(part)
        if part in WITH_EVIDENCE and isinstance(piece, Mapping):
            note = piece.get("note")
            limited = _copy(piece)
            _set(limited, "note", f"{note}; {LIMIT}" if isinstance(note, str) else LIMIT.capitalize(), piece.place)
            _set(evidence, part, limited, piece.place)
    if evidence:
        _set(mechanism, "evidence", evidence, mechanism.places.get("evidence", mechanism.place))


def _mark_parts(mechanism: Mapping, parts: list[str], *, anew: bool = False) -> None:
    evidence = _copy(_evidence(mechanism) or Mapping(mechanism.place))
    for part in parts:
        if anew or part not in evidence:
            _set(evidence, part, own_evidence(mechanism.place), mechanism.place)
    _set(mechanism, "evidence", evidence, mechanism.places.get("evidence", mechanism.place))


def _evidence(record: Mapping) -> Mapping:
    evidence = record.get("evidence")
    return evidence if isinstance(evidence, Mapping) else Mapping(record.place)


def _date_and_text(event: object) -> tuple[str, str]:
    return (str(event.get("date")), str(event.get("text"))) if isinstance(event, Mapping) else ("", "")


def _find(entries: list[tuple[object, Place]], known: list[int], own: Mapping) -> int | None:
    """Return of which of the *known* positions the record *own* speaks; its `since` tells where there are several."""
    if len(known) > 1 or (known and "since" in own and _since(entries[known[0]][0]) not in (None, own["since"])):
        known = [i for i in known if _since(entries[i][0]) == own.get("since")]
    return known[0] if known else None


def _is_key(item: object, key: str) -> bool:
    """Return whether an item in the list called *key* is a record that is written as its key alone."""
    return key == "members" and isinstance(item, str)


def _as_mapping(item: object, place: Place, key: str) -> Mapping | None:
    """Return a copy of a record in the list called *key* as a mapping, also of one that is written as its key alone."""
    if isinstance(item, Mapping):
        return _copy(item)
    if _is_key(item, key):
        short = Mapping(place)
        _set(short, KEYS[key], item, place)
        return short
    return None


def _copy(mapping: Mapping) -> Mapping:
    copy = Mapping(mapping.place)
    copy.update(mapping)
    copy.places.update(mapping.places)
    return copy


def _since(item: object) -> object:
    return item.get("since") if isinstance(item, Mapping) else None


def _set(mapping: Mapping, key: str, value: object, place: Place) -> None:
    mapping[key], mapping.places[key] = value, place


def _entries(sequence: Sequence) -> list[tuple[object, Place]]:
    return list(zip(sequence, sequence.places, strict=True))


def _sequence(entries: list[tuple[object, Place]]) -> Sequence:
    sequence = Sequence()
    for item, place in entries:
        sequence.append(item)
        sequence.places.append(place)
    return sequence


def _without(events: object, gone: set[str]) -> Sequence:
    """Return *events* without the mechanisms that are *gone*, and without those that concern nothing else."""
    kept: list[tuple[object, Place]] = []
    assert isinstance(events, Sequence)  # noqa: S101 - asked for by the caller
    for event, place in _entries(events):
        named = event.get("mechanisms") if isinstance(event, Mapping) else None
        if isinstance(event, Mapping) and isinstance(named, Sequence) and gone.intersection(map(str, named)):
            left = [(name, at) for name, at in _entries(named) if str(name) not in gone]
            if left:
                _set(event, "mechanisms", _sequence(left), place)
                kept.append((event, place))
        else:
            kept.append((event, place))
    return _sequence(kept)
