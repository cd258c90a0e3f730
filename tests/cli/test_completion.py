"""What `govmap completion` writes, and what a Tab is offered."""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import INVENTED, Call
from tests.examples import DECLARATIONS

import govmap
from govmap.cli import main, shells
from govmap.cli.commands import NAMES
from govmap.cli.options import parameters_of
from govmap.cli.shells import SHELLS
from govmap.cli.tabs import offers
from govmap.kinds import KINDS, Cursor
from govmap.language import LOCALE_VARIABLES, VARIABLE, Language

load_once = functools.cache(govmap.load)  # a Tab is a process of its own, and here there are hundreds


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govmap.atlas.load", load_once)
    for name in (VARIABLE, *LOCALE_VARIABLES, "GOVMAP_DATA"):
        monkeypatch.delenv(name, raising=False)


def texts(*words: str) -> list[str]:
    """Return what is offered in place of the last of *words*."""
    *before, typed = words
    return [offer.text for offer in offers(before, typed)]


def tab(capsys: pytest.CaptureFixture[str], shell: str, *words: str) -> list[str]:
    """Return the lines that a shell gets for *words*."""
    assert main(["__complete", shell, *words]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out.splitlines()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_is_one_that_its_shell_can_read(call: Call, shell: str) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    script = call("completion", shell)
    assert (script.code, script.err) == (0, "")
    done = subprocess.run((program, "-n"), input=script.out, capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_script_for_powershell_is_balanced_and_asks_for_its_own_lines(call: Call) -> None:
    """A PowerShell is not at hand where this was written: it is only read."""
    code, out, err = call("completion", "PowerShell")
    assert (code, err) == (0, "")
    assert "Register-ArgumentCompleter -Native -CommandName govmap" in out
    assert "& $before[0] __complete powershell @words $typed" in out
    assert [out.count(left) - out.count(right) for left, right in ("()", "{}", "[]")] == [0, 0, 0]


@pytest.mark.parametrize("arguments", [(), ("tcsh",), ("",), ("\x1b[31m",)])
def test_without_a_known_shell_the_four_are_named(call: Call, arguments: tuple[str, ...]) -> None:
    code, out, err = call("completion", *arguments)
    assert (code, out) == (2, "")
    assert err.endswith("Did you mean bash, zsh, fish or powershell?\n")
    assert "\x1b" not in err


@pytest.mark.parametrize("name", NAMES)
def test_every_value_of_a_command_is_completed_unless_any_text_will_do(name: str) -> None:
    """A new parameter is of one of the kinds of govmap.kinds, which offer what it takes."""
    bare = [
        parameter.name
        for parameter in parameters_of(DECLARATIONS[name])
        if not parameter.is_flag and parameter.kind != "str"
        if not list(KINDS[parameter.kind].complete(Cursor("", {}, parameter)))
    ]
    assert bare == []


def test_the_first_word_is_a_command_with_its_summary() -> None:
    assert texts("") == list(NAMES)
    assert ("gaps", "Show which themes the mechanisms of each country do not cover.") in offers([], "g")
    assert texts("CO") == ["country", "compare", "cover", "completion"]
    assert offers([], "-") == [
        ("--version", "Show the version and that of the data."),
        ("--lang", "en, es, pt or fr (default: that of the locale; in csv, xlsx and json, en)."),
        ("--help", "Show this message and exit."),
    ]
    assert texts("nope", "") == texts("nope", "x", "P") == texts("--version", "") == []


def test_options_are_those_of_the_command_that_are_not_given_yet() -> None:
    assert texts("cover", "--t") == ["--theme", "--themes"]
    assert texts("cover", "--theme", "asylum", "--t") == ["--themes"]
    assert "--country" in texts("gaps", "--country", "Peru", "")
    assert texts("country", "--", "--js") == []
    assert {"--json", "--as-of", "--data", "--help"} <= set(texts("country", "Peru", ""))
    assert {"--output", "-o"} <= set(texts("country", "Peru", "-"))
    assert texts("country", "Peru", "Chi") == []


@pytest.mark.parametrize(
    ("language", "typed", "expected"),
    [
        ({}, "per", ["Peru"]),
        ({"GOVMAP_LANG": "es"}, "per", ["Perú"]),
        ({"GOVMAP_LANG": "es"}, "PERÚ", ["Perú"]),
        ({"LANG": "fr_FR.UTF-8"}, "etats", ["États-Unis"]),
        ({"LC_ALL": "fr_CA", "GOVMAP_LANG": "en"}, "united s", ["United States"]),
        ({}, "cote d'i", ["Côte d’Ivoire"]),
        ({}, "Trinidad  and", ["Trinidad and Tobago"]),
        ({}, "usa", ["USA"]),
        ({}, "GB", ["GB", "GBR"]),
        ({}, "xq", []),
    ],
)
def test_countries_are_named_in_the_language_of_the_user(
    monkeypatch: pytest.MonkeyPatch, language: dict[str, str], typed: str, expected: list[str]
) -> None:
    for name, value in language.items():
        monkeypatch.setenv(name, value)
    assert texts("country", typed) == expected
    assert texts("gaps", "--country", typed) == expected
    assert texts("cover", "--country", "Chile", f"--country={typed}".partition("=")[0], typed) == expected
    assert texts("list", "mechanisms", "--member", typed) == expected


def test_what_is_offered_is_sorted_without_accents_and_no_option(tmp_path: Path) -> None:
    mechanism = '{{id: A{0}, names: {{en: A}}, kind: "{1}", relation: member, members: [PER]}}'
    kinds = "\n".join(f"  - {mechanism.format(*each)}" for each in enumerate(("zone", "--pact", "éclair")))
    path = tmp_path / "own.yaml"
    path.write_text(
        f"about: {{title: T, version: '1', reference_date: '2020'}}\nmechanisms:\n{kinds}\n", encoding="utf-8"
    )
    assert texts("list", "--data", str(path), "--kind", "") == ["éclair", "pact", "zone"]


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
def test_every_name_that_is_offered_is_taken(
    monkeypatch: pytest.MonkeyPatch, atlas: govmap.Atlas, language: Language
) -> None:
    monkeypatch.setenv("GOVMAP_LANG", language)
    meant = {country.names[language]: country for country in atlas.countries.values()}
    assert set(texts("country", "")) == set(meant)
    for name, country in meant.items():
        try:
            assert atlas.country(name) == country
        except govmap.AmbiguousError as error:  # San Martín is a name of two
            assert country.name in error.suggestions
    assert {atlas.theme_ids(label)[0] for label in texts("overlap", "")} == set(atlas.themes)


def test_themes_are_found_by_other_labels_too() -> None:
    assert offers(["overlap"], "traf") == [("trafficking in persons", "")]
    assert ("human trafficking", "trafficking in persons") in offers(["overlap"], "human t")


def test_a_comparison_goes_on_with_its_own_kind() -> None:
    assert texts("compare", "R") == ["R4V", "RCM", "RIAM"], "no mechanism lists Réunion or Romania"
    assert texts("compare", "CRM", "R") == ["R4V", "RIAM"]
    assert texts("compare", "Peru", "Ch") == ["Chile"]
    assert texts("compare", "Peru", "Per") == []
    assert texts("compare", "Peru", "UR") == ["Uruguay"]
    assert "CMC" not in texts("compare", "")  # its members are not known


def test_lists_and_their_filters_are_completed() -> None:
    assert texts("list", "") == [
        "countries",
        "groups",
        "mechanisms",
        "resolutions",
        "secretariats",
        "sources",
        "themes",
    ]
    assert texts("list", "--kind", "n") == texts("list", "mechanisms", "--kind", "n") == ["network"]
    assert texts("list", "countries", "--kind", "") == ["state", "territory"]
    assert texts("list", "themes", "--kind", "") == []
    assert texts("list", "countries", "--member", "R") == ["R4V", "RCM", "RIAM"]
    assert texts("list", "--coverage", "") == ["all", "full", "mentioned"]
    assert offers(["list", "--secretariat"], "io") == [("IOM", "International Organization for Migration")]
    assert texts("country", "Peru", "--format", "js") == texts("country", "-f", "js") == ["json", "jsonl"]
    relations = ["associate", "covered", "endorser", "member", "observer", "participant", "party"]
    assert texts("compare", "--relation", "") == relations
    assert texts("map", "RCM", "cm") == []  # its members are not known
    assert {"CMC", "Cuba"} <= set(texts("history", "c"))
    assert offers(["schema"], "mech") == [("mechanism", "govmap mechanism NAME")]
    assert texts("export", "js") == ["json", "jsonld"]
    assert texts("search", "Per") == []
    assert "2022-06-10" in texts("country", "--as-of", "2022")  # when something changed


@pytest.mark.parametrize(
    "words", [("country", "--data"), ("country", "-o"), ("export", "json"), ("validate",)], ids=" ".join
)
@pytest.mark.parametrize("shell", list(SHELLS))
def test_paths_are_left_to_the_shell(capsys: pytest.CaptureFixture[str], shell: str, words: tuple[str, ...]) -> None:
    first = ("9",) if shell == "bash" else ()
    assert tab(capsys, shell, *first, *words, "so") == ["\t"]


def test_the_dataset_of_the_call_is_the_one_that_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert texts("mechanism", "--data", str(INVENTED), "A") == ["ALPHA"]
    assert texts("mechanism", f"--data={INVENTED}", "") == ["ALPHA", "BETA", "DELTA", "GAMMA"]
    assert texts("mechanism", "--as-of", "2021-03", "--data", str(INVENTED), "L") == ["LATER"]
    monkeypatch.setenv("GOVMAP_DATA", str(INVENTED))
    assert texts("compare", "ALPHA", "") == ["BETA", "GAMMA"]
    monkeypatch.setenv("HOME", str(INVENTED.parent))
    assert texts("mechanism", "--data", "~/invented", "A") == texts("mechanism", "--data", "$HOME/invented", "A")


@pytest.mark.parametrize("data", ["/nowhere", "/dev/zero", "", str(Path(__file__)), "bad", "pipe"])
def test_a_broken_dataset_completes_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "mechanisms.yaml").write_text("mechanisms: [", encoding="utf-8")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
    assert main(["__complete", "zsh", "mechanism", "--data", data, ""]) in (2, 3)  # told where no script listens
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("country", "cos"), ["Costa\\ Rica"]),
        (("country", "Costa\\ "), ["Costa\\ Rica"]),
        (("country", '"Costa R'), ["Costa Rica"]),
        (("country", "'Côte d"), ["Côte d’Ivoire"]),
        (("gaps", "--country", "=", "cos"), ["Costa\\ Rica"]),
        (("gaps", "--country", "=", "Peru", "--theme", "=", "trafficking\\ i"), ["trafficking\\ in\\ persons"]),
        (("gaps", "--country=cos"), ["--country=Costa\\ Rica"]),
        (("list", "--coverage", "="), ["all", "full", "mentioned"]),
        (("compare", '"Costa Rica"', "Per"), ["Peru"]),
        (("country", 'Cos"ta'), []),
        (("country", '"Costa" "'), []),
        # What is common to all goes in place of what is typed: it may not be less than that.
        (("country", "con"), ["Congo\\ -\\ Brazzaville", "Congo\\ -\\ Kinshasa"]),
        (("compare", "Peru", "ba"), ["Bahamas", "Barbados"]),
        (("country", "re"), ["Réunion"]),
    ],
)
def test_bash_gets_what_goes_into_the_line(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], expected: list[str]
) -> None:
    assert tab(capsys, "bash", "9", *words) == expected


WORDS = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_categories=["Cc"]), min_size=1)


@given(text=WORDS)
@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_a_word_that_goes_into_a_line_is_read_back_from_it(quote: str, text: str) -> None:
    assert shells._unquoted(quote + shells._quoted_for_bash(text, quote) + quote) == text


@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_bash_reads_every_character_back(quote: str) -> None:
    program = shutil.which("bash")
    if program is None:
        pytest.skip("bash is not installed")
    texts = ["".join(map(chr, range(32, 127))), "~", "-n", "a!b", "“ ’", "a\\", *map(chr, range(33, 127))]
    words = " ".join(quote + shells._quoted_for_bash(text, quote) + quote for text in texts)
    done = subprocess.run(
        (program, "--norc", "-c", f"printf '%s\\n' {words}"), capture_output=True, timeout=30, check=False
    )
    assert done.stdout.decode().splitlines() == texts


@given(text=WORDS)
def test_powershell_reads_back_what_stands_between_its_quotes(text: str) -> None:
    word = shells._quoted_for_powershell(text)
    if word != text:
        assert word[0] == word[-1] == "'"
        assert re.sub("(['‘’‚‛])(.)", lambda pair: pair[1] if pair[1] == pair[2] else "?", word[1:-1]) == text


def test_names_begin_as_typed_where_a_shell_looks_at_that(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Cote d’Ivoire" in tab(capsys, "zsh", "country", "co")
    assert tab(capsys, "fish", "country", r"cote\ d\'") == ["cote d'Ivoire\t"]
    assert tab(capsys, "zsh", "country", "\"cote d'") == ["Côte d’Ivoire"]
    assert tab(capsys, "powershell", "country", "cote d'") == ["'Côte d’’Ivoire'\tCôte d’Ivoire\tCôte d’Ivoire"]


def test_a_colon_and_a_backslash_end_no_field_of_zsh(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--kind:Of this kind\\: state, network, press …" in tab(capsys, "zsh", "list", "--k")


@pytest.mark.parametrize("typed", ["'Cos", '"Cos', "cos"])
def test_powershell_gets_a_quoted_word(capsys: pytest.CaptureFixture[str], typed: str) -> None:
    assert tab(capsys, "powershell", "country", typed) == ["'Costa Rica'\tCosta Rica\tCosta Rica"]
    assert tab(capsys, "powershell", "mechanism", "--data", str(INVENTED), "AL") == ["ALPHA\tALPHA\tAlpha Process"]
    assert len(tab(capsys, "powershell", "mechanism", '""')) > 20


def test_what_the_scripts_ask_is_for_them_alone(call: Call) -> None:
    for words in ((), ("bash",), ("tcsh", "country", "")):
        code, out, err = call("__complete", *words)
        assert (code, out) == (2, "")
        assert "Try: govmap completion --help" in err
    assert "__complete" not in call("--help").out


def test_evidence_offers_the_groups_of_a_mechanism_after_a_hyphen_and_sources_once_one_is_begun() -> None:
    assert texts("evidence", "SACM-") == [f"SACM-{n}" for n in range(1, 7)]
    assert texts("evidence", "rcm-3") == ["RCM-3"]
    assert texts("evidence", "RIA") == ["RIAM", "riam-site"]
    assert texts("evidence", "oas-n") == ["oas-note-2023"]
    assert "oas-note-2023" not in texts("evidence", "")
    assert texts("evidence", "Timor-") == ["Timor-Leste"]
