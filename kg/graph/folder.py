"""Build folders are whole or not there: a build is written beside its place and moved into it.

On Linux the old and the new folder change places in one system call. Elsewhere two renames do it, and a folder left
between them by a crash is put back by the next :func:`settle`.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from typing import TYPE_CHECKING

from kg.errors import BuildFolderError
from kg.graph.history import NAME as HISTORY
from kg.graph.manifest import NAME

if TYPE_CHECKING:
    from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_TOLERATED = {"README.md"}


def _old_name(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.old")


def settle(folder: Path) -> None:
    """Finish what a crash between two renames left: the old folder goes back where no new one came."""
    old = _old_name(folder)
    if not old.exists():
        return
    if folder.exists():
        shutil.rmtree(old)
    else:
        old.rename(folder)


def check_target(folder: Path) -> None:
    """Make sure that a build may take this place.

    Raises:
        BuildFolderError: The place is a file, or a folder of something else that a build must not replace.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise BuildFolderError(f"{folder} is a file: choose another output folder")
    foreign = [name for name in os.listdir(folder) if name not in _TOLERATED and not name.startswith(".")]  # noqa: PTH208
    if foreign and not ((folder / NAME).exists() or (folder / HISTORY).exists()):
        raise BuildFolderError(f"{folder} holds other files ({min(foreign)}, …) and no build: choose an empty folder")


def take_place(stage: Path, folder: Path) -> None:
    """Move a finished build to where it is to be; what stood there is at ``stage`` then, or nothing.

    Files in the old folder that no build wrote (a README, hidden files) are carried over.
    """
    _carry_over(folder, stage)
    if not folder.exists():
        stage.rename(folder)
    elif not _exchange(stage, folder):
        old = _old_name(folder)
        folder.rename(old)
        stage.rename(folder)
        shutil.rmtree(old)


def _carry_over(folder: Path, stage: Path) -> None:
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if (path.name in _TOLERATED or path.name.startswith(".")) and path.is_file():
            shutil.copy2(path, stage / path.name)


def _exchange(left: Path, right: Path) -> bool:
    """Swap two paths atomically (renameat2 with RENAME_EXCHANGE); False where the system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    swapped = rename(_AT_FDCWD, os.fsencode(left), _AT_FDCWD, os.fsencode(right), _RENAME_EXCHANGE)
    return bool(swapped == 0)
