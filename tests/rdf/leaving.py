"""Whether answers of the engine end with the work that asked for them."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pyoxigraph import QuerySolutions, QueryTriples

from kg.garbage import uncollected

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def leaving_nothing() -> Iterator[None]:
    """Fail if an answer waits for a collection when the block ends: any thread may run that, and must not end it."""
    gc.collect()
    with uncollected():
        yield
        gc.set_debug(gc.DEBUG_SAVEALL)
        try:
            gc.collect()
            left = [type(one).__name__ for one in gc.garbage if isinstance(one, QuerySolutions | QueryTriples)]
        finally:
            gc.set_debug(0)
            gc.garbage.clear()
    assert left == []
