"""The labels of themes by their words: an inverted index for questions in free text.

Labels are reduced to content words: stop words dropped, plurals stripped in the manner of the S-stemmer of D. Harman
("How effective is suffixing?", JASIS 42, 1991). Words weigh by inverse document frequency (K. Spärck Jones, "A
statistical interpretation of term specificity", Journal of Documentation 28, 1972), the documents being the themes.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

import msgspec
from msgspec import Struct

from govmap.names.resolver import content_words, fold


class VocabularyKeys(Struct, frozen=True):
    """The folded vocabulary. Lists of ids and of languages are texts, a space apart, fast to read from a snapshot.

    Attributes:
        labels: By the content words of a label, in their order: the themes, the languages, and `weak` for a single
            word that is only a hidden label, with a bar between.
        bare: By words that are too broad to stand for a theme alone: the themes that they may mean.
        weights: By word, how much it tells: its inverse document frequency.
        neutral: By words that say nothing of a theme: their languages, none for every language. Kept as MessagePack,
            for it is the largest part and an exact label does without it.
        field: Words that show that a question may be on people who move: `people` for those who name them, `persons`
            for those who name persons of any kind, `field` for others, empty for generic ones and names of countries.
        setting: Labels (keys alone) that tell where or of whom a question is; beside others they lead to no theme.

    """

    labels: dict[str, str]
    bare: dict[str, str]
    weights: dict[str, float]
    neutral: msgspec.Raw
    field: dict[str, str]
    setting: dict[str, str]


class Label(NamedTuple):
    """A label of a theme, as the index is made of it."""

    text: str
    theme: str
    language: str
    hidden: bool


class Words(NamedTuple):
    """The words beside the labels, each a text and its language (none for every language).

    Attributes:
        neutral: Words that say nothing when they are left over in a question.
        generic: Words of the field that a longer label may go without: in "migrant labour mobility", migrant.
        people: Words for people who move.
        persons: Words for persons of any kind.
        field: Other words that show that a question is on people who move.
        places: Names of countries, each with no language.
        setting: Labels that tell where or of whom a question is.

    """

    neutral: Iterable[tuple[str, str]] = ()
    generic: Iterable[tuple[str, str]] = ()
    people: Iterable[tuple[str, str]] = ()
    persons: Iterable[tuple[str, str]] = ()
    field: Iterable[tuple[str, str]] = ()
    places: Iterable[tuple[str, str]] = ()
    setting: Iterable[tuple[str, str]] = ()


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


def build_vocabulary(labels: Iterable[Label], bare: Iterable[tuple[str, str]], words: Words) -> VocabularyKeys:
    """Return the index over *labels*, *bare* words (pairs of a text and a theme's id) and the *words* beside them."""
    bare_words: dict[str, set[str]] = {}
    for text, theme in bare:
        bare_words.setdefault(" ".join(words_of(text)), set()).add(theme)
    dropped = {word for text, _ in words.generic for word in words_of(text)}
    found: dict[str, list[Label]] = {}
    themes_of_word: dict[str, set[str]] = {}
    for label in labels:
        for ordered in orders_of(parts_of(label.text)):
            short = [word for word in ordered if word not in dropped]
            for form in (ordered, short if len(short) > 1 else ordered):
                if form and " ".join(form) not in bare_words:
                    found.setdefault(" ".join(form), []).append(label)
            for word in ordered:
                themes_of_word.setdefault(word, set()).add(label.theme)
    total = len({label.theme for listed in found.values() for label in listed})
    return VocabularyKeys(
        labels={key: _label_value(key, listed) for key, listed in sorted(found.items())},
        bare={key: " ".join(sorted(themes)) for key, themes in sorted(bare_words.items())},
        weights={word: round(math.log(1 + total / len(ids)), 3) for word, ids in sorted(themes_of_word.items())},
        neutral=msgspec.Raw(msgspec.msgpack.encode(_by_language([*words.neutral, *words.generic], without=bare_words))),
        field=dict.fromkeys(_by_language([*words.places, *words.generic], without={}), "")
        | dict.fromkeys(_by_language([*words.field], without={}), "field")
        | dict.fromkeys(_by_language([*words.persons], without={}), "persons")
        | dict.fromkeys(_by_language([*words.people], without={}), "people"),
        setting=dict.fromkeys(sorted(" ".join(words_of(text)) for text, _ in words.setting), ""),
    )


def _label_value(key: str, listed: list[Label]) -> str:
    themes = " ".join(sorted({label.theme for label in listed}))
    languages = " ".join(sorted({label.language for label in listed}))
    weak = "weak" if " " not in key and all(label.hidden for label in listed) else ""
    return f"{themes}|{languages}|{weak}"


def _by_language(texts: list[tuple[str, str]], *, without: Container[str]) -> dict[str, str]:
    """Return the languages of each word, none where it is of every language."""
    found: dict[str, set[str]] = {}
    for text, language in texts:
        for word in words_of(text):
            if word not in without:
                found.setdefault(word, set()).add(language)
    return {word: "" if "" in languages else " ".join(sorted(languages)) for word, languages in sorted(found.items())}
