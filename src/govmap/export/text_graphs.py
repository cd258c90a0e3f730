"""Networks in the two text formats of drawings, dot (Graphviz) and Mermaid."""

from __future__ import annotations

import re
from pathlib import Path

from govmap.atlas import Atlas
from govmap.export.network import build_network

# The whole network stands in four columns, from countries to themes; a projection, in which all is tied, spreads.
DOT_COLUMNS = {"rankdir": "LR", "ranksep": "4", "nodesep": "0.05"}
DOT_SPREAD = {"layout": "neato", "overlap": "prism", "outputorder": "edgesfirst"}
DOT_STYLES = ("node [style=filled, fillcolor=white];", 'edge [color="#999999"];')
MOST_LABELS = 100  # edges with a label, which would hide each other
DOT_SHAPES = {"country": "ellipse", "mechanism": "box", "group": "note", "theme": "hexagon"}
MERMAID_SHAPES = {"country": '(["{}"])', "mechanism": '["{}"]', "group": '("{}")', "theme": '{{{{"{}"}}}}'}
# What Mermaid may read as anything but text, even between quotes: all of ASCII beside letters, digits and a few marks,
# and those marks that begin a list ("1. ", "- ").
MERMAID_MARKS = re.compile(r"(?![A-Za-z0-9 ,.()/'-])[\x00-\x7f]|[.)-](?= )")


def write_dot(atlas: Atlas, path: Path, project: str | None = None) -> None:
    """Write the network, or its projection, in the DOT language (https://graphviz.org/doc/info/lang.html)."""
    network = build_network(atlas, project)
    lines = ["graph govmap {"]
    layout = DOT_SPREAD if project else DOT_COLUMNS
    lines += [f"  {name}={_dot_text(text)};" for name, text in (network.about | layout).items()]
    lines += [f"  {style}" for style in DOT_STYLES]
    labelled = len(network.edges) <= MOST_LABELS
    for node in network.nodes:
        shown = {**node.attributes, "shape": DOT_SHAPES[node.kind]}
        lines.append(f"  {_dot_text(node.id)} [{_dot_attributes(shown)}];")
    for edge in network.edges:
        shown = {**({"label": edge.label} if labelled else {}), **edge.attributes}
        lines.append(f"  {_dot_text(edge.source)} -- {_dot_text(edge.target)} [{_dot_attributes(shown)}];")
    _write([*lines, "}"], path)


def _dot_attributes(attributes: dict[str, str | int | float]) -> str:
    return ", ".join(f"{name}={_dot_text(str(value))}" for name, value in attributes.items())


def _dot_text(text: str) -> str:
    r"""Return *text* as a quoted string of dot: besides quotes it reads `\N` and the like, and HTML's `&…;`."""
    plain = text.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
    return '"' + plain.replace("\r\n", "\\n").replace("\r", "\\n").replace("\n", "\\n") + '"'


def write_mermaid(atlas: Atlas, path: Path, project: str | None = None) -> None:
    """Write the network, or its projection, as a flowchart of Mermaid (https://mermaid.js.org/syntax/flowchart.html).

    Nodes are numbered, for an id of Mermaid may not hold what ids of the dataset do (`end` would end the drawing).
    """
    network = build_network(atlas, project)
    keys = {node.id: f"n{number}" for number, node in enumerate(network.nodes, 1)}
    lines = ["flowchart LR"]
    lines += [f"  %% {name}: {_mermaid_text(text)}" for name, text in network.about.items()]
    lines += [
        f"  {keys[node.id]}{MERMAID_SHAPES[node.kind].format(_mermaid_text(node.label))}" for node in network.nodes
    ]
    lines += [f'  {keys[edge.source]} ---|"{_mermaid_text(edge.label)}"| {keys[edge.target]}' for edge in network.edges]
    _write(lines, path)


def _mermaid_text(text: str) -> str:
    """Return *text* on one line, with Mermaid's `#code;` for every character that could end it or be markup."""
    line = " ".join(text.split())
    return MERMAID_MARKS.sub(lambda match: f"#{ord(match[0])};", line)


def _write(lines: list[str], path: Path) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
