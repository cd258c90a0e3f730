"""The whole dataset as linked data: organisations in the terms of the W3C's ORG ontology and of schema.org.

A listing of a country is an org:Membership, whose role tells whether the country is a member, an endorser or covered;
schema:memberOf is said of members alone. ORG: W3C Recommendation, 16 January 2014.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

import msgspec

from govmap.atlas import Atlas
from govmap.export.rdf import Ref, Resource, Text, date, prefixes, text, to_jsonld
from govmap.export.skos import Statement, licence, vocabulary
from govmap.fields import Span
from govmap.model import Agency, Evidence, Group, Mechanism, Member, Secretariat, Source
from govmap.parts.items import evidence_on

DATASET = "dataset:it"
SECRETARIAT = "technical-secretariat"
ROLES = {
    "member": "member",
    "associate": "associate member",
    "observer": "observer",
    "endorser": "endorser of a declaration, which has no members",
    "covered": "covered by a mechanism, which has no members",
    SECRETARIAT: "technical secretariat",
}


def write_jsonld(atlas: Atlas, path: Path) -> None:
    """Write the dataset as of the date of *atlas* to *path*, as JSON-LD."""
    record = to_jsonld([*linked_data(atlas), *vocabulary(atlas)], prefixes(atlas.dataset))
    # So written, no text of it can end or begin an element of HTML, where JSON-LD is often put.
    content = msgspec.json.format(msgspec.json.encode(record), indent=2).replace(b"<", b"\\u003c")
    path.write_bytes(content + b"\n")


def linked_data(atlas: Atlas) -> Iterator[Resource]:
    """Yield the dataset itself, its organisations, countries and sources, and what ties them."""
    yield _dataset(atlas)
    for role, label in ROLES.items():
        yield Resource(f"role:{role}", ("org:Role",), (("rdfs:label", text(label)),))
    for agency in atlas.dataset.agencies:
        yield Resource(f"agency:{agency.id}", ("org:Organization", "schema:Organization"), tuple(_names(agency)))
    yield from _countries(atlas)
    for mechanism in atlas.mechanisms.values():
        yield from _mechanism(atlas, mechanism)
    for source in atlas.dataset.sources:
        yield Resource(f"source:{source.id}", ("schema:CreativeWork",), tuple(_source(source)))


def _dataset(atlas: Atlas) -> Resource:
    about = atlas.dataset.about
    source = atlas.sources.get(about.source or "")
    citation = [f"{about.title}, version {about.version}"]
    if source is not None:
        isbn = f"ISBN {source.isbn}" if source.isbn else None
        citation += [f"from {source.publisher}, {source.title}", *filter(None, (source.date, isbn))]
    statements: list[Statement] = [
        ("dct:title", text(about.title)),
        ("schema:version", text(about.version)),
        ("schema:temporalCoverage", text(atlas.as_of)),
        ("dct:bibliographicCitation", text(", ".join(citation))),
        *licence(about.licence),
        *_maybe("dct:description", about.statement),
        *_sources([source.id] if source else []),
    ]
    return Resource(DATASET, ("schema:Dataset",), tuple(statements))


def _countries(atlas: Atlas) -> Iterator[Resource]:
    """Yield the countries that a mechanism lists, or may list."""
    unclear = {unclear.code for m in atlas.mechanisms.values() for unclear in m.unclear_members}
    for code in sorted({*atlas.parties, *unclear}):
        country = atlas.countries[code]
        statements: list[Statement] = [
            *(("skos:prefLabel", text(name, language)) for language, name in country.names.items()),
            ("skos:notation", text(code)),
            *(("schema:identifier", text(other)) for other in (country.alpha2, country.numeric) if other),
            *(
                ("schema:memberOf", Ref(f"mechanism:{mechanism.id}"))
                for mechanism in atlas.mechanisms_of(code)
                if mechanism.relation_of(atlas.seats[mechanism.id][code]) == "member"
            ),
        ]
        kind = "schema:Country" if country.kind != "territory" else "schema:AdministrativeArea"
        yield Resource(f"country:{code}", (kind,), tuple(statements))


def _mechanism(atlas: Atlas, mechanism: Mechanism) -> Iterator[Resource]:
    """Yield a mechanism and its parts. One that the source only names may be a treaty or a summit: a thing, no more."""
    iri = f"mechanism:{mechanism.id}"
    classes = ("org:Organization", "schema:Organization") if mechanism.coverage == "full" else ("schema:Thing",)
    statements: list[Statement] = [
        *_names(mechanism),
        ("schema:additionalType", text(mechanism.kind)),
        *_dates("schema:foundingDate", mechanism.founded),
        *_dates("schema:dissolutionDate", mechanism.until),
        *_address(mechanism.website),
        *_maybe("schema:parentOrganization", mechanism.parent),
        *_maybe("skos:note", mechanism.note),
        *_as_written(mechanism.as_written),
        *(("schema:alternateName", text(n)) for former in mechanism.former_names for n in former.names.values()),
        *(("skos:editorialNote", text(f"Open: {open_.code}. {open_.note}")) for open_ in mechanism.unclear_members),
        *_sources(source for evidence in mechanism.evidence.values() for source in evidence.sources),
    ]
    yield Resource(iri, classes, tuple(statements))
    for part, evidence in mechanism.evidence.items():
        yield _claim(iri, part, evidence)
    for code, member in sorted(atlas.seats.get(mechanism.id, {}).items()):
        yield from _membership(mechanism, code, member)
    for body in mechanism.sub_bodies:
        named: list[Statement] = [("rdfs:label", text(body.name)), ("org:unitOf", Ref(iri))]
        named += [*_maybe("skos:note", body.note), *_span(body)]
        yield Resource(f"sub-body:{mechanism.id}/{body.id}", ("org:OrganizationalUnit",), tuple(named))
    for group in mechanism.groups:
        yield from _group(mechanism, group)
    for secretariat in mechanism.secretariats:
        yield _secretariat(mechanism, secretariat)


def _membership(mechanism: Mechanism, code: str, member: Member) -> Iterator[Resource]:
    iri = _spell(f"membership:{mechanism.id}/{code}", member)
    statements: list[Statement] = [
        ("org:member", Ref(f"country:{code}")),
        ("org:organization", Ref(f"mechanism:{mechanism.id}")),
        ("org:role", Ref(f"role:{mechanism.relation_of(member)}")),
        *_span(member),
        *_as_written(member.as_written),
        *_evidence(mechanism, "members", member),
    ]
    yield Resource(iri, ("org:Membership",), tuple(statements))
    if member.evidence:
        yield _claim(iri, "listing", member.evidence)


def _group(mechanism: Mechanism, group: Group) -> Iterator[Resource]:
    iri = _spell(f"group:{mechanism.id}/{group.number}", group)
    statements: list[Statement] = [
        ("rdfs:label", text(group.name)),
        ("org:identifier", text(str(group.number))),
        ("org:unitOf", Ref(f"mechanism:{mechanism.id}")),
    ]
    if group.sub_body:
        statements.append(("org:subOrganizationOf", Ref(f"sub-body:{mechanism.id}/{group.sub_body}")))
    statements += [
        *_maybe("schema:additionalType", mechanism.group_label),
        *(("dct:subject", Ref(f"theme:{theme}")) for theme in sorted(group.themes)),
        *_span(group),
        *_as_written(group.as_written),
        *_evidence(mechanism, "groups", group),
    ]
    yield Resource(iri, ("org:OrganizationalUnit",), tuple(statements))
    if group.evidence:
        yield _claim(iri, "group", group.evidence)


def _secretariat(mechanism: Mechanism, secretariat: Secretariat) -> Resource:
    statements: list[Statement] = [
        ("org:role", Ref(f"role:{SECRETARIAT}")),
        ("org:postIn", Ref(f"mechanism:{mechanism.id}")),
        ("org:heldBy", Ref(f"agency:{secretariat.agency}")),
        *_maybe("schema:department", secretariat.unit),
        *_span(secretariat),
        *_maybe("skos:note", secretariat.note),
        *_as_written(secretariat.as_written),
        *_evidence(mechanism, "secretariats", secretariat),
    ]
    return Resource(f"secretariat:{mechanism.id}/{secretariat.agency}", ("org:Post",), tuple(statements))


def _spell(iri: str, item: Span) -> str:
    """Return the IRI of an item that may come back with another start."""
    return f"{iri}/{item.start}" if item.start else iri


def _span(item: Span) -> Iterator[Statement]:
    yield from _dates("schema:startDate", item.since)
    yield from _dates("schema:endDate", item.until)


def _evidence(mechanism: Mechanism, part: str, item: Span) -> Iterator[Statement]:
    evidence = evidence_on(mechanism, part, item)
    return _sources(evidence.sources if evidence else ())


def _claim(about: str, part: str, evidence: Evidence) -> Resource:
    """Return how far a part of something can be trusted; the status is one of docs/data-format.md."""
    statements: list[Statement] = [
        ("schema:about", Ref(about)),
        ("schema:name", text(part)),
        ("schema:creativeWorkStatus", text(evidence.status)),
        *_dates("dct:date", evidence.as_of),
        *_maybe("skos:note", evidence.note),
        *_sources(evidence.sources),
    ]
    return Resource(f"claim:{about.replace(':', '/', 1)}/{quote(part, safe='')}", ("schema:Claim",), tuple(statements))


def _source(source: Source) -> Iterator[Statement]:
    yield "dct:title", text(source.title)
    yield "schema:publisher", text(source.publisher)
    yield "schema:additionalType", text(source.kind)
    yield from _dates("schema:datePublished", source.date)
    yield from _address(source.url)
    yield from _maybe("schema:isbn", source.isbn)
    yield "skos:editorialNote", text(f"Looked up on {source.looked_up}")


def _names(body: Mechanism | Agency) -> Iterator[Statement]:
    yield "org:identifier", text(body.id)
    yield from (("skos:prefLabel", text(name, language)) for language, name in body.names.items())
    yield from (("skos:altLabel", text(acronym, language)) for language, acronym in body.acronyms.items())
    yield from (("schema:alternateName", text(alias)) for alias in body.aliases)


def _maybe(name: str, value: str | None) -> Iterator[Statement]:
    if value:
        yield name, text(value)


def _dates(name: str, value: str | None) -> Iterator[Statement]:
    if value:
        yield name, date(value)


def _address(url: str | None) -> Iterator[Statement]:
    """Yield a web address, as a literal: to name a thing it would have to be a valid IRI, whatever the data has."""
    if url:
        yield "schema:url", Text(text(url).value, type="xsd:anyURI")


def _as_written(form: str | None) -> Iterator[Statement]:
    return _maybe("skos:editorialNote", f"As written in the source: {form}" if form else None)


def _sources(ids: Iterable[str]) -> Iterator[Statement]:
    return (("dct:source", Ref(f"source:{id_}")) for id_ in sorted(set(ids)))
