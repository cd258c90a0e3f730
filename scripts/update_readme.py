"""Run the calls that the documents show, and put what they print below them; draw the pictures of the READMEs.

A block of text whose first line is `$ govmap …` is such a call; the first lines of its answer stand below, and an
ellipsis where there are more. Run `python scripts/update_readme.py` after a change of output; the tests compare.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

ROOT = Path(__file__).parent.parent
SPANISH = ("README.es.md", "docs/tutorial/primeros-diez-minutos.md")
BLOCK = re.compile(r"```text\n\$ (govmap[^\n]*)\n(.*?)```", re.DOTALL)
MORE = "…\n"
SHOWN = 5  # lines of an answer, empty ones not counted
HIGHEST = 28  # lines of the answer in the picture of a terminal
IMAGES = ROOT / "docs" / "images"
PICTURES = {"matrix.svg": "govmap matrix", "map.svg": "govmap map QUITO R4V"}
TERMINAL = {"terminal.svg": ("govmap country Peru", "en"), "terminal.es.svg": ("govmap country Perú", "es")}
STYLED = re.compile(r"\x1b\[([0-9;]+)m(.*?)\x1b\[0m")
# One line is 18 high, one letter 8.4 wide: what is drawn is as wide as its 80 columns in every monospaced font.
SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" width="712" height="{height}" viewBox="0 0 712 {height}" role="img">
<title>{title}</title>
<style>
text {{ font: 14px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #d6dde6; white-space: pre; }}
.call {{ fill: #8fb8e8; }} .bold {{ font-weight: 700; fill: #fff; }}
.dim {{ fill: #8b949e; }} .doubt {{ fill: #d29922; }}
</style>
<rect width="712" height="{height}" rx="8" fill="#161b22"/>
{lines}
</svg>
"""

# What a miss adds where the extra is not installed, which the documents are the same with and without.
OFFER = re.compile(r" (?:Or try|O pruebe): pip install 'govmap\[ask\][^']*'")


def documents() -> list[Path]:
    """Return the documents in which calls are shown."""
    return [ROOT / "README.md", ROOT / "README.es.md", *sorted((ROOT / "docs").rglob("*.md"))]


def language_of(path: Path) -> str:
    """Return the language in which a document is written."""
    return "es" if path.relative_to(ROOT).as_posix() in SPANISH else "en"


def environment(language: str) -> dict[str, str]:
    """Return the surroundings of a call: a window of 80 columns, the bundled data, a *language*."""
    kept = {name: value for name, value in os.environ.items() if name not in ("GOVMAP_DATA", "NO_COLOR")}
    return {**kept, "COLUMNS": "80", "PAGER": "cat", "PYTHONIOENCODING": "utf-8", "GOVMAP_LANG": language}


def answer(call: str, language: str = "en") -> str:
    """Return what a person sees who types *call*, the message on standard error included."""
    command = [sys.executable, "-m", *shlex.split(call)]
    surroundings = {**environment(language), "NO_COLOR": "1", "TERM": "dumb"}
    done = subprocess.run(command, env=surroundings, capture_output=True, encoding="utf-8", check=False)
    text = OFFER.sub("", done.stdout + done.stderr)
    return "".join(f"{line.rstrip()}\n" for line in text.strip().splitlines())


def screen(call: str, language: str = "en") -> str:
    """Return what a document shows of the answer to *call*."""
    lines = answer(call, language).splitlines(keepends=True)
    filled = [at for at, line in enumerate(lines, 1) if line.strip()]
    return "".join(lines if len(filled) <= SHOWN else [*lines[: filled[SHOWN - 1]], MORE])


def updated(text: str, language: str = "en") -> str:
    """Return the *text* of a document with every shown call's real output in its *language*.

    A call on a FOLDER that the reader makes is left as it is: a test makes it.
    """

    def anew(match: re.Match[str]) -> str:
        return match[0] if "FOLDER" in match[1] else f"```text\n$ {match[1]}\n{screen(match[1], language)}```"

    return BLOCK.sub(anew, text)


def pictures() -> dict[str, str]:
    """Return the pictures by the names of their files."""
    drawn = {name: answer(f"{call} -f svg") for name, call in PICTURES.items()}
    return drawn | {name: _terminal(*call) for name, call in TERMINAL.items()}


def _terminal(call: str, language: str) -> str:
    """Return a picture of a terminal with a call and its answer."""
    lines = [f'<text x="20" y="30" class="call" xml:space="preserve">$ {escape(call)}</text>']
    for at, line in enumerate(_lines_of_terminal(call, language), 2):
        spans = STYLED.sub(_span, escape(line, quote=False))
        lines.append(f'<text x="20" y="{12 + at * 18}" xml:space="preserve">{spans}</text>')
    return SVG.format(title=escape(call), height=28 + len(lines) * 18, lines="\n".join(lines))


def _span(styled: re.Match[str]) -> str:
    """Return what a terminal shows in bold, dim or in a colour as a piece of a picture."""
    name = {"1": "bold", "2": "dim"}.get(styled[1], "doubt")
    return f'<tspan class="{name}">{styled[2]}</tspan>'


def _lines_of_terminal(call: str, language: str) -> Iterator[str]:
    """Yield the lines that a terminal gets, which mark what is bold."""
    import pty  # Windows has none, and checks the other documents

    end, terminal = pty.openpty()
    with tempfile.TemporaryFile() as held:
        command = [sys.executable, "-m", *shlex.split(call)]
        surroundings = {**environment(language), "TERM": "xterm-256color"}
        with subprocess.Popen(command, env=surroundings, stdout=terminal, stderr=terminal, stdin=held) as running:
            os.close(terminal)
            got = bytearray()
            try:
                while part := os.read(end, 65536):
                    got += part
            except OSError:  # how Linux tells that the other end was closed
                pass
            running.wait()
    os.close(end)
    lines = got.decode("utf-8").replace("\x1b[0m\x1b[1m", "").splitlines()
    yield from lines if len(lines) <= HIGHEST else [*lines[: HIGHEST - 1], MORE.strip()]


if __name__ == "__main__":
    for path in documents():
        path.write_text(updated(path.read_text(encoding="utf-8"), language_of(path)), encoding="utf-8")
    IMAGES.mkdir(exist_ok=True)
    for name, picture in pictures().items():
        (IMAGES / name).write_text(picture, encoding="utf-8")
