"""The shapes of the JSON are a promise to scripts: the exact keys at every level, lists sorted, [] where empty."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

INVENTED = str(Path(__file__).parent / "data" / "invented")
TABLES = Path(__file__).parent / "data" / "tables"
TABLE, IGO = str(TABLES / "memberships.csv"), str(TABLES / "igo.csv")

TEXT, NUMBER, SHARE, FLOAT, FLAG, ANY = "text", "number", "share", "float", "true or false", "any"
# `None` in a list of alternatives: the key may be null.
CHANGE = {"date": TEXT, "mechanism": TEXT, "text": TEXT, "sources": [TEXT]}
TRUST = {"status": (TEXT, None), "as_of": (TEXT, None), "note": (TEXT, None), "sources": [TEXT]}
SOURCE = {
    "id": TEXT,
    "title": TEXT,
    "publisher": TEXT,
    "date": (TEXT, None),
    "url": (TEXT, None),
    "kind": TEXT,
    "looked_up": TEXT,
}
COUNTRY_REF = {"code": TEXT, "name": TEXT}
MECHANISM_REF = {"id": TEXT, "name": TEXT}

COUNTRY = {
    "country": {"code": TEXT, "alpha2": TEXT, "name": TEXT, "kind": TEXT, "sovereign": (TEXT, None)},
    "as_of": TEXT,
    "mechanisms": [
        {
            "id": TEXT,
            "name": TEXT,
            "relation": TEXT,
            "since": (TEXT, None),
            "until": (TEXT, None),
            "joined_after": (TEXT, None),
            "joined_by": (TEXT, None),
            "secretariat": [TEXT],
            "groups": [{"number": NUMBER, "name": TEXT, "themes": [TEXT]}],
            "evidence": TRUST,
            "secretariat_evidence": TRUST,
        }
    ],
    "not_in": [{"id": TEXT, "name": TEXT, "note": (TEXT, None), "sources": [TEXT]}],
    "themes": [{"id": TEXT, "label": TEXT, "mechanisms": [TEXT]}],
    "caution": (TEXT, None),
    "changes": [CHANGE],
    "sources": [SOURCE],
}

MECHANISM = {
    "mechanism": {
        "id": TEXT,
        "name": TEXT,
        "kind": TEXT,
        "coverage": TEXT,
        "relation": (TEXT, None),
        "founded": (TEXT, None),
        "website": (TEXT, None),
        "names": {str: TEXT},
        "acronyms": {str: TEXT},
        "proposed_names": [TEXT],
        "as_written": (TEXT, None),
        "parent": (TEXT, None),
        "note": (TEXT, None),
        "until": (TEXT, None),
        "called": [
            {
                "names": {str: TEXT},
                "acronyms": {str: TEXT},
                "since": (TEXT, None),
                "until": (TEXT, None),
                "evidence": (TRUST, None),
            }
        ],
    },
    "as_of": TEXT,
    "members": (
        [
            {
                "code": TEXT,
                "name": TEXT,
                "relation": TEXT,
                "since": (TEXT, None),
                "until": (TEXT, None),
                "joined_after": (TEXT, None),
                "joined_by": (TEXT, None),
                "kind": TEXT,
                "evidence": (TRUST, None),
            }
        ],
        None,
    ),
    "secretariat": (
        [
            {
                "agency": TEXT,
                "name": TEXT,
                "note": (TEXT, None),
                "unit": (TEXT, None),
                "as_written": (TEXT, None),
                "since": (TEXT, None),
                "until": (TEXT, None),
            }
        ],
        None,
    ),
    "group_label": (TEXT, None),
    "groups": (
        [
            {
                "number": NUMBER,
                "name": TEXT,
                "as_written": (TEXT, None),
                "pillar": (NUMBER, None),
                "themes": [TEXT],
                "other_number": (NUMBER, None),
                "sub_body": (TEXT, None),
                "evidence": (TRUST, None),
                "since": (TEXT, None),
                "until": (TEXT, None),
            }
        ],
        None,
    ),
    "pillars": [
        {"number": NUMBER, "name": TEXT, "as_written": (TEXT, None), "since": (TEXT, None), "until": (TEXT, None)}
    ],
    "sub_bodies": [{"id": TEXT, "name": TEXT, "note": (TEXT, None), "since": (TEXT, None), "until": (TEXT, None)}],
    "unclear": {str: TEXT},
    "caution": (TEXT, None),
    "changes": [CHANGE],
    "evidence": {str: TRUST},
    "sources": [SOURCE],
}

OVERLAP = {
    "query": TEXT,
    "as_of": TEXT,
    "themes": [{"id": TEXT, "label": TEXT, "matched": TEXT, "score": SHARE}],
    "groups": [{"mechanism": TEXT, "number": NUMBER, "name": TEXT, "relevance": TEXT, "themes": [TEXT]}],
    "mechanisms": [{"id": TEXT, "name": TEXT, "members": NUMBER}],
    "countries": [{"code": TEXT, "name": TEXT, "mechanisms": [TEXT]}],
    "uncovered": [COUNTRY_REF],
    "basis": TEXT,
    "caution": (TEXT, None),
    "changes": [CHANGE],
    "explanation": [{"words": TEXT, "role": TEXT, "themes": [TEXT], "weight": FLOAT}],
}

PAIR = {
    "left": TEXT,
    "right": TEXT,
    "shared": NUMBER,
    "only_left": NUMBER,
    "only_right": NUMBER,
    "jaccard": SHARE,
    "containment_left": (SHARE, None),
    "containment_right": (SHARE, None),
    "relation": TEXT,
    "themes": ({"shared": [TEXT], "only_left": [TEXT], "only_right": [TEXT]}, None),
}
LIKENESS = {
    "kind": TEXT,
    "as_of": TEXT,
    "of": (TEXT, None),
    "items": [{"id": TEXT, "name": TEXT, "size": NUMBER}],
    "relation": (TEXT, None),
    "theme": (TEXT, None),
    "pairs": [PAIR],
    "pair_count": NUMBER,
    "caution": (TEXT, None),
    "changes": [CHANGE],
}


def comparison(reference: dict[str, str]) -> dict[str, Any]:
    """Return the shape of a comparison whose sets hold *reference*s."""
    return {
        "kind": TEXT,
        "as_of": TEXT,
        "items": [{"id": TEXT, "name": TEXT, "size": NUMBER}],
        "shared": [reference],
        "only": {str: [reference]},
        "partly": [{"items": [TEXT], "shared": [reference]}],
        "distinct": [reference],
        "union": [reference],
        "union_size": NUMBER,
        "relation": (TEXT, None),
        "theme": (TEXT, None),
        "pairs": [PAIR],
        "themes": {
            "shared": [TEXT],
            "only": {str: [TEXT]},
            "partly": [{"items": [TEXT], "shared": [TEXT]}],
        },
        "themes_unknown": [TEXT],
        "caution": (TEXT, None),
        "changes": [CHANGE],
    }


DUPLICATION = {
    "as_of": TEXT,
    "caution": (TEXT, None),
    "themes": [
        {
            "id": TEXT,
            "label": TEXT,
            "groups": NUMBER,
            "mechanisms": [TEXT],
            "seats": NUMBER,
            "countries": NUMBER,
            "repeated_seats": NUMBER,
            "duplication": SHARE,
        }
    ],
    "changes": [CHANGE],
}

COLUMN = {"id": TEXT, "name": TEXT, "relation": (TEXT, None), "size": (NUMBER, None)}
MATRIX = {
    "by": TEXT,
    "as_of": TEXT,
    "columns": [COLUMN],
    "rows": [{"id": TEXT, "name": TEXT, "size": NUMBER, "cells": [(NUMBER, None)]}],
    "caution": (TEXT, None),
    "changes": [CHANGE],
}
COMBINATIONS = {
    "as_of": TEXT,
    "columns": [COLUMN],
    "combinations": [{"mechanisms": [TEXT], "size": NUMBER, "countries": [COUNTRY_REF]}],
    "caution": (TEXT, None),
    "changes": [CHANGE],
}
MAP = {
    "as_of": TEXT,
    "theme": (TEXT, None),
    "mechanisms": [MECHANISM_REF],
    "tiles": [
        {"code": TEXT, "name": TEXT, "column": (NUMBER, None), "row": (NUMBER, None), "mechanisms": [TEXT]},
    ],
    "caution": (TEXT, None),
    "changes": [CHANGE],
}

HISTORY = {
    "of": ({"kind": TEXT, "id": TEXT, "name": TEXT}, None),
    "as_of": TEXT,
    "entries": [
        {
            "date": TEXT,
            "until": (TEXT, None),
            "kind": TEXT,
            "text": TEXT,
            "mechanisms": [TEXT],
            "countries": [TEXT],
            "later": FLAG,
            "as_written": (TEXT, None),
            "sources": [TEXT],
        }
    ],
    "undated": [{"id": TEXT, "name": TEXT, "joined_after": (TEXT, None)}],
    "caution": (TEXT, None),
    "sources": [SOURCE],
}

SIDE = {"data": TEXT, "title": TEXT, "version": TEXT, "as_of": (TEXT, None)}
DIFF = {
    "before": SIDE,
    "after": SIDE,
    "mechanism": (TEXT, None),
    "equal": FLAG,
    "counts": [
        {"kind": TEXT, "before": NUMBER, "after": NUMBER, "added": NUMBER, "removed": NUMBER, "changed": NUMBER}
    ],
    "changes": [
        {
            "change": TEXT,
            "kind": TEXT,
            "id": TEXT,
            "name": TEXT,
            "mechanisms": [TEXT],
            "fields": [{"field": TEXT, "before": ANY, "after": ANY}],
        }
    ],
    "caution": (TEXT, None),
}
FINDING = {"file": TEXT, "line": NUMBER, "column": NUMBER, "message": TEXT}
ROWS = {"read": NUMBER, "taken": NUMBER, "merged": NUMBER, "refused": NUMBER, "empty": NUMBER}
CELLS = {"listed": NUMBER, "not_listed": NUMBER, "not_in_system": NUMBER, "missing": NUMBER}
IMPORT = {
    "file": TEXT,
    "output": (TEXT, None),
    "written": FLAG,
    "layout": TEXT,
    "codes": TEXT,
    "columns": [{"column": TEXT, "role": (TEXT, None)}],
    "rows": ROWS,
    "cells": (CELLS, None),
    "refused": [{"reason": TEXT, "lines": [NUMBER]}],
    "merged": [{"organisation": (TEXT, None), "country": (TEXT, None), "kind": TEXT, "lines": [NUMBER]}],
    "reference_date": TEXT,
    "organisations": NUMBER,
    "countries": NUMBER,
    "memberships": NUMBER,
    "groups": NUMBER,
    "new_countries": [COUNTRY_REF],
    "new_themes": [TEXT],
    "notes": [TEXT],
}
VALIDATION = {"path": TEXT, "valid": FLAG, "errors": [FINDING], "warnings": [FINDING]}
FACT = {
    "part": TEXT,
    "mechanisms": [TEXT],
    "evidence": TRUST,
    "value": (TEXT, None),
    "countries": [TEXT],
    "agency": (TEXT, None),
    "number": (NUMBER, None),
    "themes": [TEXT],
    "date": (TEXT, None),
    "until": (TEXT, None),
    "as_written": (TEXT, None),
}
EVIDENCE = {
    "of": ({"kind": TEXT, "id": TEXT, "name": TEXT}, None),
    "status": (TEXT, None),
    "as_of": TEXT,
    "counts": [{"part": TEXT, "status": (TEXT, None), "facts": NUMBER}],
    "facts": [FACT],
    "slips": [FACT],
    "caution": (TEXT, None),
    "sources": [SOURCE],
}

CITATION = {
    "of": ({"kind": TEXT, "id": TEXT, "name": TEXT}, None),
    "as_of": TEXT,
    "style": TEXT,
    "entries": [
        {
            "id": TEXT,
            "kind": TEXT,
            "title": TEXT,
            "container": (TEXT, None),
            "author": (TEXT, None),
            "issued": (TEXT, None),
            "version": (TEXT, None),
            "url": (TEXT, None),
            "isbn": (TEXT, None),
            "note": (TEXT, None),
            "text": TEXT,
        }
    ],
    "text": TEXT,
    "caution": (TEXT, None),
}

GAPS = {
    "as_of": TEXT,
    "caution": (TEXT, None),
    "themes": [TEXT],
    "countries": [
        {"code": TEXT, "name": TEXT, "seated": NUMBER, "gaps": [{"id": TEXT, "label": TEXT, "mechanisms": [TEXT]}]}
    ],
    "changes": [CHANGE],
}

COVER = {
    "as_of": TEXT,
    "kind": TEXT,
    "theme": (TEXT, None),
    "wanted": [TEXT],
    "size": NUMBER,
    "solutions": [[TEXT]],
    "unreachable": [TEXT],
    "exact": FLAG,
    "caution": (TEXT, None),
    "changes": [CHANGE],
}

BRIEF = {
    "of": {"kind": TEXT, "id": TEXT, "name": TEXT},
    "as_of": TEXT,
    "country": (COUNTRY, None),
    "mechanism": (MECHANISM, None),
    "gaps": (GAPS["countries"][0], None),
    "not_listed": ([COUNTRY_REF], None),
    "neighbours": [{"id": TEXT, "name": TEXT, "pair": PAIR}],
    "matrix": (MATRIX, None),
    "map": (MAP, None),
    "citation": CITATION,
    "caution": (TEXT, None),
    "sources": [SOURCE],
}

LISTS: dict[str, dict[str, Any]] = {
    "mechanisms": {
        "id": TEXT,
        "name": TEXT,
        "kind": TEXT,
        "coverage": TEXT,
        "relation": (TEXT, None),
        "founded": (TEXT, None),
        "website": (TEXT, None),
        "members": (NUMBER, None),
        "groups": (NUMBER, None),
        "secretariat": [TEXT],
        "until": (TEXT, None),
    },
    "countries": {"code": TEXT, "alpha2": TEXT, "name": TEXT, "kind": TEXT, "mechanisms": [TEXT]},
    "themes": {
        "id": TEXT,
        "label": TEXT,
        "broader": (TEXT, None),
        "labels": {str: TEXT},
        "proposed": [TEXT],
        "groups": NUMBER,
        "mechanisms": [TEXT],
    },
    "groups": {
        "mechanism": TEXT,
        "number": NUMBER,
        "name": TEXT,
        "as_written": (TEXT, None),
        "pillar": (NUMBER, None),
        "themes": [TEXT],
        "since": (TEXT, None),
        "until": (TEXT, None),
    },
    "secretariats": {"agency": TEXT, "name": TEXT, "mechanisms": [TEXT]},
    "sources": SOURCE,
}


def differences(value: Any, shape: Any, where: str = "$") -> list[str]:  # noqa: C901, PLR0911, PLR0912 - one branch a kind
    """Return where *value* is not of *shape*: other keys, another order of them, another type."""
    if isinstance(shape, tuple):
        if value is None:
            return []
        shape = shape[0]
    if shape is TEXT:
        return [] if isinstance(value, str) and value else [f"{where}: {value!r} is no text"]
    if shape is NUMBER:
        return [] if isinstance(value, int) and not isinstance(value, bool) else [f"{where}: {value!r} is no number"]
    if shape is ANY:
        return []
    if shape is FLAG:
        return [] if isinstance(value, bool) else [f"{where}: {value!r} is neither true nor false"]
    if shape is FLOAT:
        return [] if isinstance(value, (int, float)) else [f"{where}: {value!r} is no float"]
    if shape is SHARE:
        good = isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1
        return [] if good else [f"{where}: {value!r} is no share"]
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{where}: {value!r} is no list"]
        return [text for i, item in enumerate(value) for text in differences(item, shape[0], f"{where}[{i}]")]
    if not isinstance(value, dict):
        return [f"{where}: {value!r} is no object"]
    if str in shape:
        return [text for key, item in value.items() for text in differences(item, shape[str], f"{where}.{key}")]
    if list(value) != list(shape):
        return [f"{where}: the keys are {list(value)}, promised are {list(shape)}"]
    return [text for key, item in value.items() for text in differences(item, shape[key], f"{where}.{key}")]


DATES = ("2000", "2050")  # before the reference date, and after anything was looked up
CALLS: list[tuple[tuple[str, ...], Any]] = [
    *((("country", name), COUNTRY) for name in ("Peru", "Cuba", "Guyana", "Nicaragua", "Aruba", "France")),
    *((("mechanism", name), MECHANISM) for name in ("LAD", "RCM", "CAM", "CMC", "R4V", "RIAM", "QUITO")),
    *((("overlap", name), OVERLAP) for name in ("human trafficking", "asylum", "gender")),
    (("compare", "RCM", "MIRPS"), comparison(COUNTRY_REF)),
    (("compare", "RCM", "MIRPS", "LAD"), comparison(COUNTRY_REF)),
    (("compare", "Peru", "Chile"), comparison(MECHANISM_REF)),
    (("compare", "Cuba", "France"), comparison(MECHANISM_REF)),
    (("compare", "RCM", "LAD", "--relation", "endorser", "--theme", "asylum"), comparison(COUNTRY_REF)),
    (("compare", "RCM"), LIKENESS),
    (("compare", "Cuba", "--theme", "asylum"), LIKENESS),
    (("compare", "--all"), LIKENESS),
    (("overlap",), DUPLICATION),
    (("matrix",), MATRIX),
    (("matrix", "--by", "theme"), MATRIX),
    (("matrix", "--upset"), COMBINATIONS),
    (("map",), MAP),
    (("map", "RCM", "SACM", "--theme", "border management"), MAP),
    *((("history", *name), HISTORY) for name in ((), ("Nicaragua",), ("LAD",), ("RCM", "--as-of", "2000"))),
    (("validate", INVENTED), VALIDATION),
    (("diff", "bundled", INVENTED, "--mechanism", "ALPHA"), DIFF),
    (("diff", "--from", "2022-06", "--to", "2050"), DIFF),
    (("diff", "bundled", "bundled"), DIFF),
    (("import", TABLE, "--dry-run", "--skip-bad-rows"), IMPORT),
    (("import", IGO, "--dry-run", "--wide"), IMPORT),
    *((("evidence", *name), EVIDENCE) for name in ((), ("Peru",), ("LAD",), ("CMC",), ("RCM-3",), ("oas-note-2023",))),
    *((("evidence", "--status", status), EVIDENCE) for status in ("contradicted", "note-only", "not stated")),
    *((("evidence", name, "--data", INVENTED), EVIDENCE) for name in ("ALPHA", "Peru", "invented-note")),
    *((("cite", *name), CITATION) for name in ((), ("RCM",), ("--style", "bibtex"), ("--data", INVENTED))),
    *((("brief", *name), BRIEF) for name in (("Peru",), ("Cuba",), ("RCM",), ("CMC",), ("Peru", "--as-of", "1900"))),
    (("gaps",), GAPS),
    (("gaps", "--country", "Peru"), GAPS),
    (("cover",), COVER),
    (("cover", "--themes"), COVER),
    (("cover", "--theme", "asylum"), COVER),
    *((("country", "Peru", "--as-of", date), COUNTRY) for date in DATES),
    *((("mechanism", "RCM", "--as-of", date), MECHANISM) for date in DATES),
    *((("compare", "RCM", "SACM", "--as-of", date), comparison(COUNTRY_REF)) for date in DATES),
    *((("overlap", "--as-of", date), DUPLICATION) for date in DATES),
    *((("gaps", "--as-of", date), GAPS) for date in DATES),
    *((("cover", "--as-of", date), COVER) for date in DATES),
    *((("list", what), [shape]) for what, shape in LISTS.items()),
    (("list", "mechanisms", "--coverage", "all"), [LISTS["mechanisms"]]),
    *((("country", name, "--data", INVENTED), COUNTRY) for name in ("Peru", "Argentina", "Cuba")),
    *((("mechanism", name, "--data", INVENTED), MECHANISM) for name in ("ALPHA", "BETA", "GAMMA", "DELTA")),
    (("overlap", "border management", "--data", INVENTED), OVERLAP),
    (("compare", "ALPHA", "GAMMA", "--data", INVENTED), comparison(COUNTRY_REF)),
    *((("list", what, "--data", INVENTED), [shape]) for what, shape in LISTS.items()),
]


def _name(value: object) -> str | None:
    return " ".join(os.path.basename(a) for a in value) if isinstance(value, tuple) else None  # noqa: PTH119 - texts


@pytest.mark.parametrize(("arguments", "shape"), CALLS, ids=_name)
def test_an_answer_has_the_promised_keys_at_every_level(
    call: Callable[..., Any], arguments: tuple[str, ...], shape: Any
) -> None:
    answer = call(*arguments, "--json")
    assert (answer.code, answer.err) == (0, "")
    assert differences(answer.json(), shape) == []


def keys(value: Any, key: str) -> list[Any]:
    """Return the value of *key* in each of a list of objects."""
    return [item[key] for item in value]


@pytest.mark.parametrize("name", ["Peru", "Guyana", "Argentina", "Spain"])
def test_the_lists_of_a_country_are_sorted(call: Callable[..., Any], name: str) -> None:
    answer = call("country", name, "--json").json()
    for lists in (keys(answer["mechanisms"], "id"), keys(answer["not_in"], "id"), keys(answer["themes"], "id")):
        assert lists == sorted(set(lists))
    for seat in answer["mechanisms"]:
        assert keys(seat["groups"], "number") == sorted(set(keys(seat["groups"], "number")))
        assert seat["secretariat"] == sorted(seat["secretariat"])
        assert all(group["themes"] == sorted(group["themes"]) for group in seat["groups"])
    assert all(theme["mechanisms"] == sorted(theme["mechanisms"]) for theme in answer["themes"])
    changes = [(change["date"], change["mechanism"]) for change in answer["changes"]]
    assert changes == sorted(changes)
    assert len(answer["mechanisms"]) + len(answer["not_in"]) == 8


@pytest.mark.parametrize("name", ["LAD", "RCM", "SACM", "MIRPS", "RIAM", "CAM", "QUITO", "R4V"])
def test_the_lists_of_a_mechanism_are_sorted(call: Callable[..., Any], name: str) -> None:
    answer = call("mechanism", name, "--json").json()
    assert keys(answer["members"], "code") == sorted(set(keys(answer["members"], "code")))
    assert keys(answer["groups"] or [], "number") == list(range(1, len(answer["groups"] or []) + 1))
    assert keys(answer["secretariat"] or [], "agency") == sorted(keys(answer["secretariat"] or [], "agency"))
    assert list(answer["evidence"]) == sorted(answer["evidence"])
    named = {id_ for piece in answer["evidence"].values() for id_ in piece["sources"]}
    assert named <= set(keys(answer["sources"], "id"))


def test_the_lists_of_an_overlap_are_sorted(call: Callable[..., Any]) -> None:
    answer = call("overlap", "trata de personas", "--json").json()
    groups = [(hit["relevance"], hit["mechanism"], hit["number"]) for hit in answer["groups"]]
    assert groups == sorted(set(groups))
    assert keys(answer["mechanisms"], "id") == sorted(set(keys(answer["mechanisms"], "id")))
    countries = [(-len(hit["mechanisms"]), hit["code"]) for hit in answer["countries"]]
    assert countries == sorted(countries)
    assert keys(answer["uncovered"], "code") == sorted(keys(answer["uncovered"], "code"))
    assert answer["query"] == "trata de personas"
    assert {hit["relevance"] for hit in answer["groups"]} <= {"direct", "related"}


@pytest.mark.parametrize("names", [("RCM", "MIRPS"), ("LAD", "SACM", "RIAM")])
def test_the_sets_of_a_comparison_add_up(call: Callable[..., Any], names: tuple[str, ...]) -> None:
    answer = call("compare", *names, "--json").json()
    assert keys(answer["items"], "id") == list(names) == list(answer["only"]) == list(answer["themes"]["only"])
    assert keys(answer["shared"], "code") == sorted(keys(answer["shared"], "code"))
    sizes = {item["id"]: item["size"] for item in answer["items"]}
    for pair in answer["pairs"]:
        assert pair["shared"] + pair["only_left"] == sizes[pair["left"]]
        assert pair["shared"] + pair["only_right"] == sizes[pair["right"]]
        union = pair["shared"] + pair["only_left"] + pair["only_right"]
        assert pair["jaccard"] == round(pair["shared"] / union, 4)


@pytest.mark.parametrize(
    ("what", "key"),
    [
        ("mechanisms", "id"),
        ("countries", "code"),
        ("themes", "id"),
        ("secretariats", "agency"),
        ("sources", "id"),
    ],
)
def test_a_list_is_sorted_by_its_key_and_has_each_once(call: Callable[..., Any], what: str, key: str) -> None:
    items = keys(call("list", what, "--json").json(), key)
    assert items == sorted(set(items))


def test_groups_are_sorted_by_mechanism_and_number(call: Callable[..., Any]) -> None:
    items = [(item["mechanism"], item["number"]) for item in call("list", "groups", "--json").json()]
    assert items == sorted(set(items))


def test_what_is_empty_is_an_empty_list(call: Callable[..., Any]) -> None:
    cuba = call("country", "Cuba", "--json").json()
    assert [cuba[key] for key in ("mechanisms", "themes", "changes", "sources")] == [[], [], [], []]
    both = call("compare", "RCM", "MIRPS", "--json").json()
    assert (both["only"]["MIRPS"], both["themes"]["shared"], both["changes"]) == ([], [], [])
    assert call("list", "groups", "--theme", "remittances", "--json").out == "[]\n"


CAUTIOUS: list[tuple[str, ...]] = [
    ("country", "Peru"),
    ("country", "Cuba"),
    ("mechanism", "RCM"),
    ("mechanism", "CMC"),
    ("compare", "RCM", "SACM"),
    ("compare", "Peru", "Chile"),
    ("overlap", "human trafficking"),
    ("overlap",),
    ("evidence", "RCM"),
    ("cite",),
    ("gaps",),
    ("gaps", "--country", "Peru"),
    ("cover",),
    ("cover", "--theme", "asylum"),
    ("cover", "--themes"),
]


@pytest.mark.parametrize("arguments", CAUTIOUS, ids=_name)
def test_a_date_of_which_nothing_or_less_is_known_has_a_caution_and_the_others_null(
    call: Callable[..., Any], arguments: tuple[str, ...]
) -> None:
    def caution(*date: str) -> str | None:
        answer: dict[str, str | None] = json.loads(call(*arguments, "--json", *date).out)
        return answer["caution"]

    early = "2012" if arguments[:2] == ("mechanism", "CMC") or len(arguments) > 1 else "2000"
    assert str(caution("--as-of", early)).startswith("The lists are those of April 2023. ")
    assert str(caution("--as-of", "2050")).startswith("Nothing was looked up after ")
    assert [caution(), caution("--as-of", "2023-04"), caution("--as-of", "2024")] == [None, None, None]


def test_a_mechanism_whose_source_lists_no_groups_is_named_in_a_comparison(call: Callable[..., Any]) -> None:
    assert call("compare", "RCM", "MIRPS", "--json").json()["themes_unknown"] == []
    assert call("compare", "RCM", "CAM", "--json").json()["themes_unknown"] == ["CAM"]
    countries = call("compare", "Cuba", "Peru", "--json").json()
    assert set(countries["themes_unknown"]) <= {"CUB", "PER"}


def test_a_seat_tells_the_evidence_of_the_secretariat_with_sources_that_stand_in_full(
    call: Callable[..., Any],
) -> None:
    answer = call("country", "Peru", "--json").json()
    told = {seat["id"]: seat["secretariat_evidence"] for seat in answer["mechanisms"]}
    assert (told["CAM"]["status"], told["SACM"]["sources"] != []) == ("note only", True)
    known = set(keys(answer["sources"], "id"))
    used = {id_ for seat in answer["mechanisms"] for id_ in seat["secretariat_evidence"]["sources"]}
    assert used
    assert used <= known


def test_a_country_that_left_has_the_sources_of_it_in_full(call: Callable[..., Any]) -> None:
    answer = call("country", "Nicaragua", "--as-of", "2024", "--json").json()
    (left,) = [absence for absence in answer["not_in"] if absence["id"] == "CAM"]
    assert left["note"] == "Left on 2023-11-19"
    assert left["sources"]
    assert set(left["sources"]) <= set(keys(answer["sources"], "id"))


def test_a_body_of_a_mechanism_is_a_record(call: Callable[..., Any]) -> None:
    bodies = [
        body for name in ("RIAM", "RCM", "CAM") for body in call("mechanism", name, "--json").json()["sub_bodies"]
    ]
    assert bodies
    assert [list(body) for body in bodies] == [["id", "name", "note", "since", "until"]] * len(bodies)


def test_what_the_source_is_silent_on_is_null_and_the_reason_is_told(call: Callable[..., Any]) -> None:
    named = call("mechanism", "CMC", "--json").json()
    assert (named["members"], named["groups"], named["secretariat"]) == (None, None, None)
    assert "members" in named["unclear"]
    assert "secretariat" in call("mechanism", "LAD", "--json").json()["unclear"]
    assert "groups" in call("mechanism", "CAM", "--json").json()["unclear"]


def test_the_answer_is_utf_8_with_two_spaces_of_indent_and_a_line_break(call: Callable[..., Any]) -> None:
    out = call("country", "CUW", "--json").out
    assert out.startswith('{\n  "country": {\n    "code": "CUW",\n')
    assert '"Curaçao"' in out
    assert out.endswith("\n}\n")
