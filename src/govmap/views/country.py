"""The page of a country, and its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.grouping import group_by
from govmap.language import _, ngettext
from govmap.layout import blocks, cells, parts, words
from govmap.layout.page import Block, Lines, Page, Table, number, table, table_of
from govmap.layout.sources import UNNUMBERED, SourceNumbers
from govmap.names.folding import fold
from govmap.questions.country import Absence, CountryProfile, Seat, ThemeSeats
from govmap.questions.gaps import CountryGaps, Gap, gaps
from govmap.rows import Rows, tidy
from govmap.texts import NOR, OR, comma_list, enumerated, in_series, labelled

COLUMNS = (
    f"asked name as_of fact mechanism mechanism_name relation {cells.DATES} agency number group theme theme_label"
    " date text status sources code country"
)
FEW, MANY = 3, 8  # themes that are named as most often covered; themes not covered that are named


def page(profile: CountryProfile, atlas: Atlas, *, full: bool = False, numbers: SourceNumbers = UNNUMBERED) -> Page:
    """Return the page on where a country sits and where not, and on which themes; *full* with groups and evidence."""
    country = atlas.countries[profile.country.code]
    brief = atlas.call_on("brief", country)
    return blocks.make_page(
        heading(profile, atlas),
        blocks.sentences(_answer(profile), *unclear(profile, atlas), blocks.since_then_in(country, profile, atlas)),
        seats_table(profile, atlas, "", full=full),
        blocks.facts(*_in_short(profile, atlas)),
        *(_details(profile, atlas, numbers, brief) if full else ()),
        of=profile,
        more=blocks.more(_("groups"), _("evidence"), call=brief),
    )


def _details(
    profile: CountryProfile, atlas: Atlas, numbers: SourceNumbers, brief: Call | None
) -> Iterator[Block | None]:
    """Yield what the whole page has beside the short one."""
    if profile.mechanisms:
        yield _groups(profile, atlas)
        yield _shared_themes(profile)
    yield absences_table(profile, atlas, numbers, _("Not listed in"))
    yield chairs_table((*profile.mechanisms, *profile.other_bodies), numbers)
    roles = (parts.role(labelled(row.id, _(row.role)), row, numbers) for row in profile.observes)
    yield blocks.lines(_("Other roles, not counted"), roles)
    yield other_bodies_table(profile, atlas)
    yield from blocks.changes(profile, numbers, of_country=True)
    yield reliability(profile, atlas, numbers, full=True)
    names, unknown = words.name_notes(atlas.covered_heads), blocks.more_without_members(atlas)
    yield blocks.notes(_(words.DISCLAIMER), _(words.GROUPS_COUNT), *names, unknown)
    yield blocks.lines("", (_("As a document: {call}").format(call=brief),) if brief else ())


def heading(profile: CountryProfile, atlas: Atlas) -> str:
    """Return the name and the codes of the country; of a territory that a mechanism lists, also its state."""
    head, state, template = profile.country, "", _("{country} ({codes})")
    if head.kind == "historical":
        template = _("{country} ({codes}), historical state")
    elif head.sovereign and profile.mechanisms:
        state, template = atlas.countries[head.sovereign].name, _("{country} ({codes}), territory of {state}")
    codes = ", ".join(filter(None, (head.alpha2, head.code)))
    return template.format(country=head.name, codes=codes, state=state)


def _answer(profile: CountryProfile) -> str:
    """Return the answer in a sentence."""
    listing, total = len(profile.mechanisms), len(profile.mechanisms) + len(profile.not_in)
    if not total:
        return _("No mechanism of the dataset existed then.")
    if not listing:
        return words.counted("Not in the only mechanism.", "In none of the {n} mechanisms.", total)
    if not profile.not_in:
        return words.counted("In the only mechanism.", "In all of the {n} mechanisms.", total)
    roles = parts.with_roles(profile.observes)
    absent = enumerated((roles.get(ref.id, ref.id) for ref in profile.not_in), by=NOR)
    # The noun agrees with the total, which stands before it.
    some = ngettext(
        "In {n} of the {total} mechanism; not in {absent}.", "In {n} of the {total} mechanisms; not in {absent}.", total
    )
    return some.format(n=listing, total=total, absent=absent)


def unclear(profile: CountryProfile, atlas: Atlas) -> Iterator[str]:
    """Yield which mechanisms leave open whether they list the country, if any does."""
    noted = (absence.id for absence in profile.not_in if absence.note)
    return blocks.unclear(atlas.unclear_among(noted, (profile.country.code,)), atlas)


def _in_short(profile: CountryProfile, atlas: Atlas) -> Iterator[tuple[str, str]]:
    """Yield what there is to say beside the seats, a line or two each."""
    if not profile.mechanisms:  # else the answer has it
        yield _("Other role"), in_series(parts.with_roles(profile.observes).values())
    yield _("Other bodies"), in_series(f"{seat.name} ({words.term(seat.relation)})" for seat in profile.other_bodies)
    found = gaps(atlas, country=atlas.countries[profile.country.code]).countries[0]
    total = found.seated + len(found.gaps)
    if profile.mechanisms and total:
        covered = "" if found.nothing_known else _covered(profile, found.seated, total)
        unknown, nothing_else = found.themes_unknown, found.nothing_known
        not_known = words.groups_unknown(unknown, nothing_else=nothing_else) if unknown else ""
        yield _("Themes"), in_series(filter(None, (covered, not_known)))
    if found.gaps and not found.nothing_known:
        yield _("Not covered"), _not_covered(profile, found, atlas)
    for absence in profile.not_in:
        if absence.note:
            yield _("Not in {mechanism}").format(mechanism=absence.id), str(absence.note)
    yield _("Same profile"), comma_list(_same_profile(profile, atlas))
    yield _("Evidence"), words.evidence_in_short(seat.evidence.status for seat in profile.mechanisms)


def _covered(profile: CountryProfile, seated: int, total: int) -> str:
    """Return how many themes its mechanisms cover, those that most cover, and how many more are covered as often."""
    several = _of_several(profile)
    tied = [theme for theme in several[FEW:] if len(theme.mechanisms) == len(several[FEW - 1].mechanisms)]
    cut = FEW if len(tied) > 1 else FEW + len(tied)  # one more takes no more room by its name
    named = ", ".join(f"{theme.label} ({len(theme.mechanisms)})" for theme in several[:cut])
    if len(tied) > 1:
        # translators: {n} is two or more; {count} is how many mechanisms cover each of them
        more = _("{themes} and {n} more ({count})")
        named = more.format(themes=named, n=len(tied), count=len(tied[0].mechanisms))
    text = _("{n} of {total} covered by its mechanisms; most often {themes}")
    if not named:
        text = _("{n} of {total} covered by its mechanisms")
    return text.format(n=seated, total=total, themes=named)


def _of_several(profile: CountryProfile) -> list[ThemeSeats]:
    """Return the themes that several of its mechanisms cover, those that most cover first."""
    several = (theme for theme in profile.themes if len(theme.mechanisms) > 1)
    return sorted(several, key=lambda theme: (-len(theme.mechanisms), fold(theme.label)))


def _not_covered(profile: CountryProfile, found: CountryGaps, atlas: Atlas) -> str:
    """Return the themes that its mechanisms do not cover, by those that do; of many, how many."""
    if len(found.gaps) > MANY:
        call = Call("gaps", country=atlas.clear_name(atlas.countries[profile.country.code]))
        return words.counted("{n} theme: {call}", "{n} themes: {call}", len(found.gaps), call=call)
    through = _("{themes} (through {mechanisms})")
    return in_series(
        through.format(
            themes=comma_list(sorted((gap.label for gap in gaps_), key=fold)), mechanisms=enumerated(ids, by=OR)
        )
        for ids, gaps_ in group_by(found.gaps, lambda gap: gap.mechanisms).items()
    )


def _same_profile(profile: CountryProfile, atlas: Atlas) -> list[str]:
    """Return the countries in the same mechanisms, and in no other."""
    inside = {seat.id for seat in profile.mechanisms}
    others = (code for code in atlas.listed_countries if code != profile.country.code)
    same = (code for code in others if {mechanism.id for mechanism in atlas.mechanisms_of(code)} == inside)
    return words.alphabetical(atlas.countries[code].name for code in same)


def seats_table(
    profile: CountryProfile, atlas: Atlas, title: str, numbers: SourceNumbers = UNNUMBERED, *, full: bool
) -> Table:
    """Return the mechanisms that list a country; *full* with the evidence of each listing."""

    def secretariat(seat: Seat) -> str:
        apart = {agency: held.sources for agency, held in seat.evidence_of_agencies.items()}
        names = ", ".join(numbers.after(words.acronym(atlas, id_), apart.get(id_, ())) for id_ in seat.secretariat)
        return numbers.after(names, seat.secretariat_evidence.sources) if names else _("none named")

    return table_of(
        title,
        profile.mechanisms,
        (_("Id"), lambda seat: seat.id),
        (_("Mechanism"), lambda seat: words.name_and_acronym(atlas, seat)),
        (_("Role"), lambda seat: words.term(seat.relation)),
        (_("Since"), words.span),
        (_("Secretariat"), secretariat),
        (_("Evidence"), lambda seat: numbers.status(seat.evidence) if full else ""),
    )


def _groups(profile: CountryProfile, atlas: Atlas) -> Table:
    groups = ((seat.id, group) for seat in profile.mechanisms for group in seat.groups)
    is_unknown = any(atlas.is_unknown(atlas.mechanisms[seat.id], "groups") for seat in profile.mechanisms)
    empty = words.capitalised(words.no_groups()) if is_unknown else _("None")
    return blocks.groups(_("Groups and themes"), groups, atlas, empty=empty)


def _shared_themes(profile: CountryProfile) -> Table:
    rows = [(theme.label, len(theme.mechanisms), comma_list(theme.mechanisms)) for theme in _of_several(profile)]
    headings = (_("Theme"), number(_("Count")), _("Mechanisms"))
    return table(_("Themes covered by several mechanisms"), headings, rows, empty=_("None"))


def absences_table(
    profile: CountryProfile, atlas: Atlas, numbers: SourceNumbers, title: str, gaps: tuple[Gap, ...] = ()
) -> Table:
    """Return the mechanisms that do not list a country, with the *gaps* that each of them would close."""

    def themes(ref: Absence) -> str:
        return words.theme_labels(atlas, (gap.id for gap in gaps if ref.id in gap.mechanisms))

    return table_of(
        title,
        profile.not_in,
        (_("Id"), lambda ref: ref.id),
        (_("Mechanism"), lambda ref: words.name_and_acronym(atlas, ref)),
        (_("Themes it would add"), themes),
        (_("Note"), lambda ref: numbers.after(ref.note, ref.sources)),
    )


def chairs_table(seats: Iterable[Seat], numbers: SourceNumbers) -> Lines:
    """Return who chairs each of the mechanisms that list a country, as far as any chair is known."""
    known = (seat for seat in seats if seat.chair and (seat.chair.held_by or seat.chair.last_known))
    return blocks.lines(_("Chairs"), (labelled(seat.id, parts.chair(seat.chair, numbers)) for seat in known))


def other_bodies_table(profile: CountryProfile, atlas: Atlas) -> Table:
    """Return the bodies out of scope that list a country."""
    return table_of(
        _("Other bodies"),
        profile.other_bodies,
        (_("Role"), lambda seat: words.term(seat.relation)),
        (_("Id"), lambda seat: seat.id),
        (_("Body"), lambda seat: words.name_and_acronym(atlas, seat)),
        (_("Since"), words.span),
        (_("Evidence"), lambda seat: words.term(seat.evidence.status or "not stated")),
    )


def reliability(profile: CountryProfile, atlas: Atlas, numbers: SourceNumbers, *, full: bool) -> Lines:
    """Return what was found on the lists and secretariats in doubt; *full*, on every list, and what a status means."""
    texts = [_(words.EVIDENCE_MEANS)] if full and profile.mechanisms else []
    of_secretariat = _("{mechanism}, secretariat: {status}. {note}")
    for seat in profile.mechanisms:
        if full or seat.evidence.doubt:
            texts.append(labelled(seat.id, numbers.status_and_note(seat.evidence)))
        agencies = ((words.acronym(atlas, id_), held) for id_, held in seat.evidence_of_agencies.items())
        pieces = ((seat.id, seat.secretariat_evidence), *((f"{seat.id} ({name})", held) for name, held in agencies))
        for name, piece in pieces:
            if piece.doubt:
                texts.append(of_secretariat.format(mechanism=name, status=numbers.status(piece), note=piece.note))
    return blocks.lines(_("How reliable are these lists?"), texts)


def rows(profile: CountryProfile, atlas: Atlas) -> Rows:
    """Return each listing, secretariat, theme of a group, absence and change of the page, one a row."""
    head = profile.country
    return tidy(COLUMNS, _facts(profile, atlas), asked=head.code, name=head.name, as_of=profile.as_of)


def _facts(profile: CountryProfile, atlas: Atlas) -> Iterator[cells.Cells]:
    for seat in profile.mechanisms:
        where = cells.mechanism(seat)
        yield {"fact": "listed", **_listing(seat)}
        for agency in seat.secretariat:
            held = seat.evidence_of_agencies.get(agency, seat.secretariat_evidence)
            yield {"fact": "secretariat", **where, "agency": agency, **cells.pick(held, "status sources")}
        for group in seat.groups:
            values = cells.pick(group, "number group=name")
            for theme in group.themes:
                yield {"fact": "theme of a group", **where, **values, **cells.theme(atlas.themes[theme])}
    for absence in profile.not_in:
        yield {"fact": "not listed", **cells.mechanism(absence), **cells.pick(absence, "text=note sources")}
    for row in profile.observes:
        yield {**cells.beside(row), **cells.mechanism(row)}
    for seat in profile.other_bodies:
        yield {"fact": "other body", **_listing(seat)}
    for seat in (*profile.mechanisms, *profile.other_bodies):
        for chair in cells.chairs(seat.chair):
            yield {**chair, **cells.mechanism(seat), "text": chair["country"]}
    yield from cells.changes(profile.changes)


def _listing(seat: Seat) -> cells.Cells:
    return {**cells.mechanism(seat), **cells.pick(seat, f"relation {cells.DATES} evidence")}
