"""The answers on what facts rest on."""

# ruff: noqa: PLC0415 - as the docstring of this package says
from __future__ import annotations

from typing import TYPE_CHECKING

from govmap.cli.answers.answer import Answer, one_of

if TYPE_CHECKING:
    from govmap.atlas import Atlas
    from govmap.pages.page import View


def evidence(atlas: Atlas, name: str | None, status: str | None) -> Answer:
    """Answer `evidence [NAME]`: of a mechanism, a country, a group, a source, or of all."""
    from govmap.queries.evidence import STATUSES, find_evidence, resolve_subject

    known = None if status is None else one_of("--status", status.replace("-", " "), STATUSES)
    findings = find_evidence(atlas, resolve_subject(atlas, name) if name is not None else None, known)

    def view() -> View:
        from govmap.pages.evidence import evidence_view

        return evidence_view(findings, atlas)

    return Answer(findings, view)
