"""Statements of RDF 1.1 and the two ways to write them, Turtle and JSON-LD; no library is needed to write either.

What the dataset calls X is named by an IRI below its own base: the web address at which it is published, where that is
given. Else nobody owns a domain for it, so the base is a `urn:uuid:` (RFC 9562) made of the title of the dataset: it
claims no web address, and two datasets never share one.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, NamedTuple

from govmap.model import Dataset
from govmap.texts import legal

NAMESPACE = uuid.UUID("51a8deed-bdd4-4b0e-bc6a-13eabfb9941b")  # drawn once, so that only govmap makes these names
DATE_TYPES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
PUBLISHED = {
    "cc": "https://creativecommons.org/licenses/",
    "dct": "http://purl.org/dc/terms/",
    "eurovoc": "http://eurovoc.europa.eu/",
    "org": "http://www.w3.org/ns/org#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


class Term(NamedTuple):
    """A literal, of a language, of a type or neither; or a thing, its prefixed name (`theme:asylum`) of type @id."""

    value: str
    language: str | None = None
    type: str | None = None


Statement = tuple[str, Term]  # a property and its value


class Resource(NamedTuple):
    """A thing, its classes, and the values of each property."""

    iri: str
    classes: tuple[str, ...]
    properties: dict[str, list[Term]]


def describe(iri: str, classes: str, statements: Iterable[Statement]) -> Resource:
    """Return a thing of some *classes*, with spaces between, and what is said of it, each statement once."""
    properties: dict[str, list[Term]] = {}
    for name, term in dict.fromkeys(statements):
        properties.setdefault(name, []).append(term)
    return Resource(iri, tuple(classes.split()), properties)


def ref(iri: str) -> Term:
    """Return a thing, named by a prefix and what follows it."""
    return Term(iri, type="@id")


def text(value: str, language: str | None = None) -> Term:
    """Return a literal text."""
    return Term(legal(value), language)


def date(value: str) -> Term:
    """Return a part-date as a literal of the type of XML Schema that it has."""
    return Term(value, type=DATE_TYPES[len(value)])


def base_of(dataset: Dataset, base_url: str | None = None) -> str:
    """Return what the IRIs of a *dataset* begin with: the *base_url* at which it is published, if it is, else a URN."""
    base = base_url or f"{uuid.uuid5(NAMESPACE, dataset.about.title).urn}#"
    return base if base.endswith(("/", "#")) else f"{base}/"


def _expanded(prefix: str, base: str) -> str:
    """Return what a *prefix* stands for: a published vocabulary, the dataset itself, or one kind of what is in it."""
    return PUBLISHED.get(prefix) or (base if prefix == "dataset" else f"{base}{prefix}/")


def to_turtle(resources: list[Resource], base: str) -> str:
    """Return *resources*, with IRIs below *base*, in Turtle (W3C Recommendation, 25 February 2014)."""
    head = [f"@prefix {prefix}: <{iri}> ." for prefix, iri in _prefixes(resources, base).items()]
    return "\n".join([*head, *(_turtle(resource, base) for resource in resources)]) + "\n"


def _prefixes(resources: list[Resource], base: str) -> dict[str, str]:
    """Return what each prefix that *resources* need stands for, in order."""
    used = {name for resource in resources for name in (resource.iri, *resource.classes, *resource.properties)}
    terms = (term for resource in resources for terms in resource.properties.values() for term in terms)
    used |= {term.value if term.type == "@id" else term.type for term in terms if term.type}
    # A whole address has none: https: is no prefix.
    needed = {prefix for prefix, _, local in (name.partition(":") for name in used) if not local.startswith("//")}
    return {prefix: _expanded(prefix, base) for prefix in sorted(needed)}


def _turtle(resource: Resource, base: str) -> str:
    lines = [f"{_name(resource.iri, base)} a {', '.join(resource.classes)}"]
    for name, terms in resource.properties.items():
        lines.append(f"    {name} " + ",\n        ".join(_term(term, base) for term in terms))
    return "\n" + " ;\n".join(lines) + " ."


def _term(term: Term, base: str) -> str:
    if term.type == "@id":
        return _name(term.value, base)
    value = term.value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{value}"' + (f"@{term.language}" if term.language else f"^^{term.type}" if term.type else "")


def _name(iri: str, base: str) -> str:
    """Return a prefixed name, or the whole IRI where Turtle would read the name otherwise (`theme:a.`)."""
    prefix, _, local = iri.partition(":")
    return iri if local.replace("-", "").replace("_", "").isalnum() else f"<{_expanded(prefix, base)}{local}>"


def to_jsonld(resources: list[Resource], base: str) -> dict[str, Any]:
    """Return *resources*, with IRIs below *base*, as an object of JSON-LD 1.1 (W3C Recommendation, 16 July 2020).

    Each property has one kind of values, which the context tells: things, texts by language, or literals.
    """
    context: dict[str, Any] = dict(_prefixes(resources, base))
    spoken = {name for each in resources for name, terms in each.properties.items() if any(t.language for t in terms)}
    graph = []
    for resource in resources:
        record: dict[str, Any] = {"@id": resource.iri, "@type": list(resource.classes)}
        for name, terms in resource.properties.items():
            if terms[0].type == "@id":
                context[name] = {"@type": "@id"}
                record[name] = _unwrap([term.value for term in terms])
            elif name in spoken:
                context[name] = {"@container": "@language"}
                by_language: dict[str, list[str]] = {}
                for term in terms:
                    by_language.setdefault(term.language or "@none", []).append(term.value)
                record[name] = {language: _unwrap(values) for language, values in by_language.items()}
            else:
                record[name] = _unwrap([{"@value": t.value, "@type": t.type} if t.type else t.value for t in terms])
        graph.append(record)
    return {"@context": context, "@graph": graph}


def _unwrap(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values
