"""Texts that try to be anything but text, and datasets in which every text is one of them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

LONG = 1_000_000  # characters

TEXTS = {
    "rich markup": "[bold red]Peru[/bold red] [link=http://a.example]x[/link] [/nothing] :smile: [@click=app.quit]q[/]",
    "ANSI colours": "\x1b[31mred\x1b[0m \x1b[1;5;7mx",
    "ANSI that clears and moves": "\x1b[2J\x1b[1;1H\x1b[10A\x1b[?25l\x1b[?1049h\x1bc",
    "C1 controls": "\x9b2J\x9b31mred \x9d0;title\x9c \x85 \x90q\x9c",
    "an OSC title": "\x1b]0;owned\x07 \x1b]2;owned\x1b\\",
    "an OSC link and the clipboard": "\x1b]8;;http://a.example\x07x\x1b]8;;\x07 \x1b]52;c;cm0gLXJm\x07",
    "marks of direction": "Peru \u202eureP\u202c \u2066x\u2069 \u200f \u061c",
    "line breaks": "one\ntwo\r\nthree\rfour\u2028five\u2029six\x0bseven\x0ceight",
    "NUL": "a\x00b",
    "backspaces, tabs and deletes": "safe\x08\x08\x08\x08evil\t\x7f\x1a",
    "HTML": "</script><script>alert(1)</script><img src=x onerror=alert(1)> &lt; ]]> --> <!-- </title></style>",
    "Markdown": "# a | b ``` <b>x</b> ![x](javascript:alert(1)) [x](http://a.example) * _ ~ $x$ 1. \\",
    "formulas": "=cmd|' /C calc'!A0",
    "more formulas": "@SUM(1+1)*cmd|' /C calc'!A0,\"=1\"",
    "format strings": "%n%s%p {0} {name} {} %(x)s ${HOME} $(id) `id` {{7*7}}",
    "SQL": '\'; DROP TABLE mechanisms; -- ""',
    "addresses": 'javascript:alert(1) data:text/html,x file:///etc/passwd http://a.example/\x1b[31m"onload=x',
    "text that looks like JSON and YAML": '"}], "x": {"a": 1} # - : & * ! | > %YAML ---\\u0041',
    "emoji, joiners and letters of all scripts": "👩‍👩‍👧‍👦 é e\u0301 ñ 日本 עברית العربية \u00ad\u200b\ufeff \U000e0041",
    "a million letters": "x" * LONG,
    "a million words": "ab " * (LONG // 3) + "z",
}


def dataset(folder: Path, text: str) -> Path:
    """Write a dataset to *folder* in which every free text is *text*, and return the folder.

    Short ids stay what ids may be. Mechanisms are A and B, so that the calls on it can name them.
    """
    evidence = {"status": "confirmed", "sources": ["s"], "note": text, "as_of": "2020"}
    every = dict.fromkeys(("en", "es", "pt", "fr"), text)
    themes = ["t", "asylum"]

    def mechanism(id_: str, members: list[Any]) -> dict[str, Any]:
        return {
            "id": id_, "names": every, "acronyms": {"en": text}, "aliases": [text], "kind": text,
            "relation": "member", "parent": text, "founded": "2000", "website": text, "as_written": text,
            "note": text, "members": members, "members_as_written": text, "group_label": text,
            "unclear_members": [{"code": "FRA", "note": text}], "groups_as_written": text, "numbering": text,
            "groups": [
                {"number": 1, "name": text, "themes": themes, "as_written": text, "pillar": 1, "sub_body": "sub",
                 "evidence": evidence},
            ],
            "pillars": [{"number": 1, "name": text, "themes": themes, "as_written": text}],
            "sub_bodies": [{"id": "sub", "name": text, "note": text}],
            "secretariats": [{"agency": "AG", "unit": text, "as_written": text, "note": text}],
            "secretariats_note": text,
            "evidence": {"members": evidence, "groups": evidence, "secretariats": evidence, "name": evidence, text[:1000]: evidence},
        }  # fmt: skip

    content = {
        "about": {
            "title": text, "version": text, "reference_date": "2021", "author": text, "source": "s", "licence": text,
            "statement": text,
        },
        "agencies": [{"id": "AG", "names": every, "acronyms": {"en": text}, "aliases": [text]}],
        "mechanisms": [
            mechanism("A", ["PER", {"code": "CHL", "since": "2010", "as_written": text, "evidence": evidence}]),
            mechanism("B", ["PER", "ARG"]),
            {"id": "C", "names": every, "kind": text, "coverage": "mentioned", "note": text},
        ],
        "resolutions": [
            {"id": "r", "number": text, "title": text, "body": text, "kind": text, "date": "2020", "sources": ["s"],
             "as_written": text, "note": text},
        ],
        "events": [
            {"date": "2021-05", "kind": "changed", "text": text, "sources": ["s"], "mechanisms": ["A"],
             "countries": ["PER"], "as_written": text, "concerns": "groups"},
        ],
    }  # fmt: skip
    theme = {
        "id": "t", "preferred": every, "alternative": {"en": [text]}, "label_sources": {"en": text}, "matches": [text],
        "never_alone": [text], "note": text,
    }  # fmt: skip
    source = {
        "id": "s", "title": text, "publisher": text, "date": None, "url": text, "kind": text, "isbn": text,
        "looked_up": "2021",
    }  # fmt: skip
    categories = [{"number": 1, "label": text, "themes": ["t"]}]
    themes_file = {"themes": [theme], "categories": categories}
    files = {"mechanisms": content, "themes": themes_file, "sources": {"sources": [source]}}
    folder.mkdir(exist_ok=True)
    for name, value in files.items():
        (folder / f"{name}.yaml").write_text(_as_yaml(value), encoding="utf-8")
    return folder


def _as_yaml(value: object) -> str:
    r"""Return *value* as JSON that is YAML too, which has one escape, `\U0001f30e`, where JSON has a pair."""
    pair = re.compile(r"\\u(d[89ab]..)\\u(d[cdef]..)")
    return pair.sub(lambda m: "\\U" + f"{ord(bytes.fromhex(m[1] + m[2]).decode('utf-16-be')):08x}", json.dumps(value))
