"""What exports write of a dataset with every field filled in, as it was accepted; GOVMAP_UPDATE=1 writes it anew."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from rdflib.namespace import DCTERMS, ORG, RDF, RDFS, SDO, SKOS, XSD
from tests.made import DATA, accepted

import govmap
from govmap.export.kinds import KINDS, PROJECTIONS

ACCEPTED = Path(__file__).parent / "accepted"
NETWORKS = [(name, project) for name, kind in KINDS.items() if kind.projects for project in (None, *PROJECTIONS)]
VOCABULARIES = {"dct": DCTERMS, "org": ORG, "rdf": RDF, "rdfs": RDFS, "schema": SDO, "skos": SKOS, "xsd": XSD}
# Of the bundled themes, the objectives of the Compact and the tables some are enough: one of each shape.
SOME = {"theme:asylum", "theme:governance", "theme:smuggling", "theme:visas", "gcm:1"}
MOST_ROWS = 20
TABLES = {"about", "memberships", "membership_sources", "groups", "group_themes", "sources"}


@pytest.fixture(name="full", scope="module")
def _full() -> govmap.Atlas:
    """As of a date on which most of it holds."""
    return govmap.load(DATA / "full").at("2015")


@pytest.mark.parametrize(("kind", "project"), NETWORKS)
def test_a_network_matches_its_golden_file(full: govmap.Atlas, tmp_path: Path, kind: str, project: str | None) -> None:
    path = tmp_path / f"{project or 'whole'}{KINDS[kind].ending}"
    full.export(kind, path, project=project)
    text = path.read_text(encoding="utf-8")
    assert text == accepted(ACCEPTED / path.name, text)


def linked(atlas: govmap.Atlas, folder: Path) -> str:
    """Return the linked data of a dataset, of themes only some."""
    atlas.export("jsonld", folder / "a.jsonld")
    record = json.loads((folder / "a.jsonld").read_text(encoding="utf-8"))
    kept = [node for node in record["@graph"] if node["@id"] in SOME or not node["@id"].startswith(("theme:", "gcm:"))]
    return "\n".join(json.dumps(part, ensure_ascii=False) for part in [record["@context"], *kept]) + "\n"


def concepts(atlas: govmap.Atlas, folder: Path) -> str:
    """Return the themes of a dataset in Turtle, only some."""
    atlas.export("skos", folder / "a.ttl")
    parts = (folder / "a.ttl").read_text(encoding="utf-8").split("\n\n")
    return "\n\n".join(part for part in parts if part.split()[0] in SOME or not part.startswith(("theme:", "gcm:")))


def test_linked_data_match_their_golden_file(full: govmap.Atlas, tmp_path: Path) -> None:
    for make, name in ((linked, "linked.jsonl"), (concepts, "themes.ttl")):
        text = make(full, tmp_path)
        assert text == accepted(ACCEPTED / name, text)


def test_the_description_of_the_package_matches_its_golden_file(full: govmap.Atlas, tmp_path: Path) -> None:
    full.export("csv", tmp_path / "csv")
    package = json.loads((tmp_path / "csv" / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = [table for table in package["resources"] if table["name"] in TABLES]
    text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    assert text == accepted(ACCEPTED / "datapackage.json", text)


def test_the_rows_of_the_package_match_their_golden_file(full: govmap.Atlas, tmp_path: Path) -> None:
    """All of a short table, of a long one the first."""
    full.export("csv", tmp_path / "csv")
    tables = ((path.stem, path.read_text(encoding="utf-8-sig")) for path in sorted((tmp_path / "csv").glob("*.csv")))
    text = "".join(f"== {name}\n" + "".join(rows.splitlines(keepends=True)[:MOST_ROWS]) for name, rows in tables)
    assert text == accepted(ACCEPTED / "rows.txt", text)


def test_the_metadata_for_datasette_match_their_golden_file(full: govmap.Atlas, tmp_path: Path) -> None:
    full.export("sqlite", tmp_path / "a.sqlite", datasette=True)
    head, *tables = re.split(r"(?m)^      (?=\w+:$)", (tmp_path / "a.metadata.yaml").read_text(encoding="utf-8"))
    shown = "      ".join([head, *(part for part in tables if part.partition(":")[0] in {*TABLES, "names", "themes"})])
    assert shown == accepted(ACCEPTED / "metadata.yaml", shown)


def test_every_term_of_linked_data_is_one_of_its_vocabulary(full: govmap.Atlas, tmp_path: Path) -> None:
    """A closed namespace of rdflib knows what its publisher defines."""
    for kind in ("jsonld", "skos"):
        full.export(kind, tmp_path / kind)
    written = "".join((tmp_path / kind).read_text(encoding="utf-8") for kind in ("jsonld", "skos"))
    terms = set(re.findall(r"\b([a-z]+):([A-Za-z]+)\b", written))
    used = {(prefix, name) for prefix, name in terms if prefix in VOCABULARIES}
    assert {prefix for prefix, _ in used} >= {"dct", "org", "schema", "skos"}
    assert not [(prefix, name) for prefix, name in used if name not in VOCABULARIES[prefix]]
