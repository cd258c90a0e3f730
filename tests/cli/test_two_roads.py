"""A call is read by the declaration of its command alone, and as Typer reads it; Typer has the help."""

from __future__ import annotations

import ast
import inspect
import random
import re
from typing import Any

import pytest
import typer
from tests.conftest import Call
from tests.examples import DECLARATIONS, EXAMPLES, Words

from govmap.cli import reader
from govmap.cli.commands import NAMES
from govmap.cli.help import make_program
from govmap.cli.options import HELP, options_of, parameters_of
from govmap.cli.reader import GIVEN_TWICE, Mistake, read

CALLS, SEED = 6000, 11
VALUES = ("Peru", "RCM", "trata de personas", "2022-06", "csv", "es", "12", "007", "-", "x=y", "=", " ", "ñ")
STRANGE = (
    "",
    "--",
    "-x",
    "--nope",
    "--nope=1",
    "-5",
    "٣",
    "--js",
    "-fcsv",
    "-f=csv",
    "-o",
    "-oa.csv",
    "--help=1",
    "---",
)


# What Typer raises for a wrong call, which has no public name.
REFUSED: type[Exception] = typer.BadParameter.__bases__[0]
Values = dict[str, Any]


@pytest.fixture(name="typer_reads", scope="module")
def _typer_reads() -> Any:
    """Return the values of a call as Typer reads it; None where it refuses it."""
    commands = {name: make_program([declared]).commands[name] for name, declared in DECLARATIONS.items()}

    def typer_reads(words: Words) -> Values | None:
        try:
            with commands[words[0]].make_context(words[0], list(words[1:])) as context:
                return {name: value for name, value in context.params.items() if value not in (None, False, [], ())}
        except REFUSED:
            return None

    return typer_reads


def read_with_defaults(words: Words) -> Values | None:
    """Return the values of a call as the reader reads it, with the defaults of what is not given; None if refused."""
    declaration = DECLARATIONS[words[0]]
    try:
        values = read(declaration, words[1:])
    except Mistake:
        return None
    defaults = {parameter.name: parameter.default for parameter in parameters_of(declaration) if parameter.default}
    return {name: value for name, value in {**defaults, **values}.items() if value not in ([], ())}


def reads_more(words: Words) -> bool:
    """Return whether Typer would read a call otherwise: an option given twice, or `-` for several arguments."""
    declaration = DECLARATIONS[words[0]]
    try:
        values = read(declaration, words[1:])
    except Mistake as mistake:
        return mistake.text == GIVEN_TWICE
    return [values.get(p.name) for p in declaration.parameters if p.positional].count("-") > words.count("-")


def generated(chance: random.Random) -> Words:
    """Return a call of a command with some of its arguments and options, some of them given in a strange way."""
    declaration = DECLARATIONS[chance.choice(NAMES)]
    options = [parameter for parameter in parameters_of(declaration) if not parameter.positional and parameter != HELP]
    shorts = [option.short for option in options if option.short]
    places = [parameter for parameter in declaration.parameters if parameter.positional]
    words: list[list[str]] = []
    for place in places:
        count = chance.choice((0, 1, 3)) if place.many else chance.choice((0, 1, 1, 1, 1, 2))
        words += [[chance.choice(VALUES)] for _ in range(count)]
    for option in chance.choices(options, k=chance.choice((0, 1, 1, 2, 3))):
        value = chance.choice(VALUES)
        if option.is_flag:
            words.append([option.option])
        else:
            words.append(chance.choice(([option.option, value], [f"{option.option}={value}"], [option.option])))
    if shorts and chance.random() < 0.2:
        short, value = chance.choice(shorts), chance.choice(VALUES)
        words.append(chance.choice(([short, value], [f"{short}{value}"], [f"{short}={value}"])))
    if chance.random() < 0.3:
        words.append([chance.choice(STRANGE)])
    chance.shuffle(words)
    return (declaration.name, *(word for group in words for word in group))


def test_both_roads_read_generated_calls_alike(typer_reads: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOVMAP_LANG")
    chance = random.Random(SEED)  # noqa: S311 - not for secrets
    read_by_both = {words: read_with_defaults(words) for words in (generated(chance) for _ in range(CALLS))}
    taken = sum(values is not None for values in read_by_both.values())
    assert CALLS / 3 < taken < CALLS * 2 / 3, "calls are right and wrong"
    differing = [words for words, values in read_by_both.items() if typer_reads(words) != values]
    assert [words for words in differing if not reads_more(words)] == []


@pytest.mark.parametrize("words", EXAMPLES, ids=" ".join)
def test_an_example_is_well_formed_and_read_alike(
    typer_reads: Any, monkeypatch: pytest.MonkeyPatch, words: Words
) -> None:
    monkeypatch.delenv("GOVMAP_LANG")
    values = read_with_defaults(words)
    assert values is not None
    assert typer_reads(words) == values
    declaration = DECLARATIONS[words[0]]
    flags = [p.option for p in parameters_of(declaration) if p.is_flag and p != HELP and p.option not in words]
    assert typer_reads((*words, *flags)) == read_with_defaults((*words, *flags))


def test_the_reader_knows_no_command_by_name() -> None:
    words = {node.value for node in ast.walk(ast.parse(inspect.getsource(reader))) if isinstance(node, ast.Constant)}
    assert words & set(NAMES) == set()


@pytest.mark.parametrize("name", NAMES)
def test_the_help_of_a_command_has_an_example_and_every_option_with_its_help(
    call: Call, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    declaration = DECLARATIONS[name]
    code, out, err = call(name, "--help")
    assert (code, err) == (0, "")
    assert declaration.summary in out
    assert f"Example: govmap {name} {declaration.examples[0]}".strip() in out
    told = set(re.findall(r"--[a-z-]+(?=\W.*\w)", out))  # in whatever frame Typer draws
    assert {option.option for option in options_of(declaration).values()} <= told
