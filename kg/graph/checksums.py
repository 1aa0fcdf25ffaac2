"""What the files of a build folder should be: their sizes and checksums, taken when it was made."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from hashlib import file_digest
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


class Stored(Struct, frozen=True):
    """The size of a file in bytes, and the SHA-256 of its content."""

    bytes: int
    sha256: str


def stored(path: Path) -> Stored:
    """Measure a file, and see to it that it is on the disk."""
    with path.open("rb") as stream:
        os.fsync(stream.fileno())
        return Stored(os.fstat(stream.fileno()).st_size, file_digest(stream, "sha256").hexdigest())


def measure(folder: Path, names: Iterable[str]) -> dict[str, Stored]:
    """Measure files of a folder, several at a time; names are paths below it, parted by slashes."""
    listed = sorted(names)
    with ThreadPoolExecutor() as pool:  # hashing lets go of the interpreter's lock
        return dict(zip(listed, pool.map(lambda name: stored(folder / name), listed), strict=True))


def files_below(folder: Path) -> list[str]:
    """List all files below a folder, but for hidden ones at its top."""
    found = (path for path in folder.rglob("*") if path.is_file())
    names = (path.relative_to(folder).as_posix() for path in found)
    return sorted(name for name in names if not name.startswith("."))


def fault(path: Path, expected: Stored, *, thorough: bool = True) -> str | None:
    """Say what is wrong with a file: missing, cut, too long, or changed; None where it is as it was.

    Args:
        path: The file.
        expected: What it was.
        thorough: Read all of it, and not only its size.
    """
    try:
        size = path.stat().st_size
        if size != expected.bytes:
            return f"has {size:,} bytes in place of {expected.bytes:,}"
        changed = thorough and stored(path).sha256 != expected.sha256
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    return "is damaged: its content is not what was written" if changed else None


def sound(folder: Path, files: Mapping[str, Stored], names: Iterable[str]) -> list[str]:
    """Return those of the names whose files are as the build left them."""
    listed = [name for name in sorted(names) if name in files]
    with ThreadPoolExecutor() as pool:
        faults = pool.map(lambda name: fault(folder / name, files[name]), listed)
        return [name for name, wrong in zip(listed, faults, strict=True) if wrong is None]
