"""The step that reads the inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import PaperFormatError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.building.job import Job
    from kg.types import Paper


def read(job: Job) -> None:
    """Read the papers of all inputs, and make one of those that are the same.

    Raises:
        PaperFormatError: There is none, or a record cannot be read and the build is strict.
    """
    from kg.papers import read, unify

    records = read(job.inputs, fields=job.fields, strict=job.config.strict, on_problem=job.problems.append)
    job.papers = unify(_counted(job, records))
    if not job.papers:
        raise PaperFormatError(f"no paper in {', '.join(job.inputs)}: see the list of formats in kg build --help")


def _counted(job: Job, papers: Iterator[Paper]) -> Iterator[Paper]:
    for paper in papers:
        job.entries += 1
        job.progress("read", job.entries, None)
        yield paper
