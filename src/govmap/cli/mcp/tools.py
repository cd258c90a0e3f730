"""The tools of an assistant: some of the questions, with the schemas of their arguments and of their answers.

All is derived from the declarations of the questions. An answer is its page, with the date, the citation and the
sources; with `detail` its whole record too. A failure is returned as an error; its suggestions are calls of tools
where one exists.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct, json
from msgspec.structs import replace

from govmap.atlas import Atlas
from govmap.calls import Action, Call, Option, worded_by
from govmap.cli.calls import word_for_shell
from govmap.cli.options import AS_OF, LANG
from govmap.cli.reader import read, read_arguments
from govmap.declaration import Declaration, Parameter
from govmap.errors import GovmapError, UsageError
from govmap.formats.json import error_body
from govmap.formats.markdown import to_markdown
from govmap.formats.schema import json_schema
from govmap.kinds import KINDS, help_of
from govmap.language import _, speaking
from govmap.presentation import Presentation
from govmap.questions import declaration_of
from govmap.questions.cite import cite
from govmap.texts import quoted

NAMES = ("country", "mechanism", "membership", "overlap", "compare", "gaps", "list", "history")
DETAIL = Parameter("detail", "bool", help="Answer with the whole record, evidence and all, beside the page.")
SHARED = (AS_OF, DETAIL, replace(LANG, help="en, es, pt or fr (default: en)."))
NOT_KNOWN = 'What is "not known" is not known: never take it for "none".'
TYPES = {"bool": "boolean", "int": "integer"}
LONGEST = 2_000  # characters of one argument; a question in words has fewer


class Reply(Struct, frozen=True):
    """The answer to a call of a tool.

    Attributes:
        text: The page in Markdown, or the message of a failure.
        content: The same for programs: what `Tool.output_schema` describes, or the failure as `--json` has it.
        failed: Whether it is a failure.

    """

    text: str
    content: dict[str, Any]
    failed: bool = False


class Tool(Struct, frozen=True, dict=True):
    """A question as a tool."""

    declaration: Declaration

    @property
    def name(self) -> str:
        """The name of the tool: that of the question."""
        return self.declaration.name

    @property
    def description(self) -> str:
        """The description for an assistant, with arguments of calls that work on the bundled data."""
        examples = "; ".join(json.encode(example).decode() for example in self.examples)
        return f"{self.declaration.summary} {NOT_KNOWN} Arguments, for example: {examples}."

    @cached_property
    def examples(self) -> list[dict[str, Any]]:
        """The arguments of the question's own examples."""
        calls = (read(self.declaration, shlex.split(words)) for words in self.declaration.examples)
        return [call for call in calls if call.keys() <= set(self._parameters)]

    @cached_property
    def _parameters(self) -> dict[str, Parameter]:
        return {parameter.name: parameter for parameter in (*self.declaration.parameters, *SHARED)}

    @cached_property
    def input_schema(self) -> dict[str, Any]:
        """The JSON Schema of the arguments."""
        return {
            "type": "object",
            "properties": {name: _value_schema(p, self.declaration) for name, p in self._parameters.items()},
            "required": [p.name for p in self.declaration.parameters if p.required],
            "additionalProperties": False,
        }

    @cached_property
    def output_schema(self) -> dict[str, Any]:
        """The JSON Schema of the content of an answer."""
        schemas = [json_schema(shape.name) for shape in self.declaration.shapes]
        records = [{key: value for key, value in schema.items() if key[0] != "$"} for schema in schemas]
        text = {"type": "string"}
        ids = {"type": "array", "items": text}
        return {
            "type": "object",
            "properties": {
                "as_of": {**text, "description": "The date for which the answer holds."},
                "citation": {**text, "description": "How to cite it."},
                "sources": {
                    **ids,
                    "description": "What it rests on; a source in full is the resource govmap://source/ID.",
                },
                "record": {"anyOf": [{"type": "null"}, *records], "description": "The whole answer, with `detail`."},
            },
            "required": ["as_of", "citation", "sources", "record"],
            "$defs": {name: part for schema in schemas for name, part in schema["$defs"].items()},
        }

    def answer(self, open_atlas: Callable[[str | None], Atlas], arguments: Mapping[str, Any]) -> Reply:
        """Return the answer to a call with *arguments*, from the atlas of its date; a failure is answered too."""
        with worded_by(_as_tool_call):
            try:
                self._check(arguments)
                with speaking(arguments.get("lang") or "en"):
                    return self._answer(open_atlas(arguments.get("as_of")), arguments)
            except GovmapError as error:
                return _failure(error)

    def _answer(self, atlas: Atlas, arguments: Mapping[str, Any]) -> Reply:
        values = {name: value for name, value in arguments.items() if value is not None}
        presentation = Presentation(self.declaration.ask(atlas, values), full=bool(arguments.get("detail")))
        if (failure := presentation.failure) and not self.declaration.shows_failures:
            raise failure
        record = presentation.record() if arguments.get("detail") else None
        content = {
            "as_of": atlas.as_of,
            "citation": cite(atlas).text,
            "sources": [cited.source.id for cited in presentation.cited],
            "record": None if record is None else json.decode(json.encode(record, enc_hook=str)),
        }
        return Reply(f"{to_markdown(presentation.page())}\n{content['citation']}\n", content)

    def _check(self, arguments: Mapping[str, Any]) -> None:
        """Raise UsageError where *arguments* are not as the schema has them."""
        for name, value in arguments.items():
            parameter = self._parameters.get(name)
            if parameter is None:
                message = _("{tool} has no argument {name}").format(tool=self.name, name=quoted(name))
                raise UsageError(message, tuple(self._parameters))
            if value is not None and not _fits(value, parameter):
                wanted = json.encode(_value_schema(parameter, self.declaration)).decode()
                raise UsageError(_("{name} must be {schema}").format(name=name, schema=wanted))
        for parameter in self.declaration.parameters:
            if parameter.required and arguments.get(parameter.name) is None:
                raise UsageError(_("{tool} needs the argument {name}").format(tool=self.name, name=parameter.name))


def tools() -> dict[str, Tool]:
    """Return the tools by name."""
    return {name: Tool(declaration_of(name)) for name in NAMES}


def _value_schema(parameter: Parameter, declaration: Declaration) -> dict[str, Any]:
    one: dict[str, Any] = {"type": TYPES.get(parameter.kind, "string")}
    if words := KINDS[parameter.kind].words:
        one["enum"] = list(words())
    schema = {"type": "array", "items": one} if parameter.many else one
    return {**schema, "description": help_of(parameter, declaration)}


def _fits(value: Any, parameter: Parameter) -> bool:
    """Return whether *value* is of the type that the *parameter* takes; the question itself knows its choices."""
    if parameter.many:
        return isinstance(value, list) and len(value) <= LONGEST and all(_is_text(each) for each in value)
    if parameter.kind == "bool":
        return isinstance(value, bool)
    if parameter.kind == "int":
        return isinstance(value, int) and not isinstance(value, bool)
    return _is_text(value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST


def _failure(error: GovmapError) -> Reply:
    body = error_body(error)
    return Reply("\n- ".join([body.message, *body.suggestions]), {"error": body.to_dict()}, failed=True)


def _as_tool_call(action: Action) -> str:
    """Word an action as a call of a tool or an argument, or as a shell has it where no tool does that."""
    if isinstance(action, Option):
        return json.encode({action.name: action.value}).decode()
    if not isinstance(action, Call) or action.command not in NAMES:
        return word_for_shell(action)
    places = [parameter for parameter in declaration_of(action.command).parameters if parameter.positional]
    arguments: dict[str, Any] = {}
    read_arguments(action.arguments, places, arguments)
    arguments.update({name: value for name, value in action.options.items() if value is not False})
    return f"{action.command} {json.encode(arguments).decode()}"
