"""A client of the package mcp, in one call: connect, use, disconnect."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

import anyio
from mcp import Client

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from mcp.server import MCPServer
    from mcp_types import CallToolResult

T = TypeVar("T")


def using(server: Any, scenario: Callable[[Client], Awaitable[T]], mode: str = "auto") -> T:
    """Play a scenario with a client that is connected to a server, in this process or started by the client."""

    async def play() -> T:
        async with Client(server, mode=mode) as client:
            return await scenario(client)

    return anyio.run(play)


def ask(server: MCPServer[None], *calls: tuple[str, dict[str, Any]]) -> list[CallToolResult]:
    """Call tools one after the other."""

    async def calling(client: Client) -> list[CallToolResult]:
        return [await client.call_tool(name, arguments) for name, arguments in calls]

    return using(server, calling)


def answer(server: MCPServer[None], tool: str, **arguments: Any) -> Any:
    """Call one tool and return its answer, which must be none of an error."""
    (result,) = ask(server, (tool, arguments))
    assert not result.is_error, text(result)
    return result.structured_content


def refusal(server: MCPServer[None], tool: str, **arguments: Any) -> str:
    """Call one tool and return what it says of the error."""
    (result,) = ask(server, (tool, arguments))
    assert result.is_error
    said = text(result)
    assert "Traceback" not in said
    return said


def text(result: CallToolResult) -> str:
    """The text of a result."""
    (content,) = result.content
    assert content.type == "text"
    return str(content.text)


def read(result: CallToolResult) -> Any:
    """What the text of a result says."""
    return json.loads(text(result))
