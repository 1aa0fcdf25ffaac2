"""Ask arXiv through its API, by the client of Lukas Schwab (https://pypi.org/project/arxiv/).

See https://info.arxiv.org/help/api/user-manual.html for the language of queries, and
https://info.arxiv.org/help/api/tou.html for what arXiv asks of programs: one request in three seconds.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import arxiv

from kg.errors import FetchError
from kg.fetch.pages import Page, Request, Source
from kg.papers.identity import arxiv_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.fetch.session import Session

_PAGE = 200
_ORDERS = {"newest": arxiv.SortCriterion.SubmittedDate, "relevance": arxiv.SortCriterion.Relevance}
_ERRORS = "/api/errors"


def pages(request: Request, session: Session, position: str | None) -> Iterator[Page]:
    """Ask for pages; a position is how many results came before it."""
    client = arxiv.Client(page_size=_PAGE, delay_seconds=0)
    client._session = session  # noqa: SLF001 - it takes none; its own waits for nobody and has no time limit
    search = arxiv.Search(query_of(request), max_results=None, sort_by=_ORDERS[request.order])
    # One result that is known is asked for again: no answer then is a fault of arXiv's, which has them, and no end.
    place = max(int(position or 0) - 1, 0)
    results, first = client.results(search, offset=place), place
    while found := _take(results):
        place += len(found)
        yield Page([record(result) for result in found], str(place))
    if place == first > 0:
        raise FetchError(f"arXiv sent nothing where it had results before (at {first:,})")


def query_of(request: Request) -> str:
    """Write the query with its days, as arXiv reads it.

    Example:
        >>> from datetime import date
        >>> query_of(Request("arxiv", "cat:cs.CL OR cat:cs.LG", since=date(2025, 7, 1)))
        '(cat:cs.CL OR cat:cs.LG) AND submittedDate:[202507010000 TO 299912312359]'
    """
    if not request.since and not request.until:
        return request.query
    since = f"{request.since:%Y%m%d}" if request.since else "19910101"
    until = f"{request.until:%Y%m%d}" if request.until else "29991231"
    return f"({request.query}) AND submittedDate:[{since}0000 TO {until}2359]"


def record(result: arxiv.Result) -> dict[str, Any]:
    """Name the fields of a result as ``kg build`` reads them.

    Example:
        >>> record(arxiv.Result("http://arxiv.org/abs/2507.11412v2", title="A tiny BERT"))["url"]
        'https://arxiv.org/abs/2507.11412'
    """
    if _ERRORS in result.entry_id:
        raise FetchError(f"arXiv says: {' '.join(result.summary.split())[:300]}")
    found = arxiv_id(result.entry_id)
    full = {
        "id": found or result.entry_id,
        "title": result.title.strip(),
        "abstract": result.summary.strip(),
        "authors": [author.name for author in result.authors],
        "year": result.published.year,
        "published": result.published.date().isoformat(),
        "updated": result.updated.date().isoformat(),
        "venue": result.journal_ref,
        "url": f"https://arxiv.org/abs/{found}" if found else result.entry_id,
        "keywords": result.categories,
        "doi": result.doi,
        "arxiv": found,
    }
    return {name: value for name, value in full.items() if value or name in {"title", "abstract"}}


def _take(results: Iterator[arxiv.Result]) -> list[arxiv.Result]:
    try:
        return list(islice(results, _PAGE))
    except arxiv.UnexpectedEmptyPageError:
        raise FetchError("arXiv sent an empty page in the middle, three times over") from None


ARXIV = Source("arXiv", "jsonl", 3, pages)
