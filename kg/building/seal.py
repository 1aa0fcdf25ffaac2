"""The last step: what each file should be, what has changed, and the manifest, without which a folder is no build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.api import Graph
from kg.errors import BuildFolderError
from kg.graph import SCHEMAS, diff, files_below, measure, sound

if TYPE_CHECKING:
    from kg.building.job import Job


def seal(job: Job) -> None:
    """See to it that all is on the disk, and write the manifest."""
    files = measure(job.stage, files_below(job.stage))
    job.changes = _changes(job)
    job.manifest(files).write(job.stage)


def _changes(job: Job) -> dict[str, dict[str, int]]:
    """Compare with the build that is there; nothing is said where its tables are damaged."""
    if job.old is None:
        return {}
    tables = [name for name in job.old.files if name in {f"{table}.parquet" for table in SCHEMAS}]
    if len(sound(job.place.folder, job.old.files, tables)) < len(tables):
        return {}
    try:
        return diff(Graph(job.old, {}, job.place.folder), job.graph()).counts()
    except BuildFolderError:
        return {}
