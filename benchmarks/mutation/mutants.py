"""The mutants: what mutmut would change in a module, and the change laid upon the running program.

mutmut decides what is changed. Its own way to run was too slow here (it sends every call of every function through a
dispatcher, and collecting what each test reaches took longer than ten minutes), so a mutant is a new code object, put
into the functions of a forked process that has it already; see session.py.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import dataclass
from functools import _lru_cache_wrapper, cache
from pathlib import Path
from types import CodeType, FunctionType

import libcst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.file_mutation import Mutation, create_mutations

import govmap

GOVMAP = Path(govmap.__file__).parent
LONGEST = 90  # characters of code in a report


@dataclass(frozen=True)
class Mutant:
    """One change: its file, its number there, the function and the lines it is in, and the code before and after."""

    file: Path
    number: int
    function: str
    lines: range
    before: str
    after: str

    @property
    def module(self) -> str:
        """Return the path of its module within the package, without the ending."""
        return self.file.relative_to(GOVMAP).with_suffix("").as_posix()


@cache
def _mutations(file: Path) -> tuple[libcst.Module, list[Mutation]]:
    module, mutations, _classes, _functions = create_mutations(str(file), file.read_text("utf-8"))
    return module, [one for one in mutations if isinstance(one.contained_by_top_level_function, libcst.FunctionDef)]


def mutants_of(file: Path) -> list[Mutant]:
    """Return every mutant of the functions in *file*: what stands outside a function is not changed."""
    module, mutations = _mutations(file)
    places = MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider)
    found = []
    for number, one in enumerate(mutations):
        place, function = places[one.original_node], one.contained_by_top_level_function
        assert function is not None  # noqa: S101 - _mutations has seen to it
        before, after = _differing(module.code_for_node(one.original_node), _code(module, one.mutated_node))
        lines = range(place.start.line, place.end.line + 1)
        found.append(Mutant(file, number, function.name.value, lines, before, after))
    return found


def _code(module: libcst.Module, node: libcst.CSTNode) -> str:
    return module.code_for_node(node) if not isinstance(node, libcst.RemovalSentinel) else ""


def _differing(before: str, after: str) -> tuple[str, str]:
    """Return both in one line, without what is long and the same in both."""
    old, new = " ".join(before.split()), " ".join(after.split())
    if max(len(old), len(new)) <= LONGEST:
        return old, new
    same = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    start = max(0, same - LONGEST // 2)
    return tuple(f"{'…' if start else ''}{text[start : start + LONGEST]}" for text in (old, new))  # type: ignore[return-value]


def apply(mutant: Mutant, *, unchanged: bool = False) -> bool:
    """Change the running program to *mutant*; return False where no function of it was found, or nothing changes.

    With *unchanged*, the code of the same functions is replaced by itself, compiled anew.
    """
    module, mutations = _mutations(mutant.file)
    one = mutations[mutant.number]
    changed = module.deep_replace(one.original_node, one.mutated_node)
    assert isinstance(changed, libcst.Module)  # noqa: S101 - a module stays one
    before = dict(_functions(compile(module.code, mutant.file, "exec")))
    after = dict(_functions(compile(changed.code, mutant.file, "exec")))
    named = [name for name in after if name in before and after[name].co_code != before[name].co_code]
    named += [name for name in after if name in before and name not in named and after[name] != before[name]]
    functions = [it for name in named for it in living()[0].get((str(mutant.file), name), ())]
    for function in functions:
        function.__code__ = (before if unchanged else after)[function.__code__.co_qualname]
    for kept in living()[1]:
        kept.cache_clear()
    return bool(functions)


@cache
def living() -> tuple[dict[tuple[str, str], list[FunctionType]], list[_lru_cache_wrapper[object]]]:
    """Return the functions of the running program by file and qualified name, and what keeps answers of some."""
    functions: dict[tuple[str, str], list[FunctionType]] = {}
    kept = []
    for it in gc.get_objects():
        if isinstance(it, FunctionType):
            functions.setdefault((it.__code__.co_filename, it.__code__.co_qualname), []).append(it)
        elif isinstance(it, _lru_cache_wrapper) and it not in (_mutations, living):
            kept.append(it)
    return functions, kept


def _functions(code: CodeType) -> Iterator[tuple[str, CodeType]]:
    """Yield the functions of a module and the methods of its classes with their qualified names."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant.co_qualname, constant
            if not constant.co_flags & 0x2:  # a class: what is in it is reached by its name, and it keeps no locals
                yield from _functions(constant)
