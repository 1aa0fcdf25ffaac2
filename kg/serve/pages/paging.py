"""Lists of more rows than one page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from kg.serve.errors import RequestRefused

if TYPE_CHECKING:
    from starlette.requests import Request

A_PAGE = 50
_LAST = 10_000


class Paging(Struct, frozen=True):
    """Which rows a page shows, of how many.

    >>> second = Paging(number=2, rows=120)
    >>> second.first, second.pages, second.offset
    (51, 3, 50)
    """

    number: int
    rows: int = 0

    @property
    def offset(self) -> int:
        """How many rows come before."""
        return (self.number - 1) * A_PAGE

    @property
    def first(self) -> int:
        """The number of the first row."""
        return self.offset + 1

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-self.rows // A_PAGE)

    def of(self, rows: int) -> Paging:
        """Say of how many rows."""
        return Paging(self.number, rows)


def paging(request: Request) -> Paging:
    """Read which page is asked for.

    Raises:
        RequestRefused: It is no number of a page.
    """
    text = request.query_params.get("page", "1")
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= _LAST and len(text) < 9):
        raise RequestRefused(f"there is no page {text[:20]!r}: pages are numbered from 1 to {_LAST:,}")
    return Paging(int(text))
