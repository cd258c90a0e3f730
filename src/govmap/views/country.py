"""The page of a country, and its rows."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.dates import as_of
from govmap.language import _, ngettext
from govmap.layout import around, blocks, cells, words
from govmap.layout.page import Lines, Page, Table, number, table
from govmap.layout.sources import SourceNumbers
from govmap.names.folding import fold
from govmap.questions.country import CountryProfile, Seat
from govmap.rows import Rows, tidy

COLUMNS = (
    f"asked name as_of fact mechanism mechanism_name relation {cells.DATES} agency number group theme theme_label"
    " date text status sources"
)


def page(profile: CountryProfile, atlas: Atlas) -> Page:
    """Return the page on where a country sits, on which themes, and where not."""
    numbers = SourceNumbers(profile.sources)
    listed = (_seats(profile, atlas), _groups(profile, atlas), _shared_themes(profile))
    return blocks.make_page(
        heading(profile, atlas),
        _subtitle(profile),
        *(listed if profile.mechanisms else ()),
        _absences(profile, atlas, numbers) if profile.mechanisms or profile.not_in else None,
        around.chairs((*profile.mechanisms, *profile.other_bodies), numbers),
        around.beside(profile.observes, numbers),
        around.other_bodies(profile.other_bodies, atlas),
        *blocks.caution_and_changes(profile, numbers),
        _evidence(profile, numbers),
        _note(atlas),
        numbers.block(),
    )


def heading(profile: CountryProfile, atlas: Atlas) -> str:
    """Return the name and the codes of the country; of a territory that a mechanism lists, also its state."""
    head = profile.country
    codes = ", ".join(filter(None, (head.alpha2, head.code)))
    if head.kind == "historical":
        return _("{country} ({codes}), historical state").format(country=head.name, codes=codes)
    if head.sovereign and profile.mechanisms:
        state = atlas.countries[head.sovereign].name
        return _("{country} ({codes}), territory of {state}").format(country=head.name, codes=codes, state=state)
    return _("{country} ({codes})").format(country=head.name, codes=codes)


def _subtitle(profile: CountryProfile) -> str:
    listing, total, date = len(profile.mechanisms), len(profile.mechanisms) + len(profile.not_in), as_of(profile.as_of)
    if not total:
        return _("None of the mechanisms of the dataset existed {as_of}").format(as_of=date)
    if not listing:
        return words.counted(
            "None of the {total} mechanism of the dataset lists {country}, {as_of}",
            "None of the {total} mechanisms of the dataset lists {country}, {as_of}",
            total,
            total=total,
            country=profile.country.name,
            as_of=date,
        )
    # The noun agrees with the total, which stands before it.
    some = ngettext("In {n} of the {total} mechanism, {as_of}", "In {n} of the {total} mechanisms, {as_of}", total)
    return some.format(n=listing, total=total, as_of=date)


def _seats(profile: CountryProfile, atlas: Atlas) -> Table:
    rows = [
        (
            _(words.RELATION[seat.relation]),
            seat.id,
            words.name_and_acronym(atlas, seat),
            words.span(seat),
            words.acronyms(atlas, seat.secretariat) or _("not stated"),
            words.term(seat.evidence.status or "not stated"),
        )
        for seat in profile.mechanisms
    ]
    headings = (_("Relation"), _("Id"), _("Mechanism"), _("Since"), _("Secretariat"), _("Evidence"))
    return table(_("Mechanisms"), headings, rows)


def _groups(profile: CountryProfile, atlas: Atlas) -> Table:
    groups = ((seat.id, group) for seat in profile.mechanisms for group in seat.groups)
    is_silent = any(atlas.is_silent(atlas.mechanisms[seat.id], "groups") for seat in profile.mechanisms)
    empty = words.capitalised(words.no_groups()) if is_silent else ""
    return blocks.groups(_("Groups and themes"), groups, atlas, empty=empty)


def _shared_themes(profile: CountryProfile) -> Table:
    shared = [theme for theme in profile.themes if len(theme.mechanisms) > 1]
    shared.sort(key=lambda theme: (-len(theme.mechanisms), fold(theme.label)))
    rows = [(theme.label, len(theme.mechanisms), ", ".join(theme.mechanisms)) for theme in shared]
    title = _("Themes met in more than one mechanism")
    return table(title, (_("Theme"), number(_("Count")), _("Mechanisms")), rows)


def _absences(profile: CountryProfile, atlas: Atlas, numbers: SourceNumbers) -> Table:
    rows = [
        (ref.id, words.name_and_acronym(atlas, ref), ref.note and numbers.after(ref.note, ref.sources))
        for ref in profile.not_in
    ]
    headings = (_("Id"), _("Mechanism"), words.untranslated(_("Note")))
    return table(_("Not listed in"), headings, rows, empty=_("It is listed in all of them"), skip_empty=True)


def _evidence(profile: CountryProfile, numbers: SourceNumbers) -> Lines | None:
    """Return what each listing rests on."""
    texts = []
    for seat in profile.mechanisms:
        texts += [f"{seat.id}: {numbers.status_and_note(seat.evidence)}", *doubt_on_secretariat(seat, numbers)]
    title = words.untranslated(_("On the evidence of these lists"))
    return Lines(title, (_(words.EVIDENCE_MEANS), *texts)) if texts else None


def doubt_on_secretariat(seat: Seat, numbers: SourceNumbers) -> Iterator[str]:
    """Yield why the secretariat of a mechanism is less than confirmed, if it is."""
    evidence = seat.secretariat_evidence
    if evidence.doubt:
        yield _("{mechanism}, secretariat: {status}. {note}").format(
            mechanism=seat.id, status=numbers.status(evidence), note=evidence.note
        )


def _note(atlas: Atlas) -> Lines:
    """Return what the page cannot know."""
    mentioned = len(atlas.mentioned)
    unknown = words.counted(
        "{n} more body is named by the source without members: {call}",
        "{n} more bodies are named by the source without members: {call}",
        mentioned,
        call=Call("list", "mechanisms", coverage="mentioned"),
    )
    return Lines(_("Note"), (_(words.DISCLAIMER), *words.name_notes(atlas.heads), *((unknown,) if mentioned else ())))


def rows(profile: CountryProfile, atlas: Atlas) -> Rows:
    """Return each listing, secretariat, theme of a group, absence and change of the page, one a row."""
    head = profile.country
    return tidy(COLUMNS, _facts(profile, atlas), asked=head.code, name=head.name, as_of=profile.as_of)


def _facts(profile: CountryProfile, atlas: Atlas) -> Iterator[cells.Cells]:
    for seat in profile.mechanisms:
        where = cells.mechanism(seat)
        yield {"fact": "listed", **where, **cells.pick(seat, f"relation {cells.DATES}"), **cells.trust(seat.evidence)}
        for agency in seat.secretariat:
            yield {"fact": "secretariat", **where, "agency": agency, **cells.trust(seat.secretariat_evidence)}
        for group in seat.groups:
            values: cells.Cells = {"number": group.number, "group": group.name}
            for theme in group.themes:
                yield {"fact": "theme of a group", **where, **values, **cells.theme(atlas.themes[theme])}
    for absence in profile.not_in:
        yield {"fact": "not listed", **cells.mechanism(absence), "text": absence.note, **cells.pick(absence, "sources")}
    for row in profile.observes:
        values = {**cells.mechanism(row), "relation": "observer", **cells.pick(row, "since until")}
        yield {"fact": "beside", **values, "date": row.seen, "text": row.role, **cells.trust(row.evidence)}
    for seat in profile.other_bodies:
        values = {**cells.mechanism(seat), **cells.pick(seat, f"relation {cells.DATES}")}
        yield {"fact": "other body", **values, **cells.trust(seat.evidence)}
    for seat in (*profile.mechanisms, *profile.other_bodies):
        for chair in seat.chair.held_by if seat.chair else ():
            values = {**cells.mechanism(seat), **cells.pick(chair, "since until"), "date": chair.seen}
            yield {"fact": "chair", **values, "text": chair.name, **cells.trust(chair.evidence)}
    yield from cells.changes(profile.changes)
