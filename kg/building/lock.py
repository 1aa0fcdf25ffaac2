"""One build at a time: a lock that the system lets go of when its holder ends, however it ends."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from kg.errors import FolderBusy

if sys.platform != "win32":  # builds are not told of each other there
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Holder(msgspec.Struct, frozen=True):
    """Who builds: a process, its machine, and since when (UTC)."""

    process: int
    machine: str
    since: str

    def __str__(self) -> str:
        return f"process {self.process} on {self.machine}, since {self.since}"


@contextmanager
def locked(path: Path, folder: Path) -> Iterator[None]:
    """Hold the lock file ``path`` on behalf of ``folder``; it is made where it is missing, with the folders above it.

    Raises:
        FolderBusy: Another process holds it; the message says which, and since when.
    """
    lock = _open(path, folder)
    try:
        me = Holder(os.getpid(), socket.gethostname(), datetime.now(UTC).isoformat(sep=" ", timespec="seconds"))
        os.ftruncate(lock, 0)
        os.pwrite(lock, msgspec.json.encode(me), 0)
        yield
    finally:
        os.close(lock)


def _open(path: Path, folder: Path) -> int:
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except FileNotFoundError:  # whoever was done took the folder away in between
            continue
        try:
            _take(lock, path, folder)
            if _is_at(lock, path):
                return lock
        except BaseException:
            os.close(lock)
            raise
        os.close(lock)


def _take(lock: int, path: Path, folder: Path) -> None:
    if sys.platform == "win32":
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise FolderBusy(
            f"{folder} is being built by {_holder(path)}: wait for it to end, or choose another folder"
        ) from None


def _holder(path: Path) -> str:
    try:
        return str(msgspec.json.decode(path.read_bytes(), type=Holder))
    except (OSError, msgspec.DecodeError):
        return "another process"


def _is_at(lock: int, path: Path) -> bool:
    """Tell whether the locked file is still the one that others would find."""
    try:
        return os.path.samestat(os.fstat(lock), path.stat())
    except FileNotFoundError:
        return False
