"""What is asked of a source, and what it answers: pages of records, each with the place where the next one begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.fetch.session import Session

Order = Literal["newest", "relevance"]


class Request(Struct, frozen=True):
    """What is asked; an unfinished fetch is one of the same request.

    Attributes:
        source: A key of :data:`kg.fetch.SOURCES`.
        query: In the language of the source.
        since: The first day of publication that counts.
        until: The last one.
        order: What comes first.
    """

    source: str
    query: str
    since: date | None = None
    until: date | None = None
    order: Order = "newest"


class Page(Struct, frozen=True):
    """One answer.

    Attributes:
        records: As they are written, one a line.
        position: Where the next page begins, in the source's own words.
        total: How many records the source has for the request, if it says so.
    """

    records: list[dict[str, Any]]
    position: str
    total: int | None = None


@dataclass(frozen=True)
class Source:
    """Where papers are published.

    Attributes:
        title: Its name.
        kind: The format in which its records are written, a key of :data:`kg.papers.READERS`.
        interval: The seconds that it wants between two requests.
        pages: Asks, from a position or from the beginning; pages end where the source's do. Whatever is raised but
            :class:`kg.errors.FetchError` means that an answer makes no sense.
    """

    title: str
    kind: str
    interval: float
    pages: Callable[[Request, Session, str | None], Iterator[Page]]
