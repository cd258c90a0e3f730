"""Builds the index of names of a dataset, which look-ups use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct, msgpack

from govmap.dataset.documents import document_lines
from govmap.model import Agency, Country, Dataset, Mechanism, Theme
from govmap.names.folding import fold
from govmap.names.index import NameIndex
from govmap.names.lexicon import Label, Lexicon, WordLists, build_lexicon, exact_labels, pack_part
from govmap.names.resolver import NOT_A_NAME, FoldedNames, fold_names

Pair = tuple[str, str]  # a text and the id that it stands for


def country_labels(countries: Iterable[Country]) -> list[Pair]:
    """Return every name of every country with its alpha-3 code."""
    return [(name, country.alpha3) for country in countries for name in (*country.names.values(), *country.other_names)]


def country_codes(countries: Iterable[Country]) -> list[Pair]:
    """Return the ISO 3166-1 codes of every country with its alpha-3 code."""
    return [
        (code, country.alpha3) for country in countries for code in (country.alpha2, country.alpha3, country.numeric)
    ]


def body_labels(bodies: Iterable[Mechanism | Agency]) -> Iterator[Pair]:
    """Yield every name and alias of every mechanism or agency with its id, and acronyms long enough for a slip."""
    for body in bodies:
        former = (name for past in getattr(body, "former_names", ()) for name in past.names.values())
        acronyms = (code for code, _ in body_codes([body]) if len(code) >= 4)
        yield from ((name, body.id) for name in (*body.names.values(), *body.aliases, *former, *acronyms))


def body_codes(bodies: Iterable[Mechanism | Agency]) -> Iterator[Pair]:
    """Yield the id and the acronyms of every mechanism or agency with its id."""
    for body in bodies:
        former = (code for past in getattr(body, "former_names", ()) for code in past.acronyms.values())
        yield from ((code, body.id) for code in (body.id, *body.acronyms.values(), *former))


def theme_labels(themes: Iterable[Theme]) -> Iterator[Label]:
    """Yield every preferred and alternative label of every theme."""
    for theme in themes:
        alternative = ((label, language) for language, labels in theme.alternative.items() for label in labels)
        preferred = ((label, language) for language, label in theme.preferred.items())
        yield from (Label(label, theme.id, language, hidden=False) for label, language in (*preferred, *alternative))


def index_names(
    dataset: Dataset, words: WordLists | None = None, borrowed: dict[str, bytes] | None = None
) -> NameIndex:
    """Return the index of names of *dataset* and of the *words* beside it.

    Parts that are *borrowed* from another index are taken over as they are.
    """
    words, borrowed = words or WordLists(), borrowed or {}
    labels = [(label.text, label.theme) for label in theme_labels(dataset.themes)]
    builders: dict[str, Callable[[], Struct]] = {
        "countries": lambda: _country_names(dataset.countries, words.not_countries),
        "mechanisms": lambda: fold_names(body_codes(dataset.mechanisms), body_labels(dataset.mechanisms)),
        "agencies": lambda: fold_names(body_codes(dataset.agencies), body_labels(dataset.agencies)),
        "themes": lambda: fold_names([(theme.id, theme.id) for theme in dataset.themes], labels),
    }
    own = {kind: msgpack.encode(build()) for kind, build in builders.items() if kind not in borrowed}
    own["documents"] = msgpack.encode(document_lines(dataset))
    if "word_lists" not in borrowed:
        own["word_lists"] = msgpack.encode(pack_part(words))
    if "lexicon" not in borrowed:
        ids = (Label(theme.id, theme.id, "en", hidden=False) for theme in dataset.themes)
        shown = [*ids, *theme_labels(dataset.themes)]
        lexicon = _lexicon(dataset, shown, words)
        own["lexicon"] = msgpack.encode(pack_part(lexicon))
        own["exact_labels"] = msgpack.encode(exact_labels(lexicon, shown))
    return NameIndex({**borrowed, **own}.__getitem__)


def _country_names(countries: Iterable[Country], not_countries: Iterable[str]) -> FoldedNames:
    """Return the names of *countries* and of what is none.

    A name that without its marks is none, as "É.-U." and EU, is found as it is written alone: like a code.
    """
    refused = {fold(name): (name, NOT_A_NAME) for name in not_countries}
    as_written: list[Pair] = []
    names: list[Pair] = []
    for label in country_labels(countries):
        (as_written if fold(label[0]) in refused else names).append(label)
    return fold_names([*country_codes(countries), *as_written], [*names, *refused.values()])


def _lexicon(dataset: Dataset, shown: list[Label], words: WordLists) -> Lexicon:
    """Return the lexicon of the themes, of which *shown* are the labels that readers see."""
    broad = [(word, theme.id) for theme in dataset.themes for word in theme.never_alone]
    country_names = [name for name, _ in country_labels(dataset.countries) if " " not in name]
    return build_lexicon([*shown, *words.hidden], broad, words, country_names)
