"""An OWL RL reasoner finds no contradiction in the ontology and in exports, and finds those that are put there."""

from __future__ import annotations

import owlrl  # type: ignore[import-untyped]
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS

from kg.rdf import PKG
from kg.rdf.ontology import CLASSES
from tests.rdf.more import exported, more, rich

NS = rdflib.Namespace(PKG)
BASE = "https://w3id.org/paperkg/"


def closure(*graphs: rdflib.Graph) -> rdflib.Graph:
    together = rdflib.Graph()
    for graph in graphs:
        together += graph
    values = rdflib.term._toPythonMapping
    before = dict(values)
    try:
        owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(together)
    finally:  # owlrl leaves some of its own readers of literals in rdflib
        values.clear()
        values.update(before)
    return together


def contradictions(closed: rdflib.Graph) -> list[str]:
    errors = [str(o) for _, p, o in closed if str(p).endswith("#error")]
    return errors + [f"{one} is nothing" for one in closed.subjects(RDF.type, OWL.Nothing)]


def triples(turtle: str) -> rdflib.Graph:
    prefixes = f"@prefix pkg: <{PKG}> . @prefix : <http://e.org/> . @prefix owl: <{OWL}> . @prefix rdfs: <{RDFS}> ."
    return rdflib.Graph().parse(data=f"{prefixes} {turtle}", format="turtle")


@pytest.mark.parametrize("make", [more, rich])
def test_an_export_is_consistent_with_the_ontology(ontology: rdflib.Graph, make: object) -> None:
    assert contradictions(closure(ontology, exported(make(), "full"))) == []  # type: ignore[operator]


def test_every_class_can_have_an_instance(ontology: rdflib.Graph) -> None:
    instances = rdflib.Graph()
    for name in CLASSES:
        instances.add((rdflib.URIRef(f"http://e.org/{name}"), RDF.type, NS[name]))
    assert contradictions(closure(ontology, instances)) == []


def test_what_follows_is_what_the_ontology_means(ontology: rdflib.Graph) -> None:
    closed = closure(ontology, exported(more()))
    model, task = (rdflib.URIRef(BASE + path) for path in ("model/leafnet", "task/plant-disease-classification"))
    paper = rdflib.URIRef(BASE + "paper/arxiv-2101.00001")
    for expected in (
        (model, RDF.type, NS.System),
        (model, RDF.type, NS.Entity),
        (task, NS.addressedBy, model),
        (model, NS.proposedIn, paper),
        (model, NS.mentionedIn, paper),
        (NS.outperforms, RDF.type, NS.Relation),
    ):
        assert expected in closed


@pytest.mark.parametrize(
    "broken",
    [
        "pkg:Broken rdfs:subClassOf pkg:Paper , pkg:Entity . :one a pkg:Broken .",
        "pkg:Dataset rdfs:subClassOf pkg:Passage . :one a pkg:Dataset .",
        "pkg:subject rdfs:range pkg:Passage . :r pkg:subject :m . :m a pkg:Model .",
        ":one a pkg:Paper , pkg:Model .",
        ":m pkg:usedFor :p . :p a pkg:Paper .",
        ":m pkg:outperforms :m .",
        ":m pkg:comparedWith :n . :n owl:sameAs :m .",
        ":r pkg:kind pkg:absolute , pkg:gain .",
        ":f pkg:direction pkg:higher , pkg:lower .",
        ":s pkg:relation pkg:usedFor , pkg:partOf .",
        ":s pkg:relation :thing . :thing a pkg:Paper .",
    ],
)
def test_a_contradiction_is_found(ontology: rdflib.Graph, broken: str) -> None:
    assert contradictions(closure(ontology, triples(broken))) != []
