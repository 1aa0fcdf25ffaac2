"""What the SPARQL endpoint says of itself: SPARQL 1.1 Service Description, and VoID of the graph behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.rdf.ontology import PKG, PREFIXES, TERMS
from kg.types import ENTITY_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph import Graph

DESCRIBING = {
    **PREFIXES,
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "void": "http://rdfs.org/ns/void#",
    "formats": "http://www.w3.org/ns/formats/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
}
_FORMATS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "RDF_XML", "JSON-LD"),
)


def description(graph: Graph, endpoint: str) -> Iterator[Triple]:
    """Describe the endpoint at this address and the graph that it asks.

    The terms are those of https://www.w3.org/TR/sparql11-service-description/ and https://www.w3.org/TR/void/.
    """
    service, data = BlankNode(), BlankNode()
    address = NamedNode(endpoint)
    yield Triple(service, _term("rdf:type"), _term("sd:Service"))
    yield Triple(service, _term("sd:endpoint"), address)
    yield Triple(service, _term("sd:supportedLanguage"), _term("sd:SPARQL11Query"))
    for name in _FORMATS:
        yield Triple(service, _term("sd:resultFormat"), _term(f"formats:{name}"))
    yield Triple(service, _term("sd:defaultDataset"), data)
    yield Triple(data, _term("rdf:type"), _term("sd:Dataset"))
    yield Triple(data, _term("sd:defaultGraph"), graph_node := BlankNode())
    yield Triple(graph_node, _term("rdf:type"), _term("sd:Graph"))
    yield from _void(graph, graph_node, address)


def data_set(written: bytes, address: str, endpoint: str) -> tuple[NamedNode, list[Triple]]:
    """Describe the data set as its build does, and say where it is asked.

    Args:
        written: The description that the build wrote, in Turtle.
        address: Where this is, for the files that it names.
        endpoint: The address of the SPARQL endpoint.

    Returns:
        The name of the data set, and the triples.
    """
    told = [quad.triple for quad in parse(written, RdfFormat.TURTLE, base_iri=address)]
    is_data_set = (_term("rdf:type"), _term("void:Dataset"))
    names = (one.subject for one in told if (one.predicate, one.object) == is_data_set)
    name = next(name for name in names if isinstance(name, NamedNode))
    return name, [*told, Triple(name, _term("void:sparqlEndpoint"), NamedNode(endpoint))]


def _void(graph: Graph, node: BlankNode, endpoint: NamedNode) -> Iterator[Triple]:
    counts = graph.manifest.counts
    yield Triple(node, _term("rdf:type"), _term("void:Dataset"))
    yield Triple(node, _term("dcterms:title"), Literal(f"What {counts['papers']:,} papers say", language="en"))
    yield Triple(node, _term("void:sparqlEndpoint"), endpoint)
    yield Triple(node, _term("void:uriSpace"), Literal(graph.manifest.base))
    yield Triple(node, _term("void:vocabulary"), NamedNode(PKG.rstrip("#")))
    for kind in ENTITY_TYPES:
        part = BlankNode()
        yield Triple(node, _term("void:classPartition"), part)
        yield Triple(part, _term("void:class"), TERMS[kind])
        yield Triple(part, _term("void:entities"), Literal(counts.get(kind, 0)))


def _term(text: str) -> NamedNode:
    prefix, _, name = text.partition(":")
    return NamedNode(DESCRIBING[prefix] + name)
