"""Queries, each run in one of a few processes, which is killed and replaced when the query takes too long."""

from __future__ import annotations

import asyncio
import logging
import signal
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Self

from kg.errors import KgError, QueryRefused
from kg.serve.errors import FormatRefused, QueryFailed, QueryTookTooLong, ServerBusy
from kg.serve.jobs import Done, Failed, Job
from kg.serve.process import QueryProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.serve.jobs import Reply
    from kg.serve.limits import Limits

_log = logging.getLogger("kg.serve")
_PAUSE = 1  # seconds before another try to start a process
_OUT_OF_MEMORY = {-signal.SIGABRT, -signal.SIGSEGV}
_BUSY = "more queries are waiting than the server takes: ask again in a few seconds"


class Pool:
    """The query processes of a server; use it as an asynchronous context.

    Args:
        store: The folder of the store, which every process opens read-only.
        limits: How many processes, how much time and memory for each query.
    """

    def __init__(self, store: Path, limits: Limits) -> None:
        self.limits = limits
        self._store = store
        self._idle: asyncio.Queue[QueryProcess] = asyncio.Queue()
        self._busy: set[QueryProcess] = set()
        self._replacing: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._numbers = count()
        self._folder = TemporaryDirectory(prefix="paperkg-answers-")
        self.answers = Path(self._folder.name)

    async def __aenter__(self) -> Self:
        """Start all processes.

        Raises:
            KgError: One of them cannot open the store.
        """
        starts = (self._start() for _ in range(self.limits.workers))
        try:
            failed = [error for error in await asyncio.gather(*starts, return_exceptions=True) if error is not None]
        except asyncio.CancelledError:
            await self.__aexit__()
            raise
        if failed:
            await self.__aexit__()
            raise failed[0]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._replacing:
            task.cancel()
        await asyncio.gather(*self._replacing, return_exceptions=True)
        idle = [self._idle.get_nowait() for _ in range(self._idle.qsize())]
        await asyncio.gather(*(process.end() for process in [*idle, *self._busy]))
        self._folder.cleanup()

    async def answer(
        self,
        query: str,
        results: str | None,
        graphs: str | None,
        *,
        rows: int | None = None,
    ) -> tuple[Done, Path]:
        """Answer a query into a file, which is the caller's to remove.

        Args:
            query: The SPARQL text, unchecked.
            results: The media type to answer SELECT and ASK in; None where the client takes none.
            graphs: The media type to answer CONSTRUCT and DESCRIBE in; None likewise.
            rows: The most rows to answer; no more than the limit of the server.

        Raises:
            QueryRefused: The query is none, or asks for what the server does not do.
            FormatRefused: It is of the kind for which the client takes no format.
            QueryTookTooLong: It was killed when its time was up.
            QueryFailed: It needed too much memory, or the engine failed.
            ServerBusy: Too many are waiting already, or its turn did not come.
        """
        limits, output = self.limits, self.answers / str(next(self._numbers))
        job = Job(
            query=query,
            results=results,
            graphs=graphs,
            rows=limits.rows if rows is None else min(rows, limits.rows),
            answer_bytes=limits.answer_bytes,
            seconds=limits.seconds,
            output=str(output),
        )
        with _removed_on_failure(output):
            reply = await self._run(job)
            if isinstance(reply, Done):
                return reply, output
            raise _error(reply, limits)

    @property
    def busy(self) -> list[int]:
        """The numbers of the processes that run a query now."""
        return [process.pid for process in self._busy]

    async def _run(self, job: Job) -> Reply:
        process, reply = await self._turn(), None
        self._busy.add(process)
        try:
            async with asyncio.timeout(self.limits.seconds):
                reply = await process.ask(job)
        except TimeoutError:
            raise QueryTookTooLong(_too_long(self.limits)) from None
        finally:
            self._busy.discard(process)
            if reply is None:  # it took too long, it ended, or nobody waits for the answer any more
                code = await self._replace(process)
            else:
                self._idle.put_nowait(process)
        return reply or _died(code)

    async def _turn(self) -> QueryProcess:
        """Wait for an idle process."""
        if self._waiting >= self.limits.waiting:
            raise ServerBusy(_BUSY)
        self._waiting += 1
        try:
            async with asyncio.timeout(self.limits.patience):
                while (process := await self._idle.get()).has_ended:
                    await self._replace(process)
                return process
        except TimeoutError:
            raise ServerBusy(_BUSY) from None
        finally:
            self._waiting -= 1

    async def _start(self) -> None:
        self._idle.put_nowait(await QueryProcess.start(self._store, self.limits.memory))

    async def _replace(self, process: QueryProcess) -> int:
        task = asyncio.create_task(self._start_again())
        self._replacing.add(task)
        task.add_done_callback(self._replacing.discard)
        return await process.end()

    async def _start_again(self) -> None:
        while True:
            try:
                return await self._start()
            except (KgError, OSError) as error:
                _log.error("%s", error)
                await asyncio.sleep(_PAUSE)


@contextmanager
def _removed_on_failure(file: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def _died(code: int) -> Reply:
    if code in _OUT_OF_MEMORY:
        return Failed(why="memory", message="")
    if code == -signal.SIGXCPU:
        return Failed(why="time", message="")
    return Failed(why="error", message="the process that ran it was killed")


def _too_long(limits: Limits) -> str:
    return f"the query took longer than {limits.seconds:g} seconds and was stopped: ask for less, or add LIMIT"


def _error(reply: Failed, limits: Limits) -> KgError:
    match reply.why:
        case "refused":
            return QueryRefused(reply.message)
        case "format":
            return FormatRefused(reply.message)
        case "time":
            return QueryTookTooLong(_too_long(limits))
        case "memory":
            return QueryFailed(f"the query needed more than {limits.memory} MiB of memory: ask for less")
        case "error":
            _log.error("a query failed: %s", reply.message)
            return QueryFailed("the query failed; the server's log tells more")
