"""From a question in any words to the themes that it is about, or to an error that offers the nearest ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from govmap.calls import Call
from govmap.errors import AmbiguousError, NotFoundError, UsageError
from govmap.language import _
from govmap.model import Theme
from govmap.names.interpreter import MOST_WORDS, Interpretation, Interpreter, Step
from govmap.texts import quoted

MOST_OFFERS = 3


class Match(NamedTuple):
    """A theme that a question led to, the words that led there, and how well they fit (0 to 1)."""

    theme: Theme
    matched: str
    score: float


class Found(NamedTuple):
    """The themes that a question is about, the likeliest first, and what each part of it counted for."""

    matches: tuple[Match, ...]
    steps: tuple[Step, ...]


class ThemeFinder:
    """Finds themes by what a question says."""

    def __init__(
        self,
        interpreter: Interpreter,
        themes: Mapping[str, Theme],
        groups_on: Callable[[str], object],
        suggest: Callable[[str], tuple[str, ...]],
    ) -> None:
        """Look in *themes*; `groups_on` tells two readings apart, `suggest` returns labels like a text."""
        self.interpreter, self.themes, self.groups_on, self.suggest = interpreter, themes, groups_on, suggest

    def find(self, question: str) -> Found:
        """Return what *question* is about.

        Raises:
            NotFoundError: It is not on the subject of any theme.
            AmbiguousError: A word of it is too broad to stand alone, and its readings have different groups.
            UsageError: It is a text rather than a question.

        """
        words = len(question.split())
        if words > MOST_WORDS:
            message = _("A question of {n} words is too long; use at most {limit}").format(n=words, limit=MOST_WORDS)
            raise UsageError(message, (Call("list", "themes"),))
        understood = self.interpreter.interpret(question)
        return Found(self._matches(question, understood), understood.steps)

    def _matches(self, question: str, understood: Interpretation) -> tuple[Match, ...]:
        if understood.ambiguous:
            if len({self.groups_on(theme) for theme in understood.ambiguous}) > 1:
                labels = tuple(self.themes[id_].label for id_ in understood.ambiguous)
                message = _("{words} is ambiguous or too broad; name the theme")
                raise AmbiguousError(message.format(words=quoted(question)), labels)
            return tuple(Match(self.themes[id_], question, 1.0) for id_ in understood.ambiguous)
        id_ = question.strip().casefold()
        if id_ in self.themes:
            return (Match(self.themes[id_], question, 1.0),)
        if not understood.readings:
            raise self._not_on_subject(question, understood)
        broader = {above for reading in understood.readings for above in ancestors(self.themes, reading.theme)}
        return tuple(
            Match(self.themes[r.theme], r.matched, r.score) for r in understood.readings if r.theme not in broader
        )

    def _not_on_subject(self, question: str, understood: Interpretation) -> NotFoundError:
        """Return the error that offers themes with a similar name, clearly as offers."""
        words, every_theme = quoted(question), Call("list", "themes")
        if understood.steps and all(step.role == "neutral" for step in understood.steps):
            message = _("{words} is no single theme; name one, or see all themes")
            return NotFoundError(message.format(words=words), (Call("overlap"), every_theme))
        if not understood.steps:
            return NotFoundError(_("{words} has no word to search for").format(words=words), (every_theme,))
        near = [self.themes[id_].label for id_ in understood.partly]
        offers = tuple(dict.fromkeys([*near, *self.suggest(question)]))[:MOST_OFFERS]
        message = _("No theme matches {words}, so no mechanism is known to work on it")
        return NotFoundError(message.format(words=words), offers or (every_theme,))


def ancestors(themes: Mapping[str, Theme], theme: str) -> Iterator[str]:
    """Yield the ids of the themes above *theme*, from the nearest."""
    above = themes[theme].broader
    while above is not None:
        yield above
        above = themes[above].broader
