"""Whole screens, as they were read and accepted; GOVMAP_UPDATE=1 writes them anew after a change that is meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.made import accepted

GOLDEN = Path(__file__).parent / "golden"

SCREENS: dict[str, tuple[tuple[str, ...], int]] = {
    "start": ((), 80),
    "country_peru": (("country", "Peru"), 80),
    "country_peru_40": (("country", "Peru"), 40),
    "country_cuba": (("country", "Cuba"), 80),
    "country_guyana": (("country", "Guyana"), 80),
    "mechanism_lad": (("mechanism", "LAD"), 80),
    "mechanism_rcm": (("mechanism", "RCM"), 80),
    "mechanism_cmc": (("mechanism", "CMC"), 80),
    "membership_peru_rcm": (("membership", "Peru", "RCM"), 80),
    "compare_rcm_mirps": (("compare", "RCM", "MIRPS"), 80),
    "compare_rcm_mirps_40": (("compare", "RCM", "MIRPS"), 40),
    "compare_peru_chile": (("compare", "Peru", "Chile"), 80),
    "compare_peru_chile_40": (("compare", "Peru", "Chile"), 40),
    "overlap_trata_de_personas": (("overlap", "trata de personas"), 80),
    "map_sacm_sources": (("map", "SACM", "--sources"), 80),
    "map": (("map",), 80),
    "compare_all": (("compare", "--all"), 80),
    "list_mentioned": (("list", "mechanisms", "--coverage", "mentioned", "--scope", "all"), 80),
    "list_themes_uncovered": (("list", "themes", "--uncovered"), 80),
    "brief_belize": (("brief", "Belize"), 80),
    "brief_lad_40": (("brief", "LAD"), 40),
    "list_mechanisms": (("list", "mechanisms"), 80),
    "list_groups_asylum": (("list", "groups", "--theme", "asylum"), 80),
    "list_secretariats": (("list", "secretariats"), 80),
    "help_40": (("--help",), 40),
    "list_help_40": (("list", "--help"), 40),
    "export_help_40": (("export", "--help"), 40),
    "start_fr": (("--lang", "fr"), 80),
    "country_peru_es": (("country", "Perú", "--lang", "es"), 80),
    "compare_rcm_mirps_es_40": (("compare", "CRM", "MIRPS", "--lang", "es"), 40),
    "brief_belize_es": (("brief", "Belice", "--lang", "es"), 80),
    "mechanism_quito_pt": (("mechanism", "Processo de Quito", "--lang", "pt"), 80),
    "overlap_trafficking_pt_40": (("overlap", "tráfico de pessoas", "--lang", "pt"), 40),
    "mechanism_lad_fr": (("mechanism", "LAD", "--lang", "fr"), 80),
    "list_mechanisms_fr": (("list", "mechanisms", "--lang", "fr"), 80),
}


@pytest.mark.parametrize("name", list(SCREENS))
def test_a_screen_matches_its_golden_file(call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    arguments, width = SCREENS[name]
    monkeypatch.setenv("COLUMNS", str(width))
    answer = call(*arguments)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == accepted(GOLDEN / f"{name}.txt", answer.out)


@pytest.mark.parametrize("name", list(SCREENS))
def test_a_screen_keeps_to_its_width_except_for_an_address(name: str) -> None:
    width = SCREENS[name][1]
    text = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if len(line) > width and "http" not in line] == []


def test_every_golden_file_belongs_to_a_screen() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(SCREENS)
