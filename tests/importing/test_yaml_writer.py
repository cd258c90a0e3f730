"""Whatever a text looks like, it is read back as it was, by our reader and by PyYAML."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from govmap.dataset.yaml_reader import read_yaml
from govmap.importing.yaml_writer import flow, scalar

# Words that YAML would read as something else, and texts that end or begin something.
HOSTILE = (
    *("NO", "no", "yes", "y", "On", "null", "~", "true", "False", "1945", "1e3", "0x1F", "012", "12:30", "1_000"),
    *("2020-01-01", ".inf", ".nan", "- a", "a: b", "a #b", "#a", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a", "{a}"),
    *(
        "[a]",
        '"',
        "'",
        "\\",
        "a\nb",
        "a\r\nb",
        "\ta",
        "a\u2028b",
        "\ufeffa",
        "\x85",
        "\x07",
        "\x7f",
        "😀",
        "\U0010ffff",
    ),
    *("---", "...", "=", "<<", "a,b", "a]", "a}", "? a", "", "é", "\ufffe", "a:", ":a", "-", "--- a"),
)
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


def read(text: str) -> object:
    problems: list[object] = []
    value = read_yaml(text.encode(), "x.yaml", problems)  # type: ignore[arg-type]  # only counted here
    assert problems == []
    return value


@pytest.mark.parametrize("text", HOSTILE, ids=repr)
def test_a_hostile_text_is_itself(text: str) -> None:
    assert read(f"a: {scalar(text)}\n") == {"a": text}
    assert yaml.safe_load(f"a: {scalar(text)}\n") == {"a": text}


@given(st.lists(texts, min_size=1, max_size=3))
@example(["a b", "on", "UN"])
def test_any_text_is_itself_in_a_list_a_mapping_and_on_one_line(given_texts: list[str]) -> None:
    listed = ", ".join(map(scalar, given_texts))
    assert read(f"- [{listed}]\n") == [given_texts]
    fields = {f"k{number}": text for number, text in enumerate(given_texts)}
    assert read(f"- {flow(fields)}\n") == [fields]


def test_a_plain_text_has_no_quotes() -> None:
    assert scalar("United Nations") == "United Nations"
    assert scalar("PER") == "PER"
