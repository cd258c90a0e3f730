"""The pages on who works on a theme and on what is done twice, and their rows."""

from __future__ import annotations

from collections.abc import Iterator

from govmap.analysis.neighbours import within_issue
from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.grouping import group_by
from govmap.language import _, ngettext
from govmap.layout import blocks, cells, words
from govmap.layout.page import Block, Lines, Page, Table, number, table, table_of
from govmap.names.folding import fold
from govmap.names.themes import SIMILAR, SIMILARITY, WORDS
from govmap.questions.overlap import Duplication, Overlap, ThemeDuplication
from govmap.rows import Rows, tidy
from govmap.texts import comma_list, decimal, enumerated, in_series, labelled, quoted
from govmap.views.gaps import working_elsewhere

COLUMNS = (
    "asked as_of fact theme theme_label matched score mechanism mechanism_name number group relevance code country"
    " date text matched_by sources"
)


def page(overlap: Overlap | Duplication, atlas: Atlas, *, explain: bool = False, full: bool = False) -> Page:
    """Return the page on the groups of a theme, the countries in them, and those left out; or on all themes.

    With *explain* it also says what each word of the query counted for.
    """
    if isinstance(overlap, Duplication):
        return _ranking(overlap, atlas, full=full)
    title = words.capitalised(_theme_names(overlap))
    if not overlap.groups:  # but other bodies work on it
        answer = blocks.sentences(_("No group works on it."), _interpretation(overlap, atlas))
        return blocks.make_page(title, answer, _other_bodies(overlap, atlas), of=overlap)
    hits = [hit for hit in overlap.groups if hit.relevance == overlap.basis]
    others = in_series(
        f"{hit.mechanism} {hit.number} {hit.name}" for hit in overlap.groups if hit.relevance != overlap.basis
    )
    themes, left_out = [match.id for match in overlap.themes], [ref.code for ref in overlap.uncovered]
    elsewhere = working_elsewhere(atlas, themes, left_out)
    return blocks.make_page(
        title,
        blocks.sentences(
            _answer(overlap, atlas),
            _without_groups(overlap, atlas),
            blocks.groups_not_in_lists(atlas, themes),
            _interpretation(overlap, atlas),
            blocks.since_then(overlap, full=full),
        ),
        blocks.facts(*((f"{hit.mechanism} {hit.number}", hit.name) for hit in hits)),
        blocks.facts(*_countries(overlap, atlas), (_("Related"), others), (_("Other bodies"), elsewhere)),
        blocks.lines("", blocks.unclear(overlap.unclear, atlas)),
        Lines("", (_(words.GROUPS_COUNT),)),
        _explanation(overlap, atlas) if explain else None,
        *(_details(overlap, atlas) if full else ()),
        of=overlap,
        more=blocks.more(_("themes of the groups"), _("changes")),
    )


def _details(overlap: Overlap, atlas: Atlas) -> Iterator[Block | None]:
    """Yield what the whole page has beside the short one."""
    ids = [hit.id for hit in overlap.mechanisms]
    yield _groups(overlap, atlas, "direct", _("Groups that work on it"))
    yield _groups(overlap, atlas, "related", _("Groups on a neighbouring theme"))
    yield _mechanisms(overlap, atlas)
    yield _other_bodies(overlap, atlas)
    yield from blocks.changes(overlap)
    yield blocks.relations(atlas, ids)
    yield blocks.names(atlas, ids)


def _theme_names(overlap: Overlap) -> str:
    return enumerated(match.label for match in overlap.themes)


def _is_named(overlap: Overlap, atlas: Atlas) -> bool:
    """Return whether the query names its themes, so that none of these can be broader than what was asked."""
    return bool(atlas.issue(overlap.query)) or all(
        match.id in (match.matched.casefold(), *atlas.theme_names.exact(match.matched)) for match in overlap.themes
    )


def _answer(overlap: Overlap, atlas: Atlas) -> str:
    """Return who works on it and how many countries that reaches, in two sentences."""
    ids, total = comma_list(hit.id for hit in overlap.mechanisms), len(overlap.mechanisms)
    if overlap.basis != "direct":
        who = ngettext(
            "No group works on it directly; {n} mechanism has a group on a neighbouring theme: {ids}.",
            "No group works on it directly; {n} mechanisms have a group on a neighbouring theme: {ids}.",
            total,
        )
    elif _is_named(overlap, atlas):
        who = ngettext("{n} mechanism has a group on it: {ids}.", "{n} mechanisms have a group on it: {ids}.", total)
    else:
        who = ngettext(
            "{n} mechanism has a group on this theme: {ids}.",
            "{n} mechanisms have a group on this theme: {ids}.",
            total,
        )
    inside, outside = len(overlap.countries), len(overlap.uncovered) - len(overlap.themes_unknown)
    reached = ngettext(
        "{n} country is in at least one of them; {outside} in none.",
        "{n} countries are in at least one of them; {outside} in none.",
        inside,
    )
    if total == 1:
        reached = ngettext(
            "{n} country is in it; {outside} left out.", "{n} countries are in it; {outside} left out.", inside
        )
    return f"{who.format(n=total, ids=ids)} {reached.format(n=inside, outside=outside)}"


def _without_groups(overlap: Overlap, atlas: Atlas) -> str:
    """Return the mechanisms whose groups are not known, and of how many countries the answer therefore is not."""
    ids = sorted(body.id for body in atlas.covered if body.members and atlas.is_unknown(body, "groups"))
    return words.no_groups_of(ids, len(overlap.themes_unknown)) if ids else ""


def _interpretation(overlap: Overlap, atlas: Atlas) -> str:
    """Return which words were read as which theme and which were left aside, unless the title says it."""
    issue = atlas.issue(overlap.query)
    if issue and set(within_issue(atlas, issue)) != {match.id for match in overlap.themes}:
        return _("The issue of this name counts narrower themes too: {call}.").format(call=Call("issues"))
    if fold(overlap.query) == fold(_theme_names(overlap)):
        return ""
    read_as = _("{words} was read as {theme}")
    matches = [match for match in overlap.themes if match.matched_by == WORDS]
    texts = [read_as.format(words=quoted(match.matched), theme=match.label) for match in matches]
    similar = [f"{m.label} ({decimal(m.score)})" for m in overlap.themes if m.matched_by == SIMILARITY]
    if similar:
        message = _("{words} was read as {themes} by similarity")
        texts.append(message.format(words=quoted(overlap.query), themes=enumerated(similar)))
    themes = {match.id for match in matches}
    steps = (step for step in overlap.explanation if step.role not in ("neutral", SIMILAR))
    aside = [step for step in steps if matches and themes.isdisjoint(step.themes)]
    outweighed = [step for step in aside if step.role in ("label", "slip")]
    ignored = [quoted(step.words) for step in aside if step not in outweighed]
    if outweighed:
        led_to = [(step.words, comma_list(atlas.themes[id_].label for id_ in step.themes)) for step in outweighed]
        named = ", ".join(f"{quoted(text)} ({labels})" for text, labels in led_to)
        texts.append(_("less telling, so left aside: {words}").format(words=named))
    if ignored:
        texts.append(_("ignored: {words}").format(words=", ".join(ignored)))
    if not _is_named(overlap, atlas):
        texts.append(_("the theme may be broader"))
    return f"{in_series(texts)}."


def _groups(overlap: Overlap, atlas: Atlas, relevance: str, title: str) -> Table:
    return blocks.groups(title, ((hit.mechanism, hit) for hit in overlap.groups if hit.relevance == relevance), atlas)


def _mechanisms(overlap: Overlap, atlas: Atlas) -> Table:
    rows = [(hit.id, words.name_and_acronym(atlas, hit), hit.members) for hit in overlap.mechanisms]
    return table(_("Mechanisms of these groups"), (_("Id"), _("Mechanism"), number(_("Countries"))), rows)


def _other_bodies(overlap: Overlap, atlas: Atlas) -> Table:
    return table_of(
        _("Other bodies"),
        overlap.other_bodies,
        (_("Id"), lambda body: body.id),
        (_("Body"), lambda body: words.name_and_acronym(atlas, body)),
        (_("Group"), lambda body: in_series(group.name for group in body.groups)),
        (number(_("Countries")), lambda body: body.members),
    )


def _countries(overlap: Overlap, atlas: Atlas) -> Iterator[tuple[str, str]]:
    """Yield the countries in none of the mechanisms, then those in all, and in fewer and fewer."""
    unknown = [ref.name for ref in overlap.uncovered if ref.code in overlap.themes_unknown]
    codes = (ref.code for ref in overlap.uncovered if ref.code not in overlap.themes_unknown)
    yield blocks.left_out(_("Left out"), codes, atlas)
    yield from blocks.not_known(unknown)
    size = len(overlap.mechanisms)
    by_count = group_by(overlap.countries, lambda country: len(country.mechanisms))
    for count in sorted(by_count, reverse=True):
        title = words.in_all(size) if count == size > 1 else words.counted("In {n}", "In {n}", count)
        yield blocks.names_of(title, (country.name for country in by_count[count]))


def _explanation(overlap: Overlap, atlas: Atlas) -> Table:
    rows = [
        (step.words, _(step.role), words.theme_labels(atlas, step.themes), decimal(step.weight))
        for step in overlap.explanation
    ]
    scores = in_series(labelled(match.label, decimal(match.score)) for match in overlap.themes)
    title = _("How the words were understood (score of each theme: {scores})").format(scores=scores)
    return table(title, (_("Words"), _("Counted as"), _("Led to"), number(_("Weight"))), rows)


def rows(overlap: Overlap | Duplication, atlas: Atlas) -> Rows:
    """Return each theme found, group, country in a mechanism, in none or not known, and change, one a row."""
    if isinstance(overlap, Duplication):
        return _ranking_rows(overlap)
    return tidy(COLUMNS, _cells(overlap, atlas), asked=overlap.query, as_of=overlap.as_of)


def _cells(overlap: Overlap, atlas: Atlas) -> Iterator[cells.Cells]:
    for match in overlap.themes:
        yield {"fact": "theme", **cells.theme(match), **cells.pick(match, "matched score matched_by")}
    for hit in overlap.groups:
        where = cells.mechanism(atlas.mechanisms[hit.mechanism])
        yield {"fact": "group", **where, **cells.pick(hit, "number group=name relevance")}
    for country in overlap.countries:
        for id_ in country.mechanisms:
            yield {"fact": "listed", **cells.mechanism(atlas.mechanisms[id_]), **cells.country(country)}
    for ref in overlap.uncovered:
        fact = "not known" if ref.code in overlap.themes_unknown else "in none of them"
        partly = ref.code in overlap.themes_partly_unknown
        unknown = words.groups_unknown(atlas.with_unknown_groups(ref.code), nothing_else=False) if partly else None
        yield {"fact": fact, **cells.country(ref), "text": unknown}
        for id_ in overlap.unclear.get(ref.code, ()):
            yield {"fact": "unclear", **cells.mechanism(atlas.mechanisms[id_]), **cells.country(ref)}
    for body in overlap.other_bodies:
        for group in body.groups:
            yield {"fact": "other body", **cells.mechanism(body), **cells.pick(group, "number group=name")}
    yield from cells.changes(overlap.changes)


def _ranking(duplication: Duplication, atlas: Atlas, *, full: bool) -> Page:
    """Return the page that ranks themes by duplication, and names those of one mechanism and of none."""
    several = [theme for theme in duplication.themes if len(theme.mechanisms) > 1]
    single = [theme for theme in duplication.themes if len(theme.mechanisms) == 1]
    nobody = [theme.label for id_, theme in atlas.themes.items() if not atlas.is_worked_on(id_)]
    definitions = (
        _("Seats: each country counted once for each mechanism that lists it and has a group on the theme"),
        _("Repeated: seats after a country's first, that is, seats minus countries"),
        _("Index: repeated seats divided by seats; 0 if no country has the theme twice"),
    )
    answer = words.counted(
        "{n} theme has a group: {several} covered by several mechanisms, {single} by one only; {nobody} others have "
        "none.",
        "{n} themes have a group: {several} covered by several mechanisms, {single} by one only; {nobody} others have "
        "none.",
        len(duplication.themes),
        several=len(several),
        single=len(single),
        nobody=len(nobody),
    )
    return blocks.make_page(
        _("Themes by duplication"),
        blocks.sentences(answer, _most_duplicated(several), blocks.since_then(duplication, full=full)),
        Lines("", tuple(_by_number(several, single, nobody))),
        _ranked_themes(duplication) if full else None,
        *(blocks.changes(duplication) if full else ()),
        blocks.lines(_("What the columns count"), definitions) if full else None,
        of=duplication,
        more=blocks.more(_("countries"), _("index"), _("definitions")),
    )


def _most_duplicated(several: list[ThemeDuplication]) -> str:
    if not several:
        return ""
    theme, number = several[0], several[0].countries
    template = ngettext(
        "Most duplicated: {theme} ({n} country, index {index}).",
        "Most duplicated: {theme} ({n} countries, index {index}).",
        number,
    )
    return template.format(theme=theme.label, n=number, index=decimal(theme.duplication))


def _by_number(several: list[ThemeDuplication], single: list[ThemeDuplication], nobody: list[str]) -> Iterator[str]:
    """Yield the themes of several mechanisms, the most duplicated first, those of one only and those of none."""
    named = {
        _("Several mechanisms"): [theme.label for theme in several],
        _("One mechanism only"): words.alphabetical(theme.label for theme in single),
        _("No mechanism"): words.alphabetical(nobody),
    }
    for who, labels in named.items():
        yield _("{who} ({n}): {themes}").format(who=who, n=len(labels), themes=comma_list(labels) or _("none"))


def _ranked_themes(duplication: Duplication) -> Table:
    return table_of(
        _("All themes"),
        duplication.themes,
        (_("Theme"), lambda row: row.label),
        (number(_("Groups")), lambda row: row.groups),
        (_("Mechanisms"), lambda row: comma_list(row.mechanisms)),
        (number(_("Seats")), lambda row: row.seats),
        (number(_("Countries")), lambda row: row.countries),
        (number(_("Repeated")), lambda row: row.repeated_seats),
        (number(_("Index")), lambda row: decimal(row.duplication)),
    )


def _ranking_rows(duplication: Duplication) -> Rows:
    """Return the numbers of each theme, one theme a row."""
    numbers = "seats countries repeated_seats duplication"
    facts = (
        {**cells.theme(theme), **cells.pick(theme, f"groups {numbers}"), "mechanisms": len(theme.mechanisms)}
        for theme in duplication.themes
    )
    return tidy(f"as_of theme theme_label groups mechanisms {numbers}", facts, as_of=duplication.as_of)
