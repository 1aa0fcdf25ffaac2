"""What is done to a server by those who mean it ill: the query is refused or stopped, and the server goes on."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from kg.errors import KgError
from kg.serve import Limits, create_app
from kg.serve.sending import MAX_ROWS
from tests.rdf.test_guard import SERVICE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name == "nt", reason="limits of memory are of Unix")
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def opened(folder: Path, seconds: float) -> Iterator[TestClient]:
    app = create_app(folder, limits=Limits(workers=2, seconds=seconds, rows=1000, memory=100, patience=60))
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    """A server whose queries are soon stopped."""
    yield from opened(folder, 2)


@pytest.fixture(scope="module")
def patient(folder: Path) -> Iterator[TestClient]:
    """A server whose queries have time, however busy the machine is."""
    yield from opened(folder, 120)


def ask(client: TestClient, query: str, **headers: str) -> tuple[int, str]:
    answer = client.post("/sparql", data={"query": query}, headers=headers)
    assert "Traceback" not in answer.text
    return answer.status_code, answer.text


def goes_on(client: TestClient) -> bool:
    return ask(client, "ASK { ?s ?p ?o }", accept="text/csv") == (200, "true")


REACHING_OUT = [
    *SERVICE,
    "SELECT * FROM @ { ?s ?p ?o }",
    "SELECT * FROM NAMED @ { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "CONSTRUCT { ?s ?p ?o } FROM @ WHERE { ?s ?p ?o }",
    "SELECT * # \r FROM @ \n { ?s ?p ?o }",
    "LOAD @",
    "LOAD SILENT @ INTO GRAPH <http://e.org/>",
    "LOAD <file:///etc/passwd>",
    "INSERT { ?s ?p ?o } WHERE { SERVICE @ { ?s ?p ?o } }",
    "ASK {} ; LOAD @",
    "# ASK {}\rLOAD @",
    "CLEAR ALL",
]


@pytest.mark.parametrize(
    "origin",
    ["notanorigin", "https://e.org/", "https://", "https://u@e.org", "https://e.org:x", "HTTPS://E.org", "", "null"],
)
def test_what_is_no_origin_is_refused(folder: Path, origin: str) -> None:
    with pytest.raises(KgError, match="is no origin"):
        create_app(folder, cors=[origin])


@pytest.mark.parametrize("origin", ["*", "https://e.org", "http://[::1]:80", "moz-extension://0a-1b"])
def test_an_origin_is_taken(folder: Path, origin: str) -> None:
    assert create_app(folder, cors=["https://other.org", origin])


def test_nothing_is_fetched_and_nothing_is_changed(patient: TestClient, listener: tuple[str, list[object]]) -> None:
    address, calls = listener
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    before = ask(patient, count)
    for attack in REACHING_OUT:
        status, text = ask(patient, attack.replace("@", address))
        assert status == 400, attack
        assert "root:" not in text
    for name in ("default-graph-uri", "named-graph-uri"):
        assert patient.get("/sparql", params={"query": "ASK {}", name: address.strip("<>")}).status_code == 400
    assert calls == []
    assert ask(patient, count) == before


def test_a_query_that_takes_an_hour_is_stopped(client: TestClient) -> None:
    status, text = ask(client, ENDLESS)
    assert status == 504
    assert "longer than 2 seconds" in text
    assert goes_on(client)


def test_a_query_that_takes_for_ever_to_read_is_stopped(client: TestClient) -> None:
    assert ask(client, "SELECT * { " + "OPTIONAL { ?s ?p ?o } " * 4000 + "}")[0] == 504
    assert ask(client, "SELECT * " + "{" * 30_000 + "}" * 30_000)[0] in {400, 504}
    assert goes_on(client)


@pytest.mark.parametrize("media_type", ["application/sparql-results+json", "text/csv"])
def test_ten_million_rows_are_cut(patient: TestClient, media_type: str) -> None:
    query = "SELECT ?a ?b ?c { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z } LIMIT 10000000"
    answer = patient.get("/sparql", params={"query": query}, headers={"accept": media_type})
    assert answer.status_code == 200
    assert answer.headers[MAX_ROWS] == "1000"
    assert MAX_ROWS not in patient.get("/sparql", params={"query": "ASK {}"}).headers
    if media_type == "text/csv":
        assert answer.text.count("\n") == 1001


def grown(times: int) -> str:
    text = "'abcdefghij'"
    for _ in range(times):
        text = f"REPLACE({text}, '^(.*)$', '$1$1$1$1$1$1$1$1$1$1')"
    return text


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT (STRLEN({grown(9)}) AS ?length) {{}}",
        "SELECT (GROUP_CONCAT(?x) AS ?all) { ?a ?b ?x . ?c ?d ?y . ?e ?f ?z }",
        "SELECT * { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z } ORDER BY ?z",
        "SELECT DISTINCT ?a ?x ?b ?y (COUNT(*) AS ?n) { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z } GROUP BY ?a ?x ?b ?y ?c ?z",
    ],
)
def test_a_query_that_eats_memory_is_stopped(client: TestClient, query: str) -> None:
    status, text = ask(client, query)
    assert (status, "memory" in text) in {(500, True), (504, False)}
    assert goes_on(client)


def test_memory_is_what_runs_out_first(patient: TestClient) -> None:
    assert ask(patient, f"SELECT (STRLEN({grown(9)}) AS ?length) {{}}")[0] == 500


def test_many_clients_at_once(patient: TestClient) -> None:
    queries = ["ASK { ?s ?p ?o }", "SELECT nonsense", "SELECT * { ?s a pkg:Dataset }", "DESCRIBE <http://e.org/>"] * 10
    with ThreadPoolExecutor(40) as clients:
        statuses = [status for status, _ in clients.map(lambda query: ask(patient, query), queries)]
    assert statuses == [200, 400, 200, 200] * 10


def test_more_than_may_wait_are_sent_away(folder: Path) -> None:
    app = create_app(folder, limits=Limits(workers=1, seconds=1, waiting=1, patience=60))
    with TestClient(app, base_url="http://localhost") as client, ThreadPoolExecutor(5) as clients:
        answers = list(clients.map(lambda _: client.get("/sparql", params={"query": ENDLESS}), range(5)))
    assert sorted({answer.status_code for answer in answers}) == [503, 504]
    assert all(answer.headers["retry-after"] == "5" for answer in answers if answer.status_code == 503)


@pytest.mark.parametrize(
    "accept", ["a/b," * 10_000, "*/*;q=" + "9" * 10_000, "\xff\xfe", ",;=/" * 1000, "text/html;q=1e400", "*/*\t;q=0.1"]
)
def test_hostile_accept_headers(client: TestClient, accept: str) -> None:
    headers = {b"accept": accept.encode("latin-1")}
    assert client.get("/sparql", params={"query": "ASK {}"}, headers=headers).status_code in {200, 406}


def test_other_hosts_are_refused(client: TestClient) -> None:
    for host in ("e.org", "127.0.0.1.e.org", "localhost:80@e.org", "", "a b", "[::1"):
        assert client.get("/sparql", headers={"host": host}).status_code == 400
    for host in ("localhost:8000", "127.0.0.1", "[::1]:8000"):
        assert client.get("/sparql", headers={"host": host}).status_code == 200


def test_a_token_opens_and_nothing_else(folder: Path) -> None:
    app = create_app(folder, token="0pen sesame", hosts=["*"], limits=Limits(workers=1))  # noqa: S106 - a test's
    with TestClient(app, base_url="http://e.org", follow_redirects=False) as client:
        for headers in (
            {},
            {"authorization": "Bearer no"},
            {"authorization": "Basic 0pen sesame"},
            {"cookie": "paperkg=1"},
        ):
            answer = client.get("/sparql", headers=headers)
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"] == "Bearer"
        shared = {"authorization": "Bearer 0pen sesame", "origin": "https://elsewhere.org"}
        assert client.get("/sparql", headers=shared).headers["access-control-allow-origin"] == "*"
        assert client.get("/sparql?token=no").status_code == 401
        first = client.get("/sparql?query=ASK%7B%7D&token=0pen%20sesame")
        assert (first.status_code, first.headers["location"]) == (303, "/sparql?query=ASK%7B%7D")
        kept = first.headers["set-cookie"]
        assert "sesame" not in kept
        assert {"HttpOnly", "SameSite=strict"} <= {part.strip() for part in kept.split(";")}
        assert client.get("/sparql?query=ASK%7B%7D").status_code == 200
