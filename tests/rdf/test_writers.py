"""Turtle and N-Triples say the same to every parser, byte for byte the same every time."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from io import BytesIO
from typing import IO

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from rdflib.compare import isomorphic

from kg.errors import BuildFolderError
from kg.graph import Graph
from kg.rdf import triples, write_ntriples, write_turtle
from tests.corpus import FIVE, graph_of
from tests.rdf.more import hostile, more, replaced

MAKERS = [more, hostile]


def ntriples(graph: Graph) -> bytes:
    buffer = BytesIO()
    write_ntriples(graph, buffer)
    return buffer.getvalue()


def turtle(graph: Graph) -> bytes:
    buffer = BytesIO()
    write_turtle(graph, buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("make", MAKERS)
def test_both_formats_give_all_triples_back(make: object) -> None:
    graph = make()  # type: ignore[operator]
    expected = set(triples(graph))
    assert {quad.triple for quad in parse(ntriples(graph), RdfFormat.N_TRIPLES)} == expected
    assert {quad.triple for quad in parse(turtle(graph), RdfFormat.TURTLE)} == expected


@pytest.mark.parametrize("make", MAKERS)
def test_rdflib_reads_both_formats_as_the_same_graph(make: object) -> None:
    graph = make()  # type: ignore[operator]
    left = rdflib.Graph().parse(data=ntriples(graph), format="nt")
    right = rdflib.Graph().parse(data=turtle(graph), format="turtle")
    assert len(left) == len(list(triples(graph)))
    assert isomorphic(left, right)
    assert not [o for o in left.objects() if isinstance(o, rdflib.Literal) and o.ill_typed]


def test_ntriples_has_one_triple_a_line() -> None:
    graph = hostile()
    lines = ntriples(graph).decode().split("\n")
    assert len(lines) == len(list(triples(graph))) + 1
    assert all(line.startswith("<") and line.endswith(" .") for line in lines[:-1])


def test_turtle_is_grouped_and_short(five: Graph) -> None:
    text = turtle(five).decode()
    assert "\nmodel:birdbert a pkg:Model ;\n" in text
    assert text.count("\nmodel:birdbert ") == 1
    assert len(text) < len(ntriples(five)) / 2


def test_bytes_are_equal_whatever_the_order_and_the_process(five: Graph) -> None:
    expected = [turtle(five), ntriples(five)]
    again = graph_of(reversed(FIVE))
    assert [turtle(again), ntriples(again)] == expected
    program = (
        "import sys; from tests.corpus import FIVE, graph_of; from kg.rdf import write_turtle;"
        "write_turtle(graph_of(FIVE), sys.stdout.buffer)"
    )
    for seed in ("0", "1"):
        out = subprocess.run(
            [sys.executable, "-c", program], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        assert sha256(out).digest() == sha256(expected[0]).digest()


@pytest.mark.parametrize("write", [write_ntriples, write_turtle])
def test_errors_reach_the_caller(five: Graph, write: object) -> None:
    with pytest.raises(BuildFolderError):
        write(replaced(five, {}, base="no iri"), BytesIO())  # type: ignore[operator]

    class Full(BytesIO):
        def write(self, _: object) -> int:
            raise OSError(28, "No space left on device")

    full: IO[bytes] = Full()
    with pytest.raises(OSError, match="No space left"):
        write(five, full)  # type: ignore[operator]
