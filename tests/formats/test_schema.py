"""What `--json` writes is what its JSON Schema says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from govmap.dataset.file_records import RECORDS
from govmap.dataset.schema import described_keys
from govmap.formats.schema import json_schema, shapes


def test_the_exported_dataset_is_what_its_schema_says(call: Callable[..., Any]) -> None:
    Draft202012Validator(json_schema("dataset")).validate(call("export", "json").json())


@pytest.mark.parametrize("names", [("RCM", "SACM"), ("Peru", "Chile")])
def test_a_question_with_several_records_has_them_all_in_its_schema(call: Callable[..., Any], names: list[str]) -> None:
    schema = Draft202012Validator(json_schema("Compare "))
    schema.validate(call("compare", *names, "--json").json())
    assert not schema.is_valid(call("country", "Peru", "--json").json())
    titles = {name: json_schema(name)["title"] for name in ("compare", "country", "membership", "import")}
    assert titles == {
        "compare": "govmap compare A B …",
        "country": "govmap country NAME",
        "membership": "govmap membership COUNTRY MECHANISM; govmap compare COUNTRY MECHANISM",
        "import": "govmap import FILE --output DIR",
    }
    assert "anyOf" not in json_schema("country")


@pytest.mark.parametrize("arguments", [("country", "Atlantis"), ("compare",), ("overlap", "tráfico")], ids=" ".join)
def test_a_failure_is_what_its_schema_says(call: Callable[..., Any], arguments: tuple[str, ...]) -> None:
    Draft202012Validator(json_schema("error")).validate(json.loads(call(*arguments, "--json").err))


@pytest.mark.parametrize("name", list(shapes()))
def test_a_schema_is_valid_and_refuses_what_lacks_a_key(call: Callable[..., Any], name: str) -> None:
    schema = call("schema", name).json()
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:govmap:schema:{name}:1"
    assert not Draft202012Validator(schema).is_valid([{}] if schema.get("type") == "array" else {})


def test_the_schemas_are_listed(call: Callable[..., Any]) -> None:
    answer = call("schema")
    assert (answer.code, answer.err) == (0, "")
    assert all(f"\n{name} " in answer.out for name in shapes())


def test_an_unknown_schema_is_told(call: Callable[..., Any]) -> None:
    answer = call("schema", "nope")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == 'Error: There is no schema "nope". Try: govmap schema\n'


DATA = Path(__file__).parents[2] / "data"
BESIDE_THE_DATA = json.loads((DATA / "schema.json").read_text(encoding="utf-8"))


def told(schema: dict[str, Any]) -> dict[str, Any]:
    """Return what is ours in a schema: of each record its keys, what is said of them, and which it must have."""
    records = {"dataset": schema, **{name: part.get("anyOf", [part])[-1] for name, part in schema["$defs"].items()}}
    return {
        name: (
            {key: field.get("description") for key, field in part.get("properties", {}).items()},
            sorted(part.get("required", [])),
        )
        for name, part in records.items()
    }


def test_the_schema_beside_the_data_says_what_the_command_says() -> None:
    """How it is written is up to msgspec; written anew by `govmap schema dataset > data/schema.json`."""
    assert told(BESIDE_THE_DATA) == told(json_schema("dataset"))


FILES = ("mechanisms.yaml", "themes.yaml", "sources.yaml", "words-pt.yaml", "words-forms.yaml")


@pytest.mark.parametrize("file", FILES)
def test_the_bundled_files_name_their_schema_and_fit_it(file: str) -> None:
    text = (DATA / file).read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=schema.json\n")
    Draft202012Validator(BESIDE_THE_DATA).validate(yaml.load(text, yaml.CSafeLoader))


@pytest.mark.parametrize("file", sorted((DATA / "mechanisms").iterdir()), ids=lambda file: file.name)
def test_the_files_of_single_mechanisms_name_their_schema_and_fit_it(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../mechanism.schema.json\n")
    reference = json.loads((DATA / "mechanism.schema.json").read_text(encoding="utf-8"))["$ref"]
    assert reference.startswith("schema.json#/")
    part = {**BESIDE_THE_DATA, "$ref": reference.removeprefix("schema.json")}
    for key in ("type", "minProperties", "properties", "additionalProperties", "if", "then"):
        del part[key]
    Draft202012Validator(part).validate(yaml.load(text, yaml.CSafeLoader))
    assert not Draft202012Validator(part).is_valid({"id": "X", "kode": "PER"})


MEMBERS = "mechanisms: [{{id: RCM, {more} members: [{members}]}}]"
WHOLE = 'about: {title: T, version: "1", reference_date: "2020"}\n'


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("extends: bundled", True),
        ("extends: bundled\n" + MEMBERS.format(more="", members="VEN, {code: BLZ, withdraw: true}"), True),
        ("extends: bundled\n" + MEMBERS.format(more="", members="{kode: BLZ}"), False),
        (WHOLE + MEMBERS.format(more="names: {en: R}, kind: x,", members="PER"), True),
        (WHOLE + MEMBERS.format(more="", members="PER"), False),
        (MEMBERS.format(more="names: {en: R}, kind: x,", members="PER"), False),
        ("themes: [{id: a, preferred: {en: A}}]", True),
        ("themes: [{id: a, prefered: {en: A}}]", False),
        ("themes: [{id: a, preferred: {en: 1}}]", False),
        ("themes: {id: a}", False),
        ("events: [{date: '2020', kind: meeting, mechanisms: [RCM], sources: [], text: It meets}]", True),
        ("events: [{date: '2020', kind: party, mechanisms: [RCM], sources: [], text: It meets}]", False),
    ],
)
def test_the_schema_of_the_data_files_tells_right_from_wrong(text: str, fits: bool) -> None:
    for schema in (BESIDE_THE_DATA, json_schema("dataset")):
        assert Draft202012Validator(schema).is_valid(yaml.safe_load(text)) is fits


def test_every_key_of_the_data_files_is_described_once_and_no_other() -> None:
    schema = json_schema("dataset")
    records = {name: part.get("anyOf", [part])[-1] for name, part in schema["$defs"].items()}
    holders = {**records, **{record.__name__: schema for record in RECORDS.values()}}
    described = [
        (name, key, field["description"]) for name, part in records.items() for key, field in part["properties"].items()
    ]
    assert all(text for *_, text in described)
    assert all("description" in field for field in schema["properties"].values())
    for row in described_keys():
        record, _, key = row.rpartition(".")
        assert any(key in part["properties"] for name, part in holders.items() if record in ("", name)), row
