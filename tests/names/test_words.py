"""The word lists stay within their bound, and hold nothing that the lexicon makes by itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(script: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run a script of the folder `scripts` on the data of this checkout."""
    command = [sys.executable, f"scripts/{script}", *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.weekly
def test_no_entry_is_needless_and_there_are_not_too_many() -> None:
    told = run("tidy_words.py", "--check")
    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")


@pytest.mark.weekly
def test_the_inflected_forms_are_those_of_the_entries() -> None:
    pytest.importorskip("simplemma")
    pytest.importorskip("wordfreq")
    path = ROOT / "data" / "words-forms.yaml"
    told = run("make_word_forms.py", "--print")
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout == path.read_text(encoding="utf-8")
