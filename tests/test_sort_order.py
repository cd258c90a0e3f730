"""Lists in answers stand in the order that docs/reference/json.md promises, whatever the order of the data files."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.conftest import INVENTED, Call

CALLS = (
    *("country Peru", "country France", "mechanism BETA", "membership Peru BETA", "overlap borders", "overlap"),
    *("overlap visas", "compare ALPHA BETA", "compare Chile Peru", "compare ALPHA BETA GAMMA", "compare --all"),
    *("compare Peru", "gaps", "gaps --country Peru --country Chile --country France", "cover", "cover --themes"),
    *("matrix", "matrix --upset", "matrix --by theme", "map", "map GAMMA BETA ALPHA", "history", "history Chile"),
    *("evidence", "evidence BETA", "brief Peru", "brief ALPHA", "list", "list countries", "list themes"),
    *(
        "list groups",
        "list secretariats",
        "list resolutions",
        "list sources",
        "search peru",
        "diff --from 2005 --to 2022",
    ),
)
# By question and key, what docs/reference/json.md names as in another order than that of codes and ids.
OTHERWISE = {
    *(("compare", key) for key in ("items", "pairs")),
    *(("matrix", key) for key in ("columns", "rows")),
    *((question, key) for question in ("overlap", "gaps") for key in ("countries",)),
    ("overlap", "themes"),  # the likeliest first, or the most repeated
    ("brief", "columns"),
    ("brief", "rows"),
    ("brief", "neighbours"),
    ("mechanism", "sources"),
    *((question, "sources") for question in ("country", "history", "evidence", "brief", "membership", "compare")),
    ("search", "hits"),
    ("diff", "changes"),  # by kind, mechanism and id
}


def turned(value: Any) -> Any:
    """Return data with each list back to front, but for dates and groups, whose order is that of the file."""
    if isinstance(value, list):
        return [turned(item) for item in reversed(value)]
    return {key: turned(item) for key, item in value.items()} if isinstance(value, dict) else value


@pytest.fixture(name="backwards", scope="module")
def _backwards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented dataset, back to front, with an event on several mechanisms and countries."""
    folder = tmp_path_factory.mktemp("backwards")
    data = yaml.safe_load((INVENTED / "mechanisms.yaml").read_text(encoding="utf-8"))
    data["events"].append(
        {
            "date": "2012",
            "kind": "joined",
            "mechanisms": ["ALPHA", "BETA"],
            "countries": ["CHL", "PER"],
            "concerns": "members",
            "text": "Told of two",
            "sources": ["invented-note"],
        }
    )
    data["mechanisms"][0]["secretariats"].append({"agency": "OAS"})
    data["mechanisms"][0]["groups"][0]["themes"] = ["asylum", "borders"]
    (folder / "mechanisms.yaml").write_text(yaml.safe_dump(turned(data)), encoding="utf-8")
    for path in INVENTED.glob("*"):
        if path.name != "mechanisms.yaml":
            (folder / path.name).write_bytes(path.read_bytes())
    return folder


def lists_of(value: Any, key: str = "") -> Iterator[tuple[str, list[Any]]]:
    """Yield every list in an answer with its key; in a list of answers, that of the whole is empty."""
    if isinstance(value, list):
        yield key, value
        for item in value:
            yield from lists_of(item, "")
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from lists_of(item, name)


def names_of(items: list[Any]) -> list[str] | None:
    """Return the codes or ids by which the items of a list are known; None where they have none of their own."""
    if all(isinstance(item, str) for item in items):
        return items
    for key in ("code", "id", "agency"):
        if all(isinstance(item, dict) and isinstance(item.get(key), str) for item in items):
            return [item[key] for item in items]
    return None


@pytest.mark.parametrize("typed", CALLS)
def test_codes_and_ids_are_in_order(call: Call, backwards: Path, typed: str) -> None:
    question, *words = shlex.split(typed)
    answer = call(question, *words, "--data", str(backwards), "--json")
    assert answer.code == 0 or typed == "overlap visas"
    wrong = [
        (key, names)
        for key, items in lists_of(answer.json())
        if (question, key) not in OTHERWISE and (names := names_of(items)) is not None and names != sorted(names)
    ]
    assert wrong == []
