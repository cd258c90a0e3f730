"""What `govmap` says of itself: the page of a call without a word, and the version."""

from __future__ import annotations

from govmap.cli.answer import open_atlas
from govmap.cli.output import write
from govmap.language import N_, _
from govmap.version import __version__

START = N_(
    """govmap: who governs migration in the Americas, and who is left out.

  govmap country Peru                 which mechanisms it is in, and which not
  govmap mechanism RCM                members, groups, secretariat, evidence
  govmap overlap "human trafficking"  who works on it, and who is left out
  govmap compare RCM MIRPS            who is in both, who in only one
  govmap gaps --country Belize        themes that its mechanisms do not cover

Names may be English, Spanish, Portuguese or French, or codes.
--json writes JSON for scripts. All commands and options: govmap --help
"""
)


def show_start() -> None:
    """Print the start page."""
    write(_(START))


def show_version() -> None:
    """Print the version of govmap and that of the data that a call would be answered from."""
    about = open_atlas(None, None).context.about
    known = {"version": __version__, "data": about.version, "date": about.reference_date}
    write(_("govmap {version} (data {data}, as of {date})").format(**known) + "\n")
