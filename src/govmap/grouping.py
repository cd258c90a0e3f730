"""Groups things by a key."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Item = TypeVar("Item")


def grouped(pairs: Iterable[tuple[Key, Item]]) -> dict[Key, list[Item]]:
    """Return the second of each of *pairs* by the first, in the order in which these first occur.

    >>> grouped([("b", 1), ("a", 2), ("b", 3)])
    {'b': [1, 3], 'a': [2]}
    """
    groups: dict[Key, list[Item]] = {}
    for key, item in pairs:
        groups.setdefault(key, []).append(item)
    return groups


def group_by(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, list[Item]]:
    """Return *items* by their *key*, in the order in which keys first occur.

    >>> group_by(["Peru", "Cuba", "Paraguay"], key=lambda name: name[0])
    {'P': ['Peru', 'Paraguay'], 'C': ['Cuba']}
    """
    return grouped((key(item), item) for item in items)
