"""What every request passes on its way in, and every response on its way out: token, headers, log."""

from __future__ import annotations

import logging
import time
from hashlib import sha256
from hmac import compare_digest
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = logging.getLogger("kg.serve.access")
_COOKIE = "paperkg"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
}
"""The headers of every response that has no other value for them: pages run no script and load from nowhere else."""


class SafeHeaders:
    """Adds the headers that keep a browser from doing more with a response than showing it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the response out with the headers."""

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_safely)


class HeadGate:
    """Refuses requests with a head larger than any of ours: the HTTP parser looks only at heads that come in parts."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request in, or answer 431."""
        if scope["type"] == "http" and self._size(scope) > self._most:
            said = f"the address and headers of the request are larger than {self._most:,} bytes: post long queries\n"
            await PlainTextResponse(said, 431)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    @staticmethod
    def _size(scope: Scope) -> int:
        lines = (len(name) + len(value) + len(": \r\n") for name, value in scope["headers"])
        return len(scope["path"]) + len(scope["query_string"]) + sum(lines)


class TokenGate:
    """Lets in who has the token: as ``Authorization: Bearer``, or once as ``?token=``, and from then on as a cookie."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self.app = app
        self._token = token
        self._cookie = sha256(f"paperkg cookie {token}".encode()).hexdigest()  # tells nobody the token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request in, or answer 401."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        if self._is_known(request):
            await self.app(scope, receive, send)
        elif request.method in {"GET", "HEAD"} and _same(request.query_params.get("token", ""), self._token):
            await self._remembered(request)(scope, receive, send)
        else:
            said = "this server asks for its token: send it as Authorization: Bearer, or open the page with ?token="
            await PlainTextResponse(f"{said}\n", 401, {"WWW-Authenticate": "Bearer"})(scope, receive, send)

    def _is_known(self, request: Request) -> bool:
        scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
        shown = scheme.lower() == "bearer" and _same(bearer.strip(), self._token)
        return shown or _same(request.cookies.get(_COOKIE, ""), self._cookie)

    def _remembered(self, request: Request) -> Response:
        """Send a browser to the same page without the token in its address, with the cookie instead."""
        here = request.url.remove_query_params("token").replace(scheme="", netloc="")
        response = RedirectResponse(str(here), 303)
        response.set_cookie(_COOKIE, self._cookie, httponly=True, samesite="strict")
        return response


class AccessLog:
    """Logs a line for each request: who, what (without the query, which may hold a token), status, bytes, time."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through and log it when it is done."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status, size = time.perf_counter(), 0, 0

        async def counting(message: Message) -> None:
            nonlocal status, size
            status = message.get("status", status)
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, counting)
        finally:
            client = (scope.get("client") or ("-",))[0]
            path = scope["path"].encode("ascii", "backslashreplace").decode()
            plain = "".join(char if char.isprintable() else "?" for char in path)[:200]
            seconds = time.perf_counter() - started
            _log.info("%s %s %s %d %d B %.3f s", client, scope["method"], plain, status, size, seconds)


def _same(given: str, wanted: str) -> bool:
    return compare_digest(given.encode("utf-8", "surrogateescape"), wanted.encode())
