"""From what a reader found to a Paper, or to a Problem: one place judges the records of every format.

>>> draft = Draft(record=1, title="A tiny BERT", abstract="We shrink it.", year="2024-05")
>>> judge(draft, "a.jsonl").year, judge(draft, "a.jsonl").sources
(2024, (Source(file='a.jsonl', record=1, id=None),))
>>> print(judge(Draft(record=2, title="A tiny BERT", abstract=None), "a.jsonl"))
a.jsonl:2: abstract is null; give the record one, or leave the record out
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import UNSET, Struct

from kg.papers import values
from kg.papers.identity import arxiv_id, doi, identify
from kg.papers.lines import MAX_LINE
from kg.papers.problems import Problem
from kg.types import Paper, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_TITLE = 2_000
"""Characters of the longest title that is taken for one."""
MAX_ABSTRACT = 100_000
"""Characters of the longest abstract that is taken for one; longer is a whole paper, or an attack."""


class Draft(Struct):
    """A record as its reader found it: nothing is checked yet, and any field may be of any type.

    Where the reader itself saw that the record is broken, ``flaw`` has the message and the remedy.
    """

    record: int
    id: Any = None
    title: Any = UNSET
    abstract: Any = UNSET
    year: Any = None
    venue: Any = None
    authors: Any = None
    url: Any = None
    keywords: Any = None
    doi: Any = None
    arxiv: Any = None
    flaw: tuple[str, str] | None = None


def judge(draft: Draft, file: str) -> Paper | Problem:
    """Make a paper of a draft, or say why it is none.

    Title and abstract must be there, be text, and keep to the limits; all text must be such that UTF-8 can hold it.
    Everything else is taken where it makes sense and left out where it does not.

    Args:
        draft: The record.
        file: The name of its file, for ``Paper.sources`` and for the problem.

    Example:
        >>> judge(Draft(record=1, title="Go Wider", abstract="Wide.", doi="10.1/X"), "a.bib").id
        'title:e3c6936bfbb97ef8'
    """
    flaw = draft.flaw or _flaw("title", draft.title, MAX_TITLE) or _flaw("abstract", draft.abstract, MAX_ABSTRACT)
    if flaw:
        return Problem(file, draft.record, *flaw)
    paper = _paper(draft, file)
    broken = next((text for text in _texts(paper) if not _is_utf8(text)), None)
    return paper if broken is None else Problem(file, draft.record, *_unwritable(broken))


def overlong(lines: list[int]) -> Iterator[Draft]:
    """Empty a list of lines that were too long to keep, and refuse each.

    Example:
        >>> [draft.record for draft in overlong([3, 8])]
        [3, 8]
    """
    message = f"line is longer than {MAX_LINE >> 20} MiB"
    yield from (Draft(line, flaw=(message, "shorten it or split the record")) for line in lines)
    lines.clear()


def too_long(name: str, characters: int, limit: int) -> tuple[str, str]:
    """Say by how much a text is over its limit, and what to do.

    Example:
        >>> too_long("abstract", 10_000_000, MAX_ABSTRACT)[0]
        'abstract has 10,000,000 characters, and the limit is 100,000'
    """
    return (
        f"{name} has {characters:,} characters, and the limit is {limit:,}",
        f"shorten the {name} or split the record",
    )


def _flaw(name: str, value: object, limit: int) -> tuple[str, str] | None:
    remedy = "give the record one, or leave the record out"
    if value is UNSET:
        return f"{name} is missing", f"{remedy}; if it goes by another name, say so in FieldNames"
    if not isinstance(value, str):
        kind = "null" if value is None else f"of type {type(value).__name__}, not text"
        return f"{name} is {kind}", remedy
    if not value.strip():
        return f"{name} is empty", remedy
    return too_long(name, len(value), limit) if len(value) > limit else None


def _paper(draft: Draft, file: str) -> Paper:
    arxiv = arxiv_id(draft.arxiv, bare=True) or arxiv_id(draft.url) or arxiv_id(draft.doi) or arxiv_id(draft.id)
    found = doi(draft.doi, bare=True) or doi(draft.url) or doi(draft.id)
    return Paper(
        id=identify(arxiv=arxiv, doi=found, title=draft.title),
        title=draft.title,
        abstract=draft.abstract,
        year=values.year(draft.year),
        venue=values.text(draft.venue),
        authors=values.names(draft.authors),
        url=values.text(draft.url),
        keywords=values.keywords(draft.keywords),
        doi=found,
        arxiv=arxiv,
        sources=(Source(file, draft.record, _own_id(draft.id)),),
    )


def _own_id(value: object) -> str | None:
    return str(value) if isinstance(value, str | int) and value != "" else None


def _texts(paper: Paper) -> Iterator[str]:
    optional = (paper.venue, paper.url, paper.doi, paper.sources[0].id)
    yield from (paper.title, paper.abstract, *filter(None, optional), *paper.authors, *paper.keywords)


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _unwritable(text: str) -> tuple[str, str]:
    """Tell a stray byte, which readers of text let through as U+DC80 to U+DCFF, from half a character in JSON."""
    if any("\udc80" <= c <= "\udcff" for c in text):
        return "holds bytes that are not UTF-8", "convert the file to UTF-8, for example with iconv"
    return "holds half of a surrogate pair, which is no character", "mend or remove it"
