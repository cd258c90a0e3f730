"""Answers in whole, field by field, as they were read and accepted in `answers/`; `questions.yaml` has their questions.

GOVMAP_UPDATE=1 writes the answers anew after a change that is meant.
"""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
import yaml
from tests.made import accepted, ask

import govmap

ACCEPTED = Path(__file__).parent / "answers"
QUESTIONS = yaml.safe_load((ACCEPTED / "questions.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", QUESTIONS["invented"])
def test_an_answer_on_the_invented_dataset_is_as_it_was_accepted(invented: govmap.Atlas, name: str) -> None:
    question = QUESTIONS["invented"][name]
    answer = ask(invented.at(question.get("as_of", "2019")), question)
    assert_is_accepted(f"invented_{name}", answer.to_dict())


@pytest.mark.parametrize("name", QUESTIONS["full"])
def test_an_answer_in_which_every_field_is_filled_in_is_as_it_was_accepted(full: govmap.Atlas, name: str) -> None:
    question = QUESTIONS["full"][name]
    answer = ask(full.at(question["as_of"]) if "as_of" in question else full, question)
    assert_is_accepted(f"full_{name}", answer.to_dict())


def test_every_accepted_answer_belongs_to_a_call() -> None:
    names = [f"{dataset}_{name}" for dataset, questions in QUESTIONS.items() for name in questions]
    assert sorted(path.stem for path in ACCEPTED.glob("*.json")) == sorted(names)


def assert_is_accepted(name: str, record: object) -> None:
    """See that the record of an answer is the one accepted under *name*."""
    assert record == json.loads(accepted(ACCEPTED / f"{name}.json", in_lines(record)))


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
