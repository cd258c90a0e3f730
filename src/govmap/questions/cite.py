"""How to cite the dataset, or one mechanism's page in it, together with the source on which it rests."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.analysis.citation_styles import STYLES, Style, Work, joined
from govmap.atlas import Atlas
from govmap.choices import one_of
from govmap.dates import format_date
from govmap.declaration import TRUST, question
from govmap.fields import is_acronym
from govmap.language import _
from govmap.model import Mechanism, Source
from govmap.records import Answer, Basis, Subject
from govmap.statements import Statement


class Entry(Work, frozen=True, kw_only=True):
    """A work to cite, and the text of it in the style that was asked for."""

    text: str


class Citation(Answer, frozen=True):
    """The answer to `cite`; `text` holds all entries as they are to be copied."""

    of: Subject | None
    as_of: str
    style: str
    entries: tuple[Entry, ...]
    text: str
    caution: Statement | None


@question(TRUST, "RCM --style bibtex", "")
def cite(atlas: Atlas, name: str | Mechanism | None = None, *, style: Style = "apa") -> Citation:
    """Cite the dataset, or its page on a mechanism, and the source it is based on.

    >>> import govmap
    >>> [entry.kind for entry in govmap.cite(govmap.load()).entries]
    ['dataset', 'report']

    Args:
        name: A mechanism (default: the whole dataset).
        style: apa, chicago, bibtex, ris or csl-json.

    Raises:
        NotFoundError: No mechanism has that name; the error suggests others.
        AmbiguousError: Several have it or are near it.
        NoAnswerError: The mechanism did not exist on the date of the atlas.
        UsageError: There is no such style.

    """
    style = one_of("style", style, STYLES)
    of = None if name is None else atlas.mechanism(name)
    main = atlas.sources.get(atlas.context.about.source or "")
    works = (_dataset(atlas) if of is None else _page(atlas, of), *((_source(main),) if main else ()))
    entries = tuple(Entry.from_record(work, text=STYLES[style](work)) for work in works)
    return Citation(
        of=Subject("mechanism", of.id, of.name) if of else None,
        as_of=atlas.as_of,
        style=style,
        entries=entries,
        text=joined(style, [entry.text for entry in entries]),
        caution=atlas.caution,
    )


def rests_on(citation: Citation, atlas: Atlas) -> Iterator[Basis]:
    """Yield every part of the mechanism, or of all."""
    from govmap.parts.provenance import whole  # not for an answer without its sources

    for id_ in (citation.of.id,) if citation.of else atlas.mechanisms:
        yield from whole(atlas, id_)


def _dataset(atlas: Atlas) -> Work:
    """Return the dataset as a work of the date of its version; without one, of the date of its lists."""
    about = atlas.context.about
    note = _("As of {date}, changed by your data") if atlas.context.corrections else _("As of {date}")
    return Work(
        id="govmap",
        kind="dataset",
        title=about.title,
        author=about.author,
        issued=about.date or about.reference_date,
        version=about.version,
        url=atlas.address,
        note=note.format(date=format_date(atlas.as_of)),
    )


def _page(atlas: Atlas, of: Mechanism) -> Work:
    dataset = _dataset(atlas)
    title = f"{of.id}: {of.name}" if is_acronym(of.id) else of.name
    return Work.from_record(dataset, id=f"govmap-{of.id}", kind="page", title=title, container=dataset.title)


def _source(source: Source) -> Work:
    kind = "webpage" if source.url else "report"
    return Work.from_record(source, kind=kind, author=source.publisher, persons=source.authors, issued=source.date)
