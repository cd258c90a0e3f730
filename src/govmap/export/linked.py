"""The whole dataset as linked data: organisations in the terms of the W3C's ORG ontology and of schema.org.

A listing of a country is an org:Membership, whose role tells whether the country is a member, an endorser or covered;
schema:memberOf is said of members alone. ORG: W3C Recommendation, 16 January 2014.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from govmap.atlas import Atlas
from govmap.export.rdf import Resource, Statement, base_of, date, describe, ref, text, to_jsonld
from govmap.export.skos import licence, vocabulary
from govmap.facts.tables import find_description
from govmap.fields import Record, Span
from govmap.language import Language
from govmap.mechanism_parts import PARTS, Part
from govmap.model import Agency, Evidence, Group, Mechanism, Member, Secretariat

SECRETARIAT = "technical-secretariat"
ROLES = {
    "member": "member",
    "associate": "associate member",
    "observer": "observer",
    "endorser": "endorser of a declaration, which has no members",
    "covered": "covered by a mechanism, which has no members",
    "party": "party to an agreement",
    "participant": "participant, without formal membership",
    "observers": "beside a mechanism: observer, friend, supporter or guest",
    "chairs": "chair (presidency pro tempore)",
    SECRETARIAT: "technical secretariat",
}
IN_OTHER_TERMS = ("members", "unclear_members", "groups", "sub_bodies", "secretariats")  # see `_mechanism`
NOTES = ("skos:note", "skos:editorialNote")  # which the data have in English
SENTENCES = {"as_written": "As written in the source: {}", "looked_up": "Looked up on {}"}


def write_jsonld(atlas: Atlas, path: Path, base_url: str | None = None) -> None:
    """Write the dataset as of the date of *atlas* to *path*, as JSON-LD, with IRIs as `govmap.export.skos` has them."""
    record = to_jsonld([*linked_data(atlas), *vocabulary(atlas)], base_of(atlas.dataset, base_url))
    # So written, no text of it can end or begin an element of HTML, where JSON-LD is often put.
    content = msgspec.json.format(msgspec.json.encode(record), indent=2).replace(b"<", b"\\u003c")
    path.write_bytes(content + b"\n")


def linked_data(atlas: Atlas) -> Iterator[Resource]:
    """Yield the dataset itself, all its organisations, countries and sources, and what ties them."""
    atlas = atlas.including(atlas.mechanisms)
    yield _dataset(atlas)
    for role, label in ROLES.items():
        yield describe(f"role:{role}", "org:Role", (("rdfs:label", text(label)),))
    for agency in atlas.context.agencies:
        yield describe(f"agency:{agency.id}", "org:Organization schema:Organization", _names(agency))
    yield from _countries(atlas)
    for mechanism in atlas.mechanisms.values():
        yield from _mechanism(atlas, mechanism)
    for source in atlas.context.sources:
        statements = _fields(source, "title publisher kind date url language isbn looked_up", "sources")
        yield describe(f"source:{source.id}", "schema:CreativeWork", statements)


def _dataset(atlas: Atlas) -> Resource:
    about = atlas.context.about
    source = atlas.sources.get(about.source or "")
    citation = [f"{about.title}, version {about.version}"]
    if source is not None:
        isbn = f"ISBN {source.isbn}" if source.isbn else None
        citation += [f"from {source.publisher}, {source.title}", *filter(None, (source.date, isbn))]
    statements: list[Statement] = [
        *_fields(about, "title version"),
        ("schema:temporalCoverage", text(atlas.as_of)),
        ("dct:bibliographicCitation", text(", ".join(citation))),
        *licence(about.licence),
        *_fields(about, "statement"),
        *_sources([source.id] if source else []),
    ]
    return describe("dataset:it", "schema:Dataset", statements)


def _countries(atlas: Atlas) -> Iterator[Resource]:
    """Yield the countries that a mechanism lists or may list, and those around one."""
    parts = [part for part in PARTS if part.of == "country"]
    named = {getattr(item, p.key) for m in atlas.mechanisms.values() for p in parts for item in p.items(m)}
    for code in sorted(named):
        country = atlas.countries[code]
        statements: list[Statement] = [
            *_by_language("skos:prefLabel", country.names),
            ("skos:notation", text(code)),
            *(("schema:identifier", text(other)) for other in (country.alpha2, country.numeric) if other),
            *(
                ("schema:memberOf", ref(f"mechanism:{mechanism.id}"))
                for mechanism in atlas.mechanisms_of(code)
                if mechanism.relation_of(atlas.seats[mechanism.id][code]) == "member"
            ),
        ]
        kind = "schema:Country" if country.kind != "territory" else "schema:AdministrativeArea"
        yield describe(f"country:{code}", kind, statements)


def _mechanism(atlas: Atlas, mechanism: Mechanism) -> Iterator[Resource]:
    """Yield a mechanism and its parts. One that the source only names may be a treaty or a summit: a thing, no more."""
    iri = f"mechanism:{mechanism.id}"
    classes = "org:Organization schema:Organization" if mechanism.coverage == "full" else "schema:Thing"
    statements: list[Statement] = [
        *_names(mechanism),
        *_fields(mechanism, "kind scope founded until website parent note as_written", "mechanisms"),
        *(("schema:alternateName", text(n)) for former in mechanism.former_names for n in former.names.values()),
        *(
            ("skos:editorialNote", text(f"Open: {open_.code}. {open_.note}", "en"))
            for open_ in mechanism.unclear_members
        ),
        *_sources(source for evidence in mechanism.evidence.values() for source in evidence.sources),
    ]
    yield describe(iri, classes, statements)
    for part, evidence in mechanism.evidence.items():
        yield _claim(iri, part, evidence)
    for code, member in sorted(atlas.seats.get(mechanism.id, {}).items()):
        yield from _membership(mechanism, code, member)
    for body in mechanism.sub_bodies:
        statements = [*_fields(body, "name"), ("org:unitOf", ref(iri)), *_fields(body, "note since until")]
        yield describe(f"sub-body:{mechanism.id}/{body.id}", "org:OrganizationalUnit", statements)
    for group in mechanism.groups:
        yield from _group(mechanism, group)
    for secretariat in mechanism.secretariats:
        yield from _secretariat(mechanism, secretariat)
    for list_ in PARTS:
        if list_.field not in IN_OTHER_TERMS:
            for item, id_ in zip(list_.items(mechanism), list_.ids(mechanism), strict=True):
                yield from _item(mechanism, list_, item, id_)


def _item(mechanism: Mechanism, part: Part, item: Any, id_: str) -> Iterator[Resource]:
    """Yield an item of a part for which the ontologies have no term of their own."""
    iri, key = f"{part.label.replace(' ', '-')}:{id_}", getattr(item, part.key)
    tied: tuple[Statement, ...] = (("schema:isPartOf", ref(f"mechanism:{mechanism.id}")),)
    if part.of == "country":
        tied = (
            ("org:member", ref(f"country:{key}")),
            ("org:organization", ref(f"mechanism:{mechanism.id}")),
            *((("org:role", ref(f"role:{part.label}")),) if part.label in ROLES else ()),
        )
    elif part.of:
        tied = (*tied, ("schema:about", ref(f"{part.of}:{key}")))
    names = (name for name in item.__struct_fields__ if isinstance(getattr(item, name), str | int))
    published = " ".join(name for name in names if find_description(name, part.table).get("property"))
    statements = (*tied, *_fields(item, published, part.table), *_evidence(mechanism, part.label, item))
    yield describe(iri, "org:Membership" if part.of == "country" else "schema:Thing", statements)
    if getattr(item, "evidence", None):
        yield _claim(iri, part.label, item.evidence)


def _membership(mechanism: Mechanism, code: str, member: Member) -> Iterator[Resource]:
    iri = _spell(f"membership:{mechanism.id}/{code}", member)
    statements: list[Statement] = [
        ("org:member", ref(f"country:{code}")),
        ("org:organization", ref(f"mechanism:{mechanism.id}")),
        ("org:role", ref(f"role:{mechanism.relation_of(member)}")),
        *_fields(member, "since until as_written"),
        *_evidence(mechanism, "members", member),
    ]
    yield describe(iri, "org:Membership", statements)
    if member.evidence:
        yield _claim(iri, "listing", member.evidence)


def _group(mechanism: Mechanism, group: Group) -> Iterator[Resource]:
    iri = _spell(f"group:{mechanism.id}/{group.number}", group)
    body = [ref(f"sub-body:{mechanism.id}/{group.sub_body}")] if group.sub_body else []
    statements: list[Statement] = [
        *_fields(group, "name number"),
        ("org:unitOf", ref(f"mechanism:{mechanism.id}")),
        *(("org:subOrganizationOf", each) for each in body),
        *_fields(mechanism, "group_label"),
        *(("dct:subject", ref(f"theme:{theme}")) for theme in sorted(group.themes)),
        *_fields(group, "since until as_written"),
        *_evidence(mechanism, "groups", group),
    ]
    yield describe(iri, "org:OrganizationalUnit", statements)
    if group.evidence:
        yield _claim(iri, "group", group.evidence)


def _secretariat(mechanism: Mechanism, secretariat: Secretariat) -> Iterator[Resource]:
    iri = f"secretariat:{mechanism.id}/{secretariat.agency}"
    statements: list[Statement] = [
        ("org:role", ref(f"role:{SECRETARIAT}")),
        ("org:postIn", ref(f"mechanism:{mechanism.id}")),
        ("org:heldBy", ref(f"agency:{secretariat.agency}")),
        *_fields(secretariat, "unit since until note as_written"),
        *_evidence(mechanism, "secretariats", secretariat),
    ]
    yield describe(iri, "org:Post", statements)
    if secretariat.evidence:
        yield _claim(iri, "secretariat", secretariat.evidence)


def _spell(iri: str, item: Span) -> str:
    """Return the IRI of an item that may come back with another start."""
    return f"{iri}/{item.start}" if item.start else iri


def _claim(about: str, part: str, evidence: Evidence) -> Resource:
    """Return how far a part of something can be trusted; the status is one of docs/reference/data-format.md."""
    statements: list[Statement] = [
        ("schema:about", ref(about)),
        ("schema:name", text(part)),
        *_fields(evidence, "status as_of note"),
        *_sources(evidence.sources),
    ]
    return describe(f"claim:{about.replace(':', '/')}/{quote(part, safe='')}", "schema:Claim", statements)


def _names(body: Mechanism | Agency) -> Iterator[Statement]:
    yield "org:identifier", text(body.id)
    yield from _by_language("skos:prefLabel", body.names)
    yield from _by_language("skos:altLabel", body.acronyms)
    yield from (("schema:alternateName", text(alias)) for alias in body.aliases)


def _by_language(name: str, labels: Mapping[Language, str]) -> Iterator[Statement]:
    return ((name, text(label, language)) for language, label in labels.items())


def _fields(record: Record, names: str, table: str = "") -> Iterator[Statement]:
    """Yield what is known of the fields of a record, whose *names* have spaces between, by the properties of columns.

    A web address is a literal: to name a thing it would have to be a valid IRI, whatever the data has.
    """
    fields = dict(zip(record.__struct_encode_fields__, record.__struct_fields__, strict=True))
    for name in names.split():
        value, column = getattr(record, name), find_description(name, table)
        if value is None or value == "":
            continue
        texts = getattr(record, fields.get(name, name))  # by language, of which the record shows one as *name*
        if isinstance(texts, dict):
            yield from _by_language(column["property"], texts)
            continue
        language = "en" if column["property"] in NOTES else None
        term = text(SENTENCES.get(name, "{}").format(value), language)
        if name in ("url", "website"):
            term = term._replace(type="xsd:anyURI")
        elif column["type"] == "date" and name not in SENTENCES:
            term = date(value)
        yield column["property"], term


def _evidence(mechanism: Mechanism, part: str, item: Any) -> Iterator[Statement]:
    evidence = mechanism.evidence_on(part, item)
    return _sources(evidence.sources if evidence else ())


def _sources(ids: Iterable[str]) -> Iterator[Statement]:
    return (("dct:source", ref(f"source:{id_}")) for id_ in sorted(set(ids)))
