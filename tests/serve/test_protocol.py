"""The SPARQL 1.1 Protocol, as clients speak it."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from defusedxml.ElementTree import fromstring
from pyoxigraph import RdfFormat, parse
from rdflib import Graph as RdflibGraph
from rdflib import Namespace
from rdflib.namespace import RDF, VOID

from kg.rdf import triples
from kg.serve.formats import GRAPHS, RESULTS
from kg.serve.sending import MAX_ROWS

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from kg.graph import Graph

NAMES = "SELECT ?name { ?x a pkg:Dataset ; skos:prefLabel ?name } ORDER BY ?name"
DATASETS = ["AviCorpus", "PlantVillage", "SongBench"]
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORM = {"content-type": "application/x-www-form-urlencoded"}
QUERY = {"content-type": "application/sparql-query"}


def test_a_query_by_get(client: TestClient) -> None:
    answer = client.get("/sparql", params={"query": NAMES})
    assert answer.status_code == 200
    assert [row["name"]["value"] for row in answer.json()["results"]["bindings"]] == DATASETS
    assert answer.headers["content-type"] == "application/sparql-results+json"
    assert "Accept" in answer.headers["vary"]


def test_a_query_as_a_form(client: TestClient) -> None:
    answer = client.post("/sparql", data={"query": NAMES}, headers={"accept": "text/csv"})
    assert [row[0] for row in csv.reader(StringIO(answer.text))] == ["name", *DATASETS]


@pytest.mark.parametrize("media_type", ["application/sparql-query", "application/sparql-query; charset=UTF-8"])
def test_a_query_as_the_body(client: TestClient, media_type: str) -> None:
    answer = client.post("/sparql", content=NAMES, headers={"content-type": media_type, "accept": "text/csv"})
    assert answer.text.split() == ["name", *DATASETS]


@pytest.mark.parametrize("media_type", RESULTS)
def test_rows_in_every_format(client: TestClient, media_type: str) -> None:
    answer = client.get("/sparql", params={"query": NAMES}, headers={"accept": media_type})
    assert answer.headers["content-type"].split(";")[0] == media_type
    found = [text for text in DATASETS if text in answer.text]
    assert found == DATASETS
    if "xml" in media_type:
        assert len(fromstring(answer.text)) == 2


@pytest.mark.parametrize("media_type", GRAPHS)
def test_triples_in_every_format(client: TestClient, five: Graph, media_type: str) -> None:
    query = "CONSTRUCT WHERE { ?s ?p ?o }"
    answer = client.get("/sparql", params={"query": query}, headers={"accept": media_type})
    assert answer.headers["content-type"].split(";")[0] == media_type
    assert {quad.triple for quad in parse(answer.content, GRAPHS[media_type])} == set(triples(five))


def test_what_a_client_takes_is_weighed(client: TestClient) -> None:
    accept = "text/turtle, application/sparql-results+xml;q=0.2, text/csv;q=0.3"
    assert client.get("/sparql", params={"query": NAMES}, headers={"accept": accept}).text.startswith("name\r\n")
    answer = client.get("/sparql", params={"query": "DESCRIBE pkg:x"}, headers={"accept": "text/csv"})
    assert answer.status_code == 406
    assert "text/turtle" in answer.text


def test_head_is_get_without_the_body(client: TestClient) -> None:
    got, head = client.get("/sparql", params={"query": NAMES}), client.head("/sparql", params={"query": NAMES})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"] == str(len(got.content))


def test_options_tells_what_there_is(client: TestClient) -> None:
    answer = client.options("/sparql")
    assert answer.status_code == 204
    assert {name.strip() for name in answer.headers["allow"].split(",")} == {"GET", "HEAD", "POST"}
    assert client.put("/sparql", content="x").status_code == 405


@pytest.mark.parametrize(
    ("params", "says"),
    [
        ([("query", "SELECT nonsense")], "line 1"),
        ([("query", "")], "line 1"),
        ([("query", 'SELECT (xsd:foo("x") AS ?y) {}')], "functions of SPARQL 1.1"),
        ([("query", "SELECT * { ?s foaf:name ?o }")], "the prefix foaf: is not declared"),
        ([("query", NAMES), ("query", NAMES)], "2 queries"),
        ([("query", NAMES), ("default-graph-uri", "http://e.org/")], "default-graph-uri is refused"),
        ([("query", NAMES), ("named-graph-uri", "file:///etc/passwd")], "named-graph-uri is refused"),
        ([("default-graph-uri", "http://e.org/")], "default-graph-uri is refused"),
        ([("update", "CLEAR ALL")], "read-only"),
        ([("query", "CLEAR ALL")], "read-only"),
        ([(str(number), "") for number in range(99)], "fields"),
    ],
)
def test_what_is_no_query_is_refused(client: TestClient, params: list[tuple[str, str]], says: str) -> None:
    for answer in (
        client.get(f"/sparql?{urlencode(params)}"),
        client.post("/sparql", content=urlencode(params), headers=FORM),
    ):
        assert answer.status_code == 400
        assert says in answer.text
        assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b"", {}, 415),
        (b"", FORM, 400),
        (b"", QUERY, 400),
        (NAMES.encode(), {"content-type": "text/plain"}, 415),
        (b'{"query": "ASK {}"}', {"content-type": "application/json"}, 415),
        (b"CLEAR ALL", {"content-type": "application/sparql-update"}, 400),
        (b"ASK { ?s ?p '\xff' }", QUERY, 400),
        (b"query=%FF", FORM, 400),
        (b"#" * 300_000, QUERY, 413),
    ],
)
def test_what_is_no_body_of_a_query(client: TestClient, content: bytes, headers: dict[str, str], status: int) -> None:
    assert client.post("/sparql", content=content, headers=headers).status_code == status


def test_a_query_may_be_in_any_script(client: TestClient) -> None:
    query = "SELECT ('žluťoučký 🐎' AS ?kůň) {}"
    assert client.post("/sparql", content=query.encode(), headers=QUERY).json()["head"]["vars"] == ["kůň"]
    assert "🐎" in client.get("/sparql", params={"query": query}, headers={"accept": "text/csv"}).text


def test_the_service_describes_itself(client: TestClient) -> None:
    for media_type in ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"):
        answer = client.get("/sparql", headers={"accept": media_type})
        assert answer.headers["content-type"].split(";")[0] == media_type
        assert len(list(parse(answer.content, GRAPHS[media_type]))) > 20
    graph = RdflibGraph().parse(data=client.get("/sparql").text, format="turtle")
    (service,) = graph.subjects(RDF.type, SD.Service)
    for endpoint in (graph.value(service, SD.endpoint), *graph.objects(None, VOID.sparqlEndpoint)):
        assert str(endpoint) == "http://localhost/sparql"
    assert SD["SPARQL11Query"] in set(graph.objects(service, SD.supportedLanguage))
    assert client.get("/sparql", headers={"accept": "image/png"}).status_code == 406


def test_a_browser_is_sent_to_the_query_page(client: TestClient) -> None:
    answer = client.get("/sparql", headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/query")


def test_pages_of_this_machine_may_read_answers(client: TestClient) -> None:
    for origin in ("http://localhost:3000", "https://127.0.0.1", "http://[::1]:8080"):
        answer = client.get("/sparql", params={"query": NAMES}, headers={"origin": origin})
        assert answer.headers["access-control-allow-origin"] == origin
        assert MAX_ROWS in answer.headers["access-control-expose-headers"]
        asked = {"origin": origin, "access-control-request-method": "POST"}
        assert client.options("/sparql", headers=asked).status_code == 200
    for origin in ("https://e.org", "http://localhost.e.org", "null"):
        answer = client.get("/sparql", params={"query": NAMES}, headers={"origin": origin})
        assert "access-control-allow-origin" not in answer.headers


def test_answers_are_no_pages(client: TestClient) -> None:
    answer = client.get("/sparql", params={"query": "SELECT ('<script>1</script>' AS ?x) {}"})
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert json.loads(answer.text)["results"]["bindings"][0]["x"]["value"] == "<script>1</script>"


def test_formats_are_named_as_the_engine_names_them() -> None:
    assert {name for name, kind in GRAPHS.items() if kind == RdfFormat.TURTLE} == {"text/turtle"}
