"""The answers on what facts rest on, and on how to cite them."""

# ruff: noqa: PLC0415 - as the docstring of this package says
from __future__ import annotations

from typing import TYPE_CHECKING

from govmap.cli.answers.answer import Answer, one_of

if TYPE_CHECKING:
    from govmap.atlas import Atlas
    from govmap.layout.page import View


def evidence(atlas: Atlas, name: str | None, status: str | None) -> Answer:
    """Answer `evidence [NAME]`: of a mechanism, a country, a group, a source, or of all."""
    from govmap.questions.evidence import STATUSES, find_evidence, resolve_subject

    known = None if status is None else one_of("--status", status.replace("-", " "), STATUSES)
    findings = find_evidence(atlas, resolve_subject(atlas, name) if name is not None else None, known)

    def view() -> View:
        from govmap.views.evidence import evidence_view

        return evidence_view(findings, atlas)

    return Answer(findings, view)


def cite(atlas: Atlas, name: str | None, style: str) -> Answer:
    """Answer `cite [NAME]`: the dataset, or its page on a mechanism."""
    from govmap.analysis.citation_styles import STYLES
    from govmap.questions.cite import cite as cite_works

    known = one_of("--style", style, tuple(STYLES))
    citation = cite_works(atlas, atlas.mechanism(name) if name is not None else None, known)

    def view() -> View:
        from govmap.views.cite import citation_view

        return citation_view(citation)

    return Answer(citation, view)
