"""What a build follows from, as one hash: where it is that of the build that is there, there is nothing to do."""

from __future__ import annotations

import os
from functools import cache
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import msgspec
import pyarrow as pa

from kg.building.records import RECORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.building.job import Job

_CODE = frozenset({".py", ".tsv", ".ttl", ".rq", ".html", ".js", ".css", ".jsonld"})
_ASIDE = frozenset({"__pycache__", "node_modules", "train", "weights", "commands", "serve"})
_PACKAGE = Path(__file__).parents[1]


def recipe(job: Job) -> str:
    """Hash papers, choices, corrections, code and libraries; what was skipped and where papers came from counts too."""
    said = (job.config, job.read_from, job.problems, job.reader.name, job.reader.version)
    libraries = (duckdb.__version__, pa.__version__, msgspec.__version__)
    digest = sha256(msgspec.json.encode((said, libraries, job.told.text), order="deterministic"))
    digest.update(code().encode())
    for name in ("papers.parquet", RECORDS):
        with (job.stage / name).open("rb") as stream:
            digest.update(file_digest(stream, "sha256").digest())
    return digest.hexdigest()


@cache
def code() -> str:
    """Hash the code that makes a graph of what was read, and the tables that come with it."""
    digest = sha256()
    for path in sorted(_sources()):
        digest.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    for folder, subfolders, files in os.walk(_PACKAGE):
        subfolders[:] = set(subfolders) - _ASIDE
        yield from (Path(folder, name) for name in files if Path(name).suffix in _CODE)
