"""`govmap mcp`, asked through the client of the protocol's own SDK, as assistants do."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
import yaml
from jsonschema import Draft202012Validator
from tests.conftest import INVENTED, Call

import govmap

pytest.importorskip("mcp", reason="the SDK of the protocol is in the extra `mcp`")

import anyio
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.shared.exceptions import MCPError
from mcp_types import INVALID_PARAMS, CallToolResult, TextContent

from govmap.cli.mcp.server import make_server
from govmap.cli.mcp.tools import LONGEST, NAMES, NOT_KNOWN, tools

QUESTIONS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "assistant_questions.yaml").read_text(encoding="utf-8")
)
TOOLS = tools()
LONGEST_SHORT_ANSWER = 6_000  # characters of a country's answer without detail
T = TypeVar("T")


def with_client(ask: Callable[[Client], Awaitable[T]], data: str | None = None) -> T:
    """Return what *ask* returns, given a client of a server in this process."""

    async def run() -> T:
        async with Client(make_server(lambda date: govmap.load(data, date))) as client:
            return await ask(client)

    return anyio.run(run)


def call_tool(name: str, arguments: dict[str, Any]) -> CallToolResult:
    """Return the answer to one call of a tool; the client checks it against the schema of the answer."""

    async def ask(client: Client) -> CallToolResult:
        return await client.call_tool(name, arguments)

    return with_client(ask)


def text_of(result: CallToolResult) -> str:
    """Return the text of an answer."""
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def at(value: Any, path: str) -> Any:
    """Return what stands at a *path* of keys, where `*` steps through a list and keeps it sorted."""
    for place, key in enumerate(path.split(".")):
        if key == "*":
            rest = ".".join(path.split(".")[place + 1 :])
            return sorted({at(each, rest) for each in value})
        value = value[key]
    return value


@pytest.fixture(name="answers", scope="module")
def _answers() -> list[CallToolResult]:
    """The answers to all questions, in one session."""

    async def ask(client: Client) -> list[CallToolResult]:
        return [await client.call_tool(q["tool"], {**q["arguments"], "detail": True}) for q in QUESTIONS]

    return with_client(ask)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: str(question["ask"]))
def test_a_question_is_answered_with_its_facts(question: dict[str, Any], answers: list[CallToolResult]) -> None:
    result = answers[QUESTIONS.index(question)]
    content = result.structured_content
    if "error" in question:
        assert result.is_error
        error = content["error"]
        told = [error["message"], *error["suggestions"]]
        assert (error["kind"], told) == (question["error"], question.get("told", told))
        assert text_of(result) == "\n- ".join(told)
        return
    assert not result.is_error, text_of(result)
    assert at(content["record"], question["at"]) == question["is"]
    assert content["as_of"] == question["arguments"].get("as_of", "2023-04")
    assert content["sources"]
    assert content["citation"] in text_of(result)


def test_every_tool_is_read_only_and_says_what_it_takes_and_returns() -> None:
    async def ask(client: Client) -> Any:
        server: Any = client.server_info
        title = "govmap: migration governance in the Americas"
        assert (server.name, server.title, server.version) == ("govmap", title, govmap.__version__)
        assert NOT_KNOWN in (client.instructions or "")
        return (await client.list_tools()).tools

    listed = with_client(ask)
    assert [tool.name for tool in listed] == list(NAMES)
    assert len(listed) <= 8
    for tool in listed:
        declaration = TOOLS[tool.name].declaration
        own = [parameter.name for parameter in declaration.parameters]
        Draft202012Validator.check_schema(tool.input_schema)
        Draft202012Validator.check_schema(tool.output_schema)
        assert tool.annotations.model_dump(exclude_none=True) == {
            "read_only_hint": True,
            "idempotent_hint": True,
            "open_world_hint": False,
        }
        assert list(tool.input_schema["properties"]) == [*own, "as_of", "detail", "lang"]
        assert tool.input_schema["required"] == [p.name for p in declaration.parameters if p.required]
        assert tool.input_schema["additionalProperties"] is False
        assert tool.output_schema["required"] == list(tool.output_schema["properties"])
        assert tool.description.startswith(f"{declaration.summary} {NOT_KNOWN} Arguments, for example: {{")


@pytest.mark.parametrize("tool", TOOLS.values(), ids=NAMES)
def test_the_examples_of_a_tool_are_calls_that_it_answers(tool: Any) -> None:
    assert tool.examples
    for arguments in tool.examples:
        Draft202012Validator(tool.input_schema).validate(arguments)
        assert not tool.answer(lambda date: govmap.load(None, date), arguments).failed


def test_what_is_null_or_as_long_as_it_may_be_is_taken() -> None:
    assert text_of(call_tool("country", {"name": "x" * LONGEST})).startswith("No country is called")
    arguments = {"names": None, "all": True, "detail": None, "lang": None}
    assert text_of(call_tool("compare", arguments)).startswith("# All 28 pairs by similarity")


def test_choices_are_enumerated() -> None:
    assert set(TOOLS["list"].input_schema["properties"]["what"]["enum"]) >= {"mechanisms", "countries", "themes"}
    assert TOOLS["country"].input_schema["properties"]["lang"]["enum"] == ["en", "es", "pt", "fr"]


@pytest.mark.parametrize("name", ["Peru", "Guatemala", "Brazil"])
def test_a_country_is_told_in_few_characters_unless_detail_is_asked(name: str) -> None:
    short = call_tool("country", {"name": name})
    assert len(text_of(short)) + len(json.dumps(short.structured_content)) <= LONGEST_SHORT_ANSWER
    assert short.structured_content["record"] is None


def test_what_is_not_known_is_not_told_as_none() -> None:
    result = call_tool("mechanism", {"name": "GFMD", "detail": True})
    assert result.structured_content["record"]["groups"] is None
    assert "; the source names it without its members" in text_of(result)


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("country", {}, "country needs the argument name"),
        ("country", {"name": None}, "country needs the argument name"),
        ("country", {"name": ["Peru"]}, 'name must be {"type":"string","description":'),
        ("country", {"name": "x" * (LONGEST + 1)}, "name must be"),
        (
            "country",
            {"name": "Peru", "query": "x"},
            'country has no argument "query"\n- name\n- as_of\n- detail\n- lang',
        ),
        ("compare", {"names": "RCM"}, 'names must be {"type":"array","items":{"type":"string"},"description":'),
        ("compare", {"names": ["RCM"], "top": True}, 'top must be {"type":"integer","description":'),
        ("compare", {"names": ["RCM"], "top": "2"}, "top must be"),
        ("compare", {"names": ["RCM", 3]}, "names must be"),
        ("gaps", {"country": ["Peru"], "detail": "yes"}, "detail must be"),
        ("country", {"name": "Peru", "lang": "de"}, 'language cannot be "de"'),
        ("country", {"name": "Peru", "as_of": "yesterday"}, '"yesterday" is not a date'),
    ],
)
def test_a_wrong_call_is_answered_with_what_is_wrong(name: str, arguments: dict[str, Any], message: str) -> None:
    result = call_tool(name, arguments)
    assert result.is_error
    assert text_of(result).startswith(message)
    assert result.structured_content["error"]["kind"] == "usage"


def test_a_source_is_read_in_full() -> None:
    async def ask(client: Client) -> str:
        result = await client.call_tool("membership", {"country": "Guyana", "mechanism": "QUITO"})
        (content,) = (await client.read_resource(f"govmap://source/{result.structured_content['sources'][0]}")).contents
        return content.text  # type: ignore[union-attr]

    assert json.loads(with_client(ask))["publisher"]


def test_resources_are_the_dataset_and_a_page_or_record_each() -> None:
    async def ask(client: Client) -> tuple[list[Any], dict[str, Any]]:
        listed = (await client.list_resources()).resources
        templates = (await client.list_resource_templates()).resource_templates
        places = [each.uri for each in listed] + ["govmap://country/Per%C3%BA", "govmap://source/oas-note-2023"]
        pages = {place: (await client.read_resource(place)).contents[0] for place in places}
        assert {each.uri_template: each.mime_type for each in templates} == {
            "govmap://mechanism/{name}": "text/markdown",
            "govmap://country/{name}": "text/markdown",
            "govmap://source/{name}": "application/json",
        }
        return listed, pages

    listed, pages = with_client(ask)
    assert [(each.name, each.title) for each in listed] == [
        ("dataset", "The whole dataset"),
        *((head.id, head.name) for head in govmap.load().covered_heads),
    ]
    assert [(each.uri, each.mime_type) for each in listed] == [
        (page.uri, page.mime_type) for page in list(pages.values())[: len(listed)]
    ]
    assert json.loads(pages["govmap://dataset"].text)["about"]["reference_date"] == "2023-04"
    assert pages["govmap://mechanism/RCM"].text.startswith("# RCM")
    assert pages["govmap://country/Per%C3%BA"].text.startswith("# Peru (PE, PER)")
    assert json.loads(pages["govmap://source/oas-note-2023"].text)["id"] == "oas-note-2023"


@pytest.mark.parametrize(
    ("method", "arguments", "message"),
    [
        ("read_resource", ("govmap://mechanism/NOPE",), 'No mechanism is called "NOPE"'),
        ("read_resource", ("govmap://source/NOPE",), "There is no source 'NOPE'"),
        (
            "read_resource",
            ("file:///etc/passwd",),
            "There is no resource 'file:///etc/passwd'; the list has govmap://d",
        ),
        ("call_tool", ("export", {}), f"There is no tool 'export'; there are {', '.join(NAMES)}"),
        ("get_prompt", ("poem", {}), "There is no prompt 'poem'; there are briefing, comparison"),
        ("get_prompt", ("comparison", {"second": "RCM"}), "The prompt comparison needs first"),
        ("get_prompt", ("comparison", {}), "The prompt comparison needs first, second"),
    ],
)
def test_what_is_not_there_is_refused_as_a_wrong_parameter(method: str, arguments: tuple[Any], message: str) -> None:
    async def ask(client: Client) -> None:
        with pytest.raises(MCPError, match=f"^{re.escape(message)}") as refused:
            await getattr(client, method)(*arguments)
        assert refused.value.error.code == INVALID_PARAMS

    with_client(ask)


def test_prompts_are_listed_and_filled_in() -> None:
    async def ask(client: Client) -> list[str]:
        assert {each.name: [(a.name, a.required) for a in each.arguments or ()] for each in await prompts(client)} == {
            "briefing": [("country", True), ("language", False)],
            "comparison": [("first", True), ("second", True), ("language", False)],
        }
        filled = {
            "briefing": {"country": "Perú" + "!" * 300},
            "comparison": {"first": "RCM", "second": "{first.__class__}", "language": "Spanish"},
        }
        found = [await client.get_prompt(name, arguments) for name, arguments in filled.items()]
        assert [each.description for each in found] == [each.description for each in await prompts(client)]
        assert [[message.role for message in each.messages] for each in found] == [["user"], ["user"]]
        return [each.messages[0].content.text for each in found]  # type: ignore[union-attr]

    async def prompts(client: Client) -> list[Any]:
        return (await client.list_prompts()).prompts

    briefing, comparison = with_client(ask)
    assert briefing.startswith(f"Prepare a one-page briefing on Perú{'!' * 196} and migration governance")
    assert "Americas, in English. Ask" in briefing
    assert comparison.startswith("Compare RCM and {first.__class__}, in Spanish: ")


def test_a_process_serves_own_data_and_ends_with_its_client() -> None:
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "govmap", "mcp", "--data", str(INVENTED)], env=dict(os.environ)
    )

    async def ask() -> list[str]:
        async with Client(stdio_client(command)) as client:
            result = await client.call_tool("mechanism", {"name": "ALPHA"})
            return text_of(result).splitlines()

    assert anyio.run(ask)[0].startswith("# ALPHA")


@pytest.mark.parametrize("sent", [b"", b"no JSON\n", b'{"jsonrpc": "2.0"}\n', b"\xff\xfe\n", b'{"a":' + b"[" * 5000])
def test_a_client_that_says_nothing_sensible_leaves_it_well(sent: bytes) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "govmap", "mcp"], input=sent, capture_output=True, timeout=60, check=False
    )
    assert ended.returncode == 0
    assert b"Traceback" not in ended.stderr


def test_data_that_cannot_be_read_are_refused_before_anything_is_served(call: Call, tmp_path: Path) -> None:
    answer = call("mcp", "--data", str(tmp_path / "none"))
    assert (answer.code, answer.out) == (3, "")
    assert "There is no folder or file" in answer.err


def test_the_entry_for_registries_is_of_this_version() -> None:
    entry = json.loads((Path(__file__).parents[2] / "server.json").read_text(encoding="utf-8"))
    assert entry["version"] == govmap.__version__
    assert [package["version"] for package in entry["packages"]] == [govmap.__version__]
