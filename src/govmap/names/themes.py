"""From a question in any words to the themes that it is about, or to an error that offers the nearest ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain, islice, takewhile
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from govmap.calls import Call, Install
from govmap.errors import AmbiguousError, NotFoundError, UsageError
from govmap.language import _
from govmap.model import Theme
from govmap.names.folding import fold
from govmap.names.interpreter import MOST_WORDS, SENTENCE, Interpretation, Interpreter, Step
from govmap.texts import enumerated, quoted

if TYPE_CHECKING:
    from govmap.names.classifier import Opinion

MOST_OFFERS = 3
WORDS, SIMILARITY = "words", "similarity"  # by which a theme is found
SIMILAR = "similar"  # the role of a question whose similarity led to a theme
MECHANISM = "mechanism"  # the role of the name of one, which does not say on what theme a question is
NOT_TELLING = ("neutral", MECHANISM)  # roles
EXTRA = "ask"
# Probabilities of `govmap.names.classifier`, chosen by `python -m scripts.train_classifier --choose`:
OFF_SUBJECT = 0.3  # of other subjects, from which no theme is found
ENOUGH = 0.05  # of a theme, to be found
ENOUGH_IF_NEUTRAL = 0.5  # of a theme, to be found where no word says anything
MIN_SHARE = 0.3  # of the best theme's, with which another theme is a subject too
MOST = 3
NO_SLIP = 0.8  # of other subjects, with which a slip that is not even ENOUGH is another word: consumer protection

# "Not asylum", "sin trata": before a label alone these turn it round. In a sentence they are part of what happens.
NEGATIONS = frozenset(("not", "no", "without", "non", "sin", "sem", "nao", "sans", "salvo"))
# These turn it round after other words that say nothing too, and the last few after a word for everything.
EXCEPTIONS = frozenset(("except", "excepto", "exceto", "sauf", "hormis"))
EXCEPTIONS_FROM_ALL = frozenset(("but", "salvo", "menos"))
ALL = "all any anything every everything todo todos toda todas tudo tout tous toutes"


class Match(NamedTuple):
    """A theme that a question led to, the words that led there, how well they fit (0 to 1), and by what."""

    theme: Theme
    matched: str
    score: float
    by: str = WORDS


class Found(NamedTuple):
    """The themes that a question is about, the likeliest first, and what each part of it counted for."""

    matches: tuple[Match, ...]
    steps: tuple[Step, ...]

    @property
    def scores(self) -> dict[str, float]:
        """How well each theme, by its id, fits."""
        return {match.theme.id: match.score for match in self.matches}


class ThemeFinder:
    """Finds themes by what a question says."""

    def __init__(
        self,
        interpreter: Interpreter,
        themes: Mapping[str, Theme],
        groups_on: Callable[[str], object],
        is_worked_on: Callable[[str], bool],
        suggest: Callable[[str], tuple[str, ...]],
        mechanism_in: Callable[[str], tuple[str, str] | None],
    ) -> None:
        """Look in *themes*; `groups_on` tells two readings apart at every date, `suggest` returns labels like a text.

        `is_worked_on` tells which readings to offer, `mechanism_in` the name of a mechanism in a text, and its id.
        """
        self.interpreter, self.themes, self.groups_on, self.suggest = interpreter, themes, groups_on, suggest
        self.is_worked_on, self.mechanism_in = is_worked_on, mechanism_in

    def find(self, question: str) -> Found:
        """Return what *question* is about by its words and, where they do not settle it, by graded questions like it.

        These add themes after those of words, and take back those that they speak against. A list of labels is what
        it says.

        Raises:
            NotFoundError: Neither leads to a theme, or questions like it are on other subjects.
            AmbiguousError: A word of it is too broad to stand alone, and its readings have different groups; or it
                says what it is not about.
            UsageError: It is a text rather than a question.

        """
        understood = self._understood(question)
        try:
            found = self._by_words(question, understood)
        except NotFoundError as miss:
            is_short = len(understood.steps) < SENTENCE and not _roles(understood.steps)
            if is_short or self._is_on_mechanism(question, understood.steps):
                raise
            return self._by_similarity(question, Found((), understood.steps), miss)
        if _roles(found.steps) == ["slip"]:
            self._refuse_another_word(question, found, understood)
        if self._is_settled(found.steps) or self.interpreter.is_list(question):
            return found
        return self._by_similarity(question, found, None)

    def _is_settled(self, steps: tuple[Step, ...]) -> bool:
        """Return whether a question says one thing that leaves nothing open: what is too broad, or a label.

        Beside words that say nothing, a label that is not shown may be any word of a sentence: "the doctor told him to
        walk more".
        """
        telling = _telling(steps)
        if all(step.role == "too broad" for step in telling):
            return True
        return len(telling) == 1 and (len(steps) == 1 or self.interpreter.is_shown(telling[0].words))

    def _understood(self, question: str) -> Interpretation:
        """Return what the words of *question* say; raise UsageError where there are too many."""
        words = len(question.split())
        if words > MOST_WORDS:
            message = _("A question of {n} words is too long; use at most {limit}").format(n=words, limit=MOST_WORDS)
            raise UsageError(message, (Call("list", "themes"),))
        rest, name = self._apart_from_mechanism(question)
        understood = self.interpreter.interpret(rest)
        return understood._replace(steps=(*understood.steps, Step(name, MECHANISM, (), 0.0))) if name else understood

    def without_mechanism(self, question: str) -> str:
        """Return *question* without the name of a mechanism in it: that of which the classifiers have an opinion."""
        return self._apart_from_mechanism(question)[0]

    def _apart_from_mechanism(self, question: str) -> tuple[str, str]:
        """Return *question* without the name of a mechanism, which says nothing of its theme, and that name, if any."""
        named = self.mechanism_in(question)
        if not named or self.interpreter.is_shown(named[0]):
            return question, ""
        return question.replace(named[0], " "), named[0]

    def _by_words(self, question: str, understood: Interpretation) -> Found:
        """Return what the words of *question* lead to; errors as `find`."""
        matches = self._matches(question, understood)
        if understood.steps and _is_negated(understood.steps):
            labels = tuple(match.theme.label for match in matches)
            message = _("{words} says what it is not about; name the theme that it is about")
            raise AmbiguousError(message.format(words=quoted(question)), labels)
        return Found(matches, understood.steps)

    def _by_similarity(self, question: str, found: Found, miss: NotFoundError | None) -> Found:
        """Return what words *found*, as far as similar questions bear it out, and what these add.

        Where words found nothing, their *miss* is raised if these do not either.
        """
        from govmap.names.classifier import is_installed, opinion_on  # an exact label does without it

        by_words = found.scores
        opinion = opinion_on(self.without_mechanism(question), by_words)
        likely = self._likely(opinion, by_words) if opinion else by_words
        if not _roles(found.steps) and max(likely.values(), default=0.0) < ENOUGH_IF_NEUTRAL:
            likely = {}
        if not likely and miss and not is_installed():
            raise NotFoundError(miss.message, (*miss.suggestions, Install(EXTRA))) from None
        if not likely and miss:
            raise miss
        if not likely:
            labels = tuple(match.theme.label for match in found.matches)
            message = _("Not sure that {words} is about {themes}: questions like it are on other subjects")
            raise NotFoundError(message.format(words=quoted(question), themes=enumerated(labels)), labels)
        kept = (match for match in found.matches if match.theme.id in likely)
        similar = {id_: score for id_, score in likely.items() if id_ not in by_words}
        more = (Match(self.themes[id_], question, score, SIMILARITY) for id_, score in similar.items())
        steps = (Step(question, SIMILAR, (id_,), score) for id_, score in similar.items())
        return Found((*kept, *more), (*found.steps, *steps))

    def _refuse_another_word(self, question: str, found: Found, understood: Interpretation) -> None:
        """Raise NotFoundError where what was *found* by a slip is sure to be another word."""
        from govmap.names.classifier import opinion_on  # an exact label does without it

        by_words = found.scores
        opinion = opinion_on(self.without_mechanism(question), by_words, letters_alone=True)
        if not opinion or opinion.off_subject < NO_SLIP:
            return
        if all(opinion.scores.get(id_, 1.0) < ENOUGH for id_ in by_words):
            raise self._not_on_subject(question, understood)

    def _likely(self, opinion: Opinion, by_words: Mapping[str, float]) -> Mapping[str, float]:
        """Return the themes that a question is likely on; a theme that no classifier knows is what words say it is."""
        known = {id_: score for id_, score in opinion.scores.items() if id_ in self.themes}
        if by_words and known.keys().isdisjoint(by_words):
            return by_words
        if opinion.off_subject >= OFF_SUBJECT:
            return {}
        known |= {id_: score for id_, score in by_words.items() if id_ not in known}
        least = max(ENOUGH, MIN_SHARE * max(known.values(), default=0.0))
        return dict(islice(((id_, score) for id_, score in known.items() if score >= least), MOST))

    def _matches(self, question: str, understood: Interpretation) -> tuple[Match, ...]:
        id_ = question.strip().casefold()
        if id_ in self.themes:
            return (Match(self.themes[id_], question, 1.0),)
        if understood.ambiguous:
            ambiguous = self._spelled(understood) or understood.ambiguous
            if len({self.groups_on(theme) for theme in ambiguous}) > 1:
                working = tuple(filter(self.is_worked_on, ambiguous)) or ambiguous
                labels = tuple(self.themes[id_].label for id_ in working)
                message = _("{words} is ambiguous or too broad; name the theme")
                raise AmbiguousError(message.format(words=quoted(question)), labels)
            return tuple(Match(self.themes[id_], question, 1.0) for id_ in ambiguous)
        if not understood.readings:
            raise self._not_on_subject(question, understood)
        broader = {above for reading in understood.readings for above in ancestors(self.themes, reading.theme)}
        return tuple(
            Match(self.themes[r.theme], r.matched, r.score) for r in understood.readings if r.theme not in broader
        )

    def _spelled(self, understood: Interpretation) -> tuple[str, ...]:
        """Return the themes of which a word is a label, accents and all, that is too broad without them: refúgio."""
        words = {normalize("NFC", step.words).casefold() for step in understood.steps if step.role == "too broad"}
        words -= {word for id_ in understood.ambiguous for word in self.themes[id_].never_alone}
        labels = {id_: chain.from_iterable(self.themes[id_].alternative.values()) for id_ in understood.ambiguous}
        return tuple(id_ for id_, of_theme in labels.items() if not words.isdisjoint(of_theme))

    def _is_on_mechanism(self, question: str, steps: tuple[Step, ...]) -> tuple[str, str] | None:
        """Return the name and id of the mechanism that is all that *question* says something of."""
        named = self.mechanism_in(question)
        is_all = named and all(step.words.casefold() in named[0].casefold() for step in _telling(steps))
        return named if is_all else None

    def _not_on_subject(self, question: str, understood: Interpretation) -> NotFoundError:
        """Return the error that offers themes with a similar name, clearly as offers."""
        words, every_theme = quoted(question), Call("list", "themes")
        if named := self._is_on_mechanism(question, understood.steps):
            return NotFoundError(_("{name} is a mechanism").format(name=named[0]), (Call("mechanism", named[1]),))
        if understood.steps and not _roles(understood.steps):
            message = _("{words} is no single theme; name one, or see all themes")
            return NotFoundError(message.format(words=words), (Call("overlap"), every_theme))
        if not understood.steps:
            return NotFoundError(_("{words} has no word to search for").format(words=words), (every_theme,))
        near = [self.themes[id_].label for id_ in understood.partly]
        offers = tuple(dict.fromkeys([*near, *self.suggest(question)]))[:MOST_OFFERS]
        message = _("No theme matches {words}, so no mechanism is known to work on it")
        return NotFoundError(message.format(words=words), offers or (every_theme,))


def _telling(steps: tuple[Step, ...]) -> list[Step]:
    """Return the parts of a question that say something."""
    return [step for step in steps if step.role not in NOT_TELLING]


def _roles(steps: tuple[Step, ...]) -> list[str]:
    """Return the roles of the parts of a question that say something."""
    return [step.role for step in _telling(steps)]


def ancestors(themes: Mapping[str, Theme], theme: str) -> Iterator[str]:
    """Yield the ids of the themes above *theme*, from the nearest."""
    above = themes[theme].broader
    while above is not None:
        yield above
        above = themes[above].broader


def _is_negated(steps: tuple[Step, ...]) -> bool:
    """Return whether a question is words that say nothing, the last of them of negation, and then only labels."""
    before = [fold(step.words) for step in takewhile(lambda step: step.role in NOT_TELLING, steps)]
    roles = {step.role for step in steps[len(before) :]}
    if not before or not roles:
        return False
    last = before[-1]
    if last in EXCEPTIONS or (last in EXCEPTIONS_FROM_ALL and not set(before).isdisjoint(ALL.split())):
        return roles <= {"label", "slip", "too broad"}
    return before == [last] and last in NEGATIONS and roles == {"label"}
