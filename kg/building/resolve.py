"""The step that decides what means the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import kg.resolve
from kg.garbage import uncollected

if TYPE_CHECKING:
    from kg.building.job import Job


def resolve(job: Job) -> None:
    """Make nodes of what was extracted."""
    with uncollected():
        job.resolution = kg.resolve.resolve(job.extractions, job.config.base, corrections=job.told)
