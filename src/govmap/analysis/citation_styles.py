"""The styles of citation: APA (7th edition), Chicago (author-date), BibTeX, RIS and CSL-JSON.

A body as author is marked as such where a style knows the difference. Where persons are named as authors, the body is
the publisher.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal

import msgspec

from govmap.language import _, current
from govmap.records import Result
from govmap.texts import enumerated

BIBTEX_TYPES = {"dataset": "misc", "page": "misc", "report": "techreport", "webpage": "misc"}
RIS_TYPES = {"dataset": "DATA", "page": "DATA", "report": "RPRT", "webpage": "ELEC"}
CSL_TYPES = {"dataset": "dataset", "page": "entry", "report": "report", "webpage": "webpage"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# BibTeX counts braces whatever stands before them, so that they cannot be escaped, only be spelled out.
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "&%$#_"},
}


class Work(Result, frozen=True, kw_only=True):
    """Something to cite: `kind` is dataset, page (of a dataset, its `container`), report or webpage.

    `author` is a body; `persons` are authors by last and first name, with a comma between. `series` is its number in
    the series of the publisher.
    """

    id: str
    kind: str
    title: str
    container: str | None = None
    author: str | None = None
    persons: tuple[str, ...] = ()
    series: str | None = None
    issued: str | None = None
    version: str | None = None
    url: str | None = None
    isbn: str | None = None
    note: str | None = None


def one_line(text: str) -> str:
    """Return *text* with every run of blanks and line breaks as one blank."""
    return " ".join(text.split())


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _year(work: Work) -> str:
    return work.issued[:4] if work.issued else _("n.d.")


def _lower_note(work: Work) -> str | None:
    """Return the note as it stands within a sentence."""
    return work.note[0].lower() + work.note[1:] if work.note else None


def _version(work: Work) -> str | None:
    return _("Version {version}").format(version=work.version) if work.version else None


def _lead_author(work: Work, persons: list[str]) -> str | None:
    """Return who stands first: *persons* as the style writes them, else the body."""
    return enumerated(persons) if persons else work.author


def _publisher(work: Work) -> str | None:
    """Return the body, where persons stand in its place."""
    return work.author if work.persons else None


def _names(work: Work) -> list[tuple[str, str]]:
    """Return the last and the first name of each person."""
    split = (person.partition(", ") for person in work.persons)
    return [(last, first) for last, _comma, first in split]


def _isbn(work: Work) -> str | None:
    return f"ISBN {work.isbn}" if work.isbn else None


def _in(work: Work) -> str | None:
    """Return the whole that a work is a part of."""
    return _("In {work}").format(work=work.container) if work.container else None


def apa(work: Work) -> str:
    """Return a work as an entry of a list of references in APA style; without an author, the title comes first."""
    identified = ", ".join(filter(None, (_version(work), _lower_note(work), work.series, _isbn(work))))
    initials = [(last, " ".join(f"{name[0]}." for name in first.split())) for last, first in _names(work)]
    persons = [", ".join(filter(None, names)) for names in initials]
    author = f"{', '.join(persons[:-1])}, & {persons[-1]}" if len(persons) > 1 else _lead_author(work, persons)
    label = _("Data set")
    about = f" ({identified})" if identified else ""
    about += f" [{label}]" if work.kind in ("dataset", "page") else ""
    place = f"{_in(work)}{about}." if work.container else ""
    title = _sentence(work.title if work.container else f"{work.title}{about}")
    lead = (_sentence(author), f"({_year(work)}).", title) if author else (title, f"({_year(work)}).")
    publisher = _publisher(work)
    return one_line(" ".join(part for part in (*lead, place, publisher and _sentence(publisher), work.url) if part))


def chicago(work: Work) -> str:
    """Return a work as an entry of a list of references in the Chicago author-date style."""
    is_whole = work.kind in ("dataset", "report")
    title = _sentence(work.title) if is_whole else f"“{_sentence(work.title)}”"
    year = _sentence(_year(work))
    persons = [" ".join(filter(None, (first, last))) for last, first in _names(work)]
    persons[:1] = work.persons[:1]
    author = _lead_author(work, persons)
    if len(persons) > 1 and current() == "en":  # where other languages have no comma
        author = f"{', '.join(persons[:-1])}, and {persons[-1]}"
    lead = (_sentence(author), year, title) if author else (title, year)
    label = _("Dataset") if work.kind in ("dataset", "page") else None
    details = ", ".join(filter(None, (_version(work), _lower_note(work))))
    ends = (_in(work), details, label, work.series, _publisher(work), _isbn(work), work.url)
    return one_line(" ".join((*lead, *map(_sentence, filter(None, ends)))))


def bibtex(work: Work) -> str:
    """Return a work as an entry of BibTeX, in UTF-8; double braces keep names whole and capitals as they are."""
    month = MONTHS[int(work.issued[5:7]) - 1] if work.issued and len(work.issued) > 4 else None
    body = f"{{{_braced(work.author)}}}" if work.author else None
    fields = {
        "author": _braced(" and ".join(work.persons)) or body,
        "title": f"{{{_braced(work.title)}}}",
        "year": _braced(work.issued and work.issued[:4]),
        "month": month,
        "institution": _braced(work.author if work.kind == "report" else None),
        "howpublished": _braced(_("Data set") if work.kind in ("dataset", "page") else None),
        "version": _braced(work.version),
        "number": _braced(work.series),
        "isbn": _braced(work.isbn),
        "url": f"{{{_url(work.url)}}}" if work.url else None,
        "note": _braced(". ".join(filter(None, (_in(work), work.note)))),
    }
    lines = [f"  {name} = {value}," for name, value in fields.items() if value]
    return "\n".join([f"@{BIBTEX_TYPES[work.kind]}{{{work.id},", *lines, "}"])


def _braced(text: str | None) -> str | None:
    """Return a *text* as the value of a field; None where there is none."""
    if not text:
        return None
    spelled = "".join(_TEX.get(char, char) for char in one_line(text))
    return f"{{{spelled}}}"


def _url(url: str) -> str:
    r"""Return an address as `\url` takes it: what would end the field is percent-encoded (RFC 3986)."""
    return re.sub(r"[{}\\\s]", lambda match: f"%{ord(match.group()):02X}", url)


def ris(work: Work) -> str:
    """Return a work as a record of RIS.

    An author with a comma would be read as a person's last and first name: such a body is the publisher alone.
    """
    author = one_line(work.author) if work.author else None
    date = work.issued.split("-") if work.issued else []
    fields = (
        ("TY", RIS_TYPES[work.kind]),
        ("ID", work.id),
        *(("AU", person) for person in work.persons or ((author,) if author and "," not in author else ())),
        ("TI", work.title),
        ("T2", work.container),
        ("PY", date[0] if date else None),
        ("DA", "/".join([*date, "", ""][:3]) + "/" if date else None),
        ("ET", work.version),
        ("PB", author if work.kind in ("report", "webpage") else None),
        ("M1", work.series),
        ("SN", work.isbn),
        ("UR", work.url),
        ("N1", work.note),
    )
    return "\n".join([*(f"{tag}  - {one_line(value)}" for tag, value in fields if value), "ER  - "])


def csl_json(work: Work) -> str:
    """Return a work as an item of CSL-JSON, which Zotero, pandoc and others read."""
    persons = [{"family": last, "given": first} for last, first in _names(work)]
    item: dict[str, Any] = {
        "id": work.id,
        "type": CSL_TYPES[work.kind],
        "title": work.title,
        "container-title": work.container,
        "author": persons or ([{"literal": work.author}] if work.author else None),
        "issued": {"date-parts": [[int(part) for part in work.issued.split("-")]]} if work.issued else None,
        "version": work.version,
        "publisher": work.author if work.kind == "report" else None,
        "number": work.series,
        "URL": work.url,
        "ISBN": work.isbn,
        "note": work.note,
    }
    return msgspec.json.format(msgspec.json.encode({k: v for k, v in item.items() if v}), indent=2).decode()


Style = Literal["apa", "chicago", "bibtex", "ris", "csl-json"]
STYLES: dict[Style, Callable[[Work], str]] = {
    "apa": apa,
    "chicago": chicago,
    "bibtex": bibtex,
    "ris": ris,
    "csl-json": csl_json,
}


def joined(style: Style, texts: list[str]) -> str:
    """Return one text of those of several works in a *style*, which ends in a line break."""
    together = msgspec.json.format(f"[{','.join(texts)}]", indent=2) if style == "csl-json" else "\n\n".join(texts)
    return f"{together}\n"
