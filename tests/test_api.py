"""govmap as a library: what it offers, its examples, its types; how questions are asked is in `test_python_api`."""

from __future__ import annotations

import doctest
import inspect
import pkgutil
from importlib.resources import files

import pytest

import govmap
from govmap.questions import NAMES, declaration_of

PUBLIC = tuple(dir(govmap))
MODULES = sorted(
    module.name for module in pkgutil.walk_packages(govmap.__path__, "govmap.") if not module.name.endswith("__main__")
)
WITH_EXAMPLES = {f"govmap.questions.{name}" for name in ("country", "mechanism", "membership", "overlap", "gaps")}


@pytest.mark.parametrize("name", ["govmap", *MODULES])
def test_the_examples_of_a_module_are_true(name: str) -> None:
    module = pytest.importorskip(name, reason="a library of an extra is not installed", exc_type=ModuleNotFoundError)
    failed, attempted = doctest.testmod(module, optionflags=doctest.ELLIPSIS)
    assert failed == 0
    assert attempted > 0 or name not in ("govmap", "govmap.atlas", "govmap.rows", *WITH_EXAMPLES)


def test_the_examples_of_a_question_are_found_beneath_its_decorator() -> None:
    assert doctest.DocTestFinder().find(govmap.country)[0].examples


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_name_resolves_and_is_documented(name: str) -> None:
    value = getattr(govmap, name)
    assert value is not None
    assert name == "__version__" or inspect.getdoc(value)


def test_the_public_names_are_sorted_once_each_and_hold_every_question() -> None:
    assert list(PUBLIC) == sorted(set(PUBLIC)) == govmap.__all__
    assert set(NAMES) <= set(PUBLIC)


@pytest.mark.parametrize("name", NAMES)
def test_a_question_keeps_the_signature_of_its_function(name: str) -> None:
    asked = getattr(govmap, name)
    assert inspect.signature(asked) == inspect.signature(inspect.unwrap(asked))
    assert "return" in asked.__annotations__
    assert asked.__name__.rstrip("_") == name


@pytest.mark.parametrize("name", NAMES)
def test_the_helps_of_a_question_are_those_of_its_parameters(name: str) -> None:
    declaration = declaration_of(name)
    assert set(declaration.helps) <= {parameter.name for parameter in declaration.parameters}


def test_a_name_that_does_not_exist_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'govmap' has no attribute 'nothing'"):
        getattr(govmap, "nothing")  # noqa: B009 - an attribute that mypy would refuse


def test_star_import_gives_the_public_names() -> None:
    space: dict[str, object] = {}
    exec("from govmap import *", space)  # noqa: S102 - the statement is the test
    assert set(PUBLIC) <= set(space)


def test_types_are_shipped() -> None:
    assert files("govmap").joinpath("py.typed").is_file()


def test_the_version_has_three_numbers() -> None:
    assert [part.isdecimal() for part in govmap.__version__.split(".")[:3]] == [True, True, True]


def test_records_are_frozen(atlas: govmap.Atlas) -> None:
    with pytest.raises(AttributeError):
        govmap.country(atlas, "Peru").as_of = "2024"  # type: ignore[misc]


def test_two_loads_give_the_same_answers(atlas: govmap.Atlas) -> None:
    again = govmap.load()
    for name in ("Peru", "Cuba"):
        assert govmap.country(atlas, name) == govmap.country(again, name)


def test_a_list_is_a_tuple_of_records_that_shows_itself_too(atlas: govmap.Atlas) -> None:
    found = govmap.list(atlas, "mechanisms", member="Belize")
    assert isinstance(found, tuple)
    assert [item["id"] for item in found.to_dict()] == [item.id for item in found] == ["CAM", "LAD", "MIRPS", "RCM"]
    assert len(found.rows().rows) == 4


@pytest.mark.parametrize(
    ("error", "code"),
    [("NotFoundError", 1), ("AmbiguousError", 1), ("NoAnswerError", 1), ("UsageError", 2), ("DataError", 3)],
)
def test_an_error_knows_its_exit_code_and_keeps_its_suggestions(error: str, code: int) -> None:
    made: govmap.GovmapError = getattr(govmap, error)("What is wrong", ("this",))
    assert (made.exit_code, made.message, made.suggestions) == (code, "What is wrong", ("this",))
    assert str(made) == "What is wrong"
    assert isinstance(made, govmap.GovmapError)


@pytest.mark.parametrize("as_of", ["nonsense", "2023-13", "2023-02-30", "2023 04", "٢٠٢٣"])
def test_a_date_that_is_none_is_refused_by_the_library_too(as_of: str) -> None:
    with pytest.raises(govmap.UsageError):
        govmap.load(as_of=as_of)
