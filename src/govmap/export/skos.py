"""The vocabulary of themes in the terms of SKOS (W3C Recommendation, 18 August 2009)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from govmap.atlas import Atlas
from govmap.export.rdf import Resource, Statement, base_of, describe, ref, text, to_turtle
from govmap.model import Theme
from govmap.names.themes import ancestors

SCHEME, GCM = "vocabulary:themes", "vocabulary:gcm"
EUROVOC = re.compile(r"EV:(c_[0-9a-f]{8}|[1-9][0-9]{0,6})( ~)?(?: .*)?", re.DOTALL)
OBJECTIVES = re.compile(r"GCM:((?:[1-9]|1[0-9]|2[0-3])(?:,(?:[1-9]|1[0-9]|2[0-3]))*)")


def write_skos(atlas: Atlas, path: Path, base_url: str | None = None) -> None:
    """Write the vocabulary of *atlas* to *path*, in Turtle, with IRIs below a *base_url* or none that resolve."""
    turtle = to_turtle(vocabulary(atlas), base_of(atlas.dataset, base_url))
    path.write_text(turtle, encoding="utf-8", newline="\n")


def vocabulary(atlas: Atlas) -> list[Resource]:
    """Return the scheme of themes, its concepts, the source's categories, and the objectives that themes lead to."""
    return [_scheme(atlas), *_concepts(atlas), *_categories(atlas), *_objectives(atlas.themes)]


def _scheme(atlas: Atlas) -> Resource:
    tops = [("skos:hasTopConcept", ref(f"theme:{theme.id}")) for theme in atlas.themes.values() if not theme.broader]
    about = atlas.context.about
    title = (("dct:title", text(f"Themes: {about.title}")), ("schema:version", text(about.version)))
    return describe(SCHEME, "skos:ConceptScheme", (*title, *licence(about.licence), *tops))


def licence(name: str | None) -> tuple[Statement, ...]:
    """Return the statement of a licence: its address where it is the one of the bundled data, else its name."""
    if name == "CC-BY-4.0":
        return (("dct:license", ref("cc:by/4.0/")),)
    return (("dct:rights", text(name)),) if name else ()


def _concepts(atlas: Atlas) -> Iterator[Resource]:
    themes = atlas.themes
    related, exact = _related(themes), _exact(themes)
    for theme in themes.values():
        proposed = [language for language, source in theme.label_sources.items() if source == "X"]
        statements: list[Statement] = [
            ("skos:inScheme", ref(SCHEME)),
            ("skos:notation", text(theme.id)),
            *_labels(theme),
            ("skos:broader", ref(f"theme:{theme.broader}")) if theme.broader else ("skos:topConceptOf", ref(SCHEME)),
            *(("skos:narrower", ref(f"theme:{t.id}")) for t in themes.values() if t.broader == theme.id),
            *(("skos:related", ref(f"theme:{other}")) for other in sorted(related[theme.id])),
            *_matches(theme, exact),
        ]
        if theme.note:
            statements.append(("skos:note", text(theme.note, "en")))
        if proposed:
            note = f"Preferred labels proposed by the dataset: {', '.join(proposed)}"
            statements.append(("skos:editorialNote", text(note, "en")))
        yield describe(f"theme:{theme.id}", "skos:Concept", statements)


def _labels(theme: Theme) -> Iterator[Statement]:
    """Yield each label, as an alternative one only where it is not the preferred one: the two share none (S13)."""
    preferred = [text(label, language) for language, label in theme.preferred.items()]
    alternative = [text(label, language) for language, each in theme.alternative.items() for label in each]
    yield from (("skos:prefLabel", label) for label in preferred)
    yield from (("skos:altLabel", label) for label in alternative if label not in preferred)


def _related(themes: dict[str, Theme]) -> dict[str, set[str]]:
    """Return what each theme is related to, both ways (S23), without those above or below it (S27)."""
    above = {id_: set(ancestors(themes, id_)) for id_ in themes}
    found: dict[str, set[str]] = {id_: set() for id_ in themes}
    for theme in themes.values():
        for other in theme.related:
            if other != theme.id and other not in above[theme.id] and theme.id not in above[other]:
                found[theme.id].add(other)
                found[other].add(theme.id)
    return found


def _exact(themes: dict[str, Theme]) -> set[str]:
    """Return the concepts of EuroVoc that are the only exact match of one theme, which is the only one of theirs.

    An exact match is transitive (S45): two of one theme would be one concept, and so would two themes with one.
    """
    matches = {id_: [m[1] for m in map(EUROVOC.fullmatch, t.matches) if m and not m[2]] for id_, t in themes.items()}
    count = Counter(concept for concepts in matches.values() for concept in concepts)
    return {concepts[0] for concepts in matches.values() if len(concepts) == 1 and count[concepts[0]] == 1}


def _matches(theme: Theme, exact: set[str]) -> Iterator[Statement]:
    """Yield what a theme matches: by address where one is known, else in the words of the data."""
    for match in theme.matches:
        concept, objectives = EUROVOC.fullmatch(match), OBJECTIVES.fullmatch(match)
        if concept:
            name = "skos:exactMatch" if concept[1] in exact and not concept[2] else "skos:closeMatch"
            yield name, ref(f"eurovoc:{concept[1]}")
        elif objectives:
            yield from (("skos:relatedMatch", ref(f"gcm:{number}")) for number in objectives[1].split(","))
        else:
            yield "skos:editorialNote", text(f"Match without an address: {match}", "en")


def _categories(atlas: Atlas) -> Iterator[Resource]:
    for category in atlas.context.categories:
        members = [("skos:member", ref(f"theme:{id_}")) for id_ in category.themes]
        head = (("skos:prefLabel", text(category.label, "en")), ("skos:notation", text(str(category.number))))
        yield describe(f"category:{category.number}", "skos:Collection", (*head, *members))


def _objectives(themes: dict[str, Theme]) -> Iterator[Resource]:
    """Yield the objectives of the Global Compact for Migration that themes lead to; no address of them is known."""
    matches = [m[1] for theme in themes.values() for m in map(OBJECTIVES.fullmatch, theme.matches) if m]
    found = {int(number) for listed in matches for number in listed.split(",")}
    compact = "Global Compact for Safe, Orderly and Regular Migration"
    if found:
        title = ("dct:title", text(f"Objectives of the {compact}"))
        yield describe(GCM, "skos:ConceptScheme", (title, ("dct:identifier", text("A/RES/73/195"))))
    for number in sorted(found):
        label = ("skos:prefLabel", text(f"Objective {number} of the {compact}", "en"))
        statements = (("skos:inScheme", ref(GCM)), ("skos:notation", text(str(number))), label)
        yield describe(f"gcm:{number}", "skos:Concept", statements)
