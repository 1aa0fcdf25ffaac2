"""The step that writes the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.graph import assemble, write_tables

if TYPE_CHECKING:
    from kg.building.job import Job


def tables(job: Job) -> None:
    """Write the Parquet tables, which are the truth."""
    job.tables = assemble(job.papers, job.extractions, job.resolution)
    write_tables(job.tables, job.stage)
