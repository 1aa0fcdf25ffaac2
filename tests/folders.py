"""Build folders as the tests compare them."""

from __future__ import annotations

from pathlib import Path


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a build by name, but the one that says when it was made."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in sorted(files.items()) if name != "history.jsonl"}


def differing(left: Path, right: Path) -> list[str]:
    """Name the files that two builds do not have in common, byte for byte."""
    ours, theirs = contents(left), contents(right)
    return sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))
