"""Ask OpenAlex for works, by pyalex (https://pypi.org/project/pyalex/).

See https://docs.openalex.org/how-to-use-the-api/api-overview. Works are written as they come, their abstracts inverted;
:mod:`kg.papers.openalex` puts the words in order. Works without an abstract are not asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyalex import Works

from kg.errors import FetchError
from kg.fetch.pages import Page, Request, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.fetch.session import Session

FIELDS = (
    *("id", "doi", "title", "publication_year", "publication_date", "authorships", "primary_location", "locations"),
    *("keywords", "abstract_inverted_index"),
)
"""What of a work is asked for."""

_PAGE = 100
_ORDERS = {"newest": "publication_date", "relevance": "relevance_score"}


def pages(request: Request, session: Session, position: str | None) -> Iterator[Page]:
    """Ask for pages; a position is a cursor."""
    pager = works(request).paginate(cursor=position or "*", per_page=_PAGE, n_max=None)
    pager._session = session  # noqa: SLF001 - it takes none; its own has no time limit
    for page in pager:
        cursor = page.meta["next_cursor"]
        if cursor is not None and cursor == position:
            raise FetchError("OpenAlex sent the same page again")
        position = cursor
        if page:
            yield Page([dict(work) for work in page], cursor or "", page.meta["count"])


def works(request: Request) -> Works:
    """Make the question.

    Example:
        >>> works(Request("openalex", "tiny bert")).url.split("?")[1].split("&")[:2]
        ['search=tiny+bert', 'filter=has_abstract:true']
    """
    days = {"from_publication_date": request.since, "to_publication_date": request.until}
    given = {name: day.isoformat() for name, day in days.items() if day}
    asked = Works().search(request.query).filter(has_abstract=True, **given)
    return asked.sort(**{_ORDERS[request.order]: "desc"}).select(list(FIELDS))


OPENALEX = Source("OpenAlex", "openalex", 0.2, pages)
