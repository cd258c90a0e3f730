"""The questions as functions: they take records, ids and names, and answer and refuse as the command line does."""

from __future__ import annotations

import datetime
import html
import json
import keyword
import re
import shlex
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import INVENTED, Call

import govmap
from govmap.calls import worded_by
from govmap.cli.calls import word_for_shell
from govmap.cli.reader import read
from govmap.declaration import Parameter
from govmap.formats.csv import to_csv
from govmap.questions import NAMES, declaration_of
from govmap.questions.overlap import Overlap
from govmap.rows import SHOWN, Rows

Values = dict[str, Any]

# A record of each kind by its id, and its names in English, Spanish, Portuguese and French.
NAMED = {
    "Country": ("PER", "pe", "604", "Peru", "Perú", "Pérou"),
    "Mechanism": ("LAD", "Los Angeles Declaration", "Declaración de Los Ángeles", "Declaração de Los Angeles"),
    "Source": ("oas-note-2023", "OAS-note-2023"),
    "Theme": ("asylum", "Asylum", "asilo", "asile"),
    "Agency": (
        "IOM",
        "International Organization for Migration",
        "OIM",
        "Organización Internacional para las Migraciones",
    ),
}
RECORDS = {
    "Country": lambda atlas: atlas.countries["PER"],
    "Mechanism": lambda atlas: atlas.mechanisms["LAD"],
    "Source": lambda atlas: atlas.sources["oas-note-2023"],
    "Theme": lambda atlas: atlas.themes["asylum"],
    "Agency": lambda atlas: atlas.agencies["IOM"],
}
KINDS = {"Compared": "Mechanism | Country", "CoveredMechanism": "Mechanism", "Country | Mechanism": "Country"}
UNTESTED = ("bool", "int", "str", "Path", "Atlas")  # kinds that name nothing
# What else a call must have, so that one value of it can be tried.
REST: dict[str, Values] = {
    "membership": {"country": "PER", "mechanism": "LAD"},
    "compare": {"names": ["LAD", "MIRPS"]},
    "diff": {"before": "bundled", "from_": "2022-10"},
    "list": {"what": "mechanisms"},
}
PARAMETERS = {
    f"{name} {parameter.name}": (name, parameter)
    for name in NAMES
    for parameter in declaration_of(name).parameters
    if parameter.kind not in UNTESTED
}
NAMING = {
    f"{case} {kind}": (name, parameter, kind)
    for case, (name, parameter) in PARAMETERS.items()
    for kind in KINDS.get(parameter.kind, parameter.kind).split(" | ")
    if kind in NAMED
}
EXAMPLES = [(name, text) for name in NAMES for text in declaration_of(name).examples]


def values_of(name: str, parameter: Parameter, value: object) -> Values:
    """Return the values of a call in which one is tried."""
    return {**REST.get(name, {}), parameter.name: [value] if parameter.many and parameter.positional else value}


def ask(atlas: govmap.Atlas, name: str, values: Values) -> Any:
    """Return the answer of the function to *values* by the names of its parameters."""
    declaration = declaration_of(name)
    arguments: list[Any] = [atlas] if declaration.asks_atlas else []
    options = dict(values)
    for parameter in declaration.parameters:
        if parameter.positional and parameter.name in options:
            value = options.pop(parameter.name)
            arguments += value if parameter.many else [value]
    return getattr(govmap, name)(*arguments, **options)


def words_of(name: str, values: Values) -> list[str]:
    """Return the call of the command with *values*."""
    words = [name]
    for parameter in declaration_of(name).parameters:
        if parameter.name in values:
            value = values[parameter.name]
            words += [] if parameter.positional else [parameter.option]
            words += value if isinstance(value, list) else [value]
    return words


def without_question(answer: Any) -> Any:
    """Return what an answer has beside the words that were asked."""
    found = answer.to_dict()
    if isinstance(answer, Overlap):
        del found["query"], found["explanation"]
        for theme in found["themes"]:
            del theme["matched"]
    return found


@pytest.mark.parametrize("case", NAMING)
def test_a_question_takes_a_record_its_id_and_its_names_in_four_languages_alike(atlas: govmap.Atlas, case: str) -> None:
    name, parameter, kind = NAMING[case]
    given = (RECORDS[kind](atlas), *NAMED[kind])
    first, *others = (without_question(ask(atlas, name, values_of(name, parameter, value))) for value in given)
    assert [at for at, other in enumerate(others) if other != first] == []


@pytest.mark.parametrize("case", PARAMETERS)
def test_what_is_unknown_is_refused_with_the_error_of_the_command_line(
    atlas: govmap.Atlas, call: Call, case: str
) -> None:
    name, parameter = PARAMETERS[case]
    values = values_of(name, parameter, "xyzzyx")
    with worded_by(word_for_shell), pytest.raises(govmap.GovmapError) as caught:
        ask(atlas, name, values)
    answer = call(*words_of(name, values), "--json")
    error = caught.value
    with worded_by(word_for_shell):
        suggestions = list(map(str, error.suggestions))
    assert answer.code == error.exit_code
    assert json.loads(answer.err)["error"] == {"kind": error.kind, "message": error.message, "suggestions": suggestions}


@pytest.mark.parametrize("name", NAMES)
def test_an_option_that_there_is_not_is_a_type_error(atlas: govmap.Atlas, name: str) -> None:
    with pytest.raises(TypeError, match="nonsense"):
        ask(atlas, name, {"nonsense": "Peru"})


@pytest.mark.parametrize(("name", "text"), EXAMPLES)
def test_an_answer_has_the_shapes_that_the_command_writes(
    atlas: govmap.Atlas, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(INVENTED, tmp_path / "our-data")
    words = shlex.split(text)
    values = read(declaration_of(name), words)
    found = ask(atlas, name, values)
    assert "\n" not in repr(found)
    with worded_by(word_for_shell):  # elsewhere what to ask next is worded as Python has it
        record, table, page = found.to_dict(), to_csv(found.rows()), found._repr_html_()
    assert record == call(name, *words, "--json").json()
    assert table.splitlines() == call(name, *words, "-f", "csv").out.splitlines()
    # A document of the shell has the call that shows all of it, where Python knows none.
    assert page == re.sub(r"govmap [^()<>]* --full", "--full", call(name, *words, "-f", "html").out)


def test_no_call_is_silently_wrong(atlas: govmap.Atlas) -> None:
    belize, peru = atlas.country("Belize"), atlas.country("Peru")
    assert [item.id for item in govmap.list(atlas, "mechanisms", member="Peru")] == [
        seat.id for seat in govmap.country(atlas, peru).mechanisms
    ]
    for names in ("Belize", ["Belize"], [belize], (belize, "Belice")):
        assert (govmap.cover(atlas, country=names).wanted, govmap.cover(atlas, country=names).size) == (("BLZ",), 1)
        assert [row.code for row in govmap.gaps(atlas, country=names).countries] == ["BLZ"]
    with pytest.raises(govmap.NotFoundError):
        govmap.cover(atlas, country=["Belize", "xyzzyx"])


def test_a_record_of_another_kind_is_a_type_error_that_names_it(atlas: govmap.Atlas) -> None:
    mechanism: Any = atlas.mechanism("RCM")
    with pytest.raises(TypeError, match="a country is named by a text or its own record, not by Mechanism"):
        govmap.country(atlas, mechanism)


def test_a_forgotten_atlas_is_told_with_the_call_that_has_one() -> None:
    ask: Any = govmap.country
    with pytest.raises(TypeError, match=r"govmap.country\(govmap.load\(\), 'Peru'"):
        ask("Peru")


@pytest.mark.parametrize("date", [2022, datetime.date(2022, 12, 31)])
def test_a_date_may_be_one_of_python(date: Any) -> None:
    assert set(govmap.load(as_of=date).seats["LAD"]) == set(govmap.load(as_of="2022").seats["LAD"])


def test_an_agency_among_mechanisms_is_told_as_one(atlas: govmap.Atlas) -> None:
    with pytest.raises(govmap.NotFoundError) as raised:
        govmap.compare(atlas, "IOM", "RCM")
    assert [str(each) for each in raised.value.suggestions] == ["govmap.list(atlas, 'mechanisms', secretariat='IOM')"]


def test_an_atlas_writes_an_export(atlas: govmap.Atlas, tmp_path: Path) -> None:
    atlas.export("json", tmp_path / "atlas.json")
    whole = json.loads((tmp_path / "atlas.json").read_text(encoding="utf-8"))
    assert [record["id"] for record in whole["mechanisms"]] == [record.id for record in atlas.dataset.mechanisms]
    with pytest.raises(govmap.UsageError) as caught:
        atlas.export("graphm", tmp_path / "atlas.graphml")
    assert "graphml" in caught.value.suggestions


@pytest.mark.parametrize("name", dir(govmap))
def test_no_public_name_is_a_subpackage_or_a_keyword(name: str) -> None:
    assert not keyword.iskeyword(name)
    assert find_spec(f"govmap.{name}") is None


def test_the_one_line_of_an_answer_has_what_is_short_in_full_and_counts_what_is_long(atlas: govmap.Atlas) -> None:
    line = repr(govmap.country(atlas, "Peru"))
    assert line.startswith("CountryProfile(country='PER', as_of='2023-04', mechanisms=<6>, not_in=<2>, ")


def test_the_one_line_of_an_atlas_names_its_dataset_and_date(atlas: govmap.Atlas) -> None:
    assert repr(atlas) == "Atlas('Migration governance mechanisms in the Americas', as_of='2023-04', scope='note')"
    assert repr(atlas.at("2018")).endswith(", as_of='2018', scope='note')")


SCRIPT = """\
import govmap

atlas = govmap.load()
peru = atlas.country("Peru")
reveal_type(govmap.country(atlas, "Peru"))
reveal_type(govmap.country(atlas, peru))
reveal_type(govmap.membership(atlas, peru, "RCM").listed)
reveal_type(govmap.list(atlas, "themes")[0].label)
reveal_type(govmap.list(atlas, "mechanisms", member=peru))
reveal_type(govmap.gaps(atlas, country=["Belize", peru]).countries)
reveal_type(govmap.map(atlas, "RCM", theme="asylum"))
reveal_type(govmap.diff(atlas, from_="2022", to="2023").equal)
govmap.country(atlas, 3)
govmap.gaps(atlas, countries=["Belize"])
govmap.list(atlas, "nonsense")
"""
REVEALED = [
    "govmap.questions.country.CountryProfile",
    "govmap.questions.country.CountryProfile",
    "bool | None",
    "str",
    "govmap.records.Listing[govmap.questions.list.MechanismItem]",
    "tuple[govmap.questions.gaps.CountryGaps, ...]",
    "govmap.questions.map.TileMap",
    "bool",
]


@pytest.mark.weekly
def test_a_users_script_is_checked_by_mypy(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    command = (sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "script.py")
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=200, check=False)
    lines = done.stdout.splitlines()
    assert [line.split('"')[1].replace("builtins.", "") for line in lines if "Revealed type" in line] == REVEALED
    assert [line.rpartition("[")[2] for line in lines if " error: " in line] == [
        "arg-type]",
        "call-arg]",
        "call-overload]",
    ]


def test_an_error_names_options_as_its_caller_writes_them_but_leaves_a_quoted_text(atlas: govmap.Atlas) -> None:
    for message, ask_wrongly in (
        ("`top` must be 1 or more", lambda: govmap.compare(atlas, "RCM", top=0)),
        ("`from_` is 2023-12-31, later than `to`", lambda: govmap.diff(atlas, from_="2023", to="2020")),
        ('No country is called "--top"', lambda: govmap.country(atlas, "--top")),
    ):
        with pytest.raises(govmap.GovmapError, match=f"^{re.escape(message)}"):
            ask_wrongly()


def test_a_notebook_shows_what_an_atlas_holds_with_calls_that_run(atlas: govmap.Atlas) -> None:
    for shown in (atlas, atlas.at("2018"), govmap.load(INVENTED)):
        page = html.unescape(shown._repr_html_())
        assert shown.context.about.title in page
        calls = re.findall(r"Example: (govmap\..+?\))<", page)
        assert len(calls) == 3
        for call in calls:
            assert eval(call, {"govmap": govmap, "atlas": shown}).to_dict()  # noqa: S307


def test_rows_are_a_sequence_of_which_a_slice_has_the_same_columns(atlas: govmap.Atlas) -> None:
    rows = govmap.list(atlas, "mechanisms").rows()
    assert (len(rows), list(rows), rows[-1]) == (len(rows.rows), list(rows.rows), rows.rows[-1])
    assert (rows[1:3].columns, rows[1:3].rows) == (rows.columns, rows.rows[1:3])
    assert repr(rows[:2]).endswith("), <2>)")


def test_a_notebook_shows_the_first_rows_of_a_table_and_no_markup_of_its_texts() -> None:
    rows = Rows(
        ("name", "size"), (("<b>\u202e", 1), ("a & b", None), *((f"x{number}", number) for number in range(70)))
    )
    shown = rows._repr_html_()
    assert "<tr><td>&lt;b&gt;\\u202e</td><td>1</td></tr><tr><td>a &amp; b</td><td></td></tr>" in shown
    assert shown.count("<tr>") == 1 + SHOWN + 1
    assert shown.endswith("<tr><td>…</td><td></td></tr></tbody></table>")
    assert "…" not in rows[:SHOWN]._repr_html_()
