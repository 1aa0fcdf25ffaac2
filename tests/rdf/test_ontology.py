"""The ontology and the code agree, and it says what a user of it needs to know."""

from __future__ import annotations

import csv
import json
from io import BytesIO

import owlrl  # type: ignore[import-untyped]
import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS

from kg.rdf import INVERSES, PKG, PREFIXES, write_ntriples
from kg.rdf.ontology import CLASSES, DATATYPE_PROPERTIES, INDIVIDUALS, OBJECT_PROPERTIES, TERMS, read
from kg.types import RELATION_TYPES, SIGNATURES
from tests.rdf.more import hostile, more

NS = rdflib.Namespace(PKG)


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(data=read("paperkg.ttl"), format="turtle")


def named(ontology: rdflib.Graph, kind: rdflib.URIRef) -> set[str]:
    return {str(term).removeprefix(PKG) for term in ontology.subjects(RDF.type, kind) if str(term).startswith(PKG)}


def test_terms_are_the_same_in_code_and_ontology(ontology: rdflib.Graph) -> None:
    assert named(ontology, OWL.Class) == set(CLASSES)
    assert named(ontology, OWL.ObjectProperty) == set(OBJECT_PROPERTIES)
    assert named(ontology, OWL.DatatypeProperty) == set(DATATYPE_PROPERTIES)
    assert named(ontology, OWL.NamedIndividual) == set(INDIVIDUALS)
    assert len(TERMS) == len({*CLASSES, *OBJECT_PROPERTIES, *DATATYPE_PROPERTIES, *INDIVIDUALS})


def test_inverses_are_the_same_in_code_and_ontology(ontology: rdflib.Graph) -> None:
    declared = {str(o).removeprefix(PKG): str(s).removeprefix(PKG) for s, o in ontology.subject_objects(OWL.inverseOf)}
    for relation in RELATION_TYPES:
        symmetric = (NS[relation], RDF.type, OWL.SymmetricProperty) in ontology
        assert INVERSES[relation] == (relation if symmetric else declared[relation])


@pytest.mark.parametrize("relation", RELATION_TYPES)
def test_domain_and_range_are_those_of_the_guidelines(ontology: rdflib.Graph, relation: str) -> None:
    def members(predicate: rdflib.URIRef) -> set[str]:
        (expression,) = ontology.objects(NS[relation], predicate)
        union = ontology.value(expression, OWL.unionOf)
        classes = list(ontology.items(union)) if union else [expression]
        return {str(one).removeprefix(PKG) for one in classes}

    heads, tails = ({"Entity"} if len(types) == 5 else set(types) for types in SIGNATURES[relation])  # type: ignore[index]
    assert members(RDFS.domain) == heads
    assert members(RDFS.range) == tails


@pytest.mark.parametrize("name", TERMS)
def test_every_term_is_documented(ontology: rdflib.Graph, name: str) -> None:
    for predicate in (RDFS.label, RDFS.comment, SKOS.example):
        (text,) = ontology.objects(NS[name], predicate)
        assert isinstance(text, rdflib.Literal)
        assert text.language == "en"
        assert str(text).strip()


def test_mappings_are_the_same_in_ontology_and_sssom(ontology: rdflib.Graph) -> None:
    lines = read("mappings.sssom.tsv").splitlines()
    prefixes = dict(line.removeprefix("#   ").split(": ", 1) for line in lines if line.startswith("#   "))

    def expand(curie: str) -> rdflib.URIRef:
        prefix, _, name = curie.partition(":")
        return rdflib.URIRef(prefixes[prefix] + name)

    rows = list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))
    listed = {tuple(expand(row[f"{role}_id"]) for role in ("subject", "predicate", "object")) for row in rows}
    upward = (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch)
    written = {(s, p, o) for p in upward for s, o in ontology.subject_objects(p) if not str(o).startswith(PKG)}
    assert listed == written
    assert all(row["mapping_justification"] == "semapv:ManualMappingCuration" and row["comment"] for row in rows)
    assert all(row["subject_label"] == str(ontology.value(expand(row["subject_id"]), RDFS.label)) for row in rows)


def test_the_context_knows_every_term_and_reads_a_document() -> None:
    context = json.loads(read("context.jsonld"))
    assert set(TERMS) <= context["@context"].keys()
    assert PREFIXES.items() <= context["@context"].items()
    document = {
        **context,
        "id": "http://e.org/r",
        "type": "Result",
        "kind": "gain",
        "value": "3.1",
        "metric": "http://e.org/f1",
        "wasDerivedFrom": {"id": "http://e.org/p", "type": "Paper", "issued": "2023"},
    }
    expected = """
        @prefix pkg: <https://w3id.org/paperkg/ontology#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        <http://e.org/r> a pkg:Result ; pkg:kind pkg:gain ; pkg:value "3.1"^^xsd:decimal ;
            pkg:metric <http://e.org/f1> ; <http://www.w3.org/ns/prov#wasDerivedFrom> <http://e.org/p> .
        <http://e.org/p> a pkg:Paper ; <http://purl.org/dc/terms/issued> "2023"^^xsd:gYear .
    """
    assert set(parse(json.dumps(document), RdfFormat.JSON_LD)) == set(parse(expected, RdfFormat.TURTLE))


def test_shapes_speak_of_our_terms_only_and_of_all_that_is_written() -> None:
    shapes = rdflib.Graph().parse(data=read("shapes.ttl"), format="turtle")
    ours = {str(o).removeprefix(PKG) for o in shapes.objects() if str(o).startswith(PKG)}
    assert ours <= set(TERMS)
    paths = {str(path) for path in shapes.objects(None, SH.path)}
    buffer = BytesIO()
    write_ntriples(more(), buffer)
    written = {str(p) for p in rdflib.Graph().parse(data=buffer.getvalue(), format="nt").predicates()}
    assert written == paths


@pytest.mark.parametrize("make", [more, hostile])
def test_an_export_is_consistent_with_the_ontology(ontology: rdflib.Graph, make: object) -> None:
    buffer = BytesIO()
    write_ntriples(make(), buffer)  # type: ignore[operator]
    together = rdflib.Graph().parse(data=buffer.getvalue(), format="nt") + ontology
    assert reasoner_errors(together) == []
    together.add((NS.someone, RDF.type, NS.Paper))
    together.add((NS.someone, RDF.type, NS.Model))
    assert len(reasoner_errors(together)) == 1, "the reasoner sees no contradiction at all"


def reasoner_errors(graph: rdflib.Graph) -> list[str]:
    copy = rdflib.Graph() + graph
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(copy)
    return [str(o) for _, p, o in copy if str(p).endswith("#error")]
