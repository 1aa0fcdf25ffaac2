"""docs/mcp.md tells clients how to start the server, and of every tool. Its Python runs in tests/test_docs.py."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

from mcp import Client, StdioServerParameters

from kg.serve.mcp.server import TITLES
from tests.serve.mcp.asking import using

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "mcp.md").read_text(encoding="utf-8")


def test_the_configuration_starts_a_server(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "output")
    (config,) = (json.loads(body) for body in re.findall(r"^```json\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))
    (told,) = config["mcpServers"].values()
    assert told["command"] == "kg"
    program = ["-c", "from kg.cli import main; main()"]
    environment = {"PYTHONPATH": str(ROOT)}
    started = StdioServerParameters(
        command=sys.executable, args=[*program, *told["args"]], env=environment, cwd=tmp_path
    )

    async def listed(client: Client) -> list[str]:
        return [tool.name for tool in (await client.list_tools()).tools]

    assert using(started, listed) == list(TITLES)


def test_every_tool_is_told_of() -> None:
    assert [name for name in TITLES if f"`{name}`" not in PAGE] == []
