"""Running the application: a server for one machine, patient only so far."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.errors import KgError
from kg.serve.app import HEAD_BYTES, LOOPBACK, create_app

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from starlette.applications import Starlette

    from kg.progress import Progress
    from kg.serve.limits import Limits

PATIENCE = 15
CONNECTIONS = 512
_LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(message)s", "datefmt": "%H:%M:%S"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "stream": "ext://sys.stderr"}},
    "loggers": {
        "kg.serve": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "uvicorn": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}


class HurriedProtocol(H11Protocol):
    """HTTP for clients that send the head of a request in time: uvicorn itself waits for the rest of one for ever."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """Begin to count; send what is written at once, which asyncio forgets for sockets that it did not make."""
        super().connection_made(transport)
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._set_deadline()

    def data_received(self, data: bytes) -> None:
        """Count on while a head is not whole."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._lift_deadline()
        elif self._deadline is None:
            self._set_deadline()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop counting."""
        self._lift_deadline()
        super().connection_lost(exc)

    def _set_deadline(self) -> None:
        self._deadline = self.loop.call_later(PATIENCE, self.transport.close)

    def _lift_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = None


def is_loopback(host: str) -> bool:
    """Tell whether a server at this address can be reached from this machine alone.

    >>> is_loopback("localhost"), is_loopback("127.0.0.5"), is_loopback("::1"), is_loopback("0.0.0.0")
    (True, True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def serve(
    folder: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    token: str | None = None,
    hosts: Sequence[str] = (),
    cors: Sequence[str] = (),
    limits: Limits | None = None,
    store: str | Path | None = None,
    progress: Progress | None = None,
    ready: Callable[[str], None] = print,
) -> None:
    """Serve a build folder until interrupted.

    Args:
        folder: A folder that :func:`kg.build` wrote.
        host: The address to listen at; others than this machine's own need a token.
        port: The port; 0 takes a free one.
        token: What clients must show.
        hosts: More names by which the server may be called (the Host header), as behind a proxy.
        cors: The origins whose pages may read answers, besides those of this machine; ``*`` allows any.
        limits: What a query may take.
        store: Where to keep the SPARQL store; in the build folder by default.
        progress: Called while the store is made.
        ready: Called with the address once clients can connect.

    Raises:
        BuildFolderError: The folder is no build, is damaged, or has no room for the store.
        KgError: The address is taken, or would be open to other machines without a token.
    """
    if token is None and not is_loopback(host):
        raise KgError(f"{host} can be reached from other machines: give a --token that clients must show")
    names = ("*",) if token and not hosts else (*LOOPBACK, *hosts)
    app = create_app(folder, limits=limits, store=store, token=token, hosts=names, cors=cors, progress=progress)
    with _listening(host, port) as listener:
        name = f"[{host}]" if ":" in host else host
        ready(f"http://{name}:{listener.getsockname()[1]}/")
        server = uvicorn.Server(config(app))
        with suppress(KeyboardInterrupt):  # how one stops it
            server.run(sockets=[listener])
        if not server.started:
            raise KgError("the server did not start: what it said above tells why")


def _listening(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=CONNECTIONS)
    except OSError as error:
        raise KgError(f"{host} port {port} cannot be listened at ({error.strerror}): choose another --port") from None


def config(app: Starlette) -> uvicorn.Config:
    """Configure uvicorn for an application: limits for clients, log on standard error."""
    return uvicorn.Config(
        app,
        http=HurriedProtocol,
        ws="none",
        log_config=_LOGGING,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=5,
        h11_max_incomplete_event_size=HEAD_BYTES,
    )
