"""RIS, the tagged form of reference managers, by rispy; ``record`` is the line on which the reference begins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import rispy
from msgspec import UNSET

from kg.papers.drafts import Draft, overlong
from kg.papers.lines import MAX_LINE, text_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.papers.fields import FieldNames
    from kg.papers.opening import Opened

_START = "TY  -"
_END = "ER  -"
_TYPICAL = re.compile(r"^TY  - ?\w+", re.MULTILINE)
_TAG = re.compile(r"(?!ER)[A-Z][A-Z0-9]  -")
_BROKEN = (LookupError, TypeError, ValueError, AttributeError)


def read(opened: Opened, _fields: FieldNames) -> Iterator[Draft]:
    """Read the references, one at a time."""
    skipped: list[int] = []
    for line, reference in _references(text_lines(opened, skipped)):
        yield from overlong(skipped)
        yield _read_one(line, reference)
    yield from overlong(skipped)


def recognises(head: str) -> bool:
    r"""Tell whether a text has the start of a reference.

    Example:
        >>> recognises("TY  - JOUR\nTI  - A tiny BERT\n"), recognises("Type: JOUR")
        (True, False)
    """
    return _TYPICAL.search(head) is not None


def draft(record: int, reference: dict[str, Any]) -> Draft:
    """Read one reference as rispy gives it.

    Example:
        >>> draft(1, {"primary_title": "A tiny BERT", "notes_abstract": "We shrink it.", "urls": ["https://a.org"]}).url
        'https://a.org'
    """
    return Draft(
        record,
        id=_first(reference, "id", "accession_number"),
        title=_first(reference, "title", "primary_title") or UNSET,
        abstract=_first(reference, "abstract", "notes_abstract") or UNSET,
        year=_first(reference, "year", "publication_year", "date"),
        venue=_first(reference, "secondary_title", "journal_name", "alternate_title3"),
        authors=_first(reference, "authors", "first_authors"),
        url=next(iter(reference.get("urls", ())), None),
        keywords=reference.get("keywords"),
        doi=reference.get("doi"),
    )


def _first(reference: dict[str, Any], *names: str) -> Any:
    return next(filter(None, map(reference.get, names)), None)


def _read_one(line: int, text: list[str]) -> Draft:
    try:
        (reference,) = rispy.RisParser().parse_lines(iter([*text, _END]))
    except _BROKEN:
        return Draft(line, flaw=("reference is no RIS", "begin each line with a tag, as in 'TI  - '"))
    return draft(line, reference)


def _references(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, list[str]]]:
    """Cut the file before each start and after each end, which some writers leave out.

    What has tags and no start is a reference too, and a broken one; anything else between references is no loss.
    """
    start, held, size = 0, list[str](), 0
    for number, text in lines:
        if text.startswith(_START) or (not held and _TAG.match(text)):
            yield from [(start, held)] * bool(held)
            start, held, size = number, [], 0
        if held or start == number:
            size += len(text)
            held.extend([text.rstrip("\r\n")] * (size < MAX_LINE))
        if text.startswith(_END):
            yield from [(start, held)] * bool(held)
            held = []
    yield from [(start, held)] * bool(held)
