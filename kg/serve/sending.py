"""Sending an answer from its file, which is removed afterwards, to clients that take it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from starlette.types import Receive, Scope, Send

    from kg.serve.jobs import Done

MAX_ROWS = "X-SPARQL-MaxRows"
"""The header that says how many rows a cut answer has; it is Virtuoso's, and clients know it."""

_PART = 256 << 10
_STALLED = 30  # seconds in which a client takes no more of its answer


def cut(done: Done) -> dict[str, str]:
    """Return the header that tells of an answer that was cut."""
    return {MAX_ROWS: str(done.rows)} if done.cut else {}


class AnswerResponse(Response):
    """A response whose body is a file; a client that stops reading is given up."""

    def __init__(self, file: Path, media_type: str, headers: Mapping[str, str]) -> None:
        self.file = file
        super().__init__(media_type=media_type, headers={"Content-Length": str(file.stat().st_size), **headers})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - as ASGI has it
        """Send it."""
        try:
            with self.file.open("rb") as stream:
                await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
                more = True
                while more:
                    part = stream.read(_PART) if scope["method"] != "HEAD" else b""
                    more = len(part) == _PART
                    async with asyncio.timeout(_STALLED):
                        await send({"type": "http.response.body", "body": part, "more_body": more})
        except TimeoutError:
            pass  # the server closes what was begun and not ended
        finally:
            self.file.unlink(missing_ok=True)
