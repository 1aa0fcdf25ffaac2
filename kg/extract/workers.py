"""Batches read on all cores of this machine, by processes that may die or hang.

Each worker has one batch at a time, so that memory does not grow with the corpus. A batch whose worker died or said
nothing for too long is read again by a fresh one; what fails twice is read in halves, until the paper that does it is
found. The others lose nothing by it.
"""

from __future__ import annotations

import signal
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from math import inf
from multiprocessing import get_context
from multiprocessing.connection import wait
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    import pyarrow as pa

    from kg.extract.batches import Reader

    OnFailure = Callable[[pa.Table, str], None]
    Engine = Callable[[Reader, Iterable[pa.Table], OnFailure], Iterator[pa.Table]]
    """Where batches are read: it gives what the reader makes of each, in any order."""

MOST_FAILED = 20
"""So many papers may fail before it is no longer the papers that are to blame."""
_TRIES = 2
_MOST_UNBORN = 3
_UNBORN = (
    "the processes that should read do not start: in a script, call kg.build under if __name__ == '__main__', "
    "or read with jobs=1"
)
_CONTEXT = get_context("spawn")


class Patience(NamedTuple):
    """How many seconds a worker may say nothing: to start or begin, and for each paper of its batch."""

    start: float = 120
    each: float = 2


def read_here(read: Reader, batches: Iterable[pa.Table], on_failure: OnFailure) -> Iterator[pa.Table]:
    """Read batches in this process, in order; a paper that raises is handed to ``on_failure`` with the reason."""
    tries = _Tries(map(_Task, batches), on_failure)
    while tries.left():
        task = tries.take()
        try:
            yield read(task.papers)
        except KgError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever one paper does, the others are read
            tries.failed(task, _said(error), certain=True)


def read_parallel(
    read: Reader,
    batches: Iterable[pa.Table],
    on_failure: OnFailure,
    *,
    jobs: int,
    patience: Patience | None = None,
) -> Iterator[pa.Table]:
    """Read batches with ``jobs`` processes, in the order in which they are done; a single batch is read in this one.

    Args:
        read: What reads them.
        batches: Tables of papers; only a few are taken ahead.
        on_failure: Takes a paper that cannot be read, as a table of one row, and the reason.
        jobs: How many processes.
        patience: How long to wait for one.

    Raises:
        KgError: Workers do not start, or paper after paper fails: then it is not the papers.
    """
    stream = iter(batches)
    head = list(islice(stream, 2))
    stream = chain(head, stream)
    if jobs == 1 or len(head) < 2:
        yield from read_here(read, stream, on_failure)
        return
    pool = _Pool(read, jobs, patience or Patience())
    try:
        yield from pool.run(_Tries(map(_Task, stream), on_failure))
    finally:
        pool.close()


class _Task(NamedTuple):
    papers: pa.Table
    tries: int = 0


class _Tries:
    """What is to be read: what failed comes first, then what is new."""

    def __init__(self, fresh: Iterator[_Task], on_failure: OnFailure) -> None:
        self._fresh, self._on_failure = fresh, on_failure
        self._again: deque[_Task] = deque()
        self._failed = 0

    def left(self) -> bool:
        """Tell whether there is something to read."""
        if not self._again:
            self._again.extend(islice(self._fresh, 1))
        return bool(self._again)

    def take(self) -> _Task:
        return self._again.popleft()

    def failed(self, task: _Task, reason: str, *, certain: bool) -> None:
        """Decide what becomes of a batch that was not read; ``certain`` when to read it again would be no use."""
        tries, rows = (_TRIES if certain else task.tries + 1), len(task.papers)
        if tries < _TRIES:
            self._again.append(_Task(task.papers, tries))
        elif rows > 1:
            half = rows // 2
            self._again.extend(_Task(task.papers.slice(*part), tries - 1) for part in ((0, half), (half, rows)))
        else:
            self._report(task, reason)

    def _report(self, task: _Task, reason: str) -> None:
        self._failed += 1
        if self._failed > MOST_FAILED:
            raise KgError(
                f"the extractor fails on paper after paper ({reason}): install paperkg again, or use --jobs 1"
            )
        self._on_failure(task.papers, reason)


@dataclass(eq=False)
class _Worker:
    process: BaseProcess
    pipe: Connection[Any, Any]
    deadline: float
    ready: bool = False
    task: _Task | None = None

    def hear(self) -> tuple[pa.Table | None, str]:
        """Take what the process sent: a table, or a reason.

        Raises:
            OSError: It is dead.
        """
        try:
            found: tuple[pa.Table | None, str] = self.pipe.recv()
        except (EOFError, OSError) as error:
            raise OSError from error
        self.ready, self.deadline = True, inf
        return found

    def give(self, task: _Task, seconds: float) -> None:
        self.task, self.deadline = task, monotonic() + seconds
        with suppress(OSError):  # it is dead, which will be heard
            self.pipe.send(task.papers)

    def kill(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class _Pool:
    def __init__(self, read: Reader, jobs: int, patience: Patience) -> None:
        self._read, self._jobs, self._patience = read, jobs, patience
        self._workers: list[_Worker] = []
        self._unborn = 0

    def run(self, tries: _Tries) -> Iterator[pa.Table]:
        while tries.left() or any(worker.task for worker in self._workers):
            self._hand_out(tries)
            first = min(worker.deadline for worker in self._workers)
            heard = wait(
                [worker.pipe for worker in self._workers], None if first == inf else max(0.0, first - monotonic())
            )
            for worker in [worker for worker in self._workers if worker.pipe in heard]:
                yield from self._heard(worker, tries)
            for worker in [worker for worker in self._workers if worker.deadline < monotonic()]:
                self._lost(worker, tries, "its process hung")

    def close(self) -> None:
        for worker in self._workers:
            worker.kill()

    def _hand_out(self, tries: _Tries) -> None:
        """Start the workers that are missing, and give the idle ones something to read."""
        while len(self._workers) < self._jobs:
            self._workers.append(self._start())
        for worker in self._workers:
            if worker.ready and worker.task is None and tries.left():
                task = tries.take()
                worker.give(task, self._patience.start + self._patience.each * len(task.papers))

    def _start(self) -> _Worker:
        ours, theirs = _CONTEXT.Pipe()
        process = _CONTEXT.Process(target=_serve, args=(theirs, self._read), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours, monotonic() + self._patience.start)

    def _heard(self, worker: _Worker, tries: _Tries) -> Iterator[pa.Table]:
        try:
            found, reason = worker.hear()
        except OSError:
            self._lost(worker, tries, "its process died")
            return
        task, worker.task = worker.task, None
        self._unborn = 0
        if found is not None:
            yield found
        elif task is not None:
            tries.failed(task, reason, certain=True)

    def _lost(self, worker: _Worker, tries: _Tries, reason: str) -> None:
        """Bury a worker; its batch is read again."""
        self._workers.remove(worker)
        worker.kill()
        if worker.task is not None:
            tries.failed(worker.task, reason, certain=False)
        elif not worker.ready:
            self._unborn += 1
            if self._unborn >= _MOST_UNBORN:
                raise KgError(_UNBORN)


def _serve(pipe: Connection[Any, Any], read: Reader) -> None:
    """Read what the pipe brings until it is closed; the keyboard's interrupt is for the process that asked."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pipe.send((None, ""))
    with suppress(EOFError, OSError):
        while True:
            pipe.send(_answer(read, pipe.recv()))


def _answer(read: Reader, papers: pa.Table) -> tuple[pa.Table | None, str]:
    try:
        return read(papers), ""
    except Exception as error:  # noqa: BLE001 - whatever one paper does, the others are read
        return None, _said(error)


def _said(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"
