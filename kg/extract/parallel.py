"""Papers read on all cores, in their order."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pyarrow as pa
from msgspec.structs import replace

from kg.extract.batches import PAPERS, Extractor, unpack
from kg.extract.workers import read_parallel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.types import Extraction, Paper


def extract_parallel(
    papers: Iterable[Paper],
    model: str = "fast",
    jobs: int = 1,
    *,
    min_confidence: float | None = None,
    on_failure: Callable[[Paper, str], None] = lambda *_: None,
) -> Iterator[Extraction]:
    """Read papers with ``jobs`` processes; the extractions and their order are those of :func:`kg.extract.extract`.

    Args:
        papers: Any stream of papers; only a few batches are taken ahead.
        model: ``fast`` or ``accurate``.
        jobs: How many processes read.
        min_confidence: The least confidence that a mention may have; None takes the one chosen in training.
        on_failure: Takes a paper that no process could read, and the reason; it is left out.

    Raises:
        ModelError: There is no such model.
        KgError: Paper after paper fails.
    """
    read = Extractor(model, min_confidence)
    asked = _Asked(papers, read.batch)
    read.name  # noqa: B018 - so that a wrong model is told before anything is started
    for table in read_parallel(
        read, asked.batches(), lambda row, reason: on_failure(asked.lost(row), reason), jobs=jobs
    ):
        yield from asked.answered(table)
    yield from asked.rest()


class _Asked:
    """Papers under way, by their number in the stream, and what came back of them; a key is that number here."""

    def __init__(self, papers: Iterable[Paper], size: int) -> None:
        self._numbered, self._size = enumerate(papers), size
        self._waiting: dict[int, Paper] = {}
        self._found: dict[int, bytes | None] = {}
        self._next = 0

    def batches(self) -> Iterator[pa.Table]:
        while chunk := list(islice(self._numbered, self._size)):
            self._waiting.update(chunk)
            rows = [(_key(number), paper.title, paper.abstract) for number, paper in chunk]
            yield pa.table(list(map(list, zip(*rows, strict=True))), schema=PAPERS)

    def lost(self, row: pa.Table) -> Paper:
        number = _number(row.column("key")[0].as_py())
        self._found[number] = None
        return self._waiting[number]

    def answered(self, table: pa.Table) -> Iterator[Extraction]:
        """Take what came back, and give what is next in the order."""
        keys, packed = (table.column(name).to_pylist() for name in ("key", "extraction"))
        self._found.update(zip(map(_number, keys), packed, strict=True))
        yield from self.rest()

    def rest(self) -> Iterator[Extraction]:
        while self._next in self._found:
            found, paper = self._found.pop(self._next), self._waiting.pop(self._next)
            self._next += 1
            if found is not None:
                yield replace(unpack(found), paper=paper.id)


def _key(number: int) -> bytes:
    return number.to_bytes(32, "big")


def _number(key: bytes) -> int:
    return int.from_bytes(key, "big")
