"""Loads functions whose libraries are installed by an extra of the package, and says how to install one."""

from __future__ import annotations

import importlib
import json
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any

from govmap.calls import Install
from govmap.errors import UsageError
from govmap.language import _


def load_function(module: str, name: str, *, purpose: str, extra: str | None) -> Any:
    """Return the function *name* of *module*.

    Args:
        module: Its module, imported here.
        name: Its name.
        purpose: What needs it; the error message begins with this.
        extra: The extra that installs the libraries which the module imports, if any.

    Raises:
        UsageError: A library of the extra is not installed.

    """
    try:
        return getattr(importlib.import_module(module), name)
    except ModuleNotFoundError as error:
        if extra is None:
            raise
        message = _("{purpose} needs {library}, which is not installed").format(purpose=purpose, library=error.name)
        raise UsageError(message, (Install(extra),)) from error


def installation(extra: str) -> str:
    """Return the call of pip that installs an *extra*, or the package anew, from where it was installed."""
    name = f"govmap[{extra}]" if extra else "govmap"
    try:
        origin = distribution("govmap").read_text("direct_url.json")  # PEP 610; nothing if it came from an index
    except PackageNotFoundError:
        origin = None
    place = f" @ {json.loads(origin)['url']}" if origin else ""
    return f"pip install '{name}{place}'" if extra else f"pip install --force-reinstall '{name}{place}'"
