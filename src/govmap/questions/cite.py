"""How to cite the dataset, or one mechanism's page in it, together with the source on which it rests."""

from __future__ import annotations

from govmap.analysis.citation_styles import STYLES, Work
from govmap.atlas import Atlas
from govmap.dates import spoken
from govmap.language import _
from govmap.model import Mechanism, Source
from govmap.records import Result, Subject


class Entry(Work, frozen=True, kw_only=True):
    """A work to cite, and the text of it in the style that was asked for."""

    text: str


class Citation(Result, frozen=True):
    """The answer to `cite`; `text` holds all entries as they are to be copied."""

    of: Subject | None
    as_of: str
    style: str
    entries: tuple[Entry, ...]
    text: str
    caution: str | None


def cite(atlas: Atlas, of: Mechanism | None = None, style: str = "apa") -> Citation:
    """Return how to cite the dataset, or its page on a mechanism, and its source, in a style (of STYLES).

    >>> import govmap
    >>> [entry.kind for entry in govmap.cite(govmap.load()).entries]
    ['dataset', 'report']
    """
    main = atlas.sources.get(atlas.dataset.about.source or "")
    works = (_dataset(atlas) if of is None else _page(atlas, of), *((_source(main),) if main else ()))
    write = STYLES[style]
    entries = tuple(
        Entry(**{name: getattr(work, name) for name in work.__struct_fields__}, text=write.one(work)) for work in works
    )
    return Citation(
        of=Subject("mechanism", of.id, of.name) if of else None,
        as_of=atlas.as_of,
        style=style,
        entries=entries,
        text=write.joined([entry.text for entry in entries]),
        caution=atlas.caution,
    )


def _dataset(atlas: Atlas) -> Work:
    """Return the dataset as a work of its reference date: that of what it tells, as the data hold no other."""
    about = atlas.dataset.about
    note = _("As of {date}, changed by own data") if atlas.context.corrections else _("As of {date}")
    return Work(
        id="govmap",
        kind="dataset",
        title=about.title,
        author=about.author,
        issued=about.reference_date,
        version=about.version,
        note=note.format(date=spoken(atlas.as_of)),
    )


def _page(atlas: Atlas, of: Mechanism) -> Work:
    whole = _dataset(atlas)
    return Work(
        id=f"govmap-{of.id}",
        kind="page",
        title=of.name if of.id.islower() else f"{of.id}: {of.name}",
        container=whole.title,
        author=whole.author,
        issued=whole.issued,
        version=whole.version,
        note=whole.note,
    )


def _source(source: Source) -> Work:
    return Work(
        id=source.id,
        kind="webpage" if source.url else "report",
        title=source.title,
        author=source.publisher,
        issued=source.date,
        url=source.url,
        isbn=source.isbn,
    )
