"""The five test papers and all that comes of them, kept in files: a change of output is seen in review.

``KG_UPDATE_GOLDEN=1 pytest tests/golden`` writes the files anew.
"""

from __future__ import annotations

import io
import json
import os
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pytest

from kg.graph import SCHEMAS
from kg.rdf import describe, write_jsonld, write_ntriples, write_turtle

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.graph import Graph

HERE = Path(__file__).parent


def as_lines(graph: Graph, table: str) -> bytes:
    rows = (json.dumps(row, ensure_ascii=False) + "\n" for row in graph.table(table).to_pylist())
    return "".join(rows).encode()


RDF: dict[str, Callable[[Graph, IO[bytes]], object]] = {
    "graph.ttl": write_turtle,
    "graph.nt": write_ntriples,
    "graph.jsonld": partial(write_jsonld, context="https://w3id.org/paperkg/context.jsonld"),
    "whole.ttl": partial(write_turtle, profile="full"),
    "dataset.ttl": lambda graph, stream: stream.write(describe(graph, {})),
}


def as_rdf(graph: Graph, name: str) -> bytes:
    stream = io.BytesIO()
    RDF[name](graph, stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", [*(f"{table}.jsonl" for table in SCHEMAS), *RDF])
def test_golden(name: str, five: Graph) -> None:
    made = as_lines(five, name.removesuffix(".jsonl")) if name.endswith(".jsonl") else as_rdf(five, name)
    if os.environ.get("KG_UPDATE_GOLDEN") == "1":
        (HERE / name).write_bytes(made)
    assert made.decode() == (HERE / name).read_bytes().decode()
