from __future__ import annotations

import msgspec

from govmap.dataset.index import Aside, body_codes, body_labels, index_names
from govmap.model import About, Agency, Country, Dataset, FormerName, Mechanism, Theme
from govmap.names.lexicon import Label
from govmap.names.resolver import NameKeys

LAKES = Mechanism(
    id="LAK",
    names={"en": "Lake Forum"},
    kind="forum",
    acronyms={"en": "LAKE", "es": "LAGOS"},
    aliases=("The Lake",),
    former_names=(FormerName(names={"en": "Bay"}, until="2001", acronyms={"en": "BYT", "es": "BAIA"}),),
)
DATASET = Dataset(
    about=About(title="Test", version="1", reference_date="2020"),
    mechanisms=(LAKES,),
    agencies=(Agency(id="SEA", names={"en": "Sea Agency"}, acronyms={"fr": "AMER"}),),
    themes=(
        Theme(
            id="border-control",
            preferred={"en": "limit"},
            alternative={"es": ("linde",)},
            never_alone=("guards",),
        ),
        Theme(id="asylum", preferred={"en": "shelter"}),
    ),
    countries=(
        Country(
            alpha2="QA",
            alpha3="QAT",
            numeric="900",
            kind="state",
            sovereign=None,
            region=None,
            names={"en": "Atlantis", "es": "Atlántida"},
            other_names=("Sunken Land",),
        ),
    ),
)
ASIDE = Aside(
    not_countries=("Nowhere",),
    hidden=(Label("rent", "asylum", "en", hidden=True),),
    neutral=(("help", "en"),),
    generic=(("migrant", "en"),),
    people=(("newcomers", "en"),),
    persons=(("girls", "en"),),
    field=(("abroad", "en"),),
    setting=(("bridge towns", "en"),),
)


def test_a_body_is_called_by_its_names_of_any_length_now_and_formerly_and_by_its_longer_acronyms() -> None:
    """A short acronym is a code alone: with a slip in it, it could be any other."""
    names = {"Lake Forum", "The Lake", "LAKE", "LAGOS", "Bay", "BAIA"}
    assert set(body_labels((LAKES,))) == {(name, "LAK") for name in names}
    assert set(body_codes((LAKES,))) == {(code, "LAK") for code in ("LAK", "LAKE", "LAGOS", "BYT", "BAIA")}


def test_the_index_has_the_names_of_every_kind_of_record_folded_and_in_alphabetical_order_of_words() -> None:
    index = index_names(DATASET, ASIDE)
    assert index.countries == NameKeys(
        codes=dict.fromkeys(("qa", "qat", "900"), "QAT"),
        texts={**dict.fromkeys(("atlantis", "atlantida", "sunken land", "land sunken"), "QAT"), "nowhere": "-"},
    )
    assert index.mechanisms == NameKeys(
        codes=dict.fromkeys(("lak", "lake", "lagos", "byt", "baia"), "LAK"),
        texts=dict.fromkeys(("lake forum", "forum lake", "the lake", "lake", "lagos", "bay", "baia"), "LAK"),
    )
    assert index.agencies == NameKeys(
        codes=dict.fromkeys(("sea", "amer"), "SEA"),
        texts=dict.fromkeys(("sea agency", "agency sea", "amer"), "SEA"),
    )
    assert index.themes == NameKeys(
        codes={"border-control": "border-control", "asylum": "asylum"},
        texts={"limit": "border-control", "linde": "border-control", "shelter": "asylum"},
    )
    assert index.aside == ASIDE


def test_the_vocabulary_has_the_labels_of_themes_and_the_words_beside_them() -> None:
    """The id of a theme is an English label, and only a single word that is hidden alone is a weak one."""
    vocabulary = index_names(DATASET, ASIDE).vocabulary
    assert vocabulary.labels == {
        "border control": "border-control|en|",
        "limit": "border-control|en|",
        "linde": "border-control|es|",
        "asylum": "asylum|en|",
        "shelter": "asylum|en|",
        "rent": "asylum|en|weak",
    }
    assert vocabulary.bare == {"guard": "border-control"}
    words = ("border", "control", "limit", "linde", "asylum", "shelter", "rent")
    assert vocabulary.weights == dict.fromkeys(words, 1.099)  # ln(1 + 2 / 1): each of one of the two themes
    assert msgspec.msgpack.decode(vocabulary.neutral) == {
        "atlantis": "",  # of the names of countries those of one word, in every language
        "atlantida": "",
        "help": "en",
        "migrant": "en",
    }
    assert vocabulary.field == {
        "atlantis": "",
        "atlantida": "",
        "migrant": "",
        "abroad": "field",
        "girl": "persons",
        "newcomer": "people",
    }
    assert vocabulary.setting == {"bridg town": ""}


def test_a_part_that_is_lent_is_taken_as_it_is_and_the_others_are_made() -> None:
    lender = index_names(DATASET, ASIDE)
    about = About(title="Other", version="1", reference_date="2020")
    index = index_names(
        Dataset(about=about, mechanisms=()), Aside(), {kind: lender.parts[kind] for kind in ("countries", "themes")}
    )
    nothing = NameKeys(codes={}, texts={})
    assert (index.countries, index.themes) == (lender.countries, lender.themes)
    assert (index.mechanisms, index.agencies, index.vocabulary.labels) == (nothing, nothing, {})
    assert index.aside == Aside()
