"""Exports hold to the shapes, and the shapes see what is wrong."""

from __future__ import annotations

import gzip
import sys
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from kg.errors import BuildFolderError, MissingExtra
from kg.graph import Graph
from kg.rdf import PKG, PROFILES, validate, write_ntriples, write_turtle
from kg.rdf.ontology import read
from tests.corpus import graph_of
from tests.rdf.more import exported, more, replaced, rich

BASE = "https://w3id.org/paperkg/"


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("graph", [more(), rich(), graph_of([])], ids=["more", "rich", "empty"])
def test_exports_hold_to_the_shapes(graph: Graph, profile: str) -> None:
    assert validate(graph, profile) == []


def test_files_are_checked_as_well(five: Graph, tmp_path: Path) -> None:
    turtle, ntriples = BytesIO(), BytesIO()
    write_turtle(five, turtle)
    write_ntriples(five, ntriples)
    contents = {
        "g.ttl": turtle.getvalue(),
        "g.nt": ntriples.getvalue(),
        "g.nt.gz": gzip.compress(ntriples.getvalue()),
        "g.ttl.gz": gzip.compress(turtle.getvalue()),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
        assert validate(str(tmp_path / name)) == []


def test_a_relation_between_wrong_types_is_seen(five: Graph) -> None:
    wrong = {"head": f"{BASE}task/bird-sound-classification", "relation": "usedFor", "tail": f"{BASE}model/bert"}
    row = {**wrong, "paper": "arxiv:2101.00001", "evidence": [], "confidence": 0.5}
    relations = pa.Table.from_pylist([row], schema=five.table("relations").schema)
    found = validate(replaced(five, {"relations": relations}))
    used_for = f"{PKG}usedFor"
    assert {(v.node, v.path, v.message) for v in found if v.severity == "Violation"} == {
        (wrong["head"], "", "only a Method or a Model is used, part, trained, tested, measured, better or compared"),
        (wrong["head"], used_for, "pkg:usedFor leads to a Task"),
    }
    (advice,) = (v for v in found if v.severity == "Warning")
    assert (advice.path, advice.message) == (
        f"{PKG}evidence",
        "no pkg:evidence: nobody can check this against a sentence",
    )


def test_an_entity_that_no_paper_mentions_is_advised_against(five: Graph, tmp_path: Path) -> None:
    buffer = BytesIO()
    write_ntriples(five, buffer)
    lines = [line for line in buffer.getvalue().splitlines() if b"#mentions> " not in line or b"/bert>" not in line]
    (tmp_path / "graph.nt").write_bytes(b"\n".join(lines))
    assert [(v.node, v.severity) for v in validate(tmp_path / "graph.nt")] == [(f"{BASE}model/bert", "Warning")]


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ('"0.8"^^xsd:double', '"1.5"^^xsd:double', "confidence"),
        ("pkg:kind pkg:gain", "pkg:kind pkg:Gain", "kind"),
        ("pkg:relation pkg:usedFor", "pkg:relation pkg:uses", "relation"),
        ('skos:prefLabel "LeafNet"', 'skos:prefLabel "LeafNet" , "leafnet"', "prefLabel"),
        ('skos:prefLabel "LeafNet"', 'skos:prefLabel "LeafNet" ; skos:altLabel "LeafNet"', "prefLabel"),
        ('skos:prefLabel "LeafNet"', 'skos:prefLabel "LeafNet" ; rdfs:seeAlso "x"', "seeAlso"),
        ("model:leafnet a pkg:Model", "model:leafnet a pkg:Model , pkg:Task", ""),
        ('"2021"^^xsd:gYear', '"soon"^^xsd:gYear', "issued"),
        ("pkg:valueText", "pkg:unit", "valueText"),
        ("model:birdbert a pkg:Model", "model:birdbert a pkg:Model ; pkg:outperforms model:birdbert", ""),
        ("pkg:direction pkg:higher", "pkg:direction true", "direction"),
        ("pkg:paperCount 1", "pkg:paperCount 0", "paperCount"),
        ("pkg:start 0", "pkg:start 10000", "start"),
        ("a prov:SoftwareAgent", "a prov:Person", "wasAttributedTo"),
    ],
)
def test_mistakes_are_seen(five: Graph, tmp_path: Path, old: str, new: str, path: str) -> None:
    buffer = BytesIO()
    write_turtle(five, buffer)
    text = buffer.getvalue().decode()
    assert old in text
    (tmp_path / "graph.ttl").write_text(text.replace(old, new), encoding="utf-8")
    found = validate(tmp_path / "graph.ttl")
    assert path in {violation.path.rpartition("#")[2].rpartition("/")[2] for violation in found}


@pytest.mark.parametrize("content", [None, b"<a> <b", b"\xff\xff"])
def test_a_file_that_is_no_rdf_is_named(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "x.ttl").write_bytes(content)
    with pytest.raises(BuildFolderError, match=r"x\.ttl cannot be read"):
        validate(tmp_path / "x.ttl")


def test_without_pyshacl_the_command_that_installs_it_is_told(five: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(MissingExtra, match=r"pip install 'paperkg\[validate\]'"):
        validate(five)


# ---- Every constraint can fail: what each property of each class must be is broken, all at once ----

LITERAL = rdflib.Literal("wrong", lang="en")
SHAPES = rdflib.Graph().parse(data=read("shapes.ttl"), format="turtle")
REQUIRED = {
    (target, path)
    for node, target in SHAPES.subject_objects(SH.targetClass)
    for shape in SHAPES.objects(node, SH.property)
    if (shape, SH.minCount, None) in SHAPES
    for path in SHAPES.objects(shape, SH.path)
    if isinstance(path, rdflib.URIRef)
}
SINGLE = {path for shape in SHAPES.subjects(SH.maxCount) for path in SHAPES.objects(shape, SH.path)}


def reported(graph: rdflib.Graph, tmp_path: Path) -> set[tuple[rdflib.term.Node, rdflib.term.Node]]:
    """Class and property of all that is reported."""
    graph.serialize(tmp_path / "broken.nt", format="nt", encoding="utf-8")
    found = ((rdflib.URIRef(v.node), rdflib.URIRef(v.path)) for v in validate(tmp_path / "broken.nt"))
    return {(kind, path) for node, path in found for kind in graph.objects(node, RDF.type)}


def test_what_must_be_there_is_missed(tmp_path: Path) -> None:
    graph = exported(rich(), "full")
    for _, path in REQUIRED:
        graph.remove((None, path, None))
    assert reported(graph, tmp_path) >= REQUIRED


def test_what_is_of_another_kind_is_seen(tmp_path: Path) -> None:
    graph = exported(rich(), "full")
    expected = set()
    for subject, path, value in set(graph):
        if path != RDF.type:
            graph.remove((subject, path, value))
            graph.add((subject, path, LITERAL))
            expected |= {(kind, path) for kind in graph.objects(subject, RDF.type)}
    assert reported(graph, tmp_path) >= expected


def test_what_there_is_one_of_is_not_there_twice(tmp_path: Path) -> None:
    graph, other = exported(rich(), "full"), rdflib.URIRef("http://e.org/other")
    expected = set()
    for subject, path, value in set(graph):
        if path in SINGLE - {RDF.type}:
            graph.add((subject, path, other if isinstance(value, rdflib.URIRef) else LITERAL))
            expected |= {(kind, path) for kind in graph.objects(subject, RDF.type)}
    assert reported(graph, tmp_path) >= expected
