"""The labels of themes by their words: an inverted index for questions in free text.

Labels are reduced to content words: stop words dropped, plurals stripped in the manner of the S-stemmer of D. Harman
("How effective is suffixing?", JASIS 42, 1991). Words weigh by inverse document frequency (K. Spärck Jones, "A
statistical interpretation of term specificity", Journal of Documentation 28, 1972), the documents being the themes.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple, TypeVar

import msgspec
from msgspec import Struct

from govmap.grouping import grouped
from govmap.names.folding import content_words, fold, joined_by_key

Part = TypeVar("Part")
Exact = tuple[str, float]  # the themes of a label, a space apart, and its weight
Word = tuple[str, str]  # a word or a label with its language, which is empty for a word of every language


class Lexicon(Struct, frozen=True):
    """The index over the labels of themes.

    Ids and languages are separated by spaces, which is fast to read.

    Attributes:
        labels: By the content words of a label, in their order: themes, languages, and `weak` for a single word that
            is only a hidden label, separated by bars.
        broad: By words that are too broad to stand for a theme alone: the themes that they may mean.
        weights: By word: its inverse document frequency.
        field: By words that show that a question may be on people who move: `people` if they name them, `persons` if
            they name persons of any kind, `field` for others, empty for generic words and names of countries.
        setting: Labels that say where or of whom a question is, as keys; beside other labels they lead to no theme.
        vocabulary: A `Vocabulary`, packed: an exact label does without it.

    """

    labels: dict[str, str]
    broad: dict[str, str]
    weights: dict[str, float]
    field: dict[str, str]
    setting: dict[str, str]
    vocabulary: bytes


class Vocabulary(Struct, frozen=True):
    """What is known of the words of each language.

    Attributes:
        neutral: The languages of words that say nothing of a theme, empty for every language.
        lemmas: By language: the lemma of each inflected form.
        words: By language: the words of its labels, a space apart.

    """

    neutral: dict[str, str]
    lemmas: dict[str, dict[str, str]] = {}
    words: dict[str, str] = {}


class Label(NamedTuple):
    """A label of a theme; a hidden one is searched and never shown (SKOS hiddenLabel)."""

    text: str
    theme: str
    language: str
    hidden: bool


class WordLists(Struct, frozen=True):
    """The words beside the records.

    Attributes:
        not_countries: Texts that no country goes by.
        hidden: Hidden labels.
        neutral: Words that say nothing when they are left over in a question.
        generic: Words of the field that a longer label may go without: in "migrant labour mobility", migrant.
        people: Words for people who move.
        persons: Words for persons of any kind.
        field: Other words that show that a question is on people who move.
        setting: Labels that say where or of whom a question is.
        forms: Lemmas with their inflected forms, a space apart, and the language of both.

    """

    not_countries: tuple[str, ...] = ()
    hidden: tuple[Label, ...] = ()
    neutral: tuple[Word, ...] = ()
    generic: tuple[Word, ...] = ()
    people: tuple[Word, ...] = ()
    persons: tuple[Word, ...] = ()
    field: tuple[Word, ...] = ()
    setting: tuple[Word, ...] = ()
    forms: tuple[tuple[str, str, str], ...] = ()

    def __add__(self, other: WordLists) -> WordLists:
        """Return each list followed by that of the *other*."""
        mine, theirs = msgspec.structs.astuple(self), msgspec.structs.astuple(other)
        return WordLists(*(one + more for one, more in zip(mine, theirs, strict=True)))


# Endings that are more than an s: refeições, nacionais, hotéis, viagens (Portuguese), families (English), locaux, eaux,
# sexuelles, haïtienne (French). A rule holds for longer words only, and the first that fits counts.
_IRREGULAR = (
    ("coes", "cao"),
    ("soes", "sao"),
    ("ais", "al"),
    ("eis", "el"),
    ("gens", "gem"),
    ("ies", "y"),
    ("eaux", "eau"),
    ("aux", "al"),
    ("elles", "el"),
    ("elle", "el"),
    ("iennes", "ien"),
    ("ienne", "ien"),
)


@lru_cache(maxsize=8192)  # words recur
def stem(word: str) -> str:
    """Return *word* without its plural ending, in the four languages, and without some feminine ones of French."""
    for plural, singular in _IRREGULAR:
        if len(word) > 5 and word.endswith(plural):
            return word.removesuffix(plural) + singular
    if len(word) < 5 or word.endswith(("ss", "us", "is")):
        return word
    word = word.removesuffix("s")
    return word.removesuffix("e") if len(word) > 5 and not word.endswith("ee") else word


def words_of(text: str) -> list[str]:
    """Return the content words of *text*, stemmed, in their order."""
    return [stem(word) for word in content_words(fold(text))]


def parts_of(text: str) -> list[list[str]]:
    """Return the content words of *text* in parts: a stop word between two words begins a new part.

    "Management of borders" has two parts, "border management" has one: only across a stop word may the order of
    words change without changing the meaning.
    """
    parts: list[list[str]] = [[]]
    for word in fold(text).split():
        content = content_words(word)
        if content:
            parts[-1].append(stem(content[0]))
        elif parts[-1]:
            parts.append([])
    return [part for part in parts if part]


def orders_of(parts: list[list[str]]) -> Iterator[list[str]]:
    """Yield the words of *parts* in their order, and turned around the stop word where there is one."""
    yield [word for part in parts for word in part]
    if len(parts) == 2:
        yield [*parts[1], *parts[0]]


class Lemmas:
    """Finds the lemmas of words in the language that they are in."""

    def __init__(self, forms: Iterable[tuple[str, str, str]]) -> None:
        """Read the *forms* of `WordLists`."""
        self.by_language: dict[str, dict[str, str]] = {}
        for lemma, inflected, language in forms:
            self.by_language.setdefault(language, {}).update(dict.fromkeys(inflected.split(), lemma))

    def of(self, words: list[str], language: str) -> list[str]:
        """Return the lemmas of *words*, each word itself where it is no form of another."""
        lemmas = self.by_language.get(language, {})
        return [lemmas.get(word, word) for word in words]

    def by_word(self, texts: Iterable[Word]) -> dict[str, str]:
        """Return the languages of each word in *texts*, empty where it is of every language."""
        found = joined_by_key((word, of) for text, of in texts for word in self.of(words_of(text), of))
        return {word: "" if of.startswith(" ") else of for word, of in found.items()}


def build_lexicon(
    labels: Iterable[Label], broad: Iterable[tuple[str, str]], words: WordLists, country_names: Iterable[str] = ()
) -> Lexicon:
    """Return the index over *labels*, *broad* words (pairs of a text and a theme's id) and the *words* beside them.

    The hidden labels of *words* are not read: they belong among the *labels*.
    """
    lemmas = Lemmas(words.forms)
    themes_by_broad = joined_by_key((" ".join(words_of(text)), theme) for text, theme in broad)
    generic = {word for text, of in words.generic for word in lemmas.of(words_of(text), of)}
    keyed = [(key, label) for label in labels for key in keys_of(label, lemmas, generic)]
    labels_by_key = grouped((key, label) for key, label in keyed if key not in themes_by_broad)
    themes_by_word = joined_by_key((word, label.theme) for key, label in keyed for word in key.split())
    words_by_language = joined_by_key((label.language, word) for key, label in keyed for word in key.split())
    total = len({label.theme for found in labels_by_key.values() for label in found})
    places = [(name, "") for name in country_names]
    neutral = lemmas.by_word([*words.neutral, *words.generic, *places])
    neutral = {word: languages for word, languages in neutral.items() if word not in themes_by_broad}
    field = dict.fromkeys(lemmas.by_word([*places, *words.generic]), "")
    for kind, listed in (("field", words.field), ("persons", words.persons), ("people", words.people)):
        field |= dict.fromkeys(lemmas.by_word(listed), kind)
    return Lexicon(
        labels={key: label_value(key, found) for key, found in sorted(labels_by_key.items())},
        broad=themes_by_broad,
        weights={word: round(math.log(1 + total / len(ids.split())), 3) for word, ids in themes_by_word.items()},
        field=field,
        setting=dict.fromkeys(sorted(" ".join(lemmas.of(words_of(text), of)) for text, of in words.setting), ""),
        vocabulary=pack_part(Vocabulary(neutral, lemmas.by_language, words_by_language)),
    )


def exact_labels(lexicon: Lexicon, labels: Iterable[Label]) -> dict[str, Exact]:
    """Return what a *lexicon* has of those of its *labels* that are shown, for questions that are one of them alone."""
    shown = (" ".join(words) for label in labels if not label.hidden for words in orders_of(parts_of(label.text)))
    found = ((key, lexicon.labels[key]) for key in sorted({*shown} & lexicon.labels.keys()))
    return {key: (value.partition("|")[0], weight_of(key.split(), lexicon)) for key, value in found}


def weight_of(words: Iterable[str], lexicon: Lexicon, unknown: float = 0.0) -> float:
    """Return the weight of *words* together, each that is in no label counting for *unknown*."""
    return round(sum(lexicon.weights.get(word, unknown) for word in words), 3)


def keys_of(label: Label, lemmas: Lemmas, generic: set[str]) -> dict[str, None]:
    """Return the keys by which *label* is found: its lemmas in each order, also without *generic* words.

    One that is shown is found as it stands too, so that no vocabulary need be read for it.
    """
    parts = parts_of(label.text)
    as_shown = [] if label.hidden else orders_of(parts)
    keys: dict[str, None] = {}
    for ordered in (*as_shown, *orders_of([lemmas.of(part, label.language) for part in parts])):
        short = [word for word in ordered if word not in generic]
        for form in (ordered, short if len(short) > 1 else ordered):
            if form:
                keys[" ".join(form)] = None
    return keys


def label_value(key: str, labels: list[Label]) -> str:
    """Return what the lexicon holds of the *labels* with one *key*."""
    themes = " ".join(sorted({label.theme for label in labels}))
    languages = " ".join(sorted({label.language for label in labels}))
    weak = "weak" if " " not in key and all(label.hidden for label in labels) else ""
    return f"{themes}|{languages}|{weak}"


def pack_part(part: Struct) -> bytes:
    """Return *part* as compressed MessagePack; words compress to a fifth, and unpack in no time."""
    return zlib.compress(msgspec.msgpack.encode(part))


def unpack_part(content: bytes, type_: type[Part]) -> Part:
    """Return what was packed, which is of *type_*."""
    return msgspec.msgpack.decode(zlib.decompress(content), type=type_)
