"""What a question is interpretation as, in whole, by small invented lexicons whose weights are easy to add up."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from govmap.names.interpreter import Interpretation, Interpreter, Reading, Step
from govmap.names.lexicon import Lexicon, Vocabulary, pack_part


def interpreter(
    labels: Mapping[str, str],
    weights: Mapping[str, float],
    *,
    neutral: Mapping[str, str] = {},
    broad: Mapping[str, str] = {},
    field: Mapping[str, str] = {},
) -> Interpreter:
    """Return an interpreter of *labels* (by their words: themes, languages and `weak`), words and what each weighs."""
    vocabulary = pack_part(Vocabulary(dict(neutral)))
    return Interpreter(lambda: Lexicon(dict(labels), dict(broad), dict(weights), dict(field), {}, vocabulary))


def even(labels: Mapping[str, str], **more: Mapping[str, str]) -> Interpreter:
    """Return an interpreter of *labels* whose words all weigh 1."""
    return interpreter(labels, {word: 1.0 for label in labels for word in label.split()}, **more)


# The heaviest word weighs 2, as an unknown word does; a label of one theme counts for 1.4 at least.
TOWN = interpreter(
    {
        "asylum": "asylum|en|",
        "border guard": "borders|en|",
        "camp": "housing safety|en|",
        "clinic": "education health|en|",
        "labour permit": "entry|en|",
        "logement": "shelter|fr|",
        "sanctuary": "asylum|en|",
        "visa": "entry|en|",
        "women": "gender|en|",
    },
    dict.fromkeys(("asylum", "logement"), 2.0)
    | dict.fromkeys(("border", "child", "guard", "sanctuary"), 1.0)
    | {"traffic": 1.6, "visa": 1.5, "town": 1.2, "camp": 0.8, "clinic": 0.6}
    | dict.fromkeys(("river", "women"), 0.5)
    | dict.fromkeys(("labour", "permit"), 0.4),
    neutral={"ayuda": "es", "font": "fr", "help": "en", "peopl": "en", "peru": ""},
    broad={"traffic": "smuggling trafficking"},
    field={"abroad": "field", "newcomer": "people", "river": "field"},
)


def roles(interpretation: Interpretation) -> dict[str, str]:
    return {step.words: step.role for step in interpretation.steps}


def test_a_question_is_read_as_what_each_part_of_it_counts_for() -> None:
    """The labels carry 3.1 of 5.1, enough in a sentence; of the whole of 6, the clinic has too little to be told."""
    assert TOWN.interpret("Help «Border guards», (women) and the Clinic; traffic, Xanadu: traffic!") == Interpretation(
        readings=(Reading("borders", "Border guards", 0.33), Reading("gender", "women", 0.23)),
        steps=(
            Step("Help", "neutral", (), 0.0),
            Step("Border guards", "label", ("borders",), 2.0),
            Step("women", "label", ("gender",), 0.5),
            Step("Clinic", "label", ("education", "health"), 0.6),
            Step("traffic", "too broad", ("smuggling", "trafficking"), 1.6),
            Step("Xanadu", "unknown", (), 2.0),
            Step("traffic", "too broad", ("smuggling", "trafficking"), 1.6),
        ),
    )


def test_labels_of_one_theme_add_up_and_are_told_in_the_order_of_the_question() -> None:
    assert TOWN.interpret("visa, labour permits, harbour") == Interpretation(
        readings=(Reading("entry", "visa, labour permits", 0.59),),  # (1.5 + 1.4) / (1.5 + 1.4 + 2)
        steps=(
            Step("visa", "label", ("entry",), 1.5),
            Step("labour permits", "label", ("entry",), 0.8),
            Step("harbour", "unknown", (), 2.0),
        ),
    )


def test_the_likeliest_theme_comes_first_and_a_label_of_several_counts_for_no_more_than_it_weighs() -> None:
    assert TOWN.interpret("clinic women").readings == (
        Reading("gender", "women", 0.7),
        Reading("education", "clinic", 0.3),
        Reading("health", "clinic", 0.3),
    )


def test_a_theme_scoring_40_percent_of_the_best_is_kept() -> None:
    assert TOWN.interpret("asylum camp town").readings == (
        Reading("asylum", "asylum", 0.5),
        Reading("housing", "camp", 0.2),
        Reading("safety", "camp", 0.2),
    )


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("border guard town town", ["borders"]),  # 2 of 4.4
        ("border guard harbour", []),  # 2 of 4, in three words
        ("asylum town permit child", []),  # 2 of 4.6, but only one of the words is in a label
        ("asylum town river", ["asylum"]),  # 2 of 3.7, with a word of the field
        ("asylum town permit", []),  # 2 of 3.6, without
        ("asylum town", []),  # 2 of 3.2
        ("asylum child", ["asylum"]),  # 2 of 3
    ],
)
def test_labels_may_carry_less_in_a_sentence_or_beside_a_word_of_the_field(question: str, found: list[str]) -> None:
    assert [reading.theme for reading in TOWN.interpret(question).readings] == found


def test_what_is_only_too_broad_is_ambiguous_in_whole() -> None:
    steps = (Step("Traffic", "too broad", ("smuggling", "trafficking"), 1.6), Step("Peru", "neutral", (), 0.0))
    assert TOWN.interpret("Traffic in Peru") == Interpretation(steps, ambiguous=("smuggling", "trafficking"))


def test_a_slip_of_a_word_too_broad_to_stand_alone_is_explained_as_that_word() -> None:
    broad = Step("trafic", "too broad", ("smuggling", "trafficking"), 1.6)
    assert TOWN.interpret("trafic") == Interpretation((broad,), ambiguous=("smuggling", "trafficking"))
    interpretation = TOWN.interpret("asylum trafic")
    assert interpretation.readings == (Reading("asylum", "asylum", 1.0),)
    assert interpretation.steps == (Step("asylum", "label", ("asylum",), 2.0), broad)


def test_readings_of_a_word_too_broad_are_offered_where_no_label_was_found() -> None:
    interpretation = TOWN.interpret("newcomers castle traffic")
    assert (interpretation.readings, interpretation.partly) == ((), ("smuggling", "trafficking"))


def test_without_any_label_every_word_is_unknown() -> None:
    assert interpreter({}, {}).interpret("visas for Peru") == Interpretation(
        (Step("visas", "unknown", (), 1.0), Step("Peru", "unknown", (), 1.0))
    )


def test_words_are_told_as_typed_but_where_letters_were_joined() -> None:
    assert roles(TOWN.interpret("Visa, Xanax?")) == {"Visa": "label", "Xanax": "unknown"}
    assert roles(TOWN.interpret("U. S. A. Visas")) == {"usa": "unknown", "visas": "label"}


def test_words_change_places_around_any_of_the_stop_words() -> None:
    rights = even({"children right": "children|en|"})
    assert roles(rights.interpret("promotion of rights of children")) == {
        "promotion": "unknown",
        "rights of children": "label",
    }


def test_a_word_of_one_label_is_not_taken_for_another() -> None:
    both = even({"border asylum": "borders|en|", "asylum centr": "asylum|en|"})
    assert roles(both.interpret("border of asylum centre")) == {"border of asylum": "label", "centre": "unknown"}


@pytest.mark.parametrize("question", ["border help guards", "border people help guards"])
def test_neutral_words_inside_a_label_are_passed_over(question: str) -> None:
    assert TOWN.interpret(question).readings == (Reading("borders", question, 1.0),)


def test_neutral_words_before_a_label_tell_the_language() -> None:
    interpretation = TOWN.interpret("people help logement")
    assert roles(interpretation) == {"people": "neutral", "help": "neutral", "logement": "label"}
    assert interpretation.readings == (Reading("shelter", "logement", 1.0),)


@pytest.mark.parametrize(
    ("question", "role"),
    [
        ("asylum castle moat tower people", "neutral"),  # words that are in no language do not tell it
        ("asylum font", "unknown"),
        ("sanctuaire logement help", "unknown"),  # both labels are French, though as many words may be English
        ("asylum logement ayuda", "unknown"),  # one label is English and one French; neither is Spanish
    ],
)
def test_a_word_is_neutral_in_the_language_of_most_words_and_of_the_labels(question: str, role: str) -> None:
    labels = {"asylum": "asylum|en|", "logement": "shelter|fr|", "sanctuair": "asylum|en fr|"}
    neutral = {"ayuda": "es", "font": "fr", "help": "en", "peopl": "en"}
    read = even(labels, neutral=neutral).interpret(question)
    assert read.steps[-1].role == role


def test_a_label_with_a_slip_counts_for_a_little_less() -> None:
    slip = Step("asylm", "slip", ("asylum",), 2.0)
    assert TOWN.interpret("asylm") == Interpretation((slip,), (Reading("asylum", "asylm", 0.9),))
    assert TOWN.interpret("help asylm").readings == (Reading("asylum", "asylm", 0.9),)
    assert TOWN.interpret("sanctuary asylm").readings == (Reading("asylum", "sanctuary, asylm", 0.94),)  # 3.2 / 3.4


def test_beside_a_label_of_another_theme_a_word_is_no_slip() -> None:
    assert TOWN.interpret("asylm visa") == Interpretation(
        partly=("entry",),
        steps=(Step("asylm", "unknown", (), 2.0), Step("visa", "label", ("entry",), 1.5)),
    )


def test_of_the_labels_that_a_slip_may_be_the_one_that_takes_up_more_of_the_question_is_meant() -> None:
    towns = even({"new border post": "borders|en|", "barber": "work|en|"}, neutral={"new": "en", "post": "en"})
    assert towns.interpret("barder").readings == (Reading("work", "barder", 0.9),)
    assert towns.interpret("new barder post").readings == (Reading("borders", "new barder post", 0.9),)


def test_a_slip_of_either_of_two_labels_is_ambiguous_in_whole() -> None:
    shops = even({"barber": "work|en|", "barker": "animals|en|"})
    step = Step("barter", "slip", ("work",), 1.0)
    assert shops.interpret("barter") == Interpretation((step,), ambiguous=("animals", "work"))


def test_a_question_of_many_slips_is_answered() -> None:
    shops = even({"barber": "work|en|", "barker": "animals|en|"})
    assert roles(shops.interpret("barter " * 60)) == {"barter": "unknown"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("chld", []),  # four letters are too few to tell a slip by
        ("chlid", ["children"]),
        ("asylun", ["asylum"]),
        ("zsylum", ["asylum"]),
        ("asxlxm", []),  # two slips in six letters
        ("hxrbxur", ["ports"]),  # two in seven
        ("hxxbxur", []),
    ],
)
def test_a_longer_word_may_have_two_slips_and_a_short_one_none(typed: str, found: list[str]) -> None:
    labels = {"asylum": "asylum|en|", "child": "children|en|", "harbour": "ports|en|"}
    interpretation = even(labels).interpret(typed)
    assert [reading.theme for reading in interpretation.readings] == found


def test_the_first_letter_decides_among_however_many_words_are_as_near() -> None:
    labels = {word: f"{word}|en|" for word in ("fight", "light", "might", "night", "right", "weight")}
    words = even(labels)
    assert words.interpret("wight").readings == (Reading("weight", "wight", 0.9),)
    assert words.interpret("zight").ambiguous == ("fight", "light", "might", "night", "right")
