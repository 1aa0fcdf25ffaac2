"""Clients of others, over loopback: SPARQLWrapper and rdflib read what the server writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from rdflib import Graph as RdflibGraph
from rdflib import URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, URLENCODED, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from kg.rdf import PKG, triples
from tests.serve.conftest import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.applications import Starlette

    from kg.graph import Graph

NAMES = "SELECT ?name { ?x a pkg:Dataset ; skos:prefLabel ?name } ORDER BY ?name"
DATASETS = ["AviCorpus", "PlantVillage", "SongBench"]


@pytest.fixture(scope="module")
def address(app: Starlette) -> Iterator[str]:
    with running(app) as found:
        yield found


def asked(address: str, query: str, wanted: str, method: str = GET, how: str = URLENCODED) -> Any:
    wrapper = SPARQLWrapper(f"{address}/sparql", returnFormat=wanted)
    wrapper.setMethod(method)
    wrapper.setRequestMethod(how)
    wrapper.setQuery(query)
    return wrapper.queryAndConvert()


@pytest.mark.parametrize(("method", "how"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
def test_rows(address: str, method: str, how: str) -> None:
    found = asked(address, NAMES, JSON, method, how)
    assert [row["name"]["value"] for row in found["results"]["bindings"]] == DATASETS
    document = asked(address, NAMES, XML, method, how)
    assert [node.firstChild.data for node in document.getElementsByTagName("literal")] == DATASETS
    assert asked(address, NAMES, CSV, method, how).decode().split() == ["name", *DATASETS]
    assert asked(address, NAMES, TSV, method, how).decode().split() == ["?name", *(f'"{name}"' for name in DATASETS)]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # SPARQLWrapper uses what rdflib will drop
@pytest.mark.parametrize("wanted", [TURTLE, N3, RDFXML])
def test_triples(address: str, five: Graph, wanted: str) -> None:
    found = asked(address, "CONSTRUCT WHERE { ?s ?p ?o }", wanted)
    read = found if isinstance(found, RdflibGraph) else RdflibGraph().parse(data=found)
    assert len(read) == len(set(triples(five)))


def test_a_bad_query_is_told_as_one(address: str) -> None:
    with pytest.raises(QueryBadFormed, match="line 1"):
        asked(address, "SELECT nonsense", JSON)


def test_rdflib_reads_the_endpoint_as_a_graph(address: str) -> None:
    remote = RdflibGraph(SPARQLStore(f"{address}/sparql"))
    assert len(set(remote.subjects(None, URIRef(PKG + "Dataset")))) == len(DATASETS)
