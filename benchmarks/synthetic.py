"""Make datasets of any size, always the same for the same numbers.

`python -m benchmarks.synthetic 1000 35000 6000 > mechanisms.yaml` gives 1,000 mechanisms with 35,000 spells of
membership and 6,000 groups.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from typing import NamedTuple

SEED = 1815  # the year with which the Correlates of War set of organisations begins


class Size(NamedTuple):
    """How much there is of a dataset; the spells and groups are shared out evenly."""

    mechanisms: int
    spells: int
    groups: int = 0
    countries: int = 250


COW = Size(534, 18_580, countries=200)  # as the Correlates of War Intergovernmental Organizations Data, version 3
SIZES = (Size(10, 350, 60), Size(100, 3_500, 600), Size(1_000, 35_000, 6_000), Size(10_000, 350_000, 60_000))


def dataset_lines(size: Size) -> Iterator[str]:
    """Yield the lines of a mechanisms.yaml of that *size*, with dates between 1816 and 2014."""
    import govmap  # noqa: PLC0415 - benchmarks.scale imports the sizes, and its memory is to stay small

    chance = random.Random(SEED)
    bundled = govmap.load().dataset
    codes = sorted(country.alpha3 for country in bundled.countries)[: size.countries]
    themes = [theme.id for theme in bundled.themes]
    yield 'about: {title: Made for measuring, version: "1", reference_date: "2014"}'
    yield "mechanisms:"
    for number in range(size.mechanisms):
        yield f"  - id: ORG{number:05d}"
        yield f"    names: {{en: Organisation number {number}, fr: Organisation numéro {number}}}"
        yield "    kind: organisation"
        yield "    relation: member"
        yield "    members:"
        share = size.spells * (number + 1) // size.mechanisms - size.spells * number // size.mechanisms
        for code in sorted(chance.sample(codes, min(share, len(codes)))):
            since, until = chance.randint(1816, 2000), chance.randint(2001, 2060)
            end = f', until: "{until}"' if until <= 2014 else ""
            yield f'      - {{code: {code}, since: "{since}"{end}}}'
        groups = size.groups // size.mechanisms
        yield "    groups:" if groups else "    groups: []"
        for group in range(1, groups + 1):
            theme = chance.choice(themes)
            yield f"      - {{number: {group}, name: Group {group} on {theme}, themes: [{theme}]}}"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in dataset_lines(Size(*map(int, sys.argv[1:]))))
