"""Files inside a zip archive, as the arXiv snapshot is downloaded: read where they are, and never unpacked to disk.

Office documents are zip archives too; they count as what they are to people, one file.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, cast
from zipfile import BadZipFile, ZipFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAGIC = b"PK\x03\x04"

_DOCUMENTS = frozenset({"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"})
_JUNK = "__MACOSX"


def is_archive(path: Path) -> bool:
    """Tell whether a file is a zip archive, be it damaged, and no document.

    Example:
        >>> from pathlib import Path
        >>> is_archive(Path(__file__))
        False
    """
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC and not _is_document(path)
    except (OSError, ValueError):  # Opening it to read will say so.
        return False


def contents(path: Path) -> Iterator[tuple[str, str | None]]:
    """List the files of an archive in a fixed order, each with what speaks against reading it, if anything does.

    Raises:
        BadZipFile: It is none, or not whole.
    """
    with ZipFile(path) as archive:
        names = sorted(info.filename for info in archive.infolist() if not info.is_dir())
    for before, name in zip(["", *names], names, strict=False):
        yield name, "is in the archive twice, and only the last is read" if name == before else _objection(name)


@contextmanager
def inside(path: Path, name: str, *, floor: int, ratio: int) -> Iterator[BinaryIO]:
    """Open a file of an archive.

    Args:
        path: The archive.
        name: The file, as :func:`contents` gives it.
        floor: Bytes below which no file counts as a decompression bomb.
        ratio: How many times its size a file may grow.

    Raises:
        BadZipFile: The archive is broken, or the file grows more than that.
    """
    with ZipFile(path) as archive:
        info = archive.getinfo(name)
        # No more than it announces is ever read of it.
        if info.file_size > max(floor, ratio * info.compress_size):
            raise BadZipFile(f"it grows more than {ratio} times when decompressed, as a decompression bomb does")
        with archive.open(info) as file:
            yield cast("BinaryIO", file)


def _objection(name: str) -> str | None:
    parts = PurePosixPath(name).parts
    if any(part.startswith(".") or part == _JUNK for part in parts):
        return "is hidden and is skipped"
    return None


def _is_document(path: Path) -> bool:
    try:
        with ZipFile(path) as archive:
            return not _DOCUMENTS.isdisjoint(archive.namelist())
    except BadZipFile:
        return False
