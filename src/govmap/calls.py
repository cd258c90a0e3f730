"""What to ask next or instead, as data: only the command line turns it into a call that can be typed.

And how the names of a call were read, where that was not as they were typed.

`str` words an action as the current wording says: in Python by default, as a shell call on the command line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from keyword import iskeyword
from typing import NamedTuple

Value = str | int | bool


class Action:
    """The base of what can be done: compared by its parts, worded when it is shown."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        """Compare the parts."""
        return type(self) is type(other) and repr(self) == repr(other)

    def __hash__(self) -> int:
        """Hash the parts."""
        return hash(repr(self))

    def __str__(self) -> str:
        """Return the action in the current wording."""
        return _wording.get()(self)


class Call(Action):
    """A command with its arguments and options: Call("list", "mechanisms", secretariat="IOM")."""

    __slots__ = ("arguments", "command", "options")

    def __init__(self, command: str, *arguments: str, **options: Value) -> None:
        """Hold the *command* under its name in the shell, and *options* under the names of parameters.

        An option that is False is not given, nor is it carried over from the call before.
        """
        self.command, self.arguments, self.options = command, arguments, options

    def __repr__(self) -> str:
        """Return the call as Python has it: list('mechanisms', secretariat='IOM')."""
        options = (f"{name}={value!r}" for name, value in sorted(self.options.items()) if value is not False)
        return f"{self.command}({', '.join([*map(repr, self.arguments), *options])})"


class Option(Action):
    """An option to give to the call that failed: Option("as_of", "2023")."""

    __slots__ = ("about", "name", "value")

    def __init__(self, name: str, value: Value = True, about: str = "") -> None:
        """Hold the *name* of the parameter, its *value* (True for a flag), and a word on what it does."""
        self.name, self.value, self.about = name, value, about

    def __repr__(self) -> str:
        """Return the option as Python has it: as_of='2023'."""
        return f"{self.name}={self.value!r}"


def option_name(parameter: str) -> str:
    """Return the option of a *parameter*: --as-of of as_of, --from of from_."""
    return "--" + parameter.strip("_").replace("_", "-")


class Install(Action):
    """An installation to make: of an extra by its name, or of the whole package anew."""

    __slots__ = ("extra",)

    def __init__(self, extra: str = "") -> None:
        """Hold the name of the *extra*; none stands for the whole package."""
        self.extra = extra

    def __repr__(self) -> str:
        """Return what is to be installed."""
        return f"install({self.extra!r})"


Suggestion = str | Action  # a name to give instead, or what to do

Wording = Callable[[Action], str]


OF_THE_SHELL_ALONE = ("validate", "schema", "export", "import", "match", "completion", "mcp")
OPTION = r"(?<![^\s(])--([a-z][a-z-]*)"  # in a message, but not in a text that it quotes


def in_python(action: Action) -> str:
    """Return an *action* as it is typed in Python, where the dataset is called `atlas`."""
    if isinstance(action, Install):
        return installation(action.extra)
    if not isinstance(action, Call):
        return repr(action)
    if action.command in OF_THE_SHELL_ALONE:
        return " ".join(("govmap", action.command, *action.arguments))
    _name, _bracket, arguments = repr(action).partition("(")
    return f"govmap.{action.command}(atlas{', ' if arguments != ')' else ''}{arguments}"


def installation(extra: str) -> str:
    """Return the call of pip that installs an *extra*, or the package anew, from where it was installed."""
    import json  # only where something is missing
    from importlib.metadata import PackageNotFoundError, distribution

    name = f"govmap[{extra}]" if extra else "govmap"
    try:
        origin = distribution("govmap").read_text("direct_url.json")  # PEP 610; nothing if it came from an index
    except PackageNotFoundError:
        origin = None
    place = f" @ {json.loads(origin)['url']}" if origin else ""
    return f"pip install '{name}{place}'" if extra else f"pip install --force-reinstall '{name}{place}'"


def with_options_worded(message: str) -> str:
    """Return a *message*, which has options as the shell has them, in the words of the caller: in Python `top`."""
    if _wording.get() is not in_python:
        return message
    import re  # not for the command line

    return re.sub(OPTION, lambda match: f"`{match[1].replace('-', '_')}{'_' * iskeyword(match[1])}`", message)


_wording: ContextVar[Wording] = ContextVar("wording", default=in_python)


UNBROKEN = "\ufdd1"  # between the words of a call in a page that is broken into lines: no text has this character


@contextmanager
def worded_by(wording: Wording) -> Iterator[None]:
    """Let `str` word actions by *wording* within a `with` block."""
    token = _wording.set(wording)
    try:
        yield
    finally:
        _wording.reset(token)


@contextmanager
def in_one_piece() -> Iterator[None]:
    """Let actions be worded so that no line ends within them, within a `with` block."""
    outer = _wording.get()
    with worded_by(lambda action: outer(action).replace(" ", UNBROKEN)):
        yield


@contextmanager
def in_document(full_call: Call) -> Iterator[None]:
    """Let the option that shows all of an answer be worded as the *full_call*: a document is read away from its own.

    Within a `with` block.
    """
    outer = _wording.get()
    with worded_by(lambda action: outer(full_call if isinstance(action, Option) and action.name == "full" else action)):
        yield


class Slip(NamedTuple):
    """A name as it was typed, and what it was read as: a country, mechanism, agency or theme, its id and name."""

    typed: str
    kind: str
    id: str
    name: str


_noted: ContextVar[list[Slip] | None] = ContextVar("slips", default=None)


@contextmanager
def noting_slips() -> Iterator[list[Slip]]:
    """Gather the slips of the names that are read in the block; those of a block within it are among them."""
    outer, slips = _noted.get(), list[Slip]()
    token = _noted.set(slips)
    try:
        yield slips
    finally:
        _noted.reset(token)
        if outer is not None:
            outer.extend(slips)


def note_slip(slip: Slip) -> None:
    """Note a slip, where an answer is being worked out."""
    slips = _noted.get()
    if slips is not None and slip not in slips:
        slips.append(slip)
