"""Loads functions whose libraries are installed by an extra of the package."""

from __future__ import annotations

import importlib
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
