"""Each style writes a dataset, a page of it, a report and a page on the web as its rules have them."""

from __future__ import annotations

import json

import pytest

from govmap.analysis.citation_styles import STYLES, Style, Work

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
SITE = Work(id="v", kind="webpage", title="Go!", author="U.N.", issued="2020")

WORKS = [DATASET, PAGE, REPORT, ANONYMOUS, SITE]

WRITTEN: dict[Style, str] = {
    "apa": """\
The Makers. (2023). Who Moves (Version 1.2, as of 2024) [Data set].

The Makers. (2023). One. In Who Moves (Version 1.2, as of 2024) [Data set].

Body, A. (2022). On 50% & more? (ISBN 978). https://example.org/a{b}

A page. (n.d.). https://example.org/w

U.N. (2020). Go!
""",
    "chicago": """\
The Makers. 2023. Who Moves. Version 1.2, as of 2024. Dataset.

The Makers. 2023. “One.” In Who Moves. Version 1.2, as of 2024. Dataset.

Body, A. 2022. On 50% & more? ISBN 978. https://example.org/a{b}.

“A page.” n.d. https://example.org/w.

U.N. 2020. “Go!”
""",
    "bibtex": r"""@misc{d,
  author = {{The Makers}},
  title = {{Who Moves}},
  year = {2023},
  month = apr,
  howpublished = {Data set},
  version = {1.2},
  note = {As of 2024},
}

@misc{d-one,
  author = {{The Makers}},
  title = {{One}},
  year = {2023},
  month = apr,
  howpublished = {Data set},
  version = {1.2},
  note = {In Who Moves. As of 2024},
}

@techreport{r,
  author = {{Body, A}},
  title = {{On 50\% \& more?}},
  year = {2022},
  month = nov,
  institution = {Body, A},
  isbn = {978},
  url = {https://example.org/a%7Bb%7D},
}

@misc{w,
  title = {{A page}},
  url = {https://example.org/w},
}

@misc{v,
  author = {{U.N.}},
  title = {{Go!}},
  year = {2020},
}
""",
    # The author of the report would be read as a person's last and first name.
    "ris": """\
TY  - DATA
ID  - d
AU  - The Makers
TI  - Who Moves
PY  - 2023
DA  - 2023/04//
ET  - 1.2
N1  - As of 2024
ER  -\x20

TY  - DATA
ID  - d-one
AU  - The Makers
TI  - One
T2  - Who Moves
PY  - 2023
DA  - 2023/04//
ET  - 1.2
N1  - As of 2024
ER  -\x20

TY  - RPRT
ID  - r
TI  - On 50% & more?
PY  - 2022
DA  - 2022/11/05/
PB  - Body, A
SN  - 978
UR  - https://example.org/a{b}
ER  -\x20

TY  - ELEC
ID  - w
TI  - A page
UR  - https://example.org/w
ER  -\x20

TY  - ELEC
ID  - v
AU  - U.N.
TI  - Go!
PY  - 2020
DA  - 2020///
PB  - U.N.
ER  -\x20
""",
}


@pytest.mark.parametrize("style", WRITTEN)
def test_works_are_written_as_the_style_has_them(style: Style) -> None:
    one, joined = STYLES[style]
    assert joined([one(work) for work in WORKS]) == WRITTEN[style]


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
        (ANONYMOUS, {"id": "w", "type": "webpage", "title": "A page", "URL": "https://example.org/w"}),
    ],
)
def test_csl_json_has_what_is_known_alone(work: Work, item: object) -> None:
    assert json.loads(STYLES["csl-json"].one(work)) == item


def test_several_works_are_one_array_of_csl_json() -> None:
    one, joined = STYLES["csl-json"]
    assert joined([one(ANONYMOUS)]) == json.dumps([json.loads(one(ANONYMOUS))], indent=2) + "\n"
    assert one(ANONYMOUS) == json.dumps(json.loads(one(ANONYMOUS)), indent=2)
