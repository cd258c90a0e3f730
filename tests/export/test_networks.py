"""The networks are read back by other programs' readers, and say what the queries say."""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx  # type: ignore[import-untyped]  # it has no types of its own
import pytest
from tests.conftest import INVENTED, Call

import govmap
from govmap.analysis.similarity import Pair
from govmap.export.kinds import KINDS, PROJECTIONS, load_writer
from govmap.export.network import Network, build_network
from govmap.model import Country, Mechanism
from govmap.questions.compare import Comparison

NAMES = ("bundled", "bundled as of 2010", "nothing as of 1900", "invented", "hostile")
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
    subjects = atlas.covered if kind == "mechanism" else tuple(atlas.countries[code] for code in atlas.parties)
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


def test_the_whole_network_has_the_counts_of_the_dataset(atlas: govmap.Atlas) -> None:
    network = build_network(atlas)
    kinds = [node.kind for node in network.nodes]
    assert kinds.count("country") == len(atlas.parties)
    assert kinds.count("mechanism") == len(atlas.covered)
    assert kinds.count("group") == len(govmap.list(atlas, "groups"))
    seats = [edge for edge in network.edges if edge.source.startswith("country:")]
    assert len(seats) == sum(len(members) for members in atlas.seats.values()) == 132
    assert all(edge.attributes["sources"] for edge in seats)
    peru = {edge.target.partition(":")[2] for edge in seats if edge.source == "country:PER"}
    assert peru == {seat.id for seat in govmap.country(atlas, "Peru").mechanisms}


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
