"""What the tests of this room share."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import rdflib

import kg
from kg.extract import extract
from kg.graph import Graph, Manifest, assemble
from kg.iris import BASE
from kg.papers import read
from kg.rdf import write_turtle
from kg.rdf.ontology import read as read_ontology
from kg.resolve import resolve

SAMPLE = Path(kg.__file__).with_name("data") / "sample.jsonl"


@pytest.fixture(scope="package")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(data=read_ontology("paperkg.ttl"), format="turtle")


@pytest.fixture(scope="package")
def sample() -> Graph:
    """The graph of the sample papers, read by the shipped model."""
    papers = list(read([SAMPLE]))
    extractions = list(extract(papers))
    tables = assemble(papers, extractions, resolve(extractions))
    counts = {name: table.num_rows for name, table in tables.items()}
    return Graph(Manifest(1, "0.0", "the shipped model 1", BASE, ("sample.jsonl",), {}, counts, {}), tables)


@pytest.fixture(scope="package")
def sample_in_rdflib(sample: Graph) -> rdflib.Graph:
    return in_rdflib(sample)


def in_rdflib(graph: Graph) -> rdflib.Graph:
    buffer = BytesIO()
    write_turtle(graph, buffer)
    return rdflib.Graph().parse(data=buffer.getvalue(), format="turtle")
