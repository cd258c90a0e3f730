"""Write data/countries.csv from ISO 3166-1 (pycountry), CLDR (Babel) and scripts/un_m49.csv.

Run `python scripts/make_countries.py` after raising the pinned version of either package; the test suite
regenerates the file and compares. un_m49.csv holds what neither package knows: the region by UN M49, whether
the territory is a state (a member or an observer state of the United Nations; everything else is a
territory), and the state it belongs to where ISO 3166-1 lists it as dependent.
"""

from __future__ import annotations

import csv
import gettext
import io
from pathlib import Path
from typing import Any

import pycountry
from babel import Locale

from govmap.dataset.countries import COLUMNS
from govmap.language import LANGUAGES

ROOT = Path(__file__).parent.parent
CLDR_VARIANTS = ("en_001", "es_MX", "es_419", "pt_PT", "fr_CA")
ISO_CATALOGUES = {"es": ("es",), "pt": ("pt", "pt_BR"), "fr": ("fr",)}
# The names of the United Nations (UNTERM) and, in Portuguese, of the foreign ministry of Brazil, where CLDR has others.
OFFICIAL = {
    "es": {
        "BGD": "Bangladesh",
        "BHR": "Bahrein",
        "BLR": "Belarús",
        "BWA": "Botswana",
        "DJI": "Djibouti",
        "FJI": "Fiji",
        "KEN": "Kenya",
        "LSO": "Lesotho",
        "MWI": "Malawi",
        "PLW": "Palau",
        "PSE": "Estado de Palestina",
        "QAT": "Qatar",
        "ROU": "Rumania",
        "RWA": "Rwanda",
        "SAU": "Arabia Saudita",
        "SUR": "Suriname",
        "SWZ": "Eswatini",
        "ZWE": "Zimbabwe",
    },
    "pt": {
        "BFA": "Burkina Faso",
        "BHR": "Bahrein",
        "COD": "República Democrática do Congo",
        "KIR": "Kiribati",
        "PSE": "Estado da Palestina",
    },
    "fr": {
        "BLR": "Bélarus",
        "COD": "République démocratique du Congo",
        "COG": "Congo",
        "CPV": "Cabo Verde",
        "KNA": "Saint-Kitts-et-Nevis",
        "PSE": "État de Palestine",
        "SLV": "El Salvador",
        "TLS": "Timor-Leste",
    },
}
# Slips of the translation catalogues: the name of another territory.
NOT_ITS_NAME = {("AFG", "República Islâmica do Paquistão")}


def iso_names(record: Any) -> list[str]:
    """Return the ISO short, official and common names of a pycountry *record*, in English and translated."""
    fields = (getattr(record, field, None) for field in ("name", "official_name", "common_name"))
    english = [name for name in fields if name]
    names = list(english)
    for catalogues in ISO_CATALOGUES.values():
        for catalogue in catalogues:
            translate = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[catalogue]).gettext
            names += [translate(name) for name in english]
    return names


def cldr_names(alpha2: str, locales: tuple[str, ...]) -> list[str]:
    """Return the CLDR name of a territory in each of the *locales*."""
    return [Locale.parse(locale).territories[alpha2] for locale in locales]


def shown_names(alpha2: str, alpha3: str, iso_name: str) -> list[str]:
    """Return the name to show in each language: an official one, else that of CLDR, but none that CLDR abbreviates."""
    english, *others = cldr_names(alpha2, LANGUAGES)
    abbreviated = "&" in english or "St." in english
    others = [OFFICIAL[language].get(alpha3, name) for language, name in zip(LANGUAGES[1:], others, strict=True)]
    return [iso_name if abbreviated and "," not in iso_name else english, *others]


def other_names(record: Any, shown: list[str], alpha2: str) -> list[str]:
    """Return every further name of a territory, without repeats, in a stable order."""
    cldr = cldr_names(alpha2, LANGUAGES + CLDR_VARIANTS)
    slips = {name for code, name in NOT_ITS_NAME if code == record.alpha_3}
    return sorted(set(iso_names(record) + cldr) - set(shown) - slips)


def countries_csv() -> str:
    """Return the whole file as text, a row for each territory of ISO 3166-1, ordered by alpha-3 code."""
    with (ROOT / "scripts" / "un_m49.csv").open(encoding="utf-8", newline="") as file:
        facts = {row["alpha3"]: row for row in csv.DictReader(file)}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for record in sorted(pycountry.countries, key=lambda record: record.alpha_3):
        fact, names = facts[record.alpha_3], shown_names(record.alpha_2, record.alpha_3, record.name)
        codes = (
            record.alpha_2,
            record.alpha_3,
            record.numeric,
            fact["kind"],
            fact["sovereign"],
            fact["region"],
        )
        others = "|".join(other_names(record, names, record.alpha_2))
        writer.writerow((*codes, *names, others))
    return out.getvalue()


if __name__ == "__main__":
    path = ROOT / "data" / "countries.csv"
    path.write_text(countries_csv(), encoding="utf-8", newline="")
    print(f"{path}: {len(path.read_text(encoding='utf-8').splitlines()) - 1} territories")
