"""The labels of themes by their words: an inverted index for questions in free text.

Labels are reduced to content words: stop words dropped, plurals stripped in the manner of the S-stemmer of D. Harman
("How effective is suffixing?", JASIS 42, 1991). Words weigh by inverse document frequency (K. Spärck Jones, "A
statistical interpretation of term specificity", Journal of Documentation 28, 1972), the documents being the themes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec
from msgspec import Struct

from govmap.names.folding import content_words, fold, joined_by_key

Word = tuple[str, str]  # a word or a label with its language, which is empty for a word of every language


class Lexicon(Struct, frozen=True):
    """The index over the labels of themes.

    Ids and languages are separated by spaces, which is fast to read from a snapshot.

    Attributes:
        labels: By the content words of a label, in their order: themes, languages, and `weak` for a single word that
            is only a hidden label, separated by bars.
        broad: By words that are too broad to stand for a theme alone: the themes that they may mean.
        weights: By word: its inverse document frequency.
        neutral: By words that say nothing of a theme: their languages, empty for every language. It stays MessagePack,
            for it is the largest part, and an exact label does without it.
        field: By words that show that a question may be on people who move: `people` if they name them, `persons` if
            they name persons of any kind, `field` for others, empty for generic words and names of countries.
        setting: Labels that say where or of whom a question is, as keys; beside other labels they lead to no theme.

    """

    labels: dict[str, str]
    broad: dict[str, str]
    weights: dict[str, float]
    neutral: msgspec.Raw
    field: dict[str, str]
    setting: dict[str, str]


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

    """

    not_countries: tuple[str, ...] = ()
    hidden: tuple[Label, ...] = ()
    neutral: tuple[Word, ...] = ()
    generic: tuple[Word, ...] = ()
    people: tuple[Word, ...] = ()
    persons: tuple[Word, ...] = ()
    field: tuple[Word, ...] = ()
    setting: tuple[Word, ...] = ()

    def __add__(self, other: WordLists) -> WordLists:
        """Return each list followed by that of the *other*."""
        mine, theirs = msgspec.structs.astuple(self), msgspec.structs.astuple(other)
        return WordLists(*(one + more for one, more in zip(mine, theirs, strict=True)))


# Endings that are more than an s: refeições, nacionais, hotéis, viagens (Portuguese), families (English), locaux, eaux,
# sexuelles, haïtienne (French). A rule holds for longer words only, and the first that fits counts.
_IRREGULAR = (
    *(("coes", "cao"), ("soes", "sao"), ("ais", "al"), ("eis", "el"), ("gens", "gem")),
    *(("ies", "y"), ("eaux", "eau"), ("aux", "al")),
    *(("elles", "el"), ("elle", "el"), ("iennes", "ien"), ("ienne", "ien")),
)


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


def build_lexicon(
    labels: Iterable[Label], broad: Iterable[tuple[str, str]], words: WordLists, country_names: Iterable[str] = ()
) -> Lexicon:
    """Return the index over *labels*, *broad* words (pairs of a text and a theme's id) and the *words* beside them.

    The hidden labels of *words* are not read: they belong among the *labels*.
    """
    themes_by_broad = joined_by_key((" ".join(words_of(text)), theme) for text, theme in broad)
    generic = {word for text, _ in words.generic for word in words_of(text)}
    labels_by_key: dict[str, list[Label]] = {}
    themes_by_word: dict[str, set[str]] = {}
    for label in labels:
        for ordered in orders_of(parts_of(label.text)):
            short = [word for word in ordered if word not in generic]
            for form in (ordered, short if len(short) > 1 else ordered):
                if form and " ".join(form) not in themes_by_broad:
                    labels_by_key.setdefault(" ".join(form), []).append(label)
            for word in ordered:
                themes_by_word.setdefault(word, set()).add(label.theme)
    total = len({label.theme for found in labels_by_key.values() for label in found})
    places = [(name, "") for name in country_names]
    neutral = _languages_by_word([*words.neutral, *words.generic, *places])
    neutral = {word: languages for word, languages in neutral.items() if word not in themes_by_broad}
    field = dict.fromkeys(_languages_by_word([*places, *words.generic]), "")
    for kind, listed in (("field", words.field), ("persons", words.persons), ("people", words.people)):
        field |= dict.fromkeys(_languages_by_word(listed), kind)
    return Lexicon(
        labels={key: _label_value(key, found) for key, found in sorted(labels_by_key.items())},
        broad=themes_by_broad,
        weights={word: round(math.log(1 + total / len(ids)), 3) for word, ids in sorted(themes_by_word.items())},
        neutral=msgspec.Raw(msgspec.msgpack.encode(neutral)),
        field=field,
        setting=dict.fromkeys(sorted(" ".join(words_of(text)) for text, _ in words.setting), ""),
    )


def _label_value(key: str, labels: list[Label]) -> str:
    themes = " ".join(sorted({label.theme for label in labels}))
    languages = " ".join(sorted({label.language for label in labels}))
    weak = "weak" if " " not in key and all(label.hidden for label in labels) else ""
    return f"{themes}|{languages}|{weak}"


def _languages_by_word(texts: Iterable[Word]) -> dict[str, str]:
    """Return the languages of each word, empty where it is of every language."""
    languages_by_word = joined_by_key((word, language) for text, language in texts for word in words_of(text))
    return {word: "" if of.startswith(" ") else of for word, of in languages_by_word.items()}
