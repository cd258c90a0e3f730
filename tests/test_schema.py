"""What `--json` writes is what its JSON Schema says."""

from __future__ import annotations
