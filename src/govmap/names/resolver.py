"""Finds the record that a name stands for, or the names that are near it; it never guesses.

A name is looked up by code, then by its folded text, then by its folded words in any order. Only then is it read as a
name with slips, and that is accepted when exactly one record is near.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from govmap.calls import Call, Slip, note_slip
from govmap.errors import AmbiguousError, NotFoundError
from govmap.language import N_, _
from govmap.names.folding import STOP_WORDS, bag, content_words, fold, fold_code, joined_by_key
from govmap.texts import quoted

if TYPE_CHECKING:
    from govmap.names.spellings import Spellings

MAX_LENGTH = 120  # of a name with slips, in folded characters
MAX_CHARACTERS = MAX_LENGTH * 4  # of a name at all
MOST_WORDS = 12  # of a name that is looked for within a text
MAX_OFFERED = 4  # names in the error for an ambiguous one
NOT_A_NAME = "-"  # the id of texts that no record goes by, so that no slip turns them into one

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
# Kept as text: few names need these patterns.
_SPELLED_OUT = r"(?=.*[^\W\d])[^\W_](?:[ .-]+[^\W_]){1,5}\.?"  # E.E.U.U., U.S.A, R 4 V
_BRACKETS = r"([^()]*[^()\s])\s*\(([^()]+)\)\s*"


class FoldedNames(Struct, frozen=True):
    """The names of all records of one kind.

    The ids of a name, mostly one, are separated by spaces, which is fast to read. The id of a text
    that no record goes by is `-`.

    Attributes:
        codes: The ids by code in lower case.
        texts: The ids by folded name, in its own order of words and in alphabetical order.

    """

    codes: dict[str, str]
    texts: dict[str, str]


def fold_names(codes: Iterable[tuple[str, str]], labels: Iterable[tuple[str, str]]) -> FoldedNames:
    """Return the index over *codes* and *labels*, each a pair of a text and the id that it stands for."""
    return FoldedNames(
        joined_by_key((code.casefold(), id_) for code, id_ in codes),
        joined_by_key((key, id_) for label, id_ in labels for key in _keys(label)),
    )


def _keys(label: str) -> set[str]:
    """Return what a *label* is found by: its folded text, and its words in alphabetical order."""
    folded = fold(label)
    has_article_as_name = any(word.isupper() and word.casefold() in STOP_WORDS for word in label.split())
    return {folded, folded if has_article_as_name else bag(folded)} - {""}


class Resolver:
    """Finds records of one kind by their names.

    Args:
        kind: What the records are: country, mechanism, agency or theme.
        names: The folded names.
        show: Returns the name to suggest for an id.
        list_all: The call that lists all records of the kind.

    """

    def __init__(self, kind: str, names: FoldedNames, show: Callable[[str], str], list_all: Call) -> None:
        """Look names up in *names*."""
        self.kind, self.names, self.show, self.list_all = kind, names, show, list_all

    def find(self, name: str) -> str:
        """Return the id of the only record that *name* stands for, allowing for slips.

        Raises:
            NotFoundError: No record has that name.
            AmbiguousError: Two or more records have it or are near it.

        """
        has_slip, ids = self.look_up(name)
        if len(ids) == 1:
            if has_slip:
                note_slip(Slip(name, self.kind, ids[0], self.show(ids[0])))
            return ids[0]
        if ids:
            raise self.ambiguous(name, ids)
        raise self.unknown(name)

    def look_up(self, name: str) -> tuple[bool, tuple[str, ...]]:
        """Return whether *name* is read as one with a slip, and the ids that it may stand for."""
        ids = self.exact(name)
        if ids or self._is_not_a_name(name):
            return False, ids
        return True, self.near(name)

    def exact(self, name: str) -> tuple[str, ...]:
        """Return the ids that *name* stands for without slips; several where it is shared, none where unknown."""
        if not isinstance(name, str):  # Python does not check, and the record of another kind is a likely mistake
            raise TypeError(f"a {self.kind} is named by a text or its own record, not by {type(name).__name__}")
        codes, texts = self.names.codes, self.names.texts
        code = fold_code(name)
        if code in codes:
            return tuple(codes[code].split())
        if len(name) > MAX_CHARACTERS:
            return ()
        folded = fold(name)
        code = folded.replace(" ", "")
        ids = codes[code] if code in codes and re.fullmatch(_SPELLED_OUT, name.strip()) else None
        ids = ids or texts.get(folded) or texts.get(bag(folded)) or self._code_after_articles(folded)
        return tuple(id_ for id_ in ids.split() if id_ != NOT_A_NAME) or self._with_codes_in_brackets(name)

    def within(self, text: str) -> tuple[str, str] | None:
        """Return the longest part of *text* that is a name, with its id: of "¿Qué es el MIRPS?" that is MIRPS.

        A single word must be in capitals or have an article before it: what a country can do is not about CAN.
        """
        words = [word.strip("\"'«»“”‘’.,;:!?¡¿()") for word in text.split()]
        in_a_name = [self._words.issuperset(content_words(fold(word))) for word in words]
        for length in range(min(len(words), MOST_WORDS), 0, -1):
            for start in range(len(words) - length + 1):
                if not all(in_a_name[start : start + length]):
                    continue
                part = " ".join(words[start : start + length])
                if (length > 1 or part.isupper()) and len(ids := self.exact(part)) == 1:
                    name = self._without_stop_words(part)
                    is_after_article = part.endswith(name) and name.isascii()  # a code has no accent, as "le quitó" has
                    if " " in name or name.isupper() or is_after_article:
                        return name, ids[0]
        return None

    def _without_stop_words(self, name: str) -> str:
        """Return a *name* in a text without the stop words around it, of which "Los" in "Los Angeles" is none."""
        ids = self.exact(name)
        for shorter in (name.partition(" ")[2], name.rpartition(" ")[0]):
            around = fold(name.removeprefix(shorter).removesuffix(shorter))
            if around in STOP_WORDS and fold(name) not in self.names.texts and self.exact(shorter) == ids:
                return self._without_stop_words(shorter)
        return name

    @cached_property
    def _words(self) -> frozenset[str]:
        """The content words of all names and codes, and the letters of a code that is spelled out."""
        texts = (*self.names.texts, *map(fold, self.names.codes), *(" ".join(code) for code in self.names.codes))
        return frozenset(word for text in texts for word in content_words(text))

    def _code_after_articles(self, folded: str) -> str:
        """Return the ids of a code that has only articles before it, as in "the RCM"."""
        *articles, code = folded.split() or [""]
        return self.names.codes.get(code, "") if articles and STOP_WORDS.issuperset(articles) else ""

    def _with_codes_in_brackets(self, name: str) -> tuple[str, ...]:
        """Return the ids of a name followed by its own codes or short names in brackets, as in "Peru (PE, PER)"."""
        match = re.fullmatch(_BRACKETS, name) if "(" in name else None
        if match is None:
            return ()
        common = set(self.exact(match[1])).intersection(*(self.exact(part) for part in match[2].split(",")))
        return tuple(common) if len(common) == 1 else ()

    def near(self, name: str) -> tuple[str, ...]:
        """Return the ids that are a slip away from *name*, and those that share a name with a part of it."""
        folded = fold(name[:MAX_CHARACTERS])
        words = content_words(folded)
        text = " ".join(words)
        bare = unicodedata.normalize("NFC", name).strip()
        looks_like_a_code = len(bare) <= 4 and bare.isupper()
        if looks_like_a_code or not 4 <= len(text) <= MAX_LENGTH:
            return ()
        from govmap.names.similarity import within_slips  # heavy, and only for a name that is not exact

        spellings = within_slips(text, self.spellings.near(text))
        if not spellings and folded != text:
            spellings = within_slips(folded, self.spellings.near(folded))
        ids = self._ids_of(spellings)
        if NOT_A_NAME in ids:
            return ()
        for spelling in spellings:
            ids |= self._ids_of(set(words) - set(spelling.split()))
        containing = self._containing(words) or self._with_word_near(words, spellings)
        if ids or len(containing) > 1:
            ids |= containing
        return tuple(sorted(ids - {NOT_A_NAME}))

    def suggest(self, name: str, limit: int = 3) -> tuple[str, ...]:
        """Return up to *limit* names to use instead of *name*, best first; none where nothing is like it."""
        from govmap.names.similarity import most_alike  # heavy, and only for a name that is not exact

        words = content_words(fold(name[:MAX_LENGTH]))
        if not words:
            return ()
        ids = [*self.near(name), *sorted(self._containing(words))]
        text = " ".join(words)
        if len(text) >= 4 and not self._is_not_a_name(name):  # short codes and other places are like nothing
            for spelling in most_alike(text, self.spellings.all):
                ids += self.spellings.ids[spelling].split()
        return tuple(self.clear_name(id_) for id_ in dict.fromkeys(ids) if id_ != NOT_A_NAME)[:limit]

    def clear_name(self, id_: str) -> str:
        """Return the name that shows a record; where that is a name of another too, with its id or the id alone."""
        name = self.show(id_)
        if self.exact(name) in ((id_,), ()):
            return name
        with_id = f"{name} ({id_})"
        return with_id if self.exact(with_id) == (id_,) else id_

    def ambiguous(self, name: str, ids: Iterable[str]) -> AmbiguousError:
        """Return the error for a *name* that could be any of several records."""
        ids = tuple(ids)
        names = tuple(map(self.clear_name, ids))
        offered = names if len(set(names)) == len(names) else ids
        template = _(MANY[self.kind] if len(ids) > MAX_OFFERED else SEVERAL[self.kind])
        return AmbiguousError(template.format(name=quoted(name), n=len(ids)), offered[:MAX_OFFERED])

    def unknown(self, name: str) -> NotFoundError:
        """Return the error for an unknown *name*, with the names nearest to it or the call that lists all."""
        if not fold(name[:MAX_CHARACTERS]):
            return NotFoundError(_(NO_NAME[self.kind]).format(name=quoted(name)), (self.list_all,))
        message = _(UNKNOWN[self.kind]).format(name=quoted(name))
        return NotFoundError(message, self.suggest(name) or (self.list_all,))

    @cached_property
    def spellings(self) -> Spellings:
        """Every folded name without its stop words, with its ids."""
        from govmap.names.spellings import Spellings

        texts, found = self.names.texts, dict[str, str]()
        for text, ids in texts.items():
            words = content_words(text)
            spelling = " ".join(words) if " ".join(sorted(words)) in texts else text
            others = found.get(spelling, ids)
            found[spelling] = ids if others == ids else " ".join(sorted({*others.split(), *ids.split()}))
        return Spellings(dict(sorted(found.items())))

    def _ids_of(self, spellings: Iterable[str]) -> set[str]:
        return {id_ for spelling in spellings for id_ in self.spellings.ids.get(spelling, "").split()}

    def _is_not_a_name(self, text: str) -> bool:
        return self.names.texts.get(fold(text[:MAX_CHARACTERS])) == NOT_A_NAME

    def _containing(self, words: list[str]) -> set[str]:
        """Return the ids of longer names that contain all of *words*, of which there is at least one."""
        longer = (s for s in self.spellings.with_word(words[0]) if set(words) < set(s.split()))
        return self._ids_of(longer) - {NOT_A_NAME}

    def _with_word_near(self, words: list[str], excluded: list[str]) -> set[str]:
        """Return the ids of longer names with a word one slip from the only one of *words*, not in *excluded*."""
        from govmap.names.similarity import has_long_word_near

        if len(words) > 1:
            return set()
        near = self.spellings.with_long_word_near(words[0])
        return self._ids_of(s for s in near if has_long_word_near(words[0], s, excluded)) - {NOT_A_NAME}
