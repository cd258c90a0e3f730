"""The calls that every test of all commands runs: the examples that the declarations give."""

from __future__ import annotations

import shlex
import shutil
from itertools import pairwise
from pathlib import Path

from govmap.cli.commands import NAMES, declarations
from govmap.cli.reader import read
from govmap.kinds import KINDS, Cursor
from govmap.names.folding import begins

DATA = Path(__file__).parent / "data"
Words = tuple[str, ...]
DECLARATIONS = {declaration.name: declaration for declaration in declarations()}
EXAMPLES: list[Words] = [
    (name, *shlex.split(text))
    for name, declaration in DECLARATIONS.items()
    for text in declaration.examples
    if name != "mcp"  # it serves until its client ends: tests/cli/test_mcp.py
]
FIRST = [next(words for words in EXAMPLES if words[0] == name) for name in NAMES if name != "mcp"]
QUESTIONS = [words for words in EXAMPLES if DECLARATIONS[words[0]].is_question]
ON_ATLAS = [words for words in QUESTIONS if DECLARATIONS[words[0]].asks_atlas]


def prepare(folder: Path, words: Words) -> None:
    """Put the files that an example names, and does not write itself, into the *folder* in which it runs."""
    read_words = [word for before, word in pairwise(words) if before != "--output"]
    if "our-data" in read_words:
        shutil.copytree(DATA / "invented", folder / "our-data")
    for word in read_words:
        if word.endswith(".csv"):
            (folder / word).write_text("organisation,country\nUN,Peru\n", encoding="utf-8")


def on_own_data(words: Words, data: str) -> Words:
    """Return an example with *data*, and with names of that dataset in the place of those that it does not know."""
    declaration = DECLARATIONS[words[0]]
    values = read(declaration, list(words[1:]))
    given: dict[str, list[str]] = {"data": [data]}
    called = [words[0], "--data", data]
    for parameter in declaration.parameters:
        value = values.get(parameter.name)
        if value is None or parameter.is_flag:
            called += [parameter.option] if value else []
            continue
        for text in value if parameter.many else [str(value)]:
            offers = [offer for offer, _about in KINDS[parameter.kind].complete(Cursor(text, given, parameter))]
            if offers and not any(begins(offer, text) for offer in offers):
                new = [offer for offer in offers if offer not in given.get(parameter.name, [])]
                text = new[0]  # noqa: PLW2901 - the name that stands for it there
            given.setdefault(parameter.name, []).append(text)
            called += [text] if parameter.positional else [parameter.option, text]
    return tuple(called)
