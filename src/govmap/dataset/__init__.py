"""Finds, reads, checks and keeps the data files: from a folder on disk to one `Dataset`."""

from govmap.dataset.loader import load
from govmap.dataset.store import Loaded

__all__ = ["Loaded", "load"]
