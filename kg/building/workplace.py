"""Where a build is made: a hidden folder beside the one that it is for, and a lock.

``.NAME.work`` holds what is under way. What was read of papers (``shards``) outlives a build that did not come to its
end, so that the next one goes on from there; all else is thrown away. The finished build moves into place whole.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from msgspec import Struct

from kg.building.lock import locked
from kg.errors import BuildFolderError
from kg.graph import MANIFEST, check_target, settle, take_place
from kg.scratch import Scratch

if TYPE_CHECKING:
    from collections.abc import Iterator

_GO_ON = "interrupted; what was read so far is kept: the same command goes on from there, and {folder} is as it was"
_NOTHING = "interrupted; nothing new was read yet, and {folder} is as it was"
_LOCK, _SHARDS, _STAGE, _SPILL = "lock", "shards", "new", "spill"


class Workplace(Struct, frozen=True):
    """The folders of a build under way.

    Attributes:
        folder: The build that is there, perhaps; it is read, never written.
        stage: Where the new build is written.
        shards: What was read of papers, see :mod:`kg.building.shards`.
        scratch: What lives as long as this build.
    """

    folder: Path
    stage: Path
    shards: Path
    scratch: Scratch

    @property
    def kept(self) -> bool:
        """Whether something was read of papers that a next build can use."""
        return self.shards.is_dir() and any(self.shards.iterdir())


@contextmanager
def workplace(folder: Path, memory: str, *, resume: bool = False) -> Iterator[Workplace]:
    """Give a place to build at; on a clean exit what was built, if it is whole, takes the place of ``folder``.

    Args:
        folder: The build that is to be made.
        memory: What DuckDB may hold before it spills.
        resume: Insist that papers were read here by a build that did not come to its end.

    Raises:
        FolderBusy: Another build is at work on this folder.
        BuildFolderError: The folder cannot be taken or written, or there is nothing to resume.
        KeyboardInterrupt: With a message that says how to go on, or that there is nothing to go on from.
    """
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would replace a symlink's target
    work = folder.with_name(f".{folder.name}.work")
    with _told(folder), locked(work / _LOCK, folder):
        made = Workplace(folder, work / _STAGE, work / _SHARDS, Scratch(work / _SPILL, memory))
        try:
            settle(folder)
            check_target(folder)
            _tidy(work)
            if resume:
                _insist(made)
            for place in (made.stage, made.shards, made.scratch.folder):
                place.mkdir(exist_ok=True)
            yield made
            if (made.stage / MANIFEST).exists():
                take_place(made.stage, folder)
        except BaseException as error:
            made.scratch.close()
            _tidy(work)
            kept = made.kept
            if not kept:
                _remove(work)
            if isinstance(error, KeyboardInterrupt):
                raise KeyboardInterrupt((_GO_ON if kept else _NOTHING).format(folder=folder)) from None
            raise
        made.scratch.close()
        _remove(work)


def _insist(made: Workplace) -> None:
    if not made.kept:
        raise BuildFolderError(f"there is nothing to resume for {made.folder}: leave out --resume")


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Tell of a disk that is full, or closed, in words of a graph's user."""
    try:
        yield
    except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as error:
        reason = getattr(error, "strerror", None) or str(error).partition("\n")[0]
        raise BuildFolderError(f"{folder} cannot be written ({reason}): the old one stands") from error


def _tidy(work: Path) -> None:
    """Leave nothing but the lock and what was read of papers."""
    for path in work.iterdir():
        if path.name not in {_LOCK, _SHARDS}:
            shutil.rmtree(path, ignore_errors=True)


def _remove(work: Path) -> None:
    """Take the folder away, the lock last, since others may be looking for it."""
    for path in work.iterdir():
        if path.name != _LOCK:
            shutil.rmtree(path, ignore_errors=True)
    (work / _LOCK).unlink()
    with suppress(OSError):  # the next build is here already
        work.rmdir()
