"""Query processes come and go; what is asked of the pool is answered or told why not."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.errors import KgError, QueryRefused
from kg.graph import Graph
from kg.rdf import disk_store
from kg.serve import Limits
from kg.serve.errors import FormatRefused, QueryFailed, QueryTookTooLong, ServerBusy
from kg.serve.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are of Unix")
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ANY = "ASK { ?s ?p ?o }"


@pytest.fixture(scope="module")
def store(folder: Path) -> Path:
    return disk_store(Graph.open(folder))


def with_pool(store: Path, scenario: Callable[[Pool], Awaitable[None]], **limits: float) -> None:
    """Play a scenario with one process, which in the end is back and has left nothing."""

    async def play() -> None:
        chosen = Limits(**{"workers": 1, "seconds": 60, "patience": 60} | limits)  # type: ignore[arg-type]
        async with Pool(store, chosen) as pool:
            await scenario(pool)
            assert await answered(pool) == b"true"
            assert pool.busy == []
            assert list(pool.answers.iterdir()) == []
        assert not pool.answers.exists()

    asyncio.run(play())


async def ask(pool: Pool, query: str) -> bytes:
    _, file = await pool.answer(query, "text/csv", None)
    try:
        return file.read_bytes()
    finally:
        file.unlink()


async def answered(pool: Pool) -> bytes:
    """The answer of the next process, as soon as there is one."""
    while True:
        try:
            return await ask(pool, ANY)
        except ServerBusy:
            await asyncio.sleep(0)


async def begun(pool: Pool) -> asyncio.Task[bytes]:
    task = asyncio.create_task(ask(pool, ENDLESS))
    while not pool.busy:  # noqa: ASYNC110 - one turn of the loop
        await asyncio.sleep(0)
    return task


def test_a_process_that_is_killed_is_replaced(store: Path) -> None:
    async def scenario(pool: Pool) -> None:
        task = await begun(pool)
        os.kill(pool.busy[0], signal.SIGKILL)
        with pytest.raises(QueryFailed, match="failed"):
            await task

    with_pool(store, scenario)


def test_a_query_that_nobody_waits_for_is_stopped(store: Path) -> None:
    async def scenario(pool: Pool) -> None:
        task = await begun(pool)
        (process,) = pool.busy
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)

    with_pool(store, scenario)


def test_a_query_out_of_time_is_stopped(store: Path) -> None:
    async def scenario(pool: Pool) -> None:
        with pytest.raises(QueryTookTooLong, match="2 seconds"):
            await ask(pool, ENDLESS)

    with_pool(store, scenario, seconds=2)


def test_processor_time_is_limited_too(store: Path) -> None:
    """Should the server be killed, its queries end by themselves."""

    async def scenario(pool: Pool) -> None:
        task = await begun(pool)
        os.kill(pool.busy[0], signal.SIGXCPU)
        with pytest.raises(QueryTookTooLong):
            await task

    with_pool(store, scenario)


def test_who_waits_too_long_is_told(store: Path) -> None:
    async def scenario(pool: Pool) -> None:
        task = await begun(pool)
        with pytest.raises(ServerBusy, match="again"):
            await ask(pool, ANY)
        task.cancel()

    with_pool(store, scenario, patience=0.1)


def test_only_some_may_wait(store: Path) -> None:
    async def scenario(pool: Pool) -> None:
        task = await begun(pool)
        second = asyncio.create_task(ask(pool, ANY))
        await asyncio.sleep(0)
        with pytest.raises(ServerBusy):
            await ask(pool, ANY)
        task.cancel()
        assert await second == b"true"

    with_pool(store, scenario, waiting=1)


def test_refusals_leave_the_process_alone(store: Path) -> None:
    async def scenario(pool: Pool) -> None:
        with pytest.raises(QueryRefused, match="read-only"):
            await ask(pool, "CLEAR ALL")
        with pytest.raises(FormatRefused, match="text/turtle"):
            await ask(pool, "DESCRIBE <http://e.org/>")
        with pytest.raises(QueryRefused, match="line 1"):
            await ask(pool, "SELECT \x00 {")

    with_pool(store, scenario)


def test_a_store_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    async def open_it() -> None:
        async with Pool(tmp_path / "none", Limits(workers=2)):
            pytest.fail("there is no store")

    with pytest.raises(KgError, match="no query process opens"):
        asyncio.run(open_it())
