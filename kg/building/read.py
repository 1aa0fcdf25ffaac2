"""The step that reads the inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.building.recipe import recipe
from kg.building.records import RECORDS, earlier_records
from kg.errors import PaperFormatError
from kg.graph import TableWriter, paper_row, sound
from kg.papers import covers, gather, merge, real

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.building.job import Job
    from kg.graph import Manifest
    from kg.types import Paper


def read(job: Job) -> None:
    """Read the papers of all inputs, make one of those that are the same, and write their table.

    Raises:
        PaperFormatError: There is none, or a record cannot be read and the build is strict.
        BuildFolderError: The papers of the old build are asked for, and cannot be read.
    """
    earlier = earlier_records(job.place.folder, job.old, job.without) if job.keep and job.old else iter(())
    files: set[str] = set()
    groups = gather(_records(job), job.place.scratch, earlier=earlier)
    (job.stage / RECORDS).parent.mkdir()
    papers = TableWriter(job.stage, "papers")
    records = TableWriter((job.stage / RECORDS).parent, "papers", RECORDS.stem)
    with papers, records:
        for group in groups:
            paper = merge(group)
            papers.add([paper_row(paper)])
            if len(group) > 1:
                records.add({**paper_row(record), "id": paper.id} for record in group)
            job.entries += len(paper.sources)
            files.update(source.file for source in paper.sources)
    if not papers.rows:
        raise PaperFormatError(f"no paper in {', '.join(job.inputs)}: see the list of formats in kg build --help")
    job.rows["papers"] = papers.rows
    job.read_from = _inputs(job, files | {problem.file for problem in job.problems})
    job.recipe = recipe(job)
    job.made = job.old is not None and job.old.recipe == job.recipe and _whole(job.place.folder, job.old)


def _inputs(job: Job, files: set[str]) -> tuple[str, ...]:
    """Return the inputs, those of now and of earlier, that papers or problems came from."""
    given = {*job.inputs, *(job.old.inputs if job.keep and job.old else ())}
    return tuple(sorted(name for name in given if any(covers(name, file) for file in files)))


def _whole(folder: Path, manifest: Manifest) -> bool:
    return len(sound(folder, manifest.files, manifest.files)) == len(manifest.files)


def _records(job: Job) -> Iterator[Paper]:
    """Read what is new, and see what was skipped: of files that are read again, only what is skipped now."""
    from kg.papers import read as read_papers

    files: set[str] = set()
    if job.inputs:
        found = read_papers(job.inputs, fields=job.fields, strict=job.strict, on_problem=job.problems.append)
        for count, paper in enumerate(found, 1):
            files.update(source.file for source in paper.sources)
            job.progress("read", count, None)
            yield paper
    files.update(problem.file for problem in job.problems)
    if job.keep and job.old:
        again = set(map(real, files))
        job.problems += (problem for problem in job.old.skipped if real(problem.file) not in again)
    job.problems.sort()
