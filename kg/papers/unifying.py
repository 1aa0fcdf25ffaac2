"""One paper met in several records becomes one Paper that remembers them all; the order of the records never matters.

Records with an arXiv id or a DOI in common are one paper. Then titles decide, in their normal form: what has no id
joins the paper of its title if there is just one, and papers with ids merge if their ids do not contradict each other.

>>> preprint = Paper(id="arxiv:2507.11412", title="A Tiny BERT", abstract="We shrink it.", arxiv="2507.11412")
>>> listed = Paper(id="title:0", title="A tiny BERT!", abstract="We shrink it, a lot.")
>>> [(paper.id, paper.abstract) for paper in unify([listed, preprint])]
[('arxiv:2507.11412', 'We shrink it, a lot.')]
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from kg.papers.identity import identify, normal_title
from kg.types import Paper, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

T = TypeVar("T", str, int)
Group = list[Paper]


def unify(papers: Iterable[Paper]) -> list[Paper]:
    """Merge records of one paper and sort the papers by id; doing it twice changes nothing.

    Args:
        papers: Records as :func:`kg.papers.read` gives them; all are held in memory.

    Example:
        >>> paper = Paper(id="title:0", title="A tiny BERT", abstract="We shrink it.")
        >>> len(unify([paper, paper]))
        1
    """
    strong, weak = _by_strength(papers)
    titles = defaultdict[str, Group](list)
    for group in _joined_by_id(strong):
        merged = merge(group)
        titles[normal_title(merged.title)].append(merged)
    anonymous = _grouped(weak, lambda paper: normal_title(paper.title))
    found = (merge(group) for title in titles | anonymous for group in _of_title(titles[title], anonymous.get(title)))
    return sorted(found, key=lambda paper: paper.id)


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


def _by_strength(papers: Iterable[Paper]) -> tuple[Group, Group]:
    strong, weak = Group(), Group()
    for paper in papers:
        (strong if paper.arxiv or paper.doi else weak).append(paper)
    return strong, weak


def _joined_by_id(papers: Group) -> Iterable[Group]:
    """Group papers that share an arXiv id or a DOI, over any number of steps: union-find on the ids."""
    parents: dict[str, str] = {}
    for paper in papers:
        ids = _ids(paper)
        parents[_root(parents, ids[0])] = _root(parents, ids[-1])
    return _grouped(papers, lambda paper: _root(parents, _ids(paper)[0])).values()


def _ids(paper: Paper) -> list[str]:
    return [key for key in (paper.arxiv and f"arxiv:{paper.arxiv}", paper.doi and f"doi:{paper.doi}") if key]


def _root(parents: dict[str, str], key: str) -> str:
    while (parent := parents.setdefault(key, key)) != key:
        parents[key] = parents[parent]  # Halving the path keeps the next search short.
        key = parent
    return key


def _of_title(strong: Group, anonymous: Group | None) -> Iterator[Group]:
    """Split the papers of one title: all one, or, if their ids contradict each other, each with an id for itself."""
    if all(len({getattr(paper, key) for paper in strong} - {None}) <= 1 for key in ("arxiv", "doi")):
        yield strong + (anonymous or [])
        return
    yield from ([paper] for paper in strong)
    if anonymous:
        yield anonymous


def _grouped(papers: Iterable[Paper], key: Callable[[Paper], str]) -> dict[str, Group]:
    groups = defaultdict[str, Group](list)
    for paper in papers:
        groups[key(paper)].append(paper)
    return groups


def _least(values: Iterable[T | None]) -> T | None:
    return min((value for value in values if value), default=None)


def _richest(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return min(lists, key=lambda names: (-len(names), names))


def _place(source: Source) -> tuple[str, int, str]:
    # Source sorts by its fields, and would compare an id with None.
    return source.file, source.record, source.id or ""
