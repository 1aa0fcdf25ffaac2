"""Following a build folder: when a new build takes its place, the server changes over to it between two requests."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, Self

from kg.errors import KgError
from kg.rdf import disk_store
from kg.serve.pool import Pool
from kg.serve.site import Site

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from pathlib import Path

    from kg.api import Graph
    from kg.serve.limits import Limits
    from kg.serve.mcp.source import Source

_log = logging.getLogger("kg.serve")
_LOOK = 2  # seconds between two looks at the folder


class Following:
    """The site of a build folder as it is now; use it as an asynchronous context.

    Args:
        source: Where the graph is.
        limits: What a query may take.
        place: Where to keep the SPARQL store; in the build folder by default.
    """

    site: Site

    def __init__(self, source: Source, limits: Limits, place: Path | None) -> None:
        self._source, self._limits, self._place = source, limits, place
        self._tasks: set[asyncio.Task[None]] = set()
        self._left: set[Pool] = set()
        self._changing = asyncio.Lock()

    async def __aenter__(self) -> Self:
        """Open the site.

        Raises:
            KgError: The store cannot be made, or no query process opens it.
        """
        self.site = await self._open(self._source.graph())
        self._keep(self._follow())
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(pool.__aexit__() for pool in (self.site.pool, *self._left)))

    async def look(self) -> bool:
        """Change over to a new build, if there is one; tell whether there was.

        Raises:
            KgError: What is there now cannot be served; the old site stands.
        """
        async with self._changing:
            graph = await asyncio.to_thread(self._source.graph)
            if graph is self.site.graph:
                return False
            old, self.site = self.site, await self._open(graph)
        _log.info("a new build has taken the place of the old one")
        self._left.add(old.pool)
        self._keep(self._leave(old.pool))
        return True

    async def _open(self, graph: Graph) -> Site:
        store = await asyncio.to_thread(disk_store, graph, self._place)
        return Site(graph, await Pool(store, self._limits).__aenter__(), self._limits)

    async def _follow(self) -> None:
        said = ""
        while True:
            await asyncio.sleep(_LOOK)
            try:
                await self.look()
            except (KgError, OSError) as error:
                if str(error) != said:
                    said = str(error)
                    _log.warning("the folder is left as it was: %s", said)

    async def _leave(self, pool: Pool) -> None:
        """End the processes of an old build when nobody can be waiting for them any more."""
        await asyncio.sleep(self._limits.seconds + self._limits.patience)
        self._left.discard(pool)
        await pool.__aexit__()

    def _keep(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
