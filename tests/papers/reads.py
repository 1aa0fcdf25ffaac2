"""Reading in one line, for the tests of this room."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from kg.papers import READERS, FieldNames, read
from kg.papers.opening import Opened

if TYPE_CHECKING:
    from pathlib import Path

    from kg.papers import Problem
    from kg.papers.drafts import Draft
    from kg.types import Paper


def read_all(*inputs: str | Path, **options: Any) -> tuple[list[Paper], list[Problem]]:
    """Read to the end; what is reported comes beside the papers."""
    problems: list[Problem] = []
    return list(read(inputs, on_problem=problems.append, **options)), problems


def drafts(kind: str, content: bytes | str, fields: FieldNames | None = None) -> list[Draft]:
    """Let one reader loose on content, whatever ``sniff`` would say of it."""
    data = content if isinstance(content, bytes) else content.encode()
    opened = Opened("file", io.BufferedReader(io.BytesIO(data)), data)
    return list(READERS[kind](opened, fields or FieldNames()))
