"""Puts a snapshot of the data into the wheel, so that an installed govmap never parses YAML.

A mistake in the data stops the build.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class SnapshotHook(BuildHookInterface[Any]):
    """Adds govmap/data/snapshot.msgpack to a standard wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the snapshot from the files in `data`, unless the install is editable and reads those files."""
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root) / "src"))
        from govmap.dataset.bundled import SNAPSHOT, make_snapshot

        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / SNAPSHOT
        path.write_bytes(make_snapshot())
        build_data["force_include"][str(path)] = f"govmap/data/{SNAPSHOT}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary file."""
        if version != "editable":
            self.folder.cleanup()
