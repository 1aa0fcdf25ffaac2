"""What a user names, made into files: a file, a directory, a glob, a zip archive, or ``-`` for standard input.

>>> list(members("-"))
[Member(name='-', path=None, inside=None)]
"""

from __future__ import annotations

import os
from fnmatch import fnmatch
from glob import glob, has_magic
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from msgspec import Struct

from kg.papers.archives import contents, is_archive
from kg.papers.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STDIN = "-"
CORRECTIONS = "corrections.tsv"
"""A file beside papers that holds none: what a user says of names, see :mod:`kg.resolve.corrections`."""


class Member(Struct, frozen=True):
    """One file to read: its name in ``Source.file``, its path unless it is standard input, its name in an archive."""

    name: str
    path: Path | None
    inside: str | None = None


def is_many(given: str | Path) -> bool:
    """Tell whether an input stands for any number of files.

    Example:
        >>> is_many("papers/**/*.bib"), is_many("papers.bib"), is_many(Path())
        (True, False, True)
    """
    return _is_directory(given) or _is_glob(given) or is_archive(Path(given))


def members(given: str | Path) -> Iterator[Member | Problem]:
    """List the files of an input in a fixed order; what a directory holds besides is a problem each."""
    if str(given) == STDIN:
        return iter([Member(STDIN, None)])
    if _is_directory(given):
        return _walk(Path(given))
    if _is_glob(given):
        return _matches(str(given))
    return _plain(Path(given))


def covers(given: str | Path, file: str) -> bool:
    """Tell whether a file, by its name in ``Source.file``, may have been read because of an input.

    Example:
        >>> covers("papers/", "papers/a/b.bib"), covers("papers/*.bib", "papers/a.bib"), covers(".", "a.bib")
        (True, True, True)
        >>> covers("papers", "papers.bib"), covers("./a.bib", "a.bib"), covers("-", "-"), covers(".", "/tmp/a.bib")
        (False, True, True, False)
    """
    name = Path(given).as_posix()
    inside = not file.startswith(("/", "../")) if name == "." else file.startswith(f"{name.rstrip('/')}/")
    return file == name or inside or (has_magic(name) and fnmatch(file, name))


def _is_directory(given: str | Path) -> bool:
    try:
        return Path(given).is_dir()
    except OSError:  # It may not be looked at; opening it will say so.
        return False


def _is_glob(given: str | Path) -> bool:
    """A file whose name has brackets is a file."""
    return has_magic(str(given)) and not os.path.lexists(given)


def _matches(pattern: str) -> Iterator[Member | Problem]:
    try:
        found = sorted(Path(match) for match in glob(pattern, recursive=True))  # noqa: PTH207 - Path.glob loses the root
    except ValueError:  # A NUL in the pattern.
        found = []
    return (member for path in found if path.is_file() for member in _plain(path))


def _walk(root: Path) -> Iterator[Member | Problem]:
    closed: list[OSError] = []
    for folder, subfolders, files in os.walk(root, onerror=closed.append):
        place = Path(folder)
        yield from _refuse(place, subfolders)
        subfolders[:] = sorted(name for name in subfolders if _objection(place / name) is None)
        for path in sorted(place / name for name in files if name != CORRECTIONS):
            yield from _files(path)
    for error in closed:
        yield Problem(str(error.filename), 0, f"cannot be listed ({error.strerror})", "check its permissions")


def _refuse(place: Path, subfolders: Iterable[str]) -> Iterator[Problem]:
    yield from filter(None, (_skipped(place / name) for name in sorted(subfolders)))


def _skipped(path: Path) -> Problem | None:
    reason = _objection(path)
    return Problem(path.as_posix(), 0, f"{reason} and is skipped", "name it outright to read it") if reason else None


def _objection(path: Path) -> str | None:
    if path.name.startswith("."):
        return "is hidden"
    return "is a link to a directory" if path.is_symlink() and path.is_dir() else None


def _files(path: Path) -> Iterator[Member | Problem]:
    """Leave pipes and devices alone: opening one could wait for ever."""
    problem = _skipped(path)
    if problem:
        yield problem
    elif path.is_file() or path.is_symlink():
        yield from _plain(path)
    else:
        yield Problem(path.as_posix(), 0, "is no plain file and is skipped", "name it outright to read it")


def _plain(path: Path) -> Iterator[Member | Problem]:
    """Give a file, or the files of an archive."""
    name = path.as_posix()
    if not is_archive(path):
        yield _member(name, path)
        return
    try:
        for inside, objection in contents(path):
            whole = f"{name}/{inside}"
            remedy = "unpack the archive to read it"
            yield Problem(whole, 0, objection, remedy) if objection else _member(whole, path, inside)
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        yield Problem(name, 0, f"is no whole zip archive ({error})", "download it again, or unpack it yourself")


def _member(name: str, path: Path, inside: str | None = None) -> Member | Problem:
    try:
        name.encode()
    except UnicodeEncodeError:
        return Problem(name, 0, "has a name that is not UTF-8", "rename it")
    return Member(name, path, inside)
