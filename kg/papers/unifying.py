"""One paper met in several records becomes one Paper that remembers them all; the order of the records never matters.

Which records are one paper is the business of :func:`kg.papers.gathering.gather`; what the paper then says is ours.

>>> preprint = Paper(id="arxiv:2507.11412", title="A Tiny BERT", abstract="We shrink it.", arxiv="2507.11412")
>>> listed = Paper(id="title:0", title="A tiny BERT!", abstract="We shrink it, a lot.")
>>> [(paper.id, paper.abstract) for paper in unify([listed, preprint])]
[('arxiv:2507.11412', 'We shrink it, a lot.')]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kg.papers.gathering import gather
from kg.papers.identity import identify
from kg.scratch import scratch
from kg.types import Paper, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

T = TypeVar("T", str, int)


def unify(papers: Iterable[Paper]) -> Iterator[Paper]:
    """Merge records of one paper and sort the papers by id; doing it twice changes nothing.

    Args:
        papers: Records as :func:`kg.papers.read` gives them; they are kept in temporary files.

    Example:
        >>> paper = Paper(id="title:0", title="A tiny BERT", abstract="We shrink it.")
        >>> len(list(unify([paper, paper])))
        1
    """
    with scratch() as room:
        yield from map(merge, gather(papers, room))


def merge(records: Sequence[Paper]) -> Paper:
    """Make one paper of records of it.

    Title and abstract come from the record with the longest abstract, keywords and authors from that with most of them,
    the year is the earliest, and of everything else the first in sorted order counts.

    Args:
        records: At least one.

    Example:
        >>> first = Paper(id="title:0", title="A tiny BERT", abstract="We shrink it.", year=2025)
        >>> merge([first, Paper(id="title:0", title="A Tiny BERT", abstract="We shrink.", year=2024)]).year
        2024
    """
    text = min(records, key=lambda paper: (-len(paper.abstract), paper.abstract, paper.title))
    arxiv, doi = _least(paper.arxiv for paper in records), _least(paper.doi for paper in records)
    return Paper(
        id=identify(arxiv=arxiv, doi=doi, title=text.title),
        title=text.title,
        abstract=text.abstract,
        year=_least(paper.year for paper in records),
        venue=_least(paper.venue for paper in records),
        authors=_richest(paper.authors for paper in records),
        url=_least(paper.url for paper in records),
        keywords=_richest(paper.keywords for paper in records),
        doi=doi,
        arxiv=arxiv,
        sources=tuple(sorted({source for paper in records for source in paper.sources}, key=_place)),
    )


def _least(values: Iterable[T | None]) -> T | None:
    return min((value for value in values if value), default=None)


def _richest(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return min(lists, key=lambda names: (-len(names), names))


def _place(source: Source) -> tuple[str, int, str]:
    # Source sorts by its fields, and would compare an id with None.
    return source.file, source.record, source.id or ""
