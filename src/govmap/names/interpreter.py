"""From the words of a question to the themes that it is about, by the labels of the vocabulary.

A question is cut into the longest runs of words that are a label. A theme's score is the weight of the words that led
to it over the weight of all words of the question that say something. Words that no label has count in full, so a
shared word alone earns nothing: "arms trafficking" finds no theme. Everyday words that are only hidden labels (rent,
school) do not carry a question with unknown words, unless something else shows that it is on people who move.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain, groupby, islice, product
from typing import NamedTuple

import msgspec

from govmap.names.lexicon import VocabularyKeys, parts_of
from govmap.names.resolver import content_words, fold

LONGEST_LABEL = 6  # words; longer labels are found by their whole text alone
MOST_WORDS = 60
COVERED = 0.63  # a short question is understood when its labels carry at least this share of its weight
COVERED_IF_PEOPLE = 0.3  # where it names people who move, so that it is on the subject anyway
COVERED_IF_LIKELY = 0.5  # where it names persons of any kind, as questions on things do not, or has a word of the field
COVERED_IF_LONG = 0.4  # in a sentence, where more words are beside the point, if at least two are of labels
LONG = 4  # words that tell something make a sentence
SHARE = 0.4  # a theme is a subject of it with at least this share of the likeliest theme's score
LEAST = 0.7  # what a label of one theme is worth at least beside other labels, as a share of the greatest weight
SLIP = 0.9  # what a label found through a slip is worth
SHORTEST_SLIP = 5  # letters of a word in which a slip is looked for
LONG_WORD = 7  # letters from which a word may have two slips
MOST_SPELLINGS = 16  # readings of the slips in one question


class Hit(NamedTuple):
    """A label found in a question.

    Attributes:
        themes: The themes that have it.
        languages: The languages in which they do.
        words: Its words.
        start: Where it begins in the question.
        end: Where it ends.
        slipped: Whether a word of it has a slip.
        weak: Whether it is a single word of everyday language, a hidden label.
        setting: Whether it only tells where or of whom the question is.

    """

    themes: tuple[str, ...]
    languages: frozenset[str]
    words: tuple[str, ...]
    start: int
    end: int
    slipped: bool
    weak: bool
    setting: bool


class Reading(NamedTuple):
    """A theme that a question is about: the words of it that led there, as typed, and the score from 0 to 1."""

    theme: str
    matched: str
    score: float


class Step(NamedTuple):
    """What some words of a question counted for.

    Attributes:
        words: The words as the question has them.
        role: `label`, `slip` (a label through a slip), `neutral`, `too broad` or `unknown`.
        themes: The themes that they led to.
        weight: What they weigh; neutral words weigh nothing.

    """

    words: str
    role: str
    themes: tuple[str, ...]
    weight: float


class Understanding(NamedTuple):
    """What a question was understood as.

    Attributes:
        readings: The themes it is about, the likeliest first; none where it is not on the subject.
        ambiguous: The themes that it may be about where that is not sure: a word that is too broad to stand alone and
            is all it says, or a slip as near to one label as to another.
        unknown: The words that no label has.
        partly: Themes that share some of its words, which is not enough.
        steps: What each part of it counted for, in its order.

    """

    readings: tuple[Reading, ...]
    ambiguous: tuple[str, ...]
    unknown: tuple[str, ...]
    partly: tuple[str, ...]
    steps: tuple[Step, ...]


class _Question:
    """The content words of a question, folded and stemmed, and the words as they were typed."""

    def __init__(self, text: str) -> None:
        """Cut *text* into words."""
        parts = parts_of(text)
        self.words = [word for part in parts for word in part][:MOST_WORDS]
        self.breaks = self._breaks(parts)
        folded = fold(text).split()
        typed = [token.strip("\"'«»“”‘’.,;:!?¡¿()") for token in text.split() for _ in fold(token).split()]
        self._typed = typed if len(typed) == len(folded) else folded
        self._at = [i for i, word in enumerate(folded) if content_words(word)]

    @staticmethod
    def _breaks(parts: list[list[str]]) -> set[int]:
        """Return the positions of words before which a stop word stood."""
        positions, position = set(), 0
        for part in parts:
            positions.add(position)
            position += len(part)
        return positions - {0}

    def typed(self, start: int, end: int) -> str:
        """Return the content words from *start* to *end* as they were typed, with the stop words between them."""
        tokens = self._typed[self._at[start] : self._at[end - 1] + 1]
        return " ".join(token for token, _ in groupby(tokens))


def _reach(hits: list[Hit]) -> int:
    """Return how many words of the question the labels found take up."""
    return sum(hit.end - hit.start for hit in hits)


class Vocabulary:
    """Understands questions by the labels of the themes."""

    def __init__(self, keys: VocabularyKeys) -> None:
        """Look words up in *keys*."""
        self.keys = keys
        self._unknown_weight = max(keys.weights.values(), default=1.0)
        self._words_by_edge: dict[str, list[str]] = {}

    @cached_property
    def _neutral(self) -> dict[str, str]:
        """The languages of each neutral word, read when a question first has a word that is in no label."""
        return msgspec.msgpack.decode(self.keys.neutral, type=dict[str, str])

    def understand(self, question: str) -> Understanding:
        """Return which themes *question* is about."""
        asked = _Question(question)
        words = asked.words
        choices = [self._spellings_of(word) for word in words]
        spellings = (list(spelled) for spelled in islice(product(*choices), MOST_SPELLINGS))
        found = [(self._hits(spelled, asked), spelled) for spelled in spellings]
        hits, read = max(found, key=lambda one: self._carried(one[0]))
        rivals = {theme for other, _ in found if _reach(other) == _reach(hits) for hit in other for theme in hit.themes}
        languages = self._languages(hits, words)
        taken = {i for hit in hits for i in range(hit.start, hit.end)}
        counted = [broad if broad in self.keys.bare else word for word, broad in zip(words, read, strict=True)]
        rest = {i: word for i, word in enumerate(counted) if i not in taken}
        telling = [word for word in rest.values() if not self._is_neutral(word, languages)]
        steps = tuple(self._steps(asked, hits, rest, languages))
        if not hits and telling and all(word in self.keys.bare for word in telling):
            return Understanding((), self._themes_of_bare(telling), (), (), steps)
        if not rivals <= {theme for hit in hits for theme in hit.themes}:
            return Understanding((), tuple(sorted(rivals)), (), (), steps)
        return self._weigh(hits, telling, asked, steps)

    def _languages(self, hits: list[Hit], words: list[str]) -> frozenset[str]:
        """Return the languages of a question: those of most of its words, and of them those of the labels found."""
        found = [hit.languages for hit in hits]
        if not found:
            return frozenset()
        taken = {i for hit in hits for i in range(hit.start, hit.end)}
        others = (self._neutral.get(word, "").split() for i, word in enumerate(words) if i not in taken)
        counts = Counter(chain(chain.from_iterable(others), *(hit.languages for hit in hits for _ in hit.words)))
        most = {language for language, count in counts.items() if count == max(counts.values())}
        of_labels = frozenset.intersection(*found) or frozenset.union(*found)
        return of_labels & most or frozenset(most)

    def _is_neutral(self, word: str, languages: frozenset[str]) -> bool:
        """Return whether *word* says nothing in one of the *languages* of the question; of any, where none is known."""
        known = self._neutral.get(word)
        return known is not None and (not known or not languages or not languages.isdisjoint(known.split()))

    def _carried(self, hits: list[Hit]) -> float:
        return sum(self._total(hit.words) for hit in hits)

    def _steps(
        self, asked: _Question, hits: list[Hit], rest: dict[int, str], languages: frozenset[str]
    ) -> Iterator[Step]:
        """Yield what the labels found and the *rest* of the words, by where they stand, counted for."""
        begins = {hit.start: hit for hit in hits}
        for i in sorted((*begins, *rest)):
            if i in begins:
                hit = begins[i]
                role = "slip" if hit.slipped else "label"
                yield Step(asked.typed(hit.start, hit.end), role, hit.themes, self._total(hit.words))
            elif self._is_neutral(rest[i], languages):
                yield Step(asked.typed(i, i + 1), "neutral", (), 0.0)
            else:
                role = "too broad" if rest[i] in self.keys.bare else "unknown"
                yield Step(asked.typed(i, i + 1), role, self._themes_of_bare([rest[i]]), self._weight(rest[i]))

    def _weigh(self, hits: list[Hit], telling: list[str], asked: _Question, steps: tuple[Step, ...]) -> Understanding:
        unknown = tuple(dict.fromkeys(telling))
        beside = [word for word in telling if word not in self.keys.bare]
        carried = self._carried(hits)
        covered = carried / (self._total(beside) + carried) if hits else 0.0
        whole = self._total(beside) + sum(map(self._worth, hits))
        scores: dict[str, float] = {}
        matched: dict[str, list[str]] = {}
        for hit in [hit for hit in hits if not hit.setting] or hits:
            share = self._worth(hit) * (SLIP if hit.slipped else 1) / whole
            for theme in hit.themes:
                scores[theme] = scores.get(theme, 0) + share
                matched.setdefault(theme, []).append(asked.typed(hit.start, hit.end))
        ranked = sorted(scores, key=lambda theme: (-scores[theme], theme))
        matched_words = sum(len(hit.words) for hit in hits)
        named = self._named(asked, hits)
        adrift = bool(beside) and not named and all(hit.weak and not hit.setting for hit in hits)
        is_sentence = matched_words > 1 and len(telling) + matched_words >= LONG
        needed = min(
            COVERED_IF_PEOPLE if "people" in named else COVERED,
            COVERED_IF_LIKELY if named & {"persons", "field"} else COVERED,
            COVERED_IF_LONG if is_sentence else COVERED,
        )
        if adrift or covered < needed:
            return Understanding((), (), unknown, (*ranked, *self._themes_of_bare(telling)), steps)
        readings = (Reading(theme, ", ".join(matched[theme]), round(scores[theme], 2)) for theme in ranked)
        enough = SHARE * max(scores.values())
        return Understanding(tuple(r for r in readings if r.score >= enough), (), unknown, (), steps)

    def _worth(self, hit: Hit) -> float:
        """Return what a label counts for beside others: the weight of its words, or more where it is of one theme.

        A word in the labels of many themes weighs little, even where it is by itself the label of one (women).
        """
        least = LEAST * self._unknown_weight if len(hit.themes) == 1 else 0.0
        return max(self._total(hit.words), least)

    def _named(self, asked: _Question, hits: list[Hit]) -> set[str]:
        """Return the kinds of the words that show whom a question is on, in the terms of `VocabularyKeys.field`.

        A word for persons counts only beside a label of another theme: "toys for children" is on children anyway.
        """
        of_one_theme = len({hit.themes for hit in hits}) == 1
        own = {word for hit in hits if of_one_theme for word in hit.words}
        named = {word: self.keys.field[word] for word in asked.words if word in self.keys.field}
        return {kind for word, kind in named.items() if kind != "persons" or word not in own}

    def _total(self, words: Iterable[str]) -> float:
        return round(sum(map(self._weight, words)), 3)

    def _weight(self, word: str) -> float:
        return self.keys.weights.get(word, self._unknown_weight)

    def _themes_of_bare(self, words: list[str]) -> tuple[str, ...]:
        themes = (theme for word in words for theme in self.keys.bare.get(word, "").split())
        return tuple(dict.fromkeys(themes))

    def _hits(self, spelled: list[str], asked: _Question) -> list[Hit]:
        """Return the labels in *spelled*, the longest first, none overlapping, in the order of the question."""
        hits: list[Hit] = []
        free = [True] * len(spelled)
        for start, end, run in self._runs(spelled, asked):
            value = self.keys.labels.get(" ".join(run))
            if not value or not all(free[start:end]):
                continue
            themes, languages, weak = value.split("|")
            found = frozenset(languages.split())
            slipped = spelled[start:end] != asked.words[start:end]
            if slipped and not self._is_slip(spelled, asked.words, (start, end), value):
                continue
            free[start:end] = [False] * (end - start)
            setting = " ".join(run) in self.keys.setting
            hits.append(Hit(tuple(themes.split()), found, tuple(run), start, end, slipped, bool(weak), setting))
        return sorted(hits, key=lambda hit: hit.start)

    def _is_slip(self, spelled: list[str], words: list[str], span: tuple[int, int], value: str) -> bool:
        """Return whether the words of a *span* may be a label with slips in it.

        They may where another word of the label is as it should be, or where nothing else is said but labels of its
        theme: otherwise a word that no label has is likelier another word than a slip.
        """
        exact = any(spelled[i] == words[i] and words[i] not in self._neutral for i in range(*span))
        others = (word for i, word in enumerate(words) if not span[0] <= i < span[1])
        themes, languages, _ = (set(part.split()) for part in value.split("|"))
        return exact or all(
            self._is_neutral(word, frozenset(languages)) or not themes.isdisjoint(self._themes_of_word(word))
            for word in others
        )

    def _themes_of_word(self, word: str) -> list[str]:
        """Return the themes of which *word* is a label by itself."""
        return self.keys.labels.get(word, "").partition("|")[0].split()

    def _runs(self, words: list[str], asked: _Question) -> Iterator[tuple[int, int, list[str]]]:
        """Yield every run of words with its start and end, the longest first.

        Each is yielded as it stands, turned around the stop words in it, and without the neutral words inside it.
        """
        whole = len(words)
        for length in (whole, *range(min(LONGEST_LABEL, whole - 1), 0, -1)):
            for start in range(whole - length + 1):
                end = start + length
                yield start, end, words[start:end]
                for middle in sorted(asked.breaks & set(range(start + 1, end))):
                    yield start, end, words[middle:end] + words[start:middle]
                inside = [
                    words[i]
                    for i in range(start + 1, end - 1)
                    if words[i] not in self._neutral or words[i] != asked.words[i]
                ]
                if len(inside) + 2 < length:
                    yield start, end, [words[start], *inside, words[end - 1]]

    def _spellings_of(self, word: str) -> tuple[str, ...]:
        """Return *word*, or the words of labels a slip away where no label has it."""
        known = word in self.keys.weights or word in self._neutral or word in self.keys.bare
        if known or len(word) < SHORTEST_SLIP or not word.isascii():
            return (word,)
        return self._one_slip_away(word) or (word,)

    def _one_slip_away(self, word: str) -> tuple[str, ...]:
        """Return the words of labels nearest to *word* that begin or end as it does: one slip, or two in a long one.

        Of those as near as one another, the ones with its first letter: slips are rarest there (J. J. Pollock and
        A. Zamora, "Automatic spelling correction in scientific and scholarly text", CACM 27, 1984).
        """
        from rapidfuzz import process  # noqa: PLC0415 - heavy, and only for a word that no label has
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - as above

        if not self._words_by_edge:
            for known in self.keys.weights:
                if len(known) >= SHORTEST_SLIP:
                    for edge in (known[:2], known[-2:] + "$"):
                        self._words_by_edge.setdefault(edge, []).append(known)
        choices = {*self._words_by_edge.get(word[:2], ()), *self._words_by_edge.get(word[-2:] + "$", ())}
        slips = 1 if len(word) < LONG_WORD else 2
        hits = process.extract(word, sorted(choices), scorer=OSA.distance, score_cutoff=slips, limit=None)
        nearest = tuple(known for known, distance, _ in hits if distance == hits[0][1])
        return tuple(known for known in nearest if known[0] == word[0]) or nearest
