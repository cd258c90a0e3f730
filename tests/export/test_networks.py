"""The networks are read back by other programs' readers, and say what the queries say."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import networkx  # type: ignore[import-untyped]  # it has no types of its own
import pytest
from tests.conftest import INVENTED, Call
from tests.made import DATA
from tests.plain_model import Data, last

import govmap
from govmap.analysis.similarity import Pair
from govmap.export.kinds import KINDS, PROJECTIONS, load_writer
from govmap.export.network import Network, build_network
from govmap.model import Country, Mechanism
from govmap.questions.compare import Comparison

NAMES = ("bundled as of 2010", "nothing as of 1900", "invented", "hostile")
VIEWS = (None, *PROJECTIONS)
NETWORKS = tuple(name for name, kind in KINDS.items() if kind.projects)
READERS = {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}
# The grammar of dot, as far as it is written: statements whose every name and value is a quoted string of one line.
QUOTED = r'"(?:[^"\\\x00-\x08\x0a-\x1f]|\\["\\n])*"'
END = r"(?:, |(?=\]))"
DOT = re.compile(
    rf"  (?:[a-z_]+={QUOTED}|(?:node|edge) \[[a-z]+=[^\]]*\]|(?P<a>{QUOTED})(?: -- (?P<b>{QUOTED}))?"
    rf" \[(?:label=(?P<label>{QUOTED}){END})?(?:[a-z0-9_]+={QUOTED}{END})*\]);"
)
NODE = re.compile(r'  (n[0-9]+)(?:\(\[|\[|\(|\{\{)"((?:[^"#;&<>\x00-\x1f\x7f-\x9f]|#[0-9]+;)*)"(?:\]\)|\]|\)|\}\})')
EDGE = re.compile(r'  (n[0-9]+) ---\|"[a-z0-9 ]+"\| (n[0-9]+)')

over_datasets = pytest.mark.parametrize("name", NAMES)
over_views = pytest.mark.parametrize("project", VIEWS)


def written(atlas: govmap.Atlas, kind: str, folder: Path, project: str | None = None) -> Path:
    """Return the path of an export."""
    path = folder / f"written{KINDS[kind].ending}"
    load_writer(kind, project=project)(atlas, path)
    return path


def one_line(text: object) -> str:
    """Return what a reader of XML makes of the line ends of a text."""
    return str(text).replace("\r\n", "\n").replace("\r", "\n")


@over_datasets
@over_views
@pytest.mark.parametrize("kind", READERS)
def test_networkx_reads_every_node_edge_and_attribute_back(
    atlases: dict[str, govmap.Atlas], tmp_path: Path, name: str, kind: str, project: str | None
) -> None:
    graph = READERS[kind](written(atlases[name], kind, tmp_path, project))
    network = build_network(atlases[name], project)
    assert list(graph.nodes) == [node.id for node in network.nodes]
    for node in network.nodes:
        read = {key: one_line(value) for key, value in graph.nodes[node.id].items()}
        assert read == {key: one_line(value) for key, value in node.attributes.items()}
    assert graph.number_of_edges() == len(network.edges)
    for edge in network.edges:
        read = {key: value for key, value in graph.edges[edge.source, edge.target].items() if key != "id"}
        assert read == edge.attributes


@over_datasets
@over_views
def test_every_line_of_dot_is_a_node_an_edge_or_an_attribute(
    atlases: dict[str, govmap.Atlas], tmp_path: Path, name: str, project: str | None
) -> None:
    network = build_network(atlases[name], project)
    first, *lines, last, end = written(atlases[name], "dot", tmp_path, project).read_text(encoding="utf-8").split("\n")
    assert (first, last, end) == ("graph govmap {", "}", "")
    matches = [DOT.fullmatch(line) for line in lines]
    assert [line for line, match in zip(lines, matches, strict=True) if match is None] == []
    found = [(m["a"], m["b"], from_dot(m["label"] or '""')) for m in matches if m and m["a"]]
    assert [(from_dot(a), label) for a, b, label in found if not b] == [
        (node.id, one_line(node.label)) for node in network.nodes
    ]
    assert [(from_dot(a), from_dot(b), label) for a, b, label in found if b] == [
        (edge.source, edge.target, edge.label if len(network.edges) <= 100 else "") for edge in network.edges
    ]


@pytest.mark.skipif(not shutil.which("dot"), reason="needs Graphviz")
@over_views
def test_graphviz_draws_something_of_a_shape_to_look_at(
    atlas: govmap.Atlas, tmp_path: Path, project: str | None
) -> None:
    """The whole network was a strip, 38 times as wide as high."""
    path = written(atlas, "dot", tmp_path, project)
    drawn = subprocess.run(["dot", "-Tsvg", str(path)], capture_output=True, timeout=50, check=True)  # noqa: S607
    width, height = map(int, re.findall(rb'<svg width="([0-9]+)pt" height="([0-9]+)pt"', drawn.stdout)[0])
    assert 1 / 3 < width / height < 3
    assert drawn.stdout.count(b'class="node"') == len(build_network(atlas, project).nodes)


def from_dot(quoted: str) -> str:
    """Return the text that a quoted string of dot stands for."""
    escapes = {"\\n": "\n", "\\\\": "\\", '\\"': '"'}
    return html.unescape(re.sub(r"\\.", lambda match: escapes[match[0]], quoted[1:-1]))


@over_datasets
@over_views
def test_every_line_of_mermaid_is_a_node_an_edge_or_a_comment(
    atlases: dict[str, govmap.Atlas], tmp_path: Path, name: str, project: str | None
) -> None:
    network = build_network(atlases[name], project)
    first, *lines = written(atlases[name], "mermaid", tmp_path, project).read_text(encoding="utf-8").splitlines()
    assert first == "flowchart LR"
    lines = [line for line in lines if not re.fullmatch(r"  %% [a-z_]+: [^%{}<>\"]*", line)]
    nodes = [match for line in lines if (match := NODE.fullmatch(line))]
    edges = [match for line in lines if (match := EDGE.fullmatch(line))]
    assert len(nodes) + len(edges) == len(lines)
    shown = [re.sub("#([0-9]+);", lambda match: chr(int(match[1])), node[2]) for node in nodes]
    assert shown == [" ".join(node.label.split()) for node in network.nodes]
    keys = {node[1]: known.id for node, known in zip(nodes, network.nodes, strict=True)}
    assert [(keys[edge[1]], keys[edge[2]]) for edge in edges] == [(e.source, e.target) for e in network.edges]


def compared(atlas: govmap.Atlas, *subjects: Mechanism | Country) -> tuple[Pair, ...]:
    """Return how each two of *subjects* overlap."""
    found = govmap.compare(atlas, *subjects)
    assert isinstance(found, Comparison)
    return found.pairs


@over_datasets
@pytest.mark.parametrize("project", PROJECTIONS)
def test_a_projection_is_what_compare_says_of_each_pair(
    atlases: dict[str, govmap.Atlas], name: str, project: str
) -> None:
    atlas, kind = atlases[name], {"countries": "country", "mechanisms": "mechanism"}[project]
    subjects = atlas.covered if kind == "mechanism" else tuple(atlas.countries[code] for code in atlas.listed_countries)
    pairs = compared(atlas, *subjects) if len(subjects) > 1 else ()
    assert shared_of(build_network(atlas, project)) == {
        (f"{kind}:{p.left}", f"{kind}:{p.right}"): (p.shared, p.jaccard) for p in pairs if p.shared
    }


def shared_of(network: Network) -> dict[tuple[str, str], tuple[Any, Any]]:
    """Return the weight and the likeness of each pair of a projection."""
    assert all(len(str(e.attributes["shared"]).split()) == e.attributes["weight"] for e in network.edges)
    return {(e.source, e.target): (e.attributes["weight"], e.attributes["jaccard"]) for e in network.edges}


def test_the_projection_of_countries_is_networkx_s_own_of_the_whole_network(
    atlas: govmap.Atlas, tmp_path: Path
) -> None:
    whole = networkx.read_graphml(written(atlas, "graphml", tmp_path))
    seats = whole.subgraph([node for node, kind in whole.nodes(data="kind") if kind in ("country", "mechanism")])
    seats = seats.edge_subgraph(edge for edge in seats.edges if seats.edges[edge]["relation"] != "link")
    countries = [node for node, kind in seats.nodes(data="kind") if kind == "country"]
    expected = networkx.bipartite.weighted_projected_graph(seats, countries)
    found = build_network(atlas, "countries")
    assert {frozenset((e.source, e.target)): e.attributes["weight"] for e in found.edges} == {
        frozenset((left, right)): weight for left, right, weight in expected.edges(data="weight")
    }


def told(details: Data) -> Data:
    """Return what is known of some details."""
    return {name: value for name, value in details.items() if value not in (None, "")}


def ids(values: Iterable[str]) -> str:
    """Return what stands in one attribute, each once."""
    return " ".join(sorted(set(values)))


def trust(record: Data, part: str, item: Data) -> Data:
    """Return the evidence of an item, or that of its part."""
    evidence = item.get("evidence") or record.get("evidence", {}).get(part, {})
    return {"status": evidence.get("status"), "sources": ids(evidence.get("sources", ()))}


def expected_of(record: Data) -> tuple[dict[str, Data], dict[frozenset[str], Data]]:
    """Return the nodes and the edges, with all that is said of them, that a record of one date asks for."""
    bodies = {
        m["id"]: m for m in record["mechanisms"] if m.get("coverage") != "mentioned" and m.get("scope") != "wider"
    }
    countries = {c["alpha3"]: c for c in record["countries"]}
    themes = {t["id"]: t for t in record["themes"]}
    nodes: dict[str, Data] = {}
    edges: dict[frozenset[str], Data] = {}

    def node(kind: str, label: str, code: str, **details: Any) -> str:
        nodes[f"{kind}:{code}"] = told({"kind": kind, "label": label, "code": code, **details})
        return f"{kind}:{code}"

    def edge(one: str, other: str, **details: Any) -> None:
        edges[frozenset((one, other))] = told(details)

    for id_, m in bodies.items():
        sources = ids(source for each in m.get("evidence", {}).values() for source in each["sources"])
        served = ids(each["agency"] for each in m.get("secretariats", ()))
        dates = {name: m.get(name) for name in ("founded", "website")}
        body = node(
            "mechanism",
            m["names"]["en"],
            id_,
            type=m["kind"],
            **dates,
            scope="note",
            secretariat=served,
            sources=sources,
        )
        for s in m.get("members", ()):
            country = countries[s["code"]]
            place = node("country", country["names"]["en"], s["code"], type=country["kind"], alpha2=country["alpha2"])
            dates = {name: s.get(name) for name in ("since", "until", "joined_after", "joined_by")}
            edge(place, body, relation=s.get("relation", m.get("relation")), **dates, **trust(m, "members", s))
        for g in m.get("groups", ()):
            code = ":".join((id_, str(g["number"]), *([g["since"]] if "since" in g else [])))
            dates = {name: g.get(name) for name in ("number", "since", "until")}
            kind = m.get("group_label", "group")
            group = node(
                "group",
                in_english(g["name"]),
                code,
                type=in_english(kind),
                mechanism=id_,
                **dates,
                **trust(m, "groups", g),
            )
            edge(body, group, relation="has group")
            for theme in g["themes"]:
                concept = themes[theme]
                edge(
                    group,
                    node("theme", concept["preferred"]["en"], theme, broader=concept.get("broader")),
                    relation="works on",
                )
    told_of = [(frozenset((id_, link["other"])), link) for id_, m in bodies.items() for link in m.get("links", ())]
    for pair in {pair for pair, _ in told_of if pair <= bodies.keys()}:
        links = [link for each, link in told_of if each == pair]
        days = sorted((link["date"] for link in links if "date" in link), key=last)
        sources = ids(source for link in links for source in link.get("evidence", {}).get("sources", ()))
        kinds = "; ".join(sorted({link["kind"] for link in links}))
        one, other = sorted(f"mechanism:{id_}" for id_ in pair)
        edge(
            one, other, relation="link", links=len(links), kinds=kinds, last=days[-1] if days else None, sources=sources
        )
    return nodes, edges


def in_english(text: Data | str) -> str:
    """Return a text of the data, which may be there in several languages."""
    return text if isinstance(text, str) else str(text["en"])


@pytest.mark.parametrize(("name", "date"), [("bundled", "2024-06"), ("full", "2015"), ("full", "2031-05")])
def test_the_whole_network_says_what_the_record_says_and_no_more(
    atlas: govmap.Atlas, tmp_path: Path, name: str, date: str
) -> None:
    dated = (atlas if name == "bundled" else govmap.load(DATA / "full")).at(date)
    dated.export("json", tmp_path / "record.json")
    nodes, edges = expected_of(json.loads((tmp_path / "record.json").read_bytes()))
    graph = networkx.read_graphml(written(dated, "graphml", tmp_path))
    assert dict(graph.nodes(data=True)) == nodes
    assert {frozenset((one, other)): details for one, other, details in graph.edges(data=True)} == edges


def test_the_command_takes_a_date_and_a_dataset(call: Call) -> None:
    answer = call("export", "mermaid", "--project", "mechanisms", "--as-of", "2021-03", "--data", str(INVENTED))
    assert "as_of: 2021-03\n" in answer.out
    assert answer.out.count('"Later Declaration"') == 1


@pytest.mark.parametrize(("date", "weights"), [("2014", []), ("2020-06", [2]), ("2021-03", [2, 1, 1])])
def test_a_projection_is_as_of_the_date(invented: govmap.Atlas, date: str, weights: list[int]) -> None:
    assert [edge.attributes["weight"] for edge in build_network(invented.at(date), "mechanisms").edges] == weights


def test_what_is_piped_is_utf_8_whatever_the_locale() -> None:
    command = (sys.executable, "-m", "govmap", "export", "graphml", "--project", "countries")
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(command, env=environment, capture_output=True, timeout=50, check=True)
    assert "Curaçao".encode() in done.stdout
    assert done.stderr == b""
