"""Checks that the ids in the files of a dataset are unique, and that each reference names a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govmap.dataset.check import Checker, Reference
from govmap.dataset.file_records import ThemesFile
from govmap.dataset.problems import START, Problem, nearest
from govmap.fields import Record
from govmap.language import N_, _
from govmap.model import Country, Dataset
from govmap.names.folding import fold
from govmap.texts import quoted

NO_RECORD = {
    "mechanism": N_("there is no mechanism {id}"),
    "agency": N_("there is no agency {id}"),
    "theme": N_("there is no theme {id}"),
    "source": N_("there is no source {id}"),
    "fact": N_("there is no fact {id}"),
}


def check_references(
    checkers: list[Checker],
    countries: tuple[Country, ...],
    base: Dataset,
    problems: list[Problem],
    facts: set[str] | None = None,
) -> None:
    """Add ids that are defined twice, and references to no record of the files or the *base*, to *problems*.

    Those to facts are checked against the ids in *facts*, where these are known.
    """
    definitions = [definition for checker in checkers for definition in checker.definitions]
    problems += _repeated(definitions)
    known = {"country": {code for country in countries for code in (country.alpha2, country.alpha3)}}
    if facts is not None:
        known["fact"] = facts
    for kind, records in (("theme", base.themes), ("source", base.sources), ("agency", base.agencies)):
        known[kind] = {record.id for record in records}
    for definition in definitions:
        known.setdefault(definition.kind, set()).add(definition.id)
    references = (reference for checker in checkers for reference in checker.references)
    unknown = [reference for reference in references if reference.id not in known.get(reference.kind, {reference.id})]
    codes = _codes_by_name(countries) if unknown else {}
    for reference in unknown:
        near = nearest(reference.id, _alike(reference, known[reference.kind]), len(problems))
        problems.append(Problem.at(reference.file, reference.position, _unknown(reference, near, codes)))


def _alike(reference: Reference, known: set[str]) -> set[str]:
    """Return those of the *known* ids that may be meant: of facts, of which there are very many, those of one body."""
    body = reference.id.partition("/")[0]
    return {id_ for id_ in known if id_.startswith(f"{body}/")} if reference.kind == "fact" else known


def _repeated(definitions: Iterable[Reference]) -> Iterator[Problem]:
    """Yield the ids that are given again, or again but for capitals: nobody could look up one and not the other."""
    first: dict[tuple[str, str], Reference] = {}
    for definition in definitions:
        earlier = first.setdefault((definition.kind, definition.id.casefold()), definition)
        if earlier is definition:
            continue
        if earlier.id != definition.id:
            text = _("the id {id} differs from {other} only in capitals; change one")
        elif earlier.position.file == definition.position.file:
            text = _("the {kind} {id} is repeated here (first on line {line}); keep one")
        else:
            text = _("the {kind} {id} is repeated here (first in {file}, line {line}); keep one")
        values = {"kind": _(definition.kind), "id": definition.id, "other": earlier.id}
        where = {"file": earlier.position.file or earlier.file, "line": earlier.position.line}
        yield Problem.at(definition.file, definition.position, text.format(**values, **where))


def _codes_by_name(countries: Iterable[Country]) -> dict[str, str]:
    """Return the codes of countries by folded name; É.-U. is a name, and EU without its marks is none."""
    names = ((fold(name), c.alpha3) for c in countries for name in (*c.names.values(), *c.other_names))
    return {name: code for name, code in names if len(name) > 2}


def _unknown(reference: Reference, near: str | None, codes: dict[str, str]) -> str:
    """Return what is wrong with a *reference* to no record; *codes* are the codes of countries by folded name."""
    id_ = quoted(reference.id)
    if reference.kind == "country":
        if fold(reference.id) in codes:
            return _("{name} is a name, not a code; write {code}").format(name=id_, code=codes[fold(reference.id)])
        if near and len(reference.id) > 2:
            return _("{code} is not an ISO 3166-1 code; did you mean {other}?").format(code=id_, other=near)
        return _("{code} is not an ISO 3166-1 code; write the alpha-3 code of ISO 3166-1").format(code=id_)
    problem = _(NO_RECORD[reference.kind]).format(id=id_)
    if near:
        return _("{problem}; did you mean {other}?").format(problem=problem, other=near)
    return _("{problem}; add it, or correct the id").format(problem=problem)


def broader_circles(themes: Record | None, base: Dataset) -> Iterator[Problem]:
    """Yield the themes of a themes.yaml that are broader than themselves, by way of those of the *base* too."""
    own = {theme.id: theme.broader for theme in themes.themes} if isinstance(themes, ThemesFile) else {}
    broader = {theme.id: theme.broader for theme in base.themes} | own
    for id_, above in own.items():
        circle, step = [id_], above
        while step is not None and step not in circle:
            circle.append(step)
            step = broader.get(step)
        if step == id_:
            template = _("the theme {theme} is broader than itself; correct `broader` in one of {themes}")
            yield Problem("themes.yaml", START, template.format(theme=id_, themes=", ".join(circle)))
