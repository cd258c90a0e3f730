"""Reads YAML into plain values that know their position, straight from the parser's events.

Only what the data format needs is read: mappings with text keys, sequences, texts, whole numbers, true, false
and null. What YAML 1.1 would turn into something else unasked (NO, yes, 2022-06-10) comes back as a `Trap`,
so that the checks can say so. Anchors and aliases are refused, which also keeps a small file from growing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import yaml

from govmap.dataset.problems import Place, Problem
from govmap.language import N_, _
from govmap.texts import printable

MAX_DEPTH = 40
TOO_DEEP = N_("nested deeper than {levels} levels; flatten the file")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser where PyYAML was built with it

NULLS = {"", "~", "null", "Null", "NULL"}
BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
YAML_1_1_BOOLEAN = re.compile(r"^(?:y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF)$")
INTEGER = re.compile(r"^[-+]?(?:0|[1-9][0-9]{0,17})$")
OTHER_NUMBER = re.compile(
    r"^[-+]?(?:0[0-9_]+|0x[0-9a-fA-F]+|[0-9][0-9_]*(?::[0-5]?[0-9])+|[0-9]*\.[0-9]+(?:e[-+]?[0-9]+)?)$"
)
DATE = re.compile(r"^\d{4}-\d\d?-\d\d?(?:[Tt ].*)?$")


class Trap(NamedTuple):
    """An unquoted text that YAML 1.1 reads as something else, and what that is, to be translated where it is told."""

    raw: str
    read_as: str


class Mapping(dict[str, object]):
    """A mapping that knows where it begins and where each key stands."""

    __slots__ = ("place", "places")

    def __init__(self, place: Place) -> None:
        """Start empty at *place*."""
        super().__init__()
        self.place = place
        self.places: dict[str, Place] = {}


class Sequence(list[object]):
    """A sequence that knows where each item stands."""

    __slots__ = ("places",)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.places: list[Place] = []


class _StopReadingError(Exception):
    """The file cannot be read any further; the problem says why."""

    def __init__(self, place: Place, text: str) -> None:
        super().__init__(text)
        self.place, self.text = place, text


class _Reader:
    """Turns the events of one file into values, and notes problems on the way."""

    def __init__(self, text: str, file: str, problems: list[Problem]) -> None:
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=LOADER)
        self.file, self.problems = file, problems

    def note(self, place: Place, text: str) -> None:
        self.problems.append(Problem(self.file, place, text))

    def document(self) -> object:
        """Return the value of the only document, or None for an empty file."""
        next(self.events)
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            return None
        value = self.value(next(self.events), 0)
        next(self.events)
        event = next(self.events)
        if not isinstance(event, yaml.StreamEndEvent):
            self.note(_place(event.start_mark), _("a second document begins here; keep one document a file"))
        return value

    def value(self, event: Any, depth: int) -> object:
        kind = type(event)
        if depth > MAX_DEPTH:
            raise _StopReadingError(_place(event.start_mark), _(TOO_DEEP).format(levels=MAX_DEPTH))
        if kind is yaml.ScalarEvent and event.tag in (None, "!") and event.anchor is None:  # nearly all there is
            return _unquoted(event.value) if event.implicit[0] else _same(event.value)
        if kind is yaml.AliasEvent:
            told = _("the alias {name} is not read; write the value out").format(name=f"*{event.anchor}")
            raise _StopReadingError(_place(event.start_mark), told)
        if event.anchor is not None:
            told = _("the anchor {name} is not read; take it out").format(name=f"&{event.anchor}")
            raise _StopReadingError(_place(event.start_mark), told)
        if event.tag not in (None, "!"):
            told = _("the tag {name} is not read; take it out").format(name=printable(str(event.tag)))
            self.note(_place(event.start_mark), told)
        if kind is yaml.ScalarEvent:
            return event.value
        return self.sequence(depth) if kind is yaml.SequenceStartEvent else self.mapping(event, depth)

    def sequence(self, depth: int) -> Sequence:
        items = Sequence()
        for event in self.events:
            if type(event) is yaml.SequenceEndEvent:
                break
            items.places.append(_place(event.start_mark))
            items.append(self.value(event, depth + 1))
        return items

    def mapping(self, start: Any, depth: int) -> Mapping:
        items = Mapping(_place(start.start_mark))
        places = items.places
        for event in self.events:
            if type(event) is yaml.MappingEndEvent:
                break
            place, key = _place(event.start_mark), self.value(event, depth + 1)
            value = self.value(next(self.events), depth + 1)
            if type(key) is not str:
                key = key.raw if isinstance(key, Trap) else str(key) if isinstance(key, int) else key
            if not isinstance(key, str):
                self.note(place, _("this key is not a text; write it in quotes"))
            elif key in items:
                told = _("`{key}` stands here a second time (first on line {line}); keep one")
                self.note(place, told.format(key=printable(key), line=places[key].line))
            else:
                items[key], places[key] = value, place
        return items


def _place(mark: Any) -> Place:
    """Return where a *mark* of the parser is, which counts from 0."""
    return Place(mark.line + 1, mark.column + 1)


@lru_cache(maxsize=65_536)  # codes, dates and keys stand in a file again and again; this also keeps one of each
def _unquoted(raw: str) -> object:
    """Return what a text without quotes and tag stands for."""
    if raw in NULLS:
        return None
    if raw in BOOLEANS:
        return BOOLEANS[raw]
    if INTEGER.match(raw):
        return int(raw)
    if YAML_1_1_BOOLEAN.match(raw):
        return Trap(raw, "false" if raw[0] in "nN" or raw[1:2] in ("f", "F") else "true")
    if DATE.match(raw):
        return Trap(raw, N_("a date"))
    return Trap(raw, N_("a number")) if OTHER_NUMBER.match(raw) else raw


@lru_cache(maxsize=65_536)
def _same(raw: str) -> str:
    """Return a text in quotes as it is, the one object that stands for all that are equal."""
    return raw


def _decode(content: bytes, file: str, problems: list[Problem]) -> str | None:
    if b"\0" in content:
        problems.append(Problem(file, Place(1, 1), _("this is not UTF-8 text; save the file as UTF-8")))
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problems.append(Problem(file, Place(line, 1), _("this is not UTF-8 text; save the file as UTF-8")))
        return None


def read_yaml(content: bytes, file: str, problems: list[Problem]) -> object:
    """Return the value in *content*, noting what is wrong in *problems*; None where nothing can be read."""
    text = _decode(content, file, problems)
    if text is None:
        return None
    try:
        return _Reader(text, file, problems).document()
    except _StopReadingError as stop:
        problems.append(Problem(file, stop.place, stop.text))
    except SystemError as error:  # what the C parser makes of a lack of memory
        raise MemoryError from error
    except yaml.MarkedYAMLError as error:
        place = _place(error.problem_mark or error.context_mark)
        reason = str(error.problem or error.context)
        # A parser that reads ahead may stop at a depth of its own (libyaml at 1,000) before ours is reached.
        told = _("this is not YAML: {reason}; check quotes and indentation").format(reason=reason)
        if "nesting depth" in reason:
            told = _(TOO_DEEP).format(levels=MAX_DEPTH)
        problems.append(Problem(file, place, told))
    except yaml.reader.ReaderError as error:
        # libyaml counts bytes, the parser in Python characters; where either stops is the first such character
        line = text.count("\n", 0, text.index(chr(error.character))) + 1
        told = _("the character {code} is not allowed; take it out").format(code=f"U+{error.character:04X}")
        problems.append(Problem(file, Place(line, 1), told))
    return None
