"""The folded names of a dataset, by kind of record, each part decoded when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from msgspec import msgpack

from govmap.names.resolver import FoldedNames

if TYPE_CHECKING:
    from govmap.names.lexicon import Exact, Lexicon, WordLists

Part = TypeVar("Part")


class NameIndex:
    """The folded names of a dataset.

    Attributes:
        read: Returns a part as it is stored.

    """

    PARTS = (
        "countries",
        "mechanisms",
        "agencies",
        "themes",
        "documents",
        "lexicon",
        "exact_labels",
        "word_lists",
    )

    def __init__(self, read: Callable[[str], bytes]) -> None:
        """Decode the parts that *read* returns."""
        self.read = read

    @cached_property
    def countries(self) -> FoldedNames:
        """The names and codes of countries."""
        return self._decode("countries", FoldedNames)

    @cached_property
    def mechanisms(self) -> FoldedNames:
        """The names and acronyms of mechanisms."""
        return self._decode("mechanisms", FoldedNames)

    @cached_property
    def agencies(self) -> FoldedNames:
        """The names and acronyms of agencies."""
        return self._decode("agencies", FoldedNames)

    @cached_property
    def themes(self) -> FoldedNames:
        """The ids, preferred and alternative labels of themes."""
        return self._decode("themes", FoldedNames)

    @cached_property
    def documents(self) -> str:
        """The words of mechanisms and groups; see `govmap.dataset.documents`."""
        return self._decode("documents", str)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The labels of themes by their words, for questions in free text."""
        from govmap.names.lexicon import Lexicon, unpack_part  # most calls do without it

        return unpack_part(self._decode("lexicon", bytes), Lexicon)

    @cached_property
    def exact_labels(self) -> dict[str, Exact]:
        """The labels of themes that are shown, for questions that are one of them alone."""
        return self._decode("exact_labels", dict[str, tuple[str, float]])

    @cached_property
    def word_lists(self) -> WordLists:
        """The words beside the records, for a dataset that adds to this one."""
        from govmap.names.lexicon import WordLists, unpack_part

        return unpack_part(self._decode("word_lists", bytes), WordLists)

    def _decode(self, part: str, type_: type[Part]) -> Part:
        return msgpack.decode(self.read(part), type=type_)
