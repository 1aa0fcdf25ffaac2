"""The making of a build folder: one module a step, each of which reads what earlier ones left and leaves its own.

>>> [name for name, _ in STEPS]
['read', 'extract', 'resolve', 'tables', 'rdf', 'describe', 'pages', 'seal']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.building.asking import check_how, checked
from kg.building.config import Config, corrected, same_config
from kg.building.describe import describe
from kg.building.engines import ENGINES
from kg.building.extract import extract
from kg.building.job import How, Job
from kg.building.pages import pages
from kg.building.rdf import rdf
from kg.building.read import read
from kg.building.resolve import resolve
from kg.building.restoring import restore
from kg.building.seal import seal
from kg.building.tables import tables
from kg.building.workplace import Workplace, workplace

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "ENGINES",
    "STEPS",
    "Config",
    "How",
    "Job",
    "Workplace",
    "check_how",
    "checked",
    "corrected",
    "restore",
    "same_config",
    "workplace",
]

STEPS: tuple[tuple[str, Callable[[Job], None]], ...] = (
    ("read", read),
    ("extract", extract),
    ("resolve", resolve),
    ("tables", tables),
    ("rdf", rdf),
    ("describe", describe),
    ("pages", pages),
    ("seal", seal),
)
"""The steps of a build, in order."""
