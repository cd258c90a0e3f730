"""`evidence` and `cite` as they are typed: what a screen, a pipe and a file get."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from govmap.analysis.citation_styles import STYLES


@pytest.mark.parametrize("style", list(STYLES))
def test_a_citation_is_whole_on_a_narrow_screen_and_in_a_file(
    call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, style: str
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    answer = call("cite", "RCM", "--style", style)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == call("cite", "RCM", "--style", style, "--json").json()["text"]
    path = tmp_path / "cited.txt"
    assert call("cite", "RCM", "--style", style, "-o", str(path)).code == 0
    assert path.read_text(encoding="utf-8") == answer.out


def test_no_control_of_a_terminal_comes_out_of_a_citation(call: Callable[..., Any], tmp_path: Path) -> None:
    text = Path(__file__).parents[1] / "data" / "invented" / "mechanisms.yaml"
    flawed = text.read_text(encoding="utf-8").replace("Invented mechanisms", r'"Inv\u202eented {\u200f"')
    (tmp_path / "mechanisms.yaml").write_text(flawed.replace("source: invented-note\n", "", 1), encoding="utf-8")
    (tmp_path / "sources.yaml").write_text(text.with_name("sources.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    for style in STYLES:
        out = call("cite", "--style", style, "--data", str(tmp_path)).out
        assert not re.search("[\u200f\u202e]", out), style


def test_the_slips_of_the_source_stand_beside_the_words_of_the_language_and_the_right_date(
    call: Callable[..., Any],
) -> None:
    told = call("evidence", "--status", "contradicted", "--full", "--lang", "es").out
    assert 'R4V relación: cubierto; la fuente dice "Members"' in " ".join(told.split())
    assert "2021-11-18: Cumbre de Líderes de América del Norte" in " ".join(told.split())


def test_an_entry_of_bibtex_is_in_one_language(call: Callable[..., Any]) -> None:
    entry = call("cite", "RCM", "--style", "bibtex", "--lang", "pt").out
    assert "howpublished = {Conjunto de dados}" in entry
    assert "note = {Em Migration governance mechanisms in the Americas. Data de referência: abril de 2023}" in entry


def test_what_an_answer_cannot_hold_of_a_caution_stands_beside_it(call: Callable[..., Any]) -> None:
    """A list as JSON, and a citation; what holds it itself says it once."""
    for words in (("list", "--json"), ("cite",)):
        answer = call(*words, "--as-of", "2010")
        assert answer.code == 0
        assert answer.err.startswith("Caution: The lists are those of April 2023. A membership or group whose start ")
        assert answer.err.count("\n") == 1
    assert call("country", "Peru", "--as-of", "2010", "--json").err == ""
