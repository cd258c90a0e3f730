from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.corpora import score

import govmap
from govmap.calls import Action, Call
from govmap.dataset.index import body_codes, body_labels, country_codes, country_labels
from govmap.errors import AmbiguousError, NotFoundError
from govmap.language import LANGUAGES, Language, speaking
from govmap.names.resolver import NOT_A_NAME, FoldedNames, Resolver, fold_names
from govmap.names.similarity import slips_allowed
from govmap.texts import quoted

LIST = Call("list", "themes")
CODES = [("AA", "AAA"), ("AAA", "AAA"), ("BBB", "BBB"), ("LX", "LAX")]
LABELS = [
    ("Republic of Arandia", "AAA"),
    ("Arandia", "AAA"),
    ("Borlandia", "BBB"),
    ("Upper Borlandia", "UPP"),
    ("Old Borlanda", "OLD"),
    ("Twin Isles", "TW1"),
    ("Twin Isles", "TW2"),
    ("Corbeta", "COR"),
    ("Corvetu", "COV"),
    ("Peru", "PER"),
    ("Declaration of LA", "LAX"),
    ("Arandina", NOT_A_NAME),
]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
TINY = Resolver("theme", fold_names(CODES, LABELS), lambda id_: f"the {id_}", LIST)


def resolver(*labels: tuple[str, str]) -> Resolver:
    """Return a resolver of some labels with their ids, which are what it shows."""
    return Resolver("theme", fold_names([], labels), str, LIST)


SLIPS = {
    0: "per/peru perru/per chi/chile usa/uses pera/peru perux/peru cuba/cubas",  # four letters begin no longer word
    1: "pure/peru perru/peru chile/chiles hati/haiti brasil/brazil ecuadr/ecuador",  # swapped, doubled
    2: "colombia/columbia honduras/hondoras",
}


@pytest.mark.parametrize(
    ("text", "word", "slips"), [(*pair.split("/"), slips) for slips, pairs in SLIPS.items() for pair in pairs.split()]
)
def test_a_word_may_have_as_many_slips_as_its_length_allows(text: str, word: str, slips: int) -> None:
    assert slips_allowed(text, word) == slips


FOUND = {
    "AAA": ("AA", "aa", "aaa", " AAA ", "of the AA", "Arandia", "arandia, republic of", "República de Arandia"),
    "BBB": (
        *("B.B.B.", "BORLANDIA", "bor landia", "b orl andia", "borl ndia"),  # a space too many, or for a letter
        "borlamdia",  # Upper Borlandia holds the very word, and leaves it sure
    ),
    "UPP": (
        *("borlandia upper", "Uper Borlandia", "the Uper Borlandia", "upperborlandia"),
        "uper borlamdia",  # one slip in each word
    ),
    "PER": ("Peru!", "preu", "Perru", "PERRU"),  # two letters swapped, one doubled; a code has four letters at most
    "LAX": ("declaratiom of la", "Declaration of LA", "declaration of la"),  # an article that is a part of the name
    "COR": ("Corbeta",),
}


@pytest.mark.parametrize(("name", "id_"), [(name, id_) for id_, names in FOUND.items() for name in names])
def test_a_name_is_found_by_code_by_text_by_words_in_any_order_and_with_a_slip(name: str, id_: str) -> None:
    assert TINY.find(name) == id_


NOT_FOUND = ("", "   ", "?", "\x00", "zzzz", "qwertyuiop", "AB", "Peruvian", "the", "de la", "Arandina", "arandinna")
LIKE_A_CODE = ("PREU", " PREU", "PREU ", "\tPREU")


@pytest.mark.parametrize("name", [*NOT_FOUND, *LIKE_A_CODE])
def test_unknown_names_and_unknown_codes_are_not_found(name: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        TINY.find(name)
    assert caught.value.suggestions


NEAR: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("pera", "perux", "bor landja"), ()),  # more than a slip
    **dict.fromkeys(("upper", "borlandja castle", "the foo AA"), ()),  # a part of one longer name alone
    **dict.fromkeys(("pe", "", "borlandia " * 20), ()),  # too short or too long
    "arandinna": (),  # a slip from what is no name
    "twin": ("TW1", "TW2"),  # a part of several longer names
    "corveta": ("COR", "COV"),  # one letter away from either
    "borlandja": ("BBB", "OLD"),  # one letter from the name, and from a word of a longer one
}


@pytest.mark.parametrize(("name", "ids"), NEAR.items())
def test_a_text_is_near_names_that_are_a_slip_away_and_several_longer_ones(name: str, ids: tuple[str, ...]) -> None:
    assert (TINY.exact(name), TINY.near(name)) == ((), ids)


B, C, SEVEN = "b" * 120, "c" * 121, tuple("abcdefg")
NORTHERN = [("Northern Eastern Western", "N")]


@pytest.mark.parametrize(
    ("labels", "name", "ids"),
    [
        # its words name one record, though it is a slip from another
        ([("Guinea", "GIN"), ("Guinee Bissau", "GNB")], "Guinea Bissau", ("GIN", "GNB")),
        # only a long word of longer names may have a slip
        ([("Blue Abcdefgh", "A"), ("Red Abcdefgh", "B")], "abcdefgx", ("A", "B")),
        ([("Blue Abcdefg", "A"), ("Red Abcdefg", "B")], "abcdefx", ()),
        # a name of up to 120 letters may have a slip
        ([(B, "B"), (C, "C")], f"{B[:-1]}x", ("B",)),
        ([(B, "B"), (C, "C")], f"{C[:-1]}x", ()),
        # two slips in all, and two missing spaces
        (NORTHERN, "nortern eatern western", ("N",)),
        (NORTHERN, "northerneasternwestern", ("N",)),
        (NORTHERN, "nortern eatern wetern", ()),
        ([(f"Borlandi{letter}", letter) for letter in SEVEN], "borlandix", SEVEN),
    ],
)
def test_slips_are_counted_by_word_and_in_all(labels: list[tuple[str, str]], name: str, ids: tuple[str, ...]) -> None:
    assert resolver(*labels).near(name) == ids


def test_names_are_indexed_by_their_words_in_order_and_in_any_but_for_an_article_that_is_a_name() -> None:
    keys = fold_names(
        [("Aa", "AAA"), ("aA", "BBB")], [("Town of the Hill", "T"), ("Declaration of LA", "LAX"), ("?", "Q")]
    )
    texts = {"town of the hill": "T", "hill town": "T", "declaration of la": "LAX"}
    assert keys == FoldedNames({"aa": "AAA BBB"}, texts)
    spellings = {"town hill": "T", "hill town": "T", "declaration of la": "LAX"}
    assert Resolver("theme", keys, str, LIST).spellings.ids == spellings


@pytest.mark.parametrize("name", ["old town hill", "hill old town", "town old hill", "Town, Old (the Hill)"])
def test_words_in_any_order_are_the_name_itself(name: str) -> None:
    assert resolver(("Old Town Hill", "T")).exact(name) == ("T",)


def test_a_name_of_480_characters_is_read() -> None:
    assert resolver((B, "B")).exact(B + " " * 360) == ("B",)
    assert resolver((B, "B")).exact(B + " " * 361) == ()


def test_a_name_in_brackets_that_several_records_share_is_none() -> None:
    assert TINY.exact("Twin Isles (twin isles)") == ()
    assert TINY.exact("Arandia (AA, AAA)") == ("AAA",)


@pytest.mark.parametrize(("name", "ids"), [("twin isles", ("TW1", "TW2")), ("corveta", ("COR", "COV"))])
def test_a_shared_name_and_one_as_near_to_one_record_as_to_another_are_ambiguous(
    name: str, ids: tuple[str, str]
) -> None:
    with pytest.raises(AmbiguousError) as caught:
        TINY.find(name)
    assert caught.value.message == f'"{name}" could be more than one theme'
    assert caught.value.suggestions == tuple(f"the {id_}" for id_ in ids)


def test_an_ambiguous_name_offers_four_at_most_by_ids_where_they_are_shown_alike(atlas: govmap.Atlas) -> None:
    errors = [TINY.ambiguous("x", [str(id_) for id_ in range(number)]) for number in (2, 4, 5, 20)]
    assert [len(error.suggestions) for error in errors] == [2, 4, 4, 4]
    alike = Resolver("theme", fold_names([], []), lambda _: "the same", LIST)
    assert alike.ambiguous("x", ["A", "B"]).suggestions == ("A", "B")
    codes = ["ARG", "BOL", "CHL", "PER", "URY"]
    assert atlas.country_names.ambiguous("x", codes[:4]).message == '"x" could be more than one country'
    assert atlas.country_names.ambiguous("x", codes).message == '"x" could be any of 5 countries'
    assert atlas.mechanism_names.ambiguous("x", codes).message == '"x" could be any of 5 mechanisms'


SUGGESTED: dict[str, tuple[str, ...]] = {
    "twin": ("the TW1", "the TW2"),
    "twin ils": ("the TW1", "the TW2"),  # not near, but its words are like those of a name
    "arandinna": ("the AAA",),
    "pera": ("the PER",),
    **dict.fromkeys(("per", "Arandina", "xyzzyx", "quetzal", ""), ()),  # short, no record's name, like nothing
}


@pytest.mark.parametrize(("name", "suggestions"), SUGGESTED.items())
def test_what_is_much_alike_is_suggested_and_never_what_is_no_name(name: str, suggestions: tuple[str, ...]) -> None:
    assert TINY.suggest(name, limit=9) == suggestions


def test_suggestions_come_likeliest_first_three_unless_more_are_asked_for() -> None:
    assert TINY.suggest("borlandja")[:2] == ("the BBB", "the OLD")
    assert TINY.suggest("borlandja", limit=1) == TINY.suggest("borlandian", limit=9)[:1] == ("the BBB",)
    five = resolver(*((f"Borlandi{letter}", letter) for letter in "abcde"))
    assert five.suggest("borlandix") == ("a", "b", "c")
    assert five.suggest("borlandix", limit=9) == ("a", "b", "c", "d", "e")


def test_an_unknown_name_offers_what_is_like_it_or_the_call_that_lists_all() -> None:
    messages = {"twin": 'No theme is called "twin"', "?!": '"?!" is not the name of a theme'}
    assert {name: TINY.unknown(name).message for name in messages} == messages
    suggestions = {"twin": ("the TW1", "the TW2"), "xyzzyx": (LIST,), "?!": (LIST,)}
    assert {name: TINY.unknown(name).suggestions for name in suggestions} == suggestions


COUNTRIES = {
    "Peru (PE, PER)": "PER",
    "Peru (PER)": "PER",
    "Estados Unidos (EE.UU.)": "USA",
    "E.E.U.U.": "USA",
    "🇵🇪": "PER",
}


def test_countries_and_mechanisms_are_found_with_codes_behind_spelled_out_and_as_a_flag(atlas: govmap.Atlas) -> None:
    assert {name: atlas.country(name).alpha3 for name in COUNTRIES} == COUNTRIES
    assert {atlas.mechanism(name).id for name in ("R4V", "R 4 V", "r-4-v", "R.4.V.", "the R4V")} == {"R4V"}


@pytest.mark.parametrize("name", ["76.0", "6.04", "P\ufffde", "Perú 🇨🇱", "Peru (CL)", "Peru (PE, CHL)"])
def test_a_number_a_broken_text_and_a_name_with_the_code_of_another_are_no_country(
    atlas: govmap.Atlas, name: str
) -> None:
    with pytest.raises(NotFoundError):
        atlas.country(name)


CONGO, MARTIN = {"COD", "COG"}, {"MAF", "SXM"}
SHARED = {
    **dict.fromkeys(("Congo", "congo"), CONGO),
    **dict.fromkeys(("St Martin", "Saint Martin", "St. Martin"), MARTIN),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "codes"), SHARED.items())
def test_a_name_that_two_countries_go_by_is_ambiguous_and_offers_both(
    atlas: govmap.Atlas, name: str, codes: set[str], language: Language
) -> None:
    assert set(atlas.country_names.exact(name)) == codes
    with speaking(language), pytest.raises(AmbiguousError) as caught:
        atlas.country(name)
    assert {atlas.country(str(offer)).alpha3 for offer in caught.value.suggestions} == codes


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Perú", '"Perú"'),
        ("", '""'),
        ("a\nb", '"a\\u000ab"'),
        ("\x1b[31m", '"\\u001b[31m"'),
        ("\u202eabc", '"\\u202eabc"'),
        ("x" * 60, '"' + "x" * 60 + '"'),
        ("x" * 61, '"' + "x" * 60 + '…"'),
    ],
)
def test_a_quoted_text_has_no_control_characters_and_is_cut(text: str, shown: str) -> None:
    assert quoted(text) == shown
    assert quoted("abcdef", limit=3) == '"abc…"'


def _require_resolved(names: Resolver, pairs: Iterator[tuple[str, str]]) -> int:
    """Require that every label resolves to its record or is shared, and return how many labels there are."""
    owners: dict[str, set[str]] = {}
    for label, id_ in pairs:
        owners.setdefault(label, set()).add(id_)
    for label, ids in owners.items():
        found = names.exact(label)
        assert ids <= set(found), label
        assert len(found) > 1 or names.find(label) == found[0], label
    return len(owners)


def test_every_label_and_code_of_every_country_and_mechanism_resolves_to_it_or_is_shared(atlas: govmap.Atlas) -> None:
    countries, bodies = tuple(atlas.countries.values()), atlas.dataset.mechanisms
    country_pairs = (pair for pairs in (country_labels(countries), country_codes(countries)) for pair in pairs)
    body_pairs = (pair for pairs in (body_labels(bodies), body_codes(bodies)) for pair in pairs)
    assert _require_resolved(atlas.country_names, country_pairs) > 249 * 4
    assert _require_resolved(atlas.mechanism_names, body_pairs) > len(bodies) * 3


def test_the_main_names_and_codes_of_the_countries_are_never_shared_but_by_two_that_go_by_one_name(
    atlas: govmap.Atlas,
) -> None:
    shared = {
        label: set(ids)
        for country in atlas.countries.values()
        for label in (*country.names.values(), country.alpha2, country.alpha3, country.numeric)
        if (ids := atlas.country_names.exact(label)) != (country.alpha3,)
    }
    assert shared == {"Congo": CONGO, "San Martín": MARTIN, "Saint-Martin": MARTIN}


def _outcome(names: Resolver, name: str) -> str | tuple[str, tuple[str | Action, ...]]:
    """Return the id that is found, or the kind of the error and what it offers."""
    try:
        return names.find(name)
    except (NotFoundError, AmbiguousError) as error:
        return error.kind, error.suggestions


def _labels(atlas: govmap.Atlas) -> list[str]:
    countries = country_labels(tuple(atlas.countries.values()))
    return sorted({label for labels in (countries, body_labels(atlas.dataset.mechanisms)) for label, _ in labels})


@st.composite
def _slipped(draw: st.DrawFn, labels: list[str]) -> str:
    """Return a label, at most once with a letter left out, doubled, swapped or replaced."""
    label = draw(st.sampled_from(labels))
    at = draw(st.integers(0, len(label) - 1))
    head, letter, tail = label[:at], label[at], label[at + 1 :]
    return draw(
        st.sampled_from(
            [label, head + tail, head + letter * 2 + tail, head + tail[:1] + letter + tail[1:], f"{head}x{tail}"]
        )
    )


@given(st.data())
def test_any_text_is_a_known_id_or_an_error_that_offers_something(atlas: govmap.Atlas, data: st.DataObject) -> None:
    known: dict[Resolver, set[str]] = {
        atlas.country_names: set(atlas.countries),
        atlas.mechanism_names: {mechanism.id for mechanism in atlas.dataset.mechanisms},
        atlas.agency_names: set(atlas.agencies),
        atlas.theme_names: set(atlas.themes),
    }
    name = data.draw(TEXTS | st.text("peruchlmx \u0301.-", max_size=14) | _slipped(_labels(atlas)))
    for names, ids in known.items():
        outcome = _outcome(names, name)
        assert outcome in ids if isinstance(outcome, str) else all(outcome[1]) and outcome[1]


@pytest.mark.parametrize("name", ["a" * 100_000, "é" * 50_000, "x " * 50_000, "\u0301" * 5_000, "Peru" + " " * 9_999])
def test_a_huge_text_is_answered_like_any_other(atlas: govmap.Atlas, name: str) -> None:
    outcome = _outcome(atlas.country_names, name)
    assert outcome == "PER" if name.startswith("Peru") else outcome[0] == "not_found"


SAME: dict[str, Callable[[str], str]] = {
    "case": str.swapcase,
    "accents": lambda text: "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "composed": lambda text: unicodedata.normalize("NFC", text),
    "spaces": lambda text: "  " + text.replace(" ", "   ") + "\t",
}


@pytest.mark.parametrize("way", SAME)
@given(data=st.data())
def test_case_accents_composition_and_spaces_do_not_change_the_answer(
    atlas: govmap.Atlas, way: str, data: st.DataObject
) -> None:
    """Up to four capitals are read as a code, which has no slips; so there, case alone makes a difference."""
    label = data.draw(_slipped(_labels(atlas)))
    assume(way not in {"case", "accents"} or len(label.strip()) > 4)
    for names in (atlas.country_names, atlas.mechanism_names):
        assert _outcome(names, SAME[way](label)) == _outcome(names, label)


@pytest.mark.parametrize("file", [pytest.param("names.tsv", marks=pytest.mark.weekly), "names_heldout.tsv"])
def test_names_of_the_corpora_are_answered_well_and_hardly_ever_taken_for_another(file: str) -> None:
    outcomes = score.score(file)
    for class_, least in {"right": 0.995, "slip": 0.95, "turn": 0.95}.items():
        of_class = [outcome for outcome in outcomes if outcome.row.class_ == class_]
        share = score.figures(of_class).share_right
        assert share >= least, "\n".join(str(outcome) for outcome in of_class if not outcome.is_right)
    share = score.figures(outcomes).share_of_wrong_turns
    assert share <= 0.005, "\n".join(str(outcome) for outcome in outcomes if outcome.is_wrong_turn)


def test_the_corpora_are_read_to_the_letter() -> None:
    assert score.decode(r"E\u0301quateur \n\\d") == "E\u0301quateur \n\\\\d"
    assert score.decode("@REPEAT:ab:3") == "ababab"
    rows = [row for file in score.FILES for row in score.read_rows(file)]
    assert {row.class_ for row in rows} == set(score.CLASSES)
    assert any(row.typed != row.typed.strip() for row in rows)
    assert any(row.expected == {"DMA", score.NO_ANSWER} for row in rows)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("what is Upper Borlandia about?", ("Upper Borlandia", "UPP")),
        ("¿Qué es «BBB»?", ("BBB", "BBB")),
        ("what is B.B.B. for?", ("B.B.B", "BBB")),
        ("bbb", None),
        ("Twin Isles", None),
        ("nothing of the kind", None),
        ("", None),
    ],
)
def test_the_longest_name_within_a_text_is_found_if_it_is_of_one_record(
    text: str, found: tuple[str, str] | None
) -> None:
    assert TINY.within(text) == found


def test_a_single_word_is_a_name_in_capitals_or_after_an_article(atlas: govmap.Atlas) -> None:
    assert atlas.mechanism_names.within("le quitó el teléfono") is None
    assert atlas.mechanism_names.within("qué es el mirps") == ("mirps", "MIRPS")
    assert atlas.mechanism_names.within("what RCM does") == ("RCM", "RCM")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Los Angeles Declaration", "Los Angeles Declaration"),
        ("what is the Los Angeles Declaration?", "Los Angeles Declaration"),
        ("the Quito Process", "Quito Process"),
        ("what does MIRPS do", "MIRPS"),
        ("what the Quito Process does", "Quito Process"),
    ],
)
def test_an_article_is_no_part_of_a_name_unless_the_name_begins_with_it(
    atlas: govmap.Atlas, text: str, name: str
) -> None:
    found = atlas.mechanism_names.within(text)
    assert found is not None
    assert found[0] == name
