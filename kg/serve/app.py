"""The application: which address is answered by what, and what stands before all of them."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from kg.api import load
from kg.errors import KgError
from kg.rdf import disk_store
from kg.serve.errors import Unanswered, status_of
from kg.serve.gates import AccessLog, SafeHeaders, TokenGate
from kg.serve.limits import Limits
from kg.serve.pool import Pool
from kg.serve.site import Site
from kg.serve.sparql import MAX_ROWS, METHODS, sparql

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from kg.progress import Progress

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_LOOPBACK_PAGES = r"https?://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?"


def create_app(
    folder: str | Path,
    *,
    limits: Limits | None = None,
    store: str | Path | None = None,
    token: str | None = None,
    hosts: Sequence[str] = LOOPBACK,
    cors: Sequence[str] = (),
    progress: Progress | None = None,
) -> Starlette:
    """Make the application that serves a build folder.

    Args:
        folder: A folder that :func:`kg.build` wrote.
        limits: What a query may take.
        store: Where to keep the SPARQL store; in the build folder by default.
        token: What clients must show; nothing by default.
        hosts: The names by which it may be called (the Host header); ``*`` allows any.
        cors: The origins whose pages may read answers, besides those of this machine; ``*`` allows any.
        progress: Called while the store is made, with ``"load"``, the bytes read, and of how many.

    Raises:
        BuildFolderError: The folder is no build, is damaged, or has no room for the store.
    """
    graph, limits = load(folder), limits or Limits()
    path = disk_store(graph, Path(store) if store else None, progress)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with Pool(path, limits) as pool:
            app.state.site = Site(graph, pool, limits)
            yield

    return Starlette(
        routes=[*ROUTES],
        middleware=_middleware(token, hosts, cors),
        exception_handlers={KgError: _explain, ClientDisconnect: _nobody, HTTPException: _http},
        lifespan=lifespan,
    )


def _middleware(token: str | None, hosts: Sequence[str], cors: Sequence[str]) -> list[Middleware]:
    """List what a request passes, in order; who needs a token may as well be read from any page that has it."""
    origins = [*cors] if token is None else ["*"]
    sharing = Middleware(
        CORSMiddleware,
        allow_origins=origins,
        allow_origin_regex=_LOOPBACK_PAGES,
        allow_methods=METHODS,
        allow_headers=["Authorization"],
        expose_headers=[MAX_ROWS, "Link", "Retry-After"],
    )
    gates = [Middleware(AccessLog), Middleware(SafeHeaders)]
    gates += [Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False), sharing]
    return gates if token is None else [*gates, Middleware(TokenGate, token=token)]


def _explain(request: Request, error: Exception) -> Response:  # noqa: ARG001 - as Starlette calls it
    """Tell the client in one line what is wrong."""
    assert isinstance(error, KgError)  # noqa: S101 - it is registered for these
    headers = error.headers if isinstance(error, Unanswered) else {}
    return PlainTextResponse(f"{error}\n", status_of(error), headers)


def _http(request: Request, error: Exception) -> Response:
    """Tell of an address or a method that there is not; OPTIONS is answered by what there is."""
    assert isinstance(error, HTTPException)  # noqa: S101 - it is registered for these
    if request.method == "OPTIONS" and error.status_code == 405:
        return Response(status_code=204, headers=error.headers)
    return PlainTextResponse(f"{error.detail}\n", error.status_code, error.headers)


def _nobody(request: Request, error: Exception) -> Response:  # noqa: ARG001 - as Starlette calls it
    """Answer a client that has gone."""
    return Response(status_code=499)


ROUTES = (Route("/sparql", sparql, methods=METHODS),)
"""Every address that there is."""
