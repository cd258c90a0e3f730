"""The mutants: what mutmut would change in a module, and the change laid upon the running program.

mutmut decides what is changed. Its own way to run is too slow here (it sends every call of every function through a
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

PACKAGE = Path(govmap.__file__).parent


@dataclass(frozen=True)
class Mutant:
    """One change: its file, its number there, the lines it is in, and what it changes, on one line."""

    file: Path
    number: int
    lines: range
    change: str

    @property
    def module(self) -> str:
        """Return the path of its module within the package, without the ending."""
        return self.file.relative_to(PACKAGE).with_suffix("").as_posix()


@cache
def _mutations(file: Path) -> tuple[libcst.Module, list[Mutation]]:
    module, mutations, _classes, _functions = create_mutations(str(file), file.read_text("utf-8"))
    return module, [each for each in mutations if isinstance(each.contained_by_top_level_function, libcst.FunctionDef)]


def mutants_of(file: Path) -> list[Mutant]:
    """Return every mutant of the functions in *file*: what stands outside a function is not changed."""
    module, mutations = _mutations(file)
    positions = MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider)
    mutants = []
    for number, mutation in enumerate(mutations):
        position = positions[mutation.original_node]
        lines = range(position.start.line, position.end.line + 1)
        before = module.code_for_node(mutation.original_node)
        removed = isinstance(mutation.mutated_node, libcst.RemovalSentinel)
        after = "" if removed else module.code_for_node(mutation.mutated_node)
        mutants.append(Mutant(file, number, lines, " ".join(f"{before} --> {after}".split())))
    return mutants


def apply(mutant: Mutant, *, unchanged: bool = False) -> bool:
    """Change the running program to *mutant*; return False where no function of it was found, or nothing changes.

    With *unchanged*, the code of the same functions is replaced by itself, compiled anew.
    """
    before = dict(_functions(compile(_mutations(mutant.file)[0].code, mutant.file, "exec")))
    after = dict(_functions(compile(_changed(mutant), mutant.file, "exec")))
    differing = [name for name in before.keys() & after.keys() if after[name] != before[name]]
    functions, caches = live_objects()
    replaced = [function for name in differing for function in functions.get((str(mutant.file), name), ())]
    for function in replaced:
        function.__code__ = (before if unchanged else after)[function.__code__.co_qualname]
    for cached in caches:
        cached.cache_clear()
    return bool(replaced)


def _changed(mutant: Mutant) -> str:
    """Return the code of the file with the change in it."""
    module, mutations = _mutations(mutant.file)
    mutation = mutations[mutant.number]
    changed = module.deep_replace(mutation.original_node, mutation.mutated_node)
    code: str = libcst.ensure_type(changed, libcst.Module).code
    return code


@cache
def live_objects() -> tuple[dict[tuple[str, str], list[FunctionType]], list[_lru_cache_wrapper[object]]]:
    """Return the functions of the running program by file and qualified name, and all caches of results."""
    functions: dict[tuple[str, str], list[FunctionType]] = {}
    caches = []
    for each in gc.get_objects():
        if isinstance(each, FunctionType):
            functions.setdefault((each.__code__.co_filename, each.__code__.co_qualname), []).append(each)
        elif isinstance(each, _lru_cache_wrapper) and each not in (_mutations, live_objects):
            caches.append(each)
    return functions, caches


def _functions(code: CodeType) -> Iterator[tuple[str, CodeType]]:
    """Yield the functions of a module and the methods of its classes with their qualified names."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant.co_qualname, constant
            if not constant.co_flags & 0x2:  # a class: what is in it is reached by its name, and it keeps no locals
                yield from _functions(constant)
