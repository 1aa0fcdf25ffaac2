"""RDF exports are what :mod:`kg.rdf` writes, compressed where the name says so."""

from __future__ import annotations

import gzip
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from kg.export import export
from kg.rdf import validate, write_jsonld, write_nquads, write_ntriples, write_turtle
from tests.rdf.more import hostile

KINDS = [
    ("turtle", "ttl", write_turtle),
    ("ntriples", "nt", write_ntriples),
    ("nquads", "nq", write_nquads),
    ("jsonld", "jsonld", write_jsonld),
]


@pytest.mark.parametrize(("kind", "ending", "write"), KINDS)
def test_rdf_is_exported_and_valid(kind: str, ending: str, write: Any, tmp_path: Path) -> None:
    graph, buffer = hostile(), BytesIO()
    path = tmp_path / f"graph.{ending}"
    export(graph, kind, path)
    write(graph, buffer)
    assert path.read_bytes() == buffer.getvalue()
    assert validate(path) == []


@pytest.mark.parametrize(("kind", "ending", "write"), KINDS)
def test_compressed_bytes_are_equal_whatever_the_name_and_the_clock(
    kind: str, ending: str, write: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph, buffer = hostile(), BytesIO()
    write(graph, buffer, profile="full")
    export(graph, kind, tmp_path / f"a.{ending}.gz", profile="full")
    monkeypatch.setattr("time.time", lambda: 0.0)
    export(graph, kind, tmp_path / f"b.{ending}.gz", profile="full")
    assert (tmp_path / f"a.{ending}.gz").read_bytes() == (tmp_path / f"b.{ending}.gz").read_bytes()
    assert gzip.decompress((tmp_path / f"a.{ending}.gz").read_bytes()) == buffer.getvalue()
