"""What a brief says of a mechanism: what it is, whom it lists and whom not, on what it works, what is like it."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.dates import format_date
from govmap.language import _
from govmap.layout.page import Block, Drawing, Facts, Lines, Table, columns, without_empty_columns
from govmap.layout.words import (
    LISTED,
    RELATION_MEANS,
    SourceNumbers,
    acronym,
    alphabetical,
    as_in_data,
    of_data,
    theme_labels,
)
from govmap.questions.brief import Brief
from govmap.questions.mechanism import MechanismProfile, MemberRow
from govmap.texts import decimal, in_series
from govmap.views.map import map_tiles
from govmap.views.map import picture as map_picture
from govmap.views.mechanism import no_groups, parent_in_words, unclear_pairs

TRUSTED = ("members", "relation", "groups", "secretariats")  # the parts of a mechanism that a brief shows


def title_of_mechanism(profile: MechanismProfile) -> str:
    """Return the title of a brief on a mechanism."""
    head = profile.mechanism
    return _("Brief: {name}").format(name=head.name if head.id.islower() else f"{head.name} ({head.id})")


def on_mechanism(brief: Brief, profile: MechanismProfile, atlas: Atlas) -> Iterator[Block]:
    """Yield what a brief tells of a mechanism, in reading order."""
    yield _facts(profile, atlas)
    if profile.members is not None:
        yield _members(profile)
        yield _not_listed(brief)
        yield from mechanism_drawing(brief, atlas)
        yield _groups(profile, atlas)
    if brief.neighbours:
        yield _neighbours(brief)


def mechanism_drawing(brief: Brief, atlas: Atlas) -> tuple[Drawing, ...]:
    """Return the map of the countries that a mechanism lists, where it lists any."""
    if brief.map is None or not any(tile.mechanisms for tile in brief.map.tiles):
        return ()
    return (Drawing(_("On the map"), map_picture(brief.map, atlas), map_tiles(brief.map)),)


def _facts(profile: MechanismProfile, atlas: Atlas) -> Facts:
    head = profile.mechanism
    served = in_series(
        f"{row.name} ({acronym(atlas, row.agency)})" + (f", {row.unit}" if row.unit else "")
        for row in profile.secretariat or ()
    )
    pairs = (
        (_("Kind"), of_data(head.kind)),
        (_("Founded"), format_date(head.founded) if head.founded else None),
        (_("What a listing means"), _(RELATION_MEANS[head.relation]) if head.relation else None),
        (_("Part of"), parent_in_words(head.parent, atlas)),
        (as_in_data(_("In the source")), head.note),
        (_("Secretariat"), served or profile.unclear.get("secretariat")),
        (_("Website"), head.website),
        *unclear_pairs(profile, atlas),
    )
    return Facts(tuple((label, value) for label, value in pairs if value))


def _members(profile: MechanismProfile) -> Lines:
    """Return the countries listed, together where they are so listed since the same day."""
    together: dict[tuple[str, str], list[str]] = {}
    members = profile.members or ()
    for member in members:
        together.setdefault((member.relation, _since(member)), []).append(member.name)
    mixed = len({relation for relation, _day in together}) > 1
    dated = len({day for _relation, day in together}) > 1 or any(member.since for member in members)
    lines = []
    for (relation, day), names in sorted(together.items(), key=lambda item: (item[0][0], -len(item[1]))):
        lead = [*([of_data(relation)] if mixed else []), *([day] if dated else [])]
        told = ", ".join(alphabetical(names))
        lines.append(f"{', '.join(lead)}: {told}" if lead else told)
    heading = _("Countries listed") if mixed else _(LISTED[profile.mechanism.relation or "member"])
    return Lines(f"{heading} ({len(members)})", tuple(lines) or (_("None"),))


def _since(member: MemberRow) -> str:
    """Return when a membership began and, where it will, ends, as far as that is known."""
    after, by = member.joined_after, member.joined_by
    if member.since:
        start = _("since {day}").format(day=member.since)
    elif after and by:
        start = _("since some day between {first} and {last}").format(first=after, last=by)
    elif after:
        start = _("since some day after {day}").format(day=after)
    else:
        start = _("since {day} at the latest").format(day=by) if by else _("since a day not known")
    return _("{start}, until {end}").format(start=start, end=member.until) if member.until else start


def _not_listed(brief: Brief) -> Lines:
    refs = brief.not_listed or ()
    names = ", ".join(alphabetical(ref.name for ref in refs)) or _("It lists every country that any mechanism lists")
    return Lines(_("Not listed, though another mechanism lists them ({n})").format(n=len(refs)), (names,))


def _groups(profile: MechanismProfile, atlas: Atlas) -> Table:
    groups = profile.groups or ()
    rows = tuple((str(group.number), group.name, theme_labels(atlas, group.themes)) for group in groups)
    headings = columns(_("No."), as_in_data(_("Group")), _("Themes"), numbers=(_("No."),))
    if not rows:
        return no_groups(profile, Table(_("Groups"), headings, rows))
    return Table(_("Groups ({n})").format(n=len(rows)), headings, rows)


def _neighbours(brief: Brief) -> Table:
    rows = tuple(
        (
            f"{one.name} ({one.id})",
            str(one.pair.shared),
            str(one.pair.only_left),
            str(one.pair.only_right),
            decimal(one.pair.jaccard),
            str(len(one.pair.themes.shared)) if one.pair.themes else _("not known"),
        )
        for one in brief.neighbours
    )
    numbers = (_("In both"), _("Only here"), _("Only there"), _("Jaccard"), _("Common themes"))
    return Table(_("Nearest by the countries listed"), columns(_("Mechanism"), *numbers, numbers=numbers), rows)


def trust_in_parts(profile: MechanismProfile, numbers: SourceNumbers) -> tuple[Block, ...]:
    """Return how far the parts that a brief shows can be trusted; of a body without members, all that is known."""
    shown = {part: piece for part, piece in profile.evidence.items() if part in TRUSTED or not profile.members}
    rows = tuple((of_data(part), numbers.status(piece), piece.note or "") for part, piece in shown.items())
    table = Table(_("Evidence"), columns(_("Part"), _("Status"), as_in_data(_("Note"))), rows, _("The data state none"))
    return (without_empty_columns(table) if rows else table,)
