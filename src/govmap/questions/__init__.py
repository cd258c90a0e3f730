"""The questions, one file each: its record, its function, what the answer rests on, and when it fails.

This is their registry. A name stands in NAMES, in the order of the help, and above it with its function for type
checkers (`list` and `map` in `govmap`, for here these are modules); a module is loaded when its question is asked.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govmap.declaration import Declaration
    from govmap.questions.brief import brief as brief
    from govmap.questions.cite import cite as cite
    from govmap.questions.compare import compare as compare
    from govmap.questions.country import country as country
    from govmap.questions.cover import cover as cover
    from govmap.questions.diff import diff as diff
    from govmap.questions.evidence import evidence as evidence
    from govmap.questions.gaps import gaps as gaps
    from govmap.questions.history import history as history
    from govmap.questions.issues import issues as issues
    from govmap.questions.links import links as links
    from govmap.questions.matrix import matrix as matrix
    from govmap.questions.mechanism import mechanism as mechanism
    from govmap.questions.membership import membership as membership
    from govmap.questions.overlap import overlap as overlap
    from govmap.questions.search import search as search
    from govmap.questions.validate import validate as validate

NAMES = (
    "list",
    "mechanism",
    "country",
    "membership",
    "search",
    "compare",
    "overlap",
    "issues",
    "links",
    "matrix",
    "map",
    "gaps",
    "cover",
    "history",
    "evidence",
    "cite",
    "brief",
    "validate",
    "diff",
)


def load_question(name: str) -> Any:
    """Return the function of the question called *name*."""
    module = importlib.import_module(f"govmap.questions.{name}")
    return getattr(module, name, None) or getattr(module, f"{name}_")


def declaration_of(name: str) -> Declaration:
    """Return what the question called *name* says of itself."""
    found: Declaration = load_question(name).declaration
    return found
