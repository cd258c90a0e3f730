"""A wrong call gets one message on standard error, nothing on standard output, and an exit code that tells."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

LONG = "x" * 100_000

NOT_FOUND: list[tuple[tuple[str, ...], str]] = [
    (("country", "Atlantis"), 'No country is called "Atlantis"'),
    (("country", "Prru"), "Did you mean Peru"),
    (("country", "Narnia"), "No country is called"),
    (("country", "XQ"), 'No country is called "XQ"'),
    (("country", ""), '"" is not the name of a country. Try: govmap list countries'),
    (("country", "   "), "is not the name of a country"),
    (("country", "!!!"), '"!!!" is not the name of a country'),
    (("country", "\x1b[31m"), "No country is called"),
    (("country", "\x00"), "is not the name of a country"),
    (("country", "\u202e"), "is not the name of a country"),
    (("country", "a\nb"), 'No country is called "a\\u000ab"'),
    (("country", LONG), "No country is called"),
    (("country", "RCM"), 'No country is called "RCM". Try: govmap mechanism RCM'),
    (("country", "--", "-Atlantis"), 'No country is called "-Atlantis"'),
    (("mechanism", "XYZ"), 'No mechanism is called "XYZ". Try: govmap list mechanisms'),
    (("mechanism", ""), '"" is not the name of a mechanism'),
    (("mechanism", "migration"), "could be any of 12 mechanisms. Did you mean CAM, CMC, GCM or GFMD?"),
    (("mechanism", "Peru"), 'No mechanism is called "Peru". Try: govmap country PER'),
    (("mechanism", "OIM"), "Try: govmap list mechanisms --secretariat IOM"),
    (("mechanism", LONG), "No mechanism is called"),
    (
        ("mechanism", "LAD", "--as-of", "2020"),
        "LAD did not exist as of 2020: founded 10 June 2022. Try: --as-of 2022-06-10",
    ),
    (("overlap", "nonsense"), 'No theme is about "nonsense", so no mechanism is known to work on it'),
    (("overlap", ""), 'There is no word to look for in ""'),
    (("overlap", LONG), "No theme is about"),
    (("overlap", "remittances"), "remittances is on the subject, but no group works on it"),
    (("overlap", "asylum", "--as-of", "1990"), "No mechanism of the dataset existed as of 1990"),
    (("gaps", "--as-of", "1900"), "No mechanism of the dataset existed as of 1900"),
    (("gaps", "--theme", "refugiados"), 'no group works on it. Try: govmap overlap "international protection"'),
    (("cover", "--country", "Cuba"), "No mechanism lists Cuba. Try: govmap country CUB"),
    (("search", ""), "There is no word to look for"),
    (("list", "countries", "--member", "CMC"), "names CMC and gives no members. Try: govmap mechanism CMC"),
    (("map", "CMC"), "CMC has no map: the source names it and gives no members"),
    (("map", "RCM", "--theme", "asylum"), "None of these has a group on asylum. Try: govmap map MIRPS LAD QUITO"),
    (("map", "Peru"), 'No mechanism is called "Peru". Try: govmap country PER'),
    (("compare", "RCM", "CMC"), "CMC cannot be compared: the source names it and gives no members"),
    (("compare", "Peru", "Atlantis"), 'No mechanism or country is called "Atlantis"'),
    (("compare", "RCM", "Atlantis"), 'No mechanism or country is called "Atlantis"'),
    (("compare", "RCM", "Peruvia"), 'No mechanism or country is called "Peruvia". Did you mean Peru'),
    (("country", "Congo"), "Did you mean Congo - Kinshasa or Congo - Brazzaville?"),
    (("country", "St Martin"), '"St Martin" could be more than one country. Did you mean'),
    (("compare", "RCM", ""), 'No mechanism or country is called "". Try: govmap list mechanisms'),
    (("compare", LONG, LONG), "is called"),
    (("list", "mechanisms", "--member", "Atlantis"), 'No country is called "Atlantis"'),
    (("list", "countries", "--member", "Peru"), 'No mechanism is called "Peru"'),
    (("list", "groups", "--theme", "nonsense"), "No theme is about"),
    (("list", "groups", "--theme", ""), "There is no word to look for"),
    (("list", "mechanisms", "--secretariat", "NASA"), 'No agency is called "NASA"'),
    (("list", "mechanisms", "--member", ""), "is not the name of a country"),
]

WRONG_CALL: list[tuple[tuple[str, ...], str]] = [
    (("contry", "Peru"), 'There is no command "contry". Try: govmap country'),
    (("mecanism", "RCM"), "Try: govmap mechanism"),
    (("Peru",), 'There is no command "Peru". Try: govmap --help'),
    (("",), "There is no command"),
    ((LONG,), "There is no command"),
    (("--nope",), "No such option: --nope"),
    (("list", "groups", "--coverage", "mentioned"), "Only a list of mechanisms takes --coverage"),
    (("country",), "Missing argument"),
    (("mechanism",), "Missing argument"),
    (("compare",), "Name two or more to compare, or one to rank the others"),
    (("compare", "RCM", "--all"), "--all ranks all pairs of mechanisms, so it takes no names"),
    (("validate",), "Missing argument"),
    (("validate", "data", "--as-of", "2020"), "No such option: --as-of"),
    (("matrix", "--by", "group"), '--by cannot be "group". Try: --by country; --by theme'),
    (("matrix", "--by", "theme", "--upset"), "--upset tells the combinations of countries, so it takes no --by"),
    (("compare", "RCM", "MIRPS", "--mode", "both"), '--mode cannot be "both"'),
    (("compare", "RCM", "MIRPS", "--relation", "friend"), '--relation cannot be "friend"'),
    (("country", "Peru", "--format", "xls"), 'There is no format "xls". Choose one of: table'),
    (("country", "Peru", "-o", "/nowhere/a.csv"), 'There is no folder "/nowhere" to write "a.csv" in'),
    (("country", "Peru", "-o", "a\x00b.no"), 'No format is written to ".no"'),
    (("export", "json", "/nowhere/\x00"), 'There is no folder "/nowhere" to write'),
    (("country", "Peru", "-f", "csv", "--format", "md"), '"--format" is given twice'),
    (("country", "Peru", "-f", "md", "--bom"), "--bom is for csv and tsv"),
    (("country", "Peru", "Chile"), "unexpected extra argument"),
    (("mechanism", "RCM", "SACM"), "unexpected extra argument"),
    (("gaps", LONG), "unexpected extra argument"),
    (("diff", LONG), "diff needs two datasets, or two dates of one. Try: govmap diff bundled x"),
    (("overlap", "asylum", "education"), "unexpected extra argument"),
    (("list", "mechanisms", "countries"), "unexpected extra argument"),
    (("country", "Peru", "--jsn"), "--json"),
    (("country", "-Peru"), "No such option"),
    (("overlap", "---"), "No such option"),
    (("country", "Peru", "--as-of"), "requires an argument"),
    (("compare", "RCM", "RCM"), "RCM is named twice"),
    (("compare", "RCM", "CRM"), "RCM is named twice"),
    (("compare", "Peru", "Perú"), "PER is named twice"),
    (("compare", "RCM", "SACM", "Peru"), "Compare things of one kind: RCM is a mechanism, Peru is a country"),
    (("list", "nothing"), 'There is no list "nothing". Choose one of: mechanisms, countries'),
    (("list", "mechanism"), "Did you mean mechanisms?"),
    (("list", ""), 'There is no list ""'),
    (("list", "mechanisms", "--kind", "x"), 'There is no kind "x" in this list'),
    (("list", "countries", "--kind", "x"), "Did you mean state or territory?"),
    (("list", "groups", "--kind", "x"), 'There is no kind "x"'),
    (("list", "sources", "--kind", "x"), 'There is no kind "x"'),
    (("list", "themes", "--kind", "x"), "A list of themes takes no --kind"),
    (("list", "secretariats", "--kind", "x"), "A list of secretariats takes no --kind"),
    (("list", "sources", "--member", "Peru"), "A list of sources takes no filter but --kind"),
    (("list", "sources", "--theme", "asylum"), "A list of sources takes no filter but --kind"),
    (("list", "mechanisms", "--coverage", "x"), "Did you mean full, mentioned or all?"),
    (("country", "Peru", "--as-of", "nonsense"), '"nonsense" is not a date. Try: --as-of 2023'),
    (("country", "Peru", "--as-of", "2023-02-30"), '"2023-02-30" is not a date'),
    (("country", "Peru", "--as-of", "2023-02-29"), '"2023-02-29" is not a date'),
    (("country", "Peru", "--as-of", "9999-99"), '"9999-99" is not a date'),
    (("country", "Peru", "--as-of", "2023-4"), '"2023-4" is not a date'),
    (("country", "Peru", "--as-of", "23"), "is not a date"),
    (("country", "Peru", "--as-of", ""), "is not a date"),
    (("country", "Peru", "--as-of", "٢٠٢٣"), "is not a date"),
    (("country", "Peru", "--as-of", LONG), "is not a date"),
    (("country", "Peru", "--as-of", "0000"), "is not a date"),
    (("country", "Peru", "--data", ""), "--data is empty; name a folder or a file"),
    (("country", "Peru", "--data", " "), "--data is empty; name a folder or a file"),
    (("compare", "RCM", "MIRPS", "--data="), "--data is empty"),
    (("list", "--data", ""), "--data is empty"),
    (("country", "Peru", "--as-of", "2020", "--as-of", "2021"), '"--as-of" is given twice; give it once'),
    (("country", "Peru", "--as-of=2020", "--as-of", "2020"), '"--as-of" is given twice; give it once'),
    (("country", "Peru", "--data", "a", "--data=b"), '"--data" is given twice'),
    (("list", "mechanisms", "--kind", "network", "--kind", "network"), '"--kind" is given twice'),
    (("cover", "--theme", "asylum", "--theme", "visas"), '"--theme" is given twice'),
]

TABLE = [(1, *case) for case in NOT_FOUND] + [(2, *case) for case in WRONG_CALL]


def _with_json(arguments: tuple[str, ...]) -> tuple[str, ...]:
    """Put --json where it is an option of the call: behind a command, at the end where there is no command."""
    return (arguments[0], "--json", *arguments[1:])


def _name(value: object) -> str | None:
    return " ".join(value)[:60].encode("unicode_escape").decode() if isinstance(value, tuple) else None


@pytest.mark.parametrize(("code", "arguments", "part"), TABLE, ids=_name)
def test_a_wrong_call_gets_one_message_and_its_exit_code(
    call: Callable[..., Any], code: int, arguments: tuple[str, ...], part: str
) -> None:
    answer = call(*arguments)
    assert (answer.code, answer.out) == (code, "")
    assert part in answer.err
    assert "Traceback" not in answer.err
    assert answer.err.startswith("Error: ")
    assert answer.err.count("Error") == 1
    assert answer.err.count("\n") == 1
    assert len(answer.err) < 1000


@pytest.mark.parametrize(("code", "arguments", "part"), TABLE[::2], ids=_name)
def test_with_json_the_message_is_one_object_on_standard_error(
    call: Callable[..., Any], code: int, arguments: tuple[str, ...], part: str
) -> None:
    del part
    answer = call(*_with_json(arguments))
    error = json.loads(answer.err)["error"]
    assert answer.code == code
    if error["kind"] == "no_answer" and answer.out:
        told = answer.json()
        found = told.get("groups", []) + told.get("solutions", [])
        assert found == [], "what was understood is still told, without an answer"
        if arguments[0] == "gaps":
            assert all(row["seated"] == 0 for row in told["countries"])
    else:
        assert answer.out == ""
    assert list(error) == ["kind", "message", "suggestions"]
    assert error["kind"] in ({"not_found", "ambiguous", "no_answer"} if code == 1 else {"usage"})
    assert isinstance(error["message"], str)
    assert not error["message"].endswith(".")
    assert all(isinstance(text, str) for text in error["suggestions"])
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("\x1b[31mx",),
        ("a\nb",),
        ("country", "\x1b[31mx"),
        ("country", "Peru", "\x1b[31mx"),
        ("country", "Peru", "--\x1b[31mx"),
        ("country", "Peru", "--as-of", "\x1b[31mx"),
        ("country", "Peru", "--as-of", "a\nb"),
        ("list", "mechanisms", "--kind", "\x1b[31mx"),
        ("list", "\x1b[31mx"),
        ("compare", "RCM", "\x1b[zzz"),
        ("country", "Peru", "--data", "/no\x1b[31mx"),
        ("country", "Peru", "--data", "/no\nx"),
        ("country", "\u202ePeru?x"),
        ("country", "Peru", "--as-of", "\u202e"),
    ],
    ids=_name,
)
def test_no_control_character_of_a_call_reaches_the_terminal(
    call: Callable[..., Any], arguments: tuple[str, ...]
) -> None:
    answer = call(*arguments)
    assert answer.code in (1, 2, 3)
    assert not {char for char in answer.err if (ord(char) < 32 and char != "\n") or char == "\u202e"}
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("\udcff",),
        ("country", "zzz\udcff"),
        ("country", "Peru\udcff"),
        ("country", "Peru", "--as-of", "\udcff"),
        ("country", "Peru", "--data", "\udcff"),
        ("overlap", "asylum\udcff"),
        ("list", "mechanisms", "--kind", "\udcff"),
    ],
    ids=_name,
)
def test_bytes_that_are_no_text_are_answered_in_json_without_a_failure(
    call: Callable[..., Any], arguments: tuple[str, ...]
) -> None:
    answer = call(*arguments, "--json")
    assert answer.code in (0, 1, 2, 3)
    assert json.loads(answer.out or answer.err)


@pytest.mark.parametrize("arguments", [("country", "Peru"), ("list",), ("compare", "RCM", "MIRPS")], ids=_name)
@pytest.mark.parametrize("form", ["", "--json"])
def test_an_empty_variable_counts_as_unset(
    call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, form: str, arguments: tuple[str, ...]
) -> None:
    unset = call(*arguments, *filter(None, [form]))
    monkeypatch.setenv("GOVMAP_DATA", "")
    assert call(*arguments, *filter(None, [form])) == unset
    assert (unset.code, unset.err) == (0, "")


def test_a_long_list_of_kinds_is_not_offered_as_did_you_mean(call: Callable[..., Any]) -> None:
    assert "Did you mean" not in call("list", "mechanisms", "--kind", "zzz").err


def test_a_mechanism_that_was_named_is_not_offered_in_place_of_the_other(call: Callable[..., Any]) -> None:
    answer = call("compare", "RCM", "CMC")
    assert "RCM" not in answer.err.split("Did you mean")[-1]


def test_a_theme_without_groups_is_not_taken_for_a_slip(call: Callable[..., Any]) -> None:
    assert "Did you mean" not in call("overlap", "remittances").err


def test_a_name_that_is_like_no_other_gets_no_far_fetched_offers(call: Callable[..., Any]) -> None:
    assert "Germany" not in call("country", "Atlantis").err


def test_a_mechanism_that_was_not_founded_yet_is_told_with_its_year(call: Callable[..., Any]) -> None:
    assert "RCM did not exist as of 1990: founded 1996" in call("mechanism", "RCM", "--as-of", "1990").err


def test_json_before_the_command_is_told_where_it_belongs(call: Callable[..., Any]) -> None:
    answer = call("--json", "country", "Peru")
    error = json.loads(answer.err)["error"]
    assert (answer.code, answer.out, error["kind"]) == (2, "", "usage")
    assert "govmap country Peru --json" in error["suggestions"]


def _broken(folder: Path) -> Path:
    (folder / "mechanisms.yaml").write_text("mechanisms: [", encoding="utf-8")
    return folder


def _invalid(folder: Path) -> Path:
    (folder / "mechanisms.yaml").write_text("about: {title: T}\nmechanisms: []\nmore: 1\n", encoding="utf-8")
    return folder


def _binary(folder: Path) -> Path:
    (folder / "mechanisms.yaml").write_bytes(b"\xff\xfe\x00\x80")
    return folder


def _missing(folder: Path) -> Path:
    return folder / "missing"


def _empty(folder: Path) -> Path:
    return folder


def _empty_file(folder: Path) -> Path:
    (folder / "mechanisms.yaml").write_text("", encoding="utf-8")
    return folder


def _too_long(folder: Path) -> Path:
    return folder / LONG


DATA: list[tuple[Callable[[Path], Path], str]] = [
    (_missing, "There is no folder or file"),
    (_empty, "holds no mechanisms.yaml"),
    (_broken, "mechanisms.yaml:"),
    (_invalid, "mechanisms.yaml:"),
    (_binary, "is not UTF-8 text"),
    (_empty_file, "mechanisms.yaml:"),
    (_too_long, "Cannot read"),
]


@pytest.mark.parametrize(("make", "part"), DATA)
@pytest.mark.parametrize("arguments", [("country", "Peru"), ("list",), ("compare", "RCM", "MIRPS")], ids=_name)
def test_data_that_cannot_be_read_is_an_exit_of_three(
    call: Callable[..., Any], tmp_path: Path, make: Callable[[Path], Path], part: str, arguments: tuple[str, ...]
) -> None:
    answer = call(*arguments, "--data", str(make(tmp_path)))
    assert (answer.code, answer.out) == (3, "")
    assert part in answer.err
    assert "Traceback" not in answer.err
    assert answer.err.count("Error: ") == 1


@pytest.mark.parametrize(("make", "part"), DATA)
def test_data_that_cannot_be_read_is_told_in_json(
    call: Callable[..., Any], tmp_path: Path, make: Callable[[Path], Path], part: str
) -> None:
    answer = call("country", "Peru", "--json", "--data", str(make(tmp_path)))
    error = json.loads(answer.err)["error"]
    assert (answer.code, answer.out, error["kind"]) == (3, "", "data")
    assert part in error["message"]


def test_a_path_of_a_hundred_thousand_characters_is_not_repeated_whole(call: Callable[..., Any]) -> None:
    assert len(call("list", "--data", LONG).err) < 1000


@pytest.mark.parametrize("name", ["Cuba", "France", "Guinea", "JP"])
def test_a_country_that_no_mechanism_lists_is_an_answer(call: Callable[..., Any], name: str) -> None:
    answer = call("country", name, "--json")
    assert (answer.code, answer.err, answer.json()["mechanisms"]) == (0, "", [])
    assert call("country", name).code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "groups", "--theme", "remittances"),
        ("list", "countries", "--member", "RCM", "--kind", "territory"),
        ("list", "--as-of", "1900"),
    ],
    ids=_name,
)
def test_a_list_in_which_nothing_fits_is_an_answer(call: Callable[..., Any], arguments: tuple[str, ...]) -> None:
    assert call(*arguments, "--json")[:2] == (0, "[]\n")
    assert "Nothing fits all of these filters." in call(*arguments).out


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--help",),
        ("--version",),
        ("country", "--", "-Peru"),
        ("country", "Peru", "--json", "--json"),
        ("gaps", "--country", "Peru", "--country", "Chile"),
        ("country", "Peru", "--as-of", " 2023 "),
        ("country", "Peru", "--as-of", "TODAY"),
        ("list",),
        ("list", "MECHANISMS"),
        ("mechanism", "CMC"),
    ],
    ids=_name,
)
def test_a_right_call_has_nothing_on_standard_error(call: Callable[..., Any], arguments: tuple[str, ...]) -> None:
    answer = call(*arguments)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.endswith("\n")
