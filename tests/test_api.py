"""govmap as a library: what it offers, its examples, its types."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
from importlib.resources import files
from types import ModuleType

import msgspec
import pytest

import govmap

NAMES = sorted(
    module.name for module in pkgutil.walk_packages(govmap.__path__, "govmap.") if not module.name.endswith("__main__")
)
WITH_EXAMPLES = {"govmap", "govmap.questions.country", "govmap.questions.mechanism", "govmap.questions.overlap"}


def run_examples(module: ModuleType) -> doctest.TestResults:
    """Run the examples in the docstrings of a module."""
    return doctest.testmod(module, optionflags=doctest.ELLIPSIS)


@pytest.mark.parametrize("name", ["govmap", *NAMES])
def test_the_examples_of_a_module_are_true(name: str) -> None:
    failed, attempted = run_examples(importlib.import_module(name))
    assert failed == 0
    assert attempted > 0 or name not in WITH_EXAMPLES


@pytest.mark.parametrize("name", govmap.__all__)
def test_a_public_name_resolves_and_is_documented(name: str) -> None:
    value = getattr(govmap, name)
    assert value is not None
    assert name == "__version__" or inspect.getdoc(value)


def test_all_is_sorted_and_has_each_name_once() -> None:
    assert list(govmap.__all__) == sorted(set(govmap.__all__))


def test_public_names_are_shown_by_dir() -> None:
    assert set(govmap.__all__) <= set(dir(govmap))


def test_dir_holds_no_name_that_does_not_resolve() -> None:
    assert [name for name in dir(govmap) if not hasattr(govmap, name)] == []


def test_a_name_that_does_not_exist_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'govmap' has no attribute 'nothing'"):
        getattr(govmap, "nothing")  # noqa: B009 - an attribute that mypy would refuse


def test_star_import_gives_the_public_names() -> None:
    space: dict[str, object] = {}
    exec("from govmap import *", space)  # noqa: S102 - the statement is the test
    assert set(govmap.__all__) <= set(space)


def test_types_are_shipped() -> None:
    assert files("govmap").joinpath("py.typed").is_file()


def test_the_version_has_three_numbers() -> None:
    assert [part.isdecimal() for part in govmap.__version__.split(".")[:3]] == [True, True, True]


def test_records_are_frozen(atlas: govmap.Atlas) -> None:
    profile = govmap.profile_country(atlas, atlas.country("Peru"))
    with pytest.raises(AttributeError):
        profile.as_of = "2024"  # type: ignore[misc]


def test_two_loads_give_the_same_answers(atlas: govmap.Atlas) -> None:
    again = govmap.load()
    for code in ("PER", "CUB"):
        one = govmap.profile_country(atlas, atlas.country(code))
        assert msgspec.json.encode(one) == msgspec.json.encode(govmap.profile_country(again, again.country(code)))


@pytest.mark.parametrize(
    ("error", "code"),
    [("NotFoundError", 1), ("AmbiguousError", 1), ("NoAnswerError", 1), ("UsageError", 2), ("DataError", 3)],
)
def test_an_error_knows_its_exit_code_and_keeps_its_offers(error: str, code: int) -> None:
    made: govmap.GovmapError = getattr(govmap, error)("What is wrong", ("this",))
    assert (made.exit_code, made.message, made.suggestions, str(made)) == (
        code,
        "What is wrong",
        ("this",),
        "What is wrong",
    )
    assert isinstance(made, govmap.GovmapError)


@pytest.mark.parametrize("as_of", ["nonsense", "2023-13", "2023-02-30", " 2023", "2023\n", "٢٠٢٣"])
def test_a_date_that_is_none_is_refused_by_the_library_too(as_of: str) -> None:
    with pytest.raises(govmap.GovmapError):
        govmap.profile_country(govmap.load(as_of=as_of), govmap.load().country("Peru"))
