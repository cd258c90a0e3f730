"""Reduces words to their roots, so that a word derived from that of a label is found: regulariser, régularisation.

Each language has its list of endings, written without accents as words are folded. The longest ending that leaves
a root long enough is taken off, then the vowels before it; as in a stemmer, but so long a root that words of different
subjects (género, generador) hardly ever share one.
"""

from __future__ import annotations

from functools import cache

SHORTEST_ROOT = 6
ENDINGS = {
    "en": "ization isation ation ition ication ion ment ness ing ed er or ist ism ity ive able ible al ally ly ize ise"
    " ized ised izing ising ful less ant ent ance ence ancy ency ship e y",
    "es": "amiento imiento izacion acion icion cion sion izar ador adora edor edora idor ante iente ente able ible ando"
    " iendo ado ada ido ida aba aban ia ian aron ieron ar er ir an en ara era ira aria eria iria arse erse irse ivo iva"
    " oso osa ismo ista idad al ario aria ero era ico ica ancia encia mente izado izada o a e io",
    "pt": "amento imento izacao acao icao cao sao izar ador adora edor edora idor ante iente ente avel ivel ando endo"
    " indo ado ada ido ida ava avam ia iam aram eram iram ar er ir am em ou eu iu ara era ira aria eria iria ivo iva"
    " oso osa ismo ista idade al ario aria eiro eira ico ica ancia encia mente izado izada o a e io",
    "fr": "issement ement isation ation ition ication ion sion iser ateur atrice eur euse rice ant ante ent able ible"
    " ite ique isme iste al ale aire ier iere er ir e ee ait aient ons ez a if ive eux euse ance ence isant ise isee",
}
_BY_LENGTH = {language: sorted(set(text.split()), key=lambda e: (-len(e), e)) for language, text in ENDINGS.items()}


@cache
def root(word: str, language: str) -> str:
    """Return the root of a folded *word*, the word itself where it has none that is long enough."""
    for ending in _BY_LENGTH.get(language, ()):
        if len(word) - len(ending) >= SHORTEST_ROOT and word.endswith(ending):
            word = word.removesuffix(ending)
            break
    bare = word.rstrip("aeio")
    return bare if len(bare) >= SHORTEST_ROOT else word
