"""The ways a call can fail, each with the exit code that the command line returns for it; and what only warns."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from govmap.calls import Suggestion, with_options_worded

if TYPE_CHECKING:
    from typing import Self


class GovmapError(Exception):
    """A failure that the user can mend: what is wrong, and what to type instead.

    Attributes:
        kind: A stable word for the failure, given to scripts with `--json`.
        exit_code: What the process returns.
        message: One sentence without a full stop at its end.
        suggestions: Names to give instead, or what to do, best first.

    """

    kind: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, suggestions: tuple[Suggestion, ...] = ()) -> None:
        """Keep the *message* and the *suggestions* for the one place that prints them."""
        self.message = with_options_worded(message)
        super().__init__(self.message)
        self.suggestions = suggestions

    def reworded(self, message: str, suggestions: tuple[Suggestion, ...] | None = None) -> Self:
        """Return the same failure with another *message*, and with other *suggestions* where they are given."""
        other = type(self).__new__(type(self))
        GovmapError.__init__(other, message, self.suggestions if suggestions is None else suggestions)
        return other


class NotFoundError(GovmapError):
    """Nothing has the name that was given."""

    kind = "not_found"


class AmbiguousError(GovmapError):
    """Two or more records are near to the name that was given, and none is taken."""

    kind = "ambiguous"


class NoAnswerError(GovmapError):
    """The question is understood, and the dataset holds nothing on it."""

    kind = "no_answer"


class DifferenceError(GovmapError):
    """Two datasets differ, and the call asked to fail where they do."""

    kind = "difference"


class UsageError(GovmapError):
    """The call itself is wrong: an unknown option, a missing argument, two kinds of thing mixed."""

    kind = "usage"
    exit_code = 2


class FaultError(GovmapError):
    """govmap itself is wrong: something that should not happen did."""

    kind = "fault"
    exit_code = 4


class DataError(GovmapError):
    """A dataset cannot be read, or is not valid; or an answer cannot be written."""

    kind = "data"
    exit_code = 3


class GovmapWarning(UserWarning):
    """A part of govmap does not work, and the answer does without it."""
