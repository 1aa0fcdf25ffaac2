"""A new build takes the place of the old one while it is served."""

from __future__ import annotations

import asyncio
import shutil
from typing import TYPE_CHECKING

import pytest

from kg.errors import KgError
from kg.graph import SCHEMAS, Graph, write_tables
from kg.graph.manifest import NAME
from kg.rdf import write_turtle
from kg.serve import Limits
from kg.serve.following import Following
from kg.serve.mcp.source import Source
from tests.corpus import FIVE, graph_of

if TYPE_CHECKING:
    from pathlib import Path

LIMITS = Limits(workers=1, seconds=60, patience=60)
COUNT = "SELECT (COUNT(*) AS ?n) { ?paper a pkg:Paper }"


def build(folder: Path, papers: int) -> None:
    """Put a build of some of the test papers into the place of what is there, as kg.build does."""
    graph: Graph = graph_of(FIVE[:papers])
    stage = folder.with_name("stage")
    stage.mkdir()
    write_tables({name: graph.table(name) for name in SCHEMAS}, stage)
    graph.manifest.write(stage)
    with (stage / "graph.ttl").open("wb") as stream:
        write_turtle(graph, stream)
    shutil.rmtree(folder, ignore_errors=True)
    stage.rename(folder)


async def count(following: Following) -> str:
    _, file = await following.site.pool.answer(COUNT, "text/csv", None)
    text = file.read_text().split()[1]
    file.unlink()
    return text


def test_the_new_build_is_served(tmp_path: Path) -> None:
    folder = tmp_path / "build"
    build(folder, 2)

    async def play() -> None:
        async with Following(Source(folder), LIMITS, None) as following:
            old = following.site
            assert await count(following) == "2"
            assert not await following.look()
            build(folder, 5)
            assert await following.look()
            assert await count(following) == "5"
            assert following.site is not old
            assert following.site.graph.table("papers").num_rows == 5

    asyncio.run(play())


@pytest.mark.parametrize("damage", ["gone", "no manifest", "broken RDF"])
def test_what_cannot_be_served_leaves_the_old_one(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "build"
    build(folder, 2)

    async def play() -> None:
        async with Following(Source(folder), LIMITS, None) as following:
            old = following.site
            build(folder, 5)
            if damage == "gone":
                shutil.rmtree(folder)
            elif damage == "no manifest":
                (folder / NAME).write_text("{")
            else:
                (folder / "graph.ttl").write_text("<")
            with pytest.raises(KgError):
                await following.look()
            assert following.site is old

    asyncio.run(play())
