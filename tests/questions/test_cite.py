"""Citations: what they say, and that BibTeX, RIS and CSL-JSON read back as they were meant."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from msgspec.structs import replace
from tests.made import atlas_of, mechanism, with_dataset

import govmap
from govmap.analysis.citation_styles import Style, Work, bibtex, csl_json, one_line, ris
from govmap.model import Correction

ROOT = Path(__file__).parents[2]
HOSTILE = [
    *("a } b", "{", "R&D 50% #1_x", "back\\slash", "~^$"),
    *("Curaçao – São", "x\nER  - \nTY  - BOOK", "a, b", "@misc{x,"),
]
texts = st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1, max_size=30).filter(lambda text: text.strip()))
UNTEX = {"backslash": "\\", "braceleft": "{", "braceright": "}", "asciitilde": "~", "asciicircum": "^"}


def parsed_bibtex(text: str) -> list[tuple[str, str, dict[str, str]]]:
    """Return the entries of BibTeX: type, key, and fields without braces around them; refuse all else."""
    entries, place = [], 0
    while place < len(text):
        head = re.compile(r"\s*@([a-z]+)\{([A-Za-z0-9._-]+),").match(text, place)
        assert head, text[place : place + 40]
        fields: dict[str, str] = {}
        place = head.end()
        while not (end := re.compile(r"\s*\}\s*").match(text, place)):
            name = re.compile(r"\s*([a-z]+) = ").match(text, place)
            assert name, text[place : place + 40]
            assert name[1] not in fields
            place = name.end()
            start, depth = place, 0
            while depth or text[place] != ",":
                depth += {"{": 1, "}": -1}.get(text[place], 0)
                assert depth >= 0
                place += 1
            fields[name[1]] = text[start:place]
            place += 1
        entries.append((head[1], head[2], fields))
        place = end.end()
    return entries


def unbraced(value: str, layers: int = 1) -> str:
    """Return a field of BibTeX as it is read: without its braces, its special characters as they were."""
    assert value.startswith("{" * layers)
    assert value.endswith("}" * layers)
    inner = value[layers:-layers]
    assert not re.search(r"(?<!\\)[&%$#_]", inner)
    return re.sub(r"\\text([a-z]+)\{\}|\\([&%$#_])", lambda match: match[2] or UNTEX[match[1]], inner)


def parsed_ris(text: str) -> list[dict[str, str]]:
    """Return the records of RIS, each from TY to ER; refuse a line that is no tag and a tag that stands twice."""
    records: list[dict[str, str]] = []
    for line in filter(None, text.split("\n")):
        match = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line)
        assert match, line
        if match[1] == "TY":
            assert not records or "ER" in records[-1]
            records.append({})
        assert not {match[1], "ER"} & (set(records[-1]) - {"AU"}), line
        earlier = records[-1].get(match[1])
        records[-1][match[1]] = f"{earlier} and {match[2]}" if earlier else match[2]
    assert all("ER" in record for record in records)
    return records


@pytest.mark.parametrize("style", get_args(Style))
def test_the_dataset_and_its_source_are_two_entries_with_version_and_dates(atlas: govmap.Atlas, style: Style) -> None:
    about, note = atlas.dataset.about, atlas.sources["oas-note-2023"]
    citation = govmap.cite(atlas, style=style)
    whole, source = citation.entries
    assert (whole.title, whole.author, whole.version) == (about.title, "The govmap maintainers", about.version)
    assert (whole.issued, whole.note, whole.url, whole.isbn) == (about.date, "As of April 2023", None, None)
    assert (source.title, source.author, source.issued) == (note.title, note.publisher, note.date)
    assert source.isbn == note.isbn == "978-0-8270-7630-3"
    for text in (about.title, about.version, note.title, note.isbn, "2023"):
        assert text in citation.text
    assert not re.search("doi|http", citation.text, re.IGNORECASE)
    dated = govmap.cite(atlas.at("2024-06-30"), style=style).text
    assert re.search("[Aa]s of 30 June 2024", dated)
    assert about.version in dated


def test_a_dataset_without_author_or_source_says_no_more_than_it_has(
    invented: govmap.Atlas, atlas: govmap.Atlas
) -> None:
    whole, source = govmap.cite(invented).entries
    assert whole.text == "Invented mechanisms (Version 1, as of June 2020) [Data set]. (2020)."
    assert (whole.author, source.author) == (None, "Nobody")
    assert "govmap maintainers" not in govmap.cite(invented, "ALPHA", style="bibtex").text
    assert [entry.kind for entry in govmap.cite(atlas_of(atlas, mechanism("A", "PER"))).entries] == ["dataset"]


def test_a_mechanism_whose_id_is_no_acronym_is_cited_by_its_name_alone(atlas: govmap.Atlas) -> None:
    record = atlas.mechanisms["nals-2021"]
    page = govmap.cite(atlas, record).entries[0]
    assert (page.id, page.title) == ("govmap-nals-2021", record.name)


def test_a_source_with_an_address_is_cited_as_a_web_page(full: govmap.Atlas) -> None:
    made = with_dataset(full, about=replace(full.dataset.about, source="list"))
    page = govmap.cite(made).entries[1]
    assert (page.kind, page.url) == ("webpage", "https://list.example")
    assert page.text == "P. (2018). A list. https://list.example"


def test_a_dataset_that_own_data_change_is_cited_as_changed(atlas: govmap.Atlas) -> None:
    changed = with_dataset(atlas, corrections=(Correction("mechanism", "RCM", "members", None, "changed"),))
    entry = govmap.cite(changed).entries[0]
    assert (entry.id, entry.note) == ("govmap", "As of April 2023, changed by your data")


@pytest.mark.parametrize("name", [None, "RCM", "CMC"])
def test_the_machine_styles_read_back(atlas: govmap.Atlas, name: str | None) -> None:
    entries = govmap.cite(atlas, name).entries
    in_bibtex = parsed_bibtex(govmap.cite(atlas, name, style="bibtex").text)
    in_ris = parsed_ris(govmap.cite(atlas, name, style="ris").text)
    in_csl = json.loads(govmap.cite(atlas, name, style="csl-json").text)
    assert [key for _, key, _ in in_bibtex] == [r["ID"] for r in in_ris] == [i["id"] for i in in_csl]
    for entry, (kind, _, fields), record, item in zip(entries, in_bibtex, in_ris, in_csl, strict=True):
        assert unbraced(fields["title"], 2) == record["TI"] == item["title"] == entry.title
        if entry.persons:
            people = [f"{person['family']}, {person['given']}" for person in item["author"]]
            assert unbraced(fields["author"]) == record["AU"] == " and ".join(people) == " and ".join(entry.persons)
            assert record["PB"] == unbraced(fields["institution"]) == item["publisher"] == entry.author
            assert record["M1"] == unbraced(fields["number"]) == item["number"] == "OEA/Ser.D/XXVI.50"
        else:
            assert unbraced(fields["author"], 2) == item["author"][0]["literal"] == record["AU"] == entry.author
        issued = [int(part) for part in str(entry.issued).split("-")]
        assert item["issued"] == {"date-parts": [issued]}
        assert (fields["year"], record["PY"]) == (f"{{{issued[0]}}}", str(issued[0]))
        assert (kind, record["TY"], item["type"]) in (
            ("misc", "DATA", "entry" if name else "dataset"),
            ("techreport", "RPRT", "report"),
        )
    isbn = "978-0-8270-7630-3"
    assert (unbraced(in_bibtex[1][2]["isbn"]), in_ris[1]["SN"], in_csl[1]["ISBN"]) == (isbn,) * 3
    assert in_csl[0].get("container-title") == in_ris[0].get("T2") == entries[0].container


@given(texts, texts, texts)
def test_no_text_breaks_out_of_its_field(title: str, author: str, note: str) -> None:
    work = Work(id="x", kind="report", title=title, author=author, issued="2020", note=note, url="http://x/{a}")
    ((_, _, fields),) = parsed_bibtex(bibtex(work) + "\n")
    assert (unbraced(fields["title"], 2), unbraced(fields["author"], 2)) == (one_line(title), one_line(author))
    assert (unbraced(fields["note"]), fields["url"]) == (one_line(note), "{http://x/%7Ba%7D}")
    (record,) = parsed_ris(ris(work))
    assert (record["TI"], record["PB"], record["N1"]) == (one_line(title), one_line(author), one_line(note))
    assert record.get("AU", "a, b").count(",") == (0 if "AU" in record else 1)
    item = json.loads(csl_json(work))
    assert (item["title"], item["author"], item["note"]) == (title, [{"literal": author}], note)


def test_the_citation_file_is_valid_and_agrees_with_the_package_and_the_data(atlas: govmap.Atlas) -> None:
    """The schema is that of the Citation File Format 1.2.0 (CC BY 4.0), unchanged."""
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    schema = Draft7Validator(json.loads((ROOT / "tests/data/cff-1.2.0.schema.json").read_text(encoding="utf-8")))
    assert [error.message for error in schema.iter_errors(cff)] == []
    assert not schema.is_valid({**cff, "authors": []})
    assert (cff["cff-version"], cff["type"], cff["version"]) == ("1.2.0", "software", govmap.__version__)
    assert cff["authors"] == [{"name": atlas.dataset.about.author}]
    assert cff["license"] == ["MIT", "CC-BY-4.0"]
    assert len(set(cff["keywords"])) == len(cff["keywords"])
    note = atlas.sources["oas-note-2023"]
    report = {"type": "report", "title": note.title, "authors": [{"name": note.publisher}], "year": 2023, "month": 4}
    assert cff["references"] == [{**report, "isbn": note.isbn}]
    assert re.fullmatch(r"[0-9\- ]{10,17}X?", note.isbn or "")
