"""The ontology and the code agree, and it says what a user of it needs to know, in OWL 2 DL."""

from __future__ import annotations

import datetime as dt

import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, VANN

from kg.rdf import INVERSES, PKG
from kg.rdf.ontology import CLASSES, DATATYPE_PROPERTIES, INDIVIDUALS, OBJECT_PROPERTIES, TERMS
from kg.types import ENTITY_TYPES, RELATION_TYPES, SIGNATURES
from tests.rdf.more import exported, more, rich

NS = rdflib.Namespace(PKG)
HERE = rdflib.URIRef(PKG.removesuffix("#"))
PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
BUILT_IN = (str(RDF), str(RDFS), str(OWL))


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


def members(ontology: rdflib.Graph, node: rdflib.term.Node) -> set[str]:
    """The named classes or individuals that a class stands for, through unions and enumerations."""
    expression = ontology.value(node, OWL.equivalentClass) or node
    for predicate in (OWL.unionOf, OWL.oneOf):
        if listed := ontology.value(expression, predicate):
            return {name for one in ontology.items(listed) for name in members(ontology, one)}
    return {str(node).removeprefix(PKG)}


@pytest.mark.parametrize("relation", RELATION_TYPES)
def test_domain_and_range_are_those_of_the_guidelines(ontology: rdflib.Graph, relation: str) -> None:
    (domain,), (range_,) = (list(ontology.objects(NS[relation], p)) for p in (RDFS.domain, RDFS.range))
    heads, tails = SIGNATURES[relation]  # type: ignore[index]
    assert members(ontology, domain) == heads
    assert members(ontology, range_) == tails


def test_classes_that_are_enumerated_have_the_members_of_the_code(ontology: rdflib.Graph) -> None:
    assert members(ontology, NS.Entity) == set(ENTITY_TYPES)
    assert members(ontology, NS.Relation) == set(RELATION_TYPES)
    assert members(ontology, NS.ResultKind) | members(ontology, NS.Direction) == set(INDIVIDUALS)


@pytest.mark.parametrize("name", TERMS)
def test_every_term_is_documented(ontology: rdflib.Graph, name: str) -> None:
    for predicate in (RDFS.label, SKOS.definition, SKOS.example):
        (text,) = ontology.objects(NS[name], predicate)
        assert isinstance(text, rdflib.Literal)
        assert text.language == "en"
        assert str(text).strip()
    assert list(ontology.objects(NS[name], RDFS.isDefinedBy)) == [HERE]


def test_the_ontology_says_whose_it_is_which_version_and_under_which_licence(ontology: rdflib.Graph) -> None:
    (version,) = ontology.objects(HERE, OWL.versionInfo)
    assert list(ontology.objects(HERE, OWL.versionIRI)) == [rdflib.URIRef(f"{HERE}/{version}")]
    assert list(ontology.objects(HERE, VANN.preferredNamespaceUri)) == [rdflib.Literal(PKG)]
    assert list(ontology.objects(HERE, VANN.preferredNamespacePrefix)) == [rdflib.Literal("pkg")]
    for predicate in (DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.license):
        assert len(list(ontology.objects(HERE, predicate))) == 1
    created, modified = (
        dt.date.fromisoformat(str(ontology.value(HERE, p))) for p in (DCTERMS.created, DCTERMS.modified)
    )
    assert created <= modified


# ---- OWL 2 DL: https://www.w3.org/TR/owl2-syntax/#Ontologies, section 5.8.1 and appendix of typing constraints ----


def declared(ontology: rdflib.Graph, kind: rdflib.URIRef) -> set[rdflib.term.Node]:
    return {term for term in ontology.subjects(RDF.type, kind) if isinstance(term, rdflib.URIRef)}


def test_every_property_is_declared_and_is_of_one_sort(ontology: rdflib.Graph) -> None:
    sorts = [declared(ontology, kind) for kind in PROPERTIES]
    assert sum(map(len, sorts)) == len(set.union(*sorts))
    used = {p for p in ontology.predicates() if not str(p).startswith(BUILT_IN)}
    restricted = set(ontology.objects(None, OWL.onProperty)) | set(ontology.objects(None, RDFS.subPropertyOf))
    assert used | restricted <= set.union(*sorts)


def test_every_class_is_declared_and_is_no_datatype(ontology: rdflib.Graph) -> None:
    spoken = {RDFS.subClassOf, RDFS.domain, RDFS.range, OWL.someValuesFrom, OWL.equivalentClass}
    used: set[rdflib.term.Node] = {o for p in spoken for o in ontology.objects(None, p) if isinstance(o, rdflib.URIRef)}
    used |= {
        one for p in (OWL.unionOf, OWL.members) for head in ontology.objects(None, p) for one in ontology.items(head)
    }
    used |= {t for t in ontology.objects(None, RDF.type) if not str(t).startswith(BUILT_IN)}
    datatypes = {t for t in used if str(t).startswith(str(rdflib.XSD))}
    assert used - datatypes <= declared(ontology, OWL.Class)
    assert not datatypes & declared(ontology, OWL.Class)


def test_characteristics_are_those_that_a_property_of_its_sort_can_have(ontology: rdflib.Graph) -> None:
    for kind in (OWL.SymmetricProperty, OWL.IrreflexiveProperty):
        assert declared(ontology, kind) <= declared(ontology, OWL.ObjectProperty)
    data = declared(ontology, OWL.DatatypeProperty)
    assert declared(ontology, OWL.FunctionalProperty) <= declared(ontology, OWL.ObjectProperty) | data
    assert not {*ontology.subjects(OWL.inverseOf), *ontology.objects(None, OWL.inverseOf)} & data


@pytest.mark.parametrize("make", [more, rich])
def test_exports_use_declared_terms_only(ontology: rdflib.Graph, make: object) -> None:
    graph = exported(make(), "full")  # type: ignore[operator]
    properties = set.union(*(declared(ontology, kind) for kind in PROPERTIES)) | {RDF.type, RDFS.label}
    assert set(graph.predicates()) <= properties
    assert set(graph.objects(None, RDF.type)) <= declared(ontology, OWL.Class)
