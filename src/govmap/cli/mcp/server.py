"""Speaks the Model Context Protocol on standard input and output, with the official SDK."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

import anyio
import mcp_types as types
from mcp.server.lowlevel.server import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

from govmap.atlas import Atlas
from govmap.cli.mcp.tools import NOT_KNOWN, tools
from govmap.export.kinds import as_bytes
from govmap.formats.json import to_json
from govmap.records import source_refs
from govmap.version import __version__

DATASET = "govmap://dataset"
ONE = re.compile(r"govmap://(mechanism|country|source)/([^/]+)")
JSON, MARKDOWN = "application/json", "text/markdown"
INSTRUCTIONS = f"""\
govmap answers from a dataset about the mechanisms that govern migration and forced displacement in the Americas: who is
a member of which, their working groups and secretariats, where themes overlap, who is left out. Each answer holds for
the date `as_of`; name that date, the sources and the citation when you pass it on. {NOT_KNOWN} Names are understood in
English, Spanish, Portuguese and French; where one is unclear the tool says so and offers others: ask, do not guess."""
BRIEFING = """\
Prepare a one-page briefing on {country} and migration governance in the Americas, in {language}. Ask the tools
`country`, `gaps` (with this country) and `history`, and nothing but them. Give the date of the data, say what is not
known as not known, and end with the sources."""
COMPARISON = """\
Compare {first} and {second}, in {language}: who is in both, who only in one, which themes they share, whether a link
between them is known. Ask the tools `compare` and `mechanism`, and nothing but them. Give the date of the data, and end
with the sources."""
IN_ENGLISH = {"language": "English"}
PROMPTS = {
    "briefing": ("A one-page briefing on a country", BRIEFING, ("country", "language")),
    "comparison": ("Two mechanisms compared", COMPARISON, ("first", "second", "language")),
}

Context = Any  # of the SDK: who asks, which no answer depends on
Paging = types.PaginatedRequestParams | None  # which page of a list: each has one alone


def serve(open_atlas: Callable[[str | None], Atlas]) -> None:
    """Answer on standard input and output until the client ends; *open_atlas* returns the atlas of a date."""

    async def run() -> None:
        server = make_server(open_atlas)
        async with stdio_server() as (reading, writing):
            await server.run(reading, writing, server.create_initialization_options())

    anyio.run(run)


def make_server(open_atlas: Callable[[str | None], Atlas]) -> Server[Any]:
    """Return the server of the tools, resources and prompts over the atlases that *open_atlas* returns by date."""
    handlers = _Handlers(lru_cache(maxsize=8)(open_atlas))
    return Server(
        "govmap",
        version=__version__,
        title="govmap: migration governance in the Americas",
        instructions=INSTRUCTIONS,
        on_list_tools=handlers.list_tools,
        on_call_tool=handlers.call_tool,
        on_list_resources=handlers.list_resources,
        on_list_resource_templates=handlers.list_templates,
        on_read_resource=handlers.read_resource,
        on_list_prompts=handlers.list_prompts,
        on_get_prompt=handlers.get_prompt,
    )


class _Handlers:
    """What answers each kind of request."""

    def __init__(self, open_atlas: Callable[[str | None], Atlas]) -> None:
        self._open_atlas, self._tools = open_atlas, tools()

    async def list_tools(self, _context: Context, _params: Paging) -> types.ListToolsResult:
        hints = types.ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
        listed = [
            types.Tool(
                name=tool.name,
                description=tool.description,
                input_schema=tool.input_schema,
                output_schema=tool.output_schema,
                annotations=hints,
            )
            for tool in self._tools.values()
        ]
        return types.ListToolsResult(tools=listed)

    async def call_tool(self, _context: Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        tool = self._tools.get(params.name)
        if tool is None:
            raise _refusal(f"There is no tool {params.name[:60]!r}; there are {', '.join(self._tools)}")
        reply = tool.answer(self._open_atlas, params.arguments or {})
        text = types.TextContent(text=reply.text)
        return types.CallToolResult(content=[text], structured_content=reply.content, is_error=reply.failed)

    async def list_resources(self, _context: Context, _params: Paging) -> types.ListResourcesResult:
        pages = [
            types.Resource(uri=f"govmap://mechanism/{head.id}", name=head.id, title=head.name, mime_type=MARKDOWN)
            for head in self._open_atlas(None).covered_heads
        ]
        whole = types.Resource(uri=DATASET, name="dataset", title="The whole dataset", mime_type=JSON)
        return types.ListResourcesResult(resources=[whole, *pages])

    async def list_templates(self, _context: Context, _params: Paging) -> types.ListResourceTemplatesResult:
        pages = [
            types.ResourceTemplate(uri_template=f"govmap://{kind}/{{name}}", name=kind, mime_type=mime_type)
            for kind, mime_type in (("mechanism", MARKDOWN), ("country", MARKDOWN), ("source", JSON))
        ]
        return types.ListResourceTemplatesResult(resource_templates=pages)

    def _read_one(self, kind: str, name: str) -> tuple[str, str]:
        if kind == "source":
            sources = source_refs(self._open_atlas(None), (name,))
            if not sources:
                raise _refusal(f"There is no source {name[:60]!r}")
            return to_json(sources[0]), JSON
        reply = self._tools[kind].answer(self._open_atlas, {"name": name})
        if reply.failed:
            raise _refusal(reply.text)
        return reply.text, MARKDOWN

    async def read_resource(
        self, _context: Context, params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        if params.uri == DATASET:
            text, kind = as_bytes(self._open_atlas(None), "json").decode(), JSON
        elif one := ONE.fullmatch(params.uri):
            text, kind = self._read_one(one[1], unquote(one[2]))
        else:
            raise _refusal(f"There is no resource {params.uri[:60]!r}; the list has {DATASET}")
        contents = types.TextResourceContents(uri=params.uri, mime_type=kind, text=text)
        return types.ReadResourceResult(contents=[contents])

    async def list_prompts(self, _context: Context, _params: Paging) -> types.ListPromptsResult:
        listed = []
        for name, (description, _text, names) in PROMPTS.items():
            arguments = [types.PromptArgument(name=each, required=each not in IN_ENGLISH) for each in names]
            listed.append(types.Prompt(name=name, description=description, arguments=arguments))
        return types.ListPromptsResult(prompts=listed)

    async def get_prompt(self, _context: Context, params: types.GetPromptRequestParams) -> types.GetPromptResult:
        if params.name not in PROMPTS:
            raise _refusal(f"There is no prompt {params.name[:60]!r}; there are {', '.join(PROMPTS)}")
        description, text, names = PROMPTS[params.name]
        given = {**IN_ENGLISH, **(params.arguments or {})}
        if missing := [name for name in names if not given.get(name)]:
            raise _refusal(f"The prompt {params.name} needs {', '.join(missing)}")
        filled = text.format(**{name: given[name][:200] for name in names})
        message = types.PromptMessage(role="user", content=types.TextContent(text=filled))
        return types.GetPromptResult(description=description, messages=[message])


def _refusal(message: str) -> MCPError:
    return MCPError(types.INVALID_PARAMS, message)
