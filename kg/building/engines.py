"""Where papers are read: each engine takes a reader and batches, and gives what the reader makes of them, in any order.

>>> sorted(ENGINES)
['local', 'ray']
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kg.building.raydata import read_ray
from kg.errors import KgError
from kg.extract.workers import read_parallel

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.extract.workers import Engine


def local(jobs: int) -> Engine:
    """Read with processes of this machine."""
    return partial(read_parallel, jobs=jobs)


def ray(jobs: int) -> Engine:
    """Read with actors of Ray, here or on a cluster."""
    return partial(read_ray, jobs=jobs)


ENGINES: dict[str, Callable[[int], Engine]] = {"local": local, "ray": ray}
"""Engines by name, each made for a number of jobs."""


def engine_of(name: str, jobs: int) -> Engine:
    """Return an engine by name.

    Raises:
        KgError: There is none of this name.
    """
    if name not in ENGINES:
        raise KgError(f"no engine {name!r}: there are {', '.join(ENGINES)}")
    return ENGINES[name](jobs)
