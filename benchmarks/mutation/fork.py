"""What a fork of the session of tests does first."""

from __future__ import annotations

import os


def be_alone(folder: str) -> None:
    """Let this fork write nowhere but in *folder*."""
    os.environ["PYTEST_DEBUG_TEMPROOT"] = folder
    os.chdir(folder)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
