"""Checks plain values against the records of `govmap.model` and builds these, collecting every problem.

The types of the records are read by msgspec's introspection, so the format is described in the model alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import msgspec

from govmap.dataset.problems import START, Position, Problem, nearest
from govmap.dataset.yaml_reader import AmbiguousScalar, Mapping, Sequence
from govmap.dates import is_part_date
from govmap.fields import Record
from govmap.language import _
from govmap.texts import printable, quoted

INVALID = object()
type_info = cache(msgspec.inspect.type_info)


class Reference(NamedTuple):
    """An id in a file that defines a record or refers to one."""

    kind: str
    id: str
    file: str
    position: Position


class Node(NamedTuple):
    """A value of a file, its position, and the key under which it is found."""

    value: Any
    position: Position
    key: str


class Checker:
    """Builds the records of one file.

    Attributes:
        problems: What is wrong so far.
        doubts: What is valid, and yet most likely not meant.
        definitions: The ids of the records that the file defines.
        references: The ids by which the file refers to records.

    """

    def __init__(self, file: str, problems: list[Problem], alpha3: dict[str, str] | None = None) -> None:
        """Check values of *file* and add to *problems*; *alpha3* are the alpha-3 codes of countries by alpha-2 code."""
        self.file, self.problems, self.alpha3 = file, problems, alpha3 or {}
        self.doubts: list[Problem] = []
        self.definitions: list[Reference] = []
        self.references: list[Reference] = []

    def build(self, record: type[Record], value: object) -> Any:
        """Return a *record* made of *value*, or INVALID, with the reasons among the problems."""
        return self._build(type_info(record), Node(value, START, self.file))

    def _reject(self, node: Node, template: str, position: Position | None = None, **values: object) -> object:
        """Note what is wrong with a *node*; the *template* may name its key, its value and the *values*."""
        text = template.format(**{"key": node.key, "value": describe(node.value), **values})
        self.problems.append(Problem.at(self.file, position or node.position, text))
        return INVALID

    def _build(self, kind: msgspec.inspect.Type, node: Node, extra: Any = None) -> Any:
        if isinstance(kind, msgspec.inspect.Metadata):
            return self._build(kind.type, node, {**(kind.extra or {}), **(extra or {})})
        if isinstance(kind, msgspec.inspect.UnionType):
            if node.value is None:
                return None
            options = [option for option in kind.types if not isinstance(option, msgspec.inspect.NoneType)]
            # A text in one language alone, or by language.
            kind = next(filter(_is_mapping, options), options[0]) if isinstance(node.value, Mapping) else options[0]
            return self._build(kind, node, extra)
        return _BUILDERS[type(kind)](self, kind, node, extra or {})

    def _text(self, _kind: Any, node: Node, extra: dict[str, Any]) -> object:
        value = node.value
        if isinstance(value, AmbiguousScalar):
            template = _('`{key}`: YAML reads {value} as {other}; write "{value}"')
            return self._reject(node, template, value=value.raw, other=_(value.read_as))
        if isinstance(value, bool | int):
            template = _('`{key}` must be a text; write it in quotes: "{value}"')
            return self._reject(node, template, value=str(value).lower())
        if not isinstance(value, str):
            return self._reject(node, _("`{key}` must be a text, not {value}"))
        text: str = value.strip()
        flaw = _flaw_of_text(text, extra)
        if flaw:
            return self._reject(node, flaw, n=len(text), most=extra.get("maxLength"), text=quoted(text))
        if extra.get("refers") == "country":
            text = self.alpha3.get(text, text)
        for role, ids in (("defines", self.definitions), ("refers", self.references)):
            if role in extra:
                ids.append(Reference(extra[role], text, self.file, node.position))
        return text

    def _integer(self, _kind: Any, node: Node, extra: dict[str, Any]) -> object:
        if isinstance(node.value, bool) or not isinstance(node.value, int):
            return self._reject(node, _("`{key}` must be a whole number, not {value}"))
        if node.value < extra.get("minimum", node.value):
            template = _("`{key}` must be {least} or more, not {value}")
            return self._reject(node, template, least=extra["minimum"], value=node.value)
        return node.value

    def _boolean(self, _kind: Any, node: Node, _extra: object) -> object:
        if not isinstance(node.value, bool):
            return self._reject(node, _("`{key}` must be true or false, not {value}"))
        return node.value

    def _literal(self, kind: Any, node: Node, _extra: object) -> object:
        if node.value not in kind.values:
            choices = ", ".join(map(str, kind.values))
            return self._reject(node, _("`{key}`: {value} is not one of: {choices}"), choices=choices)
        return node.value

    def _tuple(self, kind: Any, node: Node, extra: dict[str, Any]) -> object:
        if not isinstance(node.value, Sequence):
            return self._reject(node, _("`{key}` must be a list, not {value}; write it as [a, b]"))
        if len(node.value) < extra.get("minItems", 0):
            return self._reject(node, _("`{key}` is empty; give it at least {least}"), least=extra["minItems"])
        items = [self._build(kind.item_type, Node(item, position, node.key)) for item, position in node.value.entries()]
        return INVALID if INVALID in items else tuple(items)

    def _dict(self, kind: Any, node: Node, extra: dict[str, str]) -> object:
        mapping = node.value
        if not isinstance(mapping, Mapping):
            return self._reject(node, _("`{key}` must be a mapping, not {value}; write it as {{key: value}}"))
        if "requires" in extra and extra["requires"] not in mapping:
            self._reject(node, _("`{key}` needs the key `{lacking}`"), mapping.position, lacking=extra["requires"])
        items = {}
        for key, value in mapping.items():
            position = mapping.positions[key]
            name = self._build(kind.key_type, Node(key, position, node.key))
            items[name] = self._build(kind.value_type, Node(value, position, f"{node.key}.{printable(key)}"))
        return INVALID if INVALID in items or INVALID in items.values() else items

    def _record(self, kind: Any, node: Node, _extra: object) -> object:
        record: type[Record] = kind.cls
        mapping = node.value
        if isinstance(mapping, str | AmbiguousScalar) and record.shorthand:
            mapping = Mapping(node.position)
            mapping.set(record.shorthand, node.value)
        if not isinstance(mapping, Mapping):
            return self._reject(node, _("`{key}` must be a mapping, not {value}; write it as key: value"))
        fields = {field.encode_name: field for field in kind.fields}
        for key in mapping.keys() - fields.keys():
            near = nearest(key, fields, len(self.problems))
            template = (
                _("`{key}` is not a key of `{record}`; did you mean `{other}`?")
                if near
                else _("`{key}` is not a key of `{record}`; the keys are {keys}")
            )
            shown = {"key": printable(key), "record": node.key, "other": near, "keys": ", ".join(sorted(fields))}
            self._reject(node, template, mapping.positions[key], **shown)
        lacking = [name for name, field in fields.items() if field.required and name not in mapping]
        for name in lacking:
            template = _("{record} lacks the key `{key}`; add it")
            self._reject(node, template, mapping.position, record=f"`{node.key}`{_id_of(mapping)}", key=name)
        values = {
            name: self._build(fields[name].type, Node(value, mapping.positions[name], name))
            for name, value in mapping.items()
            if name in fields and not (value is None and not fields[name].required)
        }
        if lacking or INVALID in values.values():
            return INVALID
        built = record(**{fields[name].name: value for name, value in values.items()})
        id_ = values.get("id") or values.get("code") or node.key
        for problems, texts in ((self.problems, built.flaws()), (self.doubts, built.doubts())):
            problems.extend(Problem.at(self.file, mapping.position, f"{id_} {text}") for text in texts)
        return built


_BUILDERS: dict[type, Callable[..., Any]] = {
    msgspec.inspect.StrType: Checker._text,
    msgspec.inspect.IntType: Checker._integer,
    msgspec.inspect.BoolType: Checker._boolean,
    msgspec.inspect.LiteralType: Checker._literal,
    msgspec.inspect.VarTupleType: Checker._tuple,
    msgspec.inspect.DictType: Checker._dict,
    msgspec.inspect.StructType: Checker._record,
}


def _is_mapping(kind: msgspec.inspect.Type) -> bool:
    """Return whether values of a *kind* are mappings."""
    return isinstance(kind.type if isinstance(kind, msgspec.inspect.Metadata) else kind, msgspec.inspect.DictType)


def _flaw_of_text(text: str, bounds: dict[str, Any]) -> str | None:
    """Return what is wrong with a *text* that has *bounds*, as a template, or None."""
    if len(text) < bounds.get("minLength", 0):
        return _("`{key}` is empty; write a text or remove the key")
    if len(text) > bounds.get("maxLength", len(text)):
        return _("`{key}` has {n} characters; at most {most} are allowed")
    if bounds.get("is") == "date":
        return (
            None if is_part_date(text) else _('`{key}`: {text} is not a date; write "2023", "2023-04" or "2023-04-30"')
        )
    if "pattern" in bounds and not re.search(bounds["pattern"], text):
        return _("`{key}`: {text} is not an id; use letters, digits, - and _")
    return None


def _id_of(mapping: Mapping) -> str:
    """Return the id, code or number of a record after a space, as far as it has one."""
    id_ = next((mapping[key] for key in ("id", "code", "number") if isinstance(mapping.get(key), str | int)), None)
    return "" if id_ is None else f" {printable(str(id_))}"


def describe(value: object) -> str:
    """Return a *value* of a data file as a message names it."""
    if isinstance(value, AmbiguousScalar):
        return _("{value} (which YAML reads as {other})").format(value=value.raw, other=_(value.read_as))
    if isinstance(value, Mapping):
        return _("a mapping")
    if isinstance(value, Sequence):
        return _("a list")
    return _("nothing") if value is None else quoted(str(value).lower() if isinstance(value, bool) else str(value))
