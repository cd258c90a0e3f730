"""The shapes of an answer: its record for programs, its page for people, its rows for spreadsheets, its picture.

The view of a question (`govmap.views.NAME`) makes page, rows and picture, and is loaded for these alone. To each shape
of an answer are added what of it is from own data and, where asked for, its sources; both derive from what the
question says that its answer rests on (`rests_on`).
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from msgspec.structs import replace

from govmap.calls import Call
from govmap.dates import as_of as phrase_as_of
from govmap.declaration import asked_of
from govmap.errors import GovmapError
from govmap.language import _
from govmap.records import Listing, Writable

if TYPE_CHECKING:
    from govmap.atlas import Atlas
    from govmap.layout.page import Page
    from govmap.layout.picture import Picture
    from govmap.parts.own_data import OwnFact
    from govmap.parts.provenance import Cited
    from govmap.rows import Rows

LONGEST_LIST = 1_000  # records that a page lists one by one; of more it shows the first, as of any long table


class Presentation:
    """An answer in each of its shapes.

    These are looked for in the module of the question, beside its function:

    - `rests_on(record, atlas)`: yields what a record shows, from which its sources and what is from own data derive.
    - `failure(answer, atlas)`: the error with which the call fails although it has an answer, or None.
    - `also_shows(record, atlas)`, rarely: what else a record shows, where it has the sources of that by itself.

    And these in its view:

    - `page(answer, atlas)` and `rows(answer, atlas)`.
    - `picture(answer, atlas)`, if there is one; it may return None.
    - `sheet(answer, atlas)`, rarely: the rows as a spreadsheet shows them best; None stands for `rows`.
    - `HIDDEN`, rarely: the parts that the page leaves out, whose sources it does not list.

    Each function may name options of the call as keywords. An answer that has a `text` is copied whole from a terminal.
    """

    def __init__(self, answer: Any, *, sources: bool = False, full: bool = False, sources_in_full: bool = True) -> None:
        """Present what a question returned, with the *sources* of all that it shows where these are asked for.

        A page is short unless it is *full*, and then has its sources too unless *sources_in_full* is false. Records
        and rows always hold all.
        """
        self.answer, self._asked = answer, asked_of(answer)
        self.declaration, self.slips = self._asked.declaration, self._asked.slips
        self.atlas: Atlas = self._asked.atlas
        self._full, asks_atlas = full, self.declaration.asks_atlas
        self._wants_sources = sources and asks_atlas and not self.declaration.has_all_sources
        self._page_has_sources = asks_atlas and (sources or (full and sources_in_full))
        self._owns = asks_atlas and bool(self.atlas.context.corrections)

    @property
    def failure(self) -> GovmapError | None:
        """Why the call fails although it has an answer, if it does."""
        failure = getattr(self.declaration.module, "failure", None)
        return None if failure is None else self._with_options(failure)

    def record(self) -> Writable | tuple[Writable, ...]:
        """Return the record, or the records of a list, each with the slips, what own data changed, and its sources."""
        added: dict[str, list[Any]] = {}
        if self.slips:
            added["read_as"] = [[slip._asdict() for slip in self.slips] for _record in self._records]
        if self._wants_sources:
            added["sources"] = [[cited.source.to_dict() for cited in each] for each in self._cited]
        if self._owns:
            added["own_data"] = [[fact.to_dict() for fact in each] for each in self._own_facts]
        if not added:
            whole: Writable | tuple[Writable, ...] = self.answer
            return whole
        records = tuple(
            {**record.to_dict(), **{key: values[at] for key, values in added.items()}}
            for at, record in enumerate(self._records)
        )
        return records if isinstance(self.answer, Listing) else records[0]

    def page(self) -> Page:
        """Return the page."""
        sources, hidden = _layout("sources"), getattr(self._view, "HIDDEN", ())
        numbers = sources.SourceNumbers(getattr(self.answer, "sources", ()) if self._page_has_sources else ())
        page: Page = self._with_options(self._view.page, full=self._full, numbers=numbers)
        is_list = isinstance(self.answer, Listing) and len(self.answer) <= LONGEST_LIST
        if not self._full and not is_list:
            page = _layout("short").shortened(page)
        if self._full or self._page_has_sources:
            page = replace(page, more="")  # the full page shows what `more` points to
        if self._owns:
            page = _layout("sources").with_own_facts(page, self._all_own_facts)
        if self._page_has_sources:
            shown = (cited for cited in self.cited if not cited.on or any(ref.part not in hidden for ref in cited.on))
            page = sources.with_sources(page, numbers, shown)
        return page

    def rows(self) -> Rows:
        """Return the rows."""
        rows: Rows = self._with_options(self._view.rows)
        if self._owns:
            rows = _layout("sources").rows_with_own_facts(rows, self._all_own_facts)
        return _layout("sources").rows_with_sources(rows, self.cited) if self._wants_sources else rows

    def sheet(self) -> Rows:
        """Return the rows as a spreadsheet shows them best: a matrix as a matrix, unless its sources are asked for."""
        sheet = getattr(self._view, "sheet", None)
        if sheet is None or self._wants_sources or self._owns:
            return self.rows()
        rows: Rows | None = self._with_options(sheet)
        return self.rows() if rows is None else rows

    def picture(self) -> Picture | None:
        """Return the picture; None where the question has none for this answer."""
        draw = getattr(self._view, "picture", None)
        picture = None if draw is None else self._with_options(draw)
        if picture is None:
            return None
        picture = _layout("sources").picture_with_sources(picture, self.cited, whole=self._wants_sources)
        if self._owns:
            picture = _layout("sources").picture_with_own_facts(picture, self._all_own_facts)
        return cast("Picture", picture)

    def text(self) -> str | None:
        """Return what a terminal gets instead of the page, where the answer is a text to be copied whole."""
        return None if self._wants_sources else getattr(self.answer, "text", None)

    @property
    def cited(self) -> tuple[Cited, ...]:
        """The sources that the answer rests on, each once."""
        from govmap.parts.provenance import gather

        return gather(self._cited)

    @property
    def _view(self) -> Any:
        return importlib.import_module(f"govmap.views.{self.declaration.name}")

    @property
    def _records(self) -> tuple[Any, ...]:
        return self.answer if isinstance(self.answer, Listing) else (self.answer,)

    @cached_property
    def _parts(self) -> list[list[Any]]:
        """What of the mechanisms each record shows."""
        rests_on = self.declaration.module.rests_on
        return [list(self._with_options(rests_on, record)) for record in self._records]

    @cached_property
    def _cited(self) -> list[tuple[Cited, ...]]:
        from govmap.parts.provenance import sources_of  # not every answer asks for it

        return [sources_of(self.atlas, record, parts) for record, parts in zip(self._records, self._parts, strict=True)]

    @cached_property
    def _own_facts(self) -> list[tuple[OwnFact, ...]]:
        from govmap.parts.own_data import own_facts, withdrawn

        # What a record shows beside its parts, of which it has the sources by itself.
        also_shows = getattr(self.declaration.module, "also_shows", lambda _record, _atlas: ())
        gone = () if isinstance(self.answer, Listing) else withdrawn(self.atlas)
        return [
            own_facts(self.atlas, record, [*parts, *also_shows(record, self.atlas)]) + gone
            for record, parts in zip(self._records, self._parts, strict=True)
        ]

    @property
    def _all_own_facts(self) -> tuple[OwnFact, ...]:
        from govmap.parts.own_data import withdrawn

        every = (*self._own_facts, withdrawn(self.atlas))
        return tuple(dict.fromkeys(fact for facts in every for fact in facts))

    def _with_options(self, function: Callable[..., Any], record: Any = None, **others: Any) -> Any:
        """Call *function* on the answer and the atlas, with those options of the call, and *others*, that it names."""
        names = function.__kwdefaults__ or {}
        options = {name: value for name, value in {**self._asked.options, **others}.items() if name in names}
        return function(self.answer if record is None else record, self.atlas, **options)


def page_of_atlas(atlas: Atlas) -> Page:
    """Return what an atlas holds, as of when, and three calls to try."""
    layout = _layout("page")
    counts = {
        _("Mechanisms"): len(atlas.covered_heads),
        _("Countries"): len(atlas.listed_countries),
        _("Themes"): len(atlas.themes),
        _("Sources"): len(atlas.sources),
    }
    country = next((atlas.clear_name(atlas.countries[code]) for code in atlas.listed_countries), None)
    mechanism = next((head.id for head in atlas.covered_heads), None)
    calls = (country and Call("country", country), mechanism and Call("mechanism", mechanism), Call("overlap"))
    facts = layout.Facts(tuple((label, str(number)) for label, number in counts.items()))
    lines = tuple(_("Example: {call}").format(call=call) for call in calls if call)
    page: Page = layout.Page(
        atlas.context.about.title, "", (facts, layout.Lines("", lines)), dated=phrase_as_of(atlas.as_of)
    )
    return page


def _layout(name: str) -> Any:
    return importlib.import_module(f"govmap.layout.{name}")
