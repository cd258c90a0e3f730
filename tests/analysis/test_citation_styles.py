"""Each style writes a dataset, a page of it, a report and a page on the web as its rules have them.

In RIS the author of the report is left out: it would be read as a person's last and first name.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from govmap.analysis.citation_styles import STYLES, Style, Work, joined

DATASET = Work(
    id="d", kind="dataset", title="Who Moves", author="The Makers", issued="2023-04", version="1.2", note="As of 2024"
)
PAGE = Work(
    id="d-one",
    kind="page",
    title="One",
    container="Who Moves",
    author="The Makers",
    issued="2023-04",
    version="1.2",
    note="As of 2024",
)
REPORT = Work(
    id="r",
    kind="report",
    title="On 50% & more?",
    author="Body, A",
    issued="2022-11-05",
    isbn="978",
    url="https://example.org/a{b}",
)
ANONYMOUS = Work(id="w", kind="webpage", title="A page", url="https://example.org/w")
NOTE = Work(
    id="n",
    kind="report",
    title="A Note",
    author="The Body, Its Office",
    persons=("Muñoz-Pogossian, Betilde", "Botero, Álvaro", "González Bengoa, Claudia"),
    series="OEA/Ser.D/1",
    issued="2023-04",
    isbn="978",
)
SITE = Work(id="v", kind="webpage", title="Go!", author="U.N.", issued="2020")

CITATIONS = Path(__file__).parents[1] / "data" / "citations"
WORKS = [DATASET, PAGE, REPORT, ANONYMOUS, SITE, NOTE]

WRITTEN: dict[Style, str] = {"apa": "apa.txt", "chicago": "chicago.txt", "bibtex": "works.bib", "ris": "works.ris"}


@pytest.mark.parametrize("style", WRITTEN)
def test_works_are_written_as_the_style_has_them(style: Style) -> None:
    assert joined(style, [STYLES[style](work) for work in WORKS]) == (CITATIONS / WRITTEN[style]).read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("work", "item"),
    [
        (
            PAGE,
            {
                "id": "d-one",
                "type": "entry",
                "title": "One",
                "container-title": "Who Moves",
                "author": [{"literal": "The Makers"}],
                "issued": {"date-parts": [[2023, 4]]},
                "version": "1.2",
                "note": "As of 2024",
            },
        ),
        (
            REPORT,
            {
                "id": "r",
                "type": "report",
                "title": "On 50% & more?",
                "author": [{"literal": "Body, A"}],
                "issued": {"date-parts": [[2022, 11, 5]]},
                "publisher": "Body, A",
                "URL": "https://example.org/a{b}",
                "ISBN": "978",
            },
        ),
        (
            NOTE,
            {
                "id": "n",
                "type": "report",
                "title": "A Note",
                "author": [
                    {"family": "Muñoz-Pogossian", "given": "Betilde"},
                    {"family": "Botero", "given": "Álvaro"},
                    {"family": "González Bengoa", "given": "Claudia"},
                ],
                "issued": {"date-parts": [[2023, 4]]},
                "publisher": "The Body, Its Office",
                "number": "OEA/Ser.D/1",
                "ISBN": "978",
            },
        ),
        (ANONYMOUS, {"id": "w", "type": "webpage", "title": "A page", "URL": "https://example.org/w"}),
    ],
)
def test_csl_json_has_what_is_known_alone(work: Work, item: object) -> None:
    assert json.loads(STYLES["csl-json"](work)) == item


def test_several_works_are_one_array_of_csl_json() -> None:
    one = STYLES["csl-json"](ANONYMOUS)
    assert joined("csl-json", [one]) == json.dumps([json.loads(one)], indent=2) + "\n"
    assert one == json.dumps(json.loads(one), indent=2)
