"""Imports functions that need the libraries of an extra of the package."""

from __future__ import annotations

import importlib
from typing import Any

from govmap.calls import Install
from govmap.errors import UsageError
from govmap.language import _


def load_function(module: str, name: str, *, purpose: str, extra: str | None) -> Any:
    """Return the function *name* of *module*.

    Args:
        module: The module to import.
        name: The name of the function.
        purpose: What it is needed for; the message of the error begins with it.
        extra: The extra that installs the libraries of the module, if it needs any.

    Raises:
        UsageError: A library is not installed.

    """
    try:
        return getattr(importlib.import_module(module), name)
    except ModuleNotFoundError as error:
        if extra is None:
            raise
        message = _("{purpose} needs {library}, which is not installed").format(purpose=purpose, library=error.name)
        raise UsageError(message, (Install(extra),)) from error
