"""How much memory a command takes at its peak, all its processes together: ``python -m tests.bench.memory COMMAND…``.

Memory is the proportional set size that the kernel counts (``/proc/PID/smaps_rollup``): a page that two processes share
counts half for each, so that the sum is what the machine gives away. Linux only.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_EVERY = 0.1


class Measured(NamedTuple):
    """What a command took: seconds by the clock, seconds of CPU, bytes at the peak, and how long after the start."""

    seconds: float
    cpu: float
    peak: int
    after: float


def measure(command: Sequence[str]) -> Measured:
    """Run a command to its end, which must be a good one."""
    started, peak, after = perf_counter(), 0, 0.0
    with subprocess.Popen(command) as process:
        while process.poll() is None:
            if (now := sum(map(held, tree(process.pid)))) > peak:
                peak, after = now, perf_counter() - started
            try:
                process.wait(_EVERY)
            except subprocess.TimeoutExpired:
                continue
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Measured(perf_counter() - started, used.ru_utime + used.ru_stime, peak, after)


def tree(root: int) -> Iterator[int]:
    """List a process and all that it started."""
    yield root
    try:
        tasks = list(Path(f"/proc/{root}/task").iterdir())
        children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return
    for child in children:
        yield from tree(child)


def held(process: int) -> int:
    """Return the memory of one process in bytes; none when it is gone."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    took = measure(sys.argv[1:])
    print(
        f"{took.seconds:.1f} s, CPU {took.cpu:.1f} s, {took.peak / 1e6:,.0f} MB at the peak, after {took.after:.1f} s"
    )
