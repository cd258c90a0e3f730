"""The kinds of parameters: how each is called in the help, what it takes, and how a shell completes it.

Imported for help, completion and mistakes alone: a well-formed call is read without it, and the atlas resolves values.
A new kind is one entry here, named as the annotations of parameters name it.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from govmap.dates import TODAY
from govmap.language import N_, _, current

if TYPE_CHECKING:
    from govmap.atlas import Atlas
    from govmap.declaration import Declaration, Parameter
    from govmap.model import Agency, Country, Mechanism

FILES = "\t"  # stands for the files that the shell completes by itself; no value of ours holds a tab
Offers = list[tuple[str, str]]  # what may be put in, each with what it stands for


class Cursor(Struct, dict=True):
    """What is known where a Tab is pressed: the text before it, and the values that are given already.

    Attributes:
        text: The beginning of the value.
        given: The values of each parameter, by its name.
        parameter: The parameter whose value is completed.

    """

    text: str
    given: Mapping[str, list[str]]
    parameter: Parameter

    @cached_property
    def atlas(self) -> Atlas:
        """The atlas that the options before the cursor, or the environment, choose.

        Raises:
            GovmapError: There is none. What is no plain file or folder is not read: it might keep the shell waiting.

        """
        from govmap.atlas import load
        from govmap.errors import UsageError

        given = self.given.get("data")
        data = given[-1] if given else os.environ.get("GOVMAP_DATA", "")
        if given or data:
            data = os.path.expanduser(os.path.expandvars(data))  # noqa: PTH111 - what the shell has not done yet
            if not os.path.isfile(data) and not os.path.isdir(data):  # noqa: PTH112, PTH113 - pathlib costs start-up
                raise UsageError(_("There is no dataset {path}").format(path=data))
        return load(data or None, next(iter(self.given.get("as_of", ())), None))


class Kind(NamedTuple):
    """A kind of parameter.

    Attributes:
        metavar: How the help calls a value.
        help: What the help says of it, unless the docstring of a question says more.
        complete: Returns what may stand at a cursor.
        explains: Whether the help lists what may be given, a line each.
        words: The words of which a value is one, if it is a choice.

    """

    metavar: str
    help: str = ""
    complete: Callable[[Cursor], Iterable[tuple[str, str]]] = lambda _cursor: ()
    explains: bool = False
    words: Callable[[], Iterable[str]] | None = None


def metavar(parameter: Parameter) -> str:
    """Return how the help calls the values of a *parameter*."""
    name = _(KINDS[parameter.kind].metavar)
    return f"{name} …" if parameter.positional and parameter.many else name


def help_of(parameter: Parameter, declaration: Declaration) -> str:
    """Return what the help of a command says of a *parameter*: the most special of its texts."""
    return _(declaration.helps.get(parameter.name) or parameter.help or KINDS[parameter.kind].help)


def explained(parameter: Parameter, declaration: Declaration) -> str:
    """Return the help of a *parameter* with, for a choice that needs it, what each of its words means."""
    kind, text = KINDS[parameter.kind], help_of(parameter, declaration)
    offers = kind.complete(Cursor("", {}, parameter)) if kind.explains else ()
    return "\n\n".join([text, *(f"{name}: {about}" for name, about in offers)])


def usage(declaration: Declaration) -> str:
    """Return a command and its arguments, those that may be left out in brackets: compare [NAME …]."""
    arguments = (metavar(p) if p.required else f"[{metavar(p)}]" for p in declaration.parameters if p.positional)
    return " ".join([declaration.name, *arguments])


def example(declaration: Declaration) -> str:
    """Return what the help shows as the first example of a command."""
    return _("Example: {call}").format(call=f"govmap {declaration.name} {declaration.examples[0]}".strip())


def offering(*known: str) -> Callable[[Cursor], Offers]:
    """Return what offers a few words."""
    return lambda _cursor: [(word, "") for word in known]


def choice(metavar: str, module: str, name: str) -> Kind:
    """Return a choice among the words of a constant, whose module is loaded when they are asked for."""

    def words() -> Iterable[str]:
        known: Iterable[str] = getattr(importlib.import_module(module), name)
        return known

    return Kind(metavar, complete=lambda _cursor: [(word, "") for word in words()], words=words)


_files = offering(FILES)


def _countries(cursor: Cursor, countries: Iterable[Country] | None = None) -> Offers:
    """Offer names in the user's language, or ISO codes where no name begins as the text at the cursor."""
    from govmap.names.folding import begins

    found = [(country.name, country) for country in countries or cursor.atlas.countries.values()]
    if any(begins(name, cursor.text) for name, _country in found):
        return [(name, "") for name, _country in found]
    return [(code, name) for name, country in found for code in (country.alpha2, country.alpha3)]


def _ids(records: Iterable[Mechanism | Agency]) -> Offers:
    return [(record.id, record.name) for record in records]


def _mechanisms(cursor: Cursor) -> Offers:
    return _ids(cursor.atlas.mechanisms.values())


def _covered(cursor: Cursor) -> Offers:
    """Offer mechanisms whose members are known."""
    return _ids(cursor.atlas.covered)


def _compared(cursor: Cursor) -> Offers:
    """Offer what can be compared with what is named already: a mechanism or a country, then what is new."""
    atlas, named = cursor.atlas, cursor.given.get(cursor.parameter.name, [])
    ids = {id_ for name in named for id_ in atlas.mechanism_names.exact(name)}
    codes = {code for name in named for code in atlas.country_names.exact(name)} if not ids else set()
    offers: Offers = []
    if not codes:
        offers += _ids(m for m in atlas.covered if m.id not in ids)
    if not ids:
        offers += _countries(cursor, [atlas.countries[code] for code in atlas.listed_countries if code not in codes])
    return offers


def _with_evidence(cursor: Cursor) -> Offers:
    """Offer mechanisms, or their groups after a hyphen; countries; and sources once something is typed."""
    atlas, text = cursor.atlas, cursor.text
    groups = [(f"{m.id}-{group.number}", group.name) for m in atlas.covered for group in m.groups]
    sources = [(source.id, source.title) for source in atlas.sources.values()]
    first = groups if "-" in text else _mechanisms(cursor)
    return [*first, *_countries(cursor), *(sources if text else ())]


def _listed_or_listing(cursor: Cursor) -> Offers:
    """Offer mechanisms where countries are listed, else countries."""
    return _covered(cursor) if cursor.given.get("what") == ["countries"] else _countries(cursor)


def _themes(cursor: Cursor) -> Offers:
    """Offer labels in the user's language, or an alternative label where only that begins as what is typed."""
    from govmap.names.folding import begins

    offers = []
    for theme in cursor.atlas.themes.values():
        label, text = theme.label, cursor.text
        alternatives = () if begins(label, text) else theme.alternative.get(current(), ())
        spelled = next((other for other in alternatives if begins(other, text)), label)
        offers.append((spelled, label if spelled != label else ""))
    return offers


def _kinds_of_records(cursor: Cursor) -> Offers:
    kinds = importlib.import_module("govmap.questions.list").KINDS
    what = (cursor.given.get("what") or ["mechanisms"])[0]
    return [(kind, "") for kind in kinds[what](cursor.atlas)] if what in kinds else []


def _dates(cursor: Cursor) -> Offers:
    """Offer the dates on which something happened, with what did, and today."""
    happened = {event.date: event.text for event in reversed(cursor.atlas.context.events) if event.date is not None}
    return [*happened.items(), (TODAY[current()], "")]


def _exports(_cursor: Cursor) -> Offers:
    kinds = importlib.import_module("govmap.export.kinds").KINDS
    return [(name, _(kind.summary)) for name, kind in kinds.items()]


def _schemas(_cursor: Cursor) -> Offers:
    schema = importlib.import_module("govmap.formats.schema")
    return [(name, shape.usage) for name, shape in schema.shapes().items()]


def _codes(_cursor: Cursor) -> Offers:
    return list(importlib.import_module("govmap.importing.countries").CODES.items())


def _column_roles(_cursor: Cursor) -> Offers:
    return [(f"{role}=", "") for role in importlib.import_module("govmap.importing.columns").ROLES]


_name = partial(Kind, N_("NAME"))
KINDS = {
    "Agency": _name("", lambda cursor: _ids(cursor.atlas.agencies.values())),
    "Axis": choice(N_("WHAT"), "govmap.questions.matrix", "AXES"),
    "Codes": Kind(
        N_("CODES"),
        N_("Country codes that it has (default: read from the name of the column):"),
        _codes,
        explains=True,
    ),
    "ColumnRole": Kind(N_("ROLE=NAME"), complete=_column_roles),
    "Compared": _name("", _compared),
    "Country": _name(N_("A country by name (English, Spanish, Portuguese, French) or ISO code."), _countries),
    "Country | Mechanism": _name("", _listed_or_listing),
    "Coverage": choice(N_("WHICH"), "govmap.questions.list", "COVERAGES"),
    "Atlas": Kind(N_("DATASET"), N_("A folder, a file, or 'bundled' for the data that come with govmap."), _files),
    "Date": Kind(N_("DATE"), complete=_dates),
    "Delimiter": choice(N_("SIGN"), "govmap.importing.table", "DELIMITERS"),
    "ExportKind": Kind(N_("KIND"), N_("What to write, one of:"), _exports, explains=True),
    "File": Kind(N_("FILE"), complete=_files),
    "Format": choice(N_("FORMAT"), "govmap.formats.registry", "FORMATS"),
    "Language": choice(N_("LANGUAGE"), "govmap.language", "LANGUAGES"),
    "ListName": choice(N_("WHAT"), "govmap.questions.list", "LISTS"),
    "MatchKind": choice(N_("KIND"), "govmap.matching", "KINDS"),
    "Mechanism": _name(N_("A mechanism by id, acronym or name."), _mechanisms),
    "Mechanism | Country": _name(
        N_("A country or a mechanism."), lambda cursor: [*_mechanisms(cursor), *_countries(cursor)]
    ),
    "Mechanism | Country | Source": _name("", _with_evidence),
    "Mode": choice(N_("MODE"), "govmap.questions.compare", "MODES"),
    "Order": choice(N_("ORDER"), "govmap.questions.list", "ORDERS"),
    "Path": Kind(N_("PATH"), complete=_files),
    "Projection": choice(N_("NODES"), "govmap.export.kinds", "PROJECTIONS"),
    "RecordKind": Kind(N_("KIND"), complete=_kinds_of_records),
    "Relation": choice(N_("RELATION"), "govmap.fields", "RELATIONS"),
    "SchemaName": _name("", _schemas),
    "Scope": choice(N_("WHICH"), "govmap.atlas", "SCOPES"),
    "Shell": choice(N_("SHELL"), "govmap.cli.shells", "SHELLS"),
    "Status": choice(N_("STATUS"), "govmap.questions.evidence", "STATUSES"),
    "Style": choice(N_("STYLE"), "govmap.analysis.citation_styles", "STYLES"),
    "Theme": Kind(N_("WORDS"), N_("A theme, in your own words, in any of the four languages."), _themes),
    "bool": Kind(""),
    "int": Kind(N_("N"), complete=offering("10")),
    "str": Kind(N_("TEXT")),
}
