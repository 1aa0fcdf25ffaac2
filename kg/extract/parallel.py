"""Reading on all cores: papers go out in chunks to worker processes and come back in order.

Only a few chunks are under way at a time, so that memory does not grow with the corpus.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context
from typing import TYPE_CHECKING

import msgspec

from kg.extract.pipeline import extract
from kg.types import Extraction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.types import Paper

CHUNK = 128
"""Papers that a worker takes at a time; an input of no more is read without workers, which take a second to start."""

_AHEAD = 3
_DECODER = msgspec.msgpack.Decoder(list[Extraction])


def extract_parallel(
    papers: Iterable[Paper], model: str = "fast", jobs: int = 1, *, min_confidence: float | None = None
) -> Iterator[Extraction]:
    """Read papers with ``jobs`` processes; the extractions and their order are those of :func:`kg.extract.extract`.

    Raises:
        ModelError: There is no such model.
    """
    stream = iter(papers)
    head = list(islice(stream, CHUNK + 1))
    stream = chain(head, stream)
    if jobs == 1 or len(head) <= CHUNK:
        yield from extract(stream, model, min_confidence=min_confidence)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        under_way: deque[Future[bytes]] = deque()
        while chunk := list(islice(stream, CHUNK)):
            under_way.append(pool.submit(_read, chunk, model, min_confidence))
            if len(under_way) >= _AHEAD * jobs:
                yield from _DECODER.decode(under_way.popleft().result())
        while under_way:
            yield from _DECODER.decode(under_way.popleft().result())


def _read(chunk: list[Paper], model: str, min_confidence: float | None) -> bytes:
    """Read one chunk in a worker, which keeps its pipeline from chunk to chunk; packed, as pickling takes longer."""
    return msgspec.msgpack.encode(list(extract(chunk, model, min_confidence=min_confidence)))
