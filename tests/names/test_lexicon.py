"""Questions in free text are understood by the labels of the themes, and by nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.corpora import themes_score

import govmap
from govmap.dataset.index import theme_labels
from govmap.names.interpreter import Interpreter
from govmap.names.lexicon import (
    Label,
    Vocabulary,
    WordLists,
    build_lexicon,
    orders_of,
    parts_of,
    stem,
    unpack_part,
    words_of,
)
from govmap.questions.overlap import Overlap

LABELS = [
    Label("border management", "borders", "en", hidden=False),
    Label("gestión de fronteras", "borders", "es", hidden=False),
    Label("asylum", "asylum", "en", hidden=False),
    Label("migrant labour mobility", "labour", "en", hidden=False),
    Label("migrant children", "children", "en", hidden=False),
    Label("trafficking in persons", "trafficking", "en", hidden=False),
    Label("rent", "shelter", "en", hidden=True),
    Label("bridge town", "asylum", "en", hidden=True),
    Label("logement", "shelter", "fr", hidden=True),
    Label("women", "gender", "en", hidden=True),
]
WORDS = WordLists(
    neutral=(("people", "en"), ("help", "en"), ("girls", "en"), ("font", "fr"), ("Peru", "")),
    generic=(("migrant", "en"), ("migrants", "en")),
    people=(("newcomers", "en"),),
    persons=(("girls", "en"), ("women", "en")),
    setting=(("bridge town", "en"),),
    field=(("abroad", "en"),),
)
BUNDLED = govmap.load().interpreter
TINY = Interpreter(lambda: build_lexicon(LABELS, [("trafficking", "trafficking"), ("trafficking", "smuggling")], WORDS))


def test_a_label_alone_is_understood_alike_with_and_without_the_lexicon() -> None:
    names = govmap.load().names
    whole, brief = (
        Interpreter(lambda: names.lexicon),
        Interpreter(lambda: pytest.fail("it was read"), names.exact_labels),
    )
    for label in theme_labels(govmap.load().dataset.themes):
        if " ".join(words_of(label.text)) in names.exact_labels:
            assert brief.interpret(label.text) == whole.interpret(label.text)
    assert len(names.exact_labels) > 500


def themes(interpreter: Interpreter, question: str) -> list[str]:
    return [reading.theme for reading in interpreter.interpret(question).readings]


STEMS = {
    "migrants": "migrant",
    "families": "family",
    "mujeres": "mujer",
    "migraciones": "migracion",
    "migracoes": "migracao",
    "access": "access",
    "refugees": "refugee",
    "nacionais": "nacional",
    "papéis": "papel",
    "viagens": "viagem",
    "locaux": "local",
    "niveaux": "niveau",
    "sexuelles": "sexuel",
    "haïtienne": "haitien",
    **{word: word for word in ("gas", "campus", "oasis")},
}


@pytest.mark.parametrize(("word", "stemmed"), STEMS.items())
def test_a_plural_ending_is_stripped(word: str, stemmed: str) -> None:
    assert words_of(word) == [stemmed]
    assert stem(stemmed) == stemmed


def test_articles_beside_a_conjunction_are_no_initials() -> None:
    assert words_of("o Acre e o Peru") == ["acre", "peru"]
    assert words_of("à l'aéroport") == ["aeroport"]
    assert words_of("U.S.A. visas") == ["usa", "visa"]


def test_the_index_has_each_label_by_its_words_and_what_each_word_says() -> None:
    lexicon = build_lexicon(
        [
            Label("management of borders", "borders", "en", hidden=False),
            Label("rent", "shelter", "en", hidden=True),
            Label("migrant rent", "housing", "es", hidden=True),
            Label("asylum", "asylum", "en", hidden=True),
            Label("asylum", "refuge", "pt", hidden=False),
            Label("trafficking", "trafficking", "en", hidden=False),
            Label("migrants", "labour", "en", hidden=True),
            Label("common market", "trade", "en", hidden=False),
        ],
        [("trafficking", "trafficking"), ("trafficking", "smuggling"), ("common market", "trade")],
        WordLists(
            neutral=(
                ("help", "en"),
                ("font", "fr"),
                ("font", "es"),
                ("Peru", ""),
                ("Peru", "es"),
                ("trafficking", "en"),
            ),
            generic=(("migrant", "en"),),
            people=(("newcomers", "en"),),
            persons=(("girls", "en"),),
            field=(("abroad", "en"),),
            setting=(("bridge towns", "en"),),
        ),
        ["Old Town"],
    )
    assert lexicon.labels == {
        "asylum": "asylum refuge|en pt|",  # a hidden label of one theme, and a shown one of another
        "border management": "borders|en|",
        "management border": "borders|en|",
        "migrant": "labour|en|weak",
        "migrant rent": "housing|es|",
        "rent": "shelter|en|weak",
    }
    assert lexicon.broad == {"common market": "trade", "trafficking": "smuggling trafficking"}
    one_of_six, two_of_six = 1.946, 1.386  # ln(1 + 6 / 1) and ln(1 + 6 / 2): a word too broad has no theme of its own
    assert lexicon.weights == {
        **dict.fromkeys(("border", "common", "management", "market", "trafficking"), one_of_six),
        **dict.fromkeys(("asylum", "migrant", "rent"), two_of_six),
    }
    places = {"old": "", "town": ""}
    neutral = {"font": "es fr", "help": "en", "migrant": "en", "peru": "", **places}
    words = {
        "en": "asylum border common management market migrant rent trafficking",
        "es": "migrant rent",
        "pt": "asylum",
    }
    assert unpack_part(lexicon.vocabulary, Vocabulary) == Vocabulary(neutral, {}, words)
    assert lexicon.field == {"abroad": "field", "girl": "persons", "migrant": "", "newcomer": "people", **places}
    assert lexicon.setting == {"bridg town": ""}  # a long word also loses its last e


def test_stop_words_divide_a_text_into_parts_that_may_change_places() -> None:
    assert parts_of("Management of the borders") == [["management"], ["border"]]
    assert list(orders_of(parts_of("management of borders"))) == [["management", "border"], ["border", "management"]]
    assert list(orders_of(parts_of("border management"))) == [["border", "management"]]


QUESTIONS = {
    "labels are found in any order, without generic words, and with a slip": {
        **dict.fromkeys(("border management", "management of borders", "Gestion de fronteras"), "borders"),
        "help people: asylum": "asylum",
        "labour mobility": "labour",
        "asylum and border management": "asylum borders",
        "asylm": "asylum",
        "border managment": "borders",
    },
    "a shared word alone earns nothing": dict.fromkeys(
        ("asylum records", "management border", "arms trafficking", "people", "", "children's"), ""
    ),
    "a neutral word is passed over in its own language only": {"asylum Peru": "asylum", "asylum font": ""},
    "an everyday word counts alone or where the question is on people who move": {
        "rent": "shelter",
        "rent rent rent castle": "",
        "rent rent rent castle newcomers": "shelter",
    },
    "a label that says where leads nowhere beside another": {
        "bridge town": "asylum",
        "labour mobility: bridge town": "labour",
    },
    "a word for persons makes it likely unless it is all that was found": {
        "asylum castle": "",
        "girls asylum castle": "asylum",
        "rent castle girls": "shelter",
        "women castle": "",
    },
    "most words of a question tell its language": {"logement castle people": "", "logement people help": "shelter"},
    "a word for people who move lets labels carry less of a question": {
        "grand asylum plans": "",
        "grand asylum newcomers": "asylum",
    },
    "a word too broad to stand alone does no harm beside a label": {"asylum trafficking": "asylum"},
}


@pytest.mark.parametrize("rule", QUESTIONS)
def test_questions_are_understood_by_the_rules(rule: str) -> None:
    assert {question: " ".join(sorted(themes(TINY, question))) for question in QUESTIONS[rule]} == QUESTIONS[rule]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("discriminaton and xenofobia", ["anti-xenophobia"]),  # a slip beside a label of the same theme
        ("integração numérica", []),
        ("refujio e asilo", ["asylum"]),  # a slip in a word too broad to stand alone does no harm
        ("iregular migration", ["irregular-migration"]),  # of two words as near, the one with the same first letter
    ],
)
def test_slips_are_understood_beside_what_they_may_mean(question: str, found: list[str]) -> None:
    assert themes(BUNDLED, question) == found


@pytest.mark.parametrize(
    ("interpreter", "question", "ambiguous"),
    [
        (TINY, "trafficking", ("smuggling", "trafficking")),  # too broad to stand alone
        (BUNDLED, "tradctor", ("integration", "reception-orientation")),  # traductor (es), tradutor (pt)
    ],
)
def test_what_is_too_broad_or_as_near_to_one_label_as_to_another_is_ambiguous(
    interpreter: Interpreter, question: str, ambiguous: tuple[str, ...]
) -> None:
    interpretation = interpreter.interpret(question)
    assert (interpretation.readings, interpretation.ambiguous) == ((), ambiguous)


def test_what_was_not_enough_is_kept_to_be_offered() -> None:
    assert TINY.interpret("arms trafficking").partly == ("smuggling", "trafficking")


def test_every_word_is_explained() -> None:
    steps = TINY.interpret("help with border managment papers").steps
    roles = {"help": "neutral", "with": "unknown", "border managment": "slip", "papers": "unknown"}
    assert [(step.words, step.role) for step in steps] == [*roles.items()]
    assert (steps[0].weight, steps[2].themes) == (0, ("borders",))


@given(st.text(max_size=200))
def test_any_text_is_understood_or_not_but_never_fails(text: str) -> None:
    scores = [reading.score for reading in BUNDLED.interpret(text).readings]
    assert all(0 < score <= 1 for score in scores)
    assert scores == sorted(scores, reverse=True)


WORDS_OF_QUESTIONS = ["asylum", "border", "management", "labour", "mobility", "people", "xyzzy"]


@given(st.lists(st.sampled_from(WORDS_OF_QUESTIONS), max_size=60))
def test_scores_share_the_weight_of_the_whole_question(words: list[str]) -> None:
    assert sum(reading.score for reading in TINY.interpret(" ".join(words)).readings) <= 1.01


def test_every_label_of_every_theme_is_found_by_itself(atlas: govmap.Atlas) -> None:
    """A preferred or alternative label finds its theme, unless it is said to be too broad to stand alone."""
    missed = [
        (theme.id, label)
        for theme in atlas.themes.values()
        for label in (*theme.preferred.values(), *(label for some in theme.alternative.values() for label in some))
        if theme.id not in themes(BUNDLED, label)
        and words_of(label) not in [words_of(word) for word in theme.never_alone]
    ]
    assert missed == []


OFF_THE_SUBJECT = (
    *("arms trafficking", "traffic jam", "return flight", "border collie", "visa card"),
    *("labour party", "animal health", "witness protection", "network cable"),
)


@pytest.mark.parametrize("question", OFF_THE_SUBJECT)
def test_words_are_not_meaning(atlas: govmap.Atlas, question: str) -> None:
    with pytest.raises(govmap.NotFoundError, match="no mechanism is known to work on it") as caught:
        govmap.overlap(atlas, question)
    assert caught.value.suggestions


@pytest.mark.parametrize("word", ["trafic", "tráfico", "refugio", "retorno", "returns"])
def test_an_ambiguous_word_is_said_to_be_ambiguous_with_its_readings(atlas: govmap.Atlas, word: str) -> None:
    with pytest.raises(govmap.AmbiguousError, match="is ambiguous") as caught:
        govmap.overlap(atlas, word)
    assert set(caught.value.suggestions) <= {theme.label for theme in atlas.themes.values()}


@pytest.mark.parametrize("question", ["refúgio", "Refúgio no Peru", "REFU\u0301GIO"])
def test_a_word_is_read_in_the_language_of_its_accents(atlas: govmap.Atlas, question: str) -> None:
    """The Spanish word without an accent may be a shelter, the Portuguese one with it is asylum."""
    found = govmap.overlap(atlas, question)
    assert isinstance(found, Overlap)
    assert [theme.id for theme in found.themes] == ["asylum"]


# Core recall, precision and silence that docs/explanation/themes.md tells of. The targets are 0.95, 0.90 and 0.95.
FLOORS = {
    "themes.tsv": (0.95, 0.95, 0.95),
    "themes_heldout.tsv": (0.98, 0.97, 0.95),
    "themes_fresh.tsv": (0.95, 0.91, 0.95),
    "themes_later.tsv": (0.98, 0.97, 0.97),
    "themes_wide.tsv": (0.96, 0.98, 0.98),
}


@pytest.mark.parametrize(
    "file", [pytest.param(file, marks=() if file == "themes_fresh.tsv" else pytest.mark.weekly) for file in FLOORS]
)
def test_the_corpora_are_answered_as_well_as_the_documents_say(file: str) -> None:
    found = themes_score.figures(themes_score.outcomes(file))
    assert found.questions >= 90
    core_recall, precision, silent = FLOORS[file]
    assert found.core_recall >= core_recall
    assert found.precision >= precision
    assert found.silent >= silent
    assert found.ambiguous >= 0.95
