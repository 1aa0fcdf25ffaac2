"""The bundled JSON-LD context names every term, nothing else, and reads the same everywhere."""

from __future__ import annotations

import json
from typing import Any

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from rdflib.compare import isomorphic
from rdflib.namespace import OWL, RDF, RDFS, XSD

from kg.rdf import PKG, PREFIXES
from kg.rdf.ontology import DATATYPE_PROPERTIES, OBJECT_PROPERTIES, TERMS, read
from tests.rdf.more import exported, more, rich

NS = rdflib.Namespace(PKG)
CONTEXT: dict[str, Any] = json.loads(read("context.jsonld"))["@context"]
IRIS = {
    name: (value["@id"] if isinstance(value, dict) else value)
    for name, value in CONTEXT.items()
    if not name.startswith("@") and name not in PREFIXES
}

DOCUMENT = {
    "@context": CONTEXT,
    "id": "http://e.org/r",
    "type": "Result",
    "kind": "gain",
    "value": "3.1",
    "confidence": 0.75,
    "metric": {"id": "http://e.org/f1", "type": "Metric", "name": "F1", "direction": "higher", "paperCount": 2},
    "evidence": {"id": "http://e.org/p#char=0,4", "type": "Passage", "text": "F1 <", "start": 0, "end": 4},
    "wasDerivedFrom": {"id": "http://e.org/p", "type": "Paper", "issued": "2023", "url": "http://e.org/p.html"},
}
TURTLE = """
    @prefix pkg: <https://w3id.org/paperkg/ontology#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    @prefix prov: <http://www.w3.org/ns/prov#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    <http://e.org/r> a pkg:Result ; pkg:kind pkg:gain ; pkg:value "3.1"^^xsd:decimal ;
        pkg:confidence "7.5E-1"^^xsd:double ; pkg:metric <http://e.org/f1> ;
        pkg:evidence <http://e.org/p#char=0,4> ; prov:wasDerivedFrom <http://e.org/p> .
    <http://e.org/f1> a pkg:Metric ; skos:prefLabel "F1" ; pkg:direction pkg:higher ; pkg:paperCount 2 .
    <http://e.org/p#char=0,4> a pkg:Passage ; pkg:text "F1 <" ; pkg:start 0 ; pkg:end 4 .
    <http://e.org/p> a pkg:Paper ; <http://purl.org/dc/terms/issued> "2023"^^xsd:gYear ;
        <https://schema.org/url> <http://e.org/p.html> .
"""


# rdflib's own parser of JSON-LD makes one
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


def expanded(iri: str) -> str:
    prefix, _, name = iri.partition(":")
    return f"{CONTEXT[prefix]}{name}"


def test_every_term_has_its_own_name_and_no_other_is_called_so() -> None:
    ours = {name: iri for name, iri in IRIS.items() if iri.startswith("pkg:")}
    assert ours == {name: f"pkg:{name}" for name in TERMS}
    assert PREFIXES.items() <= CONTEXT.items()


@pytest.mark.parametrize("make", [more, rich])
def test_all_that_exports_use_has_a_name(make: object) -> None:
    graph = exported(make(), "full")  # type: ignore[operator]
    used = {str(term) for term in {*graph.predicates(), *graph.objects(None, RDF.type)} - {RDF.type}}
    named = {expanded(iri) for iri in IRIS.values() if ":" in iri}
    assert used <= named


@pytest.mark.parametrize("name", [*OBJECT_PROPERTIES, *DATATYPE_PROPERTIES])
def test_values_are_read_as_the_range_has_it(ontology: rdflib.Graph, name: str) -> None:
    value = CONTEXT[name]
    kind = value.get("@type") if isinstance(value, dict) else None
    if name in DATATYPE_PROPERTIES:
        range_ = ontology.value(NS[name], RDFS.range)
        assert (rdflib.URIRef(expanded(kind)) if kind else XSD.string) == range_
    else:
        enumeration = ontology.value(ontology.value(NS[name], RDFS.range), OWL.equivalentClass)
        listed = enumeration is not None and ontology.value(enumeration, OWL.oneOf) is not None
        assert kind == ("@vocab" if listed else "@id")


def test_a_document_reads_the_same_in_pyoxigraph_and_rdflib() -> None:
    text = json.dumps(DOCUMENT)
    by_rdflib = rdflib.Graph().parse(data=text, format="json-ld")
    expected = rdflib.Graph().parse(data=TURTLE, format="turtle")
    by_pyoxigraph = rdflib.Graph()
    for triple in parse(text, RdfFormat.JSON_LD):
        by_pyoxigraph.parse(data=f"{triple} .", format="nt")
    assert normal(by_rdflib) == normal(by_pyoxigraph) == normal(expected)


def test_a_document_written_with_the_context_reads_back() -> None:
    before = rdflib.Graph().parse(data=TURTLE, format="turtle")
    written = before.serialize(format="json-ld", context=CONTEXT)
    assert isomorphic(rdflib.Graph().parse(data=written, format="json-ld"), before)
    assert '"type": "Result"' in written


def normal(graph: rdflib.Graph) -> set[tuple[str, str, object]]:
    """Triples with literals as values: 0.75 and 7.5E-1 are one double."""
    return {(str(s), str(p), (o.value, str(o.datatype)) if isinstance(o, rdflib.Literal) else o) for s, p, o in graph}
