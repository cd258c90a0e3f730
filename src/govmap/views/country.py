"""The page of a country, and its rows."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.dates import as_of
from govmap.language import _, ngettext
from govmap.layout.page import Block, Lines, Page, Table, columns
from govmap.layout.words import (
    DISCLAIMER,
    EVIDENCE_MEANS,
    RELATION,
    SourceNumbers,
    as_in_data,
    capitalised,
    caution_lines,
    change_cells,
    change_lines,
    known_as,
    of_data,
    own_wording,
    served_by,
    span,
    theme_labels,
    trust_cells,
)
from govmap.names.folding import fold
from govmap.questions.country import CountryProfile
from govmap.rows import Cell, Rows, tidy

COLUMNS = (
    "asked name as_of fact mechanism mechanism_name relation since until joined_after joined_by agency number group"
    " theme theme_label date text status sources"
)


def page(profile: CountryProfile, atlas: Atlas) -> Page:
    """Return the page on where a country sits, on which themes, and where not."""
    numbers = SourceNumbers(profile.sources)
    blocks: tuple[Block, ...] = ()
    if profile.mechanisms:
        blocks = (_seats(profile, atlas), _groups(profile, atlas), _shared_themes(profile))
    if profile.mechanisms or profile.not_in:
        blocks += (_absences(profile, atlas, numbers),)
    blocks += (
        *caution_lines(profile.caution),
        *change_lines(profile.as_of, profile.changes, numbers),
        *_evidence(profile, numbers),
        _note(atlas),
    )
    blocks += numbers.block()
    return Page(heading(profile, atlas), _subtitle(profile), blocks)


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
    total, date = len(profile.mechanisms) + len(profile.not_in), as_of(profile.as_of)
    if not total:
        return _("None of the mechanisms of the dataset existed {as_of}").format(as_of=date)
    if not profile.mechanisms:
        none = ngettext(
            "None of the {total} mechanism of the dataset lists {country}, {as_of}",
            "None of the {total} mechanisms of the dataset lists {country}, {as_of}",
            total,
        )
        return none.format(total=total, country=profile.country.name, as_of=date)
    some = ngettext("In {n} of the {total} mechanism, {as_of}", "In {n} of the {total} mechanisms, {as_of}", total)
    return some.format(n=len(profile.mechanisms), total=total, as_of=date)


def _seats(profile: CountryProfile, atlas: Atlas) -> Table:
    rows = tuple(
        (
            _(RELATION[seat.relation]),
            seat.id,
            known_as(atlas, seat.id, seat.name),
            span(seat),
            served_by(atlas, seat.secretariat) or _("not stated"),
            of_data(seat.evidence.status or "not stated"),
        )
        for seat in profile.mechanisms
    )
    headings = columns(_("Relation"), _("Id"), _("Mechanism"), _("Since"), _("Secretariat"), _("Evidence"))
    return Table(_("Mechanisms"), headings, rows)


def _groups(profile: CountryProfile, atlas: Atlas) -> Table:
    rows = tuple(
        (seat.id, str(group.number), group.name, theme_labels(atlas, group.themes))
        for seat in profile.mechanisms
        for group in seat.groups
    )
    headings = columns(_("In"), _("No."), as_in_data(_("Group")), _("Themes"), numbers=(_("No."),))
    seats = [atlas.mechanisms[seat.id] for seat in profile.mechanisms]
    if any(atlas.is_silent(mechanism, "groups") for mechanism in seats):
        silence = capitalised(_("the source lists no groups, which is not the same as none"))
        return Table(_("Groups and themes"), headings, rows, silence)
    return Table(_("Groups and themes"), headings, rows)


def _shared_themes(profile: CountryProfile) -> Table:
    several = [theme for theme in profile.themes if len(theme.mechanisms) > 1]
    several.sort(key=lambda theme: (-len(theme.mechanisms), fold(theme.label)))
    rows = tuple((theme.label, str(len(theme.mechanisms)), ", ".join(theme.mechanisms)) for theme in several)
    headings = columns(_("Theme"), _("Count"), _("Mechanisms"), numbers=(_("Count"),))
    return Table(_("Themes met in more than one mechanism"), headings, rows)


def _absences(profile: CountryProfile, atlas: Atlas, numbers: SourceNumbers) -> Table:
    rows = tuple(
        (a.id, known_as(atlas, a.id, a.name), f"{a.note} {numbers.marks(a.sources)}".strip() if a.note else "")
        for a in profile.not_in
    )
    known = [_("Id"), _("Mechanism"), *([as_in_data(_("Note"))] if any(row[2] for row in rows) else [])]
    shown = tuple(row[: len(known)] for row in rows)
    return Table(_("Not listed in"), columns(*known), shown, _("It is listed in all of them"))


def _evidence(profile: CountryProfile, numbers: SourceNumbers) -> tuple[Lines, ...]:
    """Return on what each listing rests."""
    lines = []
    for seat in profile.mechanisms:
        note = f". {seat.evidence.note}" if seat.evidence.note else ""
        lines.append(f"{seat.id}: {numbers.status(seat.evidence)}{note}")
        served = seat.secretariat_evidence
        if served.doubt:
            told = {"mechanism": seat.id, "status": numbers.status(served), "note": served.note}
            lines.append(_("{mechanism}, secretariat: {status}. {note}").format(**told))
    return (Lines(as_in_data(_("On the evidence of these lists")), (_(EVIDENCE_MEANS), *lines)),) if lines else ()


def _note(atlas: Atlas) -> Lines:
    """Return what the page cannot know."""
    named = sum(mechanism.coverage == "mentioned" for mechanism in atlas.mechanisms.values())
    unknown = ngettext(
        "{n} more body is named by the source without members: {call}",
        "{n} more bodies are named by the source without members: {call}",
        named,
    ).format(n=named, call=Call("list", "mechanisms", coverage="mentioned"))
    return Lines(_("Note"), (_(DISCLAIMER), *own_wording(atlas.heads), *((unknown,) if named else ())))


def rows(profile: CountryProfile, atlas: Atlas) -> Rows:
    """Return each listing, secretariat, theme of a group, absence and change that the page tells, one a row."""
    head = profile.country
    return tidy(COLUMNS, _facts(profile, atlas), asked=head.code, name=head.name, as_of=profile.as_of)


def _facts(profile: CountryProfile, atlas: Atlas) -> Iterator[dict[str, Cell]]:
    for seat in profile.mechanisms:
        where = {"mechanism": seat.id, "mechanism_name": seat.name}
        yield {
            **where,
            "fact": "listed",
            **{key: getattr(seat, key) for key in ("relation", "since", "until", "joined_after", "joined_by")},
            **trust_cells(seat.evidence),
        }
        for agency in seat.secretariat:
            yield {**where, "fact": "secretariat", "agency": agency, **trust_cells(seat.secretariat_evidence)}
        for group in seat.groups:
            for theme in group.themes:
                cells: dict[str, Cell] = {"number": group.number, "group": group.name, "theme": theme}
                yield {**where, "fact": "theme of a group", **cells, "theme_label": atlas.themes[theme].label}
    for absence in profile.not_in:
        where = {"mechanism": absence.id, "mechanism_name": absence.name}
        yield {
            **where,
            "fact": "not listed",
            "text": absence.note,
            "sources": " ".join(absence.sources) or None,
        }
    yield from change_cells(profile.changes)
