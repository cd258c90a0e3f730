"""Answers one call whose values are read: opens the atlas, asks the question, writes the answer."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from govmap.atlas import load
from govmap.calls import Call, Option, option_name
from govmap.cli.options import AS_OF, DATA, OutputOptions
from govmap.cli.output import emit, progress
from govmap.dated_dataset import SCOPES
from govmap.declaration import Declaration
from govmap.errors import GovmapError, UsageError
from govmap.language import _
from govmap.texts import printable


def answer(declaration: Declaration, values: dict[str, Any]) -> None:
    """Answer the call of a question with *values*, those of the shared options among them.

    Raises:
        GovmapError: The call is wrong, or there is no answer.

    """
    options = OutputOptions.of(values)
    atlas = open_atlas_of(values) if declaration.asks_atlas else None
    with progress(_("Working out the answer")):
        found = declaration.ask(atlas, values)
    sources, full = bool(values.get("sources")), bool(values.get("full"))
    emit(found, options, _full_call(declaration, values), sources=sources, full=full)


def _full_call(declaration: Declaration, values: dict[str, Any]) -> Call:
    """Return the call with *values* that shows all of its answer."""
    words: list[str] = []
    for parameter in declaration.parameters:
        value = values.get(parameter.name)
        for each in (value or ()) if parameter.many else (value,):
            if each is None or each is False:
                continue
            name = [] if parameter.positional else [option_name(parameter.name)]
            words += name if each is True else [*name, str(each)]
    return Call(declaration.name, *words, full=True)


def open_atlas_of(values: Mapping[str, Any]) -> Any:
    """Return the atlas that the *values* of a call ask for; see `open_atlas`."""
    return open_atlas(values.get("data"), values.get("as_of"), values.get("scope"))


def open_atlas(data: str | None, as_of: str | None, scope: str | None = None) -> Any:
    """Return the atlas of the dataset at *data*, else of that which the environment names, else of the bundled one.

    Its date is *as_of*, else the one that the environment names, else that of the dataset.

    Raises:
        UsageError: *data* is blank, *as_of* is no date, or there is no such *scope*.
        DataError: The dataset cannot be read.

    """
    scope = SCOPES[0] if scope is None else scope
    variables = {
        option.variable: os.environ[option.variable]
        for option, given in ((DATA, data), (AS_OF, as_of))
        if given is None and os.environ.get(option.variable)
    }
    if variables:
        try:
            return open_atlas(variables.get(DATA.variable, data), variables.get(AS_OF.variable, as_of), scope)
        except GovmapError as error:
            named = ", ".join(f"{name}={value}" for name, value in variables.items())
            raise error.reworded(f"{error.message} ({printable(named)})") from error
    if data is not None and not data.strip():
        raise UsageError(_("--data is empty; name a folder or a file"), (Option("data", "FOLDER"),))
    if data is None:
        return load(None, as_of, scope)
    name = os.path.basename(data) or data  # noqa: PTH119 - pathlib costs start-up
    with progress(_("Reading {path}").format(path=name)):
        return load(data, as_of, scope)
