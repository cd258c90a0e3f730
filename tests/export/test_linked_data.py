"""The linked data are read back by rdflib, hold what the dataset holds, and keep the rules of SKOS and RDF."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, ORG, RDF, SDO, SKOS
from rdflib.term import Node
from tests.made import atlas_of, mechanism

import govmap
from govmap.export.kinds import KINDS, load_writer
from govmap.export.linked import linked_data
from govmap.export.rdf import base_of
from govmap.texts import legal

NAMES = (
    pytest.param("bundled", marks=pytest.mark.weekly),
    *("nothing as of 1900", "invented", "hostile"),
)
LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
# The IRIs of RFC 3987 that are written here have none of the characters that it excludes.
IRI = re.compile(r"[a-z]+:[^\x00-\x20<>\"{}|\\^`\x7f-\x9f]+")
Read = Callable[[str, str], Graph]

# rdflib's reader of JSON-LD warns of a class of its own.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

over_datasets = pytest.mark.parametrize("name", NAMES)


@pytest.fixture(name="read", scope="module")
def _read(atlases: dict[str, govmap.Atlas], tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Return what rdflib reads of an export of a dataset, each read once."""
    known: dict[tuple[str, str], Graph] = {}

    def read(kind: str, name: str) -> Graph:
        if (kind, name) not in known:
            path = tmp_path_factory.mktemp("rdf") / f"written{KINDS[kind].ending}"
            load_writer(kind)(atlases[name], path)
            known[kind, name] = Graph().parse(path, format={"skos": "turtle", "jsonld": "json-ld"}[kind])
        return known[kind, name]

    return read


def own(atlas: govmap.Atlas, kind: str) -> Namespace:
    """Return the namespace of a kind of thing of a dataset."""
    return Namespace(f"{base_of(atlas.dataset)}{kind}/")


def of_class(graph: Graph, class_: URIRef, start: str = "") -> set[Node]:
    """Return the things of a class whose IRIs begin with *start*."""
    return {thing for thing in graph.subjects(RDF.type, class_) if str(thing).startswith(start)}


@over_datasets
def test_the_concepts_are_the_themes_and_each_has_its_labels(
    atlases: dict[str, govmap.Atlas], read: Read, name: str
) -> None:
    atlas, graph = atlases[name], read("skos", name)
    theme = own(atlas, "theme")
    assert of_class(graph, SKOS.Concept, theme) == {theme[id_] for id_ in atlas.themes}
    assert {
        (thing, label) for thing, label in graph.subject_objects(SKOS.prefLabel) if str(thing).startswith(theme)
    } == {
        (theme[record.id], Literal(legal(label), lang=language))
        for record in atlas.themes.values()
        for language, label in record.preferred.items()
    }
    if name == "hostile":  # its preferred label is an alternative one too
        return
    alternative = sum(len(labels) for t in atlas.themes.values() for labels in t.alternative.values())
    assert count(graph, SKOS.altLabel) == alternative


@over_datasets
def test_every_concept_and_collection_has_a_label_and_every_note_a_language(read: Read, name: str) -> None:
    graph = read("skos", name)
    things = of_class(graph, SKOS.Concept) | of_class(graph, SKOS.Collection)
    assert [thing for thing in things if graph.value(thing, SKOS.prefLabel) is None] == []
    said = [text for of in (*LABELS, SKOS.note, SKOS.editorialNote) for text in graph.objects(None, of)]
    assert {text.language for text in said if isinstance(text, Literal)} <= {"en", "es", "pt", "fr"}
    assert count(graph, SKOS.hiddenLabel) == 0, "they only serve the understanding of questions"


@pytest.mark.parametrize(
    ("base", "start"),
    [
        ("https://example.org/govmap", "https://example.org/govmap/"),
        ("https://example.org/govmap/", "https://example.org/govmap/"),
        ("http://example.org:8080/x#", "http://example.org:8080/x#"),
    ],
)
@pytest.mark.parametrize("kind", ["skos", "jsonld"])
def test_things_have_addresses_below_that_of_the_publication(
    invented: govmap.Atlas, tmp_path: Path, kind: str, base: str, start: str
) -> None:
    graphs = []
    for number, url in enumerate((None, base)):
        path = tmp_path / f"{number}"
        invented.export(kind, path, base_url=url)
        graphs.append(Graph().parse(path, format={"skos": "turtle", "jsonld": "json-ld"}[kind]))
    without, with_it = graphs
    old = base_of(invented.dataset)
    moved = {tuple(URIRef(t.replace(old, start)) if isinstance(t, URIRef) else t for t in triple) for triple in without}
    assert moved == set(with_it)
    assert URIRef(f"{start}theme/asylum") in set(with_it.subjects())


def count(graph: Graph, property_: URIRef) -> int:
    """Return how often a property is stated."""
    return sum(1 for _ in graph.subject_objects(property_))


@over_datasets
def test_the_integrity_conditions_of_skos_hold(read: Read, name: str) -> None:
    graph = read("skos", name)
    concepts, schemes = of_class(graph, SKOS.Concept), of_class(graph, SKOS.ConceptScheme)
    assert not concepts & schemes, "S9"
    assert not of_class(graph, SKOS.Collection) & (concepts | schemes), "S37"
    labels = [set(graph.subject_objects(property_)) for property_ in LABELS]
    assert not (labels[0] & labels[1] or labels[0] & labels[2] or labels[1] & labels[2]), "S13"
    languages = Counter((thing, label.language) for thing, label in labels[0] if isinstance(label, Literal))
    assert set(languages.values()) == {1}, "S14"
    related = set(graph.subject_objects(SKOS.related))
    above = {
        (concept, broader)
        for concept in graph.subjects(RDF.type, SKOS.Concept)
        for broader in graph.transitive_objects(concept, SKOS.broader)
        if broader != concept
    }
    assert not related & (above | {(narrower, concept) for concept, narrower in above}), "S27"
    exact = set(graph.subject_objects(SKOS.exactMatch))
    others = {*graph.subject_objects(SKOS.broadMatch), *graph.subject_objects(SKOS.relatedMatch)}
    assert not exact & (others | {(right, left) for left, right in others}), "S46"
    assert len({left for left, _ in exact}) == len({right for _, right in exact}) == len(exact), "S45 merges concepts"


@over_datasets
def test_relations_go_both_ways_and_stay_within_the_scheme(read: Read, name: str) -> None:
    graph = read("skos", name)
    related = set(graph.subject_objects(SKOS.related))
    assert related == {(right, left) for left, right in related}
    assert set(graph.subject_objects(SKOS.broader)) == {(n, b) for b, n in graph.subject_objects(SKOS.narrower)}
    tops = set(graph.subjects(SKOS.topConceptOf))
    assert tops == set(graph.objects(None, SKOS.hasTopConcept))
    assert not tops & set(graph.subjects(SKOS.broader))
    within = set(graph.subjects(SKOS.inScheme))
    assert {thing for pair in related for thing in pair} <= within


def test_a_relation_to_a_broader_theme_is_told_by_broader_alone(atlas: govmap.Atlas, read: Read) -> None:
    theme, graph = own(atlas, "theme"), read("skos", "bundled")
    assert "integration" in atlas.themes["socioeconomic"].related
    assert (theme.socioeconomic, SKOS.related, theme.integration) not in graph
    assert (theme.socioeconomic, SKOS.broader, theme.integration) in graph
    assert (theme.trafficking, SKOS.related, theme.smuggling) in graph


def test_matches_are_exact_only_where_one_concept_has_one_theme(atlas: govmap.Atlas, read: Read) -> None:
    theme, graph = own(atlas, "theme"), read("skos", "bundled")
    eurovoc, gcm = Namespace("http://eurovoc.europa.eu/"), own(atlas, "gcm")
    assert (theme.trafficking, SKOS.exactMatch, eurovoc["5933"]) in graph
    assert (theme.governance, SKOS.closeMatch, eurovoc["2509"]) in graph
    assert set(graph.objects(theme["labour-migration"], SKOS.closeMatch)) == {
        eurovoc[n] for n in ("1922", "1946", "4562")
    }
    assert set(graph.objects(theme.crime, SKOS.relatedMatch)) == {gcm["9"], gcm["10"]}
    notes = {str(note) for note in graph.objects(theme.trafficking, SKOS.editorialNote)}
    assert "Match without an address: UNBIS trafficking in persons" in notes
    written = sum(len(list(graph.subject_objects(p))) for p in (SKOS.exactMatch, SKOS.closeMatch))
    assert written == sum(match.startswith("EV:") for t in atlas.themes.values() for match in t.matches)


@over_datasets
def test_organisations_memberships_and_units_are_those_of_the_dataset(
    atlases: dict[str, govmap.Atlas], read: Read, name: str
) -> None:
    within, graph = atlases[name], read("jsonld", name)
    atlas = within.including(within.mechanisms)  # of every scope
    mechanism, country, role = (own(atlas, kind) for kind in ("mechanism", "country", "role"))
    assert of_class(graph, ORG.Organization, mechanism) == {mechanism[m.id] for m in atlas.covered}
    told = {
        (graph.value(m, ORG.member), graph.value(m, ORG.organization), graph.value(m, ORG.role))
        for m in graph.subjects(RDF.type, ORG.Membership)
    }
    expected = {
        (country[code], mechanism[m.id], role[member.relation or m.relation or ""])
        for m in atlas.covered
        for code, member in atlas.seats[m.id].items()
    }
    around = [
        (country[item.code], mechanism[m.id], role[part])
        for m in atlas.mechanisms.values()
        for part, items in (("observers", m.observers), ("chairs", m.chairs))
        for item in items
    ]
    listed = len(expected)
    expected.update(around)  # a country may be a guest twice
    assert told == expected
    assert len(of_class(graph, ORG.Membership)) == listed + len(around)
    assert set(graph.subject_objects(SDO.memberOf)) == {
        (c, m) for c, m, relation in expected if relation == role.member
    }
    units = len(of_class(graph, ORG.OrganizationalUnit, own(atlas, "group")))
    assert units == sum(len(m.groups) for m in atlas.covered)
    assert len(of_class(graph, ORG.Post)) == sum(len(m.secretariats) for m in atlas.mechanisms.values())
    assert len(of_class(graph, SDO.CreativeWork)) == len(atlas.sources)


def test_the_language_of_each_source_is_told(atlas: govmap.Atlas, read: Read) -> None:
    told = read("jsonld", "bundled").subject_objects(SDO.inLanguage)
    source = own(atlas, "source")
    assert set(told) == {(source[s.id], Literal(s.language)) for s in atlas.sources.values() if s.language}


def test_every_listing_and_group_names_its_sources(atlas: govmap.Atlas, read: Read) -> None:
    graph = read("jsonld", "bundled")
    for thing in [*graph.subjects(RDF.type, ORG.Membership), *graph.subjects(RDF.type, SDO.Claim)]:
        sources = set(graph.objects(thing, DCTERMS.source))
        assert sources, thing
        assert all((source, RDF.type, SDO.CreativeWork) in graph for source in sources)
    (dataset,) = graph.subjects(RDF.type, SDO.Dataset)
    assert graph.value(dataset, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert "ISBN 978-0-8270-7630-3" in str(graph.value(dataset, DCTERMS.bibliographicCitation))
    assert str(graph.value(dataset, SDO.temporalCoverage)) == atlas.as_of


def test_a_secretariat_has_its_own_claim(atlas: govmap.Atlas) -> None:
    """Where it has evidence of its own, as a listing has."""
    differs = {"agency": "IOM", "evidence": {"status": "contradicted", "sources": ["crm-about"]}}
    made = atlas_of(atlas, mechanism("ONE", "PER", secretariats=[differs, {"agency": "OAS"}]))
    (claim,) = (resource for resource in linked_data(made) if resource.classes == ("schema:Claim",))
    assert claim.iri == "claim:secretariat/ONE/IOM/secretariat"
    assert [term.value for term in claim.properties["schema:about"]] == ["secretariat:ONE/IOM"]


@over_datasets
@pytest.mark.parametrize("kind", ["skos", "jsonld"])
def test_no_node_is_blank_and_every_iri_is_valid_and_leads_to_something(read: Read, kind: str, name: str) -> None:
    graph = read(kind, name)
    terms = {term for triple in graph for term in triple}
    assert not [term for term in terms if isinstance(term, BNode)]
    assert not [term for term in terms if isinstance(term, URIRef) and not IRI.fullmatch(term)]
    known = set(graph.subjects())
    named = {term for term in terms if isinstance(term, URIRef) and term.startswith("urn:uuid:")}
    assert named <= known


@over_datasets
def test_the_vocabulary_alone_is_a_part_of_the_whole(read: Read, name: str) -> None:
    assert not set(read("skos", name)) - set(read("jsonld", name))


def test_hostile_texts_stay_texts(atlases: dict[str, govmap.Atlas], read: Read) -> None:
    atlas, graph = atlases["hostile"], read("jsonld", "hostile")
    texts = {str(label) for label in graph.objects(own(atlas, "mechanism")["end."], SKOS.prefLabel)}
    controls = dict.fromkeys([0x00, 0x01, 0x1B, 0x9B, 0xFFFE], "\ufffd")
    assert texts == {name.translate(controls) for name in atlas.mechanisms["end."].names.values()}
    matched = set(read("skos", "hostile").objects(own(atlas, "theme").graph, SKOS.exactMatch))
    assert matched == set()


def test_json_ld_may_stand_in_a_page_of_html(atlases: dict[str, govmap.Atlas], tmp_path: Path) -> None:
    path = tmp_path / "x.jsonld"
    load_writer("jsonld")(atlases["hostile"], path)
    text = path.read_text(encoding="utf-8")
    assert "<" not in text
    assert "</script>" in str(json.loads(text)["@graph"][0])


@pytest.mark.parametrize("name", ["invented"])
def test_a_property_has_one_kind_of_value(atlases: dict[str, govmap.Atlas], tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.jsonld"
    load_writer("jsonld")(atlases[name], path)
    document = json.loads(path.read_text(encoding="utf-8"))
    kinds: dict[str, set[bool]] = {}
    for record in document["@graph"]:
        for key, value in record.items():
            kinds.setdefault(key, set()).add(isinstance(value, dict) and "@value" not in value)
    assert {key for key, found in kinds.items() if len(found) > 1} == set()
    assert {key for key, found in kinds.items() if found == {True}} == {
        key for key, value in document["@context"].items() if "@container" in value
    }


def test_names_are_the_dataset_s_own_and_do_not_change(atlas: govmap.Atlas, invented: govmap.Atlas) -> None:
    assert base_of(atlas.dataset) == "urn:uuid:b5f3e852-09b5-532f-bc0d-78b26c77be9f#"
    assert base_of(invented.dataset) != base_of(atlas.dataset)


@pytest.mark.parametrize(("date", "listed"), [("1999", 1), ("2009", 3), ("2020-06", 7), ("2022", 8)])
def test_the_listings_are_as_of_the_date(invented: govmap.Atlas, date: str, listed: int) -> None:
    found = [resource for resource in linked_data(invented.at(date)) if resource.classes == ("org:Membership",)]
    assert len(found) == listed
