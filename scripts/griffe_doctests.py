"""An extension of Griffe, which reads docstrings for the site: examples of doctest become blocks of code."""

from __future__ import annotations

import re
from typing import Any

import griffe

EXAMPLE = re.compile(r"^>>> .*(?:\n.+)*", re.MULTILINE)


class Doctests(griffe.Extension):  # type: ignore[misc, unused-ignore]  # Griffe need not be installed for the checks
    """Fences the examples, which stand in the text of our docstrings without a heading of their own."""

    def on_instance(self, *, obj: Any, **_others: Any) -> None:
        """Mend the docstring of a function or class that was read."""
        if obj.docstring:
            obj.docstring.value = EXAMPLE.sub(lambda match: f"```pycon\n{match[0]}\n```", obj.docstring.value)
