"""The graph as a web site and a SPARQL endpoint, safe by default.

:func:`create_app` makes the application, for any ASGI server; :func:`serve` runs it; :class:`Limits` says what a query
may take. They need the extra ``serve``, and are loaded when they are first used: query processes need none of them.

>>> Limits().seconds
10
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.errors import MissingExtra
from kg.serve.limits import Limits

if TYPE_CHECKING:
    from kg.serve.app import create_app
    from kg.serve.server import serve

__all__ = ["Limits", "create_app", "serve"]

_DOORS = {"create_app": "kg.serve.app", "serve": "kg.serve.server"}


def __getattr__(name: str) -> Any:
    if name not in _DOORS:
        raise AttributeError(f"module 'kg.serve' has no attribute {name!r}")
    try:
        return getattr(import_module(_DOORS[name]), name)
    except ModuleNotFoundError as error:
        if error.name not in {"starlette", "uvicorn", "h11"}:
            raise
        raise MissingExtra("serving a graph needs Starlette and uvicorn: pip install 'paperkg[serve]'") from None
