"""The making of a build folder: one module a step, each of which reads what earlier ones left and leaves its own.

>>> [name for name, _ in STEPS]
['read', 'extract', 'resolve', 'tables', 'rdf', 'pages']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.building.config import Config
from kg.building.extract import extract
from kg.building.job import Job
from kg.building.pages import pages
from kg.building.rdf import rdf
from kg.building.read import read
from kg.building.resolve import resolve
from kg.building.tables import tables

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["STEPS", "Config", "Job"]

STEPS: tuple[tuple[str, Callable[[Job], None]], ...] = (
    ("read", read),
    ("extract", extract),
    ("resolve", resolve),
    ("tables", tables),
    ("rdf", rdf),
    ("pages", pages),
)
"""The steps of a build, in order."""
