"""Which of many sets are most alike, found with integers as bit sets.

Each member is a bit, so that the size of an intersection is the number of bits that two integers share. All pairs of
two thousand sets are a matter of less than a second.
"""

from __future__ import annotations

from collections.abc import Mapping

SLACK = 0.00005  # half of the last digit that a Jaccard index is given with


def likest_pairs(sets: Mapping[str, frozenset[str]], top: int) -> list[tuple[str, str]]:
    """Return the *top* pairs of *sets*, by name, that are most alike.

    They are in the order of `compare --all`: by Jaccard index to four digits, members shared, and names as they stand
    in *sets*.
    """
    names = list(sets)
    bits = _bits(sets)
    sizes = [len(sets[name]) for name in names]
    best: list[tuple[float, int, str, str]] = []
    bar = 0.0  # the index that a pair must reach to be among them
    for i, (mine, size) in enumerate(zip(bits, sizes, strict=True)):
        shared = [(mine & theirs).bit_count() for theirs in bits[i + 1 :]]
        # shared / (size + other - shared) >= least, without a division
        least = max(bar - SLACK, 0.0)
        near = [
            (j, s)
            for j, (s, other) in enumerate(zip(shared, sizes[i + 1 :], strict=True), i + 1)
            if s * (1 + least) >= least * (size + other)
        ]
        for j, common in near:
            union = size + sizes[j] - common
            best.append((-round(common / union, 4) if union else 0.0, -common, names[i], names[j]))
        if len(best) > 4 * top:
            best.sort()
            del best[top:]
            bar = -best[-1][0]
    best.sort()
    return [(left, right) for _, _, left, right in best[:top]]


def _bits(sets: Mapping[str, frozenset[str]]) -> list[int]:
    """Return each of *sets* as an integer with a bit for each of its members."""
    bit = {member: 1 << at for at, member in enumerate(sorted(frozenset().union(*sets.values())))}
    return [sum(bit[member] for member in members) for members in sets.values()]
