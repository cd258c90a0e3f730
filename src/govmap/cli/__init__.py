"""The command line: `main` runs one call and returns its exit code."""

from govmap.cli.app import main

__all__ = ["main"]
