"""paperkg: a knowledge graph from paper abstracts, without a service.

>>> import kg
>>> kg.__version__.count(".")
2

The doors, each loaded when it is first used: :func:`kg.build`, :func:`kg.add`, :func:`kg.remove`, :func:`kg.load`,
:mod:`kg.extract`, :class:`kg.Graph`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.api import Graph, load
    from kg.pipeline import Config, add, build, import_rdf, remove

__version__ = "0.1.0"
__all__ = ["Config", "Graph", "KgError", "__version__", "add", "build", "import_rdf", "load", "remove"]

_DOORS = {
    **dict.fromkeys(("build", "add", "remove", "import_rdf", "Config"), "kg.pipeline"),
    **dict.fromkeys(("load", "Graph"), "kg.api"),
}
_ROOMS = ("papers", "extract", "resolve", "graph", "rdf", "export", "view", "analyze", "serve", "fetch")


def __getattr__(name: str) -> Any:
    if name in _DOORS:
        return getattr(import_module(_DOORS[name]), name)
    if name in _ROOMS:
        return import_module(f"kg.{name}")
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
