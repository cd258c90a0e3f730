"""Sort data/words-*.yaml, and take out what needs no entry; with `--check`, only tell.

An entry is needless where another is the same to the lexicon (another inflection, another order of words), or where its
text and all questions of tests/corpora are understood without it as they are with it. Run make_word_forms.py after it.
There may be at most BOUND entries: what is not understood beyond that is to be a graded question (themes.md).
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from govmap.dataset.bundled import bundled_files
from govmap.dataset.index import theme_labels
from govmap.dataset.parse import parse
from govmap.language import LANGUAGES, Language
from govmap.names.interpreter import Interpreter
from govmap.names.lexicon import Label, Lemmas, Vocabulary, keys_of, label_value, unpack_part, words_of

BOUND = 22_000
DATA = Path(__file__).parents[1] / "data"
CORPORA = Path(__file__).parents[1] / "tests" / "corpora"
# By these no word is chosen.
ASIDE = ("blind", "unseen", "situations", "practitioners")
LISTS = ("neutral", "generic", "people", "persons", "field", "setting")
PLAIN = re.compile(r"[^\W\d_](?:[\w'’ /-]*\w)?")
RESERVED = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
WIDTH = 118

Words = dict[str, list[str]]  # the hidden labels of each theme, or the words of each list


class File:
    """The words of one language: a comment at its head, hidden labels by theme, and lists."""

    def __init__(self, language: Language) -> None:
        """Read the file of *language*."""
        self.language, self.path = language, DATA / f"words-{language}.yaml"
        text = self.path.read_text(encoding="utf-8")
        self.head = "".join(line for line in text.splitlines(keepends=True) if line.startswith("#"))
        content = yaml.load(text, Loader=yaml.CSafeLoader)
        self.hidden: Words = {theme: labels[language] for theme, labels in content.get("hidden", {}).items()}
        self.lists: Words = {name: content[name][language] for name in LISTS if name in content}

    def entries(self) -> int:
        """Return how many entries it has."""
        return sum(map(len, (*self.hidden.values(), *self.lists.values())))

    def text(self) -> str:
        """Return the file with its entries in alphabetical order."""
        lines = ["hidden:"]
        for theme, labels in sorted(self.hidden.items()):
            lines += [f"  {theme}:", *_flow(self.language, labels, 4)] if labels else []
        for name, words in self.lists.items():
            lines += [f"{name}:", *_flow(self.language, words, 2)]
        return self.head + "\n".join(lines) + "\n"


def _flow(key: str, texts: Iterable[str], indent: int) -> Iterator[str]:
    """Yield the lines of a sorted list in YAML under *key*."""
    *items, last = (_scalar(text) for text in sorted(set(texts), key=lambda text: (text.casefold(), text)))
    line = f"{' ' * indent}{key}: ["
    for item in (*(f"{item}, " for item in items), f"{last}]"):
        if len(line) + len(item.rstrip()) > WIDTH:
            yield line.rstrip()
            line = " " * (indent + 2)
        line += item
    yield line


def _scalar(text: str) -> str:
    is_plain = PLAIN.fullmatch(text) and text.casefold() not in RESERVED
    return text if is_plain else "'" + text.replace("'", "''") + "'"


def _with_slip(text: str) -> str:
    """Return *text* without a letter in the middle of its longest word."""
    word = max(re.findall(r"\w+", text), key=len)
    return text.replace(word, word[: len(word) // 2] + word[len(word) // 2 + 1 :], 1)


class Trial:
    """The lexicon of the bundled data, from which labels can be taken out and put back."""

    def __init__(self) -> None:
        """Build it, and read the questions of the corpora."""
        loaded = parse("the bundled data", {name: (DATA / name).read_bytes() for name in bundled_files()})
        lists = loaded.names.word_lists
        self.hidden = lists.hidden
        self.lemmas = Lemmas(lists.forms)
        self.generic = {word for text, of in lists.generic for word in self.lemmas.of(words_of(text), of)}
        self.lexicon = loaded.names.lexicon
        self.interpreter = Interpreter(lambda: self.lexicon)
        self.labels: dict[str, list[Label]] = {}
        ids = (Label(theme.id, theme.id, "en", hidden=False) for theme in loaded.dataset.themes)
        for label in (*ids, *theme_labels(loaded.dataset.themes), *lists.hidden):
            for key in self.keys(label):
                self.labels.setdefault(key, []).append(label)
        self.labels_with = Counter(
            word for label in lists.hidden for word in set(self.lemmas.of(words_of(label.text), label.language))
        )
        self.neutral = unpack_part(self.lexicon.vocabulary, Vocabulary).neutral
        files = sorted(
            path for path in CORPORA.glob("themes*.tsv") if not path.stem.removeprefix("themes_").startswith(ASIDE)
        )
        rows = [line.split("\t") for file in files for line in file.read_text("utf-8").splitlines()[1:]]
        questions = [(row[0], row[2]) for row in rows]
        self.asked = [(set(self.lemmas.of(words_of(text), language)), text) for language, text in questions]

    def keys(self, label: Label) -> list[str]:
        """Return the keys of *label* in the lexicon."""
        return [key for key in keys_of(label, self.lemmas, self.generic) if key not in self.lexicon.broad]

    def _set(self, label: Label, *, present: bool) -> None:
        for key in self.keys(label):
            (self.labels[key].append if present else self.labels[key].remove)(label)
            if self.labels[key]:
                self.lexicon.labels[key] = label_value(key, self.labels[key])
            else:
                self.lexicon.labels.pop(key, None)

    def _read(self, text: str, language: str | None = None) -> object:
        found = self.interpreter.interpret(text, language)
        return [reading.theme for reading in found.readings], found.ambiguous

    def is_needless(self, label: Label) -> bool:
        """Return whether *label* and all questions are understood without it too; it is taken out if so.

        Its words must be known without it: one that is in no other entry would count against a question.
        """
        words = set(self.lemmas.of(words_of(label.text), label.language))
        if any(self.labels_with[word] < 2 and word not in self.neutral for word in words):
            return False
        texts = (label.text, _with_slip(label.text))
        before = [self._read(text, label.language) for text in texts]
        self._set(label, present=False)
        if before == [self._read(text, label.language) for text in texts] and before[0] != ([], ()):
            touched = [text for asked, text in self.asked if words <= asked]
            without = [self._read(text) for text in touched]
            self._set(label, present=True)
            if without == [self._read(text) for text in touched]:
                self._set(label, present=False)
                self.labels_with.subtract(words)
                return True
        else:
            self._set(label, present=True)
        return False

    def same(self, language: str, texts: Iterable[str]) -> Iterator[str]:
        """Yield each of *texts* that is another one to the lexicon."""
        seen: set[str] = set()
        for text in texts:
            label = Label(text, "", language, hidden=True)
            key = min(keys_of(label, self.lemmas, set()), default="")
            if not key or key in seen:
                yield text
            seen.add(key)


def main() -> int:
    """Tidy the files, or with `--check` return 1 where that is to be done."""
    files = {language: File(language) for language in LANGUAGES}
    trial = Trial()
    needless = [
        (f"words-{language}.yaml", name, text)
        for language, file in files.items()
        for name, texts in (file.hidden | file.lists).items()
        for text in trial.same(language, texts)
    ]
    for label in sorted(trial.hidden, key=lambda label: (-len(words_of(label.text)), label.text, label.theme)):
        if trial.is_needless(label):  # which takes it out
            needless += [(f"words-{label.language}.yaml", label.theme, label.text)]
    needless = list(dict.fromkeys(needless))
    unsorted = [file.path.name for file in files.values() if file.path.read_text(encoding="utf-8") != file.text()]
    entries = sum(file.entries() for file in files.values())
    if "--check" in sys.argv:
        for name, where, text in needless:
            print(f"{name}: {where}: {text!r} is understood without this entry")
        for name in unsorted:
            print(f"{name} is not sorted; run scripts/tidy_words.py")
        if entries > BOUND:
            print(f"{entries:,} entries are more than {BOUND:,}; add a graded question instead")
        return int(bool(needless or unsorted or entries > BOUND))
    for name, where, text in needless:
        file = next(file for file in files.values() if file.path.name == name)
        (file.hidden if where in file.hidden else file.lists)[where].remove(text)
    for file in files.values():
        file.path.write_text(file.text(), encoding="utf-8")
    print(f"{len(needless):,} entries taken out, {entries - len(needless):,} left of at most {BOUND:,}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
