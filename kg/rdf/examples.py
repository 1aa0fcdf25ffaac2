"""The named queries described in RDF, as examples of SPARQL that catalogues and query editors read.

The form is that of the SIB's sparql-examples (Bolleman et al. 2024, arXiv:2410.06010): each query is a
``sh:SPARQLExecutable`` of SHACL with its text, a comment, keywords and the end point that it is meant for, and all
share one node that declares the prefixes. The ``.rq`` files are the source; ``ontology/queries/examples.ttl`` is made
of them.

>>> graph = rdflib.Graph().parse(data=query_examples(), format="turtle")
>>> str(graph.value(QUERIES["most-used"], RDFS.comment)).startswith("The hundred entities that most papers mention")
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SH, XSD

from kg.iris import BASE
from kg.rdf.ontology import PREFIXES
from kg.rdf.queries import named_queries

if TYPE_CHECKING:
    from kg.rdf.queries import NamedQuery

QUERIES = rdflib.Namespace(f"{BASE}queries/")
_SCHEMA = rdflib.Namespace(PREFIXES["schema"])
_LOCAL = "http://127.0.0.1:8000/sparql"


def query_examples(endpoint: str = _LOCAL) -> str:
    """Describe the named queries in Turtle.

    Args:
        endpoint: Where they can be sent; by default where ``kg serve`` answers.
    """
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in {**PREFIXES, "sh": str(SH), "owl": str(OWL), "queries": str(QUERIES)}.items():
        graph.bind(prefix, namespace)
    graph.add((QUERIES.prefixes, RDF.type, OWL.Ontology))
    for prefix, namespace in PREFIXES.items():
        declared = QUERIES[f"prefixes-{prefix}"]
        graph.add((QUERIES.prefixes, SH.declare, declared))
        graph.add((declared, RDF.type, SH.PrefixDeclaration))
        graph.add((declared, SH.prefix, rdflib.Literal(prefix)))
        graph.add((declared, SH.namespace, rdflib.Literal(namespace, datatype=XSD.anyURI)))
    for query in named_queries().values():
        _describe(graph, query, rdflib.URIRef(endpoint))
    return graph.serialize(format="turtle")


def _describe(graph: rdflib.Graph, query: NamedQuery, endpoint: rdflib.URIRef) -> None:
    node = QUERIES[query.name]
    graph.add((node, RDF.type, SH.SPARQLExecutable))
    graph.add((node, RDF.type, SH.SPARQLSelectExecutable))
    graph.add((node, RDFS.label, rdflib.Literal(query.name.replace("-", " "), lang="en")))
    graph.add((node, RDFS.comment, rdflib.Literal(query.description, lang="en")))
    graph.add((node, SH.prefixes, QUERIES.prefixes))
    graph.add((node, SH.select, rdflib.Literal(query.text)))
    graph.add((node, _SCHEMA.target, endpoint))
    for word in (query.topic.lower(), *(argument.name for argument in query.arguments)):
        graph.add((node, _SCHEMA.keywords, rdflib.Literal(word)))
