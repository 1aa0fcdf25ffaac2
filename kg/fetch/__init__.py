"""Papers from where they are published: ask arXiv or OpenAlex, and keep the answers as JSON Lines for ``kg build``.

:func:`fetch` does it, politely, and goes on where it was cut off. It needs the extra ``fetch``, which is loaded when it
is first used. It is the only room that talks to the network.

>>> Request("arxiv", "cat:cs.CL").order
'newest'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.errors import MissingExtra
from kg.fetch.pages import Page, Request

if TYPE_CHECKING:
    from kg.fetch.fetching import SOURCES, Fetched, fetch
    from kg.fetch.session import Session

__all__ = ["SOURCES", "Fetched", "Page", "Request", "Session", "fetch"]

_DOORS = dict.fromkeys(("SOURCES", "Fetched", "fetch"), "kg.fetch.fetching") | {"Session": "kg.fetch.session"}


def __getattr__(name: str) -> Any:
    if name not in _DOORS:
        raise AttributeError(f"module 'kg.fetch' has no attribute {name!r}")
    try:
        return getattr(import_module(_DOORS[name]), name)
    except ModuleNotFoundError as error:
        if error.name not in {"arxiv", "pyalex", "requests", "urllib3", "lxml"}:
            raise
        raise MissingExtra("fetching needs the clients of arXiv and OpenAlex: pip install 'paperkg[fetch]'") from None
