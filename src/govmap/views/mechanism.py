"""The page of a mechanism, and its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from govmap.analysis.similarity import compare_pair, jaccard
from govmap.atlas import Atlas
from govmap.dates import as_of, format_date
from govmap.fields import is_acronym
from govmap.grouping import group_by
from govmap.language import LANGUAGES, N_, Language, _, current, in_language, ngettext, pgettext
from govmap.layout import blocks, cells, parts, words
from govmap.layout.page import Block, Lines, Page, Table, number, table, table_of
from govmap.layout.sources import UNNUMBERED, SourceNumbers
from govmap.names.folding import fold
from govmap.questions.mechanism import CalledRow, MechanismHead, MechanismProfile, MemberRow, SecretariatRow
from govmap.records import SpanRow, Trust
from govmap.rows import Rows, tidy
from govmap.texts import decimal, in_series, labelled

LANGUAGE_NAMES: dict[Language, str] = {
    "en": N_("English"),
    "es": N_("Spanish"),
    "pt": N_("Portuguese"),
    "fr": N_("French"),
}
COLUMNS = (
    f"asked name as_of fact code country relation {cells.DATES} agency agency_name number group theme theme_label"
    " pillar date text part status sources other"
)
GRADED = ("members", "groups", "secretariats")  # the parts whose evidence a short page sums up
PART_NAMES = {"secretariats": "secretariat", "named": "as named"}


def page(profile: MechanismProfile, atlas: Atlas, *, full: bool = False, numbers: SourceNumbers = UNNUMBERED) -> Page:
    """Return the page on one mechanism; *full* with its themes, names in other languages, evidence and differences."""
    id_, name = profile.mechanism.id, words.name_and_acronym(atlas, profile.mechanism)
    since = blocks.since_then_in(atlas.mechanisms[id_], profile, atlas)
    not_shown = blocks.not_in_list(atlas, (id_,), "members", "groups")
    return blocks.make_page(
        labelled(id_, name) if is_acronym(id_) else name,
        blocks.sentences(mechanism_answer(profile), not_shown, since),
        blocks.facts(*_in_short(profile, atlas)),
        *(_details(profile, atlas, numbers) if full else ()),
        of=profile,
        more=blocks.more(_("themes"), _("names"), _("evidence")),
    )


def _details(profile: MechanismProfile, atlas: Atlas, numbers: SourceNumbers) -> Iterator[Block | None]:
    """Yield what the whole page has beside the short one."""
    has_lists = profile.mechanism.coverage == "full"
    others = (language for language in LANGUAGES if language != current())
    languages: dict[str, str] = {_(LANGUAGE_NAMES[language]): language for language in others}
    if foreign := blocks.foreign_source(atlas):
        languages[_("Name in the source")] = foreign
    yield blocks.facts(*_facts(profile, atlas, numbers), languages=languages)
    if has_lists:
        yield _members(profile)
        yield _groups(profile, atlas)
        pillars = ((pillar.number, _with_dates(pillar.name, pillar)) for pillar in profile.pillars)
        yield table(_("Pillars"), (number(_("No.")), _("Pillar")), pillars)
    yield blocks.lines(_("Not counted as members"), _observers(profile, numbers))
    named_by = (labelled(row.number, f"{_(row.says)} {row.text}") for row in profile.named_by)
    yield blocks.lines(_("Named in resolutions"), named_by)
    if has_lists or profile.links:
        contacts = [f"{parts.other(row, atlas)}, {parts.link(row, numbers)}" for row in profile.links]
        yield blocks.lines(_("Links with others"), contacts or [_("No link with another mechanism is known")])
    if has_lists:
        yield _differences(profile, atlas, numbers)
    yield from blocks.changes(profile, numbers)
    yield _evidence(profile, atlas, numbers)
    yield blocks.notes(*_own_wording(profile), _(words.EVIDENCE_MEANS), _(words.DISCLAIMER))


def _observers(profile: MechanismProfile, numbers: SourceNumbers) -> Iterator[str]:
    """Yield the countries that are beside the mechanism, by their role."""
    in_order = sorted(profile.observers, key=lambda row: fold(row.name))
    for role, those in group_by(in_order, lambda row: row.role).items():
        yield labelled(_(parts.ROLES[role]), in_series(parts.role(row.name, row, numbers) for row in those))


def mechanism_answer(profile: MechanismProfile) -> str:
    """Return what it is and how large, in a sentence."""
    head = profile.mechanism
    kind = words.capitalised(words.term(head.kind))
    if head.founded:
        kind = _("{kind} since {date}").format(kind=kind, date=format_date(head.founded))
    if head.coverage == "mentioned":
        named = head.scope == "note"
        text = (
            _("{kind}; the source names it without its members.") if named else _("{kind}; its members are not known.")
        )
        return text.format(kind=kind)
    relation = head.relation or "member"
    listed = Counter(row.relation or relation for row in profile.members or ())
    relations = sorted(listed, key=lambda each: each != relation) or [relation]
    sizes = [words.listed(each, listed[each]) for each in relations]
    if profile.groups:
        sizes.append(words.counted("{n} group", "{n} groups", len(profile.groups)))
    return _("{kind}; {sizes}.").format(kind=kind, sizes=", ".join(sizes))


def _in_short(profile: MechanismProfile, atlas: Atlas) -> Iterator[tuple[str, str]]:
    """Yield what there is to say, a few lines each."""
    head = profile.mechanism
    yield note_label(profile), "" if head.coverage == "full" else head.note or ""
    yield _("Part of"), parent_name(head.parent, atlas) or ""
    yield _("Ended"), format_date(head.until) if head.until else ""
    yield from _listed(profile)
    yield from unclear_members(profile, atlas)
    yield from parts.observers_in_short(profile.observers)
    yield _("Chair"), parts.chair(profile.chair)
    yield _("Secretariat"), _secretariat(profile, atlas)
    yield _groups_in_short(profile)
    yield _("Links"), parts.links_in_short(profile.links, atlas)
    yield _most_similar(profile, atlas)
    yield _("Evidence"), _evidence_in_short(profile)
    yield _("Website"), head.website or ""


def note_label(profile: MechanismProfile) -> str:
    """Return what the note on a mechanism is: what the source says of it, if the source covers it."""
    return _("Note") if profile.mechanism.scope == "wider" and "named" not in profile.evidence else _("In the source")


def _listed(profile: MechanismProfile) -> Iterator[tuple[str, str]]:
    """Yield the names of the countries by what being listed means for them."""
    members = profile.members or ()
    by_relation = group_by(members, lambda member: member.relation)
    for relation, rows in by_relation.items():
        yield words.heading(relation), words.name_list(row.name for row in rows)
    if not members and profile.mechanism.coverage == "full":
        yield words.heading(profile.mechanism.relation), _("none")


def _groups_in_short(profile: MechanismProfile) -> tuple[str, str]:
    if profile.mechanism.coverage != "full":
        return "", ""
    label = words.heading_of_groups(profile.group_label)
    if not profile.groups:
        return label, _no_groups(profile)
    return label, "\n".join(f"{group.number:>2} {group.name}" for group in profile.groups)


def _no_groups(profile: MechanismProfile) -> str:
    if profile.groups is not None:
        return _("none")
    return pgettext("groups", "not known") if profile.mechanism.scope == "wider" else words.no_groups()


def _most_similar(profile: MechanismProfile, atlas: Atlas) -> tuple[str, str]:
    """Return the mechanism with which it shares most of its countries, and how they relate."""
    mine = frozenset(member.code for member in profile.members or ())
    others = {id_: seats.keys() for id_, seats in atlas.seats.items() if id_ != profile.mechanism.id} if mine else {}
    most_similar = max(others, key=lambda id_: jaccard(mine, others[id_]), default="")
    if not most_similar or mine.isdisjoint(others[most_similar]):
        return "", ""
    pair = compare_pair("", most_similar, mine, frozenset(others[most_similar]))
    size = pair.shared + pair.only_right
    all_of_them = _("{id}: all of its {size} countries are here too (Jaccard {jaccard})")
    templates = {
        "contains": _("{id}: its only country is here too (Jaccard {jaccard})") if size == 1 else all_of_them,
        "within": _("{id}: has all of these countries among its {size} (Jaccard {jaccard})"),
        "equal": _("{id}: the same countries"),
    }
    some_of_them = ngettext(
        "{id}: {n} of its {size} countries is here too (Jaccard {jaccard})",
        "{id}: {n} of its {size} countries are here too (Jaccard {jaccard})",
        pair.shared,
    )
    template = templates.get(pair.relation, some_of_them)
    values = {"n": pair.shared, "size": size, "jaccard": decimal(pair.jaccard or 0)}
    return _("Most similar of {n}").format(n=len(others)), template.format(id=pair.right, **values)


def _evidence_in_short(profile: MechanismProfile) -> str:
    """Return which lists have which status of evidence, and what else is contradicted, in one line."""
    pieces = profile.evidence.items()
    graded = [part for part, piece in pieces if piece.status and (part in GRADED or piece.status == "contradicted")]
    by_status = group_by(graded, lambda part: profile.evidence[part].status or "")
    return in_series(
        labelled(words.term(status), ", ".join(words.term(PART_NAMES.get(part, part)) for part in parts))
        for status, parts in by_status.items()
    )


def _facts(profile: MechanismProfile, atlas: Atlas, numbers: SourceNumbers) -> Iterator[tuple[str, str]]:
    """Yield what a mechanism was and is called, and what the source says of it."""
    head = profile.mechanism
    yield _("What being listed means"), _(words.RELATION_MEANS[head.relation]) if head.relation else ""
    yield note_label(profile), head.note or "" if head.coverage == "full" else ""
    yield _("Bodies"), in_series(_with_dates(body.name, body) for body in profile.sub_bodies)
    yield from _names(head)
    for row in head.called:
        yield _("Former name"), _former_name(row, numbers) if row.names != head.names else ""
    yield _("Name in the source"), head.as_written or ""


def unclear_members(profile: MechanismProfile, atlas: Atlas) -> Iterator[tuple[str, str]]:
    """Yield the countries whose membership is open, with what the source says of them, or when they joined."""
    for code, note in profile.unclear.items():
        if code.isupper():
            yield _("Unclear: {country}").format(country=atlas.countries[code].name), note


def parent_name(parent: str | None, atlas: Atlas) -> str | None:
    """Return the name of the body that a mechanism belongs to, translated where it is an agency."""
    agency = next((agency for agency in atlas.agencies.values() if agency.names["en"] == parent), None)
    return agency.name if agency else parent and words.term(parent)


def _names(head: MechanismHead) -> Iterator[tuple[str, str]]:
    """Yield the name in each language that has one, but in that of the title only where it is a proposal."""
    for language in LANGUAGES:
        is_proposed = language in head.proposed_names
        if language in head.names and (is_proposed or language != current()):
            name = _with_acronym(head.names[language], head.acronyms.get(language))
            own_wording = _("{name} (this dataset's own wording)")
            yield _(LANGUAGE_NAMES[language]), own_wording.format(name=name) if is_proposed else name


def _with_acronym(name: str, short: str | None) -> str:
    return f"{name} ({short})" if short else name


def _former_name(row: CalledRow, numbers: SourceNumbers) -> str:
    """Return a name that the mechanism had on another date, with what it rests on."""
    name = _with_dates(_with_acronym(in_language(row.names), in_language({"en": "", **row.acronyms})), row)
    if row.evidence is None:
        return name
    return ". ".join(filter(None, (numbers.after(name, row.evidence.sources), row.evidence.note)))


def _with_dates(text: str, row: CalledRow | SpanRow) -> str:
    """Return *text* with the dates from and until which it held, as far as they are known."""
    if row.since and row.until:
        return _("{text}, from {since} until {until}").format(text=text, since=row.since, until=row.until)
    if row.since:
        return _("{text}, since {since}").format(text=text, since=row.since)
    return _("{text}, until {until}").format(text=text, until=row.until) if row.until else text


def _secretariat(profile: MechanismProfile, atlas: Atlas) -> str:
    if profile.secretariat is None:
        return profile.unclear.get("secretariat", "")
    names = ((row, f"{words.acronym(atlas, row.agency)}, {row.name}") for row in profile.secretariat)
    texts = [_with_dates(_with_acronym(name, _marked(row)), row) for row, name in names]
    return "\n".join(texts) or _("None {as_of}").format(as_of=as_of(profile.as_of))


def _remarks(row: SecretariatRow) -> str:
    return in_series(filter(None, (row.unit, row.note)))


def _marked(row: SecretariatRow) -> str:
    """Return what is to be said of an agency, with its status where the secretariat as a whole has another."""
    return in_series(filter(None, (_remarks(row), UNNUMBERED.status(row.evidence) if row.evidence else None)))


def by_agency(profile: MechanismProfile, atlas: Atlas) -> Iterator[tuple[str, Trust]]:
    """Yield the name of each agency that has other evidence than the secretariat as a whole, and that evidence."""
    for row in profile.secretariat or ():
        if row.evidence:
            yield f"{words.term('secretariat')} ({words.acronym(atlas, row.agency)})", row.evidence


def _members(profile: MechanismProfile) -> Table:
    members = profile.members or ()
    # On a date before that of the data, which starts are not known is what the answer rests on.
    has_dates = profile.caution or any(m.since or m.until or m.joined_after or m.joined_by for m in members)
    relations = {member.relation for member in members} or {profile.mechanism.relation or "member"}
    is_mixed = len(relations) > 1
    title = _("Listed") if is_mixed else words.heading(min(relations))
    rows = [
        (m.code, _country(m), words.term(m.relation) if is_mixed else "", words.span(m) if has_dates else "")
        for m in members
    ]
    headings = (_("Code"), _("Country"), _("Role"), _("Since"))
    return table(f"{title} ({len(members)})", headings, rows)


def _country(member: MemberRow) -> str:
    return member.name if member.kind == "state" else f"{member.name} ({words.term(member.kind)})"


def _groups(profile: MechanismProfile, atlas: Atlas) -> Table:
    label, groups = words.heading_of_groups(profile.group_label), profile.groups or ()
    return table_of(
        f"{label} ({len(groups)})" if groups else label,
        groups,
        (number(_("No.")), lambda group: group.number),
        (_("Group"), lambda group: _with_dates(group.name, group)),
        (_("Themes"), lambda group: words.theme_labels(atlas, group.themes)),
        (number(_("Pillar")), lambda group: group.pillar or ""),
        (_("Led by"), lambda group: words.name_list(country.name for country in group.leads)),
        empty=without_groups(profile),
    )


def _own_wording(profile: MechanismProfile) -> Iterator[str]:
    """Yield which groups are named in this dataset's own words."""
    named = [group for group in profile.groups or () if current() in group.names and current() != "en"]
    own = [str(group.number) for group in named if current() not in group.name_sources]
    if own:
        yield _("Names of groups in this dataset's own wording: {numbers}").format(numbers=", ".join(own))


def without_groups(profile: MechanismProfile) -> str:
    """Return why a mechanism has no groups."""
    return profile.unclear.get("groups") or words.capitalised(_no_groups(profile))


def _differences(profile: MechanismProfile, atlas: Atlas, numbers: SourceNumbers) -> Lines:
    """Return where the source, or another list, has another form than the one shown, and why."""
    secretariat, pillar = _("Technical secretariat {name}"), _("Pillar {number}")
    forms = [
        *((secretariat.format(name=row.name), row.as_written) for row in profile.secretariat or ()),
        *((pillar.format(number=row.number), row.as_written) for row in profile.pillars),
    ]
    template = _('{what}: the source has "{form}"')
    texts = [template.format(what=part, form=form) for part, form in forms if form]
    label = words.capitalised(words.term(profile.group_label or "group"))
    for group in profile.groups or ():
        details = [_('the source has "{form}"').format(form=group.as_written)] if group.as_written else []
        if group.evidence and group.evidence.note and group.evidence.status == "contradicted":
            details.append(f"{group.evidence.note} {numbers.marks(group.evidence.sources)}")
        texts += [labelled(f"{label} {group.number}", ". ".join(details))] if details else []
    written = (*(form for _part, form in forms), *(group.as_written for group in profile.groups or ()))
    return blocks.differences(_("Where the source or another list differs"), texts, written, atlas)


def _evidence(profile: MechanismProfile, atlas: Atlas, numbers: SourceNumbers) -> Table:
    pieces = [(words.term(PART_NAMES.get(part, part)), piece) for part, piece in profile.evidence.items()]
    pieces += by_agency(profile, atlas)
    rows = [(name, numbers.status(piece), piece.as_of, piece.note) for name, piece in pieces]
    headings = (_("Part"), _("Status"), _("As of"), _("Note"))
    return table(_("Evidence"), headings, rows, empty=_("None"))


def rows(profile: MechanismProfile, atlas: Atlas) -> Rows:
    """Return each country, secretariat, theme of a group, change and piece of evidence of the page, one a row."""
    head = profile.mechanism
    return tidy(COLUMNS, _cells(profile, atlas), asked=head.id, name=head.name, as_of=profile.as_of)


def _cells(profile: MechanismProfile, atlas: Atlas) -> Iterator[cells.Cells]:
    for member in profile.members or ():
        yield {"fact": "listed", **cells.pick(member, f"code country=name relation {cells.DATES} evidence")}
    for row in profile.secretariat or ():
        values = cells.pick(row, "agency agency_name=name since until evidence")
        yield {"fact": "secretariat", **values, "text": _remarks(row) or None}
    for group in profile.groups or ():
        values = cells.pick(group, "number group=name pillar since until evidence")
        for theme in group.themes:
            yield {"fact": "theme of a group", **values, **cells.theme(atlas.themes[theme])}
        for country in group.leads:
            yield {"fact": "lead of a group", **values, **cells.country(country), "since": group.leads_since}
    yield from cells.chairs(profile.chair)
    for observer in profile.observers:
        yield {**cells.beside(observer), **cells.country(observer)}
    for link in profile.links:
        values = cells.pick(link, "other=right date until evidence")
        yield {"fact": "link", **values, "text": link.note or link.kind}
    for part, piece in profile.evidence.items():
        yield {"fact": "evidence", "part": part, **cells.pick(piece, "date=as_of text=note status sources")}
    for values in cells.changes(profile.changes):
        del values["mechanism"]
        yield values
