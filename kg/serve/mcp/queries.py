"""SPARQL for the tools: the same query processes as those of ``kg serve``, started when the first query comes."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from threading import Thread
from typing import TYPE_CHECKING

from pyoxigraph import QueryBoolean, QueryResultsFormat, RdfFormat, parse, parse_query_results

from kg.rdf import disk_store
from kg.rdf.results import frame
from kg.serve.errors import ServerBusy
from kg.serve.pool import Pool

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph import Frame, Graph
    from kg.serve.limits import Limits
    from kg.serve.mcp.source import Source

_JSON, _TRIPLES = "application/sparql-results+json", "application/n-triples"


class Queries:
    """Answers SPARQL over the graph of a source; close it in the end.

    Args:
        source: Where the graph is.
        limits: What a query may take; ``patience`` is also how long one waits for the store to be made.
        place: Where to keep the store; in the build folder by default.
    """

    def __init__(self, source: Source, limits: Limits, place: Path | None) -> None:
        self.limits = limits
        self._source, self._place = source, place
        self._making: tuple[Graph, Future[Path]] | None = None
        self._share = 0.0
        self._pool: tuple[Path, Pool] | None = None
        self._opening = asyncio.Lock()

    async def answer(self, text: str, rows: int) -> tuple[Frame, bool]:
        """Answer a query with at most ``rows`` rows, and tell whether there are more.

        Raises:
            QueryRefused: The query is none, or asks for what the server does not do.
            QueryTookTooLong: It was killed when its time was up.
            QueryFailed: It needed too much memory, or the engine failed.
            ServerBusy: Too many are waiting already, or the store is still being made.
            BuildFolderError: The store cannot be made.
        """
        pool = await self._ready()
        done, file = await pool.answer(text, _JSON, _TRIPLES, rows=rows)
        try:
            data = await asyncio.to_thread(file.read_bytes)
        finally:
            file.unlink()
        if done.media_type == _TRIPLES:
            return frame(quad.triple for quad in parse(data, RdfFormat.N_TRIPLES)), done.cut
        found = parse_query_results(data, QueryResultsFormat.JSON)
        return frame(found), done.cut and not isinstance(found, QueryBoolean)

    async def close(self) -> None:
        """End the query processes."""
        if self._pool is not None:
            await self._pool[1].__aexit__()
            self._pool = None

    async def _ready(self) -> Pool:
        async with self._opening:
            store = await self._store()
            if self._pool is not None and self._pool[0] != store:
                await self.close()
            if self._pool is None:
                self._pool = (store, await Pool(store, self.limits).__aenter__())
            return self._pool[1]

    async def _store(self) -> Path:
        """Wait for the store, but not for ever: of a large graph it takes minutes to make."""
        graph = self._source.graph()
        if self._making is None or self._making[0] is not graph:
            self._making = (graph, self._make(graph))
        try:
            async with asyncio.timeout(self.limits.patience):
                return await asyncio.shield(asyncio.wrap_future(self._making[1]))
        except TimeoutError:
            done = f"{self._share:.0%} read" if self._share < 1 else "all read, and its indexes are being written"
            told = f"the SPARQL store of this graph is being made ({done})"
            raise ServerBusy(f"{told}: ask again in a minute, or use the other tools, which need no store") from None
        except Exception:
            self._making = None
            raise

    def _make(self, graph: Graph) -> Future[Path]:
        """Make the store in a thread that does not keep the server from ending."""
        making: Future[Path] = Future()

        def progress(_: str, done: int, total: int | None) -> None:
            self._share = done / total if total else 0.0

        def make() -> None:
            try:
                making.set_result(disk_store(graph, self._place, progress))
            except BaseException as error:  # noqa: BLE001 - it is raised where the result is waited for
                making.set_exception(error)

        Thread(target=make, name="making the store", daemon=True).start()
        return making
