"""Finds the themes that a question in free text is about, by the labels in the lexicon.

A question is cut into the longest runs of words that are a label. The score of a theme is the weight of the words that
led to it over the weight of all words of the question that say something. Words that no label has count in full, so a
shared word alone earns nothing: "arms trafficking" finds no theme. Everyday words that are only hidden labels (rent,
school) do not carry a question with unknown words, unless something else shows that it is on people who move.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain, groupby, islice, product, takewhile
from typing import NamedTuple

from govmap.grouping import grouped
from govmap.names.derivation import SHORTEST_ROOT, root
from govmap.names.folding import STOP_WORDS_OF, content_words, fold
from govmap.names.lexicon import Exact, Lexicon, Vocabulary, parts_of, stem, unpack_part, weight_of

MAX_LABEL = 6  # words; longer labels are found only where they are the whole question
MOST_WORDS = 60
MAX_SPELLINGS = 16  # readings of the slips in one question
MIN_SLIP_LETTERS = 5  # of a word in which a slip is looked for
TWO_SLIPS_LETTERS = 7  # from which a word may have two slips
# The share of the weight of a question that its labels must carry:
COVERED = 0.63
COVERED_IF_PEOPLE = 0.3  # where it names people who move, so that it is on the subject anyway
COVERED_IF_LIKELY = 0.5  # where it names persons of any kind, as questions on things do not, or has a word of the field
COVERED_IF_SENTENCE = 0.4  # where more words are beside the point, if at least two are of labels
SENTENCE = 4  # words that say something make a sentence
MIN_SHARE = 0.4  # of the best theme's score, with which another theme is a subject too
MIN_WORTH = 0.7  # of a label of one theme beside other labels, as a share of the greatest weight
LETTERS_OF = {"es": frozenset("ñ¿¡"), "pt": frozenset("ãõ"), "fr": frozenset("œùèëîï")}
BETWEEN_LABELS = re.compile(r"\s*[,;/&+]\s*|\s+(?:and|or|y|e|o|u|ou|et)\s+", re.IGNORECASE)  # in a list of them
SLIP_WORTH = 0.9  # of a label found through a slip, as a share of its worth


class Match(NamedTuple):
    """A label found in a question.

    Attributes:
        themes: The themes that have it.
        languages: The languages in which they have it.
        words: Its words.
        start: The position of its first word in the question.
        end: The position after its last word.
        has_slip: Whether a word of it has a slip.
        is_weak: Whether it is a single word of everyday language, only a hidden label.
        is_setting: Whether it only says where or of whom the question is.

    """

    themes: tuple[str, ...]
    languages: frozenset[str]
    words: tuple[str, ...]
    start: int
    end: int
    has_slip: bool
    is_weak: bool
    is_setting: bool


class Reading(NamedTuple):
    """A theme that a question is about, the words of it that led there, as written, and the score from 0 to 1."""

    theme: str
    matched: str
    score: float


class Step(NamedTuple):
    """What some words of a question counted for.

    Attributes:
        words: The words as written in the question.
        role: `label`, `slip` (a label through a slip), `neutral`, `too broad` or `unknown`.
        themes: The themes that they led to.
        weight: Their weight, 0 for neutral words.

    """

    words: str
    role: str
    themes: tuple[str, ...]
    weight: float


class Interpretation(NamedTuple):
    """What a question is about.

    Attributes:
        steps: What each part of it counted for, in its order.
        readings: Its themes, best first; none where it is not on the subject.
        ambiguous: The themes that it may be about where that is not sure: all it says is a word that is too broad to
            stand alone, or a slip as near to one label as to another.
        partly: Themes that share some of its words, which is not enough.

    """

    steps: tuple[Step, ...]
    readings: tuple[Reading, ...] = ()
    ambiguous: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()


class _Question:
    """The content words of a question, folded and stemmed.

    Attributes:
        words: The words.
        breaks: The positions of words that follow a stop word.

    """

    def __init__(self, text: str) -> None:
        """Cut *text* into words."""
        parts = parts_of(text)
        self.words = [word for part in parts for word in part][:MOST_WORDS]
        self.breaks = {sum(map(len, parts[:i])) for i in range(1, len(parts))}
        self.folded = fold(text).split()
        written = [token.strip("\"'«»“”‘’.,;:!?¡¿()") for token in text.split() for _ in fold(token).split()]
        self._written = written if len(written) == len(self.folded) else self.folded
        self._positions = [i for i, word in enumerate(self.folded) if content_words(word)]

    def written(self, start: int, end: int) -> str:
        """Return the content words from *start* to *end* as written, with the stop words between them."""
        tokens = self._written[self._positions[start] : self._positions[end - 1] + 1]
        return " ".join(token for token, _ in groupby(tokens))

    def with_words(self, words: list[str]) -> _Question:
        """Return the question with other *words* in place of its own, one for one."""
        from copy import copy  # an exact label does without it

        question = copy(self)
        question.words = words
        return question


class _Attempt(NamedTuple):
    """A question read as one of a language: its words, as spelled, the labels in them, and other ways to spell them."""

    question: _Question
    spelled: list[str]
    matches: list[Match]
    rivals: list[list[Match]]


class Interpreter:
    """Finds the themes of questions in a lexicon."""

    def __init__(self, lexicon: Callable[[], Lexicon], exact: Mapping[str, Exact] | None = None) -> None:
        """Look words up in what *lexicon* returns; labels that are *exact* (see `exact_labels`) do without it."""
        self._load, self._exact = lexicon, exact or {}
        self._roots_of: dict[str, dict[str, tuple[str, ...]]] = {}

    @cached_property
    def lexicon(self) -> Lexicon:
        """The labels of themes by their words."""
        return self._load()

    @cached_property
    def _unknown_weight(self) -> float:
        return max(self.lexicon.weights.values(), default=1.0)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        """What is known of words, unpacked when a question is first no label as it stands."""
        return unpack_part(self.lexicon.vocabulary, Vocabulary)

    @cached_property
    def _label_words(self) -> dict[str, frozenset[str]]:
        """The words of labels by language."""
        return {language: frozenset(words.split()) for language, words in self._vocabulary.words.items()}

    def interpret(self, text: str, language: str | None = None) -> Interpretation:
        """Return which themes the question in *text* is about; it is in the *language* given, or in the likeliest."""
        typed = _Question(text)
        if not language and (exact := self._exact.get(" ".join(typed.words))):
            return _label_alone(typed.written(0, len(typed.words)), exact)
        likely = [language] if language else self._likely_languages(text, typed)
        attempts = [self._attempt(typed, language) for language in likely]
        question, words, matches, rivals = max(attempts, key=lambda attempt: self._carried(attempt.matches))
        covered = _positions(matches)
        languages = self._languages(matches, question.words)
        spelled = {i: (words[i] if words[i] in self.lexicon.broad else word) for i, word in enumerate(question.words)}
        rest = {i: word for i, word in spelled.items() if i not in covered}
        telling = [word for word in rest.values() if not self._is_neutral(word, languages)]
        steps = tuple(self._steps(question, matches, rest, languages))
        if not matches and telling and all(word in self.lexicon.broad for word in telling):
            return Interpretation(steps, ambiguous=self._themes_of_broad(telling))
        themes = {theme for others in rivals for match in others for theme in match.themes}
        if not themes.issubset(theme for match in matches for theme in match.themes):
            return Interpretation(steps, ambiguous=tuple(sorted(themes)))
        return self._weigh(matches, telling, question, steps, is_list=self.is_list(text))

    def is_shown(self, text: str) -> bool:
        """Return whether *text* is a label that is shown."""
        return " ".join(_Question(text).words) in self._exact

    def is_list(self, text: str) -> bool:
        """Return whether *text* is labels, one of them shown, with only commas and conjunctions between them."""
        keys = [" ".join(_Question(part).words) for part in BETWEEN_LABELS.split(text)]
        return all(key in self.lexicon.labels for key in keys) and not self._exact.keys().isdisjoint(keys)

    def _attempt(self, typed: _Question, language: str) -> _Attempt:
        """Return the question *typed* as one in *language*, and the spelling in which labels carry most of it."""
        question = typed.with_words([self._known_as(word, language) for word in typed.words]) if language else typed
        spellings = islice(product(*(self._spellings_of(word, language) for word in question.words)), MAX_SPELLINGS)
        attempts = [(self._matches(words, question), words) for words in map(list, spellings)]
        matches, words = max(attempts, key=lambda attempt: self._carried(attempt[0]))
        covered = _positions(matches)
        rivals = [others for others, _ in attempts if len(_positions(others)) == len(covered)]
        return _Attempt(question, words, matches, rivals)

    def _likely_languages(self, text: str, typed: _Question) -> list[str]:
        """Return the languages that most of the words and the letters of *text* are of; none for an exact label."""
        if " ".join(typed.words) in self.lexicon.labels:
            return [""]
        counts = Counter[str]()
        for word in typed.folded:
            known = set(STOP_WORDS_OF.get(word, "").split())
            stemmed = stem(word)
            known.update(self._vocabulary.neutral.get(stemmed, "").split())
            known.update(language for language, lemmas in self._vocabulary.lemmas.items() if stemmed in lemmas)
            known.update(language for language, words in self._label_words.items() if stemmed in words)
            counts.update(known)
        counts.update(of for of, letters in LETTERS_OF.items() if not letters.isdisjoint(text.casefold()))
        most = max(counts.values(), default=0)
        return [language for language in self._label_words if counts[language] == most] or [""]

    def _languages(self, matches: list[Match], words: list[str]) -> frozenset[str]:
        """Return the languages of a question: those of most of its words, and among them those of its labels."""
        if not matches:
            return frozenset()
        covered = _positions(matches)
        neutral = (self._vocabulary.neutral.get(word, "").split() for i, word in enumerate(words) if i not in covered)
        labels = [match.languages for match in matches]
        counts = Counter(chain(chain.from_iterable(neutral), *(m.languages for m in matches for _ in m.words)))
        most = {language for language, count in counts.items() if count == max(counts.values())}
        return (frozenset.intersection(*labels) or frozenset.union(*labels)) & most or frozenset(most)

    def _is_neutral(self, word: str, languages: frozenset[str]) -> bool:
        """Return whether *word* says nothing in one of the *languages* of the question; in any, if none is known."""
        known = self._vocabulary.neutral.get(word)
        return known is not None and (not known or not languages or not languages.isdisjoint(known.split()))

    def _steps(
        self, question: _Question, matches: list[Match], rest: dict[int, str], languages: frozenset[str]
    ) -> Iterator[Step]:
        """Yield what the labels found and the *rest* of the words, by their positions, counted for."""
        by_start = {match.start: match for match in matches}
        for i in sorted((*by_start, *rest)):
            if i in by_start:
                match = by_start[i]
                role = "slip" if match.has_slip else "label"
                written = question.written(match.start, match.end)
                yield Step(written, role, match.themes, self._total(match.words))
            elif self._is_neutral(rest[i], languages):
                yield Step(question.written(i, i + 1), "neutral", (), 0.0)
            else:
                role = "too broad" if rest[i] in self.lexicon.broad else "unknown"
                themes = self._themes_of_broad([rest[i]])
                yield Step(question.written(i, i + 1), role, themes, self._total([rest[i]]))

    def _weigh(
        self,
        matches: list[Match],
        telling: list[str],
        question: _Question,
        steps: tuple[Step, ...],
        *,
        is_list: bool,
    ) -> Interpretation:
        """Return the interpretation by the labels found and the words beside them that say something.

        A label that counts for little beside another, or says where something happens, is left aside, but in a list.
        """
        beside = [word for word in telling if word not in self.lexicon.broad]
        whole = self._total(beside) + sum(map(self._worth, matches))
        scores: dict[str, float] = {}
        matched: dict[str, list[str]] = {}
        for match in [match for match in matches if is_list or not match.is_setting] or matches:
            share = self._worth(match) * (SLIP_WORTH if match.has_slip else 1) / whole
            for theme in match.themes:
                scores[theme] = scores.get(theme, 0) + share
                matched.setdefault(theme, []).append(question.written(match.start, match.end))
        ranked = sorted(scores, key=lambda theme: (-scores[theme], theme))
        if not self._is_on_subject(question, matches, telling, beside):
            return Interpretation(steps, partly=(*ranked, *self._themes_of_broad(telling)))
        enough = 0.0 if is_list else MIN_SHARE * max(scores.values())
        readings = (Reading(theme, ", ".join(matched[theme]), round(scores[theme], 2)) for theme in ranked)
        return Interpretation(steps, tuple(reading for reading in readings if reading.score >= enough))

    def _is_on_subject(self, question: _Question, matches: list[Match], telling: list[str], beside: list[str]) -> bool:
        """Return whether the labels found carry enough of what a question says."""
        kinds = self._field_kinds(question, matches)
        if beside and not kinds and all(match.is_weak and not match.is_setting for match in matches):
            return False
        carried = self._carried(matches)
        matched_words = sum(len(match.words) for match in matches)
        is_sentence = matched_words > 1 and len(telling) + matched_words >= SENTENCE
        needed = min(
            COVERED,
            COVERED_IF_PEOPLE if "people" in kinds else 1,
            COVERED_IF_LIKELY if kinds & {"persons", "field"} else 1,
            COVERED_IF_SENTENCE if is_sentence else 1,
        )
        return bool(matches) and carried / (self._total(beside) + carried) >= needed

    def _field_kinds(self, question: _Question, matches: list[Match]) -> set[str]:
        """Return the kinds of the words that show whom a question is on, in the terms of `Lexicon.field`.

        A word for persons counts only beside a label of another theme: "toys for children" is on children anyway.
        """
        is_one_theme = len({match.themes for match in matches}) == 1
        label_words = {word for match in matches if is_one_theme for word in match.words}
        kinds = {word: self.lexicon.field[word] for word in question.words if word in self.lexicon.field}
        return {kind for word, kind in kinds.items() if kind != "persons" or word not in label_words}

    def _worth(self, match: Match) -> float:
        """Return what a label counts for beside others: the weight of its words, or more where it is of one theme.

        A word in the labels of many themes weighs little, even where it is by itself the label of one (women).
        """
        least = MIN_WORTH * self._unknown_weight if len(match.themes) == 1 else 0.0
        return max(self._total(match.words), least)

    def _carried(self, matches: list[Match]) -> float:
        return sum(self._total(match.words) for match in matches)

    def _total(self, words: Iterable[str]) -> float:
        return weight_of(words, self.lexicon, self._unknown_weight)

    def _themes_of_broad(self, words: list[str]) -> tuple[str, ...]:
        themes = (theme for word in words for theme in self.lexicon.broad.get(word, "").split())
        return tuple(dict.fromkeys(themes))

    def _matches(self, spelled: list[str], question: _Question) -> list[Match]:
        """Return the labels in the words as *spelled*, the longest first, none overlapping, in question order."""
        matches: list[Match] = []
        free = [True] * len(spelled)
        for start, end, run in self._runs(spelled, question):
            label = " ".join(run)
            value = self.lexicon.labels.get(label)
            if not value or not all(free[start:end]):
                continue
            themes, languages, weak = value.split("|")
            found = (tuple(themes.split()), frozenset(languages.split()), tuple(run))
            has_slip = spelled[start:end] != question.words[start:end]
            match = Match(*found, start, end, has_slip, bool(weak), label in self.lexicon.setting)
            if has_slip and not self._is_slip(match, spelled, question.words):
                continue
            free[start:end] = [False] * (end - start)
            matches.append(match)
        return sorted(matches, key=lambda match: match.start)

    def _is_slip(self, match: Match, spelled: list[str], words: list[str]) -> bool:
        """Return whether the words of a *match* may be its label with slips in it.

        They may where another word of the label is as it should be, or where nothing else is said but labels of its
        theme: otherwise a word that no label has is likelier another word than a slip.
        """
        span = range(match.start, match.end)
        if any(spelled[i] == words[i] and words[i] not in self._vocabulary.neutral for i in span):
            return True
        others = [word for i, word in enumerate(words) if i not in span and not self._is_neutral(word, match.languages)]
        themes = (self.lexicon.labels.get(word, "").partition("|")[0].split() for word in others)
        return not any(set(match.themes).isdisjoint(of_word) for of_word in themes)

    def _runs(self, words: list[str], question: _Question) -> Iterator[tuple[int, int, list[str]]]:
        """Yield every run of words with its start and end, the longest first.

        Each is yielded as it is, turned around the stop words in it, and without the neutral words inside it.
        """
        whole = len(words)
        written = question.words
        for length in (whole, *range(min(MAX_LABEL, whole - 1), 0, -1)):
            for start in range(whole - length + 1):
                end = start + length
                yield start, end, words[start:end]
                for middle in sorted(question.breaks & set(range(start + 1, end))):
                    yield start, end, words[middle:end] + words[start:middle]
                middle_words = range(start + 1, end - 1)
                inside = [
                    words[i] for i in middle_words if words[i] != written[i] or words[i] not in self._vocabulary.neutral
                ]
                if len(inside) + 2 < length:
                    yield start, end, [words[start], *inside, words[end - 1]]

    @cached_property
    def _words_by_edge(self) -> dict[str, list[str]]:
        """The words of labels and their forms, where slips are looked for, by their first and last two letters."""
        forms = (
            form
            for lemmas in self._vocabulary.lemmas.values()
            for form, lemma in lemmas.items()
            if lemma in self.lexicon.weights
        )
        long_words = (word for word in {*self.lexicon.weights, *forms} if len(word) >= MIN_SLIP_LETTERS)
        return grouped((edge, word) for word in long_words for edge in _edges(word))

    def _known_as(self, word: str, language: str) -> str:
        """Return the lemma of *word* in the *language*, or the word with its root where it is unknown."""
        word = self._vocabulary.lemmas.get(language, {}).get(word, word)
        if self._is_known(word) or len(word) < SHORTEST_ROOT:
            return word
        alike = self._roots(language).get(root(word, language), (word,))
        return min(alike, key=lambda other: (-_in_common(word, other), len(other), other))

    def _is_known(self, word: str) -> bool:
        return word in self.lexicon.weights or word in self._vocabulary.neutral or word in self.lexicon.broad

    def _roots(self, language: str) -> dict[str, tuple[str, ...]]:
        """Return the words of the *language* by their roots: those of labels, else neutral ones."""
        if language not in self._roots_of:
            by_root = grouped((root(word, language), word) for word in self._label_words.get(language, ()))
            neutral = {root(word, language): [word] for word, of in self._vocabulary.neutral.items() if language in of}
            self._roots_of[language] = {found: tuple(words) for found, words in (neutral | by_root).items()}
        return self._roots_of[language]

    def _spellings_of(self, word: str, language: str) -> tuple[str, ...]:
        """Return *word* where it is known, else the words nearest to it."""
        if self._is_known(word) or len(word) < MIN_SLIP_LETTERS or not word.isascii():
            return (word,)
        return self._nearest(word, language)

    def _nearest(self, word: str, language: str) -> tuple[str, ...]:
        """Return the words of labels nearest to *word*, one slip away, or two from a long word.

        They begin or end as it does. Of those as near as one another, the ones with its first letter: slips are rarest
        there (J. J. Pollock and A. Zamora, "Automatic spelling correction in scientific and scholarly text", CACM 27,
        1984).
        """
        from govmap.names.similarity import within_distance  # heavy, and only for an unknown word

        candidates = {candidate for edge in _edges(word) for candidate in self._words_by_edge.get(edge, ())}
        near = within_distance(word, sorted(candidates), 1 if len(word) < TWO_SLIPS_LETTERS else 2)
        nearest = tuple(candidate for candidate, distance in near if distance == near[0][1])
        nearest = tuple(candidate for candidate in nearest if candidate[0] == word[0]) or nearest or (word,)
        lemmas = self._vocabulary.lemmas.get(language, {})
        return tuple(dict.fromkeys(lemmas.get(candidate, candidate) for candidate in nearest))


def _label_alone(written: str, exact: Exact) -> Interpretation:
    """Return what a question is about that is one label, as it is *written*, and nothing else."""
    themes, weight = tuple(exact[0].split()), exact[1]
    readings = tuple(Reading(theme, written, 1.0) for theme in themes)
    return Interpretation((Step(written, "label", themes, weight),), readings)


def _positions(matches: list[Match]) -> set[int]:
    """Return the positions of the words of a question that are in the labels found."""
    return {i for match in matches for i in range(match.start, match.end)}


def _in_common(word: str, other: str) -> int:
    """Return with how many letters both begin alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, other, strict=False)))


def _edges(word: str) -> tuple[str, str]:
    return word[:2], f"{word[-2:]}$"
