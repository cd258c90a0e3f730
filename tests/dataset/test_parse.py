from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import govmap
from govmap.dataset import Loaded, load
from govmap.dataset.index import Aside
from govmap.dataset.parse import parse
from govmap.dataset.problems import InvalidDataError, Place, Problem
from govmap.names.lexicon import Label

Write = Callable[[dict[str, str | bytes]], Path]
Problems = Callable[[dict[str, str | bytes]], list[str]]
Flaws = Callable[[str], list[str]]

PROBLEM = re.compile(r"^[\w.]+:\d+:\d+: .")
INVENTED = Path(__file__).parent.parent / "data" / "invented" / "mechanisms.yaml"


def test_codes_of_two_letters_become_codes_of_three_in_members_and_events(write: Write, valid: str) -> None:
    more = (
        "      - PE\n      - {code: AR, since: '2010'}\n"
        "events: [{date: '2010', kind: joined, text: x, sources: [], mechanisms: [ONE], countries: [AR, PER]}]\n"
    )
    dataset = load(write({"mechanisms.yaml": valid + more})).dataset
    assert [(member.code, member.since) for member in dataset.mechanisms[0].members] == [
        ("ARG", "2010"),
        ("CHL", None),
        ("PER", None),
    ]
    assert dataset.events[0].countries == ("ARG", "PER")


def test_codes_of_two_letters_become_codes_of_three_in_unclear_members(write: Write, valid: str) -> None:
    dataset = load(write({"mechanisms.yaml": f"{valid}    unclear_members: [{{code: PE, note: torn}}]\n"})).dataset
    assert [unclear.code for unclear in dataset.mechanisms[0].unclear_members] == ["PER"]


def test_a_span_that_ends_in_the_year_of_its_start_does_not_end_before_it(write: Write, valid: str) -> None:
    """The year 2020 stands for its last day, which is after June 2020."""
    dataset = load(
        write({"mechanisms.yaml": f"{valid}      - {{code: PER, since: '2020-06', until: '2020'}}\n"})
    ).dataset
    assert [(m.since, m.until) for m in dataset.mechanisms[0].members if m.code == "PER"] == [("2020-06", "2020")]


def test_spaces_around_a_text_are_dropped(write: Write, valid: str) -> None:
    dataset = load(write({"mechanisms.yaml": f"{valid}    note: '  spaced out '\n"})).dataset
    assert dataset.mechanisms[0].note == "spaced out"


def test_a_key_without_a_value_is_as_good_as_none(write: Write, valid: str) -> None:
    dataset = load(write({"mechanisms.yaml": f"{valid}    note:\n    groups: null\n"})).dataset
    assert (dataset.mechanisms[0].note, dataset.mechanisms[0].groups) == (None, ())


def test_a_member_may_come_back_after_it_left(write: Write, valid: str) -> None:
    text = valid.replace("- CHL", "- {code: CHL, until: '2010'}") + "      - {code: CHL, since: '2015'}\n"
    dataset = load(write({"mechanisms.yaml": text})).dataset
    assert [(m.since, m.until) for m in dataset.mechanisms[0].members] == [(None, "2010"), ("2015", None)]


def test_an_id_given_twice_is_told_where_it_stands_again(problems: Problems, valid: str) -> None:
    again = "  - {id: ONE, names: {en: Other}, kind: forum}\n"
    agency = "{id: XYZ, names: {en: X}}"
    assert problems({"mechanisms.yaml": f"{valid}{again}agencies: [{agency}, {agency}]\n"}) == [
        "mechanisms.yaml:9:6: the mechanism ONE stands here again (first on line 3); keep one",
        "mechanisms.yaml:10:40: the agency XYZ stands here again (first on line 10); keep one",
    ]


@pytest.mark.parametrize("other", ["One", "one", "oNE"])
def test_two_ids_that_differ_by_capitals_alone_are_told(problems: Problems, valid: str, other: str) -> None:
    again = f"  - {{id: {other}, names: {{en: Other}}, kind: forum}}\n"
    assert problems({"mechanisms.yaml": f"{valid}{again}"}) == [
        f"mechanisms.yaml:9:6: the id {other} differs from ONE by capitals alone; change one"
    ]


def test_ids_of_two_kinds_may_differ_by_capitals_alone(write: Write, valid: str) -> None:
    agency = "agencies: [{id: One, names: {en: The Agency of One}}]\n"
    dataset = load(write({"mechanisms.yaml": f"{valid}{agency}"})).dataset
    assert "One" in {agency.id for agency in dataset.agencies}


@pytest.mark.parametrize(
    ("above", "circles"),
    [
        ({"seas": "seas"}, {"seas": "seas"}),
        ({"seas": "lakes", "lakes": "seas"}, {"lakes": "lakes, seas", "seas": "seas, lakes"}),
        (
            {"a": "b", "b": "c", "c": "d", "d": "a"},
            {"a": "a, b, c, d", "b": "b, c, d, a", "c": "c, d, a, b", "d": "d, a, b, c"},
        ),
    ],
)
def test_themes_above_each_other_in_a_circle_are_told(
    problems: Problems, valid: str, above: dict[str, str], circles: dict[str, str]
) -> None:
    themes = "".join(f"  - {{id: {id_}, preferred: {{en: the {id_}}}, broader: {up}}}\n" for id_, up in above.items())
    assert problems({"mechanisms.yaml": valid, "themes.yaml": f"themes:\n{themes}"}) == [
        f"themes.yaml:1:1: the theme {id_} is above itself by `broader`; mend one of {circle}"
        for id_, circle in circles.items()
    ]


def test_a_theme_below_a_circle_is_not_told_to_be_in_it(problems: Problems, valid: str) -> None:
    themes = "".join(
        f"  - {{id: {id_}, preferred: {{en: the {id_}}}, broader: {up}}}\n"
        for id_, up in (("bays", "seas"), ("seas", "lakes"), ("lakes", "seas"))
    )
    found = problems({"mechanisms.yaml": valid, "themes.yaml": f"themes:\n{themes}"})
    assert [line.split("theme ")[1].split(" ")[0] for line in found] == ["lakes", "seas"]


def test_an_event_of_no_mechanism_is_told(problems: Problems, valid: str) -> None:
    event = "{date: '2020', kind: left, text: x, sources: [], mechanisms: [ONN], countries: [QQQ]}"
    assert problems({"mechanisms.yaml": f"{valid}events: [{event}]\n"}) == [
        'mechanisms.yaml:9:72: there is no mechanism "ONN"; did you mean ONE?',
        'mechanisms.yaml:9:90: "QQQ" is not an ISO 3166-1 code; write the alpha-3 code of ISO 3166-1',
    ]


def test_a_theme_under_no_theme_is_told(problems: Problems, valid: str) -> None:
    themes = "themes:\n  - {id: whales, preferred: {en: whales}, broader: oceans, related: [whales]}\n"
    assert problems({"mechanisms.yaml": valid, "themes.yaml": themes}) == [
        'themes.yaml:2:43: there is no theme "oceans"; add it, or mend the id'
    ]


def test_the_problems_of_all_files_are_told_at_once_file_by_file_and_line_by_line(
    problems: Problems, valid: str
) -> None:
    files: dict[str, str | bytes] = {
        "themes.yaml": "themes: x\n",
        "mechanisms.yaml": f"{valid}      - QQQ\n    founded: 2020\n",
        "sources.yaml": "sources:\n  - {id: mine}\n",
        "countries.csv": "alpha3\n",
        "country_aliases.csv": b"\xff",
    }
    found = problems(files)
    assert [line.split(":")[0] for line in found] == [
        "countries.csv",
        "country_aliases.csv",
        *["mechanisms.yaml"] * 2,
        *["sources.yaml"] * 6,
        "themes.yaml",
    ]
    assert found[2:4] == [
        'mechanisms.yaml:9:9: "QQQ" is not an ISO 3166-1 code; write the alpha-3 code of ISO 3166-1',
        'mechanisms.yaml:10:5: `founded` must be a text; write it in quotes: "2020"',
    ]
    lacking = ["date", "kind", "looked_up", "publisher", "title", "url"]
    assert found[4:10] == [f"sources.yaml:2:5: `sources` mine lacks the key `{key}`; add it" for key in lacking]
    assert found[10] == 'themes.yaml:1:1: `themes` must be a list, not "x"; write it as [a, b]'


def test_problems_stand_in_the_order_of_their_lines_and_not_of_their_digits(flaws: Flaws) -> None:
    found = flaws("      - NO\n      - NO\n      - NO\n")
    assert [line.split(":")[1] for line in found] == ["9", "10", "11"]


def test_more_than_fifty_problems_are_cut_and_the_rest_counted(write: Write, valid: str) -> None:
    folder = write({"mechanisms.yaml": valid + "      - NO\n" * 61})
    with pytest.raises(govmap.DataError) as caught:
        load(folder)
    first, *lines = caught.value.message.split("\n")
    assert first == f"The data in {folder} is not valid: 61 problems"
    assert len(lines) == 51
    assert lines[49] == 'mechanisms.yaml:58:9: `code`: YAML reads NO as false; write "NO"'
    assert lines[50] == "… and 11 more"


def test_fifty_problems_are_all_told(flaws: Flaws) -> None:
    assert len(flaws("      - NO\n" * 50)) == 50


@pytest.mark.parametrize("file", ["mechanisms.yaml", "themes.yaml", "sources.yaml"])
@pytest.mark.parametrize("content", ["", "# nothing yet\n", "---\n"])
def test_an_empty_file_is_told(problems: Problems, valid: str, file: str, content: str) -> None:
    assert problems({"mechanisms.yaml": valid, file: content}) == [
        f"{file}:1:1: this file is empty; see docs/data-format.md"
    ]


def test_an_empty_file_is_told_beside_the_problems_of_another(problems: Problems, valid: str) -> None:
    assert problems({"mechanisms.yaml": f"{valid}      - QQQ\n    founded: 2020\n", "themes.yaml": ""}) == [
        'mechanisms.yaml:9:9: "QQQ" is not an ISO 3166-1 code; write the alpha-3 code of ISO 3166-1',
        'mechanisms.yaml:10:5: `founded` must be a text; write it in quotes: "2020"',
        "themes.yaml:1:1: this file is empty; see docs/data-format.md",
    ]


def test_data_without_a_base_must_bring_its_own_countries() -> None:
    text = 'about: {title: T, version: "1", reference_date: "2020"}\nmechanisms: [{id: A, names: {en: A}, kind: k}]\n'
    loaded = parse("here", {"mechanisms.yaml": text.encode()})
    dataset, names = loaded.dataset, loaded.names
    assert (dataset.countries, dataset.themes, dataset.agencies) == ((), (), ())
    assert names.countries.codes == {}
    with pytest.raises(govmap.DataError, match="The data in here is not valid: 1 problem"):
        parse(
            "here", {"mechanisms.yaml": text.replace("kind: k", "kind: k, relation: member, members: [CHL]").encode()}
        )


def test_a_code_with_a_letter_too_many_is_told_with_the_nearest(flaws: Flaws) -> None:
    assert flaws("      - BRX\n      - CHIL\n      - XX\n") == [
        'mechanisms.yaml:9:9: "BRX" is not an ISO 3166-1 code; did you mean BR?',
        'mechanisms.yaml:10:9: "CHIL" is not an ISO 3166-1 code; did you mean CHL?',
        'mechanisms.yaml:11:9: "XX" is not an ISO 3166-1 code; write the alpha-3 code of ISO 3166-1',
    ]


def test_data_without_a_base_cannot_extend_it(valid: str) -> None:
    with pytest.raises(InvalidDataError) as caught:
        _parsed({"mechanisms.yaml": f"extends: bundled\n{valid}".replace("- CHL", "[]")})
    assert caught.value.problems == [
        Problem("mechanisms.yaml", Place(1, 1), "the bundled data cannot extend themselves; take `extends` out")
    ]


COLUMNS = "alpha2,alpha3,numeric,kind,sovereign,region,name_en,name_es,name_pt,name_fr,other_names"
WORDS = """\
hidden: {borders: {en: [the line, the limit], es: [la raya]}}
neutral: {en: [pray], es: [digamos]}
generic: {en: [roving]}
people: {en: [rovers]}
persons: {en: [fellows]}
field: {en: [roaming]}
setting: {en: [up the hill]}
"""
BASE = {
    "mechanisms.yaml": """\
about: {title: Base, version: "1", reference_date: "2020"}
mechanisms: [{id: OLD, names: {en: Old}, kind: forum}]
agencies: [{id: AGE, names: {en: Agency}}]
""",
    "sources.yaml": """\
sources: [{id: old, title: T, publisher: P, date: null, url: null, kind: k, looked_up: "2020"}]
""",
    "themes.yaml": "themes: [{id: borders, preferred: {en: borders}}]\n",
    "words.yaml": """\
hidden: {borders: {en: [frontier]}}
neutral: {en: [kindly]}
generic: {en: [wandering]}
people: {en: [wanderers]}
persons: {en: [folks]}
field: {en: [wayfaring]}
setting: {en: [down the dale]}
""",
    "countries.csv": f"{COLUMNS}\nCL,CHL,152,state,,,Chile,,,,\n",
    "country_aliases.csv": "alpha3,alias\n-,Gondor\nCHL,Chilito\n",
}
BASE_ASIDE = Aside(
    not_countries=("Gondor",),
    hidden=(Label("frontier", "borders", "en", hidden=True),),
    neutral=(("kindly", "en"),),
    generic=(("wandering", "en"),),
    people=(("wanderers", "en"),),
    persons=(("folks", "en"),),
    field=(("wayfaring", "en"),),
    setting=(("down the dale", "en"),),
)
UTOPIA = "{alpha2: QX, alpha3: QXX, numeric: '999', kind: state, sovereign: null, region: null, names: {en: Utopia}}"


def _parsed(files: dict[str, str], base: Loaded | None = None) -> Loaded:
    return parse("here", {name: text.encode() for name, text in files.items()}, base)


@pytest.fixture(name="base", scope="module")
def _base() -> Loaded:
    """A small dataset with countries and words of its own, to build on."""
    return _parsed(BASE)


def test_data_without_a_base_have_the_words_that_they_bring(base: Loaded) -> None:
    assert base.names.aside == BASE_ASIDE
    assert base.names.countries.texts == {"chile": "CHL", "chilito": "CHL", "gondor": "-"}
    assert base.names.vocabulary.labels.keys() == {"border", "frontier"}


def test_data_with_mechanisms_alone_have_all_other_names_from_their_base(base: Loaded, valid: str) -> None:
    names = _parsed({"mechanisms.yaml": valid}, base).names
    lent = ("countries", "themes", "vocabulary", "aside")
    assert {kind: names.parts[kind] for kind in lent} == {kind: base.names.parts[kind] for kind in lent}
    assert names.mechanisms.texts == {"one": "ONE"}


def test_agencies_sources_themes_and_countries_of_the_base_may_be_named(base: Loaded, valid: str) -> None:
    named = (
        "    secretariats: [{agency: AGE}]\n"
        "    groups: [{number: 1, name: A, themes: [borders]}]\n"
        "    evidence: {members: {status: confirmed, sources: [old]}}\n"
    )
    (mechanism,) = _parsed({"mechanisms.yaml": valid + named}, base).dataset.mechanisms
    assert [member.code for member in mechanism.members] == ["CHL"]
    assert [secretariat.agency for secretariat in mechanism.secretariats] == ["AGE"]
    assert mechanism.groups[0].themes == ("borders",)
    assert mechanism.evidence["members"].sources == ("old",)


def test_own_words_and_aliases_add_to_those_of_the_base(base: Loaded, valid: str) -> None:
    aliases = "alpha3,alias\n-,Atlantis\nCHL,Copiapo\n-,Avalon\n"
    names = _parsed({"mechanisms.yaml": valid, "words.yaml": WORDS, "country_aliases.csv": aliases}, base).names
    assert names.aside == Aside(
        not_countries=("Gondor", "Atlantis", "Avalon"),
        hidden=(
            Label("frontier", "borders", "en", hidden=True),
            Label("the line", "borders", "en", hidden=True),
            Label("the limit", "borders", "en", hidden=True),
            Label("la raya", "borders", "es", hidden=True),
        ),
        neutral=(("kindly", "en"), ("pray", "en"), ("digamos", "es")),
        generic=(("wandering", "en"), ("roving", "en")),
        people=(("wanderers", "en"), ("rovers", "en")),
        persons=(("folks", "en"), ("fellows", "en")),
        field=(("wayfaring", "en"), ("roaming", "en")),
        setting=(("down the dale", "en"), ("up the hill", "en")),
    )
    countries = {"chile": "CHL", "chilito": "CHL", "copiapo": "CHL"}
    assert names.countries.texts == {**countries, "gondor": "-", "atlantis": "-", "avalon": "-"}
    assert names.vocabulary.labels.keys() == {"border", "frontier", "line", "limit", "raya"}


def test_own_themes_are_found_beside_the_hidden_labels_of_the_base(base: Loaded, valid: str) -> None:
    themes = "themes: [{id: whales, preferred: {en: whales}}]\n"
    names = _parsed({"mechanisms.yaml": valid, "themes.yaml": themes}, base).names
    assert names.vocabulary.labels.keys() == {"border", "frontier", "whale"}
    assert names.aside == BASE_ASIDE


def test_one_file_may_hold_what_a_folder_has_in_several(base: Loaded, valid: str) -> None:
    main = f"{valid}      - QX\n"
    themes = "themes: [{id: whales, preferred: {en: whale watching}}]\n"
    categories = "categories: [{number: 1, label: The sea, themes: [whales]}]\n"
    source = 'sources: [{id: mine, title: T, publisher: P, date: null, url: null, kind: k, looked_up: "2020"}]\n'
    whole = _parsed({"mechanisms.yaml": f"{main}{themes}{source}{WORDS}countries: [{UTOPIA}]\n{categories}"}, base)
    assert whole == _parsed(
        {
            "mechanisms.yaml": main,
            "themes.yaml": themes + categories,
            "sources.yaml": source,
            "words.yaml": WORDS,
            "countries.csv": f"{COLUMNS}\nQX,QXX,999,state,,,Utopia,,,,\n",
        },
        base,
    )
    assert [member.code for member in whole.dataset.mechanisms[0].members] == ["CHL", "QXX"]
    assert [theme.id for theme in whole.dataset.themes] == ["borders", "whales"]
    assert [category.label for category in whole.dataset.categories] == ["The sea"]
    assert [source.id for source in whole.dataset.sources] == ["mine"]
    assert whole.names.vocabulary.labels.keys() >= {"whale watching", "frontier", "raya"}


def test_one_file_that_adds_but_a_country_finds_it_by_its_name(base: Loaded, valid: str) -> None:
    names = _parsed({"mechanisms.yaml": f"{valid}countries: [{UTOPIA}]\n"}, base).names
    assert names.countries.texts == {"chile": "CHL", "chilito": "CHL", "utopia": "QXX", "gondor": "-"}


def test_a_country_in_one_file_that_lacks_its_keys_is_told_beside_other_problems(tmp_path: Path, valid: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(f"{valid}      - QQQ\ncountries: [{{alpha2: QX, names: {{en: Utopia}}, region: null}}]\n")
    with pytest.raises(InvalidDataError) as caught:
        load(path)
    assert caught.value.message.split("\n")[1:] == [
        'own.yaml:9:9: "QQQ" is not an ISO 3166-1 code; write the alpha-3 code of ISO 3166-1',
        *[
            f"own.yaml:10:13: `countries` lacks the key `{key}`; add it"
            for key in ("alpha3", "kind", "numeric", "sovereign")
        ],
    ]


def _mutate_lines(text: str, seed: int) -> bytes:
    """Delete, double, swap or replace up to three lines."""
    rng = random.Random(seed)  # noqa: S311 - not for secrets
    lines = text.split("\n")
    junk = [
        "",
        "  x: y",
        "- NO",
        "      - {code: 2020-01-01}",
        "\t",
        "---",
        "    names: {en: [",
        'a: "',
        "  *x",
        "null: ~",
    ]
    for _ in range(rng.randint(1, 3)):
        at, other = rng.randrange(len(lines)), rng.randrange(len(lines))
        way = rng.choice(["delete", "double", "swap", "move", "junk", "indent"])
        if way == "delete" and len(lines) > 1:
            del lines[at]
        elif way == "double":
            lines.insert(at, lines[at])
        elif way == "swap":
            lines[at], lines[other] = lines[other], lines[at]
        elif way == "move":
            lines.insert(other, lines[at])
        elif way == "junk":
            lines[at] = rng.choice(junk)
        else:
            lines[at] = f"  {lines[at]}"
    return "\n".join(lines).encode()


def _mutate_bytes(text: str, seed: int) -> bytes:
    """Delete, double or replace up to five bytes, or cut the file short."""
    rng = random.Random(seed)  # noqa: S311 - not for secrets
    content = bytearray(text.encode())
    for _ in range(rng.randint(1, 5)):
        at = rng.randrange(len(content))
        way = rng.choice(["delete", "double", "any", "sign", "sign", "cut"])
        if way == "delete":
            del content[at]
        elif way == "double":
            content.insert(at, content[at])
        elif way == "any":
            content[at] = rng.randrange(256)
        elif way == "sign":
            content[at] = rng.choice(b":-[]{}\"'&*!|>%#,?\n \t0a")
        elif rng.random() < 0.2:
            del content[at + 1 :]
    return bytes(content)


@pytest.mark.parametrize("mutate", [_mutate_lines, _mutate_bytes])
@settings(deadline=None, max_examples=150)
@given(seed=st.integers(0, 2**32))
@example(seed=0)
def test_damaged_files_give_an_atlas_or_the_places_of_what_is_wrong(
    tmp_path_factory: pytest.TempPathFactory, mutate: Callable[[str, int], bytes], seed: int
) -> None:
    folder = tmp_path_factory.getbasetemp() / "damaged"
    folder.mkdir(exist_ok=True)
    (folder / "mechanisms.yaml").write_bytes(mutate(INVENTED.read_text(encoding="utf-8"), seed))
    (folder / "sources.yaml").write_bytes((INVENTED.parent / "sources.yaml").read_bytes())
    try:
        atlas = govmap.load(folder)
    except govmap.DataError as error:
        first, *lines = error.message.split("\n")
        assert re.search(r"is not valid: [1-9]\d* problems?$", first)
        assert lines
        for line in lines:
            assert PROBLEM.match(line) or re.match(r"^… and \d+ more$", line), line
    else:
        assert atlas.dataset.mechanisms
        assert set(atlas.parties) <= set(atlas.countries)


@pytest.mark.parametrize(
    ("country", "problem"),
    [
        (UTOPIA.replace("en: Utopia", "es: Utopía"), "needs an alpha-3 code in capitals, an English name, and a kind"),
        (UTOPIA.replace("QXX", "q x"), "needs an alpha-3 code in capitals, an English name, and a kind"),
        (f"{UTOPIA}, {UTOPIA}", "the country QXX stands here again (first on line"),
    ],
)
def test_a_country_in_the_one_file_there_is_needs_what_a_row_of_countries_needs(
    base: Loaded, valid: str, country: str, problem: str
) -> None:
    with pytest.raises(InvalidDataError) as caught:
        _parsed({"mechanisms.yaml": f"{valid}countries: [{country}]\n"}, base)
    assert problem in caught.value.message


def test_of_the_sources_of_the_base_those_are_taken_over_on_which_something_rests(base: Loaded, valid: str) -> None:
    (taken,) = base.dataset.sources
    event = f"events: [{{date: '2010', kind: meeting, text: x, mechanisms: [ONE], sources: [{taken.id}]}}]\n"
    assert _parsed({"mechanisms.yaml": valid}, base).dataset.sources == ()
    assert _parsed({"mechanisms.yaml": f"{valid}{event}"}, base).dataset.sources == (taken,)
