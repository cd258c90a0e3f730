"""Who governs migration in the Americas: a dataset, and the questions that can be asked of it.

`load` returns an `Atlas`. Each question is a function under the name of its command; it takes the atlas, and records,
ids or names in four languages alike, and returns a frozen record, which the command line prints.

>>> import govmap
>>> atlas = govmap.load()
>>> govmap.country(atlas, "Perú").country.code
'PER'
"""

from __future__ import annotations

from govmap.version import __version__ as __version__

TYPE_CHECKING = False  # as in typing, which is not loaded for this alone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govmap.atlas import Atlas as Atlas
    from govmap.atlas import load as load
    from govmap.errors import AmbiguousError as AmbiguousError
    from govmap.errors import DataError as DataError
    from govmap.errors import GovmapError as GovmapError
    from govmap.errors import NoAnswerError as NoAnswerError
    from govmap.errors import NotFoundError as NotFoundError
    from govmap.errors import UsageError as UsageError
    from govmap.language import speaking as speaking
    from govmap.questions import *  # noqa: F403 - each question under the name of its command
    from govmap.questions.list import list_
    from govmap.questions.map import map_

    list, map = list_, map_  # noqa: A001 - assigned, for what is imported under another name is not exported

_OTHERS = {
    **dict.fromkeys(("Atlas", "load"), "govmap.atlas"),
    **dict.fromkeys(
        ("AmbiguousError", "DataError", "GovmapError", "NoAnswerError", "NotFoundError", "UsageError"), "govmap.errors"
    ),
    "speaking": "govmap.language",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for, so that a call loads only what it uses (PEP 562)."""
    import importlib

    if name == "__all__":
        return __dir__()
    if name in _OTHERS:
        return getattr(importlib.import_module(_OTHERS[name]), name)
    questions = importlib.import_module("govmap.questions")
    if name in questions.NAMES:
        return questions.load_question(name)
    raise AttributeError(f"module 'govmap' has no attribute {name!r}")


def __dir__() -> Sequence[str]:  # `list` is a question here
    from govmap.questions import NAMES

    return sorted(("__version__", *_OTHERS, *NAMES))
