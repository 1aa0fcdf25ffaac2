"""A query process, as the server sees it."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

import msgspec

from kg.errors import KgError
from kg.serve.jobs import Done, Failed, Job
from kg.serve.worker import READY

if TYPE_CHECKING:
    from pathlib import Path

    from kg.serve.jobs import Reply

_START = 60  # seconds: a machine under load is slow
_GRACE = 5
_replies: msgspec.json.Decoder[Any] = msgspec.json.Decoder(Done | Failed)


class QueryProcess:
    """One process that answers a job at a time."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, store: Path, memory: int) -> Self:
        """Start a process and wait until it has opened the store.

        Raises:
            KgError: It ended instead, or takes for ever.
        """
        command = (sys.executable, "-P", "-m", "kg.serve.worker", str(store), str(memory))
        pipe = asyncio.subprocess.PIPE
        env = {**os.environ, "RUST_BACKTRACE": "0"}  # the engine says enough when it runs out of memory
        started = cls(await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, env=env))
        line = b""
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(_START):
                    line = await started._line()
        finally:
            if line != READY:
                code = await started.end()
        if line == READY:
            return started
        raise KgError(f"no query process opens {store} (exit code {code}): remove this store and start again")

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        """Whether somebody ended it."""
        return self._process.returncode is not None

    async def ask(self, job: Job) -> Reply | None:
        """Let it answer a job; None where the process ends instead."""
        assert self._process.stdin is not None  # noqa: S101 - it is a pipe
        with suppress(ConnectionError):
            self._process.stdin.write(msgspec.json.encode(job) + b"\n")
            await self._process.stdin.drain()
            if line := await self._line():
                reply: Reply = _replies.decode(line)
                return reply
        return None

    async def end(self) -> int:
        """End it, whatever it does; return its exit code, or minus the number of the signal that ended it."""
        assert self._process.stdout is not None  # noqa: S101 - it is a pipe
        if self._process.stdout.at_eof():  # it ends by itself; a signal now would take its exit code from asyncio
            with suppress(TimeoutError):
                async with asyncio.timeout(_GRACE):
                    return await self._process.wait()
        with suppress(ProcessLookupError):
            self._process.kill()
        return await self._process.wait()

    async def _line(self) -> bytes:
        assert self._process.stdout is not None  # noqa: S101 - it is a pipe
        return await self._process.stdout.readline()
