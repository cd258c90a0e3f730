"""Loads what needs a library that only an extra of the package brings."""

from __future__ import annotations

import importlib
from typing import Any

from govmap.calls import Install
from govmap.errors import UsageError
from govmap.language import _


def load_function(module: str, name: str, *, purpose: str, extra: str | None) -> Any:
    """Return the function *name* of *module*.

    Args:
        module: Where it is.
        name: What it is called.
        purpose: What it is needed for, as the message begins.
        extra: The extra that brings the libraries which the module imports, if it needs any.

    Raises:
        UsageError: They are not installed.

    """
    try:
        return getattr(importlib.import_module(module), name)
    except ModuleNotFoundError as error:
        if extra is None:
            raise
        message = _("{purpose} needs {library}, which is not installed").format(purpose=purpose, library=error.name)
        raise UsageError(message, (Install(extra),)) from error
