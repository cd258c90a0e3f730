"""Gathers the names of every record of a dataset into the folded index that look-ups use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from msgspec import Raw, Struct, msgpack

from govmap.model import Agency, Country, Dataset, FormerName, Mechanism, Theme
from govmap.names.lexicon import Label, VocabularyKeys, Words, build_vocabulary
from govmap.names.resolver import NameKeys, build_keys


class Aside(Struct, frozen=True):
    """Words beside the records.

    Attributes:
        not_countries: Texts that are no country's name.
        hidden: Hidden labels.
        neutral: Words that say nothing of a theme, each with its language.
        generic: Words of the field that a label may go without, each with its language.
        people: Words for people who move, each with its language.
        persons: Words for persons of any kind, each with its language.
        field: Words that show that a question is on people who move, each with its language.
        setting: Labels that tell where or of whom a question is, each with its language.

    """

    not_countries: tuple[str, ...] = ()
    hidden: tuple[Label, ...] = ()
    neutral: tuple[tuple[str, str], ...] = ()
    generic: tuple[tuple[str, str], ...] = ()
    people: tuple[tuple[str, str], ...] = ()
    persons: tuple[tuple[str, str], ...] = ()
    field: tuple[tuple[str, str], ...] = ()
    setting: tuple[tuple[str, str], ...] = ()


class NameIndex(Struct, frozen=True, dict=True):
    """The folded names of a dataset, by kind of record; each part is decoded when it is first asked for.

    Attributes:
        parts: The parts as MessagePack, as the snapshot carries them.

    """

    parts: dict[str, Raw]

    @cached_property
    def countries(self) -> NameKeys:
        """The names and codes of countries."""
        return msgpack.decode(self.parts["countries"], type=NameKeys)

    @cached_property
    def mechanisms(self) -> NameKeys:
        """The names and acronyms of mechanisms."""
        return msgpack.decode(self.parts["mechanisms"], type=NameKeys)

    @cached_property
    def agencies(self) -> NameKeys:
        """The names and acronyms of agencies."""
        return msgpack.decode(self.parts["agencies"], type=NameKeys)

    @cached_property
    def themes(self) -> NameKeys:
        """The ids, preferred and alternative labels of themes."""
        return msgpack.decode(self.parts["themes"], type=NameKeys)

    @cached_property
    def vocabulary(self) -> VocabularyKeys:
        """The labels of themes by their words, for questions in free text."""
        return msgpack.decode(self.parts["vocabulary"], type=VocabularyKeys)

    @cached_property
    def aside(self) -> Aside:
        """The words beside the records, for a dataset that adds to this one."""
        return msgpack.decode(self.parts["aside"], type=Aside)


def country_labels(countries: tuple[Country, ...]) -> Iterator[tuple[str, str]]:
    """Yield every name of every country with its alpha-3 code."""
    for country in countries:
        for name in (*country.names.values(), *country.other_names):
            yield name, country.alpha3


def country_codes(countries: tuple[Country, ...]) -> Iterator[tuple[str, str]]:
    """Yield the ISO 3166-1 codes of every country with its alpha-3 code."""
    for country in countries:
        for code in (country.alpha2, country.alpha3, country.numeric):
            yield code, country.alpha3


def body_labels(bodies: tuple[Mechanism | Agency, ...]) -> Iterator[tuple[str, str]]:
    """Yield every name and alias of every mechanism or agency with its id, and acronyms long enough for a slip."""
    for body in bodies:
        former = (name for past in _former(body) for name in past.names.values())
        for name in (*body.names.values(), *body.aliases, *former):
            yield name, body.id
    yield from ((code, id_) for code, id_ in body_codes(bodies) if len(code) >= 4)


def body_codes(bodies: tuple[Mechanism | Agency, ...]) -> Iterator[tuple[str, str]]:
    """Yield the id and the acronyms of every mechanism or agency with its id."""
    for body in bodies:
        former = (code for past in _former(body) for code in past.acronyms.values())
        for code in (body.id, *body.acronyms.values(), *former):
            yield code, body.id


def _former(body: Mechanism | Agency) -> tuple[FormerName, ...]:
    return body.former_names if isinstance(body, Mechanism) else ()


def theme_labels(themes: tuple[Theme, ...]) -> Iterator[tuple[str, str]]:
    """Yield every preferred and alternative label of every theme with its id."""
    for theme in themes:
        for label in theme.preferred.values():
            yield label, theme.id
        for labels in theme.alternative.values():
            for label in labels:
                yield label, theme.id


def index_names(dataset: Dataset, aside: Aside, lent: dict[str, Raw] | None = None) -> NameIndex:
    """Return the folded names of *dataset*; parts that are *lent* by another index are taken from it as they are."""
    makers: dict[str, Callable[[], Struct]] = {
        "countries": lambda: build_keys(country_codes(dataset.countries), _places(dataset, aside)),
        "mechanisms": lambda: build_keys(body_codes(dataset.mechanisms), body_labels(dataset.mechanisms)),
        "agencies": lambda: build_keys(body_codes(dataset.agencies), body_labels(dataset.agencies)),
        "themes": lambda: build_keys([(theme.id, theme.id) for theme in dataset.themes], theme_labels(dataset.themes)),
        "vocabulary": lambda: _vocabulary(dataset, aside),
        "aside": lambda: aside,
    }
    parts = dict(lent or {})
    return NameIndex(parts | {kind: Raw(msgpack.encode(make())) for kind, make in makers.items() if kind not in parts})


def _places(dataset: Dataset, aside: Aside) -> list[tuple[str, str]]:
    return [*country_labels(dataset.countries), *((name, "-") for name in aside.not_countries)]


def _vocabulary(dataset: Dataset, aside: Aside) -> VocabularyKeys:
    bare = [(word, theme.id) for theme in dataset.themes for word in theme.never_alone]
    names = [(name, "") for name, _ in country_labels(dataset.countries) if " " not in name]
    words = Words(
        neutral=[*aside.neutral, *names],
        generic=aside.generic,
        people=aside.people,
        persons=aside.persons,
        field=aside.field,
        places=names,
        setting=aside.setting,
    )
    return build_vocabulary([*_shown_labels(dataset.themes), *aside.hidden], bare, words)


def _shown_labels(themes: tuple[Theme, ...]) -> Iterator[Label]:
    """Yield every label of every theme that is shown, and its id."""
    for theme in themes:
        yield Label(theme.id, theme.id, "en", hidden=False)
        for language, label in theme.preferred.items():
            yield Label(label, theme.id, language, hidden=False)
        for language, labels in theme.alternative.items():
            for label in labels:
                yield Label(label, theme.id, language, hidden=False)
