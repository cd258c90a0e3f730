"""Match a table of 20,000 country names beside other libraries: `python -m benchmarks.matching`.

The names are those of Unicode CLDR in four languages (by Babel), so not govmap's own; every tenth has a slip, every
fiftieth is no name. country_converter (it needs pandas below 3), pycountry and hdx-python-country are measured where
they are installed. Each runs in a process of its own; what it makes of the names is held against the code that a name
was taken from.
"""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from babel import Locale
from benchmarks.measure import EMPTY_INTERPRETER, GOVMAP, PYTHON, cost, median_costs

import govmap

ROWS, SLIP, UNKNOWN = 20_000, 10, 50  # every tenth, every fiftieth
LETTERS = "abcdefghilmnoprstu"
OTHERS = {
    "country_converter": "import country_converter; found = [one if isinstance(one, str) and one != '-' else None "
    "for one in country_converter.convert(names, to='ISO3', not_found='-')]",
    "hdx": "from hdx.location.country import Country; "
    "found = [Country.get_iso3_country_code_fuzzy(name)[0] for name in names]",
    "pycountry": "import pycountry; found = [code(n) for n in names]",
}
PREAMBLE = """
import json, logging, sys
logging.disable(logging.CRITICAL)
names = json.load(open(sys.argv[1]))
def code(name):
    import pycountry
    try:
        return pycountry.countries.lookup(name).alpha_3
    except LookupError:
        return None
"""


def sample() -> list[tuple[str, str | None]]:
    """Return names, always the same, each with the alpha-3 code that it stands for."""
    chance = random.Random(1815)
    alpha3 = {country.alpha2: country.alpha3 for country in govmap.load().countries.values() if country.alpha2}
    known = [
        (name, alpha3[code])
        for language in ("en", "es", "pt", "fr")
        for code, name in sorted(Locale(language).territories.items())
        if code in alpha3 and len(name) > len("Cuba")
    ]
    rows: list[tuple[str, str | None]] = []
    for number in range(ROWS):
        name, code = chance.choice(known)
        at = chance.randrange(1, len(name))
        if number % UNKNOWN == 1:
            rows.append((f"Organisation {chance.randrange(10**6)}", None))
        elif number % SLIP == 0:
            rows.append((name[:at] + chance.choice(LETTERS) + name[at:], code))
        else:
            rows.append((name, code))
    return rows


def main() -> None:
    """Print what each costs in empty interpreters, and how many names it got right, wrong and not at all."""
    rows = sample()
    empty = median_costs({"P": EMPTY_INTERPRETER}, 15, {})["P"].processor
    with tempfile.TemporaryDirectory() as folder:
        table, asked = Path(folder, "names.csv"), Path(folder, "names.json")
        with table.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("country",), *((name,) for name, _code in rows)])
        asked.write_text(json.dumps([name for name, _code in rows]), encoding="utf-8")
        out = Path(folder, "out.csv")
        spent = cost((GOVMAP, "match", str(table), "-o", str(out)), {}, check=False).processor
        with out.open(encoding="utf-8") as file:
            show("govmap match", spent / empty, [row["code"] or None for row in csv.DictReader(file)], rows)
        for name, code in OTHERS.items():
            if find_spec(name):
                written = Path(folder, "found.json")
                script = f"{PREAMBLE}{code}\njson.dump(found, open(sys.argv[2], 'w'))"
                command = (PYTHON, "-W", "ignore", "-c", script, str(asked), str(written))
                try:
                    spent = cost(command, {}).processor
                except subprocess.CalledProcessError as error:
                    print(f"{name:20} failed: {error}", file=sys.stderr)
                    continue
                show(name, spent / empty, json.loads(written.read_text(encoding="utf-8")), rows)


def show(name: str, ratio: float, found: list[str | None], rows: list[tuple[str, str | None]]) -> None:
    """Print one line of the table."""
    right = sum(code == asked for code, (_name, asked) in zip(found, rows, strict=True))
    wrong = sum(code not in (None, asked) for code, (_name, asked) in zip(found, rows, strict=True))
    print(f"{name:20}{ratio:8.0f} P{right:8} right{wrong:8} wrong{ROWS - right - wrong:8} not found")


if __name__ == "__main__":
    main()
