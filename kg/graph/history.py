"""What was done to a build folder, run after run: the one file in it that says when, and how long it took."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from kg.papers.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

NAME = "history.jsonl"
Work = Literal["build", "add", "remove", "import"]


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One build.

    Attributes:
        work: What was asked for.
        at: When it was done (UTC).
        paperkg: The version that did it.
        seconds: How long each step took.
        read: How many texts were read by the extractor.
        resumed: How many had been read by a build before that did not come to its end.
        known: How many were known from the folder as it was.
        changes: What differs from the folder as it was, by table and change; empty for a first build.
        warnings: What was asked for and had no effect.
    """

    work: Work
    at: str
    paperkg: str
    seconds: dict[str, float]
    read: int = 0
    resumed: int = 0
    known: int = 0
    changes: dict[str, dict[str, int]] = {}
    warnings: tuple[Problem, ...] = ()


def read_history(folder: Path) -> list[Run]:
    """Return the runs that made a folder, oldest first; lines that are none are left out."""
    try:
        lines = (folder / NAME).read_bytes().splitlines()
    except OSError:
        return []
    return [run for line in lines if (run := _run(line))]


def write_history(runs: list[Run], folder: Path) -> None:
    """Write the runs that made a folder."""
    (folder / NAME).write_bytes(b"".join(msgspec.json.encode(run) + b"\n" for run in runs))


def _run(line: bytes) -> Run | None:
    try:
        return msgspec.json.decode(line, type=Run)
    except msgspec.DecodeError:
        return None
