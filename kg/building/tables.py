"""The step that writes the tables."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.garbage import uncollected
from kg.graph import SCHEMAS, make_tables
from kg.progress import counted

if TYPE_CHECKING:
    from kg.building.job import Job


def tables(job: Job) -> None:
    """Write the Parquet tables, which are the truth."""
    extractions = counted(job.extractions, "tables", job.progress, len(job.extractions))
    with uncollected():
        job.rows |= make_tables(extractions, job.resolution, job.stage, job.place.scratch)
    types = Counter(entity.type for entity in job.resolution.entities)
    job.rows = {name: job.rows[name] for name in SCHEMAS} | dict(sorted(types.items()))
