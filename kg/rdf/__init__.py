"""The graph as linked data: triples, four formats of them, the shapes they hold to, and SPARQL over them.

>>> sorted(named_queries())[:3]
['best-by-year', 'contradictions', 'datasets-for-task']
"""

from kg.rdf.arguments import Argument
from kg.rdf.description import describe
from kg.rdf.files import zipped
from kg.rdf.jsonld import write_jsonld
from kg.rdf.ontology import INVERSES, PKG, PREFIXES
from kg.rdf.queries import TOPICS, NamedQuery, named, named_queries
from kg.rdf.reading import read_graph
from kg.rdf.sections import PROFILES
from kg.rdf.sparql import FORMATS, query, run_named, serialized
from kg.rdf.store import RDF_FILES, STORE, disk_store, open_store
from kg.rdf.triples import triples
from kg.rdf.validation import Violation, validate
from kg.rdf.writers import write_nquads, write_ntriples, write_turtle

__all__ = [
    "FORMATS",
    "INVERSES",
    "PKG",
    "PREFIXES",
    "PROFILES",
    "RDF_FILES",
    "STORE",
    "TOPICS",
    "Argument",
    "NamedQuery",
    "Violation",
    "describe",
    "disk_store",
    "named",
    "named_queries",
    "open_store",
    "query",
    "read_graph",
    "run_named",
    "serialized",
    "triples",
    "validate",
    "write_jsonld",
    "write_nquads",
    "write_ntriples",
    "write_turtle",
    "zipped",
]
