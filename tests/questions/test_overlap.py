"""Who works on a theme, and what is done twice; what every field holds is in `answers/`.

That direct groups are those that the list of groups gives is in `test_agreement`.
"""

from __future__ import annotations

from typing import Any

import pytest
from tests.made import ask, atlas_of, mechanism

import govmap
from govmap.analysis.neighbours import narrower, neighbouring
from govmap.calls import Call, Install
from govmap.names.themes import ancestors
from govmap.questions.overlap import Duplication, Overlap, failure


def on(atlas: govmap.Atlas, theme: str) -> Overlap:
    """Return who works on a theme, in any words."""
    found = govmap.overlap(atlas, theme)
    assert isinstance(found, Overlap)
    return found


def hits(found: Overlap) -> list[tuple[str, str]]:
    """Return the mechanism and the relevance of each group."""
    return [(hit.mechanism, hit.relevance) for hit in found.groups]


def working_on(atlas: govmap.Atlas, *themes: str) -> govmap.Atlas:
    """Return a dataset of mechanisms A, B and so on, each with one group."""
    return atlas_of(atlas, *(mechanism(id_, "PER", ids) for id_, ids in zip("ABC", themes, strict=False)))


def test_countries_in_most_of_the_mechanisms_come_first(invented: govmap.Atlas) -> None:
    found = on(invented, "gestión fronteriza")
    assert (found.query, found.themes[0].matched, found.themes[0].id) == ("gestión fronteriza",) * 2 + ("borders",)
    assert [hit.code for hit in found.countries] == ["CHL", "PER", "ABW", "ARG"]
    assert [ref.code for ref in found.uncovered] == ["BOL", "FRA"], "who joins later is left out before"


def test_only_the_groups_on_the_theme_itself_count_where_there_are_any(invented: govmap.Atlas) -> None:
    found = on(invented, "asylum")
    assert hits(found) == [("BETA", "direct")]
    assert [hit.code for hit in found.countries] == ["ABW", "CHL", "PER"]


def test_groups_on_a_neighbour_are_the_basis_where_none_is_direct(invented: govmap.Atlas) -> None:
    """Visas stand under borders, and asylum under international protection; neither end has a group of its own."""
    visas, protection = on(invented, "visas"), on(invented, "international protection")
    assert (visas.basis, hits(visas)) == ("related", [("ALPHA", "related"), ("BETA", "related")])
    assert [hit.id for hit in visas.mechanisms] == ["ALPHA", "BETA"]
    assert (protection.basis, hits(protection)) == ("related", [("BETA", "related")])


def test_a_theme_without_a_group_leaves_every_country_uncovered_on_that_date(invented: govmap.Atlas) -> None:
    now = on(invented, "livelihoods")
    assert (now.groups, now.mechanisms, now.countries, now.changes) == ((), (), (), ())
    assert [ref.code for ref in now.uncovered] == list(invented.universe)
    error = failure(now, invented)
    assert error is not None
    assert error.message == "No group works on employment and livelihoods"
    assert hits(on(invented.at("2012"), "livelihoods")) == [("ALPHA", "direct")]


def test_the_neighbours_of_a_theme_are_above_below_and_beside_it(atlas: govmap.Atlas) -> None:
    for id_, theme in atlas.themes.items():
        below = {other for other in atlas.themes if id_ in ancestors(atlas.themes, other)}
        assert narrower(atlas, {id_}) == below
        beside = {*theme.related, *(() if atlas.is_worked_on(id_) else below), *filter(None, [theme.broader])}
        assert neighbouring(atlas, {id_}) == beside - {id_}


def test_groups_on_the_likeliest_theme_come_first_whatever_else_they_work_on(atlas: govmap.Atlas) -> None:
    made = working_on(atlas, "asylum visas", "health", "asylum health")
    found = on(made, "mental health and asylum")
    assert [match.id for match in found.themes] == ["health", "asylum"]
    assert [id_ for id_, _relevance in hits(found)] == ["B", "C", "A"]


def test_of_related_groups_those_on_the_broader_theme_come_first_and_of_direct_ones_not(atlas: govmap.Atlas) -> None:
    """Socio-economic integration is the theme above livelihoods, and labour migration is beside them."""
    beside = working_on(atlas, "labour-migration", "socioeconomic")
    assert [id_ for id_, _relevance in hits(on(beside, "livelihoods"))] == ["B", "A"]
    direct = working_on(atlas, "livelihoods", "livelihoods socioeconomic")
    assert [id_ for id_, _relevance in hits(on(direct, "livelihoods"))] == ["A", "B"]


def test_what_is_beside_a_theme_is_related_where_it_is_asked_for_alone_or_nobody_works_on_any(
    atlas: govmap.Atlas,
) -> None:
    """Labour migration is beside livelihoods; health is elsewhere."""
    made = working_on(atlas, "livelihoods", "labour-migration", "health")
    assert hits(on(made, "livelihoods")) == [("A", "direct"), ("B", "related")]
    assert hits(on(made, "livelihoods and health")) == [("A", "direct"), ("C", "direct")]
    assert hits(on(working_on(atlas, "drivers", "labour-migration"), "livelihoods and health")) == [("B", "related")]


def test_of_two_themes_only_what_is_above_a_narrow_one_is_related(atlas: govmap.Atlas) -> None:
    """QUITO-6 works on socio-economic integration, the theme above jobs; what is beside jobs is left out."""
    groups = on(atlas, "jobs and xenophobia").groups
    assert [(hit.mechanism, hit.number) for hit in groups if hit.relevance == "related"] == [("QUITO", 6)]


def test_only_changes_of_members_and_groups_are_shown(atlas: govmap.Atlas) -> None:
    parts = ("members", "groups", "secretariats", "chair", "statute")
    events = [{"date": "2020-05", "mechanisms": ["A"], "concerns": part, "text": part} for part in parts]
    made = atlas_of(atlas, mechanism("A", "PER", "asylum"), as_of="2019", events=events)
    assert [change.text for change in on(made, "asylum").changes] == ["members", "groups"]


def test_what_each_word_of_a_question_counted_for_is_explained(invented: govmap.Atlas) -> None:
    found = govmap.overlap(invented, "migrants and visas", explain=True)
    assert isinstance(found, Overlap)
    assert [(step.words, step.role, step.themes, step.weight > 0) for step in found.explanation] == [
        ("migrants", "neutral", (), False),
        ("visas", "label", ("visas",), True),
    ]
    with pytest.raises(govmap.NotFoundError, match=r"\(migrants: neutral\)$"):
        govmap.overlap(invented, "migrants", explain=True)
    with pytest.raises(govmap.UsageError, match="name a theme"):
        govmap.overlap(invented, explain=True)


def test_a_word_too_broad_to_stand_alone_is_answered_where_its_readings_have_the_same_groups(
    atlas: govmap.Atlas, invented: govmap.Atlas
) -> None:
    """In the invented dataset no group works on any of them."""
    assert [(match.id, match.score) for match in on(invented, "tráfico").themes] == [
        ("smuggling", 1.0),
        ("trafficking", 1.0),
    ]
    with pytest.raises(govmap.AmbiguousError) as caught:
        govmap.overlap(atlas, "tráfico")
    assert caught.value.message == '"tráfico" is ambiguous or too broad; name the theme'
    assert caught.value.suggestions == ("smuggling of migrants", "trafficking in persons")


@pytest.mark.parametrize(
    ("question", "message", "suggestions"),
    [
        (
            "migrants",
            '"migrants" is no single theme; name one, or see all themes',
            (Call("overlap"), Call("list", "themes")),
        ),
        ("...", '"..." has no word to search for', (Call("list", "themes"),)),
        (
            "xyzzyx",
            'No theme matches "xyzzyx", so no mechanism is known to work on it',
            (Call("list", "themes"), Install("ask")),
        ),
        (
            "arms return trafficking",
            'No theme matches "arms return trafficking", so no mechanism is known to work on it',
            (
                "internal displacement",
                "return and reintegration",
                "smuggling of migrants",
                Install("ask"),
            ),  # three labels
        ),
        ("visas " + "the " * 60, "A question of 61 words is too long; use at most 60", (Call("list", "themes"),)),
    ],
)
def test_what_is_no_question_on_a_theme_is_refused_with_what_to_ask(
    invented: govmap.Atlas, question: str, message: str, suggestions: tuple[object, ...]
) -> None:
    with pytest.raises(govmap.GovmapError) as caught:
        govmap.overlap(invented, question)
    assert (caught.value.message, caught.value.suggestions) == (message, suggestions)
    assert [match.id for match in on(invented, "visas " + "the " * 59).themes] == ["visas"]


@pytest.mark.parametrize(
    "question",
    [
        *("not asylum", "sin asilo", "everything except asylum", "except asylum", "anything but asylum"),
        *(
            "todo menos asilo",
            "todos los temas salvo asilo",
            "tudo, exceto asilo",
            "tout sauf l'asile",
            "hormis l'asile",
        ),
    ],
)
def test_what_is_all_but_a_theme_is_refused(atlas: govmap.Atlas, question: str) -> None:
    with pytest.raises(govmap.AmbiguousError) as caught:
        govmap.overlap(atlas, question)
    assert caught.value.message == f'"{question}" says what it is not about; name the theme that it is about'
    assert caught.value.suggestions == ("asylum",)
    with pytest.raises(govmap.AmbiguousError, match="says what it is not about"):
        govmap.overlap(atlas, "everything except family")  # too broad to stand alone


@pytest.mark.parametrize("question", ["menos asilo", "but asylum", "todo el asilo"])
def test_a_word_that_only_may_except_a_theme_does_not(atlas: govmap.Atlas, question: str) -> None:
    assert [match.id for match in on(atlas, question).themes] == ["asylum"]


@pytest.mark.parametrize(
    "question", ["povos indígenas", "pueblos indígenas", "indigenous peoples", "peuples autochtones"]
)
def test_indigenous_peoples_are_found_in_every_language(atlas: govmap.Atlas, question: str) -> None:
    assert [match.id for match in on(atlas, question).themes] == ["protection"]


@pytest.mark.parametrize("question", ["family", "protection", "refúgio"])
def test_a_word_that_was_read_is_not_said_to_be_ignored(call: Any, question: str) -> None:
    assert "ignored" not in call("overlap", question).out
    assert 'ignored: "trafficking"' in call("overlap", "asylum trafficking").out
    outweighed = " ".join(call("overlap", "trata de personas en la selva").out.split())
    assert 'less telling, so left aside: "selva" (irregular migration)' in outweighed, (
        "it is a label, as --explain shows"
    )


@pytest.mark.parametrize(
    ("words", "ids"), [("borders and asylum", ["asylum", "borders"]), ("gender, health", ["gender", "health"])]
)
def test_of_a_list_of_labels_each_is_read_by_every_question(
    call: Any, atlas: govmap.Atlas, words: str, ids: list[str]
) -> None:
    assert sorted(match.id for match in on(atlas, words).themes) == ids
    assert sorted(govmap.gaps(atlas, theme=words).themes) == ids
    read = call("gaps", "--theme", words, "--json").json()["read_as"]
    assert [(slip["kind"], slip["typed"]) for slip in read] == [("theme", words)] * 2
    assert call("cover", "--theme", words).code == 2


def test_bodies_whose_groups_are_not_known_are_named_where_they_are_asked_for(call: Any) -> None:
    whole = " ".join(call("overlap", "trafficking in persons", "--scope", "all").out.split())
    assert "No groups of CA-4, CAM, CORETT, PRETT, " in whole


def test_themes_are_ranked_by_repeated_seats_then_mechanisms_then_groups(atlas: govmap.Atlas) -> None:
    """Chile is in A and B; C adds a seat and a country; D has no members."""
    made = atlas_of(
        atlas,
        mechanism("A", "ARG CHL", "borders", "asylum", *["gender"] * 3, "smuggling"),
        mechanism("B", "CHL", "borders", "asylum", "gender"),
        mechanism("C", "PER", "asylum"),
        mechanism("D", "", "health"),
    )
    ranking = govmap.overlap(made)
    assert isinstance(ranking, Duplication)
    assert [(row.id, row.groups, row.seats, row.repeated_seats, row.duplication) for row in ranking.themes] == [
        ("asylum", 3, 4, 1, 0.25),
        ("gender", 4, 3, 1, 0.3333),
        ("borders", 2, 3, 1, 0.3333),
        ("health", 1, 0, 0, 0.0),
        ("smuggling", 1, 2, 0, 0.0),
    ]


THEME_OPTION: list[tuple[str, dict[str, str]]] = [
    ("gaps", {"theme": "tráfico"}),
    ("cover", {"theme": "tráfico"}),
    ("map", {"theme": "tráfico"}),
    ("list mechanisms", {"theme": "tráfico"}),
    ("compare RCM SACM", {"theme": "tráfico"}),
    ("overlap tráfico", {}),
]


@pytest.mark.parametrize(("question", "options"), THEME_OPTION)
def test_a_word_too_broad_to_stand_alone_is_refused_by_every_question(
    atlas: govmap.Atlas, question: str, options: dict[str, str]
) -> None:
    with pytest.raises(govmap.AmbiguousError) as caught:
        ask(atlas, {"ask": question, "options": options})
    assert caught.value.suggestions == ("smuggling of migrants", "trafficking in persons")


@pytest.mark.parametrize("date", ["1990", "2011", "2012", "2018-12", "2026-11"])
@pytest.mark.parametrize("word", ["tráfico", "retorno"])
def test_a_word_too_broad_to_stand_alone_is_refused_at_every_date(atlas: govmap.Atlas, word: str, date: str) -> None:
    with pytest.raises(govmap.AmbiguousError):
        atlas.at(date).theme_ids(word)


def test_every_id_of_a_theme_names_it_though_it_is_a_word_too_broad_to_stand_alone(atlas: govmap.Atlas) -> None:
    ids = set(atlas.themes)
    assert {id_: atlas.theme_ids(f" {id_.upper()} ") for id_ in ids} == {id_: (id_,) for id_ in ids}
    assert [match.id for match in on(atlas, "trafficking").themes] == ["trafficking"]


DISPLACED = [
    *("displaced people", "displacement of Venezuelans", "displaced Venezuelans", "people displaced from Venezuela"),
    *("displacement", "displaced populations", "displacement from Venezuela", "desplazados", "venezolanos desplazados"),
    *("desplazamiento de venezolanos", "deslocados", "venezuelanos deslocados", "deslocamento de venezuelanos"),
    *("déplacés", "déplacement", "déplacement des Vénézuéliens", "déplacement de populations", "Vénézuéliens déplacés"),
]
DISPLACED_WITHIN = [
    "internally displaced people",
    "displacement within Honduras",
    "deslocados internos",
    "déplacés internes",
]


@pytest.mark.parametrize("words", [*DISPLACED, *DISPLACED_WITHIN])
def test_displacement_is_internal_only_where_that_is_said(atlas: govmap.Atlas, words: str) -> None:
    theme = "internal-displacement" if words in DISPLACED_WITHIN else "forced-displacement"
    assert [match.id for match in on(atlas, words).themes if match.matched_by == "words"] == [theme]


@pytest.mark.parametrize(
    "words", ["displaced women", "somewhere to sleep for the night", "who helps them to find a job"]
)
def test_every_question_reads_the_same_words_alike(atlas: govmap.Atlas, words: str) -> None:
    themes = [match.id for match in on(atlas, words).themes]
    assert list(atlas.theme_ids(words)) == themes
    assert sorted(govmap.gaps(atlas, theme=words).themes) == sorted(themes)


@pytest.mark.parametrize(
    ("words", "id_"),
    [
        ("¿Qué es el MIRPS?", "MIRPS"),  # a word of the lists too
        ("qué es el mirps", "MIRPS"),
        ("what is the Quito Process", "QUITO"),
        ("who chairs the Quito Process", "QUITO"),  # which similarity has on a theme
        ("SACM", "SACM"),
    ],
)
def test_a_question_on_a_mechanism_is_pointed_to_it(atlas: govmap.Atlas, words: str, id_: str) -> None:
    questions: tuple[Any, ...] = (govmap.overlap, lambda atlas, theme: govmap.list(atlas, "groups", theme=theme))
    for question in questions:
        with pytest.raises(govmap.NotFoundError) as caught:
            question(atlas, words)
        assert caught.value.suggestions == (Call("mechanism", id_),)


def test_a_theme_that_a_mechanism_is_called_like_is_a_theme(atlas: govmap.Atlas) -> None:
    made = atlas_of(atlas, {**mechanism("ONE", "PER", "asylum"), "names": {"en": "Asylum"}})
    for words in ("Asylum", "asylum", "asylum in Peru"):
        found = govmap.overlap(made, words)
        assert [match.id for match in found.themes] == ["asylum"]
