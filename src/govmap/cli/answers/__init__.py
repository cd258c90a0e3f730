"""What each command answers: the result, and its view, from which come the page and the rows.

Each loads its own query, and its view only when that is asked for; so `--help` loads none. None knows Typer.
"""

from govmap.cli.answers.analysing import cover, gaps
from govmap.cli.answers.answer import Answer, with_provenance
from govmap.cli.answers.comparing import TypedComparison, compare, duplication, overlap
from govmap.cli.answers.looking_up import TypedFilters, brief, country, history, listing, mechanism, search, validate
from govmap.cli.answers.picturing import map_, matrix
from govmap.cli.answers.reviewing import TypedDiff, diff
from govmap.cli.answers.trusting import cite, evidence

__all__ = [
    "Answer",
    "TypedComparison",
    "TypedDiff",
    "TypedFilters",
    "brief",
    "cite",
    "compare",
    "country",
    "cover",
    "diff",
    "duplication",
    "evidence",
    "gaps",
    "history",
    "listing",
    "map_",
    "matrix",
    "mechanism",
    "overlap",
    "search",
    "validate",
    "with_provenance",
]
