"""The dataset as relational tables, for databases and spreadsheets: of every date, lists as tables of their own.

A record without an id of its own gets one made of what names it, with a stroke between, which ids of the dataset
never hold: `RCM/PER` is the membership of Peru in RCM, `SACM/4` the group with that number, `SACM/4/2025-11` one
that began later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govmap.atlas import Atlas
from govmap.export import columns as c
from govmap.export.columns import Column, Table
from govmap.fields import Record
from govmap.language import LANGUAGES, Language
from govmap.model import Agency, Dataset, Evidence, FormerName, Group, Mechanism, Member
from govmap.rows import Cell

ID = ("id",)
Row = tuple[Cell, ...]


def tables_of(atlas: Atlas) -> tuple[Table, ...]:
    """Return the tables of the dataset of *atlas*; `in_force` tells what holds as of the date of the atlas."""
    dataset = atlas.dataset
    return (
        _about(atlas),
        *_of_mechanisms(atlas),
        *_of_groups(atlas),
        *_of_countries(dataset),
        *_of_agencies(dataset),
        *_of_themes(dataset),
        *_of_evidence(dataset),
        *_of_events(dataset),
    )


def _about(atlas: Atlas) -> Table:
    about = atlas.dataset.about
    dates = (about.reference_date, atlas.as_of)
    row = (about.title, about.version, *dates, about.author, about.source, about.licence, about.statement)
    return Table("about", "What the dataset is", ("title",), c.ABOUT, (row,))


def _of_mechanisms(atlas: Atlas) -> Iterator[Table]:
    every = atlas.dataset.mechanisms
    yield Table("mechanisms", "The mechanisms", ID, c.MECHANISMS, tuple(_mechanism(atlas, m) for m in every))
    names = tuple((m.id, *row, row[0] in m.proposed_names) for m in every for row in _names(m, m.proposed_names))
    columns: tuple[Column, ...] = (c.MECHANISM, *c.NAMES, c.PROPOSED)
    yield Table("mechanism_names", "Their names and acronyms", ("mechanism", "language"), columns, names)
    yield from _former_names(atlas)
    aliases = ((m.id, alias) for m in every for alias in m.aliases)
    yield _links("mechanism_aliases", "Their other names", c.MECHANISM, c.ALIAS, aliases)
    # By their dates, for in an atlas the relation of a member is filled in.
    seated = {(m.id, one.code, one.start, one.until) for m in atlas.mechanisms.values() for one in m.members}
    members = tuple(
        _membership(m, one, (m.id, one.code, one.start, one.until) in seated) for m in every for one in m.members
    )
    yield Table("memberships", "Every spell of a country in a mechanism", ID, c.MEMBERSHIPS, members)
    unclear = tuple((m.id, one.code, one.note) for m in every for one in m.unclear_members)
    columns = (c.MECHANISM, c.COUNTRY, c.NOTE._replace(optional=False))
    about = "Countries whose place in a mechanism the source leaves open"
    yield Table("unclear_members", about, ("mechanism", "country"), columns, unclear)
    yield _secretariats(atlas)


def _former_names(atlas: Atlas) -> Iterator[Table]:
    every = [(m, name, f"{m.id}/{name.until}") for m in atlas.dataset.mechanisms for name in m.former_names]
    held = {m.id: m.names for m in atlas.mechanisms.values()}
    rows = tuple((id_, m.id, n.names["en"], n.until, held.get(m.id) == n.names) for m, n, id_ in every)
    yield Table("mechanism_former_names", "What they were called before", ID, c.FORMER_NAMES, rows)
    names = tuple((id_, *row) for _, name, id_ in every for row in _names(name))
    columns: tuple[Column, ...] = (c.FORMER_NAME, *c.NAMES)
    about = "Former names and acronyms by language"
    yield Table("former_name_languages", about, ("former_name", "language"), columns, names)


def _mechanism(atlas: Atlas, mechanism: Mechanism) -> Row:
    return (*_fields(mechanism, c.MECHANISMS[:-1]), mechanism.id in atlas.mechanisms)


def _names(
    body: Mechanism | Agency | FormerName, more: tuple[Language, ...] = ()
) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield each language in which *body* has a name or an acronym, with these; the languages of *more* too."""
    for language in LANGUAGES:
        if language in body.names or language in body.acronyms or language in more:
            yield language, body.names.get(language), body.acronyms.get(language)


def _spell(*names: object, since: str | None) -> str:
    """Return the id of a spell of what has *names*: with its start, where that is known."""
    return "/".join(map(str, names if since is None else (*names, since)))


def _membership_id(mechanism: Mechanism, member: Member) -> str:
    """Return the id of a spell; a country whose start is only bounded may stand there twice, as any other."""
    several = sum(other.code == member.code for other in mechanism.members) > 1
    return _spell(mechanism.id, member.code, since=member.start if several else member.since)


def _group_id(mechanism: Mechanism, group: Group) -> str:
    return _spell(mechanism.id, group.number, since=group.since)


def _membership(mechanism: Mechanism, member: Member, in_force: bool) -> Row:
    relation = member.relation or mechanism.relation or "member"
    dates = (member.since, member.until, member.joined_after, member.joined_by)
    id_ = _membership_id(mechanism, member)
    return (id_, mechanism.id, member.code, relation, *dates, member.as_written, in_force)


def _secretariats(atlas: Atlas) -> Table:
    held = {m.id: set(m.secretariats) for m in atlas.mechanisms.values()}
    rows = tuple(
        (m.id, place, s.agency, s.unit, s.as_written, s.note, s.since, s.until, s in held.get(m.id, ()))
        for m in atlas.dataset.mechanisms
        for place, s in enumerate(m.secretariats, 1)
    )
    about = "The agencies that serve a mechanism as its technical secretariat"
    return Table("secretariats", about, ("mechanism", "position"), c.SECRETARIATS, rows)


def _of_groups(atlas: Atlas) -> Iterator[Table]:
    every = atlas.dataset.mechanisms
    held = {m.id: set(m.groups) for m in atlas.mechanisms.values()}
    groups = tuple(_group(m, one, one in held.get(m.id, ())) for m in every for one in m.groups)
    yield Table("groups", "The working groups of the mechanisms", ID, c.GROUPS, groups)
    themes: Iterable[Row] = ((_group_id(m, g), theme) for m in every for g in m.groups for theme in g.themes)
    yield _links("group_themes", "The themes on which a group works", c.GROUP, c.THEME, themes)
    standing = {(m.id, one) for m in atlas.mechanisms.values() for one in (*m.pillars, *m.sub_bodies)}
    pillars = tuple(
        (f"{m.id}/{p.number}", m.id, p.number, p.name, p.as_written, p.since, p.until, (m.id, p) in standing)
        for m in every
        for p in m.pillars
    )
    yield Table("pillars", "Headings under which a mechanism arranges its groups", ID, c.PILLARS, pillars)
    themes = ((f"{m.id}/{p.number}", theme) for m in every for p in m.pillars for theme in p.themes)
    yield _links("pillar_themes", "The themes of a pillar", c.PILLAR, c.THEME, themes)
    bodies = tuple(
        (f"{m.id}/{b.id}", m.id, b.name, b.note, b.since, b.until, (m.id, b) in standing)
        for m in every
        for b in m.sub_bodies
    )
    yield Table("sub_bodies", "Bodies of a mechanism that own some of its groups", ID, c.SUB_BODIES, bodies)


def _group(mechanism: Mechanism, group: Group, in_force: bool) -> Row:
    return (
        _group_id(mechanism, group),
        mechanism.id,
        group.number,
        group.name,
        group.as_written,
        None if group.pillar is None else f"{mechanism.id}/{group.pillar}",
        None if group.sub_body is None else f"{mechanism.id}/{group.sub_body}",
        group.other_number,
        group.since,
        group.until,
        in_force,
    )


def _of_countries(dataset: Dataset) -> Iterator[Table]:
    every = dataset.countries
    rows = tuple(
        (one.alpha3, one.alpha2 or None, one.numeric or None, one.name, one.kind, one.sovereign, one.region)
        for one in every
    )
    yield Table("countries", "All territories that are known by name", ("alpha3",), c.COUNTRIES, rows)
    names = tuple((one.alpha3, language, name) for one in every for language, name in one.names.items())
    columns = (c.COUNTRY, c.LANGUAGE, c.NAME._replace(about="Name in that language"))
    yield Table("country_names", "Their names", ("country", "language"), columns, names)
    others = ((one.alpha3, name) for one in every for name in one.other_names)
    yield _links("country_aliases", "Their other names", c.COUNTRY, c.ALIAS, others)


def _of_agencies(dataset: Dataset) -> Iterator[Table]:
    every = dataset.agencies
    columns: tuple[Column, ...] = (c.ID, c.NAME)
    yield Table("agencies", "Organisations that serve as secretariat", ID, columns, _all_fields(every, columns))
    names = tuple((one.id, *row) for one in every for row in _names(one))
    columns = (c.AGENCY, *c.NAMES)
    yield Table("agency_names", "Their names and acronyms", ("agency", "language"), columns, names)
    aliases = ((one.id, alias) for one in every for alias in one.aliases)
    yield _links("agency_aliases", "Their other names", c.AGENCY, c.ALIAS, aliases)


def _of_themes(dataset: Dataset) -> Iterator[Table]:
    every = dataset.themes
    yield Table("themes", "The vocabulary of themes", ID, c.THEMES, _all_fields(every, c.THEMES))
    key = ("theme", "language", "kind", "label")
    labels = tuple(dict.fromkeys(_labels(dataset)))
    yield Table("theme_labels", "Their labels", key, c.THEME_LABELS, labels)
    related = c.THEME._replace(name="related", about="A theme beside it")
    pairs = ((theme.id, other) for theme in every for other in theme.related)
    yield _links("theme_related", "Themes that lie near each other", c.THEME, related, pairs)
    concept = Column("concept", "A concept of another vocabulary that it matches; see docs/data-format.md")
    pairs = ((theme.id, match) for theme in every for match in theme.matches)
    yield _links("theme_matches", "Their matches in other vocabularies", c.THEME, concept, pairs)
    word = Column("word", "A word that is too broad to stand for the theme alone")
    pairs = ((theme.id, one) for theme in every for one in theme.never_alone)
    yield _links("theme_never_alone", "Words that alone do not stand for them", c.THEME, word, pairs)
    columns = (c.NUMBER, c.LABEL)
    rows = _all_fields(dataset.categories, columns)
    yield Table("categories", "The source's own categories of issues", ("number",), columns, rows)
    themes: Iterable[Row] = ((category.number, theme) for category in dataset.categories for theme in category.themes)
    yield _links("category_themes", "The themes of a category", c.CATEGORY, c.THEME, themes)


def _labels(dataset: Dataset) -> Iterator[Row]:
    for theme in dataset.themes:
        for language, label in theme.preferred.items():
            source = theme.label_sources.get(language)
            yield theme.id, language, "preferred", label, source, None if source is None else source == "X"
        for language, labels in theme.alternative.items():
            for label in labels:
                yield theme.id, language, "alternative", label, None, None


def _of_evidence(dataset: Dataset) -> Iterator[Table]:
    yield Table(
        "sources", "The documents and pages that facts rest on", ID, c.SOURCES, _all_fields(dataset.sources, c.SOURCES)
    )
    found = tuple(_evidence(dataset))
    rows = tuple((*subject, piece.status, piece.as_of, piece.note) for subject, piece in found)
    yield Table("evidence", "How far each fact can be trusted", ID, c.EVIDENCES, rows)
    pairs = ((subject[0], source) for subject, piece in found for source in piece.sources)
    yield _links("evidence_sources", "The sources of a piece of evidence", c.EVIDENCE, c.SOURCE, pairs)


def _evidence(dataset: Dataset) -> Iterator[tuple[tuple[str, str, str, str | None, str | None], Evidence]]:
    """Yield each piece of evidence and its id, mechanism, part, membership and group."""
    for m in dataset.mechanisms:
        for name in m.former_names:
            if name.evidence:
                yield (f"former name/{m.id}/{name.until}", m.id, f"named until {name.until}", None, None), name.evidence
        for part, piece in m.evidence.items():
            yield (f"part/{m.id}/{part}", m.id, part, None, None), piece
        for member in m.members:
            if member.evidence:
                id_ = _membership_id(m, member)
                yield (f"membership/{id_}", m.id, "members", id_, None), member.evidence
        for group in m.groups:
            if group.evidence:
                id_ = _group_id(m, group)
                yield (f"group/{id_}", m.id, "groups", None, id_), group.evidence


def _of_events(dataset: Dataset) -> Iterator[Table]:
    every = tuple(enumerate(dataset.events, 1))
    rows = tuple((n, e.date, e.until, e.kind, e.concerns, e.carried, e.text, e.as_written) for n, e in every)
    yield Table("events", "What happened, and when", ("number",), c.EVENTS, rows)
    pairs: Iterable[Row] = ((n, mechanism) for n, e in every for mechanism in e.mechanisms)
    yield _links("event_mechanisms", "The mechanisms of an event", c.EVENT, c.MECHANISM, pairs)
    pairs = ((n, country) for n, e in every for country in e.countries)
    yield _links("event_countries", "The countries of an event", c.EVENT, c.COUNTRY, pairs)
    pairs = ((n, source) for n, e in every for source in e.sources)
    yield _links("event_sources", "The sources of an event", c.EVENT, c.SOURCE, pairs)
    about = "Resolutions and declarations that the source rests on"
    yield Table("resolutions", about, ID, c.RESOLUTIONS, _all_fields(dataset.resolutions, c.RESOLUTIONS))
    pairs = ((one.id, source) for one in dataset.resolutions for source in one.sources)
    yield _links("resolution_sources", "The sources of a resolution", c.RESOLUTION, c.SOURCE, pairs)
    corrected = tuple((n, *_fields(one, c.CORRECTIONS[1:])) for n, one in enumerate(dataset.corrections, 1))
    yield Table("corrections", "What own data have other than the bundled", ("number",), c.CORRECTIONS, corrected)


def _fields(record: Record, columns: tuple[Column, ...]) -> Row:
    return tuple(getattr(record, column.name) for column in columns)


def _all_fields(records: tuple[Record, ...], columns: tuple[Column, ...]) -> tuple[Row, ...]:
    return tuple(_fields(record, columns) for record in records)


def _links(name: str, about: str, left: Column, right: Column, pairs: Iterable[Row]) -> Table:
    """Return the table of a list: each of *pairs* once."""
    return Table(name, about, (left.name, right.name), (left, right), tuple(dict.fromkeys(pairs)))
