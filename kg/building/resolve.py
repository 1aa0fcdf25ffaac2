"""The step that decides what means the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import kg.resolve
from kg.garbage import uncollected
from kg.papers.inputs import CORRECTIONS

if TYPE_CHECKING:
    from kg.building.job import Job


def resolve(job: Job) -> None:
    """Make nodes of what was extracted, and keep what was obeyed for later builds."""
    told = job.told
    with uncollected():
        job.resolution = kg.resolve.resolve(job.extractions, job.config.base, corrections=told.corrections)
    if told.text is not None:
        (job.stage / CORRECTIONS).write_bytes(told.text.encode())
        job.warnings += told.ignored
        if not told.kept:
            job.warnings += kg.resolve.unheard(told.text, told.source, job.resolution.unheard)
