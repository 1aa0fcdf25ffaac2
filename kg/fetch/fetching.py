"""From a question to a file of papers, and on with it where it was cut off."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from kg.errors import FetchError
from kg.fetch.arxiv import ARXIV
from kg.fetch.openalex import OPENALEX
from kg.fetch.pages import Order, Page, Request, Source
from kg.fetch.saving import Output
from kg.fetch.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kg.progress import Progress

SOURCES: dict[str, Source] = {"arxiv": ARXIV, "openalex": OPENALEX}
"""Where papers can be fetched from."""


class Fetched(Struct, frozen=True):
    """What a fetch brought.

    Attributes:
        written: How many records, with those from before it was cut off.
        known: How many more came that the file had already.
        resumed: Whether it went on with one that was cut off.
    """

    written: int
    known: int
    resumed: bool


def fetch(
    source: str,
    query: str,
    output: str | Path,
    *,
    since: date | None = None,
    until: date | None = None,
    order: Order = "newest",
    limit: int | None = None,
    append: bool = False,
    mailto: str | None = None,
    api_key: str | None = None,
    session: Session | None = None,
    progress: Progress | None = None,
) -> Fetched:
    """Write the papers that a source has for a query as JSON Lines, each once; ``kg build`` reads the file as it is.

    What was cut off, by whatever, goes on where it was when it is asked for again. Until then a small file beside the
    output, ``OUTPUT.fetch``, remembers how far it came.

    Args:
        source: A key of :data:`SOURCES`.
        query: In the language of the source.
        output: The file. It must not be there, unless this goes on with it.
        since: The first day of publication that counts; at arXiv, of submission.
        until: The last one.
        order: Whether the newest come first, or what fits best.
        limit: How many records to bring; all by default.
        append: Add to a file that is there what it does not hold yet.
        mailto: Where the source may write to if we disturb it; OpenAlex serves those who say it better.
        api_key: A key of OpenAlex.
        session: How to ask; made for the source by default.
        progress: Told after each page how many records there are.

    Raises:
        FetchError: The source cannot be reached, refuses, or has nothing; or the file may not be written to.

    Example:
        >>> fetch("scopus", "tiny bert", "papers.jsonl")
        Traceback (most recent call last):
            ...
        kg.errors.FetchError: 'scopus' is no source; there are arxiv, openalex
    """
    if source not in SOURCES:
        raise FetchError(f"{source!r} is no source; there are {', '.join(SOURCES)}")
    if not query.strip():
        raise FetchError("the query is empty; say what to look for")
    if since and until and since > until:
        raise FetchError(f"no day is both {since} or later and {until} or earlier; exchange the two")
    asked, place = SOURCES[source], Request(source, query, since, until, order)
    key = api_key if source == "openalex" else None
    with session or Session(interval=asked.interval, mailto=mailto, api_key=key) as polite:
        file = Output(Path(output), place, asked.kind, append=append)
        done = False
        try:
            _fill(file, _pages(asked, place, polite, file.position), limit, progress)
            done = True
        except FetchError as error:
            raise FetchError(f"{error}{_how_to_go_on(file)}") from None
        except KeyboardInterrupt:
            raise KeyboardInterrupt(f"interrupted{_how_to_go_on(file)}") from None
        finally:
            file.close(done=done)
    if not file.written and not file.known:
        raise FetchError(f"{asked.title} has nothing for {query!r}")
    return Fetched(file.written, file.known, file.resumed)


def _fill(file: Output, pages: Iterator[Page], limit: int | None, progress: Progress | None) -> None:
    while limit is None or file.written < limit:
        page = next(pages, None)
        if page is None:
            return
        file.add(page, limit)
        if progress:
            progress("fetch", file.written, _expected(page, limit))


def _expected(page: Page, limit: int | None) -> int | None:
    return min((number for number in (page.total, limit) if number is not None), default=None)


def _pages(source: Source, request: Request, session: Session, position: str | None) -> Iterator[Page]:
    try:
        yield from source.pages(request, session, position)
    # What the clients raise when an answer is not of the form that they expect.
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise FetchError(f"{source.title} sent what is no page of papers ({error!r:.200})") from None


def _how_to_go_on(file: Output) -> str:
    if not file.written:
        return ""
    return f"; {file.written:,} papers are in {file.path}: the same command goes on from there"
