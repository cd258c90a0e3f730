"""What is deeper, longer or more than anybody would write, within bounds of time and memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from benchmarks.reliability.commands import EXAMPLES
from benchmarks.reliability.runner import GOVMAP, Trial, expect_clean, run

LIMITED = ("sh", "-c", 'ulimit -v 2000000; exec "$@"', "sh", *GOVMAP)  # kilobytes of memory
HEAD = "about: {title: T, version: '1', reference_date: '2020'}\n"
RECORD = HEAD + "mechanisms:\n  - id: A\n    names: {en: A}\n    "
NUMBERS = (50, 1_000, 20_000, 1_000_000)
# By what it is, data with so many levels or so many of a thing.
LARGE: dict[str, Callable[[int], str]] = {
    "lists in brackets": lambda n: HEAD + "mechanisms: " + "[" * n + "]" * n,
    "brackets that never close": lambda n: HEAD + "mechanisms: " + "[" * n,
    "mappings in braces": lambda n: HEAD + "mechanisms: " + "{a: " * n + "}" * n,
    "lists in lines": lambda n: HEAD + "mechanisms:\n" + "- " * n + "x\n",
    "objects of JSON": lambda n: '{"about": ' + '{"a": ' * n + "1" + "}" * (n + 1),
    "members of one mechanism": lambda n: RECORD + "members: [" + "PER, " * n + "PER]\n",
    "keys of one record": lambda n: RECORD + "\n    ".join(f"k{i}: x" for i in range(n)),
    "times the same key": lambda n: RECORD + "\n    ".join("kind: x" for _ in range(n)),
    "mechanisms with one id": lambda n: HEAD + "mechanisms:\n" + "  - {id: A, names: {en: A}, kind: x}\n" * n,
    "aliases of an anchor": lambda n: HEAD + "mechanisms:\n  - &a [x]\n" + "  - *a\n" * n,
    "digits of a number": lambda n: RECORD + "founded: " + "9" * n,
    "letters of a text": lambda n: RECORD + "note: " + "x" * n,
    "letters of a key": lambda n: RECORD + "k" * n + ": x",
    "empty lines": lambda n: HEAD + "\n" * n + "mechanisms: []\n",
    "documents": lambda n: (HEAD + "mechanisms: []\n---\n") * n,
    "control characters": lambda n: HEAD + "\x01" * n,
}
# A process can be given some two million characters.
LONG = ("x" * 100_000, "migration " * 10_000, " ".join(f"w{n}" for n in range(15_000)), "é ñ" * 20_000, "-" * 100_000)
MANY = [("compare", *map(str, range(50_000))), ("cover", *["--country", "Peru"] * 25_000)]


def large_data(what: str, number: int) -> str:
    """Check that such data are refused in a message that one can read."""
    Path("data.yaml").write_text(LARGE[what](number), encoding="utf-8")
    answer = run("country", "Peru", "--data", "data.yaml", program=LIMITED, GOVMAP_CACHE="off")
    expect_clean(answer, 3)
    assert len(answer.err) < 50_000 and not answer.out, answer
    return "refused for lack of memory" if "not enough memory" in answer.err else "refused"


def large_call(*arguments: str) -> str:
    """Check that so long or so many arguments are answered, or refused in a short message."""
    answer = run(*arguments, program=LIMITED, GOVMAP_CACHE="off")
    expect_clean(answer)
    assert len(answer.err) < 4_000 and (answer.code == 0 or not answer.out), answer
    return f"exit code {answer.code}"


TRIALS = (
    Trial("data with up to 1,000,000 levels, or of a thing: refused within 60 s and 2 GB",
          lambda _: [(what, number) for what in LARGE for number in NUMBERS], large_data),
    Trial("arguments of 100,000 characters, or 50,000 of them: a short message within 60 s and 2 GB",
          lambda _: [*((name, text) for name in EXAMPLES for text in LONG), *MANY], large_call),
)  # fmt: skip
