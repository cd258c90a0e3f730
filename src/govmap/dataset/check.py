"""Checks plain values against the records of `govmap.model` and builds these, collecting every problem.

The types of the records are read by msgspec's introspection, so the format is described in the model alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import msgspec

from govmap.dataset.problems import START, Position, Problem, nearest
from govmap.dataset.yaml_reader import AmbiguousScalar, Mapping, Sequence
from govmap.dates import is_part_date
from govmap.fields import Record
from govmap.language import _
from govmap.model import Mechanism
from govmap.texts import printable, quoted

INVALID = object()
# The keys for which other words are likely to be written.
MEANT = {
    **dict.fromkeys(("from", "start", "started", "joined"), "since"),
    **dict.fromkeys(("to", "end", "ended", "left"), "until"),
}


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


class Plan(NamedTuple):
    """How values of a type are built.

    Attributes:
        build: What builds them.
        kind: The type, without what only bounds it.
        bounds: Its bounds, and what else the model says of it.
        optional: Whether it may be none.
        by_key: The plan for a mapping, where another value has another type: a text in one language, or by language.
        within: The plans of what it holds.

    """

    build: Callable[[Checker, Plan, Node], Any]
    kind: Any
    bounds: dict[str, Any]
    optional: bool = False
    by_key: Plan | None = None
    within: tuple[Plan, ...] = ()


class Checker:
    """Builds the records of one file.

    Attributes:
        problems: What is wrong so far.
        doubts: What is valid, and yet most likely not meant.
        definitions: The ids of the records that the file defines.
        references: The ids by which the file refers to records, but for codes of known countries.
        accepted: What stands for texts that recur in a large file, as codes and dates do, by record, key and text.

    """

    def __init__(self, file: str, problems: list[Problem], alpha3: dict[str, str] | None = None) -> None:
        """Check values of *file* and add to *problems*; *alpha3* are the alpha-3 codes of countries by alpha-2 code."""
        self.file, self.problems, self.alpha3 = file, problems, alpha3 or {}
        self.codes = frozenset(self.alpha3.values())
        self.doubts: list[Problem] = []
        self.definitions: list[Reference] = []
        self.references: list[Reference] = []
        self.accepted: defaultdict[type[Record], dict[tuple[str, str], str]] = defaultdict(dict)

    def build(self, record: type[Record], value: object) -> Any:
        """Return a *record* made of *value*, or INVALID, with the reasons among the problems."""
        return self._build(_plan_of(record), Node(value, START, self.file))

    def take(self, part: str, value: object, position: Position) -> object:
        """Return the record, or INVALID, of an item in a *part* of the file; as it is what has to be moved first.

        So a file of many mechanisms is checked while it is read, and never whole in memory as plain values.
        """
        if part != "mechanisms" or not isinstance(value, Mapping) or "events" in value:
            return value
        return self._build(_plan_of(Mechanism), Node(value, position, part))

    def _reject(self, node: Node, template: str, position: Position | None = None, **values: object) -> object:
        """Note what is wrong with a *node*; the *template* may name its key, its value and the *values*."""
        text = template.format(**{"key": node.key, "value": describe(node.value), **values})
        self.problems.append(Problem.at(self.file, position or node.position, text))
        return INVALID

    def _build(self, plan: Plan, node: Node) -> Any:
        if plan.optional:
            if node.value is None:
                return None
            if plan.by_key and isinstance(node.value, Mapping):
                plan = plan.by_key
        return plan.build(self, plan, node)

    def _text(self, plan: Plan, node: Node) -> object:
        value, bounds = node.value, plan.bounds
        if not isinstance(value, str):
            return self._not_text(node, bounds)
        text: str = value.strip()
        flaw = _flaw_of_text(text, bounds)
        if flaw:
            return self._reject(node, flaw, n=len(text), most=bounds.get("maxLength"), text=quoted(text))
        refers = bounds.get("refers")
        if refers == "country":
            text = self.alpha3.get(text, text)
            if text in self.codes:
                return text
        if refers:
            self.references.append(Reference(refers, text, self.file, node.position))
        if "defines" in bounds:
            self.definitions.append(Reference(bounds["defines"], text, self.file, node.position))
        return text

    def _not_text(self, node: Node, bounds: dict[str, Any]) -> object:
        value = node.value
        if isinstance(value, AmbiguousScalar):
            flaw = _flaw_of_text(value.raw, bounds)
            if flaw:  # in quotes it would be none either
                return self._reject(node, flaw, n=len(value.raw), most=bounds.get("maxLength"), text=quoted(value.raw))
            template = _('`{key}`: YAML reads {value} as {other}; write "{value}"')
            return self._reject(node, template, value=value.raw, other=_(value.read_as))
        if isinstance(value, bool | int):
            template = _('`{key}` must be a text; write it in quotes: "{value}"')
            return self._reject(node, template, value=str(value).lower())
        return self._reject(node, _("`{key}` must be a text, not {value}"))

    def _integer(self, plan: Plan, node: Node) -> object:
        if isinstance(node.value, bool) or not isinstance(node.value, int):
            return self._reject(node, _("`{key}` must be a whole number, not {value}"))
        least = plan.bounds.get("minimum", node.value)
        if node.value < least:
            template = _("`{key}` must be {least} or more, not {value}")
            return self._reject(node, template, least=least, value=node.value)
        return node.value

    def _literal(self, plan: Plan, node: Node) -> object:
        if node.value not in plan.kind.values:
            choices = ", ".join(map(str, plan.kind.values))
            return self._reject(node, _("`{key}`: {value} is not one of: {choices}"), choices=choices)
        return node.value

    def _tuple(self, plan: Plan, node: Node) -> object:
        if not isinstance(node.value, Sequence):
            return self._reject(node, _("`{key}` must be a list, not {value}; write it as [a, b]"))
        least = plan.bounds.get("minItems", 0)
        if len(node.value) < least:
            return self._reject(node, _("`{key}` is empty; give it at least {least}"), least=least)
        (each,) = plan.within
        items = [self._build(each, Node(item, position, node.key)) for item, position in node.value.entries()]
        return INVALID if INVALID in items else tuple(items)

    def _dict(self, plan: Plan, node: Node) -> object:
        mapping = node.value
        if not isinstance(mapping, Mapping):
            return self._reject(node, _("`{key}` must be a mapping, not {value}; write it as {{key: value}}"))
        lacking = plan.bounds.get("requires")
        if lacking and lacking not in mapping:
            self._reject(node, _("`{key}` needs the key `{lacking}`"), mapping.position, lacking=lacking)
        keys, values = plan.within
        items = {}
        for key, value in mapping.items():
            position = mapping.positions[key]
            name = self._build(keys, Node(key, position, node.key))
            items[name] = self._build(values, Node(value, position, f"{node.key}.{printable(key)}"))
        return INVALID if INVALID in items or INVALID in items.values() else items

    def _record(self, plan: Plan, node: Node) -> object:
        record: type[Record] = plan.kind.cls
        mapping = node.value
        if isinstance(mapping, record) or mapping is INVALID:  # taken while the file was read
            return mapping
        if isinstance(mapping, str | AmbiguousScalar) and record.shorthand:
            mapping = Mapping(node.position)
            mapping.set(record.shorthand, node.value)
        if not isinstance(mapping, Mapping):
            return self._reject(node, _("`{key}` must be a mapping, not {value}; write it as key: value"))
        fields, required = _fields(record)
        for key in () if mapping.keys() <= fields.keys() else mapping.keys() - fields.keys():
            meant = MEANT.get(key)
            near = meant if meant in fields else nearest(key, fields, len(self.problems))
            template = (
                _("`{key}` is not a key of `{record}`; did you mean `{other}`?")
                if near
                else _("`{key}` is not a key of `{record}`; the keys are {keys}")
            )
            shown = {"key": printable(key), "record": node.key, "other": near, "keys": ", ".join(sorted(fields))}
            self._reject(node, template, mapping.positions[key], **shown)
        lacking = [name for name in required if name not in mapping]
        for name in lacking:
            template = _("{record} lacks the key `{key}`; add it")
            self._reject(node, template, mapping.position, record=f"`{node.key}`{_id_of(mapping)}", key=name)
        values = self._values(record, mapping)
        if lacking or INVALID in values.values():
            return INVALID
        built = record(**values)
        for problems, texts in ((self.problems, built.flaws()), (self.doubts, built.doubts())):
            for text in texts:
                id_ = values.get("id") or values.get("code") or node.key
                problems.append(Problem.at(self.file, mapping.position, f"{id_} {text}"))
        return built

    def _values(self, record: type[Record], mapping: Mapping) -> dict[str, Any]:
        """Return the values of a *mapping* under the names that they have in a *record*."""
        fields, required = _fields(record)
        values, accepted = {}, self.accepted[record]
        for name, value in mapping.items():
            if type(value) is str and (name, value) in accepted:
                values[fields[name].attribute] = accepted[name, value]
            elif name in fields and not (value is None and name not in required):
                field, count_before = fields[name], len(self.references) + len(self.definitions)
                found = values[field.attribute] = self._build(field.plan, Node(value, mapping.positions[name], name))
                if type(found) is str and count_before == len(self.references) + len(self.definitions):
                    accepted[name, value] = found
        return values


_BUILDERS: dict[type, Callable[..., Any]] = {
    msgspec.inspect.StrType: Checker._text,
    msgspec.inspect.IntType: Checker._integer,
    msgspec.inspect.LiteralType: Checker._literal,
    msgspec.inspect.VarTupleType: Checker._tuple,
    msgspec.inspect.DictType: Checker._dict,
    msgspec.inspect.StructType: Checker._record,
}


class Field(NamedTuple):
    """A field of a record: its name in Python, and the plan of its values."""

    attribute: str
    plan: Plan


@cache
def _fields(record: type[Record]) -> tuple[dict[str, Field], tuple[str, ...]]:
    """Return the fields of a *record* by the key in the files, and the keys that it must have."""
    fields = _plan_of(record).kind.fields
    plans = {field.encode_name: Field(field.name, _plan(field.type)) for field in fields}
    return plans, tuple(field.encode_name for field in fields if field.required)


@cache
def _plan_of(record: type[Record]) -> Plan:
    return _plan(msgspec.inspect.type_info(record))


def _plan(kind: Any) -> Plan:
    """Return how values of a *kind* are built."""
    if isinstance(kind, msgspec.inspect.Metadata):
        return _bounded(_plan(kind.type), kind.extra or {})
    if isinstance(kind, msgspec.inspect.UnionType):
        options = [_plan(option) for option in kind.types if not isinstance(option, msgspec.inspect.NoneType)]
        by_key = next((option for option in options if isinstance(option.kind, msgspec.inspect.DictType)), None)
        return options[0]._replace(optional=True, by_key=by_key)
    held = (getattr(kind, name, None) for name in ("item_type", "key_type", "value_type"))
    return Plan(_BUILDERS[type(kind)], kind, {}, within=tuple(map(_plan, filter(None, held))))


def _bounded(plan: Plan, bounds: dict[str, Any]) -> Plan:
    by_key = plan.by_key and _bounded(plan.by_key, bounds)
    return plan._replace(bounds={**plan.bounds, **bounds}, by_key=by_key)


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
