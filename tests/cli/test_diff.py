"""`govmap diff` as it is typed: what it takes, what it refuses, and what it exits with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from govmap.cli import main

INVENTED = str(Path(__file__).parents[1] / "data" / "invented")
TRY = "Try: govmap diff --from 2022-06 --to 2022-10"


@pytest.fixture(name="corrected", scope="module")
def _corrected(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The invented dataset as a pull request would leave it."""
    folder = tmp_path_factory.mktemp("corrected")
    for path in Path(INVENTED).iterdir():
        text = path.read_text(encoding="utf-8").replace('{code: BOL, since: "2021"}', '{code: BOL, since: "2021-03"}')
        (folder / path.name).write_text(text, encoding="utf-8")
    return str(folder)


def test_a_change_shows_both_values_and_arguments_win_over_the_environment(
    call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, corrected: str
) -> None:
    monkeypatch.setenv("GOVMAP_DATA", "no-such-folder")
    answer = call("diff", INVENTED, corrected, "--exit-code")
    assert answer.out.startswith("Changes from ")
    assert "0 added, 0 removed, 1 changed\n" in answer.out
    assert "changed  ALPHA/BOL  Bolivia  since: 2021 → 2021-03\n" in answer.out
    assert (answer.code, answer.err) == (1, "Error: They differ: 0 added, 0 removed, 1 changed\n")
    assert call("diff", INVENTED, corrected).code == 0


def test_the_second_date_is_the_latest_that_is_known_where_it_is_left_out(call: Callable[..., Any]) -> None:
    """Nicaragua left a list in November 2023, after the date of the data: it is not added."""
    found = call("diff", "--from", "2023", "--json").json()
    assert found["before"]["as_of"] == "2023"
    assert found["after"]["as_of"] > "2026"
    changes = call("diff", "--from", "2023-04", "--json").json()["changes"]
    assert [c["change"] for c in changes if c["kind"] == "members" and c["id"].endswith("/NIC")] == ["removed"]
    own = call("diff", INVENTED, "--from", "2020-06", "--json").json()
    assert own["after"]["as_of"] == "2020-07-01", "the day of its last look-up"


@pytest.mark.parametrize(
    ("dates", "first", "second", "swapped"),
    [
        (("--from", "2022", "--to", "2022-11"), "2022-12-31", "2022-11-30", "--from 2022-11 --to 2022"),
        (
            ("--from", "2021-03-05", "--to", "2021-03-04"),
            "2021-03-05",
            "2021-03-04",
            "--from 2021-03-04 --to 2021-03-05",
        ),
        (("--from", "2099"), "2099-12-31", "2020-07-01", "--from 2020-07-01 --to 2099"),
        (("--to", "2019"), "2020-06-30", "2019-12-31", "--from 2019 --to 2020-06"),
    ],
)
def test_dates_in_the_wrong_order_are_refused(
    call: Callable[..., Any], dates: tuple[str, ...], first: str, second: str, swapped: str
) -> None:
    answer = call("diff", *dates, "--data", INVENTED)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        f"Error: --from is {first}, later than --to, {second}; a year or a month stands for its last day."
        f" Try: govmap diff {swapped} --data {INVENTED}\n"
    )
    assert call("diff", "--from", "2020", "--to", "2020-12", "--data", INVENTED).code == 0


def test_two_dates_of_own_data_with_the_date_of_the_data_where_one_is_left_out(
    call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = call("diff", INVENTED, "--to", "2021", "--json").json()
    assert (typed["before"]["as_of"], typed["after"]["as_of"]) == ("2020-06", "2021")
    assert {(c["change"], c["id"]) for c in typed["changes"] if c["kind"] == "members"} == {
        ("removed", "ALPHA/ARG"),
        ("added", "ALPHA/BOL"),
        ("added", "LATER/CHL"),
    }
    by_option = call("diff", "--to", "2021", "--data", INVENTED, "--json").json()
    assert by_option == typed
    monkeypatch.setenv("GOVMAP_DATA", INVENTED)
    assert main(("diff", "--to", "2021", "--json", "--mechanism", "later declaration")) == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), f"diff needs two datasets, or two dates of one. {TRY}\n"),
        (("--as-of", "2020"), f"diff needs two datasets, or two dates of one. {TRY}\n"),
        (("ours",), "diff needs two datasets, or two dates of one. Try: govmap diff bundled ours\n"),
        (
            ("a", "b", "--as-of", "2020", "--to", "2021"),
            f"--as-of cannot be used with --from or --to. {TRY}\n",
        ),
        (("a", "b", "--data", "c"), f"Both datasets are named already; leave --data out. {TRY} --data c\n"),
        (("--from", "soon"), '"soon" is not a date. Try: --from 2022-06; --to 2022-10\n'),
    ],
)
def test_a_call_without_two_sides_suggests_what_to_type(
    call: Callable[..., Any], arguments: tuple[str, ...], message: str
) -> None:
    answer = call("diff", *arguments)
    assert (answer.code, answer.out, answer.err) == (2, "", f"Error: {message}")


def test_a_missing_dataset_or_mechanism_is_an_error(call: Callable[..., Any]) -> None:
    nowhere = call("diff", "bundled", "no-such-folder")
    assert (nowhere.code, nowhere.out) == (3, "")
    assert 'There is no folder or file "no-such-folder"' in nowhere.err
    nothing = call("diff", INVENTED, INVENTED, "--mechanism", "xyzzyx")
    assert (nothing.code, nothing.out) == (1, "")


def test_the_page_of_two_dates_is_in_one_language_and_has_members_together(call: Callable[..., Any]) -> None:
    """A year stands for its last day, which the heading says."""
    page = " ".join(call("diff", "--from", "2023", "--to", "2026", "--full").out.split())
    assert "changes from 31 December 2023 to 31 December 2026" in page
    assert "note.es" not in page
    assert "note.en" in page
    assert "caricom-free-movement/pt" not in page
    assert "added caricom-free-movement Belize, Barbados, Dominica, Saint" in page.replace("relation: party ", "")
    assert "note.es" in call("diff", "--from", "2023", "--to", "2026", "--json").out


def test_own_data_over_the_bundled_differ_in_what_they_add_alone(call: Callable[..., Any], tmp_path: Path) -> None:
    """That the note on the bundled list does not speak of the addition is govmap's remark, no change of the data."""
    (tmp_path / "mechanisms.yaml").write_text(
        'extends: bundled\nmechanisms:\n  - id: RCM\n    members: [{code: VEN, since: "2025-03"}]\n', encoding="utf-8"
    )
    changes = call("diff", "bundled", str(tmp_path), "--json").json()["changes"]
    assert [(change["change"], change["id"]) for change in changes] == [("added", "RCM/VEN")]
