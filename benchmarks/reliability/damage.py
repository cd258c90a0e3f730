"""Part `damage`: dataset files that were changed at random, and what govmap says to them."""

from __future__ import annotations

import re
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from benchmarks.reliability.hostile import TEXTS
from benchmarks.reliability.trial import Extent, Trial, call, folder

FILES = 10_000
SLOWEST = 10  # seconds that one file may take on a busy machine
MOST_MEMORY = 500  # megabytes by which all of them together may make the process grow
PLAIN = """\
about: {title: Ours, version: "1", reference_date: "2020-06", source: ours, licence: CC0}
agencies:
  - id: AAA
    names: {en: Agency, es: Agencia}
mechanisms:
  - id: ALPHA
    names: {en: Alpha Process, es: Proceso Alfa}
    acronyms: {en: AP}
    kind: consultative process
    relation: member
    founded: "2000"
    members:
      - CHL
      - PER
      - {code: ARG, since: "2010-05-01", until: "2020-07-01"}
    groups:
      - {number: 1, name: Borders, themes: [borders], evidence: {status: confirmed, sources: [ours]}}
      - {number: 2, name: Old Work, themes: [livelihoods], until: "2019"}
    secretariats: [{agency: IOM}, {agency: AAA, since: "2022"}]
    evidence:
      members: {status: confirmed, sources: [ours], note: Seen}
  - id: BETA
    names: {en: Beta Forum}
    kind: forum
    coverage: mentioned
events:
  - {date: "2020-07-01", kind: left, mechanisms: [ALPHA], countries: [ARG], text: Argentina leaves, sources: [ours]}
"""
SOURCES = """\
sources:
  - {id: ours, title: A note, publisher: Us, date: "2020", url: "https://a.example", kind: note, looked_up: "2021-01-02"}
"""
THEMES = "themes:\n  - {id: tea, broader: livelihoods, preferred: {en: tea}, alternative: {en: [coffee]}}\n"
COUNTRIES = """\
alpha2,alpha3,numeric,kind,sovereign,region,name_en,name_es,name_pt,name_fr,other_names
,XKO,,state,,Europe,Kosovo,Kosovo,Kosovo,Kosovo,Kosova|KOS
"""
WHOLE = {"mechanisms.yaml": PLAIN, "sources.yaml": SOURCES, "themes.yaml": THEMES, "countries.csv": COUNTRIES}
TOKEN = re.compile(rb"[A-Za-z0-9_-]+|[\[\]{}:,\"'#&*!|>-]|\n *")
VALUES = [
    *(
        b"NO",
        b"yes",
        b"null",
        b"~",
        b"[]",
        b"{}",
        b"''",
        b'""',
        b"0",
        b"-1",
        b"1e9",
        b"2020-01-01",
        b"0x1F",
        b"1_000",
        b".inf",
    ),
    *(
        b"&a",
        b"*a",
        b"!!python/object:os.system",
        b"!!binary x",
        b"<<: *a",
        b"? x",
        b"| x",
        b"> x",
        b"%YAML 1.2",
        b"---",
        b"...",
    ),
    *(
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\x00",
        b"\x1b[31m",
        b"\xe2\x80\xae",
        b"\xc2\x85",
        b"\xed\xa0\x80",
        b"\t",
        b"\r",
        b"x" * 3000,
    ),
    *(b"PER", b"XXX", b"ALPHA", b"9999-99", b"extends: bundled", b"withdrawn: true", b"[" * 60, b"{a: " * 60),
    *(text.encode() for name, text in TEXTS.items() if not name.startswith("a million")),
]


def damaged(content: bytes, random: Random) -> bytes:
    """Return *content* after one to four changes at random."""
    for _ in range(random.randint(1, 4)):
        content = random.choice(CHANGES)(content, random)
    return content


def _flip(content: bytes, random: Random) -> bytes:
    at = random.randrange(len(content) + 1)
    return content[:at] + bytes([random.randrange(256)]) + content[at + 1 :]


def _cut(content: bytes, random: Random) -> bytes:
    start, end = sorted(random.randrange(len(content) + 1) for _ in range(2))
    return content[:start] + content[min(end, start + 200) :]


def _end(content: bytes, random: Random) -> bytes:
    return content[: random.randrange(len(content) + 1)]


def _twice(content: bytes, random: Random) -> bytes:
    lines = content.splitlines(keepends=True) or [b"\n"]
    at = random.randrange(len(lines))
    return b"".join([*lines[: at + 1], *lines[at : at + random.randint(1, 3)], *lines[at + 1 :]])


def _swap(content: bytes, random: Random) -> bytes:
    lines = content.splitlines(keepends=True) or [b"\n"]
    left, right = (random.randrange(len(lines)) for _ in range(2))
    lines[left], lines[right] = lines[right], lines[left]
    return b"".join(lines)


def _indent(content: bytes, random: Random) -> bytes:
    lines = content.splitlines(keepends=True) or [b"\n"]
    at = random.randrange(len(lines))
    lines[at] = random.choice([b"  ", b"\t", b"- ", b""]) + lines[at].lstrip(b" -" if random.random() < 0.5 else b"")
    return b"".join(lines)


def _token(content: bytes, random: Random) -> bytes:
    """Put another value, or another token of the file, in the place of a token."""
    tokens = list(TOKEN.finditer(content))
    if not tokens:
        return content
    old = random.choice(tokens)
    new = random.choice(VALUES) if random.random() < 0.6 else random.choice(tokens).group()
    return content[: old.start()] + new + content[old.end() :]


def _insert(content: bytes, random: Random) -> bytes:
    at = random.randrange(len(content) + 1)
    return content[:at] + random.choice(VALUES) + content[at:]


def _encode(content: bytes, random: Random) -> bytes:
    text = content.decode("utf-8", "replace")
    return text.encode(random.choice(["utf-8-sig", "utf-16", "utf-32", "cp1252", "utf-7"]), "replace")


CHANGES: list[Callable[[bytes, Random], bytes]] = [
    _flip,
    _cut,
    _twice,
    _swap,
    _indent,
    _token,
    _token,
    _token,
    _insert,
    _insert,
]
CHANGES += [_end, _encode]


def _write(place: Path, random: Random) -> str:
    """Write a dataset of which one file is damaged; return the name of that file."""
    extends = b"extends: bundled\n" if random.random() < 0.3 else b""
    spoilt = random.choice([*WHOLE, "mechanisms.yaml", "mechanisms.yaml"])
    for name, text in WHOLE.items():
        if name == "themes.yaml" and name != spoilt and random.random() < 0.9:
            (place / name).unlink(missing_ok=True)  # where they are, all words are gathered anew, which takes a second
            continue
        content = extends + text.encode() if name == "mechanisms.yaml" else text.encode()
        (place / name).write_bytes(damaged(content, random) if name == spoilt else content)
    return spoilt


def trials(extent: Extent) -> Iterator[Trial]:
    """Damage datasets, and ask about them."""
    what = "datasets of which one file was changed at random: an answer, or a failure that names the file (`validate` and `list`)"
    trial = Trial(what)
    seen: Counter[str] = Counter()
    slowest = 0.0
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with folder() as here:
        for _ in range(extent.times(FILES)):
            spoilt = _write(here, extent.random)
            start = time.perf_counter()
            checked = call("validate", str(here))
            answer = call("list", "--data", str(here))
            slowest = max(slowest, time.perf_counter() - start)
            agree = (checked.code, answer.code) in {(0, 0), (0, 1), (3, 3)}
            named = answer.code != 3 or spoilt in answer.err or "mechanisms.yaml" in answer.err
            fine = agree and named and answer.flaw() is None and checked.flaw() is None
            short = len(answer.err) < 50_000 and not (answer.code and answer.out)
            trial.expect(fine and short, (here / spoilt).read_bytes(), checked, answer)
            seen["valid" if answer.code != 3 else "refused"] += 1
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    if slowest > SLOWEST or grown > MOST_MEMORY:
        trial.wrong.append(f"{slowest:.1f} s, {grown:.0f} MB")
    told = ", ".join(f"{times:,} {what}" for what, times in seen.most_common())
    trial.seen = f"{told}; at most {slowest:.1f} s for one; the process grew by {grown:.0f} MB"
    yield trial
