"""The server as a program starts it: on pipes, over rebuilt folders, while the store is made, without its package."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

import kg.serve.mcp
from kg.errors import BuildFolderError, MissingExtra
from kg.graph import SCHEMAS, write_tables
from kg.rdf import disk_store
from kg.serve import Limits
from kg.serve.mcp import create_server, queries
from tests.corpus import FIVE, graph_of
from tests.serve.mcp.asking import answer, ask, refusal, text, using

LIMITS = Limits(workers=1, seconds=60, patience=60)
PROGRAM = ["-c", "from kg.cli import main; main()", "mcp"]


def test_a_program_starts_it_and_asks(folder: Path) -> None:
    environment = {name: os.environ[name] for name in ("PYTHONPATH", "LD_LIBRARY_PATH") if name in os.environ}
    started = StdioServerParameters(command=sys.executable, args=[*PROGRAM, str(folder)], env=environment)

    async def scenario(client: Client) -> tuple[int, Any, Any]:
        tools = await client.list_tools()
        found = await client.call_tool("search", {"text": "LeafNet"})
        rows = await client.call_tool("sparql", {"query": "SELECT ?p { ?p a pkg:Paper }"})
        return len(tools.tools), found.structured_content, rows.structured_content

    tools, found, rows = using(started, scenario)
    assert (tools, found["entities"][0]["name"], len(rows["rows"])) == (12, "LeafNet", 5)


def test_standard_output_has_the_protocol_and_nothing_else(folder: Path) -> None:
    calls = [
        ("search", {"text": "BERT"}),
        ("entity", {"entity": "nothing of the kind"}),
        ("sparql", {"query": "SELECT nonsense"}),
        ("sparql", {"query": "ASK { ?s ?p ?o }"}),
    ]
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    messages: list[dict[str, Any]] = [
        {"id": 0, "method": "initialize", "params": hello},
        {"method": "notifications/initialized"},
        *(
            {"id": number, "method": "tools/call", "params": {"name": name, "arguments": arguments}}
            for number, (name, arguments) in enumerate(calls, 1)
        ),
    ]
    command = [sys.executable, *PROGRAM, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"this is no JSON\n")
        for message in messages:
            process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}).encode() + b"\n")
        process.stdin.flush()
        said: dict[int | None, Any] = {}
        while not set(range(len(calls) + 1)) <= set(said):
            line = json.loads(process.stdout.readline())
            assert line["jsonrpc"] == "2.0"
            said[line.get("id")] = line
        process.stdin.close()
        assert process.stdout.read() == b""
        assert b"Traceback" not in process.stderr.read()
    assert process.returncode == 0
    assert [said[number]["result"].get("isError", False) for number in range(1, 5)] == [False, True, True, False]


def test_a_folder_that_is_no_build(tmp_path: Path) -> None:
    with pytest.raises(BuildFolderError, match=r"no manifest\.json"):
        create_server(tmp_path)
    done = subprocess.run([sys.executable, *PROGRAM, tmp_path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (4, "", 1)


def write(folder: Path, papers: list[Any]) -> None:
    graph = graph_of(papers)
    folder.mkdir()
    write_tables({name: graph.table(name) for name in SCHEMAS}, folder)
    graph.manifest.write(folder)


def test_a_new_build_is_noticed(tmp_path: Path) -> None:
    write(tmp_path / "build", FIVE)
    server = create_server(tmp_path / "build", limits=LIMITS)
    assert answer(server, "graph_overview")["papers"] == len(FIVE)
    shutil.rmtree(tmp_path / "build")
    assert "is gone: build it again with kg build" in refusal(server, "graph_overview")
    write(tmp_path / "build", FIVE[:2])
    papers = {"query": "SELECT ?p { ?p a pkg:Paper }"}
    counted, rows = ask(server, ("graph_overview", {}), ("sparql", papers))
    assert counted.structured_content["papers"] == len(rows.structured_content["rows"]) == 2


def test_the_store_may_be_kept_elsewhere(folder: Path, tmp_path: Path) -> None:
    server = create_server(folder, limits=LIMITS, store=tmp_path / "store")
    answer(server, "search", text="BERT")
    assert not (tmp_path / "store").exists()  # nothing is made that nobody asked for
    answer(server, "sparql", query="ASK { ?s ?p ?o }")
    assert [path.name[:4] for path in (tmp_path / "store").iterdir()] == ["rdf-"]


def test_who_asks_while_the_store_is_made_is_told(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def slowly(graph: Any, place: Path, progress: Any) -> Path:
        progress("load", 1, 4)
        go_on.wait(60)
        return disk_store(graph, place)

    monkeypatch.setattr(queries, "disk_store", slowly)
    hurried = Limits(workers=1, seconds=60, patience=0.2)
    server = create_server(folder, limits=hurried, store=tmp_path)

    async def scenario(client: Client) -> list[Any]:
        asked = {"query": "ASK { ?s ?p ?o }"}
        early = [await client.call_tool("sparql", asked), await client.call_tool("search", {"text": "BERT"})]
        go_on.set()
        while (late := await client.call_tool("sparql", asked)).is_error:
            pass
        return [*early, late]

    told, other, late = using(server, scenario)
    assert "is being made (25% read): ask again in a minute" in text(told)
    assert not other.is_error
    assert late.structured_content["rows"] == [[True]]


def test_a_store_that_cannot_be_made_is_tried_again(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    server = create_server(folder, limits=LIMITS, store=tmp_path / "file")
    assert "cannot be written" in refusal(server, "sparql", query="ASK { ?s ?p ?o }")
    (tmp_path / "file").unlink()
    assert answer(server, "sparql", query="ASK { ?s ?p ?o }")["rows"] == [[True]]


def test_calls_at_once(folder: Path) -> None:
    import anyio

    server = create_server(folder, limits=LIMITS)
    calls = [
        ("entity", {"entity": "LeafNet"}),
        ("sparql", {"query": "ASK { ?s ?p ?o }"}),
        ("search", {"text": "b"}),
    ] * 8

    async def scenario(client: Client) -> list[bool]:
        failed: list[bool] = []

        async def call(name: str, arguments: dict[str, Any]) -> None:
            failed.append((await client.call_tool(name, arguments)).is_error)

        async with anyio.create_task_group() as group:
            for name, arguments in calls:
                group.start_soon(call, name, arguments)
        return failed

    assert using(server, scenario) == [False] * len(calls)


def test_without_the_package_there_is_a_remedy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("kg.serve.mcp.")]:
        monkeypatch.delitem(sys.modules, name)
    for name in ("mcp", "mcp.server"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(MissingExtra, match=r"pip install 'paperkg\[mcp\]'"):
        kg.serve.mcp.create_server(folder)
    with pytest.raises(AttributeError, match="nonsense"):
        _ = kg.serve.mcp.nonsense
