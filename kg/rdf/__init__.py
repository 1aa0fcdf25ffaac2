"""The graph as linked data: triples, Turtle and N-Triples, the shapes they hold to, and SPARQL over them.

>>> sorted(named_queries())[:3]
['contradictions', 'datasets-for-task', 'entities-of-paper']
"""

from kg.rdf.ontology import INVERSES, PKG, PREFIXES
from kg.rdf.queries import Argument, NamedQuery, named_queries
from kg.rdf.sparql import query, run_named
from kg.rdf.store import disk_store, open_store
from kg.rdf.triples import triples
from kg.rdf.validation import Violation, validate
from kg.rdf.writers import write_ntriples, write_turtle

__all__ = [
    "INVERSES",
    "PKG",
    "PREFIXES",
    "Argument",
    "NamedQuery",
    "Violation",
    "disk_store",
    "named_queries",
    "open_store",
    "query",
    "run_named",
    "triples",
    "validate",
    "write_ntriples",
    "write_turtle",
]
