"""Questions in free text are understood by the labels of the themes, and by nothing else."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corpora import themes_score

import govmap
from govmap.names.interpreter import Vocabulary
from govmap.names.lexicon import Label, Words, build_vocabulary, orders_of, parts_of, stem, words_of

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
WORDS = Words(
    neutral=[("people", "en"), ("help", "en"), ("girls", "en"), ("font", "fr"), ("Peru", "")],
    generic=[("migrant", "en"), ("migrants", "en")],
    people=[("newcomers", "en")],
    persons=[("girls", "en"), ("women", "en")],
    setting=[("bridge town", "en")],
    field=[("abroad", "en")],
)
BUNDLED = govmap.load()
BARE = [("trafficking", "trafficking"), ("trafficking", "smuggling")]


@pytest.fixture(name="vocabulary")
def _vocabulary() -> Vocabulary:
    return Vocabulary(build_vocabulary(LABELS, BARE, WORDS))


def themes(vocabulary: Vocabulary, question: str) -> list[str]:
    return [reading.theme for reading in vocabulary.understand(question).readings]


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [
        ("migrants", "migrant"),
        ("families", "family"),
        ("mujeres", "mujer"),
        ("migraciones", "migracion"),
        ("migracoes", "migracao"),
        ("access", "access"),
        ("refugees", "refugee"),
        ("nacionais", "nacional"),
        ("papéis", "papel"),
        ("viagens", "viagem"),
        ("locaux", "local"),
        ("niveaux", "niveau"),
        ("sexuelles", "sexuel"),
        ("haïtienne", "haitien"),
        ("gas", "gas"),
        ("campus", "campus"),
        ("oasis", "oasis"),
    ],
)
def test_a_plural_ending_is_stripped(word: str, stemmed: str) -> None:
    assert words_of(word) == [stemmed]
    assert stem(stemmed) == stemmed


def test_the_index_has_each_label_by_its_words_and_what_each_word_says() -> None:
    keys = build_vocabulary(
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
        Words(
            neutral=[
                ("help", "en"),
                ("font", "fr"),
                ("font", "es"),
                ("Peru", ""),
                ("Peru", "es"),
                ("trafficking", "en"),
            ],
            generic=[("migrant", "en")],
            people=[("newcomers", "en")],
            persons=[("girls", "en")],
            field=[("abroad", "en")],
            places=[("Old Town", "")],
            setting=[("bridge towns", "en")],
        ),
    )
    assert keys.labels == {
        "asylum": "asylum refuge|en pt|",  # a hidden label of one theme, and a shown one of another
        "border management": "borders|en|",
        "management border": "borders|en|",
        "migrant": "labour|en|weak",
        "migrant rent": "housing|es|",
        "rent": "shelter|en|weak",
    }
    assert keys.bare == {"common market": "trade", "trafficking": "smuggling trafficking"}
    one_of_six, two_of_six = 1.946, 1.386  # ln(1 + 6 / 1) and ln(1 + 6 / 2): a word too broad has no theme of its own
    assert keys.weights == {
        **dict.fromkeys(("border", "common", "management", "market", "trafficking"), one_of_six),
        **dict.fromkeys(("asylum", "migrant", "rent"), two_of_six),
    }
    assert msgspec.msgpack.decode(keys.neutral) == {"font": "es fr", "help": "en", "migrant": "en", "peru": ""}
    assert keys.field == {
        "abroad": "field",
        "girl": "persons",
        "migrant": "",
        "newcomer": "people",
        "old": "",
        "town": "",
    }
    assert keys.setting == {"bridg town": ""}  # a long word also loses its last e


def test_stop_words_divide_a_text_into_parts_that_may_change_places() -> None:
    assert parts_of("Management of the borders") == [["management"], ["border"]]
    assert list(orders_of(parts_of("management of borders"))) == [["management", "border"], ["border", "management"]]
    assert list(orders_of(parts_of("border management"))) == [["border", "management"]]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("border management", ["borders"]),
        ("management of borders", ["borders"]),
        ("Gestion de fronteras", ["borders"]),
        ("help people: asylum", ["asylum"]),
        ("labour mobility", ["labour"]),
        ("asylum and border management", ["borders", "asylum"]),
        ("asylm", ["asylum"]),
        ("border managment", ["borders"]),
    ],
)
def test_a_label_is_found_in_a_question(vocabulary: Vocabulary, question: str, found: list[str]) -> None:
    assert sorted(themes(vocabulary, question)) == sorted(found)


@pytest.mark.parametrize(
    "question", ["asylum records", "management border", "arms trafficking", "people", "", "children's"]
)
def test_a_shared_word_alone_earns_nothing(vocabulary: Vocabulary, question: str) -> None:
    assert themes(vocabulary, question) == []


def test_a_neutral_word_is_passed_over_in_its_own_language_only(vocabulary: Vocabulary) -> None:
    assert themes(vocabulary, "asylum Peru") == ["asylum"]
    assert themes(vocabulary, "asylum font") == []


def test_an_everyday_word_counts_alone_or_where_the_question_is_on_people_who_move(vocabulary: Vocabulary) -> None:
    assert themes(vocabulary, "rent") == ["shelter"]
    assert themes(vocabulary, "rent rent rent castle") == []
    assert themes(vocabulary, "rent rent rent castle newcomers") == ["shelter"]


def test_a_label_that_tells_where_leads_nowhere_beside_another(vocabulary: Vocabulary) -> None:
    assert themes(vocabulary, "bridge town") == ["asylum"]
    assert themes(vocabulary, "labour mobility: bridge town") == ["labour"]


def test_a_word_for_persons_makes_it_likely_unless_it_is_all_that_was_found(vocabulary: Vocabulary) -> None:
    assert themes(vocabulary, "asylum castle") == []
    assert themes(vocabulary, "girls asylum castle") == ["asylum"]
    assert themes(vocabulary, "rent castle girls") == ["shelter"]
    assert themes(vocabulary, "women castle") == []


def test_most_words_of_a_question_tell_its_language(vocabulary: Vocabulary) -> None:
    """A neutral word of English says nothing beside a French label, as there are more English words."""
    assert themes(vocabulary, "logement castle people") == []
    assert themes(vocabulary, "logement people help") == ["shelter"]


def test_a_slip_beside_a_label_of_the_same_theme_is_one(atlas: govmap.Atlas) -> None:
    assert [reading.theme for reading in atlas.vocabulary.understand("discriminaton and xenofobia").readings] == [
        "anti-xenophobia"
    ]
    assert atlas.vocabulary.understand("integração numérica").readings == ()


def test_a_slip_in_a_word_too_broad_to_stand_alone_does_no_harm(atlas: govmap.Atlas) -> None:
    assert [reading.theme for reading in atlas.vocabulary.understand("refujio e asilo").readings] == ["asylum"]


def test_articles_beside_a_conjunction_are_no_initials() -> None:
    assert words_of("o Acre e o Peru") == ["acre", "peru"]
    assert words_of("à l'aéroport") == ["aeroport"]
    assert words_of("U.S.A. visas") == ["usa", "visa"]


def test_a_slip_as_near_to_one_label_as_to_another_is_ambiguous(atlas: govmap.Atlas) -> None:
    understood = atlas.vocabulary.understand("tradctor")  # traductor in Spanish, tradutor in Portuguese
    assert (understood.readings, understood.ambiguous) == ((), ("integration", "reception-orientation"))


def test_of_two_words_as_near_the_one_with_the_same_first_letter_is_taken(atlas: govmap.Atlas) -> None:
    assert [reading.theme for reading in atlas.vocabulary.understand("iregular migration").readings] == [
        "irregular-migration"
    ]


def test_a_word_for_people_who_move_lets_labels_carry_less_of_a_question(vocabulary: Vocabulary) -> None:
    assert themes(vocabulary, "grand asylum plans") == []
    assert themes(vocabulary, "grand asylum newcomers") == ["asylum"]


def test_a_word_too_broad_to_stand_alone_does_no_harm_beside_a_label(vocabulary: Vocabulary) -> None:
    assert themes(vocabulary, "asylum trafficking") == ["asylum"]


def test_a_word_too_broad_to_stand_alone_is_ambiguous_and_its_readings_are_told(vocabulary: Vocabulary) -> None:
    understood = vocabulary.understand("trafficking")
    assert (understood.readings, understood.ambiguous) == ((), ("smuggling", "trafficking"))


def test_what_was_not_enough_is_kept_to_be_offered(vocabulary: Vocabulary) -> None:
    understood = vocabulary.understand("arms trafficking")
    assert (understood.unknown, understood.partly) == (("arms", "trafficking"), ("smuggling", "trafficking"))


def test_every_word_is_explained(vocabulary: Vocabulary) -> None:
    steps = vocabulary.understand("help with border managment papers").steps
    assert [(step.words, step.role) for step in steps] == [
        ("help", "neutral"),
        ("with", "unknown"),
        ("border managment", "slip"),
        ("papers", "unknown"),
    ]
    assert steps[0].weight == 0
    assert steps[2].themes == ("borders",)


@given(st.text(max_size=200))
@settings(deadline=None, max_examples=300)
def test_any_text_is_understood_or_not_but_never_fails(text: str) -> None:
    understood = BUNDLED.vocabulary.understand(text)
    assert all(0 < reading.score <= 1 for reading in understood.readings)
    assert [r.score for r in understood.readings] == sorted((r.score for r in understood.readings), reverse=True)


@given(
    st.lists(st.sampled_from(["asylum", "border", "management", "labour", "mobility", "people", "xyzzy"]), max_size=60)
)
@settings(deadline=None)
def test_scores_share_the_weight_of_the_whole_question(words: list[str]) -> None:
    vocabulary = Vocabulary(build_vocabulary(LABELS, BARE, WORDS))
    readings = vocabulary.understand(" ".join(words)).readings
    assert sum(reading.score for reading in readings) <= 1.01


def test_every_label_of_every_theme_is_found_by_itself(atlas: govmap.Atlas) -> None:
    """A preferred or alternative label finds its theme, unless it is said to be too broad to stand alone."""
    missed = []
    for theme in atlas.themes.values():
        broad = {" ".join(words_of(word)) for word in theme.never_alone}
        labels = [*theme.preferred.values(), *(label for some in theme.alternative.values() for label in some)]
        for label in labels:
            found = {reading.theme for reading in atlas.vocabulary.understand(label).readings}
            if theme.id not in found and " ".join(words_of(label)) not in broad:
                missed.append((theme.id, label, found))
    assert missed == []


@pytest.mark.parametrize(
    "question",
    [
        "arms trafficking",
        "traffic jam",
        "return flight",
        "border collie",
        "visa card",
        "labour party",
        "animal health",
        "witness protection",
        "network cable",
    ],
)
def test_words_are_not_meaning(atlas: govmap.Atlas, question: str) -> None:
    with pytest.raises(govmap.NotFoundError, match="no mechanism is known to work on it") as caught:
        govmap.overlap_about(atlas, question)
    assert caught.value.suggestions


@pytest.mark.parametrize("word", ["trafficking", "trafic", "tráfico", "refugio", "return"])
def test_an_ambiguous_word_is_said_to_be_ambiguous_with_its_readings(atlas: govmap.Atlas, word: str) -> None:
    with pytest.raises(govmap.AmbiguousError, match="is ambiguous") as caught:
        govmap.overlap_about(atlas, word)
    assert set(caught.value.suggestions) <= {theme.label for theme in atlas.themes.values()}


# Core recall, precision and silence that docs/themes.md tells of. The targets are 0.95, 0.90 and 0.95.
FLOORS = {
    "themes.tsv": (0.95, 0.95, 0.95),
    "themes_heldout.tsv": (0.98, 0.97, 0.95),
    "themes_fresh.tsv": (0.95, 0.91, 0.95),
    "themes_later.tsv": (0.98, 0.97, 0.97),
    "themes_wide.tsv": (0.96, 0.98, 0.98),
}


@pytest.mark.parametrize("file", FLOORS)
def test_the_corpora_are_answered_as_well_as_the_documents_say(file: str) -> None:
    found = themes_score.figures(themes_score.outcomes(file))
    assert found.questions >= 90
    core_recall, precision, silent = FLOORS[file]
    assert found.core_recall >= core_recall
    assert found.precision >= precision
    assert found.silent >= silent
    assert found.ambiguous >= 0.95
