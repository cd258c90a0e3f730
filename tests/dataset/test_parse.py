from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.dataset.conftest import VALID, Files, Flaws, Problems, Write, parsed, problems_of, table

import govmap
from govmap.dataset import LoadedDataset, load
from govmap.dataset.parse import parse
from govmap.dataset.problems import START, InvalidDataError, Problem, nearest
from govmap.model import Mechanism, Unclear
from govmap.names.lexicon import Label, WordLists

PROBLEM = re.compile(r"^[\w.]+:\d+:\d+: .")
INVENTED = Path(__file__).parent.parent / "data" / "invented" / "mechanisms.yaml"


@pytest.fixture(name="one")
def _one(write: Write) -> Callable[[str], Mechanism]:
    """Return the mechanism of a valid file with lines added."""
    return lambda lines: load(write({"mechanisms.yaml": VALID + lines})).dataset.mechanisms[0]


def test_codes_of_two_letters_become_codes_of_three(write: Write) -> None:
    lines = (
        "      - PE\n      - {code: AR, since: '2010'}\n"
        "    unclear_members: [{code: BR, note: torn}]\n"
        "events: [{date: '2010', kind: joined, text: x, sources: [], mechanisms: [ONE], countries: [AR, PER]}]\n"
    )
    dataset = load(write({"mechanisms.yaml": VALID + lines})).dataset
    (mechanism,) = dataset.mechanisms
    assert [(m.code, m.since) for m in mechanism.members] == [("ARG", "2010"), ("CHL", None), ("PER", None)]
    assert mechanism.unclear_members == (Unclear("BRA", "torn"),)
    assert dataset.events[0].countries == ("ARG", "PER")


@pytest.mark.parametrize(
    ("lines", "spells"),
    [
        # the year 2020 means its last day, which is after June 2020
        ("      - {code: BOL, since: '2020-06', until: '2020'}\n", [("2020-06", "2020")]),
        # a member may come back after it left
        ("      - {code: BOL, until: '2010'}\n      - {code: BOL, since: '2015'}\n", [(None, "2010"), ("2015", None)]),
    ],
)
def test_spells_may_end_in_the_year_of_their_start_and_follow_one_another(
    one: Callable[[str], Mechanism], lines: str, spells: list[tuple[str | None, str | None]]
) -> None:
    assert [(m.since, m.until) for m in one(lines).members if m.code == "BOL"] == spells


def test_spaces_around_a_text_are_dropped_and_a_key_without_a_value_is_as_good_as_none(
    one: Callable[[str], Mechanism],
) -> None:
    mechanism = one("    note: '  spaced out '\n    website:\n    groups: null\n")
    assert (mechanism.note, mechanism.website, mechanism.groups) == ("spaced out", None, ())


@pytest.mark.parametrize("other", ["One", "one", "oNE"])
def test_two_ids_of_a_kind_that_differ_by_capitals_alone_are_reported(
    problems: Problems, write: Write, other: str
) -> None:
    again = f"{VALID}  - {{id: {other}, names: {{en: Other}}, kind: forum}}\n"
    agency = f"{VALID}agencies: [{{id: {other}, names: {{en: The Agency of One}}}}]\n"
    assert problems({"mechanisms.yaml": again}) == [
        f"mechanisms.yaml:9:6: the id {other} differs from ONE only in capitals; change one"
    ]
    assert other in {agency.id for agency in load(write({"mechanisms.yaml": agency})).dataset.agencies}


def test_an_id_given_twice_is_reported_where_it_is_given_again(problems: Problems) -> None:
    again, agency = "  - {id: ONE, names: {en: Other}, kind: forum}\n", "{id: XYZ, names: {en: X}}"
    assert problems({"mechanisms.yaml": f"{VALID}{again}agencies: [{agency}, {agency}]\n"}) == [
        "mechanisms.yaml:9:6: the mechanism ONE is repeated here (first on line 3); keep one",
        "mechanisms.yaml:10:40: the agency XYZ is repeated here (first on line 10); keep one",
    ]


CIRCLES = """
seas seas => seas: seas
seas lakes, lakes seas => lakes: lakes, seas; seas: seas, lakes
bays seas, seas lakes, lakes seas => lakes: lakes, seas; seas: seas, lakes
a b, b c, c d, d a => a: a, b, c, d; b: b, c, d, a; c: c, d, a, b; d: d, a, b, c
"""


@pytest.mark.parametrize(("pairs", "circles"), table(CIRCLES))
def test_themes_above_each_other_in_a_circle_are_reported(problems: Problems, pairs: str, circles: str) -> None:
    broader = dict(pair.split() for pair in pairs.split(", "))
    themes = ", ".join(f"{{id: {id_}, preferred: {{en: the {id_}}}, broader: {up}}}" for id_, up in broader.items())
    expected = (circle.split(": ") for circle in circles.split("; "))
    assert problems({"themes.yaml": f"themes: [{themes}]\n"}) == [
        f"themes.yaml:1:1: the theme {id_} is broader than itself; correct `broader` in one of {circle}"
        for id_, circle in expected
    ]


def test_a_circle_by_way_of_a_bundled_theme_is_reported(problems: Problems) -> None:
    themes = "themes: [{id: governance, preferred: {en: Governance}, broader: cooperation}]\n"
    assert problems({"themes.yaml": themes}) == [
        "themes.yaml:1:1: the theme governance is broader than itself; correct `broader` in one of governance, cooperation"  # noqa: E501
    ]


def test_a_theme_under_no_theme_is_reported(problems: Problems) -> None:
    themes = "themes:\n  - {id: whales, preferred: {en: whales}, broader: oceans, related: [whales]}\n"
    assert problems({"themes.yaml": themes}) == [
        'themes.yaml:2:43: there is no theme "oceans"; add it, or correct the id'
    ]


def test_the_problems_of_all_files_are_reported_at_once_file_by_file_and_line_by_line(problems: Problems) -> None:
    lacking = ("date", "kind", "looked_up", "publisher", "title", "url")
    files: Files = {
        "themes.yaml": "",
        "mechanisms.yaml": f"{VALID}      - QQQ\n    founded: 2020\n",
        "sources.yaml": "sources:\n  - {id: mine}\n",
        "countries.csv": "alpha3\n",
        "country_aliases.csv": b"\xff",
    }
    first, *rest = problems(files)
    assert first.startswith("countries.csv:1:1: lacks the columns alpha2, numeric, ")
    assert rest == [
        "country_aliases.csv:1:1: this is not UTF-8 text; save the file as UTF-8",
        'mechanisms.yaml:9:9: "QQQ" is not an ISO 3166-1 code; write the alpha-3 code of ISO 3166-1',
        'mechanisms.yaml:10:5: `founded` must be a text; write it in quotes: "2020"',
        *[f"sources.yaml:2:5: `sources` mine lacks the key `{key}`; add it" for key in lacking],
        "themes.yaml:1:1: this file is empty; see docs/reference/data-format.md",
    ]


def test_more_than_fifty_problems_show_fifty_and_count_the_rest(write: Write, flaws: Flaws) -> None:
    assert [line.split(":")[1] for line in flaws("      - NO\n" * 50)] == [str(line) for line in range(9, 59)]
    with pytest.raises(govmap.DataError) as caught:
        load(write({"mechanisms.yaml": VALID + "      - NO\n" * 61}))
    title, *lines, rest = caught.value.message.split("\n")
    assert title.endswith(": 61 problems")
    assert (len(lines), rest) == (50, "… and 11 more")
    assert lines[-1] == 'mechanisms.yaml:58:9: `code`: YAML reads NO as false; write "NO"'


def test_the_nearest_name_is_guessed_unless_a_thousand_problems_were_found() -> None:
    names = ["names", "founded", "fund"]
    guesses = [
        nearest(word, names, found) for word, found in (("foundd", 0), ("xyz", 0), ("foundd", 999), ("foundd", 1000))
    ]
    assert guesses == ["founded", None, "founded", None]


@pytest.mark.parametrize("file", ["mechanisms.yaml", "themes.yaml", "sources.yaml"])
@pytest.mark.parametrize("content", ["", "# nothing yet\n", "---\n"])
def test_an_empty_file_is_reported(problems: Problems, file: str, content: str) -> None:
    assert problems({file: content}) == [f"{file}:1:1: this file is empty; see docs/reference/data-format.md"]


ALONE = VALID.replace("      - CHL\n", "      []\n")


def test_data_without_a_base_must_bring_its_own_countries_and_cannot_extend_it() -> None:
    loaded = parsed({"mechanisms.yaml": ALONE})
    assert (loaded.dataset.countries, loaded.dataset.themes, loaded.dataset.agencies) == ((), (), ())
    assert loaded.names.countries.codes == {}
    with pytest.raises(govmap.DataError, match="Invalid data in here: 1 problem"):
        parsed({"mechanisms.yaml": VALID})
    with pytest.raises(InvalidDataError) as caught:
        parsed({"mechanisms.yaml": f"extends: bundled\n{ALONE}"})
    text = "the bundled data cannot extend themselves; remove `extends`"
    assert caught.value.problems == [Problem("mechanisms.yaml", START, text)]


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
    "mechanisms.yaml": f"{ALONE}agencies: [{{id: AGE, names: {{en: Agency}}}}]\n",
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
BASE_WORDS = WordLists(
    not_countries=("Gondor",),
    hidden=(Label("frontier", "borders", "en", hidden=True),),
    neutral=(("kindly", "en"),),
    generic=(("wandering", "en"),),
    people=(("wanderers", "en"),),
    persons=(("folks", "en"),),
    field=(("wayfaring", "en"),),
    setting=(("down the dale", "en"),),
)
OWN_WORDS = WordLists(
    not_countries=("Atlantis", "Avalon"),
    hidden=(
        Label("the line", "borders", "en", hidden=True),
        Label("the limit", "borders", "en", hidden=True),
        Label("la raya", "borders", "es", hidden=True),
    ),
    neutral=(("pray", "en"), ("digamos", "es")),
    generic=(("roving", "en"),),
    people=(("rovers", "en"),),
    persons=(("fellows", "en"),),
    field=(("roaming", "en"),),
    setting=(("up the hill", "en"),),
)
CHILE = {"chile": "CHL", "chilito": "CHL", "gondor": "-"}
UTOPIA = "{alpha2: QX, alpha3: QXX, numeric: '999', kind: state, sovereign: null, region: null, names: {en: Utopia}}"


@pytest.fixture(name="base", scope="module")
def _base() -> LoadedDataset:
    """A small dataset with countries and words of its own, to build on."""
    return parsed(BASE)


def test_data_without_a_base_have_the_words_that_they_bring(base: LoadedDataset) -> None:
    assert base.names.word_lists == BASE_WORDS
    assert base.names.countries.texts == CHILE
    assert base.names.lexicon.labels.keys() == {"border", "frontier"}


def test_data_with_mechanisms_alone_have_all_other_names_from_their_base(base: LoadedDataset) -> None:
    names = parsed({"mechanisms.yaml": VALID}, base).names
    borrowed = ("countries", "themes", "lexicon", "word_lists")
    assert {part: names.parts[part] for part in borrowed} == {part: base.names.parts[part] for part in borrowed}
    assert names.mechanisms.texts == {"one": "ONE"}


def test_records_of_the_base_may_be_used_and_only_used_sources_are_kept(
    base: LoadedDataset,
) -> None:
    lines = (
        "    secretariats: [{agency: AGE}]\n"
        "    groups: [{number: 1, name: A, themes: [borders]}]\n"
        "    evidence: {members: {status: confirmed, sources: [old]}}\n"
    )
    dataset = parsed({"mechanisms.yaml": VALID + lines}, base).dataset
    (mechanism,) = dataset.mechanisms
    assert [member.code for member in mechanism.members] == ["CHL"]
    assert [secretariat.agency for secretariat in mechanism.secretariats] == ["AGE"]
    assert mechanism.groups[0].themes == ("borders",)
    assert mechanism.evidence["members"].sources == ("old",)
    assert dataset.sources == base.dataset.sources
    assert parsed({"mechanisms.yaml": VALID}, base).dataset.sources == ()


def test_own_words_and_aliases_add_to_those_of_the_base(base: LoadedDataset) -> None:
    aliases = "alpha3,alias\n-,Atlantis\nCHL,Copiapo\n-,Avalon\n"
    names = parsed({"mechanisms.yaml": VALID, "words.yaml": WORDS, "country_aliases.csv": aliases}, base).names
    assert names.word_lists == BASE_WORDS + OWN_WORDS
    assert (BASE_WORDS + OWN_WORDS).neutral == (("kindly", "en"), ("pray", "en"), ("digamos", "es"))
    assert names.countries.texts == {**CHILE, "copiapo": "CHL", "atlantis": "-", "avalon": "-"}
    assert names.lexicon.labels.keys() == {"border", "frontier", "line", "limit", "raya"}


def test_own_themes_are_found_beside_the_hidden_labels_of_the_base(base: LoadedDataset) -> None:
    themes = "themes: [{id: whales, preferred: {en: whales}}]\n"
    names = parsed({"mechanisms.yaml": VALID, "themes.yaml": themes}, base).names
    assert names.lexicon.labels.keys() == {"border", "frontier", "whale"}
    assert names.word_lists == BASE_WORDS


def test_one_file_may_hold_what_a_folder_has_in_several(base: LoadedDataset) -> None:
    main = f"{VALID}      - QX\n"
    themes = "themes: [{id: whales, preferred: {en: whale watching}}]\n"
    categories = "categories: [{number: 1, label: The sea, themes: [whales]}]\n"
    sources = 'sources: [{id: mine, title: T, publisher: P, date: null, url: null, kind: k, looked_up: "2020"}]\n'
    whole = parsed({"mechanisms.yaml": f"{main}{themes}{sources}{WORDS}countries: [{UTOPIA}]\n{categories}"}, base)
    countries = f"{COLUMNS}\nQX,QXX,999,state,,,Utopia,,,,\n"
    others = {
        "themes.yaml": themes + categories,
        "sources.yaml": sources,
        "words.yaml": WORDS,
        "countries.csv": countries,
    }
    assert whole == parsed({"mechanisms.yaml": main, **others}, base)
    dataset = whole.dataset
    assert [member.code for member in dataset.mechanisms[0].members] == ["CHL", "QXX"]
    assert [theme.id for theme in dataset.themes] == ["borders", "whales"]
    assert [source.id for source in dataset.sources] == ["mine"]
    assert [category.label for category in dataset.categories] == ["The sea"]
    assert whole.names.lexicon.labels.keys() >= {"whale watching", "frontier", "raya"}


def test_mechanisms_are_records_before_the_file_is_read_to_its_end(
    base: LoadedDataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[type] = []
    monkeypatch.setattr(
        "govmap.dataset.parse.join_mechanisms", lambda main, *_: seen.extend(map(type, main["mechanisms"]))
    )
    parsed({"mechanisms.yaml": VALID}, base)
    assert seen == [Mechanism], "of ten thousand, plain values would fill the memory"


def test_a_broken_file_reports_only_where_it_broke(problems: Problems) -> None:
    (problem,) = problems({"mechanisms.yaml": f"{VALID}      - QQQ\nevents: ["})
    assert "this is not YAML" in problem


def test_what_extends_the_bundled_data_may_say_so_last(write: Write) -> None:
    lines = "mechanisms: [{id: RCM, members: [{code: MX, until: '2020'}]}]\nabout: {version: '1'}\n"
    last, first = (
        load(write({"mechanisms.yaml": text})) for text in (f"{lines}extends: bundled\n", f"extends: bundled\n{lines}")
    )
    assert last == first
    assert last.dataset.corrections


def test_one_file_that_adds_but_a_country_finds_it_by_its_name(base: LoadedDataset) -> None:
    names = parsed({"mechanisms.yaml": f"{VALID}countries: [{UTOPIA}]\n"}, base).names
    assert names.countries.texts == {**CHILE, "utopia": "QXX"}


def test_a_country_in_one_file_that_lacks_its_keys_is_reported_beside_other_problems(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(f"{VALID}      - QQQ\ncountries: [{{alpha2: QX, names: {{en: Utopia}}, region: null}}]\n")
    keys = ("alpha3", "kind", "numeric", "sovereign")
    assert problems_of(path) == [
        'own.yaml:9:9: "QQQ" is not an ISO 3166-1 code; write the alpha-3 code of ISO 3166-1',
        *[f"own.yaml:10:13: `countries` lacks the key `{key}`; add it" for key in keys],
    ]


@pytest.mark.parametrize(
    ("country", "problem"),
    [
        (UTOPIA.replace("en: Utopia", "es: Utopía"), "needs an alpha-3 code in capitals, an English name, and a kind"),
        (UTOPIA.replace("QXX", "q x"), "needs an alpha-3 code in capitals, an English name, and a kind"),
        (f"{UTOPIA}, {UTOPIA}", "the country QXX is repeated here (first on line"),
    ],
)
def test_a_country_in_the_one_file_there_is_needs_what_a_row_of_countries_needs(
    base: LoadedDataset, country: str, problem: str
) -> None:
    with pytest.raises(InvalidDataError) as caught:
        parsed({"mechanisms.yaml": f"{VALID}countries: [{country}]\n"}, base)
    assert problem in caught.value.message


JUNK = ("", "  x: y", "- NO", "      - {code: 2020-01-01}", "\t", "---", "    names: {en: [", 'a: "', "  *x", "null: ~")


def _mutate_lines(text: str, rng: random.Random) -> bytes:
    """Delete, double, swap or replace up to three lines."""
    lines = text.split("\n")
    for _ in range(rng.randint(1, 3)):
        at, other = rng.randrange(len(lines)), rng.randrange(len(lines))
        way = rng.choice(["delete", "double", "swap", "move", "junk", "indent"])
        if way == "swap":
            lines[at], lines[other] = lines[other], lines[at]
        elif way == "move":
            lines.insert(other, lines[at])
        else:
            line = lines[at]
            changed = {"delete": [], "double": [line, line], "junk": [rng.choice(JUNK)], "indent": [f"  {line}"]}
            lines[at : at + 1] = changed[way]
    return "\n".join(lines).encode()


def _mutate_bytes(text: str, rng: random.Random) -> bytes:
    """Delete, double or replace up to five bytes, or cut the file short."""
    content = bytearray(text.encode())
    for _ in range(rng.randint(1, 5)):
        at = rng.randrange(len(content))
        way = rng.choice(["delete", "double", "any", "sign", "sign", "cut"])
        if way == "cut":
            if rng.random() < 0.2:
                del content[at + 1 :]
            continue
        byte = bytes([content[at]])
        sign = bytes([rng.choice(b":-[]{}\"'&*!|>%#,?\n \t0a")])
        changed = {"delete": b"", "double": byte * 2, "any": bytes([rng.randrange(256)]), "sign": sign}
        content[at : at + 1] = changed[way]
    return bytes(content)


@pytest.mark.parametrize("mutate", [_mutate_lines, _mutate_bytes])
@given(seed=st.integers(0, 2**32))
@example(seed=0)
def test_damaged_files_give_a_dataset_or_the_positions_of_what_is_wrong(
    data: LoadedDataset, mutate: Callable[[str, random.Random], bytes], seed: int
) -> None:
    text, sources = INVENTED.read_text(encoding="utf-8"), (INVENTED.parent / "sources.yaml").read_bytes()
    rng = random.Random(seed)  # noqa: S311 - not for secrets
    try:
        loaded = parse("here", {"mechanisms.yaml": mutate(text, rng), "sources.yaml": sources}, data)
    except govmap.DataError as error:
        first, *lines = error.message.split("\n")
        assert re.search(r"^Invalid data in .*: [1-9]\d* problems?$", first)
        assert lines
        assert [line for line in lines if not PROBLEM.match(line) and not re.match(r"^… and \d+ more$", line)] == []
    else:
        atlas = govmap.Atlas(loaded)
        assert atlas.dataset.mechanisms
        assert set(atlas.listed_countries) <= set(atlas.countries)
