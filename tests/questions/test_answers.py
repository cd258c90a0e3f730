"""Answers in whole, field by field, as they were read and accepted in `answers/`.

The invented dataset is asked as of 2019, a date before its own, and the full one has every field filled in.
GOVMAP_UPDATE=1 writes the answers anew after a change that is meant.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import govmap
from govmap.records import Answer, Listing

ACCEPTED = Path(__file__).parent / "answers"
UPDATE = os.environ.get("GOVMAP_UPDATE") == "1"
Ask = Callable[[govmap.Atlas], Answer | Listing[Any]]

ON_INVENTED: dict[str, Ask] = {
    "cite_alpha": lambda atlas: govmap.cite(atlas, "ALPHA"),
    "compare_alpha_beta_gamma": lambda atlas: govmap.compare(atlas, "ALPHA", "BETA", "GAMMA"),
    "compare_all_endorsers_on_borders": lambda atlas: govmap.compare(
        atlas, all=True, relation="endorser", theme="borders"
    ),
    "compare_argentina_aruba": lambda atlas: govmap.compare(atlas, "Argentina", "Aruba"),
    "compare_peru": lambda atlas: govmap.compare(atlas, "Peru"),
    "country_argentina": lambda atlas: govmap.country(atlas, "Argentina"),
    "country_aruba": lambda atlas: govmap.country(atlas, "Aruba"),
    "cover": govmap.cover,
    "cover_borders": lambda atlas: govmap.cover(atlas, theme="borders", country=["ARG", "CUB"]),
    "cover_themes": lambda atlas: govmap.cover(atlas, themes=True),
    "diff_alpha": lambda atlas: govmap.diff(atlas, to="2021", mechanism="ALPHA"),
    "evidence_beta": lambda atlas: govmap.evidence(atlas, "BETA", status="note only"),
    "gaps_france": lambda atlas: govmap.gaps(atlas, country="France"),
    "list_countries": lambda atlas: govmap.list(atlas, "countries", theme="borders"),
    "list_secretariats": lambda atlas: govmap.list(atlas, "secretariats"),
    "map_borders": lambda atlas: govmap.map(atlas, theme="borders"),
    "matrix": govmap.matrix,
    "matrix_by_theme": lambda atlas: govmap.matrix(atlas.at("2018"), by="theme"),
    "matrix_upset": lambda atlas: govmap.matrix(atlas, upset=True),
    "membership_argentina_alpha": lambda atlas: govmap.membership(atlas, "Argentina", "ALPHA"),
    "overlap": govmap.overlap,
    "search_borders": lambda atlas: govmap.search(atlas, "borders"),
    "overlap_borders": lambda atlas: govmap.overlap(atlas, "border management"),
}
ON_FULL: dict[str, Ask] = {
    "country_peru": lambda full: govmap.country(full, "Peru"),
    "country_brazil_in_2031": lambda full: govmap.country(full.at("2031"), "Brazil"),
    "history_in_2011": lambda full: govmap.history(full.at("2011")),
    "history_in_2011_ecuador": lambda full: govmap.history(full.at("2011"), "Ecuador"),
    "history_in_2011_one": lambda full: govmap.history(full.at("2011"), "ONE"),
    "list_groups": lambda full: govmap.list(full, "groups"),
    "list_mechanisms": lambda full: govmap.list(full, "mechanisms", coverage="all"),
    "mechanism_one": lambda full: govmap.mechanism(full, "ONE"),
}


@pytest.mark.parametrize("name", ON_INVENTED)
def test_an_answer_on_the_invented_dataset_is_as_it_was_accepted(invented: govmap.Atlas, name: str) -> None:
    answer = ON_INVENTED[name](invented.at("2019"))
    assert answer.to_dict() == accepted(f"invented_{name}", answer)


@pytest.mark.parametrize("name", ON_FULL)
def test_an_answer_in_which_every_field_is_filled_in_is_as_it_was_accepted(full: govmap.Atlas, name: str) -> None:
    answer = ON_FULL[name](full)
    assert answer.to_dict() == accepted(f"full_{name}", answer)


def test_every_accepted_answer_belongs_to_a_call() -> None:
    names = [f"invented_{name}" for name in ON_INVENTED] + [f"full_{name}" for name in ON_FULL]
    assert sorted(path.stem for path in ACCEPTED.glob("*.json")) == sorted(names)


def accepted(name: str, answer: Answer | Listing[Any]) -> object:
    """Return the answer that was accepted under *name*; with GOVMAP_UPDATE=1, accept *answer*."""
    path = ACCEPTED / f"{name}.json"
    if UPDATE:
        path.write_text(in_lines(answer.to_dict()), encoding="utf-8")
    return json.loads(path.read_text(encoding="utf-8"))


def in_lines(answer: object) -> str:
    """Return an answer as JSON with a line for each field, and for each record in one."""
    one_line = partial(json.dumps, ensure_ascii=False)
    if isinstance(answer, list):
        return "[\n  " + ",\n  ".join(map(one_line, answer)) + "\n]\n"
    assert isinstance(answer, dict)
    fields = {
        name: "[\n    " + ",\n    ".join(map(one_line, value)) + "\n  ]"
        if isinstance(value, list) and value and not isinstance(value[0], str)
        else one_line(value)
        for name, value in answer.items()
    }
    return "{\n" + ",\n".join(f'  "{name}": {text}' for name, text in fields.items()) + "\n}\n"
