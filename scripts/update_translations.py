"""Gather the texts that people read from the source, bring the catalogues up to date, and compile them.

These are the texts that the source marks, the summaries and helps in the docstrings of questions and commands, and the
words of the data in words_of_data.txt. Run
`python scripts/update_translations.py` after a text has changed, translate what is empty or marked `fuzzy` in
src/govmap/locale/LANGUAGE/LC_MESSAGES/govmap.po (and take the mark away), and run it again. `--check` changes nothing
and prints what is missing or stale. The tests do the same.
"""

from __future__ import annotations

import io
import re
import string
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from govmap.cli.commands import declarations
from govmap.language import LANGUAGES

PACKAGE = Path(__file__).parent.parent / "src" / "govmap"
LOCALE = PACKAGE / "locale"
TEMPLATE = LOCALE / "govmap.pot"
WORDS = Path(__file__).parent / "words_of_data.txt"
SELF_MADE = (
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Generated-By",
    "Last-Translator",
    "Project-Id-Version",
    "Report-Msgid-Bugs-To",
    "Language-Team",
)
LOCALES = {"es": "es", "pt": "pt_BR", "fr": "fr"}  # whose rules of plurals the catalogues follow
MADE = datetime(2000, 1, 1, tzinfo=UTC)  # the same texts make the same file, whenever they are compiled
METHODS = [("**.py", "python"), ("**.j2", "jinja2.ext:babel_extract")]
KEYWORDS = {name: DEFAULT_KEYWORDS[name] for name in ("_", "ngettext", "pgettext")} | {"N_": None, "counted": (1, 2)}


def po_file(language: str) -> Path:
    """Return where the translations into *language* are edited."""
    return LOCALE / language / "LC_MESSAGES" / "govmap.po"


def extracted() -> Catalog:
    """Return every text that the source marks or declares, with the files in which it stands."""
    catalog = Catalog(project="govmap", charset="utf-8")
    # The comments that begin with `translators:` above a text are for whoever translates it.
    marked = extract_from_dir(
        PACKAGE, METHODS, keywords=KEYWORDS, comment_tags=("translators:",), strip_comment_tags=True
    )
    for file, _, text, comments, context in sorted(
        [*marked, *declared(), *words_of_data()], key=lambda item: (item[0], item[1])
    ):
        # Files without lines: a line that moves changes no catalogue.
        catalog.add(text, None, [(Path(file).as_posix(), 1)], auto_comments=comments, context=context)
    return catalog


def declared() -> Iterator[tuple[str, int, str, list[str], str | None]]:
    """Yield the names of commands, and the help in the docstrings of declarations, as the extraction of Babel does."""
    for declaration in declarations():
        function = declaration.function
        file = function.__module__.removeprefix("govmap.").replace(".", "/") + ".py"
        for text in (declaration.summary, *declaration.helps.values()):
            yield file, function.__code__.co_firstlineno, text, [], None
        note = "words that people may type for this command, with blanks between"
        yield file, function.__code__.co_firstlineno, declaration.name, [note], "command"


def words_of_data() -> Iterator[tuple[str, int, str, list[str], None]]:
    """Yield the words of the data and of records that pages translate, as the extraction of Babel does."""
    for line, word in enumerate(WORDS.read_text(encoding="utf-8").splitlines()):
        if word and not word.startswith("#"):
            yield WORDS.name, line, word, [], None


def read(path: Path, locale: str | None = None) -> Catalog:
    """Return the catalogue in a file; an empty one where there is none."""
    if not path.exists():
        return Catalog(locale=locale, project="govmap", charset="utf-8")
    return read_po(io.BytesIO(path.read_bytes()), locale=locale)


def updated(language: str, template: Catalog) -> Catalog:
    """Return the translations into *language* with the texts of *template*: no other, and all of those."""
    catalog = read(po_file(language), LOCALES[language])
    catalog.update(template, update_header_comment=True)
    catalog.fuzzy = False
    return catalog


def as_po(catalog: Catalog) -> bytes:
    """Return a catalogue as the text of its file, without dates and versions, which would change by themselves."""
    text = io.BytesIO()
    write_po(text, catalog, width=100, ignore_obsolete=True, include_lineno=False, sort_output=False, omit_header=False)
    lines = text.getvalue().decode().splitlines()
    kept = [line for line in lines if not re.match(rf'"({"|".join(SELF_MADE)})|#$|# ', line)]
    return ("\n".join(kept).strip() + "\n").encode()


def as_mo(catalog: Catalog) -> bytes:
    """Return a catalogue as programs read it."""
    content = io.BytesIO()
    catalog.creation_date = catalog.revision_date = MADE
    write_mo(content, catalog)
    return content.getvalue()


def fields(text: str) -> set[str]:
    """Return the names that a text is filled with."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def forms(text: object) -> list[str]:
    """Return the forms of a text: one, or those for one and for many."""
    return [str(form or "") for form in text] if isinstance(text, list | tuple) else [str(text or "")]


def flaws(message: Message) -> Iterator[str]:
    """Yield what is wrong with the translation of a text."""
    originals, translated = forms(message.id), forms(message.string)
    if message.fuzzy:
        yield f"is fuzzy: {originals[0]!r}"
    if not all(translated):
        yield f"is missing: {originals[0]!r}"
        return
    for text in translated:
        # A form for one thing may do without the number, as the English one does.
        wanted = [fields(original) for original in originals]
        if fields(text) not in wanted:
            yield f"has other fields than {originals[0]!r}: {text!r}"


def report() -> list[str]:
    """Return everything that is missing, wrong or stale."""
    template = extracted()
    findings = [] if TEMPLATE.exists() and TEMPLATE.read_bytes() == as_po(template) else [f"{TEMPLATE.name} is stale"]
    for language, locale in LOCALES.items():
        catalog = read(po_file(language), locale)
        known = {(message.context, message.id) for message in catalog if message.id}
        wanted = {(message.context, message.id) for message in template if message.id}
        findings += [f"{language}: lacks {id_!r}" for _, id_ in sorted(wanted - known, key=str)]
        findings += [f"{language}: has {id_!r}, which is in no source" for _, id_ in sorted(known - wanted, key=str)]
        findings += [f"{language}: {flaw}" for message in catalog if message.id for flaw in flaws(message)]
        compiled = po_file(language).with_suffix(".mo")
        if not compiled.exists() or compiled.read_bytes() != as_mo(catalog):
            findings.append(f"{language}: {compiled.name} is stale")
    return findings


def main() -> int:
    """Update and compile every catalogue, unless only to check; return 1 where something is left to do."""
    if "--check" not in sys.argv[1:]:
        template = extracted()
        LOCALE.mkdir(exist_ok=True)
        TEMPLATE.write_bytes(as_po(template))
        for language, locale in LOCALES.items():
            path = po_file(language)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(as_po(updated(language, template)))
            path.with_suffix(".mo").write_bytes(as_mo(read(path, locale)))
    findings = report()
    print("\n".join(findings) or "Every text is translated, and every catalogue compiled.")
    if findings:
        print("Run `just translations`, translate what is empty or fuzzy in govmap.po, and run it again.")
    return 1 if findings else 0


assert set(LOCALES) == set(LANGUAGES) - {"en"}  # noqa: S101 - the languages of the package are those of the catalogues

if __name__ == "__main__":
    raise SystemExit(main())
