"""How a question is declared: a function, the panel of the help that it stands in, and calls as examples.

Parameters are read from the function itself. An annotation is a Python type for who calls the function, and says what
the words of a call may name: `str | Country` one country, `Many[Country]` any number, `bool` a flag, `int | None` a
number. A keyword is an option of the command; `*names` takes all arguments that are left. Annotations stay the text
that they are (PEP 563), so that a kind has a name.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, wraps
from typing import Any, ParamSpec, TypeAlias, TypeVar

from msgspec import Struct

from govmap.calls import Slip, noting_slips, option_name
from govmap.language import N_

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

# Names for the kinds of parameters that are plain text in Python; `Many` is any number of another kind.
Many: TypeAlias = "str | T | Iterable[str | T]"
Codes: TypeAlias = str
ColumnRole: TypeAlias = str
Date: TypeAlias = str
Delimiter: TypeAlias = str
ExportKind: TypeAlias = str
File: TypeAlias = str
Format: TypeAlias = str
MatchKind: TypeAlias = str
Path: TypeAlias = str
Projection: TypeAlias = str
RecordKind: TypeAlias = str
SchemaName: TypeAlias = str
Scope: TypeAlias = str
Shell: TypeAlias = str

# The panels of the help, in its order.
LOOK_UP, COMPARE, ANALYSE, TRUST, DATA = N_("Look up"), N_("Compare"), N_("Analyse"), N_("Trust"), N_("Data")

HELP_OF_ARGUMENT = r"(?m)^( {4}| {8})\*?(\w+): (.*(?:\n\1 {4}.*)*)"  # Python 3.13 takes the indentation off


class Parameter(Struct, frozen=True):
    """A parameter of a question or a command.

    Attributes:
        name: Its name in Python; an underscore at the end keeps it apart from a keyword.
        kind: What a value names, as `govmap.kinds` has it; `bool` for a flag, `int` for a number.
        positional: Whether it is an argument; else it is an option.
        required: Whether a call without it is wrong.
        many: Whether it takes any number of values.
        default: Its value where none is given.
        help: What the help says of it, unless the docstring of its command does.
        panel: Its panel in the help of the command; empty for that of all options.
        short: Its short form, if any.
        variable: The variable of the environment that stands in for it, if any.

    """

    name: str
    kind: str
    positional: bool = False
    required: bool = False
    many: bool = False
    default: Any = None
    help: str = ""
    panel: str = ""
    short: str = ""
    variable: str = ""

    @property
    def is_flag(self) -> bool:
        """Whether it is given or not, without a value."""
        return self.kind == "bool"

    @property
    def option(self) -> str:
        """The long form of the option."""
        return option_name(self.name)


class Shape(Struct, frozen=True):
    """A shape of JSON: the name of its schema, the calls that give it (none: every call), and its type."""

    name: str
    usage: str
    record: str


class Declaration(Struct, eq=False, dict=True):
    """What a question or a command says of itself. All else about it is derived from this.

    Attributes:
        name: The command.
        function: What answers it: the function as it was written.
        panel: Where it stands in the help.
        examples: Calls that work on the bundled data, without the name of the command.
        shapes: The shapes of its JSON.
        has_all_sources: Whether its answer holds all of its sources in any case.
        shows_failures: Whether its page is shown even where the call fails.
        batch: Whether it is asked for each line of standard input where an argument is `-`.
        plural_command: The command that takes several names where this one takes one.
        is_question: Whether it returns an answer; else it is a command of its own, which writes by itself.

    """

    name: str
    function: Callable[..., Any]
    panel: str
    examples: tuple[str, ...]
    shapes: tuple[Shape, ...] = ()
    has_all_sources: bool = False
    shows_failures: bool = False
    batch: bool = False
    plural_command: str = ""
    is_question: bool = True

    @cached_property
    def _signature(self) -> Mapping[str, inspect.Parameter]:
        return inspect.signature(self.function).parameters

    @property
    def asks_atlas(self) -> bool:
        """Whether its first parameter is the atlas, which `--data` and `--as-of` choose."""
        return next(iter(self._signature), None) == "atlas"

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """What it takes, the atlas left out, in the order of the function."""
        return tuple(map(_parameter, list(self._signature.values())[self.asks_atlas :]))

    @property
    def module(self) -> Any:
        """The module of the question, with what its answer rests on and when it fails."""
        return inspect.getmodule(self.function)

    @property
    def summary(self) -> str:
        """The first line of the help."""
        return (self.function.__doc__ or "").partition("\n")[0]

    @property
    def helps(self) -> dict[str, str]:
        """The help of parameters, by name, where the docstring says more than their kind does."""
        section = (self.function.__doc__ or "").partition("Args:\n")[2].partition("\n\n")[0]
        return {name: " ".join(text.split()) for _indent, name, text in re.findall(HELP_OF_ARGUMENT, section)}

    def ask(self, atlas: Any, values: Mapping[str, Any]) -> Any:
        """Return the answer to a call with *values* by the names of parameters."""
        arguments = [atlas] if self.asks_atlas else []
        options = {}
        for parameter in self.parameters:
            if parameter.name not in values:
                continue
            if parameter.positional and parameter.many:
                arguments += values[parameter.name]
            else:
                options[parameter.name] = values[parameter.name]
        return answered(self, tuple(arguments), options)


class Asked(Struct, frozen=True):
    """What an answer knows of its call: the atlas (none where it asks none), and how names in it were read.

    The options are those that were given, and those that the question read for its view (`Listing.resolved`).
    """

    declaration: Declaration
    atlas: Any
    options: dict[str, Any]
    slips: tuple[Slip, ...]


def asked_of(answer: Any) -> Asked:
    """Return what was asked for an *answer* of a question."""
    asked: Asked = answer.__dict__["asked"]
    return asked


def question(
    panel: str,
    *examples: str,
    shapes: tuple[Shape, ...] = (),
    has_all_sources: bool = False,
    shows_failures: bool = False,
    batch: bool = False,
    plural_command: str = "",
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return the decorator that declares a function as a question. Callers still call it as a function.

    What is given are attributes of `Declaration`; *shapes* defaults to one, the function's return type.
    """

    def declare(function: Callable[P, R]) -> Callable[P, R]:
        name = function.__name__.rstrip("_")
        of_answer = shapes or (Shape(name, "", function.__annotations__["return"]),)
        declaration = Declaration(
            name, function, panel, examples, of_answer, has_all_sources, shows_failures, batch, plural_command
        )

        @wraps(function)
        def ask(*arguments: P.args, **options: P.kwargs) -> R:
            found: R = answered(declaration, arguments, options)
            return found

        ask.declaration = declaration  # type: ignore[attr-defined]
        return ask

    return declare


def command(panel: str, *examples: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return the decorator that declares a function of the command line that is no question."""

    def declare(function: Callable[P, R]) -> Callable[P, R]:
        name = function.__name__.rstrip("_")
        declaration = Declaration(name, function, panel, examples, is_question=False)
        function.declaration = declaration  # type: ignore[attr-defined]
        return function

    return declare


def answered(declaration: Declaration, arguments: tuple[Any, ...], options: Mapping[str, Any]) -> Any:
    """Return the answer to a call, which knows from then on what it was asked: see `govmap.records.Answer`."""
    if declaration.asks_atlas and arguments and isinstance(arguments[0], str):
        raise TypeError(f"the first argument is an atlas: govmap.{declaration.name}(govmap.load(), {arguments[0]!r} …)")
    with noting_slips() as slips:
        found = declaration.function(*arguments, **options)
    atlas = arguments[0] if declaration.asks_atlas and arguments else options.get("atlas")
    read = getattr(found, "resolved", {})
    found.__dict__["asked"] = Asked(declaration, atlas, {**options, **read}, tuple(slips))
    return found


def _parameter(declared: inspect.Parameter) -> Parameter:
    """Return a parameter as it is *declared*, of the kind that its annotation names beside `str` and `None`."""
    annotation: str = declared.annotation
    takes_all = declared.kind is inspect.Parameter.VAR_POSITIONAL
    many = annotation.startswith("Many[")
    kinds = annotation[5:-1] if many else annotation
    has_default = declared.default is not inspect.Parameter.empty
    return Parameter(
        declared.name,
        " | ".join(kind for kind in kinds.split(" | ") if kind not in ("str", "None")) or "str",
        positional=declared.kind is not inspect.Parameter.KEYWORD_ONLY,
        required=not has_default and not takes_all,
        many=many or takes_all,
        default=() if takes_all else declared.default if has_default else None,
    )
