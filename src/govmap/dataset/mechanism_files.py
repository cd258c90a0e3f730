"""Puts mechanisms that have a file of their own in their places in mechanisms.yaml, and events beside the others.

In the list `mechanisms`, an id alone (`- RCM`) stands for the file mechanisms/RCM.yaml. A mechanism may hold the
`events` that are its own. Both are plain values here, so that all later steps see one file.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Files
from typing import Any

from govmap.dataset.bundled import FOLDER
from govmap.dataset.problems import START, Position
from govmap.dataset.yaml_reader import Mapping, Sequence
from govmap.language import _
from govmap.texts import quoted

Note = Callable[[Position, str], None]


def join_mechanisms(main: Mapping, files: Files[str, Any], note: Note) -> None:
    """Put the contents of *files*, by name, where *main* names them; report by *note* what does not fit together."""
    mechanisms = main.get("mechanisms")
    items, joined, named = mechanisms if isinstance(mechanisms, Sequence) else Sequence(), Sequence(), set()
    for item, position in items.entries():
        if not isinstance(item, str):
            joined.add(item, position)
            continue
        name = f"{FOLDER}{item}.yaml"
        named.add(name)
        if name not in files:
            template = _("there is no file {file} next to this one; add it, or write the mechanism here")
            note(position, template.format(file=quoted(name)))
        elif isinstance(files[name], Mapping):
            joined.add(_with_id(files[name], item, note), Position(1, 1, name))
    for name in files.keys() - named:
        id_ = name.removeprefix(FOLDER).removesuffix(".yaml")
        template = _("mechanisms.yaml does not name this file; add `- {id}` to its `mechanisms`")
        note(Position(1, 1, name), template.format(id=id_))
    if named:
        main["mechanisms"] = joined
    _collect_events(main, note)


def _with_id(mechanism: Mapping, id_: str, note: Note) -> Mapping:
    """Return the *mechanism* of a file that is named for *id_*."""
    if mechanism.get("id") != id_:
        template = _("`id` must be {id}, like the name of the file")
        note(mechanism.positions.get("id", mechanism.position), template.format(id=id_))
    return mechanism


def _collect_events(main: Mapping, note: Note) -> None:
    """Move the events of each mechanism to those of the file, in the order of dates; they are those of its holder."""
    general, moved, mechanisms = main.get("events"), Sequence(), main.get("mechanisms")
    for mechanism in mechanisms if isinstance(mechanisms, Sequence) else ():
        if not isinstance(mechanism, Mapping) or "events" not in mechanism:
            continue
        position, own = mechanism.positions["events"], mechanism.pop("events")
        if not isinstance(own, Sequence):
            note(position, _("`events` must be a list; write each event with a - before it"))
            continue
        for event, at in own.entries():
            moved.add(_with_mechanism(event, mechanism.get("id"), at), at)
    if moved and isinstance(general, Sequence | None):
        entries = (*(general or Sequence()).entries(), *moved.entries())
        in_order = sorted(entries, key=lambda entry: _date_of(entry[0]))
        main.set("events", Sequence(in_order), main.positions.get("events", START))


def _date_of(event: Any) -> str:
    """Return the date of an *event*; one without any comes last."""
    return str((isinstance(event, Mapping) and event.get("date")) or "later")


def _with_mechanism(event: Any, id_: object, position: Position) -> Any:
    """Return an *event* that names the mechanism *id_* first."""
    others = event.get("mechanisms") if isinstance(event, Mapping) else None
    if isinstance(event, Mapping) and isinstance(others, Sequence | None) and isinstance(id_, str):
        rest = [entry for entry in (others or Sequence()).entries() if entry[0] != id_]
        event.set("mechanisms", Sequence([(id_, position), *rest]), event.positions.get("mechanisms", position))
    return event
