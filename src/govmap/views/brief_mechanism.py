"""The blocks of a brief on a mechanism: what it is, whom it lists and whom not, its themes, what is like it."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.atlas import Atlas
from govmap.grouping import group_by
from govmap.language import _
from govmap.layout import blocks, chairs, links, observers, words
from govmap.layout.page import Block, Drawing, Facts, Lines, Table, number, table
from govmap.layout.pairs import common_themes, overlap_in_numbers
from govmap.layout.sources import SourceNumbers
from govmap.questions.brief import Brief
from govmap.questions.mechanism import MechanismProfile, MemberRow
from govmap.texts import in_series, labelled
from govmap.views.map import map_tiles
from govmap.views.map import picture as map_picture
from govmap.views.mechanism import by_agency, mechanism_answer, note_label, parent_name, unclear_members, without_groups

GRADED = ("members", "relation", "groups", "secretariats")  # the parts whose evidence a brief shows


def mechanism_blocks(
    brief: Brief, profile: MechanismProfile, atlas: Atlas, numbers: SourceNumbers, *, full: bool
) -> tuple[str, tuple[Block | None, ...]]:
    """Return the answer in a sentence, and the blocks on a mechanism in reading order."""
    lists: tuple[Block | None, ...] = ()
    if profile.members is not None:
        drawing = mechanism_drawing(brief, atlas)
        lists = (_members(profile), _not_listed(brief, atlas), drawing, _groups(profile, atlas, full=full))
    since = blocks.since_then_in(atlas.mechanisms[brief.of.id], profile, atlas, full=True)
    neighbours = _neighbours(brief) if brief.neighbours else None
    not_shown = blocks.not_in_list(atlas, (brief.of.id,), "members", "groups")
    answer = blocks.sentences(mechanism_answer(profile), not_shown, since)
    details = _details(brief, profile, atlas, numbers) if full else ()
    return answer, (_facts(profile, atlas, numbers), *lists, neighbours, *details)


def _details(brief: Brief, profile: MechanismProfile, atlas: Atlas, numbers: SourceNumbers) -> Iterator[Block | None]:
    """Yield what the whole brief has beside the short one."""
    yield from blocks.changes(profile, numbers)
    yield _evidence(profile, atlas, numbers)
    yield blocks.names(atlas, (brief.of.id, *(neighbour.id for neighbour in brief.neighbours)))


def _facts(profile: MechanismProfile, atlas: Atlas, numbers: SourceNumbers) -> Facts | None:
    head = profile.mechanism
    secretariats = in_series(
        f"{row.name} ({words.acronym(atlas, row.agency)})" + (f", {row.unit}" if row.unit else "")
        for row in profile.secretariat or ()
    )
    return blocks.facts(
        (_("Part of"), parent_name(head.parent, atlas)),
        (note_label(profile), head.note),
        (_("Chair"), chairs.chair(profile.chair, numbers) if profile.chair else None),
        (_("Secretariat"), secretariats or profile.unclear.get("secretariat")),
        *observers.observers_in_short(profile.observers),
        (_("Links"), links.links_in_short(profile.links, atlas) or None),
        (_("Website"), head.website),
        *unclear_members(profile, atlas),
    )


def _members(profile: MechanismProfile) -> Lines:
    """Return the countries listed, together where they have the same relation since the same day."""
    members = profile.members or ()
    together = group_by(members, lambda member: (member.relation, _since(member)))
    is_mixed = len({relation for relation, _day in together}) > 1
    has_dates = len({day for _relation, day in together}) > 1 or any(member.since for member in members)
    texts = []
    for (relation, day), group in sorted(together.items(), key=lambda item: (item[0][0], -len(item[1]))):
        lead = ", ".join([*([words.term(relation)] if is_mixed else []), *([day] if has_dates else [])])
        names = ", ".join(words.alphabetical(member.name for member in group))
        texts.append(labelled(lead, names) if lead else names)
    title = _("Countries listed") if is_mixed else words.heading(profile.mechanism.relation)
    return Lines(f"{title} ({len(members)})", tuple(texts) or (_("None"),))


def _since(member: MemberRow) -> str:
    """Return when a membership began and, where it will, ends, as far as that is known."""
    after, by = member.joined_after, member.joined_by
    if member.since:
        start = _("since {day}").format(day=member.since)
    elif after and by:
        start = _("since a date between {first} and {last}").format(first=after, last=by)
    elif after:
        start = _("since a date after {day}").format(day=after)
    else:
        start = _("since {day} at the latest").format(day=by) if by else _("since an unknown date")
    return _("{start}, until {end}").format(start=start, end=member.until) if member.until else start


def _not_listed(brief: Brief, atlas: Atlas) -> Lines:
    refs = brief.not_listed or ()
    names = ", ".join(words.alphabetical(ref.name for ref in refs)) or _(
        "It lists every country that is in any mechanism"
    )
    of_mechanism = brief.map.tiles if brief.map else ()
    unclear = blocks.unclear({tile.code: tile.unclear for tile in of_mechanism}, atlas)
    return Lines(_("Not listed ({n})").format(n=len(refs)), (names, *unclear))


def mechanism_drawing(brief: Brief, atlas: Atlas) -> Drawing | None:
    """Return the map of the countries that a mechanism lists, where it lists any."""
    if brief.map is None or not any(tile.mechanisms for tile in brief.map.tiles):
        return None
    return Drawing(_("On the map"), map_picture(brief.map, atlas), map_tiles(brief.map))


def _groups(profile: MechanismProfile, atlas: Atlas, *, full: bool) -> Table:
    if not profile.groups:
        return without_groups(profile, _("Groups"))
    rows = [
        (group.number, group.name, words.theme_labels(atlas, group.themes) if full else "") for group in profile.groups
    ]
    headings = (number(_("No.")), _("Group"), _("Themes"))
    return table(_("Groups ({n})").format(n=len(rows)), headings, rows, skip_empty=True)


def _neighbours(brief: Brief) -> Table:
    rows = [
        (f"{near.name} ({near.id})", *overlap_in_numbers(near.pair), common_themes(near.pair))
        for near in brief.neighbours
    ]
    numbers = (_("In both"), _("Only here"), _("Only there"), _("Jaccard"), _("Common themes"))
    return table(_("Most similar by countries"), (_("Mechanism"), *map(number, numbers)), rows)


def _evidence(profile: MechanismProfile, atlas: Atlas, numbers: SourceNumbers) -> Table:
    """Return how far the parts that a brief shows can be trusted; of a body without members, every part."""
    every = profile.evidence.items()
    pieces = [(words.term(part), piece) for part, piece in every if part in GRADED or not profile.members]
    pieces += by_agency(profile, atlas)
    rows = [(name, numbers.status(piece), piece.note) for name, piece in pieces]
    headings = (_("Part"), _("Status"), _("Note"))
    return table(_("Evidence"), headings, rows, empty=_("None stated"), skip_empty=True)
