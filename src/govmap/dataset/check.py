"""Checks plain values against the records of `govmap.model` and builds them, noting every problem at once.

The types of the model are read through msgspec's introspection, so the format is described there alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from govmap.dataset.problems import Place, Problem, nearest
from govmap.dataset.yaml_reader import Mapping, Sequence, Trap
from govmap.dates import is_part_date
from govmap.fields import Record
from govmap.language import _
from govmap.texts import printable, quoted

INVALID = object()
START = Place(1, 1)
_types: dict[type, msgspec.inspect.Type] = {}


class Reference(NamedTuple):
    """An id that names a record, and where it stands."""

    kind: str
    id: str
    file: str
    place: Place


class Checker:
    """Builds the records of one file.

    Attributes:
        problems: What is wrong so far.
        doubts: What is not wrong, and yet most likely not meant.
        defined: Every id that this file gives to a record.
        referred: Every id by which this file names a record.

    """

    def __init__(self, file: str, problems: list[Problem], alpha3: dict[str, str] | None = None) -> None:
        """Check values of *file*, adding to *problems*; country codes that are keys of *alpha3* become its values."""
        self.file, self.problems, self.alpha3 = file, problems, alpha3 or {}
        self.doubts: list[Problem] = []
        self.defined: list[Reference] = []
        self.referred: list[Reference] = []

    def build(self, record: type[Record], value: object, place: Place = START) -> Any:
        """Return a *record* made of *value*, or INVALID with the reasons noted."""
        return self._value(_inspect(record), value, place, self.file)

    def _note(self, place: Place, text: str) -> object:
        self.problems.append(Problem(self.file, place, text))
        return INVALID

    def _value(self, kind: msgspec.inspect.Type, value: object, place: Place, what: str, extra: Any = None) -> Any:
        if isinstance(kind, msgspec.inspect.Metadata):
            return self._value(kind.type, value, place, what, {**(kind.extra or {}), **(extra or {})})
        if isinstance(kind, msgspec.inspect.UnionType):
            if value is None:
                return None
            (kind,) = (option for option in kind.types if not isinstance(option, msgspec.inspect.NoneType))
            return self._value(kind, value, place, what, extra)
        return _BUILDERS[type(kind)](self, kind, value, place, what, extra or {})

    def _text(self, kind: Any, value: object, place: Place, what: str, extra: dict[str, str]) -> object:
        if isinstance(value, Trap):
            template = _('`{key}`: YAML reads {value} as {other}; write "{value}"')
            return self._note(place, template.format(key=what, value=value.raw, other=_(value.read_as)))
        if isinstance(value, bool | int):
            template = _('`{key}` must be a text; write it in quotes: "{value}"')
            return self._note(place, template.format(key=what, value=str(value).lower()))
        if not isinstance(value, str):
            return self._note(place, _("`{key}` must be a text, not {value}").format(key=what, value=named(value)))
        text: str = value.strip()
        flaw = _flaw_of_text(what, text, kind, extra)
        if flaw:
            return self._note(place, flaw)
        if extra.get("refers") == "country":
            text = self.alpha3.get(text, text)
        for role, list_ in (("defines", self.defined), ("refers", self.referred)):
            if role in extra:
                list_.append(Reference(extra[role], text, self.file, place))
        return text

    def _integer(self, kind: Any, value: object, place: Place, what: str, _extra: object) -> object:
        if isinstance(value, bool) or not isinstance(value, int):
            template = _("`{key}` must be a whole number, not {value}")
            return self._note(place, template.format(key=what, value=named(value)))
        if kind.ge is not None and value < kind.ge:
            template = _("`{key}` must be {least} or more, not {value}")
            return self._note(place, template.format(key=what, least=kind.ge, value=value))
        return value

    def _boolean(self, _kind: Any, value: object, place: Place, what: str, _extra: object) -> object:
        if not isinstance(value, bool):
            template = _("`{key}` must be true or false, not {value}")
            return self._note(place, template.format(key=what, value=named(value)))
        return value

    def _literal(self, kind: Any, value: object, place: Place, what: str, _extra: object) -> object:
        if value not in kind.values:
            choices = ", ".join(str(choice) for choice in kind.values)
            template = _("`{key}`: {value} is not one of: {choices}")
            return self._note(place, template.format(key=what, value=named(value), choices=choices))
        return value

    def _tuple(self, kind: Any, value: object, place: Place, what: str, _extra: object) -> object:
        if not isinstance(value, Sequence):
            template = _("`{key}` must be a list, not {value}; write it as [a, b]")
            return self._note(place, template.format(key=what, value=named(value)))
        if kind.min_length and len(value) < kind.min_length:
            template = _("`{key}` is empty; give it at least {least}")
            return self._note(place, template.format(key=what, least=kind.min_length))
        items = [self._value(kind.item_type, item, at, what) for item, at in zip(value, value.places, strict=True)]
        return INVALID if INVALID in items else tuple(items)

    def _dict(self, kind: Any, value: object, place: Place, what: str, extra: dict[str, str]) -> object:
        if not isinstance(value, Mapping):
            template = _("`{key}` must be a mapping, not {value}; write it as {{key: value}}")
            return self._note(place, template.format(key=what, value=named(value)))
        if extra.get("requires") and extra["requires"] not in value:
            self._note(value.place, _("`{key}` needs the key `{lacking}`").format(key=what, lacking=extra["requires"]))
        items = {}
        for key, item in value.items():
            name = self._value(kind.key_type, key, value.places[key], what)
            items[name] = self._value(kind.value_type, item, value.places[key], f"{what}.{printable(key)}")
        return INVALID if INVALID in items or INVALID in items.values() else items

    def _record(self, kind: Any, value: object, place: Place, what: str, _extra: object) -> object:
        record: type[Record] = kind.cls
        if isinstance(value, str | Trap) and record.shorthand:
            short = Mapping(place)
            short[record.shorthand], short.places[record.shorthand] = value, place
            value = short
        if not isinstance(value, Mapping):
            template = _("`{key}` must be a mapping, not {value}; write it as key: value")
            return self._note(place, template.format(key=what, value=named(value)))
        fields = {field.name: field for field in kind.fields}
        for key in value.keys() - fields.keys():
            self._note(value.places[key], _not_a_key(key, what, list(fields), len(self.problems)))
        for name in sorted(name for name, field in fields.items() if field.required and name not in value):
            template = _("{record} lacks the key `{key}`; add it")
            self._note(value.place, template.format(record=f"`{what}`{_id_of(value)}", key=name))
        given = {
            name: self._value(fields[name].type, item, value.places[name], name)
            for name, item in value.items()
            if name in fields and not (item is None and not fields[name].required)
        }
        if INVALID in given.values() or any(f.required and f.name not in given for f in kind.fields):
            return INVALID
        built = record(**given)
        for flaw in built.flaws():
            label = given.get("id") or given.get("code") or what
            self._note(value.place, f"{label} {flaw}")
        for doubt in built.doubts():
            self.doubts.append(Problem(self.file, value.place, f"{given.get('id') or what} {doubt}"))
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


def _flaw_of_text(key: str, text: str, kind: Any, extra: dict[str, str]) -> str | None:
    """Return what is wrong with the text of a *key* that asks for the *kind*, or None."""
    if kind.min_length and len(text) < kind.min_length:
        return _("`{key}` is empty; write a text or take the key out").format(key=key)
    if kind.max_length and len(text) > kind.max_length:
        template = _("`{key}` has {n} characters; at most {most} are allowed")
        return template.format(key=key, n=len(text), most=kind.max_length)
    if extra.get("is") == "date":
        template = _('`{key}`: {text} is not a date; write "2023", "2023-04" or "2023-04-30"')
        return None if is_part_date(text) else template.format(key=key, text=quoted(text))
    if kind.pattern and not re.search(kind.pattern, text):
        return _("`{key}`: {text} is not an id; use letters, digits, - and _").format(key=key, text=quoted(text))
    return None


def _id_of(value: Mapping) -> str:
    """Return which record a mapping is, as far as it says so itself."""
    name = next((value[key] for key in ("id", "code", "number") if isinstance(value.get(key), str | int)), None)
    return "" if name is None else f" {printable(str(name))}"


def _inspect(record: type[Record]) -> msgspec.inspect.Type:
    if record not in _types:
        _types[record] = msgspec.inspect.type_info(record)
    return _types[record]


def named(value: object) -> str:
    """Return a *value* of a data file as a sentence on what is wrong with it names it."""
    if isinstance(value, Trap):
        return _("{value} (which YAML reads as {other})").format(value=value.raw, other=_(value.read_as))
    if isinstance(value, Mapping):
        return _("a mapping")
    if isinstance(value, Sequence):
        return _("a list")
    return _("nothing") if value is None else quoted(str(value).lower() if isinstance(value, bool) else str(value))


def _not_a_key(key: str, what: str, names: list[str], found: int) -> str:
    near = nearest(key, names, found)
    if near:
        template = _("`{key}` is not a key of `{record}`; did you mean `{other}`?")
        return template.format(key=printable(key), record=what, other=near)
    template = _("`{key}` is not a key of `{record}`; the keys are {keys}")
    return template.format(key=printable(key), record=what, keys=", ".join(sorted(names)))
