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
    from kg.extract.pipeline import MODELS, extract, load, version_of

__all__ = ["MODELS", "extract", "extract_parallel", "load", "version_of"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        module = "kg.extract.parallel" if name == "extract_parallel" else "kg.extract.pipeline"
        return getattr(import_module(module), name)
    raise AttributeError(f"module 'kg.extract' has no attribute {name!r}")
