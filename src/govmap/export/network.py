"""The dataset as a network, which each format of graphs then writes in its own way.

The whole network has four kinds of nodes: a country is tied to the mechanisms that list it, a mechanism to its groups,
a group to the themes that it works on. A projection has one kind alone, tied where two have something in common
(S. P. Borgatti and M. G. Everett, "Network analysis of 2-mode data", Social Networks 19, 1997).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from govmap.analysis.similarity import compare_pair
from govmap.atlas import Atlas
from govmap.dates import last_day
from govmap.fields import Record
from govmap.model import Group, Mechanism, Member
from govmap.parts.links import links_among
from govmap.texts import legal

Value = str | int | float


class Node(NamedTuple):
    """A node: its kind (country, mechanism, group or theme), its label, and all attributes, which repeat both."""

    id: str
    kind: str
    label: str
    attributes: dict[str, Value]


class Edge(NamedTuple):
    """A tie between two nodes, which has no direction."""

    source: str
    target: str
    attributes: dict[str, Value]

    @property
    def label(self) -> str:
        """What to show on it: how many things are shared, or what the one is to the other."""
        return str(self.attributes.get("weight", self.attributes.get("relation")))


class Network(NamedTuple):
    """Nodes, the edges between them, and what dataset they are of; no attribute holds what XML could not."""

    about: dict[str, str]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def build_network(atlas: Atlas, project: str | None = None) -> Network:
    """Return the whole network as of the date of *atlas*, or its projection on `countries` or `mechanisms`."""
    about = atlas.context.about
    known = {"title": about.title, "version": about.version, "as_of": atlas.as_of}
    known |= {"licence": about.licence or "", "projection": project or ""}
    nodes, edges = [*_nodes(atlas, project)], [*(_shared(atlas, project) if project else _edges(atlas))]
    return Network({name: legal(text) for name, text in known.items() if text}, tuple(nodes), tuple(edges))


def _nodes(atlas: Atlas, project: str | None) -> Iterator[Node]:
    if project != "mechanisms":
        for code in atlas.listed_countries:
            country = atlas.countries[code]
            yield _node("country", country.name, code, type=country.kind, alpha2=country.alpha2)
    if project != "countries":
        for mechanism in atlas.covered:
            details = _fields(mechanism, "founded website scope")
            details["secretariat"] = _ids(secretariat.agency for secretariat in mechanism.secretariats)
            details["sources"] = _ids(source for each in mechanism.evidence.values() for source in each.sources)
            yield _node("mechanism", mechanism.name, mechanism.id, type=mechanism.kind, **details)
    if project is None:
        for mechanism, group in _groups(atlas):
            details = {"type": mechanism.group_label, "mechanism": mechanism.id}
            details |= _fields(group, "number since until") | _trust(mechanism, "groups", group)
            yield _node("group", group.name, group_key(mechanism, group), **details)
        for id_ in atlas.themes_worked_on:
            theme = atlas.themes[id_]
            yield _node("theme", theme.label, id_, broader=theme.broader)


def _edges(atlas: Atlas) -> Iterator[Edge]:
    for mechanism in atlas.covered:
        for code, member in sorted(atlas.seats[mechanism.id].items()):
            details = _fields(member, "since until joined_after joined_by") | _trust(mechanism, "members", member)
            relation = member.relation or mechanism.relation
            yield _edge(f"country:{code}", f"mechanism:{mechanism.id}", relation=relation, **details)
    for mechanism, group in _groups(atlas):
        key = group_key(mechanism, group)
        yield _edge(f"mechanism:{mechanism.id}", f"group:{key}", relation="has group")
        for theme in sorted(set(group.themes)):
            yield _edge(f"group:{key}", f"theme:{theme}", relation="works on")
    yield from _links(atlas)


def _shared(atlas: Atlas, project: str) -> Iterator[Edge]:
    """Yield an edge for each two countries in one mechanism, or each two mechanisms with one country in both."""
    if project == "countries":
        kind, codes = "country", atlas.listed_countries
        sets = {code: frozenset(m.id for m in atlas.mechanisms_of(code)) for code in codes}
    else:
        kind, sets = "mechanism", {id_: frozenset(members) for id_, members in atlas.seats.items()}
    for left, right in combinations(sets, 2):
        pair = compare_pair(left, right, sets[left], sets[right])
        if pair.shared:
            shared = _ids(sets[left] & sets[right])
            details: dict[str, Value | None] = {"weight": pair.shared, "jaccard": pair.jaccard, "shared": shared}
            if project == "mechanisms":
                details["links"] = sum(other == right for other, _link in atlas.links_of(atlas.mechanisms[left]))
            yield _edge(f"{kind}:{left}", f"{kind}:{right}", **details)


def _links(atlas: Atlas) -> Iterator[Edge]:
    """Yield an edge for each two mechanisms of which a contact is known; a shared secretariat is none."""
    for (left, right), links in links_among(atlas, (mechanism.id for mechanism in atlas.covered)).items():
        yield _edge(
            f"mechanism:{left}",
            f"mechanism:{right}",
            relation="link",
            links=len(links),
            kinds="; ".join(sorted({link.kind for link in links})),
            last=max((link.date for link in links if link.date), key=last_day, default=None),
            sources=_ids(source for link in links for source in link.evidence.sources),
        )


def group_key(mechanism: Mechanism, group: Group) -> str:
    """Return what tells *group* from every other: a number may come again with another first day."""
    return ":".join((mechanism.id, str(group.number), *((group.since,) if group.since else ())))


def _groups(atlas: Atlas) -> Iterator[tuple[Mechanism, Group]]:
    return ((mechanism, group) for mechanism in atlas.covered for group in mechanism.groups)


def _fields(record: Record, names: str) -> dict[str, Value | None]:
    return {name: getattr(record, name) for name in names.split()}


def _trust(mechanism: Mechanism, part: str, item: Group | Member) -> dict[str, Value | None]:
    evidence = mechanism.evidence_on(part, item)
    return {"status": evidence.status, "sources": _ids(evidence.sources)} if evidence else {}


def _node(kind: str, label: str, key: str, **details: Value | None) -> Node:
    attributes = _known({"label": label, "kind": kind, "code": key, **details})
    return Node(f"{kind}:{key}", kind, legal(label), attributes)


def _edge(source: str, target: str, **details: Value | None) -> Edge:
    return Edge(source, target, _known(details))


def _ids(ids: Iterable[str]) -> str:
    """Return *ids*, which hold no spaces, as one text: an attribute of a graph is a single value."""
    return " ".join(sorted(set(ids)))


def _known(details: Mapping[str, Value | None]) -> dict[str, Value]:
    """Return what is known of *details*: an absent attribute is "not known", an empty one would be a finding."""
    known = {name: value for name, value in details.items() if value is not None and value != ""}
    return {name: legal(value) if isinstance(value, str) else value for name, value in known.items()}
