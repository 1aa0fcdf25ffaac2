"""How long work says how far it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")
Progress = Callable[[str, int, int | None], None]
"""Called with a step's name, how many items are done, and of how many if that is known."""


def counted(items: Iterable[T], step: str, report: Progress, total: int | None = None) -> Iterator[T]:
    """Report each item of a stream as it passes.

    >>> list(counted("ab", "read", lambda *said: print(*said)))
    read 1 None
    read 2 None
    ['a', 'b']
    """
    for count, item in enumerate(items, start=1):
        report(step, count, total)
        yield item
