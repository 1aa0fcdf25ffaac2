"""The process that runs queries: it may be killed at any moment, and nothing is lost but the query at hand.

``python -m kg.serve.worker STORE MEMORY`` opens a store read-only, says ``ready``, and answers a line of JSON (a
:class:`kg.serve.jobs.Job`) with a line of JSON, until its input ends.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from pathlib import Path
from typing import IO

import msgspec
from pyoxigraph import Store

from kg.rdf.guard import checked
from kg.serve.answering import answer
from kg.serve.jobs import Failed, Job, Reply

READY = b"ready\n"
_PR_SET_PDEATHSIG = 1
_GRACE = 2


def main() -> None:
    """Answer jobs until there are no more."""
    folder, memory = sys.argv[1:]
    replies = _own_stdout()
    _die_with_the_server()
    store = Store.read_only(folder)
    checked("ASK {}")  # makes the parser ready
    _limit_memory(int(memory) << 20)
    replies.write(READY)
    for line in sys.stdin.buffer:
        job = msgspec.json.decode(line, type=Job)
        _limit_time(job.seconds)
        replies.write(msgspec.json.encode(work(store, job)) + b"\n")


def work(store: Store, job: Job) -> Reply:
    """Answer a job into its file; whatever goes wrong becomes a reply."""
    try:
        with Path(job.output).open("wb") as stream:
            return answer(store, job, stream)
    except MemoryError:
        return Failed(why="memory", message="")
    except Exception as error:  # noqa: BLE001 - the engine raises errors of many kinds, and the client waits
        return Failed(why="error", message=f"{type(error).__name__}: {error}")


def _own_stdout() -> IO[bytes]:
    """Keep standard output for replies: whatever else is printed goes to standard error."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return replies


def _die_with_the_server() -> None:
    """Ask Linux for a kill when the server is killed; elsewhere the end of the input, or of the time, does it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's business
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _limit_memory(size: int) -> None:
    """Let the heap grow by no more than this; the engine then ends the process, and Python raises MemoryError."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not everywhere

        most = _in_use() + size
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _in_use() -> int:
    """Return the size of the heap in bytes; zero where the system does not tell."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[5]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _limit_time(seconds: float) -> None:
    """Let the system kill the process when its query takes too long, should the server not be there to do it."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not everywhere

        used = resource.getrusage(resource.RUSAGE_SELF)
        end = int(used.ru_utime + used.ru_stime + seconds) + _GRACE
        resource.setrlimit(resource.RLIMIT_CPU, (end, resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    main()
