"""Work that does not look whether somebody wants it stopped."""

from __future__ import annotations

from concurrent.futures import Future
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def stoppable(work: Callable[[], T]) -> T:
    """Return what some work gives, done in a thread, so that Ctrl-C ends the command while it goes on.

    A query runs in the engine from beginning to end, and Python hears of no signal before it returns. The thread ends
    with the process.

    >>> stoppable(lambda: 1 + 1)
    2
    """
    done: Future[T] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:  # noqa: BLE001 - it is raised where the result is waited for
            done.set_exception(error)

    Thread(target=run, name="work", daemon=True).start()
    return done.result()
