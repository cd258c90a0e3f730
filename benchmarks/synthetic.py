"""Make datasets of any size, always the same for the same number.

`python -m benchmarks.synthetic 1000 > mechanisms.yaml` gives 1,000 mechanisms with 35 members and 6 groups each.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator

import govmap

SEED = 1815  # the year with which the Correlates of War set of organisations begins
MEMBERS, GROUPS = 35, 6


def dataset_lines(mechanisms: int) -> Iterator[str]:
    """Yield the lines of a mechanisms.yaml with so many *mechanisms*, and dates between 1816 and 2014."""
    chance = random.Random(SEED)
    bundled = govmap.load().dataset
    codes = sorted(country.alpha3 for country in bundled.countries)
    themes = [theme.id for theme in bundled.themes]
    yield 'about: {title: Made for measuring, version: "1", reference_date: "2014"}'
    yield "mechanisms:"
    for number in range(mechanisms):
        yield f"  - id: ORG{number:05d}"
        yield f"    names: {{en: Organisation number {number}, fr: Organisation numéro {number}}}"
        yield "    kind: organisation"
        yield "    relation: member"
        yield "    members:"
        for code in sorted(chance.sample(codes, MEMBERS)):
            since, until = chance.randint(1816, 2000), chance.randint(2001, 2060)
            end = f', until: "{until}"' if until <= 2014 else ""
            yield f'      - {{code: {code}, since: "{since}"{end}}}'
        yield "    groups:"
        for group in range(1, GROUPS + 1):
            theme = chance.choice(themes)
            yield f"      - {{number: {group}, name: Group {group} on {theme}, themes: [{theme}]}}"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in dataset_lines(int(sys.argv[1])))
