"""Networks in the two XML formats of graph programs, GraphML and GEXF.

They are written here, without a library, so that the same dataset always gives the same bytes: the GEXF of networkx
carries the day on which it was written, and its GraphML is written by lxml where that is installed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from govmap.atlas import Atlas
from govmap.export.network import Value, build_network

# The names of the types are those of each format's own definition.
GRAPHML_TYPES = {str: "string", int: "int", float: "double"}
GEXF_TYPES = {str: "string", int: "integer", float: "double"}


def write_graphml(atlas: Atlas, path: Path, project: str | None = None) -> None:
    """Write the network, or its projection, as GraphML (U. Brandes et al., "GraphML Progress Report", GD 2001)."""
    network = build_network(atlas, project)
    root = Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    graph = Element("graph", id="govmap", edgedefault="undirected")
    elements: list[tuple[Element, Mapping[str, Value]]] = [
        (graph, network.about),
        *((Element("node", id=node.id), node.attributes) for node in network.nodes),
        *((Element("edge", source=edge.source, target=edge.target), edge.attributes) for edge in network.edges),
    ]
    types = {(element.tag, name): type(value) for element, values in elements for name, value in values.items()}
    for (owner, name), type_ in types.items():
        details = {"id": f"{owner}-{name}", "for": owner, "attr.name": name, "attr.type": GRAPHML_TYPES[type_]}
        SubElement(root, "key", details)
    for element, values in elements:
        (root if element is graph else graph).append(element)
        for name, value in values.items():
            SubElement(element, "data", key=f"{element.tag}-{name}").text = str(value)
    _write(root, path)


def write_gexf(atlas: Atlas, path: Path, project: str | None = None) -> None:
    """Write the network, or its projection, as GEXF 1.2 (https://gexf.net, the format of Gephi).

    The label of a node and the weight of an edge are parts of the format, and none of the declared attributes.
    """
    network = build_network(atlas, project)
    root = Element("gexf", xmlns="http://www.gexf.net/1.2draft", version="1.2")
    meta = SubElement(root, "meta")
    SubElement(meta, "creator").text = "govmap"
    SubElement(meta, "description").text = "; ".join(f"{name}: {text}" for name, text in network.about.items())
    graph = SubElement(root, "graph", defaultedgetype="undirected", mode="static")
    nodes = [(Element("node", id=node.id), dict(node.attributes)) for node in network.nodes]
    edges = [
        (Element("edge", id=str(number), source=edge.source, target=edge.target), dict(edge.attributes))
        for number, edge in enumerate(network.edges)
    ]
    for owner, own, elements in (("node", "label", nodes), ("edge", "weight", edges)):
        for element, values in elements:
            if own in values:
                element.set(own, str(values.pop(own)))
        declared = SubElement(graph, "attributes", {"class": owner, "mode": "static"})
        types = {name: type(value) for _, values in elements for name, value in values.items()}
        for name, type_ in types.items():
            SubElement(declared, "attribute", id=f"{owner}-{name}", title=name, type=GEXF_TYPES[type_])
        parent = SubElement(graph, f"{owner}s")
        for element, values in elements:
            parent.append(element)
            inner = SubElement(element, "attvalues")
            for name, value in values.items():
                SubElement(inner, "attvalue", {"for": f"{owner}-{name}", "value": str(value)})
    _write(root, path)


def _write(root: Element, path: Path) -> None:
    indent(root)
    path.write_bytes(tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")
