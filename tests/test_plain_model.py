"""govmap and the plain model agree on datasets of odd shapes, on any date; what is refused is refused cleanly.

`python -m tests.test_plain_model 2000` draws so many datasets, about one a second, and finds rarer shapes.
"""

from __future__ import annotations

import calendar
import csv
import io
import json
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.plain_model import NO_ANSWER, Data, Model, last

import govmap
from govmap.formats.registry import FORMATS, load_writer
from govmap.presentation import Presentation

pytestmark = pytest.mark.once  # on what the answers say, so that one Python is enough

DATA = Path(__file__).parents[1] / "data"
THEMES: list[Data] = yaml.safe_load((DATA / "themes.yaml").read_text(encoding="utf-8"))["themes"]
CODES = ("ARG", "CHL", "CUB", "FRA", "PER")
ON = ("asylum", "borders", "gender", "health", "visas")  # of which asylum and visas stand below others
AGENCIES = ("IOM", "OAS", "UNHCR")
RELATIONS = ("member", "associate", "observer", "endorser", "covered")
FIRST, LAST = 1985, 2035
Draw = st.DrawFn
AROUND = ("chairs", "observers")  # of which the model says nothing
NO_SPAN: st.SearchStrategy[Data] = st.just({})


@st.composite
def dates(draw: Draw) -> str:
    """Draw a year, a month or a day; few of them, so that many meet."""
    year = draw(st.sampled_from((1990, 2000, 2001, 2010, 2020, 2030)))
    month = draw(st.sampled_from((1, 2, 6, 12)))
    day = draw(st.sampled_from((1, 15, calendar.monthrange(year, month)[1])))
    return f"{year}-{month:02}-{day:02}"[: draw(st.sampled_from((4, 7, 10)))]


@st.composite
def spans(draw: Draw, begin: str = "since") -> Data:
    """Draw a start and an end, one of them, or none; the end is never before the start."""
    first, second = sorted((draw(dates()), draw(dates())), key=lambda date: (date[:4], len(date), date))
    found = {begin: first} if draw(st.booleans()) else {}
    return {**found, "until": second} if draw(st.booleans()) and first[:4] < second[:4] else found


@st.composite
def spells(draw: Draw, code: str) -> list[Data]:
    """Draw the memberships of a country in one mechanism: none, one or several, which may meet or overlap."""
    relation = st.sampled_from([None, None, None, *RELATIONS])
    found: list[Data] = []
    for since in sorted(draw(st.lists(dates(), max_size=3, unique_by=lambda date: date[:4]))):
        until = draw(st.sampled_from(["", "", since[:3] + "9", f"{int(since[:4]) + 1}-03"]))
        kind = draw(st.sampled_from(("since", "since", "joined_by", "joined_after", "")))
        begun = {kind: since} if kind and not (found and kind == "") else {}
        if (not begun and found) or (until and until[:4] <= since[:4]):
            continue
        found.append({"code": code, **begun, **({"until": until} if until else {}), "relation": draw(relation)})
    return [{key: value for key, value in spell.items() if value} for spell in found]


@st.composite
def surroundings(draw: Draw) -> Data:
    """Draw who chairs a mechanism and who is beside it; the model says nothing of them, and they change no list."""
    chairs = st.lists(
        st.tuples(st.sampled_from(CODES), spans() | st.builds(lambda day: {"seen": day}, dates())), max_size=2
    )
    found = {
        "chairs": [{"code": code, **span} for code, span in draw(chairs) if span],
        "observers": [{"code": "MEX", "role": "guest", **draw(NO_SPAN | spans())}] if draw(st.booleans()) else [],
    }
    return {part: items for part, items in found.items() if items}


@st.composite
def mechanisms(draw: Draw, id_: str) -> Data:
    """Draw a mechanism: without groups, without members, of the future, ended, renamed, only mentioned, or plain."""
    record: Data = {"id": id_, "names": {"en": f"Mechanism {id_}"}, "kind": draw(st.sampled_from(("forum", "network")))}
    record.update(draw(NO_SPAN | spans("founded")))
    if draw(st.booleans()):
        record["former_names"] = [{"names": {"en": f"Older {id_}"}, "until": draw(dates())}]
    if draw(st.integers(0, 7)) == 0:
        return {**record, "coverage": "mentioned"}
    record["relation"] = draw(st.sampled_from(RELATIONS))
    for code in draw(st.sets(st.sampled_from(CODES))):
        record.setdefault("members", []).extend(draw(spells(code)))
    left_open = draw(st.sampled_from([None, None, "CUB"]))
    if left_open and left_open not in {spell["code"] for spell in record.get("members", ())}:
        record["unclear_members"] = [{"code": left_open, "note": "The page is torn"}]
    themes = st.lists(st.sampled_from(ON), min_size=1, max_size=2, unique=True)
    drawn = draw(st.lists(st.tuples(themes, NO_SPAN | spans()), max_size=3))
    record["groups"] = [{"number": n, "name": f"Group {n}", "themes": on, **s} for n, (on, s) in enumerate(drawn, 1)]
    serving = draw(
        st.lists(st.tuples(st.sampled_from(AGENCIES), NO_SPAN | spans()), max_size=2, unique_by=lambda s: s[0])
    )
    record["secretariats"] = [{"agency": agency, **span} for agency, span in serving]
    if draw(st.booleans()):
        record["secretariats_note"] = "The note is silent"
    record.update(draw(surroundings()))
    return {key: value for key, value in record.items() if value}


@st.composite
def datasets(draw: Draw) -> Data:
    """Draw a dataset of one to four mechanisms."""
    ids = draw(st.permutations(("M1", "M2", "M3", "M4")))[: draw(st.integers(1, 4))]
    about: Data = {"title": "Made", "version": "1", "reference_date": draw(dates())}
    universe = draw(st.sampled_from([[], [], ["CUB", "MEX"]]))
    records = [draw(mechanisms(id_)) for id_ in ids]
    if len(records) > 1 and draw(st.booleans()):
        day = draw(st.none() | dates())
        records[0]["links"] = [{"other": ids[1], "kind": "joint meeting", **({"date": day} if day else {})}]
    return {
        "about": {**about, "universe": universe} if universe else about,
        "mechanisms": records,
    }


def loaded(data: Data, folder: Path) -> govmap.Atlas:
    """Return a dataset as it is read from a file."""
    (folder / "mechanisms.yaml").write_text(json.dumps(data), encoding="utf-8")
    return govmap.load(folder)


def plain(answer: Any) -> Any:
    """Return what the JSON of an answer has, with what its view says of a failure."""
    record = answer.to_dict()
    return {**record, "fails": Presentation(answer).failure is not None} if isinstance(record, dict) else record


def asked(question: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    """Return a plain answer, or the kind of the error in its place."""
    try:
        return plain(question(*arguments, **options))
    except govmap.GovmapError as error:
        assert error.exit_code in (1, 2), error
        return error.kind


def assert_holds(expected: Any, found: Any, where: str) -> None:
    """See that *found* has all that the model says, and lists nothing else."""
    if isinstance(expected, dict):
        assert isinstance(found, dict), (where, expected, found)
        assert expected.keys() == found.keys() or not where.endswith(".unclear"), (where, expected, found)
        for key, value in expected.items():
            assert key in found, (where, key)
            assert_holds(value, found[key], f"{where}.{key}")
    elif isinstance(expected, list):
        assert isinstance(found, list), (where, expected, found)
        assert len(expected) == len(found), (where, expected, found)
        for n, (mine, theirs) in enumerate(zip(expected, found, strict=True)):
            assert_holds(mine, theirs, f"{where}[{n}]")
    else:
        assert expected == found, where


def by_key(answer: Any, key: str, *kept: str) -> Any:
    """Return rows whose order says nothing by their key."""
    return {row[key]: {name: row[name] for name in kept} for row in answer}


def reasons_in_order(answer: Any) -> Any:
    """Return the answer with the reasons of an absence as the model has them."""
    if isinstance(answer, dict):
        for entry in (answer, *answer.get("not_in", ())):
            if "reasons" in entry:
                entry["reasons"] = sorted(((r["code"], r["date"]) for r in entry["reasons"]), key=repr)
    return answer


def questions(atlas: govmap.Atlas, model: Model) -> Iterator[tuple[str, Any, Any]]:
    """Yield the name of each question, what the model answers and what govmap does."""
    yield from on_one(atlas, model)
    yield from on_themes(atlas, model)
    yield from on_all(atlas, model)
    yield from comparisons(atlas, model)
    yield from lists(atlas, model)


def on_one(atlas: govmap.Atlas, model: Model) -> Iterator[tuple[str, Any, Any]]:
    """Yield the questions on a country or a mechanism."""
    for code in (*CODES, "MEX"):
        yield f"country {code}", model.country(code), reasons_in_order(asked(govmap.country, atlas, code))
        for id_ in model.records:
            found = reasons_in_order(asked(govmap.membership, atlas, code, id_))
            yield f"membership {code} {id_}", model.membership(code, id_), found
    for id_ in model.records:
        yield f"mechanism {id_}", model.mechanism(id_), asked(govmap.mechanism, atlas, id_)
        yield f"compare {id_}", model.ranking(id_), asked(govmap.compare, atlas, id_)
        yield f"map {id_}", model.map([id_]), asked(govmap.map, atlas, id_)


def on_themes(atlas: govmap.Atlas, model: Model) -> Iterator[tuple[str, Any, Any]]:
    """Yield the questions on a theme."""
    for id_ in (*ON, "protection"):
        theme = atlas.themes[id_]
        yield f"overlap {id_}", model.overlap(id_), asked(govmap.overlap, atlas, theme)
        yield f"gaps {id_}", model.gaps(theme=id_), asked(govmap.gaps, atlas, theme=theme)
        yield f"cover {id_}", model.cover(theme=id_), asked(govmap.cover, atlas, theme=theme)
        yield f"map {id_}", model.map([], id_), asked(govmap.map, atlas, theme=theme)


def on_all(atlas: govmap.Atlas, model: Model) -> Iterator[tuple[str, Any, Any]]:
    """Yield the questions on all countries or all themes."""
    yield "overlap", model.duplication(), duplication_of(asked(govmap.overlap, atlas))
    yield "gaps", model.gaps(), asked(govmap.gaps, atlas)
    yield "gaps of two", model.gaps(["PER", "CUB"]), asked(govmap.gaps, atlas, country=["PER", "CUB"])
    yield "cover", model.cover(), asked(govmap.cover, atlas)
    yield "cover two", model.cover(["CHL", "PER"]), asked(govmap.cover, atlas, country=["CHL", "PER"])
    yield "cover --themes", model.cover(themes=True), asked(govmap.cover, atlas, themes=True)
    yield "map", model.map([]), asked(govmap.map, atlas)
    yield "upset", model.combinations(), asked(govmap.matrix, atlas, upset=True)
    for by in ("country", "theme"):
        yield f"matrix {by}", model.matrix(by), matrix_of(asked(govmap.matrix, atlas, by=by))


def comparisons(atlas: govmap.Atlas, model: Model) -> Iterator[tuple[str, Any, Any]]:
    """Yield what is compared."""
    yield "compare --all", model.ranking(), asked(govmap.compare, atlas, all=True)
    yield "compare PER", model.ranking("PER"), asked(govmap.compare, atlas, "PER")
    ids = [*model.records]
    limits: list[dict[str, str]] = [{}, {"relation": "observer"}, {"theme": "asylum"}]
    for names in (ids[:2], ids[:3], ["PER", "CHL"], ["CUB", "MEX", "ARG"]):
        for limit in limits if len(names) > 1 else ():
            yield (
                f"compare {names} {limit}",
                model.compare(names, **limit),
                asked(govmap.compare, atlas, *names, **limit),
            )


def lists(atlas: govmap.Atlas, model: Model) -> Iterator[tuple[str, Any, Any]]:
    """Yield the lists, whole and filtered."""
    for what in ("mechanisms", "countries", "themes", "groups", "secretariats"):
        filters: list[dict[str, str]] = [{}, {"theme": "borders"}, {"secretariat": "IOM"}]
        filters += [{"theme": "borders", "secretariat": "IOM"}]
        filters += [{"member": "PER"}] if what != "countries" else [{"member": id_} for id_ in model.ids[:1]]
        for given_filters in filters:
            found = asked(govmap.list, atlas, what, **given_filters)
            yield f"list {what} {given_filters}", model.list(what, **given_filters), found


def duplication_of(answer: Any) -> Any:
    """Return the themes of a ranking by id, once their order is seen: most repeated seats first."""
    rows = answer["themes"]
    assert all(a["repeated_seats"] >= b["repeated_seats"] for a, b in pairwise(rows))
    kept = ("groups", "mechanisms", "seats", "countries", "repeated_seats", "duplication")
    return {"themes": by_key(rows, "id", *kept), "fails": answer["fails"]}


def matrix_of(answer: Any) -> Any:
    """Return the cells of a matrix by row and column, once its counts are seen."""
    ids = [column["id"] for column in answer["columns"]]
    rows = {row["id"]: dict(sorted(zip(ids, row["cells"], strict=True))) for row in answer["rows"]}
    assert all(row["size"] == sum(map(bool, row["cells"])) for row in answer["rows"])
    return {"columns": sorted(ids), "rows": rows, "fails": answer["fails"]}


def compare_on(atlas: govmap.Atlas, data: Data, date: str) -> None:
    """See that all questions are answered alike as of a date."""
    for name, expected, found in questions(atlas.at(date), Model(data, THEMES, date)):
        assert_holds(expected, found, f"{date}: {name}")


def compare_months(atlas: govmap.Atlas, data: Data) -> None:
    """See that every list is the same on every month of five decades."""
    for year in range(FIRST, LAST):
        for month in range(1, 13):
            date = f"{year}-{month:02}"
            model, dated = Model(data, THEMES, date), atlas.at(date)
            seats = {id_: sorted(spells_) for id_, spells_ in model.spells.items()}
            assert {id_: sorted(members) for id_, members in dated.seats.items()} == seats, date
            numbers = {m["id"]: [g["number"] for g in model.groups[m["id"]]] for m in model.full}
            assert {m.id: [g.number for g in m.groups] for m in dated.covered} == numbers, date


def compare_times(atlas: govmap.Atlas, data: Data, date: str) -> None:
    """See that history and the difference of two dates tell what the days tell."""
    model = Model(data, THEMES, date)
    expected = set(model.turns())
    told = Counter(
        (last(entry["date"]), entry["kind"], entry["mechanisms"][0], code)
        for entry in govmap.history(atlas.at(date)).to_dict()["entries"]
        for code in entry["countries"]
    )
    around = {(m["id"], each["code"]) for m in data["mechanisms"] for part in AROUND for each in m.get(part, ())}
    others = {turn for turn in set(told) - expected if turn[1] == "changed" and turn[2:] in around}
    assert set(told) - others == expected, (set(told) - others - expected, expected - set(told))
    assert max((count for turn, count in told.items() if turn[1] != "changed"), default=1) == 1
    early, late = sorted((date, data["about"]["reference_date"]), key=lambda d: Model(data, THEMES, d).day)
    found = govmap.diff(atlas, from_=early, to=late).changes
    changes = {kind: {c.id for c in found if c.kind == "members" and c.change == kind} for kind in ("added", "removed")}
    pairs = {kind: {"/".join(id_.split("/")[:2]) for id_ in names} for kind, names in changes.items()}
    expected_pairs = Model(data, THEMES, early).added_and_removed(Model(data, THEMES, late))
    assert (pairs["added"] - pairs["removed"], pairs["removed"] - pairs["added"]) == expected_pairs


def calls_on(atlas: govmap.Atlas) -> Iterator[tuple[Callable[..., Any], tuple[str, ...], dict[str, Any]]]:
    """Yield a call of each question, and of those on one thing one for each."""
    whole: list[Callable[..., Any]] = [govmap.overlap, govmap.gaps, govmap.cover, govmap.matrix, govmap.map]
    whole += [govmap.history, govmap.evidence, govmap.cite]
    yield from ((question, (), {}) for question in whole)
    yield from ((govmap.list, (what,), {}) for what in ("mechanisms", "countries", "groups", "secretariats"))
    yield govmap.matrix, (), {"by": "theme"}
    yield govmap.matrix, (), {"upset": True}
    yield govmap.compare, (), {"all": True}
    yield govmap.compare, ("PER", "CHL"), {}
    yield govmap.overlap, ("asylum",), {}
    yield govmap.search, ("peru",), {}
    for code in ("PER", "CUB"):
        yield govmap.country, (code,), {}
        yield govmap.brief, (code,), {}
    for id_ in atlas.mechanisms:
        yield govmap.mechanism, (id_,), {}
        yield govmap.brief, (id_,), {}
        yield govmap.membership, ("PER", id_), {}


def write_everything(atlas: govmap.Atlas) -> None:
    """See that each answer can be written in a format, each in the next one that can be written here."""
    forms = [name for name, form in FORMATS.items() if not form.extra]
    for at, (question, arguments, options) in enumerate(calls_on(atlas)):
        try:
            presentation = Presentation(question(atlas, *arguments, **options), sources=True)
        except govmap.GovmapError as error:
            assert error.exit_code in (1, 2), error
            continue
        name = forms[at % len(forms)]
        shown = getattr(presentation, FORMATS[name].shape)()
        if shown is not None:
            load_writer(name)(shown, **({"terminal": False, "columns": 60} if name == "table" else {}))
        text = load_writer("csv")(presentation.rows())
        assert isinstance(text, str)
        assert len({len(row) for row in csv.reader(io.StringIO(text))}) == 1


def read_exports_back(atlas: govmap.Atlas, data: Data, date: str, folder: Path) -> None:
    """See that an export of a date has what holds on it, and that what it dates can be asked again."""
    model = Model(data, THEMES, date)
    listed = sorted((id_, code) for id_, spells_ in model.spells.items() for code in spells_)
    dated = atlas.at(date)
    dated.export("sqlite", folder / "a.sqlite")
    with closing(sqlite3.connect(folder / "a.sqlite")) as database:
        query = "SELECT DISTINCT mechanism, country FROM memberships WHERE in_force ORDER BY 1, 2"
        assert database.execute(query).fetchall() == listed
    # A mechanism whose groups are all of other dates is exported without any, as one whose groups are not known.
    if not dated.mechanisms or any(m.get("groups") and not model.groups[m["id"]] for m in model.existing):
        return
    dated.export("json", folder / "a.json")
    again = govmap.load(folder / "a.json")
    assert again.as_of == date
    for name, expected, found in questions(again, model):
        if expected != NO_ANSWER and name.split()[0] in ("overlap", "gaps", "cover", "map", "upset"):
            held = {key: value for key, value in expected.items() if key != "unclear"}  # what may hold is not exported
            assert_holds(held, found, f"exported, {date}: {name}")


def check(data: Data, date: str) -> None:
    """Hold govmap to the model on one dataset and date."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            atlas = loaded(data, folder)
        except govmap.DataError:  # a clean refusal
            return
        compare_on(atlas, data, date)
        compare_on(atlas, data, data["about"]["reference_date"])
        compare_times(atlas, data, date)
        write_everything(atlas.at(date))
        read_exports_back(atlas, data, date, folder)


CHECKED = given(datasets(), dates())
# A failure is shown as it was drawn: to shrink it takes minutes.
QUICK = settings(deadline=None, max_examples=4, suppress_health_check=[*HealthCheck], phases=[Phase.generate])


@QUICK
@CHECKED
def test_the_answers_on_a_drawn_dataset_are_those_of_the_model(data: Data, date: str) -> None:
    check(data, date)


@settings(QUICK, max_examples=2)
@given(datasets())
def test_the_lists_of_every_month_are_those_of_the_model(data: Data) -> None:
    with tempfile.TemporaryDirectory() as folder:
        compare_months(loaded(data, Path(folder)), data)


if __name__ == "__main__":
    many = settings(QUICK, max_examples=int(sys.argv[1]), print_blob=True)
    many(CHECKED(check))()
