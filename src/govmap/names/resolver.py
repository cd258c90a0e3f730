"""From what a person typed to the id of a record, or to the names that are near it: never a guess.

A name is found by code, then by its folded text, then by its folded words in any order; only then is a slip
considered, and it is taken when exactly one record is near. Slips are counted in the optimal string alignment
distance (insertion, deletion, substitution, swap of neighbours; L. Boytsov, "Indexing methods for approximate
dictionary searching", ACM JEA 16, 2011).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from msgspec import Struct

from govmap.calls import Call
from govmap.errors import AmbiguousError, NotFoundError
from govmap.language import N_, _
from govmap.texts import quoted

MAX_LENGTH = 120
LIKE_ENOUGH = 0.82  # the likeness from which a name is offered
AS_LIKE = 0.03  # so much less like than the likeliest name may another be that is offered beside it
MOST_NAMES = 4  # so many are offered at most
NOBODY = "-"  # the id of labels that are no record's name, so that no slip turns them into one

UNKNOWN = {
    "country": N_("No country is called {name}"),
    "mechanism": N_("No mechanism is called {name}"),
    "agency": N_("No agency is called {name}"),
    "theme": N_("No theme is called {name}"),
}
NO_NAME = {
    "country": N_("{name} is not the name of a country"),
    "mechanism": N_("{name} is not the name of a mechanism"),
    "agency": N_("{name} is not the name of an agency"),
    "theme": N_("{name} is not the name of a theme"),
}
SEVERAL = {
    "country": N_("{name} could be more than one country"),
    "mechanism": N_("{name} could be more than one mechanism"),
    "agency": N_("{name} could be more than one agency"),
    "theme": N_("{name} could be more than one theme"),
}
MANY = {
    "country": N_("{name} could be any of {n} countries"),
    "mechanism": N_("{name} could be any of {n} mechanisms"),
    "agency": N_("{name} could be any of {n} agencies"),
    "theme": N_("{name} could be any of {n} themes"),
}
_SPELLED_OUT = re.compile(r"(?=.*[^\W\d])[^\W_](?:[ .-]+[^\W_]){1,5}\.?")  # E.E.U.U., U.S.A, R 4 V
_BRACKETS = re.compile(r"([^()]*[^()\s])\s*\(([^()]+)\)\s*")
_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
# The letters of which flags are made stay letters: two flags behind a name are not nothing.
_FLAGS = {0x1F1E6 + i: chr(ord("a") + i) for i in range(26)}
# Articles, prepositions and conjunctions of the four languages.
_STOP_WORDS = frozenset(
    (
        *("the", "of", "and", "on", "for", "in", "a"),
        *("el", "la", "los", "las", "lo", "de", "del", "y", "e", "en", "sobre", "para", "por"),
        *("o", "os", "as", "do", "da", "dos", "das", "em"),
        *("le", "les", "l", "d", "du", "des", "et", "pour"),
    )
)
# Not initials but words: e a, e o (Portuguese), y a, y o (Spanish), y a, à l', n'a, s'y (French) and the like.
_TWO_WORDS = frozenset(("ea", "eo", "ya", "yo", "al", "ca", "ja", "ma", "na", "sa", "ta", "ly", "ny", "sy"))
_SAME_WORD = {
    "st": "saint",
    "ste": "sainte",
    "republica": "republic",
    "republique": "republic",
    "rep": "republic",
    "dem": "democratic",
}


class NameKeys(Struct, frozen=True):
    """The names of all records of one kind, folded: codes that match exactly, and texts.

    Each stands for the ids of its records, a space apart: mostly one, and fast to read from a snapshot. A text
    that only says what no record is called stands for the id `-`.
    """

    codes: dict[str, str]
    texts: dict[str, str]


def fold(text: str) -> str:
    """Return *text* without accents, case, punctuation and odd spacing: its words, a space apart."""
    return " ".join(_initials(_plain_words(text)))


def begins(name: str, typed: str) -> bool:
    """Return whether *name* begins as *typed*, whatever the accents, case, punctuation and odd spacing."""
    folded = " ".join(_plain_words(typed))
    return " ".join(_plain_words(name)).startswith(folded) if folded else name.startswith(typed)


def _plain_words(text: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", text.translate(_FLAGS)).casefold().translate(_LETTERS)
    bare = "".join(
        char for char in decomposed if not unicodedata.combining(char) and unicodedata.category(char) != "Cf"
    )
    return _WORD.findall(bare)


def _initials(words: list[str]) -> Iterator[str]:
    """Yield *words*, joining single letters that follow one another: u s a becomes usa, but e o are two words."""
    for single, run in groupby(words, key=lambda word: len(word) == 1 and word.isalpha()):
        letters = list(run)
        joined = "".join(letters)
        yield from [joined] if single and joined not in _TWO_WORDS else letters


def content_words(folded: str) -> list[str]:
    """Return the words of a folded text that carry its meaning, with the usual short forms written out."""
    return [_SAME_WORD.get(word, word) for word in folded.split() if word not in _STOP_WORDS]


def bag(folded: str) -> str:
    """Return the content words in alphabetical order, so that list style and plain style are one."""
    return " ".join(sorted(content_words(folded)))


def build_keys(codes: Iterable[tuple[str, str]], labels: Iterable[tuple[str, str]]) -> NameKeys:
    """Return the index over *codes* and *labels*, each a pair of what is typed and the id it stands for."""
    by_code: dict[str, set[str]] = {}
    by_text: dict[str, set[str]] = {}
    for code, id_ in codes:
        by_code.setdefault(code.casefold(), set()).add(id_)
    for label, id_ in labels:
        folded = fold(label)
        article_is_a_name = any(word.isupper() and word.casefold() in _STOP_WORDS for word in label.split())
        for key in {folded} if article_is_a_name else {folded, bag(folded)}:
            if key:
                by_text.setdefault(key, set()).add(id_)
    return NameKeys(_sorted(by_code), _sorted(by_text))


def _sorted(index: dict[str, set[str]]) -> dict[str, str]:
    return {key: " ".join(sorted(ids)) for key, ids in sorted(index.items())}


def slips_allowed(typed: str, word: str) -> int:
    """Return how many slips turn *typed* into *word*: none to two, by length.

    A word of five to seven letters may have one slip, a longer one two. A word of four letters may have two
    letters swapped or one doubled, and a typed text of four letters or
    fewer is never the mere beginning of a longer word.
    """
    if len(word) < 4 or len(typed) < 4:
        return 0
    if len(word) == 4:
        swapped = sorted(typed) == sorted(word)
        doubled = len(typed) == 5 and re.sub(r"(.)\1", r"\1", typed) == word
        return 1 if swapped or doubled else 0
    if len(typed) == 4 and word.startswith(typed):
        return 0
    return 1 if len(word) < 8 else 2


class Names:
    """The names of the records of one kind: looks them up, and knows what is near.

    Args:
        noun: What the records are: country, mechanism, agency or theme.
        keys: The folded names.
        show: Returns the text to suggest for an id.
        browse: The call that lists all records of the kind.

    """

    def __init__(self, noun: str, keys: NameKeys, show: Callable[[str], str], browse: Call) -> None:
        """Look names up in *keys*."""
        self.noun, self.keys, self.show, self.browse = noun, keys, show, browse
        self._spellings: dict[str, set[str]] = {}
        self._by_word: dict[str, set[str]] = {}

    def exact(self, typed: str) -> tuple[str, ...]:
        """Return the ids that *typed* stands for as it is; several where a name is shared, none where unknown."""
        code = unicodedata.normalize("NFKC", typed.translate(_FLAGS)).strip().casefold()
        if code in self.keys.codes:
            return tuple(self.keys.codes[code].split())
        if len(typed) > MAX_LENGTH * 4:
            return ()
        folded = fold(typed)
        ids = self.keys.codes.get(folded.replace(" ", "")) if _SPELLED_OUT.fullmatch(typed.strip()) else None
        ids = ids or self.keys.texts.get(folded) or self.keys.texts.get(bag(folded)) or self._code_after_article(folded)
        found = tuple(id_ for id_ in ids.split() if id_ != NOBODY)
        return found or self._with_codes_behind(typed)

    def _code_after_article(self, folded: str) -> str:
        """Return the ids of a code that stands behind articles alone, as in "the RCM"."""
        words = folded.split()
        behind = len(words) > 1 and all(word in _STOP_WORDS for word in words[:-1])
        return self.keys.codes.get(words[-1], "") if behind else ""

    def _with_codes_behind(self, typed: str) -> tuple[str, ...]:
        """Return the ids of a name with its own codes or short names in brackets behind it, as in "Peru (PE, PER)"."""
        match = _BRACKETS.fullmatch(typed)
        if match is None:
            return ()
        common = set(self.exact(match[1])).intersection(*(self.exact(part) for part in match[2].split(",")))
        return tuple(common) if len(common) == 1 else ()

    def find(self, typed: str) -> str:
        """Return the id of the only record that *typed* names, allowing for slips.

        Raises:
            NotFoundError: Nothing has that name.
            AmbiguousError: Two or more records have it or are near it.

        """
        ids = self.exact(typed)
        if not ids and not self._is_nobody(typed):
            ids = self.near(typed)
        if len(ids) == 1:
            return ids[0]
        if ids:
            raise self.ambiguous(typed, ids)
        raise self.unknown(typed)

    def near(self, typed: str) -> tuple[str, ...]:
        """Return the ids that are a slip away from *typed*, and those that share a name with a part of it."""
        words = content_words(fold(typed[: MAX_LENGTH * 4]))
        text = " ".join(words)
        bare = unicodedata.normalize("NFC", typed).strip()
        looks_like_a_code = len(bare) <= 4 and bare.isupper()
        if looks_like_a_code or not 4 <= len(text) <= MAX_LENGTH:
            return ()
        spelled = self._one_slip_away(text) or self._one_slip_away(fold(typed))
        near = {id_ for spelling in spelled for id_ in self.spellings()[spelling]}
        if NOBODY in near:
            return ()
        for spelling in spelled:
            for word in set(words) - set(spelling.split()):
                near |= self.spellings().get(word, set())
        containing = self._containing(words) or self._holding_a_word_near(words, spelled)
        if near or len(containing) > 1:
            near |= containing
        return tuple(sorted(near - {NOBODY}))

    def ambiguous(self, typed: str, ids: Iterable[str]) -> AmbiguousError:
        """Return the error that names every record near *typed*."""
        known = tuple(ids)
        names = tuple(self.show(id_) for id_ in known)
        shown = names if len(set(names)) == len(names) else known
        message = _(MANY[self.noun] if len(known) > MOST_NAMES else SEVERAL[self.noun])
        return AmbiguousError(message.format(name=quoted(typed), n=len(known)), shown[:MOST_NAMES])

    def unknown(self, typed: str) -> NotFoundError:
        """Return the error that offers the names nearest to *typed*, or the call that lists all."""
        if not fold(typed[: MAX_LENGTH * 4]):
            return NotFoundError(_(NO_NAME[self.noun]).format(name=quoted(typed)), (self.browse,))
        message = _(UNKNOWN[self.noun]).format(name=quoted(typed))
        return NotFoundError(message, self.suggest(typed) or (self.browse,))

    def suggest(self, typed: str, limit: int = 3) -> tuple[str, ...]:
        """Return up to *limit* names to type instead, the likeliest first; none where nothing is like it.

        Likeness is that of Jaro and Winkler, which favours a common beginning (W. E. Winkler, "String comparator
        metrics and enhanced decision rules in the Fellegi-Sunter model of record linkage", ASA, 1990).
        """
        from rapidfuzz import process  # noqa: PLC0415 - heavy, and only for a name that is not exact
        from rapidfuzz.distance import JaroWinkler  # noqa: PLC0415 - as above

        words = content_words(fold(typed[:MAX_LENGTH]))
        if not words:
            return ()
        ranked = [*self.near(typed), *self._containing(words)]
        text, spellings = " ".join(words), list(self.spellings())
        if len(text) < 4 or self._is_nobody(typed):
            spellings = []  # short codes and other places are like nothing
        scored = process.extract(text, spellings, scorer=JaroWinkler.similarity, score_cutoff=LIKE_ENOUGH, limit=12)
        likeliest = max((likeness for _, likeness, _ in scored), default=0.0) - AS_LIKE
        ranked += [
            id_ for name, likeness, _ in scored if likeness >= likeliest for id_ in sorted(self.spellings()[name])
        ]
        return tuple(self.show(id_) for id_ in dict.fromkeys(ranked) if id_ != NOBODY)[:limit]

    def spellings(self) -> dict[str, set[str]]:
        """Return the ids by every folded name without its stop words."""
        if not self._spellings:
            for text, ids in self.keys.texts.items():
                bare = " ".join(content_words(text)) if bag(text) in self.keys.texts else text
                self._spellings.setdefault(bare, set()).update(ids.split())
        return self._spellings

    def _is_nobody(self, typed: str) -> bool:
        return self.keys.texts.get(fold(typed[: MAX_LENGTH * 4])) == NOBODY

    def _one_slip_away(self, text: str) -> list[str]:
        """Return the spellings nearest to *text*, none where the slips are more than the words allow."""
        from rapidfuzz import process  # noqa: PLC0415 - heavy, and only for a name that is not exact
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - as above

        hits = process.extract(text, list(self.spellings()), scorer=OSA.distance, score_cutoff=2, limit=None)
        close = [(distance, spelling) for spelling, distance, _ in hits if _slips_fit(text, spelling, int(distance))]
        best = min((distance for distance, _ in close), default=0)
        return [spelling for distance, spelling in close if distance == best]

    def _containing(self, words: list[str]) -> set[str]:
        """Return the ids of longer names that hold all of *words*, of which there is one at least."""
        if not self._by_word:
            for text in self.spellings():
                for word in text.split():
                    self._by_word.setdefault(word, set()).add(text)
        wanted = set(words)
        texts = set.intersection(*(self._by_word.get(word, set()) for word in wanted))
        longer = (text for text in texts if set(text.split()) != wanted)
        return {id_ for text in longer for id_ in self.spellings()[text]} - {NOBODY}

    def _holding_a_word_near(self, words: list[str], besides: list[str]) -> set[str]:
        """Return the ids of longer names with a word one slip from the only typed one, leaving out those *besides*."""
        if len(words) > 1:
            return set()
        names = self.spellings().items()
        return {id_ for text, ids in names if _has_word_near(words[0], text, besides) for id_ in ids} - {NOBODY}


def _slips_fit(typed: str, spelling: str, distance: int) -> bool:
    """Return whether each word of *typed* is near enough to its word in *spelling*."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - heavy, and only for a name that is not exact

    mine, theirs = typed.split(), spelling.split()
    if len(mine) != len(theirs):
        return "".join(mine) == "".join(theirs) or distance <= 1
    return all(OSA.distance(a, b) <= slips_allowed(a, b) for a, b in zip(mine, theirs, strict=True))


def _has_word_near(word: str, spelling: str, besides: list[str]) -> bool:
    """Return whether a name of several words has a long one that is a single slip away from *word*."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - heavy, and only for a name that is not exact

    words = [other for other in spelling.split() if len(other) > 7 and other not in besides]
    return len(spelling.split()) > 1 and any(OSA.distance(word, other, score_cutoff=1) <= 1 for other in words)
