"""A country or a mechanism is found whatever else has its name, and its page does not look it up by name anew."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from tests.conftest import Call as Run
from tests.examples import DECLARATIONS
from tests.made import mechanism

import govmap
from govmap.calls import Call
from govmap.declaration import Declaration
from govmap.errors import AmbiguousError, NoAnswerError
from govmap.language import LANGUAGES, Language, speaking
from govmap.presentation import Presentation

TAKING_A_COUNTRY = [
    (question, parameter.name)
    for question, declaration in DECLARATIONS.items()
    if declaration.is_question and declaration.asks_atlas
    for parameter in declaration.parameters
    if "Country" in parameter.kind or parameter.kind == "Compared"
]
OTHER_ARGUMENTS = {"membership": {"mechanism": "RCM"}, "list": {"what": "mechanisms"}}
CALLS = ("country {}", "membership {} SACM", "gaps --country {}", "cover --country {}", "list mechanisms --member {}")


def values(question: str, parameter: str, name: str) -> dict[str, Any]:
    """Return the arguments of a call that asks for a country by *name*."""
    is_many = next(p.many for p in DECLARATIONS[question].parameters if p.name == parameter)
    return {parameter: [name] if is_many else name, **OTHER_ARGUMENTS.get(question, {})}


def spellings(atlas: govmap.Atlas) -> Iterator[str]:
    """Yield the codes of every country that is answered on and of some of the others, and names of some."""
    for at, (code, country) in enumerate(atlas.countries.items()):
        if code in atlas.universe:
            yield code
            yield (country.name, country.alpha2)[at % 2]
        elif at % 10 == 0:
            yield code


def has_page(declaration: Declaration, atlas: govmap.Atlas, arguments: dict[str, Any]) -> bool:
    """Return whether a call has a page, of an alpha-3 code in full; a map has none where nothing is listed."""
    try:
        found = declaration.ask(atlas, arguments)
    except NoAnswerError:
        return declaration.name == "map"
    is_full = atlas.countries.keys() & {str(value).strip("[]'") for value in arguments.values()}
    return bool(Presentation(found, full=bool(is_full)).page().title)


@pytest.mark.parametrize(("question", "parameter"), TAKING_A_COUNTRY)
def test_every_country_has_its_page_by_every_code_and_name(atlas: govmap.Atlas, question: str, parameter: str) -> None:
    declaration, ambiguous = DECLARATIONS[question], []
    for name in spellings(atlas):
        arguments = values(question, parameter, name)
        try:
            declaration.ask(atlas, arguments)
        except AmbiguousError as error:
            ambiguous.append(name)
            country, body = map(str, error.suggestions)
            assert [has_page(declaration, atlas, values(question, parameter, text)) for text in (country, body)]
        except NoAnswerError:
            pass
        else:
            assert has_page(declaration, atlas, arguments), (question, name)
    takes_both = question in ("brief", "history", "evidence", "compare", "map")
    assert ambiguous == (["CAN"] if takes_both else [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_canada_is_briefed_in_every_language(call: Run, language: Language) -> None:
    with speaking(language):
        name = govmap.load().countries["CAN"].name
    for words in (("Canada",), ("CA",), ("124",), ("CA", "--full"), ("CA", "-f", "md"), ("CA", "-f", "html")):
        answer = call("brief", *words, "--lang", language)
        assert (answer.code, answer.err) == (0, ""), words
        assert name in answer.out


@pytest.fixture(name="peru_twice", scope="module")
def _peru_twice(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Own data with a mechanism that has the name and the code of a country."""
    folder = tmp_path_factory.mktemp("peru")
    body = {**mechanism("PER", "PER CHL", "borders", until="2030"), "names": {"en": "Peru"}}
    about = {"title": "T", "version": "1", "reference_date": "2020"}
    data = {"about": about, "mechanisms": [body, mechanism("SACM", "PER BRA", "borders")]}
    (folder / "mechanisms.yaml").write_text(yaml.safe_dump(data))
    return str(folder)


@pytest.mark.parametrize("template", CALLS)
def test_where_a_country_is_asked_for_a_mechanism_of_its_name_does_not_matter(
    call: Run, peru_twice: str, template: str
) -> None:
    for name in ("Peru", "PER", "PE", "604"):
        answer = call(*template.format(name).split(), "--data", peru_twice)
        assert (answer.code, answer.err) == (0, ""), name


@pytest.mark.parametrize("typed", ["mechanism Peru", "mechanism PER", "links PER", "cite PER", "membership PER PER"])
def test_where_a_mechanism_is_asked_for_a_country_of_its_name_does_not_matter(
    call: Run, peru_twice: str, typed: str
) -> None:
    for form in ((), ("--full",)):
        answer = call(*typed.split(), "--data", peru_twice, *form)
        assert (answer.code, answer.err) == (0, "")


@pytest.mark.parametrize("question", ["brief", "compare", "history", "evidence", "map"])
def test_what_takes_both_offers_calls_that_run(call: Run, peru_twice: str, question: str) -> None:
    assert call(question, "PE", "--data", peru_twice).code == 0
    answer = call(question, "Peru", "--data", peru_twice)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith('Error: "Peru" is a country, Peru, and a mechanism, Peru.')
    atlas = govmap.load(peru_twice)
    with pytest.raises(AmbiguousError) as caught:
        DECLARATIONS[question].ask(
            atlas, values(question, "names" if question in ("compare", "map") else "name", "Peru")
        )
    country, body = caught.value.suggestions
    assert (country, body) == ("PE", Call("mechanism", "PER"))
    assert f"govmap mechanism PER --data {peru_twice}" in " ".join(answer.err.split())


def test_the_site_of_such_data_is_written(peru_twice: str, tmp_path: Any) -> None:
    govmap.load(peru_twice).export("site", tmp_path / "site")
    assert (tmp_path / "site" / "en" / "compare" / "PER-SACM.html").exists()


@pytest.mark.parametrize("typed", ["country PER", "mechanism PER", "compare CL", "compare --all", "evidence", "gaps"])
def test_the_calls_on_a_page_of_such_data_run(
    call: Run, peru_twice: str, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    page = call(*typed.split(), "--data", peru_twice).out
    calls = [found.split(" (")[0] for found in re.findall(r"govmap (.+? --data \S+\w)", page)]
    assert calls or typed in ("mechanism PER", "compare --all"), "of what has no name of its own no call can be printed"
    for text in calls:
        answer = call(*shlex.split(text))
        assert answer.code == 0, (text, answer.err)
