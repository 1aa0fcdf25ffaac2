"""The RDF of a build: Turtle, and of a large graph compressed N-Triples, which says the same."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kg.building.rdf import write_rdf
from kg.graph import Graph
from kg.rdf import triples
from kg.rdf.files import quads


@pytest.mark.parametrize(("large", "name"), [(10**9, "graph.ttl"), (1, "graph.nt.gz")])
def test_a_large_graph_is_compressed(
    five: Graph, large: int, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(vars(sys.modules["kg.building.rdf"]), "LARGE", large)  # the room has a step of that name
    write_rdf(five, tmp_path)
    (path,) = tmp_path.iterdir()
    assert path.name == name
    assert [quad.triple for quad in quads(path)] == list(triples(five))
    first = path.read_bytes()
    write_rdf(five, tmp_path)
    assert path.read_bytes() == first
