"""The Tab key in real shells under a pseudo-terminal: what a person types, and what the program then gets."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from govmap.dataset import load
from govmap.texts import one_line

TAB, ENTER = "\t", "\r"
DEADLINE = 60  # seconds for one line, of which a good machine needs a hundredth
# A shell without anything that the user has set up, which tells each time that it waits for a line.
SHELLS = {
    "bash": ("bash --noprofile --norc", "PROMPT_COMMAND='echo line $((++n))'; eval \"$(govmap completion bash)\""),
    "zsh": (
        "zsh -f",
        'precmd() { echo line $((++n)); }; autoload -Uz compinit; compinit -u -D; eval "$(govmap completion zsh)"',
    ),
    "fish": (
        "fish --no-config",
        "function p --on-event fish_prompt; set -g n (math $n + 1); echo line $n; end; govmap completion fish | source",
    ),
}
IN_A_TERMINAL = "import pty, sys; pty.spawn(['sh', '-c', 'stty rows 40 cols 200; exec ' + sys.argv[1]])"
# It answers the scripts from a database, as an installed one does, and writes down how else it is called.
PROGRAM = """#!{python}
import json, sys
if sys.argv[1] in ("completion", "__complete"):
    from govmap.cli import main
    from govmap.dataset import bundled
    from govmap.facts.database import Database
    bundled._of_wheel = lambda: Database.open("{folder}/data.sqlite")
    sys.exit(main())
with open("{folder}/calls", "a") as calls:
    print(json.dumps(sys.argv[1:]), file=calls)
"""
# Names that would make a shell do something if it took them for more than text: mostly a file called `pwned`.
HOSTILE = (
    "zqa \"q\" 'p' $(touch pwned) `touch pwned` ${HOME} \\ * ? {y,z}; touch pwned | & > pwned < # ~ !! !$ ^ % = : [x]",
    "zqb one\ntouch pwned\n\x1b[31m\ttwo\x07 \u202eeno",
    "~zqc",
    "=zqd",
    "#zqe",
    "--zqf=x",
)
MECHANISMS = """
about: {title: Hostile, version: "1", reference_date: "2020-06"}
mechanisms:
  - {id: ALPHA, names: {en: "$(touch pwned): `touch pwned`"}, kind: network, relation: member, members: [PER]}
  - {id: BETA, names: {en: Beta}, kind: network, relation: member, members: [PER]}
"""


class Terminal:
    """A shell in a terminal, with a folder of its own to work in."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path) -> None:
        self.process, self.folder, self.screen, self.lines = process, folder, b"", 0

    def type(self, keys: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(keys.encode())
        self.process.stdin.flush()

    def until(self, text: str) -> None:
        """Read what is shown until *text* is in it."""
        assert self.process.stdout is not None
        end = time.monotonic() + DEADLINE
        while text.encode() not in self.screen:
            ready, _, _ = select.select([self.process.stdout], [], [], max(0.0, end - time.monotonic()))
            shown = os.read(self.process.stdout.fileno(), 65536) if ready else b""
            assert shown, f"no {text!r} in {self.screen.decode(errors='replace')}"
            self.screen += shown

    def enter(self, keys: str) -> None:
        """Type a line, and wait until the shell wants the next."""
        self.screen = b""
        self.type(keys + ENTER)
        self.lines += 1
        self.until(f"line {self.lines}\r\n")

    def call(self, keys: str) -> list[str]:
        """Type a call of govmap after the name, and return the words that govmap gets."""
        calls = self.folder / "calls"
        before = calls.read_text(encoding="utf-8")
        self.enter(f"govmap {keys}")
        called = calls.read_text(encoding="utf-8").removeprefix(before).splitlines()
        assert len(called) == 1, self.screen.decode(errors="replace")
        words: list[str] = json.loads(called[0])
        return words


@contextmanager
def terminal(shell: str, folder: Path) -> Iterator[Terminal]:
    """Start a shell that finds govmap in *folder*/bin; kill it at the end, whatever happens."""
    command, setup = SHELLS[shell]
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    env = {"PATH": path, "HOME": str(folder), "TERM": "xterm", "LC_ALL": "C.UTF-8", "GOVMAP_LANG": "es"}
    with subprocess.Popen(
        (sys.executable, "-c", IN_A_TERMINAL, command),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=env,
        cwd=folder,
        start_new_session=True,
    ) as process:
        try:
            opened = Terminal(process, folder)
            opened.enter(setup)
            yield opened
        finally:
            process.kill()


@pytest.fixture(name="database", scope="module")
def _database(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A dataset with hostile names in place of the bundled one, as the wheel carries that."""
    folder = tmp_path_factory.mktemp("hostile")
    themes = [{"id": f"hostile-{n}", "preferred": {"en": label}} for n, label in enumerate(HOSTILE)]
    (folder / "mechanisms.yaml").write_text(MECHANISMS, encoding="utf-8")
    (folder / "themes.yaml").write_text(json.dumps({"themes": themes}), encoding="utf-8")
    content: bytes = load(folder).connection.serialize()
    return content


@pytest.fixture(name="shell", params=list(SHELLS), scope="module")
def _shell(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, database: bytes
) -> Iterator[Terminal]:
    name: str = request.param
    if os.name != "posix":
        pytest.skip("this platform has no pseudo-terminals")
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    folder = tmp_path_factory.mktemp(name)
    (folder / "data.sqlite").write_bytes(database)
    (folder / "calls").touch()
    (folder / "my data").mkdir()
    program = folder / "bin" / "govmap"
    program.parent.mkdir()
    program.write_text(PROGRAM.format(python=sys.executable, folder=folder), encoding="utf-8")
    program.chmod(0o755)
    with terminal(name, folder) as opened:
        yield opened


def test_names_are_completed_as_a_person_types_them(shell: Terminal) -> None:
    assert shell.call(f"coun{TAB}cos{TAB}") == ["country", "Costa Rica"]
    assert shell.call(f'country "Costa R{TAB}') == ["country", "Costa Rica"]
    assert shell.call(f"country per{TAB}") == ["country", "Perú"]
    assert shell.call(f"gaps --cou{TAB}urug{TAB}--js{TAB}") == ["gaps", "--country", "Uruguay", "--json"]
    assert shell.call(f"gaps --country=cos{TAB}") == ["gaps", "--country=Costa Rica"]
    assert shell.call(f"compare alp{TAB}bet{TAB}") == ["compare", "ALPHA", "BETA"]
    assert shell.call(f"overlap 'trata de p{TAB}") == ["overlap", "trata de personas"]
    assert shell.call(f"list --data my{TAB}") in (["list", "--data", "my data/"], ["list", "--data", "my data"])


def test_hostile_names_go_into_the_line_as_text(shell: Terminal) -> None:
    for label in HOSTILE:
        text = one_line(label).lstrip("-")
        plain = text.lstrip("~=#")  # what fish gets, which wants a word to begin as typed
        assert shell.call(f"overlap {plain[:3]}{TAB}") in (["overlap", text], ["overlap", plain])
    for quote in "\"'":
        assert shell.call(f"overlap {quote}zqa{TAB}") == ["overlap", one_line(HOSTILE[0])]
    shell.screen = b""
    shell.type(f"govmap mechanism {TAB}{TAB}")
    shell.until("BETA")
    assert not (shell.folder / "pwned").exists()
