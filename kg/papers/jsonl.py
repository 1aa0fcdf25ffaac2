"""JSON Lines: one object a line, plain or compressed, whatever its fields are called.

This is also how arXiv, OpenAlex and Semantic Scholar are delivered; their readers only say how to read an object.

>>> decode(b'{"title": "A tiny BERT"}')
{'title': 'A tiny BERT'}
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from msgspec.json import Decoder

from kg.papers.drafts import Draft, overlong
from kg.papers.lines import lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.papers.fields import FieldNames
    from kg.papers.opening import Opened

Json = dict[str, Any]

_DECODER = Decoder()
_REMEDY = "write one JSON object in UTF-8 on each line"


def read(opened: Opened, fields: FieldNames) -> Iterator[Draft]:
    """Read objects whose keys are those of ``fields``."""
    return drafts(opened, fields.drafter())


def drafts(opened: Opened, draft: Callable[[int, Json], Draft]) -> Iterator[Draft]:
    """Read the objects of a file and make something of each.

    Args:
        opened: The file.
        draft: From the line number and the object to a draft.
    """
    for number, line in lines(opened.stream):
        if line is None:
            yield from overlong([number])
        elif not line.isspace():
            yield _read_line(number, line, draft)


def decode(line: bytes) -> Json:
    """Decode one object.

    Raises:
        ValueError: It is none; the message completes "line ...".
    """
    try:
        value = _decode(line)
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    except UnicodeDecodeError:
        raise ValueError("is not UTF-8") from None
    if not isinstance(value, dict):
        raise ValueError(f"is not a JSON object but of type {type(value).__name__}")  # noqa: TRY004 - one kind for all
    return value


def _decode(line: bytes) -> Any:
    try:
        return _DECODER.decode(line)
    except UnicodeDecodeError:
        raise
    except ValueError as error:
        return _decode_patiently(line, str(error))


def _decode_patiently(line: bytes, objection: str) -> Any:
    """Accept what Python's own json writes and msgspec refuses: NaN, raw control characters, lone surrogates."""
    try:
        return json.loads(line.decode(), strict=False)
    except UnicodeDecodeError:
        raise
    except ValueError:
        raise ValueError(f"is not JSON ({objection})") from None


def _read_line(number: int, line: bytes, draft: Callable[[int, Json], Draft]) -> Draft:
    try:
        value = decode(line)
    except ValueError as error:
        return Draft(number, flaw=(f"line {error}", _REMEDY))
    return draft(number, value)
