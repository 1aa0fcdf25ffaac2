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
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from kg.errors import KgError
from kg.rdf import disk_store
from kg.serve import api
from kg.serve.errors import Unanswered, status_of
from kg.serve.following import Following
from kg.serve.formats import preferred
from kg.serve.gates import AccessLog, HeadGate, SafeHeaders, TokenGate
from kg.serve.limits import Limits
from kg.serve.mcp.source import Source
from kg.serve.openapi import openapi
from kg.serve.origins import checked_origin
from kg.serve.pages.explorer import explorer, neighbourhood
from kg.serve.pages.files import built_page, data_file, icon_svg, robots_txt, site_css
from kg.serve.pages.home import home
from kg.serve.pages.node import node
from kg.serve.pages.ontology import ontology
from kg.serve.pages.querying import query_css, query_js, query_page
from kg.serve.pages.render import page
from kg.serve.pages.search import search
from kg.serve.pages.void import void
from kg.serve.sending import MAX_ROWS
from kg.serve.site import DATA, site_of
from kg.serve.sparql import METHODS, sparql

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

    from kg.progress import Progress

HEAD_BYTES = 64 << 10
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
        KgError: An origin is none.
    """
    origins = [checked_origin(text) for text in cors]
    source, place = Source(Path(folder)), Path(store) if store else None
    disk_store(source.graph(), place, progress)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[dict[str, Following]]:  # noqa: ARG001 - as Starlette calls it
        async with Following(source, limits or Limits(), place) as following:
            yield {"following": following}

    app = Starlette(
        routes=[*ROUTES],
        middleware=_middleware(token, hosts, origins),
        exception_handlers={KgError: _explain, ClientDisconnect: _nobody, HTTPException: _http},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    return app


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
    gates = [Middleware(AccessLog), Middleware(SafeHeaders), Middleware(HeadGate, most=HEAD_BYTES)]
    gates += [Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False), sharing]
    return gates if token is None else [*gates, Middleware(TokenGate, token=token)]


def _explain(request: Request, error: Exception) -> Response:
    """Tell the client in one line what is wrong: as JSON to programs, on a page to people."""
    assert isinstance(error, KgError)  # noqa: S101 - it is registered for these
    headers = error.headers if isinstance(error, Unanswered) else {}
    return _problem(request, str(error), status_of(error), headers)


def _http(request: Request, error: Exception) -> Response:
    """Tell of an address or a method that there is not; OPTIONS is answered by what there is."""
    assert isinstance(error, HTTPException)  # noqa: S101 - it is registered for these
    if request.method == "OPTIONS" and error.status_code == 405:
        return Response(status_code=204, headers=error.headers)
    return _problem(request, error.detail, error.status_code, error.headers)


def _problem(request: Request, message: str, status: int, headers: Mapping[str, str] | None) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": message}, status, headers)
    headers = {**(headers or {}), "Vary": "Accept"}
    if preferred(request.headers.get("accept"), ["text/plain", "text/html"]) == "text/html":
        return page(site_of(request), "problem", status=status, headers=headers, message=message)
    return PlainTextResponse(f"{message}\n", status, headers)


def _nobody(request: Request, error: Exception) -> Response:  # noqa: ARG001 - as Starlette calls it
    """Answer a client that has gone."""
    return Response(status_code=499)


def _well_known(request: Request) -> Response:  # noqa: ARG001 - as Starlette calls it
    return RedirectResponse("/void", 302)


ROUTES = (
    Route("/", home),
    Route("/search", search),
    Route("/sparql", sparql, methods=METHODS),
    Route("/query", query_page),
    Route("/ontology", ontology),
    Route("/void", void),
    Route("/run/{name}", void),
    *(Route(f"/{name}", data_file) for name in DATA),
    Route("/.well-known/void", _well_known),
    Route("/explorer", explorer),
    Route("/report", built_page),
    Route("/graph", built_page),
    Route("/api/search", api.search),
    Route("/api/entity", api.entity),
    Route("/api/neighbourhood", api.neighbourhood),
    Route("/api/explorer/neighbourhood", neighbourhood),
    Route("/openapi.json", openapi),
    Route("/static/site.css", site_css),
    Route("/static/icon.svg", icon_svg),
    Route("/static/query.js", query_js),
    Route("/static/query.css", query_css),
    Route("/favicon.ico", icon_svg),
    Route("/robots.txt", robots_txt),
    Route("/{kind}/{name:path}", node),
)
"""Every address that there is; the last is every IRI of the graph."""
