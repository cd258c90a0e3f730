"""Write data/words-forms.yaml: the inflected forms of the words in the labels and word lists.

`python scripts/make_word_forms.py`, after an entry was added or taken out. The lemma of a form is that of simplemma;
the forms are among the most frequent words of each language by wordfreq. Neither is needed to build or run govmap. A
form that only has another plural ending is left out, for the lexicon strips those itself.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import simplemma
import wordfreq

from govmap.dataset.bundled import bundled_files
from govmap.dataset.index import theme_labels
from govmap.dataset.parse import parse
from govmap.language import LANGUAGES
from govmap.names.lexicon import words_of

DATA = Path(__file__).parents[1] / "data"
TARGET = DATA / "words-forms.yaml"
MOST_FREQUENT = 60_000  # of the words of each language
IS_ENGLISH_VERB = re.compile(r"\w{3,}(?:ed|ing)").fullmatch
INFINITIVES = {"en": (), "es": ("ar", "er", "ir"), "pt": ("ar", "er", "ir"), "fr": ("er", "ir")}
_LETTERS = re.compile(r"[^\W\d_]+")


def key(word: str) -> str:
    """Return *word* as the lexicon sees it, empty where it is no word for it."""
    return " ".join(words_of(word))


class Entries(NamedTuple):
    """The entries in one language: all texts; those of one word, and what each stands for; the neutral words."""

    texts: tuple[str, ...]
    single: dict[str, frozenset[str]]
    neutral: frozenset[str]


def entries(language: str) -> Entries:
    """Return the entries of the labels and word lists in *language*."""
    files = {name: (DATA / name).read_bytes() for name in bundled_files() if name != TARGET.name}
    loaded = parse("the bundled data", files)
    lists = loaded.names.word_lists
    labels = [label for label in (*theme_labels(loaded.dataset.themes), *lists.hidden) if label.language == language]
    pairs = [(label.text, label.theme) for label in labels]
    pairs += [(word, "broad") for theme in loaded.dataset.themes for word in theme.never_alone]
    for name in ("generic", "people", "persons", "field", "setting"):
        pairs += [(text, name) for text, of in getattr(lists, name) if of == language]
    neutral = [text for text, of in lists.neutral if of == language]
    single: dict[str, frozenset[str]] = {}
    for text, stands_for in pairs:
        if " " not in key(text):
            single[key(text)] = single.get(key(text), frozenset()) | {stands_for}
    return Entries((*(text for text, _ in pairs), *neutral), single, frozenset(map(key, neutral)))


def classes(language: str, texts: tuple[str, ...]) -> dict[str, list[str]]:
    """Return the forms of each lemma of the words of *texts*, the most frequent first, as the lexicon sees them."""
    used = {word for text in texts for word in _LETTERS.findall(text.lower())}
    wanted = {lemma_of(word, language) for word in used}
    frequent = wordfreq.top_n_list(language, MOST_FREQUENT)
    found: dict[str, dict[str, None]] = {}
    taken: set[str] = set()
    for word in dict.fromkeys((*frequent, *sorted(used))):
        lemma, form = lemma_of(word, language), key(word)
        if lemma in wanted and form and " " not in form and form not in taken and _LETTERS.fullmatch(word):
            taken.add(form)
            found.setdefault(lemma, {})[form] = None
    return {lemma: list(forms) for lemma, forms in found.items()}


def lemma_of(word: str, language: str) -> str:
    """Return the lemma of *word* in lower case."""
    return str(simplemma.lemmatize(word, lang=language)).lower()


def is_variant(one: str, other: str) -> bool:
    """Return whether two long forms of one lemma differ only in gender: refugiada, refugiado."""
    return len(one) > 6 and one.rstrip("aeo") == other.rstrip("aeo")


def forms(language: str) -> Iterator[tuple[str, str]]:
    """Yield forms with the word that stands for them: the lemma, but where an entry of one word is one of them.

    Such an entry stays itself ("trata" is no form of "tratar"), and only its variants are forms of it. All forms are
    one where it is a verb's infinitive, or several of a verb are entered for the same, unless some of them say nothing.
    """
    texts, single, neutral = entries(language)
    typed = {text.lower() for text in texts}
    used = Counter(key(word) for text in texts for word in _LETTERS.findall(text.lower()))
    acronyms = {key(text) for text in texts if text.isupper()}
    for lemma, members in classes(language, texts).items():
        base = key(lemma)
        if base in acronyms:
            continue
        entered = [form for form in dict.fromkeys((base, *members)) if form in single]
        is_verb = lemma.endswith(INFINITIVES[language]) or (language == "en" and any(map(IS_ENGLISH_VERB, members)))
        alike = len({single[form] for form in entered}) == 1 and (lemma in typed or len(entered) > 1)
        if alike and is_verb and base and neutral.isdisjoint((base, *members)):
            yield from ((form, base) for form in members if form != base)
            continue
        rest = [form for form in members if form not in entered]
        variants = {form: word for form in rest for word in entered if is_variant(form, word)}
        yield from ((form, word) for form, word in variants.items() if form != word)
        rest = [form for form in rest if form not in variants]
        stands = (
            base
            if base and base in used and base not in entered
            else max(rest, key=lambda form: used[form], default="")
        )
        yield from ((form, stands) for form in rest if form != stands)


def main() -> int:
    """Write the file, or print it with `--print`."""
    lines = [
        "# yaml-language-server: $schema=schema.json",
        "# Generated by scripts/make_word_forms.py: the inflected forms of the words in the labels and word lists.",
        "forms:",
    ]
    for language in LANGUAGES:
        by_lemma: dict[str, set[str]] = {}
        for form, base in forms(language):
            by_lemma.setdefault(base, set()).add(form)
        lines.append(f"  {language}:")
        lines += [f"    '{base}': '{' '.join(sorted(by_lemma[base]))}'" for base in sorted(by_lemma)]
    if "--print" in sys.argv:
        print("\n".join(lines))
    else:
        TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
