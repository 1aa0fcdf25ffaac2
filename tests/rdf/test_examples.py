"""The named queries in RDF: the file is what the queries say, and holds to SHACL and to the form of the SIB."""

from __future__ import annotations

import os
from pathlib import Path

import pyshacl
import pytest
import rdflib
from pyoxigraph import RdfFormat, Store
from rdflib.namespace import RDF, RDFS, SH, XSD

from kg.rdf import named_queries
from kg.rdf.examples import QUERIES, query_examples
from kg.rdf.ontology import PREFIXES, folder, read

FORM = """
    @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix schema: <https://schema.org/> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
    [] a sh:NodeShape ; sh:targetClass sh:SPARQLExecutable ;
        sh:class sh:SPARQLSelectExecutable ;
        sh:property [ sh:path [ sh:alternativePath ( sh:select sh:ask sh:construct ) ] ; sh:minCount 1 ; sh:maxCount 1 ;
                      sh:datatype xsd:string ] ,
            [ sh:path rdfs:comment ; sh:minCount 1 ; sh:datatype rdf:langString ] ,
            [ sh:path sh:prefixes ; sh:minCount 1 ; sh:class owl:Ontology ] ,
            [ sh:path schema:target ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
            [ sh:path schema:keywords ; sh:minCount 1 ; sh:datatype xsd:string ] .
    [] a sh:NodeShape ; sh:targetObjectsOf sh:declare ;
        sh:property [ sh:path sh:prefix ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ] ,
            [ sh:path sh:namespace ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:anyURI ] .
"""


@pytest.fixture(scope="module")
def examples() -> rdflib.Graph:
    return rdflib.Graph().parse(data=query_examples(), format="turtle")


def test_the_file_is_made_of_the_queries() -> None:
    if os.environ.get("KG_UPDATE_GOLDEN") == "1":
        Path(str(folder() / "queries" / "examples.ttl")).write_text(query_examples(), encoding="utf-8")
    assert read("queries/examples.ttl") == query_examples()


def test_texts_and_descriptions_are_those_of_the_queries(examples: rdflib.Graph) -> None:
    described = {str(node).removeprefix(str(QUERIES)) for node in examples.subjects(RDF.type, SH.SPARQLExecutable)}
    assert described == set(named_queries())
    for query in named_queries().values():
        assert str(examples.value(QUERIES[query.name], SH.select)) == query.text
        assert str(examples.value(QUERIES[query.name], RDFS.comment)) == query.description


def test_the_prefixes_are_those_that_queries_may_use(examples: rdflib.Graph) -> None:
    declared = {
        str(examples.value(node, SH.prefix)): str(examples.value(node, SH.namespace))
        for node in examples.objects(QUERIES.prefixes, SH.declare)
    }
    assert declared == PREFIXES


def test_the_form_of_examples_is_kept(examples: rdflib.Graph) -> None:
    shapes = rdflib.Graph().parse(data=FORM, format="turtle")
    conforms, _, report = pyshacl.validate(examples, shacl_graph=shapes)
    assert conforms, report
    examples_of_nothing = rdflib.Graph().parse(data=query_examples(), format="turtle")
    examples_of_nothing.remove((QUERIES["most-used"], SH.select, None))
    conforms, _, _ = pyshacl.validate(examples_of_nothing, shacl_graph=shapes)
    assert not conforms


def test_the_examples_are_well_formed_by_the_shapes_of_shacl_itself(examples: rdflib.Graph) -> None:
    conforms, _, report = pyshacl.validate(rdflib.Graph(), shacl_graph=examples, meta_shacl=True)
    assert conforms, report


def test_terms_of_shacl_are_used_as_its_vocabulary_says(examples: rdflib.Graph) -> None:
    vocabulary = rdflib.Graph().parse(Path(pyshacl.__file__).parent / "assets" / "shacl.ttl", format="turtle")
    for predicate in {p for p in examples.predicates() if str(p).startswith(str(SH))}:
        domain, span = vocabulary.value(predicate, RDFS.domain), vocabulary.value(predicate, RDFS.range)
        assert (predicate, RDF.type, RDF.Property) in vocabulary
        for subject, value in examples.subject_objects(predicate):
            if domain is not None:
                types = set(examples.objects(subject, RDF.type))
                assert types & {domain, *vocabulary.transitive_subjects(RDFS.subClassOf, domain)}, (predicate, subject)
            if isinstance(value, rdflib.Literal):
                assert span in {value.datatype or XSD.string, None}


def test_both_parsers_read_the_same_and_the_end_point_can_be_chosen() -> None:
    text = query_examples("https://example.org/sparql")
    store = Store()
    store.load(text.encode(), RdfFormat.TURTLE)
    theirs = rdflib.Graph().parse(data=text, format="turtle")
    assert len(store) == len(theirs)
    targets = {str(target) for target in theirs.objects(None, rdflib.URIRef(f"{PREFIXES['schema']}target"))}
    assert targets == {"https://example.org/sparql"}
