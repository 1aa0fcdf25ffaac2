"""The records that the papers of a build were made of.

A paper that was met once is its own record. Those of the others are kept beside the tables, so that papers can be added
and removed as if all had been read at once.
"""

from __future__ import annotations

from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import msgspec
import pyarrow.parquet as pq

from kg.errors import BuildFolderError, KgError
from kg.graph import fault
from kg.papers import identify
from kg.types import Paper

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.graph import Manifest

RECORDS = PurePosixPath("cache/records.parquet")
_ROWS = 2048


def earlier_records(folder: Path, manifest: Manifest, without: frozenset[str]) -> Iterator[Paper]:
    """Read the records of all papers of a build but some.

    Args:
        folder: The build.
        manifest: Its manifest.
        without: The papers to leave out, by id or by what the file of one calls it.

    Raises:
        BuildFolderError: The files are not as the build left them.
        KgError: A paper that is to be left out is not there, or several are called so.
    """
    for name in ("papers.parquet", str(RECORDS)):
        if name not in manifest.files or (wrong := fault(folder / name, manifest.files[name])):
            said = wrong if name in manifest.files else "is not of this version"
            raise BuildFolderError(f"{folder / name} {said}: build the folder again from its inputs with kg build")
    several, without = _ids(folder / RECORDS), _meant(folder, without)
    alone = (paper for paper in _papers(folder / "papers.parquet") if paper.id not in several)
    kept = (paper for paper in chain(alone, _papers(folder / RECORDS)) if paper.id not in without)
    return (msgspec.structs.replace(paper, id=_own(paper)) for paper in kept)


def _meant(folder: Path, names: frozenset[str]) -> frozenset[str]:
    """Return the ids of papers that are given by id, or by what their files call them."""
    path = folder / "papers.parquet"
    others = names - _ids(path)
    if not others:
        return names
    called: dict[str, set[str]] = {name: set() for name in sorted(others)}
    for paper in _papers(path):
        for name in others & {source.id for source in paper.sources if source.id}:
            called[name].add(paper.id)
    for name, ids in called.items():
        if not ids:
            raise KgError(f"{folder} has no paper {name!r}: give an id of papers.parquet, or that of its file")
        if len(ids) > 1:
            raise KgError(f"{len(ids)} papers are called {name!r} in their files: give one of {', '.join(sorted(ids))}")
    return (names - others).union(*called.values())


def _ids(path: Path) -> set[str]:
    return set(pq.read_table(path, columns=["id"]).column("id").to_pylist())


def _papers(path: Path) -> Iterator[Paper]:
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(_ROWS):
            yield from msgspec.convert(batch.to_pylist(), list[Paper])


def _own(record: Paper) -> str:
    return identify(arxiv=record.arxiv, doi=record.doi, title=record.title)
