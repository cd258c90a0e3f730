"""Merges a mechanisms.yaml that `extends: bundled` into the bundled data, record by record.

Plain values are merged, before they are checked, so that one checker sees the result as a whole. A list of records is
merged by their key (an id, a code, a number), a mapping key by key; any other value is replaced. `withdraw: true` in a
record, or `null` for a value, removes it. Merging several overlays is associative as long as nothing is withdrawn and
no country has two spells in one mechanism.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from typing import Any, Literal, get_args

import msgspec

from govmap.dataset.check import describe
from govmap.dataset.problems import START, Position
from govmap.dataset.yaml_reader import Mapping, Sequence
from govmap.dates import is_part_date, last_day
from govmap.fields import LIMIT, OWN_DATA
from govmap.grouping import grouped
from govmap.language import LANGUAGES, _, speaking
from govmap.mechanism_parts import PARTS
from govmap.model import Correction, Dataset, Mechanism
from govmap.texts import enumerated

KINDS = {"mechanisms": "mechanism", "agencies": "agency", "resolutions": "resolution", "events": "event"}
SHOWN_KINDS = {**KINDS, "members": "country", "unclear_members": "country", "groups": "group"}
# The keys of the lists whose entries are records with a key. Any other list, as that of aliases, is one value.
KEYS = {"mechanisms": "id", "agencies": "id", "resolutions": "id", **{part.field: part.key for part in PARTS}}
STARTS = {part.field: part.dated_by for part in PARTS}  # the field that tells entries of one key apart
ITEMS = {field.name: item for field in msgspec.structs.fields(Mechanism) for item in get_args(field.type)[:1]}
WITH_EVIDENCE = tuple(p.field for p in PARTS if "evidence" in ITEMS[p.field].__struct_fields__)  # of their own
LISTS = tuple(part.field for part in PARTS if part.needs_source)  # which a reader asks the evidence of
Owner = tuple[Any, str]  # the kind and the id of a record that holds a list
Place = tuple[Any, str, str | None, str | None]  # the first fields of a correction
Entry = tuple[Any, Position]
Change = Literal["added", "changed", "withdrawn"]


def as_mapping(dataset: Dataset, position: Position) -> Mapping:
    """Return what a mechanisms.yaml of *dataset* would hold, all of it at *position*."""
    parts = {part: msgspec.to_builtins(getattr(dataset, part)) for part in ("about", *KINDS)}
    mapping: Mapping = with_positions(parts, position)
    return mapping


def with_positions(value: object, position: Position) -> Any:
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
        corrections: What the overlay changes.
        withdrawn: The entries of lists that are withdrawn and not written anew, with where they are withdrawn.
        changed: The mechanisms that it adds or changes, with their corrections and the parts that it has evidence for.
        unproven: The items of lists that it changes without evidence, of those that may have their own.

    """

    def __init__(self, note: Callable[[Position, str], None], alpha3: dict[str, str]) -> None:
        """Report problems by *note*; *alpha3* are the alpha-3 codes of countries by alpha-2 code."""
        self.note, self.alpha3 = note, alpha3
        self.corrections: list[Correction] = []
        self.withdrawn: dict[str, dict[str, Entry]] = {name: {} for name in KEYS}
        self.changed: list[tuple[Mapping, list[Correction], set[str]]] = []
        self.unproven: list[Mapping] = []

    def merge(self, base: Mapping, overlay: Mapping) -> Mapping:
        """Return the file *base* with the file *overlay* merged into it."""
        merged = base.copy(overlay.position)
        for key, value in overlay.items():
            if value is None and key in base:
                continue  # a whole list of records is not withdrawn by leaving it empty
            merged.set(key, self._merge_value(base.get(key), value, key), overlay.positions[key])
            for event in _mappings(value) if key == "events" else ():
                date, text = (str(_in_data(event.get(field))).strip() for field in ("date", "text"))
                self.corrections.append(Correction("event", date, None, text, "added"))
        if isinstance(merged.get("events"), Sequence):
            events = _without(base["events"].entries(), self.withdrawn["mechanisms"].keys())
            merged["events"] = Sequence([*events, *(overlay.get("events") or Sequence()).entries()])
        for mechanism in _mappings(merged.get("mechanisms")):
            self._take_out_references(mechanism)
        own = {resolution.get("id") for resolution in _mappings(overlay.get("resolutions"))}
        for resolution in _mappings(merged.get("resolutions")):
            if resolution.get("id") not in own and isinstance(resolution.get("points"), Sequence):
                points = _without(resolution["points"].entries(), self.withdrawn["mechanisms"].keys())
                resolution["points"] = Sequence(points)
        self._require_unused_agencies(merged)
        return merged

    def _take_out_references(self, mechanism: Mapping) -> None:
        """Take out of the lists of a *mechanism* what is of mechanisms that are withdrawn, as its links with them."""
        for part in (part for part in PARTS if part.of == "mechanism"):
            items = mechanism.get(part.field)
            if isinstance(items, Sequence):
                gone = self.withdrawn["mechanisms"].keys()
                left = [e for e in items.entries() if not (isinstance(e[0], Mapping) and e[0].get(part.key) in gone)]
                mechanism[part.field] = Sequence(left)

    def _merge_value(self, base: Any, overlay: Any, key: str, owner: Owner | None = None) -> Any:
        """Return a value of the file, or of the *owner*: lists and mappings are merged, anything else is replaced."""
        has_keys = key in KEYS and (owner or key in KINDS)
        if has_keys and isinstance(overlay, Sequence) and isinstance(base, Sequence | None):
            return self._merge_records(base or Sequence(), overlay, key, owner)
        return _merge_keys(base, overlay) if isinstance(base, Mapping) and isinstance(overlay, Mapping) else overlay

    def _require_unused_agencies(self, merged: Mapping) -> None:
        """Report agencies that are withdrawn and still in use; they are left in, so that this is reported once."""
        for id_, (agency, position) in self.withdrawn["agencies"].items():
            users = [
                str(mechanism.get("id"))
                for mechanism in _mappings(merged["mechanisms"])
                if id_ in (secretariat.get("agency") for secretariat in _mappings(mechanism.get("secretariats")))
            ]
            if users:
                template = _(
                    "the agency {id} is still a secretariat of {mechanisms}; withdraw it there too, or keep it"
                )
                self.note(position, template.format(id=id_, mechanisms=enumerated(users)))
                merged["agencies"].add(agency, position)

    def _merge_records(self, base: Sequence, overlay: Sequence, name: str, owner: Owner | None) -> Sequence:
        """Return the list *name* of the file, or of the *owner*, with the records merged that have the same key."""
        entries: list[Any] = [(_as_record(item, position, name), position) for item, position in base.entries()]
        places = grouped((self._id_of(record, name), i) for i, (record, _position) in enumerate(entries))
        first: dict[tuple[str, object], Position] = {}
        for item, position in overlay.entries():
            record = _as_record(item, position, name)
            id_ = self._id_of(record, name)
            if id_ is None:
                entries.append((item, position))  # the checker says what is wrong with it
                continue
            place: Place = (*owner, name, id_) if owner else (KINDS[name], id_, None, None)
            known = places.setdefault(id_, [])
            start = STARTS.get(name, "since")
            at = _find(entries, known, record, start)
            if self._withdraws(record):
                if at is None:
                    template = _("there is no {id} in the bundled `{key}` to withdraw; correct or remove it")
                    self.note(position, template.format(id=id_, key=name))
                else:
                    known.remove(at)
                    self.withdrawn[name][id_] = entries[at][0], position
                    since = _begun(entries[at][0]) if owner else None
                    self.corrections.append(Correction(*place, "withdrawn", since))
                    entries[at] = None
                continue
            earlier = first.setdefault((id_, record.get(start)), position)
            if earlier is not position:  # the second would silently change the first
                template = _("the {kind} {id} is repeated here (first on line {line}); keep one")
                kind = _(SHOWN_KINDS.get(name, "record"))
                self.note(position, template.format(kind=kind, id=id_, line=earlier.line))
            if at is None:
                known.append(len(entries))
                entries.append((self._merge_record(None, record, name, place), position))
                self.withdrawn[name].pop(id_, None)
            else:
                entries[at] = (self._merge_record(entries[at][0], record, name, place), position)
        return Sequence(entry for entry in entries if entry)

    def _merge_record(self, base: Mapping | None, record: Mapping, name: str, place: Place) -> Mapping:
        """Return a *record* of the list *name* merged into that of the *base*, if any, and keep what it changes."""
        start, merged = len(self.corrections), record
        if base is None:
            self.corrections.append(Correction(*place, "added", _begun(record) if place[2] else None))
        elif place[2] is None:
            merged = self._merge_parts(base, record, place[:2])
        else:
            merged = _merge_keys(base, record)
            if merged != base:
                self.corrections.append(Correction(*place, "changed", _differs_since(base, merged)))
        if name in WITH_EVIDENCE and merged != base and record.get("evidence") is None:
            self.unproven.append(merged)
        if name == "mechanisms":
            given = {part for part, evidence in _evidence(record).items() if evidence is not None}
            self.changed.append((merged, self.corrections[start:], given))
        return merged

    def _merge_parts(self, base: Mapping, record: Mapping, owner: Owner) -> Mapping:
        """Return the *record* of a file merged into that of the *base*, and keep which keys of it change."""
        whole = record.copy()
        for key, value in record.items():
            whole[key] = self._merge_value(base.get(key), value, key, owner)
            if key == "evidence":
                before, after = _evidence(base), _evidence(whole)
                for part in {**before, **after}:
                    self._compare(before, after, part, (*owner, key, part))
            elif not (key in KEYS and isinstance(value, Sequence)):
                self._compare(base, whole, key, (*owner, key, None))
        return _merge_keys(base, whole)

    def _compare(self, base: Mapping, merged: Mapping, key: str, place: Place) -> None:
        """Keep how the value of a *key* changes."""
        if merged.get(key) != base.get(key):
            change: Change = "withdrawn" if merged.get(key) is None else "changed" if key in base else "added"
            self.corrections.append(Correction(*place, change))

    def _withdraws(self, record: Mapping) -> bool:
        """Remove the key `withdraw` from a *record*, and return its value."""
        withdraw = record.pop("withdraw", None)
        if not isinstance(withdraw, bool | None):
            text = _("`{key}` must be true or false, not {value}").format(key="withdraw", value=describe(withdraw))
            self.note(record.positions["withdraw"], text)
        return withdraw is True

    def _id_of(self, record: Any, name: str) -> str | None:
        """Return the key of a *record* in the list *name*; None where it has none."""
        value = record.get(KEYS[name]) if isinstance(record, Mapping) else None
        if not isinstance(value, str | int):
            return None
        return self.alpha3.get(str(value), str(value)) if KEYS[name] == "code" else str(value)

    def add_evidence(self) -> None:
        """Mark what the overlay says without evidence, in the merged file, as own data."""
        for mechanism, corrections, given in self.changed:
            if corrections and isinstance(mechanism.get("evidence"), Mapping | None):  # else the checker rejects it
                mechanism.set("evidence", _marked(mechanism, corrections, given))
        for record in self.unproven:
            record.set("evidence", _own_evidence())


def _marked(mechanism: Mapping, corrections: list[Correction], given: set[str]) -> Mapping:
    """Return the evidence of a *mechanism*, with what *corrections* change as own data, but for the parts *given*.

    The evidence of a bundled list that they change says that it speaks of the list as it was.
    """
    evidence = _evidence(mechanism).copy()
    for correction in corrections:
        label = (correction.part or "").replace("_", " ")
        if correction.part is None:  # the mechanism is new
            for part in (part for part in LISTS if part in mechanism and part not in evidence):
                evidence.set(part, _own_evidence())
        elif correction.change != "withdrawn" and label not in (*WITH_EVIDENCE, "evidence", *given):
            evidence.set(label, _own_evidence())
    for part in set(LISTS).intersection(correction.part for correction in corrections) - given:
        piece = evidence.get(part)
        if isinstance(piece, Mapping) and piece.get("status") != OWN_DATA:
            limited = piece.copy()
            limited.set("note", _limited(piece.get("note")))
            evidence.set(part, limited)
    return evidence


def _limited(note: Any) -> Any:
    """Return a *note* on a bundled list, in the languages that it has, with what it does not speak of."""
    if isinstance(note, str):
        return f"{note}. {LIMIT}"
    noted = Mapping(START)
    for language in LANGUAGES if note is None else note:
        with speaking(language):
            limit = _(LIMIT)
        noted.set(language, f"{note[language]}. {limit}" if note else limit)
    return noted


def _in_data(text: Any) -> Any:
    """Return a *text* of a file in the language that it has in any case."""
    return text.get("en") if isinstance(text, Mapping) else text


def _merge_keys(base: Mapping, overlay: Mapping) -> Mapping:
    """Return *base* with the values of *overlay*, of which null removes a key."""
    merged = base.copy(overlay.position)
    for key, value in overlay.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged.set(key, value, overlay.positions[key])
    return merged


def _begun(item: Mapping) -> str | None:
    """Return the date from which an *item* of a list may count; none where that is every date."""
    dates = (item.get(key) for key in ("since", "joined_after", "joined_by", "seen", "date"))
    return next((date for date in dates if isinstance(date, str) and is_part_date(date)), None)


def _differs_since(base: Mapping, merged: Mapping) -> str | None:
    """Return the date before which an item of a list is the same in two forms; none where it never is."""
    if {**base, "until": None, "evidence": None} != {**merged, "until": None, "evidence": None}:
        return None
    ends = [item.get("until") for item in (base, merged)]
    return min((end for end in ends if isinstance(end, str) and is_part_date(end)), key=last_day, default=None)


def _own_evidence() -> Any:
    """Return the evidence of what a file says without any."""
    return with_positions({"status": OWN_DATA, "sources": []}, START)


def _evidence(record: Mapping) -> Mapping:
    evidence = record.get("evidence")
    return evidence if isinstance(evidence, Mapping) else Mapping(record.position)


def _find(entries: list[Any], known: list[int], record: Mapping, start: str) -> int | None:
    """Return the one of the *known* positions that a *record* is about; its *start* decides between several."""
    since = record.get(start)
    if len(known) > 1 or (known and start in record and entries[known[0]][0].get(start) not in (None, since)):
        known = [i for i in known if entries[i][0].get(start) == since]
    return known[0] if known else None


def _as_record(item: Any, position: Position, name: str) -> Any:
    """Return a copy of an *item* of the list *name*, as a record also where it is written as its code alone."""
    if isinstance(item, str) and name in ITEMS and getattr(ITEMS[name], "shorthand", None) == KEYS.get(name):
        return with_positions({KEYS[name]: item}, position)
    return item.copy() if isinstance(item, Mapping) else item


def _mappings(value: object) -> Iterator[Mapping]:
    """Yield the items of a list that are mappings; none where *value* is no list."""
    yield from (item for item in value if isinstance(item, Mapping)) if isinstance(value, Sequence) else ()


def _without(records: list[Entry], withdrawn: Set[str]) -> Iterator[Entry]:
    """Yield *records*, as events, without the *withdrawn* mechanisms, and without those that concern no other."""
    for record, position in records:
        mechanisms = record.get("mechanisms", Sequence())
        left = Sequence(entry for entry in mechanisms.entries() if entry[0] not in withdrawn)
        if left or not mechanisms:
            record.set("mechanisms", left)
            yield record, position
