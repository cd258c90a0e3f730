"""What a shell may complete: the values of each kind of parameter, for `autocompletion=` of Typer.

Each returns all values that make sense, a text or a pair of a text and what it stands for; `govmap.cli.tab` keeps
those that begin as what is typed. Where the choice itself depends on that, it is in `context.obj`. Nothing of the
data is loaded before a Tab asks for it.
"""

# ruff: noqa: PLC0415 - as the docstring says
from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import typer

from govmap.cli.atlas import open_atlas
from govmap.errors import UsageError
from govmap.language import LANGUAGES, _, current, marked

if TYPE_CHECKING:
    from govmap.atlas import Atlas
    from govmap.model import Country, Mechanism

Values = list[tuple[str, str]]
LANG_HELP = marked("en, es, pt or fr (default: that of the locale, or en).")
FILES = "\t"  # stands for the files that the shell completes by itself; no value of ours holds a tab


def files() -> list[str]:
    """Leave it to the shell to complete the path of a file or a folder."""
    return [FILES]


def constant(place: str) -> Callable[[], list[str]]:
    """Return what offers the words of a constant, given as `module:NAME`; its module is loaded only then."""
    module, _, name = place.partition(":")
    return lambda: list(getattr(importlib.import_module(module), name))


def languages() -> list[str]:
    """Return the languages in which people are answered."""
    return list(LANGUAGES)


def countries(context: typer.Context) -> Values:
    """Return the names of countries in the user's language, or ISO codes where no name begins as what is typed."""
    return _countries(named_atlas(context).countries.values(), context.obj)


def mechanisms(context: typer.Context) -> Values:
    """Return the ids of mechanisms, with their names."""
    return _mechanisms(named_atlas(context).mechanisms.values())


def covered(context: typer.Context) -> Values:
    """Return the ids of mechanisms whose members are known, with their names."""
    return _mechanisms(named_atlas(context).covered)


def mechanisms_or_countries(context: typer.Context) -> Values:
    """Return both, where either may be named."""
    atlas = named_atlas(context)
    return [*_mechanisms(atlas.mechanisms.values()), *_countries(atlas.countries.values(), context.obj)]


def subjects(context: typer.Context) -> Values:
    """Return what `evidence` takes: mechanisms, or with a hyphen their groups; countries; sources once one is begun."""
    atlas, typed = named_atlas(context), context.obj
    groups = [(f"{m.id}-{group.number}", group.name) for m in atlas.covered for group in m.groups]
    sources = [(source.id, source.title) for source in atlas.sources.values()]
    values = groups if "-" in typed else _mechanisms(atlas.mechanisms.values())
    return [*values, *_countries(atlas.countries.values(), typed), *(sources if typed else ())]


def members(context: typer.Context) -> Values:
    """Return what `list --member` takes: mechanisms where countries are listed, else countries."""
    return covered(context) if context.params.get("what") == "countries" else countries(context)


def compared(context: typer.Context) -> Values:
    """Return what can be compared with what is named already: more of its kind, or both kinds where nothing is."""
    atlas, named = named_atlas(context), context.params.get("names") or ()
    ids = {id_ for name in named for id_ in atlas.mechanism_names.exact(name)}
    codes = {code for name in named for code in atlas.country_names.exact(name)} if not ids else set()
    values: Values = []
    if not codes:
        values += _mechanisms(m for m in atlas.covered if m.id not in ids)
    if not ids:
        values += _countries((atlas.countries[code] for code in atlas.parties if code not in codes), context.obj)
    return values


def themes(context: typer.Context) -> Values:
    """Return the labels of themes in the user's language, or an alternative one where only that begins as typed."""
    from govmap.names.resolver import begins

    values = []
    for theme in named_atlas(context).themes.values():
        label, typed = theme.label, context.obj
        alternatives = () if begins(label, typed) else theme.alternative.get(current(), ())
        spelled = next((other for other in alternatives if begins(other, typed)), label)
        values.append((spelled, label if spelled != label else ""))
    return values


def agencies(context: typer.Context) -> Values:
    """Return the ids of agencies, with their names."""
    return [(agency.id, agency.name) for agency in named_atlas(context).agencies.values()]


def dates(context: typer.Context) -> Values:
    """Return the dates on which something happened, with what did, and today."""
    events = named_atlas(context).dataset.events
    happened = {event.date: event.text for event in reversed(events) if event.date is not None}
    return [*happened.items(), ("today", "")]


def named_atlas(context: typer.Context) -> Atlas:
    """Return the atlas that the options before the cursor, or the environment, name.

    Raises:
        GovmapError: There is none. What is no plain file or folder is not read: it might keep the shell waiting.

    """
    data = context.params.get("data")
    if data:
        data = os.path.expanduser(os.path.expandvars(data))  # noqa: PTH111 - what the shell has not done yet
        if not os.path.isfile(data) and not os.path.isdir(data):  # noqa: PTH112, PTH113 - pathlib costs start-up
            raise UsageError(_("There is no dataset {path}").format(path=data))
    return open_atlas(data, context.params.get("as_of"))


def _mechanisms(mechanisms: Iterable[Mechanism]) -> Values:
    return [(mechanism.id, mechanism.name) for mechanism in mechanisms]


def _countries(countries: Iterable[Country], typed: str) -> Values:
    from govmap.names.resolver import begins

    named = [(country.name, country) for country in countries]
    if any(begins(name, typed) for name, _ in named):
        return [(name, "") for name, _ in named]
    return [(code, name) for name, country in named for code in (country.alpha2, country.alpha3)]
