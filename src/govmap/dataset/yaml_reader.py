"""Reads YAML into plain values with positions, straight from the parser's events.

Only what the data format needs is read: mappings with text keys, sequences, texts, whole numbers, true, false and null.
What YAML 1.1 would silently turn into something else (NO, yes, 2022-06-10) becomes an `AmbiguousScalar`, so that the
checks can say so. Anchors and aliases are refused, which also keeps a small file from growing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from typing import Any, NamedTuple

import yaml

from govmap.dataset.problems import START, Position, Problem
from govmap.language import N_, _
from govmap.texts import printable

new_position = partial(tuple.__new__, Position)  # much faster than the class itself, for a million of them
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


class AmbiguousScalar(NamedTuple):
    """An unquoted text that YAML 1.1 reads as something else, and what that is, to be translated where it is shown."""

    raw: str
    read_as: str


class Mapping(dict[str, Any]):
    """A mapping with the position at which it begins, and that of each key."""

    __slots__ = ("position", "positions")

    def __init__(self, position: Position) -> None:
        """Start empty at *position*."""
        super().__init__()
        self.position = position
        self.positions: dict[str, Position] = {}

    def set(self, key: str, value: Any, position: Position | None = None) -> None:
        """Set *key*, at the position of the mapping by default."""
        self[key], self.positions[key] = value, position or self.position

    def copy(self, position: Position | None = None) -> Mapping:
        """Return a shallow copy, at another *position* if that is given."""
        copy = Mapping(position or self.position)
        copy.update(self)
        copy.positions.update(self.positions)
        return copy


class Sequence(list[Any]):
    """A sequence with the position of each item."""

    __slots__ = ("positions",)

    def __init__(self, entries: Iterable[tuple[object, Position]] = ()) -> None:
        """Hold the items and positions of *entries*."""
        super().__init__()
        self.positions: list[Position] = []
        for item, position in entries:
            self.add(item, position)

    def add(self, item: object, position: Position) -> None:
        """Append an *item*."""
        self.append(item)
        self.positions.append(position)

    def entries(self) -> list[tuple[Any, Position]]:
        """Return each item with its position."""
        return list(zip(self, self.positions, strict=True))


Take = Callable[[str, Any, Position], object]  # of the key of a list, an item of it, and the position of that


class _RefusedError(yaml.MarkedYAMLError):
    """What YAML allows, and this reader does not."""


class _Reader:
    """Turns the events of one file into values, and collects problems on the way."""

    def __init__(self, text: str, file: str, problems: list[Problem], origin: str, take: Take | None) -> None:
        self.events: Iterator[Any] = iter(LOADER(text).get_event, None)
        self.file, self.problems, self.origin, self.take = file, problems, origin, take
        self.part = ""  # the key of the file whose value is read

    def note(self, mark: Any, text: str) -> None:
        self.problems.append(Problem.at(self.file, _position(mark), text))

    def position(self, mark: Any) -> Position:
        """Return the position of a value, which names the file where the value is to stand in another."""
        return new_position((mark.line + 1, mark.column + 1, self.origin))

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
            self.note(event.start_mark, _("a second document begins here; keep one document per file"))
        return value

    def value(self, event: Any, depth: int) -> object:
        kind = type(event)
        if kind is yaml.ScalarEvent and event.anchor is event.tag is None and depth <= MAX_DEPTH:  # nearly all are
            return _unquoted(event.value) if event.implicit[0] else sys.intern(event.value)
        mark = event.start_mark
        if depth > MAX_DEPTH:
            raise _RefusedError(problem=_(TOO_DEEP).format(levels=MAX_DEPTH), problem_mark=mark)
        if kind is yaml.AliasEvent:
            template = _("aliases such as {name} are not supported; write the value out")
            raise _RefusedError(problem=template.format(name=f"*{event.anchor}"), problem_mark=mark)
        if event.anchor is not None:
            template = _("anchors such as {name} are not supported; remove it")
            raise _RefusedError(problem=template.format(name=f"&{event.anchor}"), problem_mark=mark)
        has_tag = event.tag not in (None, "!")
        if has_tag:
            template = _("tags such as {name} are not supported; remove it")
            self.note(mark, template.format(name=printable(str(event.tag))))
        if kind is yaml.ScalarEvent:
            return _unquoted(event.value) if event.implicit[0] and not has_tag else sys.intern(event.value)
        return self.sequence(depth) if kind is yaml.SequenceStartEvent else self.mapping(event, depth)

    def sequence(self, depth: int) -> Sequence:
        items = Sequence()
        for event in self.events:
            if type(event) is yaml.SequenceEndEvent:
                break
            position, item = self.position(event.start_mark), self.value(event, depth + 1)
            items.append(self.take(self.part, item, position) if self.take and depth == 1 else item)
            items.positions.append(position)
        return items

    def mapping(self, start: Any, depth: int) -> Mapping:
        items = Mapping(self.position(start.start_mark))
        for event in self.events:
            if type(event) is yaml.MappingEndEvent:
                break
            key = self.value(event, depth + 1)
            if depth == 0:
                self.part = str(key)
            value = self.value(next(self.events), depth + 1)
            if isinstance(key, AmbiguousScalar):
                key = key.raw
            elif isinstance(key, int):
                key = str(key)
            if not isinstance(key, str):
                self.note(event.start_mark, _("this key is not a text; write it in quotes"))
            elif key in items:
                template = _("`{key}` is repeated here (first on line {line}); keep one")
                self.note(event.start_mark, template.format(key=printable(key), line=items.positions[key].line))
            else:
                items[key], items.positions[key] = value, self.position(event.start_mark)
        return items


def _position(mark: Any) -> Position:
    """Return the position of a *mark* of the parser, which counts from 0."""
    return Position(mark.line + 1, mark.column + 1)


@lru_cache(maxsize=65_536)  # codes, dates and keys recur in a file; this also keeps one object of each
def _unquoted(raw: str) -> object:
    """Return the value of a text without quotes and tag."""
    if raw in NULLS:
        return None
    if raw in BOOLEANS:
        return BOOLEANS[raw]
    if INTEGER.match(raw):
        return int(raw)
    if YAML_1_1_BOOLEAN.match(raw):
        return AmbiguousScalar(raw, "false" if raw[0] in "nN" or raw[1:2] in ("f", "F") else "true")
    if DATE.match(raw):
        return AmbiguousScalar(raw, N_("a date"))
    return AmbiguousScalar(raw, N_("a number")) if OTHER_NUMBER.match(raw) else raw


def read_yaml(content: bytes, file: str, problems: list[Problem], origin: str = "", take: Take | None = None) -> object:
    """Return the value in *content*, and add what is wrong to *problems*; None where nothing can be read.

    Its positions name *origin* as their file, which a value needs that is to stand in another. What *take* returns
    stands in place of each item of the lists of the file, so that it need not be held as it was written.
    """
    text, position, message = "", START, _("this is not UTF-8 text; save the file as UTF-8")
    try:
        if b"\0" not in content:
            text = content.decode("utf-8-sig")
            return _Reader(text, file, problems, origin, take).document()
    except UnicodeDecodeError as error:
        position = Position(content.count(b"\n", 0, error.start) + 1, 1)
    except SystemError as error:  # what the C parser makes of a lack of memory
        raise MemoryError from error
    except yaml.MarkedYAMLError as error:
        position = _position(error.problem_mark or error.context_mark)
        message = str(error.problem or error.context)
        if "nesting depth" in message:  # libyaml reads ahead, and may stop at its 1,000 levels before ours are reached
            message = _(TOO_DEEP).format(levels=MAX_DEPTH)
        elif not isinstance(error, _RefusedError):
            message = _("this is not YAML: {reason}; check quotes and indentation").format(reason=message)
    except yaml.reader.ReaderError as error:
        # libyaml counts bytes, the parser in Python characters; both stop at the first such character
        position = Position(text.count("\n", 0, text.index(chr(error.character))) + 1, 1)
        message = _("the character {code} is not allowed; remove it").format(code=f"U+{error.character:04X}")
    problems.append(Problem(file, position, message))
    return None
