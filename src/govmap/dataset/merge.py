"""Merges a mechanisms.yaml that `extends: bundled` into the bundled data, record by record.

Plain values are merged, before they are checked, so that one checker sees the result as a whole. A list of records is
merged by their key (an id, a code, a number), a mapping key by key; any other value is replaced. `withdraw: true` in a
record, or `null` for a value, removes it. Merging several overlays is associative as long as nothing is withdrawn and
no country has two spells in one mechanism.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from typing import NamedTuple

import msgspec

from govmap.dataset.check import describe
from govmap.dataset.problems import START, Position
from govmap.dataset.yaml_reader import Mapping, Sequence
from govmap.fields import OWN_DATA
from govmap.language import _
from govmap.mechanism_parts import PARTS
from govmap.model import Correction, Dataset
from govmap.texts import enumerated

# The keys of the lists whose entries are records with a key. Any other list, as that of aliases, is one value.
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
SHOWN_KINDS = {**KINDS, "members": "country", "unclear_members": "country", "groups": "group"}
Path = tuple[str, ...]
Entry = tuple[object, Position]


class Change(NamedTuple):
    """One change that the overlay makes: where (as in mechanisms, RCM, members, VEN), and of which kind."""

    path: Path
    kind: str


def as_mapping(dataset: Dataset, position: Position) -> Mapping:
    """Return what a mechanisms.yaml of *dataset* would hold, all of it at *position*."""
    parts = {part: msgspec.to_builtins(getattr(dataset, part)) for part in ("about", *KINDS)}
    mapping = with_positions(parts, position)
    assert isinstance(mapping, Mapping)  # noqa: S101 - what was a dict
    return mapping


def with_positions(value: object, position: Position) -> object:
    """Return *value* as the YAML reader would return it, all of it at *position*."""
    if isinstance(value, dict):
        mapping = Mapping(position)
        for key, item in value.items():
            mapping.set(key, with_positions(item, position))
        return mapping
    if isinstance(value, list | tuple):
        return Sequence((with_positions(item, position), position) for item in value)
    return value


class Merger:
    """Merges an overlay into a base.

    Attributes:
        changes: What the overlay changes.
        withdrawn: The records that are withdrawn and not written anew, by path, with where they are withdrawn.
        evidence_given: The parts of a record for which the overlay names evidence, by path.
        unproven: The members and groups that it changes without evidence.

    """

    def __init__(self, note: Callable[[Position, str], None], alpha3: dict[str, str]) -> None:
        """Report problems by *note*; *alpha3* are the alpha-3 codes of countries by alpha-2 code."""
        self.note, self.alpha3 = note, alpha3
        self.changes: list[Change] = []
        self.withdrawn: dict[Path, Entry] = {}
        self.evidence_given: dict[Path, set[str]] = {}
        self.unproven: list[Mapping] = []

    def merge(self, base: Mapping, overlay: Mapping) -> Mapping:
        """Return the file *base* with the file *overlay* merged into it."""
        merged = self._merge_mapping(base, overlay, ())
        events, base_events = merged.get("events"), base.get("events")
        if isinstance(events, Sequence) and isinstance(base_events, Sequence):
            entries, number = events.entries(), len(base_events)
            kept = _without(entries[:number], self._withdrawn("mechanisms").keys())
            merged.set("events", Sequence([*kept, *entries[number:]]))
        self._require_unused_agencies(merged)
        return merged

    def corrections(self) -> tuple[Correction, ...]:
        """Return the changes as a dataset keeps them."""
        found = []
        for path, change in self.changes:
            kind, id_ = KINDS[path[0]], path[1]
            part = path[2] if len(path) > 2 and kind != "event" else None
            item = path[-1] if len(path) > 3 or kind == "event" else None
            if len(path) != 2 or change != "changed":  # what is changed in a record has an entry for each part
                found.append(Correction(kind, id_, part, item, change))  # type: ignore[arg-type]  # made here
        return tuple(found)

    def _withdrawn(self, part: str) -> dict[str, Entry]:
        return {path[1]: entry for path, entry in self.withdrawn.items() if path[:-1] == (part,)}

    def _require_unused_agencies(self, merged: Mapping) -> None:
        """Report agencies that are withdrawn and still in use; they are left in, so that this is reported once."""
        agencies = merged.get("agencies")
        for id_, (agency, position) in self._withdrawn("agencies").items():
            users = [
                str(mechanism.get("id"))
                for mechanism in _mappings(merged.get("mechanisms"))
                if any(secretariat.get("agency") == id_ for secretariat in _mappings(mechanism.get("secretariats")))
            ]
            if users and isinstance(agencies, Sequence):
                template = _(
                    "the agency {id} is still a secretariat of {mechanisms}; withdraw it there too, or keep it"
                )
                self.note(position, template.format(id=id_, mechanisms=enumerated(users)))
                agencies.add(agency, position)

    def _merge_mapping(self, base: Mapping, overlay: Mapping, path: Path) -> Mapping:
        merged = base.copy()
        merged.position = overlay.position
        for key, value in overlay.items():
            if value is None and (path or key in base):
                if path:  # a whole list of records is not withdrawn by leaving it empty
                    merged.pop(key, None)
            else:
                merged.set(key, self._merge_value(base.get(key), value, (*path, key)), overlay.positions[key])
            if len(path) == 2 and key == "evidence":
                before, after, given = _evidence(base), _evidence(merged), _evidence(overlay)
                self.evidence_given[path] = {part for part, evidence in given.items() if evidence is not None}
                self._compare((*path, key), before, after, [*{**before, **after}])
            elif len(path) == 2 and (key not in KEYS or key not in merged):
                self._compare(path, base, merged, [key])
        return merged

    def _compare(self, path: Path, base: Mapping, merged: Mapping, keys: list[str]) -> None:
        """Record the *keys* whose values differ."""
        for key in keys:
            if merged.get(key) != base.get(key):
                kind = "withdrawn" if key not in merged else "changed" if key in base else "added"
                self.changes.append(Change((*path, key), kind))

    def _merge_value(self, base: object, overlay: object, path: Path) -> object:
        if isinstance(overlay, Sequence) and isinstance(base, Sequence | None):
            if path[-1] in KEYS:
                return self._merge_records(base or Sequence(), overlay, path)
            if path == ("events",):
                self.changes.extend(Change(("events", *_date_and_text(event)), "added") for event in overlay)
                return Sequence([*(base or Sequence()).entries(), *overlay.entries()])
        is_whole = len(path) > 3  # evidence of a part or a member: its status belongs to its sources
        if isinstance(overlay, Mapping) and isinstance(base, Mapping) and not is_whole:
            return self._merge_mapping(base, overlay, path)
        return overlay

    def _merge_records(self, base: Sequence, overlay: Sequence, path: Path) -> Sequence:
        """Return the records of *base* with those of *overlay* that have the same key merged into them."""
        key, entries = path[-1], base.entries()
        positions: dict[str | None, list[int]] = {}
        for i, entry in enumerate(entries):
            positions.setdefault(self._id_of(_as_record(*entry, key), key), []).append(i)
        removed: set[int] = set()
        seen: dict[tuple[str, object], Position] = {}
        for item, position in overlay.entries():
            record = _as_record(item, position, key)
            id_ = self._id_of(record, key)
            if record is None or id_ is None:
                entries.append((item, position))  # the checker says what is wrong with it
                continue
            known = positions.setdefault(id_, [])
            at = _find(entries, known, record)
            if self._withdraws(record):
                if at is None:
                    template = _("there is no {id} among the `{key}` below to withdraw; mend it, or take it out")
                    self.note(position, template.format(id=id_, key=key))
                else:
                    known.remove(at)
                    removed.add(at)
                    self.withdrawn[(*path, id_)] = (entries[at][0], position)
                    self.changes.append(Change((*path, id_), "withdrawn"))
                continue
            self._require_once(seen.setdefault((id_, record.get("since")), position), position, key, id_)
            if at is None:
                known.append(len(entries))
                entries.append((record, position))
                self.withdrawn.pop((*path, id_), None)
                self._record_change((*path, id_), "added", record, record)
            else:
                before = _as_record(*entries[at], key) or record
                merged = self._merge_mapping(before, record, (*path, id_))
                entries[at] = (merged, position)
                if merged != before:
                    self._record_change((*path, id_), "changed", record, merged)
        return Sequence(entry for i, entry in enumerate(entries) if i not in removed)

    def _record_change(self, path: Path, kind: str, record: Mapping, merged: Mapping) -> None:
        self.changes.append(Change(path, kind))
        if path[-2] in WITH_EVIDENCE and record.get("evidence") is None:
            self.unproven.append(merged)

    def _withdraws(self, record: Mapping) -> bool:
        """Remove the key `withdraw` from a *record*, and return its value."""
        withdraw = record.pop("withdraw", None)
        if not isinstance(withdraw, bool | None):
            text = _("`{key}` must be true or false, not {value}").format(key="withdraw", value=describe(withdraw))
            self.note(record.positions["withdraw"], text)
        return withdraw is True

    def _require_once(self, first: Position, position: Position, key: str, id_: str) -> None:
        """Report a record that the overlay holds twice: the second would silently change the first."""
        if first is not position:
            template = _("the {kind} {id} stands here again (first on line {line}); keep one")
            self.note(position, template.format(kind=_(SHOWN_KINDS.get(key, "record")), id=id_, line=first.line))

    def _id_of(self, record: Mapping | None, key: str) -> str | None:
        """Return the key of a *record* in the list called *key*; None where it has none."""
        value = record.get(KEYS[key]) if record is not None else None
        text = str(value) if isinstance(value, str | int) else None
        return self.alpha3.get(text, text) if text and KEYS[key] == "code" else text

    def add_evidence(self, merged: Mapping) -> None:
        """Mark what the overlay says without evidence, in the *merged* file, as own data."""
        changes_by_record: dict[Path, list[Change]] = {}
        for change in self.changes:
            changes_by_record.setdefault(change.path[:2], []).append(change)
        for mechanism in _mappings(merged.get("mechanisms")):
            path = ("mechanisms", str(mechanism.get("id")))
            changes = changes_by_record.get(path)
            if changes and isinstance(mechanism.get("evidence"), Mapping | None):  # else the checker rejects it
                given = self.evidence_given.get(path, set())
                evidence = _evidence(mechanism).copy()
                _mark_parts(mechanism, evidence, changes, given)
                _limit_lists(evidence, changes, given)
                mechanism.set("evidence", evidence)
        for record in self.unproven:
            record.set("evidence", _own_evidence())


def _mark_parts(mechanism: Mapping, evidence: Mapping, changes: list[Change], given: set[str]) -> None:
    """Mark the parts that *changes* add or change as own data, but for those with evidence *given* by the overlay."""
    for path, kind in changes:
        if kind == "added" and len(path) == 2:
            for part in LISTS:
                if part in mechanism and part not in evidence:
                    evidence.set(part, _own_evidence())
        elif kind != "withdrawn" and len(path) > 2 and path[2] not in (*WITH_EVIDENCE, "evidence"):
            part = path[2].replace("_", " ")
            if part not in given:
                evidence.set(part, _own_evidence())


def _limit_lists(evidence: Mapping, changes: list[Change], given: set[str]) -> None:
    """Add to the *evidence* of a list that *changes* alter that it speaks of the list as it was."""
    for part in {path[2] for path, _kind in changes if len(path) > 2}.intersection(LISTS) - given:
        piece = evidence.get(part)
        if isinstance(piece, Mapping) and piece.get("status") != OWN_DATA:
            note, limited = piece.get("note"), piece.copy()
            limited.set("note", f"{note}; {LIMIT}" if note else LIMIT.capitalize())
            evidence.set(part, limited)


def _own_evidence() -> object:
    """Return the evidence of what a file says without any."""
    return with_positions({"status": OWN_DATA, "sources": []}, START)


def _evidence(record: Mapping) -> Mapping:
    evidence = record.get("evidence")
    return evidence if isinstance(evidence, Mapping) else Mapping(record.position)


def _date_and_text(event: object) -> tuple[str, str]:
    if not isinstance(event, Mapping):
        return ("", "")  # the checker says what is wrong with it
    return str(event.get("date")).strip(), str(event.get("text")).strip()


def _find(entries: list[Entry], known: list[int], record: Mapping) -> int | None:
    """Return the one of the *known* positions that a *record* is about; its `since` decides between several."""
    if len(known) > 1 or (known and "since" in record and _since(entries[known[0]]) not in (None, record["since"])):
        known = [i for i in known if _since(entries[i]) == record.get("since")]
    return known[0] if known else None


def _since(entry: Entry) -> object:
    return entry[0].get("since") if isinstance(entry[0], Mapping) else None


def _as_record(item: object, position: Position, key: str) -> Mapping | None:
    """Return a copy of a record in the list called *key*, also of a member that is written as its code alone."""
    if isinstance(item, Mapping):
        return item.copy()
    if key == "members" and isinstance(item, str):
        record = Mapping(position)
        record.set(KEYS[key], item)
        return record
    return None


def _mappings(value: object) -> Iterator[Mapping]:
    """Yield the items of a list that are mappings; none where *value* is no list."""
    yield from (item for item in value if isinstance(item, Mapping)) if isinstance(value, Sequence) else ()


def _without(events: list[Entry], withdrawn: Set[str]) -> Iterator[Entry]:
    """Yield *events* without the *withdrawn* mechanisms, and without those that concern no other."""
    for event, position in events:
        mechanisms = event.get("mechanisms") if isinstance(event, Mapping) else None
        if not isinstance(event, Mapping) or not isinstance(mechanisms, Sequence) or withdrawn.isdisjoint(mechanisms):
            yield event, position
        elif not withdrawn >= set(mechanisms):
            fewer = event.copy()
            fewer.set("mechanisms", Sequence(entry for entry in mechanisms.entries() if entry[0] not in withdrawn))
            yield fewer, position
