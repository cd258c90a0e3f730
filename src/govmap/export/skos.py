"""The vocabulary of themes in the terms of SKOS (W3C Recommendation, 18 August 2009)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from govmap.atlas import Atlas
from govmap.export.rdf import Ref, Resource, Term, Text, prefixes, text, to_turtle
from govmap.model import Theme

SCHEME, GCM = "vocabulary:themes", "vocabulary:gcm"
EUROVOC = re.compile(r"EV:(c_[0-9a-f]{8}|[1-9][0-9]{0,6})( ~)?(?: .*)?", re.DOTALL)
OBJECTIVES = re.compile(r"GCM:((?:[1-9]|1[0-9]|2[0-3])(?:,(?:[1-9]|1[0-9]|2[0-3]))*)")
Statement = tuple[str, Term]


def write_skos(atlas: Atlas, path: Path) -> None:
    """Write the vocabulary of *atlas* to *path*, in Turtle."""
    turtle = to_turtle(vocabulary(atlas), prefixes(atlas.dataset))
    path.write_text(turtle, encoding="utf-8", newline="\n")


def vocabulary(atlas: Atlas) -> list[Resource]:
    """Return the scheme of themes, its concepts, the source's categories, and the objectives that themes lead to."""
    themes, labels = atlas.themes, _hidden(atlas)
    related, exact = _related(themes), _exact(themes)
    concepts = [
        Resource(
            f"theme:{theme.id}",
            ("skos:Concept",),
            (
                ("skos:inScheme", Ref(SCHEME)),
                ("skos:notation", text(theme.id)),
                *_labels(theme, labels.get(theme.id, [])),
                *_places(theme, themes),
                *(("skos:related", Ref(f"theme:{other}")) for other in sorted(related[theme.id])),
                *_matches(theme, exact),
                *_notes(theme),
            ),
        )
        for theme in themes.values()
    ]
    return [_scheme(atlas), *concepts, *_categories(atlas), *_objectives(themes)]


def _scheme(atlas: Atlas) -> Resource:
    tops = [("skos:hasTopConcept", Ref(f"theme:{theme.id}")) for theme in atlas.themes.values() if not theme.broader]
    about = atlas.dataset.about
    title = (("dct:title", text(f"Themes: {about.title}")), ("schema:version", text(about.version)))
    return Resource(SCHEME, ("skos:ConceptScheme",), (*title, *licence(about.licence), *tops))


def licence(name: str | None) -> tuple[Statement, ...]:
    """Return the statement of a licence: its address where it is the one of the bundled data, else its name."""
    if name == "CC-BY-4.0":
        return (("dct:license", Ref("cc:by/4.0/")),)
    return (("dct:rights", text(name)),) if name else ()


def _hidden(atlas: Atlas) -> dict[str, list[Text]]:
    found: dict[str, list[Text]] = {}
    for label in atlas.hidden_labels:
        found.setdefault(label.theme, []).append(text(label.text, label.language))
    return found


def _labels(theme: Theme, hidden: list[Text]) -> Iterator[Statement]:
    """Yield each label under the first property that has it, for the three may share none (S13)."""
    seen: set[Text] = set()
    for name, labels in (
        ("skos:prefLabel", [text(label, language) for language, label in theme.preferred.items()]),
        ("skos:altLabel", [text(label, language) for language, each in theme.alternative.items() for label in each]),
        ("skos:hiddenLabel", hidden),
    ):
        fresh = [label for label in labels if label not in seen]
        yield from ((name, label) for label in fresh)
        seen.update(fresh)


def _places(theme: Theme, themes: dict[str, Theme]) -> Iterator[Statement]:
    if theme.broader:
        yield "skos:broader", Ref(f"theme:{theme.broader}")
    else:
        yield "skos:topConceptOf", Ref(SCHEME)
    for other in themes.values():
        if other.broader == theme.id:
            yield "skos:narrower", Ref(f"theme:{other.id}")


def _related(themes: dict[str, Theme]) -> dict[str, set[str]]:
    """Return what each theme is related to, both ways (S23), without those above or below it (S27)."""
    above = {id_: _above(id_, themes) for id_ in themes}
    found: dict[str, set[str]] = {id_: set() for id_ in themes}
    for theme in themes.values():
        for other in theme.related:
            if other != theme.id and other not in above[theme.id] and theme.id not in above[other]:
                found[theme.id].add(other)
                found[other].add(theme.id)
    return found


def _above(id_: str, themes: dict[str, Theme]) -> set[str]:
    """Return the themes that are broader than one, however far; a circle is gone round once."""
    found: set[str] = set()
    step = themes[id_].broader
    while step is not None and step not in found:
        found.add(step)
        step = themes[step].broader
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
            yield name, Ref(f"eurovoc:{concept[1]}")
        elif objectives:
            yield from (("skos:relatedMatch", Ref(f"gcm:{number}")) for number in objectives[1].split(","))
        else:
            yield "skos:editorialNote", text(f"Match without an address: {match}")


def _notes(theme: Theme) -> Iterator[Statement]:
    if theme.note:
        yield "skos:note", text(theme.note)
    proposed = [language for language, source in theme.label_sources.items() if source == "X"]
    if proposed:
        yield "skos:editorialNote", text(f"Preferred labels proposed by the dataset: {', '.join(proposed)}")


def _categories(atlas: Atlas) -> Iterator[Resource]:
    for category in atlas.dataset.categories:
        members = [("skos:member", Ref(f"theme:{id_}")) for id_ in category.themes]
        head = (("rdfs:label", text(category.label)), ("skos:notation", text(str(category.number))))
        yield Resource(f"category:{category.number}", ("skos:Collection",), (*head, *members))


def _objectives(themes: dict[str, Theme]) -> Iterator[Resource]:
    """Yield the objectives of the Global Compact for Migration that themes lead to; no address of them is known."""
    matches = [m[1] for theme in themes.values() for m in map(OBJECTIVES.fullmatch, theme.matches) if m]
    found = {int(number) for listed in matches for number in listed.split(",")}
    if not found:
        return
    compact = "Global Compact for Safe, Orderly and Regular Migration"
    head = (("dct:title", text(f"Objectives of the {compact}")), ("dct:identifier", text("A/RES/73/195")))
    yield Resource(GCM, ("skos:ConceptScheme",), head)
    for number in sorted(found):
        yield Resource(
            f"gcm:{number}",
            ("skos:Concept",),
            (
                ("skos:inScheme", Ref(GCM)),
                ("skos:notation", text(str(number))),
                ("rdfs:label", text(f"Objective {number} of the {compact}")),
            ),
        )
