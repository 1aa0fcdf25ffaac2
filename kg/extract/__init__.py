"""The extractor: a spaCy pipeline and its weights, from a paper's text to what it says.

>>> from kg.extract import load
>>> load().pipe_names[-2:]
['kg_relations', 'kg_results']

spaCy is imported when one of these is first used, so that ``import kg`` stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.extract.parallel import extract_parallel
    from kg.extract.pipeline import extract, load
    from kg.extract.shipped import MODELS, version_of

__all__ = ["MODELS", "extract", "extract_parallel", "load", "version_of"]

_ROOMS = {
    "MODELS": "kg.extract.shipped",
    "extract": "kg.extract.pipeline",
    "extract_parallel": "kg.extract.parallel",
    "load": "kg.extract.pipeline",
    "version_of": "kg.extract.shipped",
}


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return getattr(import_module(_ROOMS[name]), name)
    raise AttributeError(f"module 'kg.extract' has no attribute {name!r}")
