r"""CSV and TSV with a header, however they are quoted; ``record`` is the row in a spreadsheet, where the header is 1.

>>> from kg.papers import FieldNames
>>> delimiter("Title;Abstract;Year", FieldNames())
';'
"""

from __future__ import annotations

import csv
import io
import re
from itertools import count
from typing import TYPE_CHECKING, Any

from kg.papers.drafts import Draft, overlong
from kg.papers.lines import MAX_LINE, text_lines
from kg.papers.problems import BadInput, Problem

if TYPE_CHECKING:
    from _csv import Reader as CsvReader
    from collections.abc import Iterable, Iterator

    from kg.papers.fields import FieldNames
    from kg.papers.opening import Opened

_DELIMITERS = (",", "\t", ";", "|")
_USUAL: dict[str, Any] = {"strict": True}
_ESCAPED = {**_USUAL, "doublequote": False, "escapechar": "\\"}
_UNQUOTED = {**_USUAL, "quoting": csv.QUOTE_NONE}
_LONE_CR = re.compile(r"(?<=\r)(?!\n)")
_REMEDY = "quote cells that hold a delimiter, a quote or a line break"


def read(opened: Opened, fields: FieldNames) -> Iterator[Draft]:
    """Read a table; its header is matched with ``fields``.

    Raises:
        BadInput: The header has no title and abstract.
    """
    skipped: list[int] = []
    header, draft = list[str](), fields.drafter()
    for number, row in _numbered(csv.reader(_feed(text_lines(opened, skipped)), **_dialect(opened, fields))):
        yield from overlong(skipped)
        flaw = _flaw(row, header)
        if flaw or isinstance(row, str):
            yield Draft(number, flaw=flaw)
        elif header and row:
            yield draft(number, dict(zip(header, row, strict=False)))
        else:
            header = header or row
    yield from overlong(skipped)


def delimiter(header: str, fields: FieldNames) -> str | None:
    """Find the delimiter under which a line is a header with title and abstract; None if there is none.

    Example:
        >>> from kg.papers import FieldNames
        >>> delimiter('"Paper, Title","Abstract"', FieldNames(title="paper, title"))
        ','
        >>> delimiter("We shrink it, abstract by abstract.", FieldNames()) is None
        True
    """
    split = {mark: _cells(header, mark) for mark in _DELIMITERS}
    fitting = [mark for mark in _DELIMITERS if fields.have_text(split[mark])]
    return max(fitting, key=lambda mark: len(split[mark]), default=None)


def first_line(head: bytes) -> str:
    r"""Give the first line that is not blank.

    Example:
        >>> first_line(b"\r\ntitle,abstract\r\n")
        'title,abstract'
    """
    return re.split(rb"[\r\n]", head.lstrip(), maxsplit=1)[0].decode("utf-8", "replace")


def _dialect(opened: Opened, fields: FieldNames) -> dict[str, Any]:
    """Choose the quoting under which most rows of the head are as wide as the header; the usual one wins ties."""
    line = first_line(opened.head)
    mark = delimiter(line, fields)
    if mark is None:
        columns = ", ".join(_cells(line, ","))[:200]
        message = f"its header has no title and abstract column (it has: {columns})"
        raise BadInput(Problem(opened.name, 0, message, "name the columns in FieldNames, or add a header"))
    choices = [{"delimiter": mark, **quoting} for quoting in _quotings(opened.head, mark)]
    return max(choices, key=lambda choice: _well_formed(opened.head, choice))


def _quotings(head: bytes, mark: str) -> list[dict[str, Any]]:
    r"""What may be: the standard; quotes as \" where MySQL or Spark wrote; in TSV, quotes that mean nothing."""
    return [_USUAL, *[_ESCAPED] * (b'\\"' in head), *[_UNQUOTED] * (mark == "\t")]


def _well_formed(head: bytes, dialect: dict[str, Any]) -> int:
    text = io.StringIO(head.decode("utf-8", "replace"), newline="")
    widths = [len(row) for _, row in _numbered(csv.reader(text, **dialect)) if row and not isinstance(row, str)]
    return sum(width == widths[0] for width in widths)


def _feed(lines: Iterable[tuple[int, str]]) -> Iterator[str]:
    """Give csv what it asks for: lines with their ends, where a lone carriage return is an end too."""
    for _, line in lines:
        yield from filter(None, _LONE_CR.split(line))


def _flaw(row: list[str] | str, header: list[str]) -> tuple[str, str] | None:
    if isinstance(row, str):
        return f"row cannot be read ({row})", _REMEDY
    wide = header and len(row) > len(header)
    return (f"row has {len(row)} cells, and the header has {len(header)}", _REMEDY) if wide else None


def _numbered(rows: CsvReader) -> Iterator[tuple[int, list[str] | str]]:
    """Number the rows; one that is not well-formed is given as what csv says of it."""
    for number in count(1):
        try:
            yield number, _next(rows)
        except csv.Error as error:
            yield number, str(error)
        except StopIteration:
            return


def _cells(line: str, mark: str) -> list[str]:
    try:
        return _next(csv.reader([line], delimiter=mark))
    except (csv.Error, StopIteration):
        return []


def _next(rows: CsvReader) -> list[str]:
    # The limit belongs to the whole process; its default would end the reading at 128 KiB instead of naming the row.
    before = csv.field_size_limit(MAX_LINE)
    try:
        return next(rows)
    finally:
        csv.field_size_limit(before)
