r"""Lines, numbered from 1 as editors do, however long the file and whatever its bytes.

>>> import io
>>> list(lines(io.BufferedReader(io.BytesIO(b"one\ntwo"))))
[(1, b'one\n'), (2, b'two')]
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from kg.papers.opening import Opened

MAX_LINE = 16 << 20
"""Bytes of the longest line that is kept; what is longer is skipped without being held."""

_CHUNK = 1 << 20


def lines(stream: io.BufferedReader[Any]) -> Iterator[tuple[int, bytes | None]]:
    """Number the lines from 1; a line longer than :data:`MAX_LINE` is given as None."""
    for number in count(1):
        line = stream.readline(MAX_LINE + 1)
        if not line:
            return
        if len(line) > MAX_LINE:
            _skip_rest(stream, line)
            yield number, None
        else:
            yield number, line


def text_lines(opened: Opened, overlong: list[int]) -> Iterator[tuple[int, str]]:
    """Decode and number the lines; bytes that are no UTF-8 become surrogates, and their record is refused for them.

    Args:
        opened: The file.
        overlong: Takes the numbers of the lines that are longer than :data:`MAX_LINE` and therefore left out.
    """
    for number, line in lines(opened.stream):
        if line is None:
            overlong.append(number)
        else:
            yield number, line.decode("utf-8", "surrogateescape")


def _skip_rest(stream: io.BufferedReader[Any], line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(_CHUNK)
