"""A build folder, file by file and then table by table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.doctor.findings import Finding
from kg.doctor.tables import examine_tables
from kg.errors import BuildFolderError
from kg.graph import FOLDER_VERSION, HISTORY, MANIFEST, Graph, fault, files_below
from kg.rdf import STORE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.graph import Manifest
    from kg.progress import Progress

_STORE = re.compile(rf"{STORE}/\.?rdf-")
_BESIDE = frozenset({MANIFEST, HISTORY, "README.md"})
_AGAIN = "build the folder again with kg build and the inputs that its manifest lists: what is sound is not read again"
_ANEW = "build the folder again with kg build"


def examine(folder: Path, progress: Progress = lambda *_: None) -> Iterator[Finding]:
    """Look for what is missing, cut, changed, foreign or old, for rows that refer to nothing and spans beside a text.

    Args:
        folder: A build folder.
        progress: Called with what is looked at, how much is done, and of how much.

    Raises:
        BuildFolderError: There is no folder.
    """
    if not folder.is_dir():
        raise BuildFolderError(f"{folder} is no folder: name one that kg build wrote")
    yield from _unfinished(folder)
    try:
        graph = Graph.open(folder)
    except BuildFolderError as error:
        wrong, _, remedy = str(error).rpartition(": ")
        yield Finding(str(folder), wrong or str(error), remedy)
        return
    broken = [*_files(folder, graph.manifest, progress)]
    yield from broken
    yield from _foreign(folder, graph.manifest)
    if not any(finding.where.endswith(".parquet") for finding in broken):
        yield from examine_tables(graph, _AGAIN, progress)


def _files(folder: Path, manifest: Manifest, progress: Progress) -> Iterator[Finding]:
    if manifest.folder_version < FOLDER_VERSION:
        old = f"is of version {manifest.folder_version}, without checksums; the newest is {FOLDER_VERSION}"
        yield Finding(str(folder), old, _ANEW, harmless=True)
    for done, (name, expected) in enumerate(manifest.files.items(), 1):
        if wrong := fault(folder / name, expected):
            yield Finding(str(folder / name), wrong, _AGAIN)
        progress("files", done, len(manifest.files))


def _foreign(folder: Path, manifest: Manifest) -> Iterator[Finding]:
    """Tell of files that no build and no server wrote; of an old folder it is not known what it wrote."""
    for name in sorted(set(files_below(folder)) - manifest.files.keys() - _BESIDE) if manifest.files else ():
        if not _STORE.match(name):
            wrong, remedy = "was not written by the build", "move it elsewhere: the next build takes it away"
            yield Finding(str(folder / name), wrong, remedy, harmless=True)


def _unfinished(folder: Path) -> Iterator[Finding]:
    work = folder.absolute().with_name(f".{folder.absolute().name}.work")
    if work.exists():
        wrong = "is left from a build that did not come to its end, or one is under way"
        yield Finding(str(work), wrong, "run the same kg build again: it goes on from there", harmless=True)
