"""The page of gaps and its rows: countries and the themes on which they sit in no group."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from govmap.atlas import Atlas
from govmap.calls import Call
from govmap.grouping import group_by
from govmap.language import _
from govmap.layout import blocks, cells, words
from govmap.layout.page import Facts, Page, Table, number, table
from govmap.names.folding import fold
from govmap.questions.gaps import CountryGaps, Gaps
from govmap.rows import Rows, tidy
from govmap.texts import OR, comma_list, enumerated, in_series


def page(gaps: Gaps, atlas: Atlas, *, full: bool = False) -> Page:
    """Return the page on one country, on few themes, or on all of both in numbers."""
    total, more, unknown = len(gaps.themes), blocks.more(_("changes"), _("notes")), list[str]()
    whole: Table | None = None
    not_shown = _not_in_lists(gaps, atlas)
    if len(gaps.countries) == 1:
        (country,) = gaps.countries
        title = words.counted(
            "{country}: {gaps} of {n} theme not covered",
            "{country}: {gaps} of {n} themes not covered",
            total,
            country=country.name,
            gaps=len(country.gaps),
        )
        answer = "" if country.gaps else _("Its mechanisms cover each of them.")
        if total == 1:
            of_one = _("{country}, theme covered: {theme}")
            if country.gaps:
                of_one = _("{country}, theme not covered: {theme}")
            title = of_one.format(country=country.name, theme=atlas.themes[gaps.themes[0]].label)
            answer = ""
        if country.nothing_known:
            title = _("{country}: themes not known").format(country=country.name)
        shown, whole = _of_country(country, atlas), _one_by_one(country)
    elif total < len(atlas.themes_worked_on):
        lacking = [country for country in gaps.countries if country.gaps]
        left_out = [country for country in lacking if not country.nothing_known]
        unknown = [country.name for country in lacking if country.nothing_known]
        title = words.capitalised(enumerated(words.alphabetical(atlas.themes[id_].label for id_ in gaps.themes), by=OR))
        answer = _("Countries not covered: {n}; covered: {others}.").format(
            n=len(left_out), others=len(gaps.countries) - len(lacking)
        )
        elsewhere = working_elsewhere(atlas, gaps.themes, [country.code for country in lacking])
        shown = blocks.facts(
            *_of_theme(gaps, left_out, atlas), *blocks.not_known(unknown), (_("Other bodies"), elsewhere)
        )
    else:
        title = _("Themes not covered")
        not_shown = ""  # numbers name no theme
        answer = words.counted(
            "{n} theme has a group. Countries by the number of themes that their mechanisms do not cover.",
            "{n} themes have a group. Countries by the number of themes that their mechanisms do not cover.",
            total,
        )
        known_first = sorted(gaps.countries, key=lambda country: country.nothing_known)
        by_number = group_by(known_first, _number).items()
        shown = blocks.facts(*((n, words.name_list(country.name for country in those)) for n, those in by_number))
        whole = _numbers_one_by_one(gaps)
        if gaps.countries:
            last = atlas.countries[gaps.countries[-1].code]
            call = Call("gaps", country=atlas.clear_name(last))
            more = blocks.more(_("numbers"), _("changes"), call=call)
    return blocks.make_page(
        title,
        blocks.sentences(answer, _without_groups(gaps, len(unknown)), not_shown, blocks.since_then(gaps, full=full)),
        shown,
        blocks.lines("", blocks.unclear(gaps.unclear, atlas)),
        *((whole, *blocks.changes(gaps), blocks.notes(_(words.GROUPS_COUNT))) if full else ()),
        of=gaps,
        more=more,
    )


def _of_country(country: CountryGaps, atlas: Atlas) -> Facts:
    """Return the themes by the mechanism that covers them; those that several cover in one line."""
    single = [gap for gap in country.gaps if len(gap.mechanisms) == 1]
    pairs = [
        (_("Through {mechanism}").format(mechanism=ids[0]), words.theme_labels(atlas, (gap.id for gap in gaps_)))
        for ids, gaps_ in sorted(group_by(single, lambda gap: gap.mechanisms).items())
    ]
    several = sorted((gap for gap in country.gaps if len(gap.mechanisms) > 1), key=lambda gap: fold(gap.label))
    named = in_series(f"{gap.label} ({', '.join(gap.mechanisms)})" for gap in several)
    nobody = words.theme_labels(atlas, (gap.id for gap in country.gaps if not gap.mechanisms))
    return blocks.facts(*pairs, (_("Through several"), named), (_("No group"), nobody))


def _one_by_one(country: CountryGaps) -> Table:
    gaps = sorted(country.gaps, key=lambda gap: fold(gap.label))
    rows = [(gap.label, comma_list(gap.mechanisms) or _("no group works on it")) for gap in gaps]
    return table(_("Theme by theme"), (_("Theme"), _("Covered by")), rows)


def _of_theme(gaps: Gaps, left_out: list[CountryGaps], atlas: Atlas) -> Iterator[tuple[str, str]]:
    """Yield the countries that are not covered, by the themes where these are several."""
    if len(gaps.themes) == 1:
        yield blocks.left_out(_("Not covered"), (country.code for country in left_out), atlas)
        return
    by_gaps = group_by(left_out, lambda country: tuple(gap.label for gap in country.gaps))
    for labels, countries in by_gaps.items():
        yield blocks.left_out(comma_list(labels), (country.code for country in countries), atlas)


def _number(country: CountryGaps) -> str:
    return _("not known") if country.nothing_known else str(len(country.gaps))


def _numbers_one_by_one(gaps: Gaps) -> Table:
    rows = [
        (country.code, country.name, _("not known") if country.nothing_known else country.seated, _number(country))
        for country in gaps.countries
    ]
    headings = (_("Code"), _("Country"), number(_("Covered")), number(_("Not covered")))
    return table(_("Country by country"), headings, rows)


def working_elsewhere(atlas: Atlas, themes: Iterable[str], others: Collection[str]) -> str:
    """Return the bodies out of scope with a group on a theme (ids), and how many of the *others* they list.

    These are the countries that no mechanism in scope reaches on it, as far as that is known.
    """
    bodies = {body.id: body for theme in themes for body in atlas.out_of_scope_on(theme)}
    listed = {member.code for body in bodies.values() for member in body.members}.intersection(others)
    ids = comma_list(sorted(bodies))
    return ids and words.counted(
        "{ids}; {n} of the {total} others is in one of them",
        "{ids}; {n} of the {total} others are in one of them",
        len(listed),
        ids=ids,
        total=len(others),
    )


def _without_groups(gaps: Gaps, unknown: int) -> str:
    """Return which mechanisms of countries with gaps have no group listed, so that no group of theirs counts."""
    ids = sorted({id_ for country in gaps.countries if country.gaps for id_ in country.themes_unknown})
    return words.no_groups_of(ids, unknown) if ids else ""


def _not_in_lists(gaps: Gaps, atlas: Atlas) -> str:
    """Return which groups on a theme that a country lacks are missing from the list of a mechanism that it is in."""
    lacking = [country for country in gaps.countries if country.gaps]
    ids = {mechanism.id for country in lacking for mechanism in atlas.mechanisms_of(country.code)}
    return blocks.not_in_list(atlas, ids, "groups", on={gap.id for country in lacking for gap in country.gaps})


def rows(gaps: Gaps, _atlas: Atlas) -> Rows:
    """Return each theme on which a country sits in no group, with each mechanism that would seat it, one a row."""
    columns = "as_of code country theme theme_label mechanism themes_unknown nothing_known unclear"
    return tidy(columns, _cells(gaps), as_of=gaps.as_of)


def _cells(gaps: Gaps) -> Iterator[cells.Cells]:
    for country in gaps.countries:
        where = {**cells.country(country), **cells.pick(country, "themes_unknown nothing_known")}
        for gap in country.gaps:
            for id_ in gap.mechanisms or (None,):
                is_unclear = id_ in gaps.unclear.get(country.code, ())
                yield {**where, **cells.theme(gap), "mechanism": id_, "unclear": int(is_unclear)}
