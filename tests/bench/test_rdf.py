"""RDF out and in, beside rdflib on the same triples in the same run.

``pytest tests/bench/test_rdf.py -s`` measures the sample; ``KG_BENCH_FOLDER=DIR`` names another build folder.
"""

from __future__ import annotations

import os
from functools import partial
from io import BytesIO
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

import pytest
import rdflib
from pyoxigraph import RdfFormat, Store

import kg
from kg.rdf import PROFILES, read_graph, write_jsonld, write_nquads, write_ntriples, write_turtle

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.api import Graph

SAMPLE = Path(kg.__file__).with_name("data") / "sample.jsonl"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = os.environ.get("KG_BENCH_FOLDER")
    return kg.load(folder) if folder else kg.build([SAMPLE], tmp_path_factory.mktemp("bench") / "sample")


def cost(name: str, triples: int, work: Callable[[], object]) -> float:
    """Triples per second of processor time, which a busy machine changes less than the clock.

    The best of three, or of as many as fit into ten seconds.
    """
    best = wall = float("inf")
    begun = perf_counter()
    for again in range(3):
        if again and perf_counter() - begun > 10:
            break
        started, spent = perf_counter(), process_time()
        work()
        best, wall = min(best, process_time() - spent), min(wall, perf_counter() - started)
    print(f"\n{name}: {triples / best:,.0f} triples a second of processor time, {triples / wall:,.0f} by the clock")
    return triples / best


def written(write: Any, graph: Graph, **options: Any) -> bytes:
    buffer = BytesIO()
    write(graph, buffer, **options)
    return buffer.getvalue()


def test_writing_and_loading_beside_rdflib(graph: Graph) -> None:
    lines = written(write_ntriples, graph)
    turtle = written(write_turtle, graph)
    count = lines.count(b"\n")
    print(f"\n{count:,} triples")
    theirs = rdflib.Graph().parse(data=lines, format="nt")
    for name, write, language in (
        ("Turtle", write_turtle, "turtle"),
        ("N-Triples", write_ntriples, "nt"),
        ("JSON-LD", write_jsonld, "json-ld"),
    ):
        ours = cost(f"write {name}", count, partial(written, write, graph))
        rate = cost(f"rdflib, write {name}", count, partial(theirs.serialize, format=language, encoding="utf-8"))
        print(f"write {name}: {ours / rate:.1f} times rdflib")
    cost("write N-Quads", count, partial(written, write_nquads, graph))
    for name, text, language in (("N-Triples", lines, "nt"), ("Turtle", turtle, "turtle")):
        ours = cost(f"load {name} into the store", count, partial(loaded, text, language))
        rate = cost(f"rdflib, parse {name}", count, partial(rdflib.Graph().parse, data=text, format=language))
        print(f"load {name}: {ours / rate:.1f} times rdflib")
        assert ours > rate


def loaded(text: bytes, language: str) -> None:
    Store().bulk_load(text, {"nt": RdfFormat.N_TRIPLES, "turtle": RdfFormat.TURTLE}[language])


def test_bytes_a_fact(graph: Graph) -> None:
    facts = len(graph.sql("SELECT head, relation, tail FROM relations UNION SELECT head, relation, tail FROM inferred"))
    print(f"\n{facts:,} facts")
    for profile in PROFILES:
        sizes = {
            name: len(written(write, graph, profile=profile)) / facts
            for name, write in (("turtle", write_turtle), ("ntriples", write_ntriples), ("jsonld", write_jsonld))
        }
        print(profile, {name: round(size) for name, size in sizes.items()})
        assert sizes["turtle"] < sizes["ntriples"]


def test_reading_back(graph: Graph, tmp_path: Path) -> None:
    path = graph.export("ntriples", tmp_path / "graph.nt", profile="full")
    count = path.read_bytes().count(b"\n")
    cost("read_graph of N-Triples", count, partial(read_graph, path))
