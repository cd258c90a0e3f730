from __future__ import annotations

from govmap.dataset.index import body_codes, body_labels, index_names
from govmap.model import About, Agency, Country, Dataset, FormerName, Mechanism, Theme
from govmap.names.lexicon import Label, Vocabulary, WordLists, unpack_part
from govmap.names.resolver import FoldedNames

LAKES = Mechanism(
    id="LAK",
    names={"en": "Lake Forum"},
    kind="forum",
    acronyms={"en": "LAKE", "es": "LAGOS"},
    aliases=("The Lake",),
    former_names=(FormerName(names={"en": "Bay"}, until="2001", acronyms={"en": "BYT", "es": "BAIA"}),),
)
ATLANTIS = Country(
    *("QA", "QAT", "900", "state", None, None),
    names={"en": "Atlantis", "es": "Atlántida"},
    other_names=("Sunken Land",),
)
BORDERS = Theme("border-control", {"en": "limit"}, alternative={"es": ("linde",)}, never_alone=("guards",))
DATASET = Dataset(
    about=About(title="Test", version="1", reference_date="2020"),
    mechanisms=(LAKES,),
    agencies=(Agency(id="SEA", names={"en": "Sea Agency"}, acronyms={"fr": "AMER"}),),
    themes=(BORDERS, Theme(id="asylum", preferred={"en": "shelter"})),
    countries=(ATLANTIS,),
)
WORDS = WordLists(
    not_countries=("Nowhere",),
    hidden=(Label("rent", "asylum", "en", hidden=True),),
    neutral=(("help", "en"),),
    generic=(("migrant", "en"),),
    people=(("newcomers", "en"),),
    persons=(("girls", "en"),),
    field=(("abroad", "en"),),
    setting=(("bridge towns", "en"),),
)


def folded(ids: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the id of each text."""
    return {text: id_ for id_, texts in ids.items() for text in texts}


def test_a_body_goes_by_its_names_of_any_length_now_and_formerly_and_by_its_longer_acronyms() -> None:
    """A short acronym is a code alone: with a slip in it, it could be any other."""
    names = {"Lake Forum", "The Lake", "LAKE", "LAGOS", "Bay", "BAIA"}
    assert set(body_labels((LAKES,))) == {(name, "LAK") for name in names}
    assert set(body_codes((LAKES,))) == {(code, "LAK") for code in ("LAK", "LAKE", "LAGOS", "BYT", "BAIA")}


def test_the_index_has_the_names_of_every_kind_of_record_folded_and_in_alphabetical_order_of_words() -> None:
    index = index_names(DATASET, WORDS)
    names = ("lake forum", "forum lake", "the lake", "lake", "lagos", "bay", "baia")
    assert index.countries == FoldedNames(
        codes=folded({"QAT": ("qa", "qat", "900")}),
        texts=folded({"QAT": ("atlantis", "atlantida", "sunken land", "land sunken"), "-": ("nowhere",)}),
    )
    assert index.mechanisms == FoldedNames(
        folded({"LAK": ("lak", "lake", "lagos", "byt", "baia")}), folded({"LAK": names})
    )
    assert index.agencies == FoldedNames(
        folded({"SEA": ("sea", "amer")}), folded({"SEA": ("sea agency", "agency sea", "amer")})
    )
    assert index.themes == FoldedNames(
        folded({"border-control": ("border-control",), "asylum": ("asylum",)}),
        folded({"border-control": ("limit", "linde"), "asylum": ("shelter",)}),
    )
    assert index.word_lists == WORDS


def test_the_lexicon_has_the_labels_of_themes_and_the_words_beside_them() -> None:
    """The id of a theme is an English label, and only a single word that is hidden alone is a weak one."""
    lexicon = index_names(DATASET, WORDS).lexicon
    countries = dict.fromkeys(("atlantis", "atlantida"), "")  # the names of one word, in every language
    assert lexicon.labels == {
        "border control": "border-control|en|",
        "limit": "border-control|en|",
        "linde": "border-control|es|",
        "asylum": "asylum|en|",
        "shelter": "asylum|en|",
        "rent": "asylum|en|weak",
    }
    assert lexicon.broad == {"guard": "border-control"}
    words = ("border", "control", "limit", "linde", "asylum", "shelter", "rent")
    assert lexicon.weights == dict.fromkeys(words, 1.099)  # ln(1 + 2 / 1): each of one of the two themes
    neutral = {**countries, "help": "en", "migrant": "en"}
    of_labels = {"en": "asylum border control limit rent shelter", "es": "linde"}
    assert unpack_part(lexicon.vocabulary, Vocabulary) == Vocabulary(neutral, {}, of_labels)
    kinds = {"migrant": "", "abroad": "field", "girl": "persons", "newcomer": "people"}
    assert lexicon.field == {**countries, **kinds}
    assert lexicon.setting == {"bridg town": ""}


def test_a_part_that_is_borrowed_is_taken_as_it_is_and_the_others_are_built() -> None:
    lender, nothing = index_names(DATASET, WORDS), FoldedNames(codes={}, texts={})
    borrowed = {kind: lender.read(kind) for kind in ("countries", "themes")}
    index = index_names(Dataset(about=DATASET.about, mechanisms=()), borrowed=borrowed)
    assert (index.countries, index.themes) == (lender.countries, lender.themes)
    assert (index.mechanisms, index.agencies, index.lexicon.labels) == (nothing, nothing, {})
    assert index.word_lists == WordLists()
