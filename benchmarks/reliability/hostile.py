"""Texts that try to be anything but text, and a dataset in which every text is one of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import yaml
from benchmarks.reliability.runner import WORK

TEXTS = {
    "rich markup": "[bold red]Peru[/bold red] [link=http://a.example]x[/link] [/nothing] :smile: [@click=app.quit]q[/]",
    "ANSI": "\x1b[31mred\x1b[0m \x1b[1;5;7mx \x1b[2J\x1b[1;1H\x1b[10A\x1b[?25l\x1b[?1049h\x1bc",
    "C1 controls": "\x9b2J\x9b31mred \x9d0;title\x9c \x85 \x90q\x9c",
    "title, link and clipboard": "\x1b]0;owned\x07 \x1b]8;;http://a.example\x07x\x1b]8;;\x07 \x1b]52;c;cm0gLXJm\x07",
    "marks of direction": "Peru \u202eureP\u202c \u2066x\u2069 \u200f \u061c",
    "line breaks": "one\ntwo\r\nthree\rfour\u2028five\u2029six\x0bseven\x0ceight",
    "NUL, backspaces, tabs and deletes": "a\x00b safe\x08\x08\x08\x08evil\t\x7f\x1a",
    "HTML": "</script><script>alert(1)</script><img src=x onerror=alert(1)> &lt; ]]> --> <!-- </title></style>",
    "Markdown": "# a | b ``` <b>x</b> ![x](javascript:alert(1)) [x](http://a.example) * _ ~ $x$ 1. \\",
    "a formula": "=cmd|' /C calc'!A0",
    "another formula": "@SUM(1+1)*cmd|' /C calc'!A0,\"=1\"",
    "format strings and SQL": '%n%s%p {0} {name} {} %(x)s ${HOME} $(id) `id` {{7*7}} \'; DROP TABLE mechanisms; -- ""',
    "a mark of no width": "\u0301\ufe0f begins what is long enough to be folded on a narrow screen, " + "x" * 90,
    "addresses": 'javascript:alert(1) data:text/html,x file:///etc/passwd http://a.example/\x1b[31m"onload=x',
    "JSON and YAML": '"}], "x": {"a": 1} # - : & * ! | > %YAML ---\\u0041 !!python/object:os.system',
    "joiners and letters of all scripts": "👩\u200d👧 e\u0301 ñ 日本 עברית العربية \u00ad\u200b\ufeff \U000e0041",
}
BUNDLED = Path(__file__).parents[2] / "data"
FREE_TEXTS = {
    *("en", "es", "pt", "fr", "aliases", "matches", "never_alone", "title", "version", "author", "licence", "url"),
    *("statement", "parent", "website", "isbn", "unit", "as_written", "members_as_written", "groups_as_written"),
    *("note", "secretariats_note", "group_label", "name", "label", "numbering", "body", "text", "publisher"),
}


@cache
def hostile_dataset(name: str) -> str:
    """Return a folder with the bundled dataset, but for one of `TEXTS` in the place of every free text."""
    folder = Path(mkdtemp(dir=WORK.name))
    (folder / "mechanisms").mkdir()
    single = (f"mechanisms/{path.name}" for path in (BUNDLED / "mechanisms").iterdir())
    for file in ("mechanisms.yaml", "themes.yaml", "sources.yaml", *single):
        value = yaml.safe_load((BUNDLED / file).read_text(encoding="utf-8"))
        replaced = yaml.safe_dump(_replaced(value, TEXTS[name].strip()))
        (folder / file).write_text(replaced, encoding="utf-8")
    return str(folder)


def _replaced(value: Any, text: str, key: str = "") -> Any:
    if key == "name_sources":  # ids and addresses
        return value
    if isinstance(value, dict):
        return {key: _replaced(item, text, key) for key, item in value.items()}
    if isinstance(value, list):
        return [text] if key in FREE_TEXTS else [_replaced(item, text) for item in value]
    return text if isinstance(value, str) and key in FREE_TEXTS else value
