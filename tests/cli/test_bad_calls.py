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
    (("country", "XQ"), 'No country is called "XQ"'),
    (("country", ""), '"" is not the name of a country. Try: govmap list countries'),
    (("country", "!!!"), '"!!!" is not the name of a country'),
    (("country", "\x1b[31m"), "No country is called"),
    (("country", "\x00"), "is not the name of a country"),
    (("country", "a\nb"), 'No country is called "a\\u000ab"'),
    (("country", LONG), "No country is called"),
    (("country", "RCM"), 'No country is called "RCM". Try: govmap mechanism RCM'),
    (("country", "--", "-Atlantis"), 'No country is called "-Atlantis"'),
    (("mechanism", "XYZ"), 'No mechanism is called "XYZ". Try: govmap list mechanisms'),
    (("mechanism", ""), '"" is not the name of a mechanism'),
    (("mechanism", "migration"), "could be any of 12 mechanisms. Did you mean CAM, CMC, GCM or GFMD?"),
    (("mechanism", "Peru"), 'No mechanism is called "Peru". Try: govmap country PER'),
    (("mechanism", "OIM"), "Try: govmap list mechanisms --secretariat IOM"),
    (
        ("mechanism", "LAD", "--as-of", "2020"),
        "LAD did not exist as of 2020: founded 10 June 2022. Try: --as-of 2022-06-10",
    ),
    (("overlap", "nonsense"), 'No theme is about "nonsense", so no mechanism is known to work on it'),
    (("overlap", ""), 'There is no word to look for in ""'),
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
    (("compare", "RCM", "Peruvia"), 'No mechanism or country is called "Peruvia". Did you mean Peru'),
    (("country", "Congo"), "Did you mean Congo - Kinshasa or Congo - Brazzaville?"),
    (("country", "St Martin"), '"St Martin" could be more than one country. Did you mean'),
    (("compare", "RCM", ""), 'No mechanism or country is called "". Try: govmap list mechanisms'),
    (("list", "mechanisms", "--member", "Atlantis"), 'No country is called "Atlantis"'),
    (("list", "countries", "--member", "Peru"), 'No mechanism is called "Peru"'),
    (("list", "groups", "--theme", "nonsense"), "No theme is about"),
    (("list", "mechanisms", "--secretariat", "NASA"), 'No agency is called "NASA"'),
]

WRONG_CALL: list[tuple[tuple[str, ...], str]] = [
    (("contry", "Peru"), 'There is no command "contry". Try: govmap country'),
    (("Peru",), 'There is no command "Peru". Try: govmap --help'),
    ((LONG,), "There is no command"),
    (("--nope",), "No such option: --nope"),
    (("list", "groups", "--coverage", "mentioned"), "Only a list of mechanisms takes --coverage"),
    (("country",), "Missing argument"),
    (("compare",), "Name two or more to compare, or one to rank the others"),
    (("compare", "RCM", "--all"), "--all ranks all pairs of mechanisms, so it takes no names"),
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
    (("gaps", LONG), "unexpected extra argument"),
    (("diff", LONG), "diff needs two datasets, or two dates of one. Try: govmap diff bundled x"),
    (("country", "Peru", "--jsn"), "--json"),
    (("country", "-Peru"), "No such option"),
    (("overlap", "---"), "No such option"),
    (("country", "Peru", "--as-of"), "requires an argument"),
    (("compare", "RCM", "CRM"), "RCM is named twice"),
    (("compare", "Peru", "Perú"), "PER is named twice"),
    (("compare", "RCM", "SACM", "Peru"), "Compare things of one kind: RCM is a mechanism, Peru is a country"),
    (("list", "nothing"), 'There is no list "nothing". Choose one of: mechanisms, countries'),
    (("list", "mechanism"), "Did you mean mechanisms?"),
    (("list", "countries", "--kind", "x"), "Did you mean state or territory?"),
    (("list", "groups", "--kind", "x"), 'There is no kind "x"'),
    (("list", "themes", "--kind", "x"), "A list of themes takes no --kind"),
    (("list", "sources", "--member", "Peru"), "A list of sources takes no filter but --kind"),
    (("list", "mechanisms", "--coverage", "x"), "Did you mean full, mentioned or all?"),
    (("country", "Peru", "--as-of", "nonsense"), '"nonsense" is not a date. Try: --as-of 2023'),
    (("country", "Peru", "--as-of", "2023-02-30"), '"2023-02-30" is not a date'),
    (("country", "Peru", "--as-of", "9999-99"), '"9999-99" is not a date'),
    (("country", "Peru", "--as-of", "2023-4"), '"2023-4" is not a date'),
    (("country", "Peru", "--as-of", ""), "is not a date"),
    (("country", "Peru", "--as-of", "٢٠٢٣"), "is not a date"),
    (("country", "Peru", "--as-of", LONG), "is not a date"),
    (("country", "Peru", "--data", ""), "--data is empty; name a folder or a file"),
    (("compare", "RCM", "MIRPS", "--data="), "--data is empty"),
    (("country", "Peru", "--as-of=2020", "--as-of", "2020"), '"--as-of" is given twice; give it once'),
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


@pytest.mark.parametrize(
    ("code", "arguments", "part"), [case for case in TABLE if not {"-o", "-f"} & set(case[1])], ids=_name
)
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


@pytest.mark.parametrize("hostile", ["\x1b[31mx", "a\nb", "\u202ePeru?x", "Peru\udcff", "--\x1b[31mx"])
@pytest.mark.parametrize(
    "before",
    [
        *((), ("country",), ("country", "Peru"), ("country", "Peru", "--as-of"), ("country", "Peru", "--data")),
        *(("compare", "RCM"), ("overlap",), ("list",), ("list", "mechanisms", "--kind")),
    ],
    ids=_name,
)
def test_no_control_character_of_a_call_reaches_the_terminal(
    call: Callable[..., Any], before: tuple[str, ...], hostile: str
) -> None:
    answer = call(*before, hostile)
    assert answer.code in (0, 1, 2, 3)  # Peru with a stray byte may still be Peru
    assert not {char for char in answer.err if (ord(char) < 32 and char != "\n") or char == "\u202e"}
    assert answer.err.count("\n") == (1 if answer.code else 0)
    as_json = call(*before, hostile, "--json")
    assert json.loads(as_json.out or as_json.err)


def test_json_before_the_command_is_told_where_it_belongs(call: Callable[..., Any]) -> None:
    answer = call("--json", "country", "Peru")
    error = json.loads(answer.err)["error"]
    assert (answer.code, answer.out, error["kind"]) == (2, "", "usage")
    assert "govmap country Peru --json" in error["suggestions"]


BROKEN: list[tuple[bytes | None, str]] = [
    (None, "holds no mechanisms.yaml"),
    (b"mechanisms: [", "mechanisms.yaml:"),
    (b"about: {title: T}\nmechanisms: []\nmore: 1\n", "mechanisms.yaml:"),
    (b"\xff\xfe\x00\x80", "is not UTF-8 text"),
    (b"", "mechanisms.yaml:"),
]


@pytest.mark.parametrize(("content", "part"), BROKEN)
@pytest.mark.parametrize("arguments", [("country", "Peru"), ("list",), ("compare", "RCM", "MIRPS")], ids=_name)
def test_data_that_cannot_be_read_is_an_exit_of_three(
    call: Callable[..., Any], tmp_path: Path, content: bytes | None, part: str, arguments: tuple[str, ...]
) -> None:
    if content is not None:
        (tmp_path / "mechanisms.yaml").write_bytes(content)
    plain, as_json = (call(*arguments, *options, "--data", str(tmp_path)) for options in ((), ("--json",)))
    assert (plain.code, plain.out) == (as_json.code, as_json.out) == (3, "")
    assert part in plain.err
    error = json.loads(as_json.err)["error"]
    assert error["kind"] == "data"
    assert part in error["message"]


@pytest.mark.parametrize(("name", "part"), [("missing", "There is no folder or file"), (LONG, "Cannot read")])
def test_a_place_without_data_is_an_exit_of_three(call: Callable[..., Any], name: str, part: str) -> None:
    answer = call("country", "Peru", "--data", name)
    assert (answer.code, answer.out, len(answer.err) < 1000) == (3, "", True)
    assert part in answer.err


@pytest.mark.parametrize(
    "arguments",
    [
        *((), ("--help",), ("--version",), ("country", "--", "-Peru"), ("country", "Peru", "--json", "--json")),
        *(("gaps", "--country", "Peru", "--country", "Chile"), ("country", "Peru", "--as-of", " 2023 ")),
        *(("country", "Peru", "--as-of", "TODAY"), ("list", "MECHANISMS"), ("mechanism", "CMC"), ("country", "JP")),
        *(("country", "Cuba"), ("list", "groups", "--theme", "remittances"), ("list", "--as-of", "1900")),
    ],
    ids=_name,
)
def test_a_right_call_has_nothing_on_standard_error(call: Callable[..., Any], arguments: tuple[str, ...]) -> None:
    answer = call(*arguments)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.endswith("\n")
