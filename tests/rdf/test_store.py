"""The store holds the graph's triples, from its RDF file where there is one."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest

from kg.errors import BuildFolderError
from kg.graph import Graph
from kg.rdf import open_store, triples, write_ntriples, write_turtle


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
