"""Anything by any word: countries, mechanisms, groups, themes, agencies, resolutions and sources, ranked.

A record's words are those of its names in four languages. A hit's score is the share of the question's weight
that its words carry, each word weighing by its inverse document frequency (K. Spärck Jones, 1972) over all records;
a word that only begins like one of the question counts for less. Equal scores:
the name with fewer words first, then in the order of KINDS. Sources come after all other records.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from govmap.analysis.neighbours import neighbouring
from govmap.atlas import Atlas
from govmap.calls import Call, Suggestion
from govmap.dataset.documents import Line, begins_alike, group_names, lines_with, mechanism_names, names_of
from govmap.declaration import LOOK_UP, question
from govmap.errors import GovmapError, NotFoundError
from govmap.language import _
from govmap.model import Group, Mechanism
from govmap.names.lexicon import words_of
from govmap.records import Answer, Basis, Result
from govmap.statements import Statement
from govmap.texts import quoted

BEGINS_ALIKE = 0.6  # what a word counts that begins with one of the question's
ENOUGH = 0.4
MOST_WORDS = 20
MOST_HITS = 20
MOST_OFFERS = 2
# In this order where scores are equal.
KINDS = ("country", "mechanism", "theme", "group", "agency", "resolution", "source")


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
    caution: Statement | None


class Document(NamedTuple):
    """A record as the search shows it."""

    kind: str
    id: str
    name: str
    names: tuple[str, ...]
    command: Call


class Candidate(NamedTuple):
    """What has enough of the words: its place among the hits, whether a name has all, which fits best, and what."""

    order: tuple[bool, float, int, int, str]
    is_whole: bool
    at: int
    line: Line


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
    if group := atlas.group(text):
        return SearchResult(text, atlas.as_of, (_numbered(*group, text),), atlas.caution)
    asked = list(dict.fromkeys(words_of(text)))[:MOST_WORDS]
    if not asked:
        message = _("{words} has no word to search for").format(words=quoted(text))
        raise NotFoundError(message, (Call("list", "mechanisms"),))
    found, missing = _find(atlas, asked)
    if not found or missing:
        message = _("No record has all the words of {words} in its names").format(words=quoted(text))
        raise NotFoundError(message, _instead(atlas, text) or (Call("list", "mechanisms"),))
    hits = _open(atlas, asked, (candidate for candidate in found if candidate.is_whole))
    if not hits or hits[0].kind == "source":
        hits = _open(atlas, asked, found)
    return SearchResult(text, atlas.as_of, hits, atlas.caution)


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
        elif hit.kind == "resolution":
            cited = {act.id: act.sources for act in atlas.context.resolutions}
            yield Basis(None, "resolutions", sources=cited[hit.id])
        elif hit.kind == "source":
            yield Basis.source(hit.id)


def _find(atlas: Atlas, asked: list[str]) -> tuple[list[Candidate], list[str]]:
    """Return what has enough of the words *asked*, the best first, and those words that nothing has."""
    lines = atlas.names.documents
    found: dict[Line, None] = {}
    weights: dict[str, float] = {}
    for word in asked:
        leading = dict.fromkeys(lines_with(word, lines))
        frequency = sum(any(word in name for name in line.names) for line in leading)
        weights[word] = math.log(1 + lines.count("\n") / (frequency or 1))
        found |= leading
    missing, candidates = set(asked), []
    for line in found:
        sets = [frozenset(name) for name in line.names]
        missing -= {word for word in missing if any(_likeness(word, words) for words in sets)}
        score, length, at = _best_name(sets, weights)
        if score >= ENOUGH:
            order = (line.kind == "source", -score, length, KINDS.index(line.kind), _key(atlas, line))
            is_whole = all(_likeness(word, sets[at]) for word in asked)
            candidates.append(Candidate(order, is_whole, at, line))
    return sorted(candidates), [word for word in asked if word in missing]


def _key(atlas: Atlas, line: Line) -> str:
    """Return by what documents of one kind are ordered that fit as well: their ids, of groups their numbers too."""
    if line.kind not in ("mechanism", "group"):
        return line.id
    at, _comma, place = line.id.partition(",")
    return f"{atlas.heads_of_any_date[int(at)].id} {place:>3}".rstrip()


def _instead(atlas: Atlas, text: str) -> tuple[Suggestion, ...]:
    """Return the names that a *text* is with a slip, else who works on the theme that it means, else labels like it."""
    near = ((names, id_) for names in (atlas.theme_names, atlas.country_names) for id_ in names.near(text))
    if offers := tuple(names.clear_name(id_) for names, id_ in islice(near, MOST_OFFERS)):
        return offers
    try:
        themes = set(atlas.theme_finder.find(text).scores)
    except GovmapError:
        themes = set()
    if _overlap_answers(atlas, themes):
        return (Call("overlap", text),)
    return atlas.theme_names.suggest(text, MOST_OFFERS)


def _overlap_answers(atlas: Atlas, themes: set[str]) -> bool:
    """Return whether `overlap` has an answer on *themes*: a group works on one, or on a neighbour of one."""
    working = map(atlas.is_worked_on, themes | neighbouring(atlas, themes))
    return any(working) or any(map(atlas.out_of_scope_on, themes))


def _numbered(mechanism: Mechanism, group: Group, text: str) -> SearchHit:
    """Return the hit of a group that is asked for by its mechanism and its number."""
    id_ = f"{mechanism.id} {group.number}"
    return SearchHit("group", id_, group.name, text.strip(), 1.0, Call("evidence", f"{mechanism.id}-{group.number}"))


def _open(atlas: Atlas, asked: list[str], candidates: Iterable[Candidate]) -> tuple[SearchHit, ...]:
    """Return the first of the *candidates* that are there as of the date."""
    hits = (_hit(atlas, asked, candidate) for candidate in candidates)
    return tuple(islice(filter(None, hits), MOST_HITS))


def _hit(atlas: Atlas, asked: list[str], candidate: Candidate) -> SearchHit | None:
    """Return a record as of the date, found by the name that it is shown by where that has the words *asked* too."""
    document = _document(atlas, candidate.line)
    if document is None:
        return None

    def told_by(at: int) -> list[float]:
        return [_likeness(word, frozenset(candidate.line.names[at])) for word in asked]

    shown = (at for at, name in enumerate(document.names) if name == document.name)
    at = next((at for at in shown if told_by(at) == told_by(candidate.at)), candidate.at)
    score = round(-candidate.order[1], 2)
    return SearchHit.from_record(document, matched=document.names[at], score=score)


def _best_name(names: list[frozenset[str]], weights: dict[str, float]) -> tuple[float, int, int]:
    """Return the score, the length in words and the place of the name that carries most of the question's weight."""
    total = sum(weights.values())

    def score(words: frozenset[str]) -> float:
        return sum(weight * _likeness(word, words) for word, weight in weights.items()) / total

    best, shortness, at = max((score(words), -len(words), -at) for at, words in enumerate(names))
    return best, -shortness, -at


def _likeness(word: str, words: frozenset[str]) -> float:
    if word in words:
        return 1.0
    return BEGINS_ALIKE if begins_alike(word) and any(other.startswith(word) for other in words) else 0.0


def _document(atlas: Atlas, line: Line) -> Document | None:
    """Return a record as of the date; None where it was not there."""
    id_ = line.id
    match line.kind:
        case "mechanism" | "group":
            return _body(atlas, *map(int, id_.split(",")))
        case "country":
            country = atlas.countries[id_]
            return Document(line.kind, id_, country.name, names_of(country), Call("country", id_))
        case "theme":
            theme = atlas.themes[id_]
            answers = _overlap_answers(atlas, {id_})
            call = Call("overlap", theme.label) if answers else Call("list", "themes", full=True)
            return Document(line.kind, id_, theme.label, names_of(theme), call)
        case "agency":
            agency = atlas.agencies[id_]
            return Document(line.kind, id_, agency.name, names_of(agency), Call("list", "mechanisms", secretariat=id_))
        case "resolution":
            act = next(act for act in atlas.context.resolutions if act.id == id_)
            title = f"{act.number}, {act.title}"
            return Document(line.kind, id_, title, names_of(act), Call("list", "resolutions", full=True))
    source = atlas.sources[id_]
    return Document(line.kind, id_, source.title, names_of(source), Call("evidence", id_))


def _body(atlas: Atlas, at: int, place: int = 0) -> Document | None:
    """Return a mechanism or a group as of the date; None where it was not there."""
    id_ = atlas.heads_of_any_date[at].id
    if id_ not in atlas.mechanisms:
        return None
    mechanism = atlas.mechanisms[id_]
    command = Call("mechanism", id_)
    if not place:
        return Document("mechanism", id_, mechanism.name, mechanism_names(atlas.stored(id_)), command)
    group = atlas.stored(id_).groups[place - 1]
    if not atlas.in_scope(mechanism) or not group.holds(atlas.as_of):
        return None
    return Document("group", f"{id_} {group.number}", group.name, group_names(group, atlas.themes), command)
