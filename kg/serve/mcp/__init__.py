"""The graph for programs that talk the Model Context Protocol: tools to search, look up and cite, all read-only.

:func:`create_server` makes the server, for any transport of the ``mcp`` package; :func:`serve_stdio` runs it on
standard input and output, as ``kg mcp`` does. They need the extra ``mcp``, and are loaded when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.errors import MissingExtra
from kg.serve.limits import Limits

if TYPE_CHECKING:
    from kg.serve.mcp.server import create_server, serve_stdio

__all__ = ["LIMITS", "create_server", "serve_stdio"]

LIMITS = Limits(workers=2, rows=1_000, answer_bytes=256 << 10, patience=20)
"""What a SPARQL query of the tools may take: less than one of ``kg serve``, since a model reads the answer."""

_DOORS = ("create_server", "serve_stdio")


def __getattr__(name: str) -> Any:
    if name not in _DOORS:
        raise AttributeError(f"module 'kg.serve.mcp' has no attribute {name!r}")
    try:
        return getattr(import_module("kg.serve.mcp.server"), name)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"mcp", "mcp_types", "pydantic", "anyio"}:
            raise
        raise MissingExtra("kg mcp needs the Model Context Protocol's package: pip install 'paperkg[mcp]'") from None
