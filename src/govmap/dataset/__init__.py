"""Finds, reads, checks and keeps the data files: from a folder on disk to one `Dataset`."""

from govmap.dataset.loader import Loaded, load

__all__ = ["Loaded", "load"]
