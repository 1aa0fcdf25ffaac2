"""The description of a build says of its triples and files what is so."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from rdflib.namespace import DCAT, DCTERMS, RDF, VOID

from kg.graph import Graph, Stored, measure
from kg.rdf import PROFILES, describe, triples
from kg.rdf.context import context
from kg.rdf.description import SPDX
from kg.rdf.rows import opened
from kg.rdf.statistics import statistics
from tests.corpus import FIVE, graph_of
from tests.rdf.more import exported, more, rich

FILES = {"graph.nt.gz": Stored(12, "ab" * 32), "papers.parquet": Stored(3, "cd" * 32)}


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("graph", [more(), rich(), graph_of([])], ids=["more", "rich", "empty"])
def test_figures_are_those_of_the_triples(graph: Graph, profile: str) -> None:
    found = list(triples(graph, profile))
    with opened(graph) as session:
        told = statistics(session, profile)
    iris = {name: context()[name].iri for name in {*told.triples, *told.classes}}
    assert {iris[n]: count for n, count in told.triples.items()} == Counter(t.predicate.value for t in found)
    having = Counter(predicate for _, predicate in {(t.subject, t.predicate.value) for t in found})
    assert {iris[name]: count for name, count in told.having.items()} == having
    classes = Counter(str(t.object)[1:-1] for t in found if t.predicate.value == str(RDF.type))
    assert {iris[name]: count for name, count in told.classes.items()} == classes
    assert (told.total, told.subjects) == (len(found), len({t.subject for t in found}))


def test_the_description_has_the_figures_and_examples_that_are_there(five: Graph) -> None:
    made = rdflib.Graph().parse(data=describe(five, {}), format="turtle")
    data = exported(five)
    (run,) = made.subjects(RDF.type, VOID.Dataset)
    assert (run, RDF.type, DCAT.Dataset) in made
    assert made.value(run, VOID.triples) == rdflib.Literal(len(data))
    assert made.value(run, VOID.distinctSubjects) == rdflib.Literal(len(set(data.subjects())))
    parts = {
        made.value(part, VOID.property): made.value(part, VOID.triples)
        for part in made.objects(run, VOID.propertyPartition)
    }
    assert parts == {p: rdflib.Literal(n) for p, n in Counter(data.predicates()).items()}
    classes = {
        made.value(c, VOID["class"]): made.value(c, VOID.entities) for c in made.objects(run, VOID.classPartition)
    }
    assert classes == {c: rdflib.Literal(n) for c, n in Counter(data.objects(None, RDF.type)).items()}
    examples = set(made.objects(run, VOID.exampleResource))
    assert len(examples) == 6
    assert examples <= set(data.subjects())
    spaces = {str(space) for space in made.objects(run, VOID.vocabulary)}
    assert all(any(str(p).startswith(space) for space in spaces) for p in data.predicates())
    for predicate in (DCTERMS.title, DCTERMS.description, DCTERMS.creator, VOID.uriSpace):
        assert len(list(made.objects(run, predicate))) == 1


def test_files_are_told_with_size_kind_and_checksum(five_folder: Path, five: Graph) -> None:
    names = ("papers.parquet", "manifest.json")
    made = rdflib.Graph().parse(
        data=describe(five, measure(five_folder, names)), format="turtle", publicID="http://e.org/"
    )
    told = {}
    for file in made.objects(None, DCAT.distribution):
        (checksum,) = made.objects(file, SPDX.checksum)
        assert made.value(checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256
        size, address = made.value(file, DCAT.byteSize), made.value(file, DCAT.downloadURL)
        told[str(made.value(file, DCTERMS.title))] = (int(str(size)), str(made.value(checksum, SPDX.checksumValue)))
        assert str(address) == f"http://e.org/{made.value(file, DCTERMS.title)}"
    contents = {name: (five_folder / name).read_bytes() for name in names}
    assert told == {name: (len(content), sha256(content).hexdigest()) for name, content in contents.items()}


def test_a_dump_of_triples_is_told_as_such(five: Graph) -> None:
    made = rdflib.Graph().parse(data=describe(five, FILES), format="turtle", publicID="http://e.org/")
    assert list(made.objects(None, VOID.dataDump)) == [rdflib.URIRef("http://e.org/graph.nt.gz")]
    (file,) = made.subjects(DCTERMS.title, rdflib.Literal("graph.nt.gz"))
    assert str(made.value(file, DCAT.mediaType)).endswith("/application/n-triples")
    assert str(made.value(file, DCAT.compressFormat)).endswith("/application/gzip")


def test_both_parsers_read_it_and_it_has_no_blank_nodes() -> None:
    text = describe(rich(), FILES)
    read = list(parse(text, RdfFormat.TURTLE, base_iri="http://e.org/"))
    assert len(read) == len(rdflib.Graph().parse(data=text, format="turtle", publicID="http://e.org/"))
    assert b"_:" not in text
    assert b"[" not in text


def test_equal_graphs_are_described_alike_in_any_process() -> None:
    expected = describe(graph_of(reversed(FIVE)), FILES)
    program = (
        "import sys; from tests.corpus import FIVE, graph_of; from tests.rdf.test_description import FILES;"
        "from kg.rdf import describe; sys.stdout.buffer.write(describe(graph_of(FIVE), FILES))"
    )
    env = {**os.environ, "PYTHONHASHSEED": "7"}
    out = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, check=True).stdout
    assert out == expected
