"""RDF exports are what :mod:`kg.rdf` writes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from kg.export import export
from kg.rdf import validate, write_ntriples, write_turtle
from tests.rdf.more import hostile


@pytest.mark.parametrize(("kind", "write"), [("turtle", write_turtle), ("ntriples", write_ntriples)])
def test_rdf_is_exported_and_valid(kind: str, write: object, tmp_path: Path) -> None:
    graph, buffer = hostile(), BytesIO()
    path = tmp_path / f"graph.{'nt' if kind == 'ntriples' else 'ttl'}"
    export(graph, kind, path)
    write(graph, buffer)  # type: ignore[operator]
    assert path.read_bytes() == buffer.getvalue()
    assert validate(path) == []
