"""A terminal that is only a program: govmap writes to it, and what stands on its screen at the end is looked at."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import termios
from typing import NamedTuple

import pyte
from benchmarks.reliability.trial import GOVMAP, LONGEST, environment

COLUMNS, LINES = 100, 4000  # so many lines that no page scrolls


class Screen(NamedTuple):
    """What a terminal shows and has become after a call.

    Attributes:
        code: The exit code.
        raw: What was written to it.
        lines: Its lines, without blanks at their ends, down to the last that is not empty.
        flaw: What govmap did to it that it must not, or None.

    """

    code: int
    raw: bytes
    lines: list[str]
    flaw: str | None


class _Terminal(pyte.Screen):
    """A terminal that notes what programs of text need not do: titles, modes, bells, questions to the terminal."""

    def __init__(self) -> None:
        super().__init__(COLUMNS, LINES)
        self.done: list[str] = []

    def _note(self, what: str) -> None:
        # pyte sets its modes itself as it starts, before there is a list.
        getattr(self, "done", []).append(what)

    def set_title(self, param: str) -> None:
        self._note(f"title {param}")

    def set_icon_name(self, param: str) -> None:
        self._note(f"icon {param}")

    def bell(self, *_: object) -> None:
        self._note("bell")

    def alternate_buffer(self, *_: object) -> None:
        self._note("another screen")

    def report_device_status(self, *_: object, **__: object) -> None:
        self._note("a question")

    def report_device_attributes(self, *_: object, **__: object) -> None:
        self._note("a question")


def show(*arguments: str) -> Screen:
    """Run govmap in a terminal and return what it shows."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    env = environment(TERM="xterm-256color")
    with subprocess.Popen(
        (*GOVMAP, *arguments), stdin=theirs, stdout=theirs, stderr=theirs, env=env, start_new_session=True
    ) as process:
        os.close(theirs)
        raw = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # Linux tells the end of a terminal so
                break
            if not piece:
                break
            raw += piece
        os.close(ours)
        code = process.wait(timeout=LONGEST)
    return _seen(code, raw)


def _seen(code: int, raw: bytes) -> Screen:
    terminal = _Terminal()
    modes = set(terminal.mode)
    pyte.ByteStream(terminal).feed(raw)
    lines = [line.rstrip() for line in terminal.display]
    while lines and not lines[-1]:
        lines.pop()
    return Screen(code, raw, lines, _flaw(terminal, modes, len(lines)))


def _flaw(terminal: _Terminal, modes: set[int], written: int) -> str | None:
    if terminal.done:
        return f"it was told: {terminal.done[0]}"
    if terminal.mode != modes:
        return "its modes are not those of before"
    if terminal.cursor.hidden or terminal.cursor.x != 0 or terminal.cursor.y < written:
        return f"the cursor stands at {terminal.cursor.y}, {terminal.cursor.x}, and {written} lines are written"
    coloured = {
        (cell.fg, cell.bg, cell.blink, cell.reverse, cell.strikethrough, cell.italics)
        for row in terminal.buffer.values()
        for cell in row.values()
    } - {("default", "default", False, False, False, False)}
    return f"a colour that is not ours: {coloured}" if coloured else None
