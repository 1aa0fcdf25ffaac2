"""The store holds the graph's triples, from its RDF file where there is one."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest
from pyoxigraph import Store, Triple

from kg.errors import BuildFolderError
from kg.graph import Graph
from kg.rdf import disk_store, open_store, triples, write_ntriples, write_turtle


@pytest.fixture
def folder(five_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(five_folder, tmp_path / "build"))


def test_a_graph_in_memory_is_loaded_once(five: Graph) -> None:
    store = open_store(five)
    assert {quad.triple for quad in store} == set(triples(five))
    assert open_store(five) is store


def test_a_folder_without_rdf_is_loaded_from_its_tables(folder: Path, five: Graph) -> None:
    assert {quad.triple for quad in open_store(Graph.open(folder))} == set(triples(five))


@pytest.mark.parametrize("name", ["graph.ttl", "graph.nt.gz"])
def test_the_rdf_of_a_folder_is_used(folder: Path, five: Graph, name: str) -> None:
    opener = gzip.open if name.endswith(".gz") else open
    with opener(folder / name, "wb") as stream:
        (write_ntriples if ".nt" in name else write_turtle)(five, stream)  # type: ignore[arg-type]
    (folder / "relations.parquet").unlink()
    assert {quad.triple for quad in open_store(Graph.open(folder))} == set(triples(five))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("graph.ttl", b"<a> <b"),
        ("graph.ttl", b"\xff\xfe"),
        ("graph.nt.gz", b"no gzip"),
        ("graph.nt.gz", gzip.compress(b"<http://e/a> <http://e/b> <http://e/c> .\n" * 99)[:-9]),
        ("graph.nt.gz", gzip.compress(b"<http://e/a>")),
    ],
)
def test_damaged_rdf_is_named(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    with pytest.raises(BuildFolderError, match=f"{name} cannot be read .*kg build"):
        open_store(Graph.open(folder))


def with_turtle(folder: Path, graph: Graph) -> Graph:
    with (folder / "graph.ttl").open("wb") as stream:
        write_turtle(graph, stream)
    return Graph.open(folder)


def triples_on_disk(path: Path) -> set[Triple]:
    return {quad.triple for quad in Store.read_only(str(path))}


def test_a_store_on_disk_holds_the_same(folder: Path, five: Graph) -> None:
    told: list[tuple[str, int, int | None]] = []
    made = disk_store(with_turtle(folder, five), progress=lambda *said: told.append(said))
    assert made.parent == folder / "store"
    assert triples_on_disk(made) == set(triples(five))
    size = (folder / "graph.ttl").stat().st_size
    assert told[-1] == ("load", size, size)


def test_a_store_on_disk_is_made_once_for_one_file(folder: Path, five: Graph) -> None:
    graph = with_turtle(folder, five)
    made = disk_store(graph)
    assert disk_store(graph, progress=lambda *_: pytest.fail("loaded again")) == made
    (folder / "graph.ttl").write_text("<http://e/a> <http://e/b> <http://e/c> .")
    other = disk_store(graph)
    assert other != made
    assert len(triples_on_disk(other)) == 1


def test_a_store_on_disk_of_tables_alone(folder: Path, five: Graph, tmp_path: Path) -> None:
    assert triples_on_disk(disk_store(Graph.open(folder), tmp_path / "elsewhere")) == set(triples(five))
    assert not (folder / "store").exists()


def test_of_a_store_that_fails_nothing_stays(folder: Path) -> None:
    (folder / "graph.ttl").write_text("<http://e/a> <http://e/b> <http://e/c> .\n" * 9999 + "<")
    with pytest.raises(BuildFolderError, match=r"graph.ttl cannot be read .*kg build"):
        disk_store(Graph.open(folder))
    assert list((folder / "store").iterdir()) == []


def test_of_two_who_make_a_store_at_once_one_is_kept(folder: Path, five: Graph) -> None:
    graph = with_turtle(folder, five)
    others: list[Path | None] = []

    def first(*_: object) -> None:
        if not others:
            others.append(None)
            others[0] = disk_store(graph)

    assert disk_store(graph, progress=first) == others[0]
    assert list((folder / "store").iterdir()) == others


def test_a_place_that_cannot_be_written_is_named(folder: Path, five: Graph, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BuildFolderError, match=r"file cannot be written .*--store"):
        disk_store(with_turtle(folder, five), tmp_path / "file")
    with pytest.raises(BuildFolderError, match="in memory"):
        disk_store(five)
