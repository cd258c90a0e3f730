"""Anything by any word: countries, mechanisms, groups, themes, agencies and sources, ranked.

A record's words are those of its names in four languages. A hit's score is the share of the question's weight
that its words carry, each word weighing by its inverse document frequency (K. Spärck Jones, 1972) over all records;
a word that only begins like one of the question counts for less. Equal scores:
the name with fewer words first, then in the order of KINDS. Sources come after all other records.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.declaration import LOOK_UP, question
from govmap.errors import NotFoundError
from govmap.language import _, by_language
from govmap.model import FormerName, Mechanism
from govmap.names.lexicon import words_of
from govmap.records import Answer, Basis, Result
from govmap.texts import quoted

BEGINS_ALIKE = 0.6  # what a word counts that begins with one of the question's
ENOUGH = 0.4
MOST_WORDS = 20
MOST_HITS = 20
KINDS = ("country", "mechanism", "theme", "group", "agency", "source")  # in this order where scores are equal


class SearchHit(Result, frozen=True):
    """A record that was found: what it is, what matched, and the call that opens it."""

    kind: str
    id: str
    name: str
    matched: str
    score: float
    command: Call


class SearchResult(Answer, frozen=True):
    """The answer to `search TEXT`."""

    query: str
    as_of: str
    hits: tuple[SearchHit, ...]


class Document(NamedTuple):
    """A record as the search sees it: each of its names with the words of it."""

    kind: str
    id: str
    name: str
    names: tuple[str, ...]
    command: Call


@question(LOOK_UP, "acnur", "asylum", batch=True)
def search(atlas: Atlas, text: str) -> SearchResult:
    """Search all records, and show the call that opens each.

    The best come first. Where a name other than a source's has all of the words, those with only some are left out.

    >>> import govmap
    >>> [(hit.kind, hit.id) for hit in govmap.search(govmap.load(), "acnur").hits][:1]
    [('agency', 'UNHCR')]

    Args:
        text: Words in any of the four languages.

    Raises:
        NotFoundError: Nothing has these words.

    """
    documents = list(_documents(atlas))
    indexed = [{name: frozenset(words_of(name)) for name in document.names} for document in documents]
    frequency = Counter(word for names in indexed for word in frozenset[str]().union(*names.values()))
    asked = list(dict.fromkeys(words_of(text)))[:MOST_WORDS]
    if not asked:
        message = _("{words} has no word to search for").format(words=quoted(text))
        raise NotFoundError(message, (Call("list", "mechanisms"),))
    weights = {word: math.log(1 + len(documents) / frequency.get(word, 1)) for word in asked}
    scored = []
    for document, names in zip(documents, indexed, strict=True):
        score, length, matched = _best_name(names, weights)
        if score >= ENOUGH:
            hit = SearchHit.from_record(document, matched=matched, score=round(score, 2))
            scored.append((hit.kind == "source", -score, length, KINDS.index(hit.kind), hit.id, hit))
    if not scored or not all(any(_likeness(word, frozenset([other])) for other in frequency) for word in asked):
        offers = (*atlas.theme_names.suggest(text, 2), *atlas.country_names.suggest(text, 1))
        message = _("No record has all the words of {words} in its names").format(words=quoted(text))
        raise NotFoundError(message, offers or (Call("list", "mechanisms"),))
    whole = [row for row in scored if _holds_all(asked, row[-1].matched)]
    if all(row[-1].kind == "source" for row in whole):
        whole = []
    return SearchResult(text, atlas.as_of, tuple(row[-1] for row in sorted(whole or scored)[:MOST_HITS]))


def rests_on(found: SearchResult, atlas: Atlas) -> Iterator[Basis]:
    """Yield the names of mechanisms found, the groups, what agencies serve, and the sources."""
    for hit in found.hits:
        if hit.kind == "mechanism":
            yield Basis(hit.id, "names")
        elif hit.kind == "group":
            id_, _space, number = hit.id.rpartition(" ")
            yield Basis(id_, "groups", int(number))
        elif hit.kind == "agency":
            served = (m for m in atlas.covered if any(s.agency == hit.id for s in m.secretariats))
            yield from Basis.parts((mechanism.id for mechanism in served), "secretariats")
        elif hit.kind == "source":
            yield Basis.source(hit.id)


def _holds_all(asked: list[str], name: str) -> bool:
    words = frozenset(words_of(name))
    return all(_likeness(word, words) for word in asked)


def _best_name(names: dict[str, frozenset[str]], weights: dict[str, float]) -> tuple[float, int, str]:
    """Return the score, the length in words and the text of the name that carries most of the question's weight."""
    total = sum(weights.values())

    def score(words: frozenset[str]) -> float:
        return sum(weight * _likeness(word, words) for word, weight in weights.items()) / total

    scores = ((score(words), -len(words), name) for name, words in names.items())
    best, shortness, name = max(scores, key=lambda found: found[:2])
    return best, -shortness, name


def _likeness(word: str, words: frozenset[str]) -> float:
    if word in words:
        return 1.0
    return BEGINS_ALIKE if len(word) > 3 and any(other.startswith(word) for other in words) else 0.0


def _documents(atlas: Atlas) -> Iterator[Document]:
    for mechanism in atlas.mechanisms.values():
        record = atlas.record(mechanism.id)
        named: tuple[Mechanism | FormerName, ...] = (record, *record.former_names)
        texts = (text for name in named for text in (*name.names.values(), *name.acronyms.values()))
        command = Call("mechanism", mechanism.id)
        yield Document("mechanism", mechanism.id, mechanism.name, (mechanism.id, *texts, *mechanism.aliases), command)
        for group in mechanism.groups if atlas.answers_on(mechanism) else ():
            labels = (label for theme in group.themes for label in atlas.themes[theme].preferred.values())
            names = (group.name, *by_language(group.names).values(), *filter(None, (group.as_written,)), *labels)
            yield Document("group", f"{mechanism.id} {group.number}", group.name, names, command)
    for country in atlas.countries.values():
        names = (country.alpha2, country.alpha3, *country.names.values(), *country.other_names)
        yield Document("country", country.alpha3, country.name, names, Call("country", country.alpha3))
    for theme in atlas.themes.values():
        names = (*theme.preferred.values(), *(label for labels in theme.alternative.values() for label in labels))
        yield Document("theme", theme.id, theme.label, names, Call("overlap", theme.label))
    for agency in atlas.agencies.values():
        names = (agency.id, *agency.names.values(), *agency.acronyms.values(), *agency.aliases)
        yield Document("agency", agency.id, agency.name, names, Call("list", "mechanisms", secretariat=agency.id))
    for source in atlas.sources.values():
        names = (source.title, source.publisher)
        yield Document("source", source.id, source.title, names, Call("evidence", source.id))
