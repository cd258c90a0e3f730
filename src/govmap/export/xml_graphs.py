"""Networks in the two XML formats of graph programs, GraphML and GEXF.

They are written here, without a library, so that the same dataset always gives the same bytes: the GEXF of networkx
carries the day on which it was written, and its GraphML is written by lxml where that is installed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from govmap.atlas import Atlas
from govmap.export.network import Network, Value, build_network

# The names of the types are those of each format's own definition.
GRAPHML_TYPES = {str: "string", int: "int", float: "double"}
GEXF_TYPES = {str: "string", int: "integer", float: "double"}


def write_graphml(atlas: Atlas, path: Path, project: str | None = None) -> None:
    """Write the network, or its projection, as GraphML (U. Brandes et al., "GraphML Progress Report", GD 2001)."""
    network = build_network(atlas, project)
    root = Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    owners: dict[str, Sequence[Mapping[str, Value]]] = {
        "graph": [network.about],
        "node": [node.attributes for node in network.nodes],
        "edge": [edge.attributes for edge in network.edges],
    }
    keys = {owner: _declare_keys(root, owner, records) for owner, records in owners.items()}
    graph = SubElement(root, "graph", id="govmap", edgedefault="undirected")
    _add_data(graph, keys["graph"], network.about)
    for node in network.nodes:
        _add_data(SubElement(graph, "node", id=node.id), keys["node"], node.attributes)
    for edge in network.edges:
        _add_data(SubElement(graph, "edge", source=edge.source, target=edge.target), keys["edge"], edge.attributes)
    _write(root, path)


def _declare_keys(root: Element, owner: str, records: Iterable[Mapping[str, Value]]) -> dict[str, str]:
    """Declare the attributes of *records* at *root*; return the key of each."""
    keys = {}
    for name, type_ in _types(records).items():
        keys[name] = f"{owner}-{name}"
        details = {"id": keys[name], "for": owner, "attr.name": name, "attr.type": GRAPHML_TYPES[type_]}
        SubElement(root, "key", details)
    return keys


def _add_data(owner: Element, keys: dict[str, str], attributes: Mapping[str, Value]) -> None:
    for name, value in attributes.items():
        SubElement(owner, "data", key=keys[name]).text = str(value)


def write_gexf(atlas: Atlas, path: Path, project: str | None = None) -> None:
    """Write the network, or its projection, as GEXF 1.2 (https://gexf.net, the format of Gephi)."""
    network = build_network(atlas, project)
    root = Element("gexf", xmlns="http://www.gexf.net/1.2draft", version="1.2")
    meta = SubElement(root, "meta")
    SubElement(meta, "creator").text = "govmap"
    SubElement(meta, "description").text = "; ".join(f"{name}: {text}" for name, text in network.about.items())
    graph = SubElement(root, "graph", defaultedgetype="undirected", mode="static")
    _add_gexf_nodes(graph, network)
    _add_gexf_edges(graph, network)
    _write(root, path)


def _add_gexf_nodes(graph: Element, network: Network) -> None:
    records = [{name: value for name, value in node.attributes.items() if name != "label"} for node in network.nodes]
    ids = _declare_attributes(graph, "node", records)
    nodes = SubElement(graph, "nodes")
    for node, attributes in zip(network.nodes, records, strict=True):
        _add_values(SubElement(nodes, "node", id=node.id, label=node.label), ids, attributes)


def _add_gexf_edges(graph: Element, network: Network) -> None:
    """Add the edges; their weight is a part of the format, and not one of the declared attributes."""
    records = [{name: value for name, value in edge.attributes.items() if name != "weight"} for edge in network.edges]
    ids = _declare_attributes(graph, "edge", records)
    edges = SubElement(graph, "edges")
    for number, (edge, attributes) in enumerate(zip(network.edges, records, strict=True)):
        element = SubElement(edges, "edge", id=str(number), source=edge.source, target=edge.target)
        if "weight" in edge.attributes:
            element.set("weight", str(edge.attributes["weight"]))
        _add_values(element, ids, attributes)


def _declare_attributes(graph: Element, owner: str, records: Iterable[Mapping[str, Value]]) -> dict[str, str]:
    """Declare the attributes of *records* in *graph*; return the id of each."""
    declared = SubElement(graph, "attributes", {"class": owner, "mode": "static"})
    ids = {}
    for name, type_ in _types(records).items():
        ids[name] = f"{owner}-{name}"
        SubElement(declared, "attribute", id=ids[name], title=name, type=GEXF_TYPES[type_])
    return ids


def _add_values(owner: Element, ids: dict[str, str], attributes: Mapping[str, Value]) -> None:
    values = SubElement(owner, "attvalues")
    for name, value in attributes.items():
        SubElement(values, "attvalue", {"for": ids[name], "value": str(value)})


def _types(records: Iterable[Mapping[str, Value]]) -> dict[str, type]:
    """Return the type of each attribute that a record has, in the order in which they first occur."""
    return {name: type(value) for record in records for name, value in record.items()}


def _write(root: Element, path: Path) -> None:
    indent(root)
    with path.open("wb") as file:
        ElementTree(root).write(file, encoding="utf-8", xml_declaration=True)
        file.write(b"\n")
