"""Puts the database of the data into the wheel, so that an installed govmap never parses YAML.

A mistake in the data stops the build.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class DatabaseHook(BuildHookInterface[Any]):
    """Adds govmap/data/govmap.sqlite to a standard wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the database from the files in `data`, unless the install is editable and reads those files."""
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root) / "src"))
        from govmap.dataset.bundled import DATABASE, parse_bundled, wheel_key
        from govmap.facts.build import write

        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / DATABASE
        with closing(sqlite3.connect(path)) as connection:
            write(connection, *parse_bundled(), wheel_key())
        build_data["force_include"][str(path)] = f"govmap/data/{DATABASE}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary file."""
        if version != "editable":
            self.folder.cleanup()
