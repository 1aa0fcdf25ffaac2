"""An answer is what the engine would write, in every format, or its first rows."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store, parse, parse_query_results

from kg.rdf.ontology import PREFIXES
from kg.serve.answering import CUT, answer
from kg.serve.formats import GRAPHS, RESULTS
from kg.serve.jobs import Done, Failed, Job
from tests.rdf.leaving import leaving_nothing

HARD: list[str | Literal | NamedNode] = [
    *(
        "",
        "tab\tline\nreturn\r",
        '"quotes" \'both\' """three"""',
        "<&>]]>",
        "a,b;c",
        "\\ \\n",
        "?x",
        "_:b",
        "é🧪\u2028",
    ),
    *(Literal("chat", language="en"), Literal(1), Literal(1.5), Literal(value=True)),
    *(Literal(text, datatype=NamedNode(PREFIXES["xsd"] + "integer")) for text in ("007", "none", "-1")),
    Literal("x", datatype=NamedNode("http://e.org/own")),
    NamedNode("http://e.org/a?b=c&d='e'"),
]
ROWS = "SELECT ?s ?o ?none { ?s ?p ?o OPTIONAL { ?s <http://e.org/none> ?none } }"


def job(query: str, results: str | None = "text/csv", graphs: str | None = "text/turtle", **limits: Any) -> Job:
    return Job(
        **{"query": query, "results": results, "graphs": graphs, "output": ""}
        | {"rows": 1000, "answer_bytes": 1 << 20, "seconds": 1}
        | limits
    )


def written(store: Store, query: str, media_type: str) -> bytes:
    """What the engine writes by itself."""
    found = store.query(query)
    assert isinstance(found, QuerySolutions)
    return found.serialize(None, RESULTS[media_type]) or b""


@pytest.fixture(scope="module")
def store() -> Store:
    made = Store()
    for place, value in enumerate(HARD):
        term = Literal(value) if isinstance(value, str) else value
        made.add(Quad(NamedNode(f"http://e.org/{place:03}"), NamedNode("http://e.org/p"), term))
    return made


@pytest.mark.parametrize("media_type", RESULTS)
@pytest.mark.parametrize(
    "query", [ROWS, "SELECT * {}", "SELECT ?x { VALUES ?x {} }", "SELECT ?x { VALUES ?x { UNDEF } }"]
)
def test_rows_are_as_the_engine_writes_them(store: Store, media_type: str, query: str) -> None:
    done = answer(store, job(query, media_type), stream := BytesIO())
    whole = written(store, query, media_type)
    if "xml" in media_type:
        whole = whole.replace(b"\r", b"&#13;")
    assert stream.getvalue() == whole
    assert isinstance(done, Done)
    assert (done.media_type, done.cut) == (media_type, False)


@pytest.mark.parametrize("media_type", RESULTS)
@pytest.mark.parametrize("truth", ["true", "false"])
def test_truths(store: Store, media_type: str, truth: str) -> None:
    answer(store, job(f"ASK {{ FILTER({truth}) }}", media_type), stream := BytesIO())
    assert truth in stream.getvalue().decode()


@pytest.mark.parametrize("media_type", GRAPHS)
@pytest.mark.parametrize(
    "query", ["CONSTRUCT WHERE { ?s ?p ?o }", "DESCRIBE ?s { ?s ?p ?o }", "CONSTRUCT {} { ?s ?p ?o }"]
)
def test_triples_come_in_every_format(store: Store, media_type: str, query: str) -> None:
    done = answer(store, job(query, graphs=media_type), stream := BytesIO())
    read = {quad.triple for quad in parse(stream.getvalue(), GRAPHS[media_type])}
    assert read == (set() if "{}" in query else {quad.triple for quad in store})
    assert done == Done(media_type=media_type, rows=len(read), cut=False)


@pytest.mark.parametrize("media_type", RESULTS)
@pytest.mark.parametrize("rows", [1, 2, len(HARD) - 1])
def test_an_answer_with_more_rows_is_cut(store: Store, media_type: str, rows: int) -> None:
    done = answer(store, job(ROWS, media_type, rows=rows), stream := BytesIO())
    assert done == Done(media_type=media_type, rows=rows, cut=True)
    if media_type == "text/csv":
        assert stream.getvalue() == written(store, f"{ROWS} LIMIT {rows}", media_type)
    else:
        read = parse_query_results(stream.getvalue(), RESULTS[media_type])
        assert isinstance(read, QuerySolutions)
        assert len(list(read)) == rows
    assert (CUT in stream.getvalue()) == ("xml" in media_type)


@pytest.mark.parametrize("media_type", GRAPHS)
def test_a_graph_with_more_triples_is_cut(store: Store, media_type: str) -> None:
    done = answer(store, job("CONSTRUCT WHERE { ?s ?p ?o }", graphs=media_type, rows=3), stream := BytesIO())
    assert done == Done(media_type=media_type, rows=3, cut=True)
    assert len(list(parse(stream.getvalue(), GRAPHS[media_type]))) == 3
    assert (CUT in stream.getvalue()) == ("json" not in media_type)


def test_an_answer_of_exactly_the_limit_is_whole(store: Store) -> None:
    assert answer(store, job(ROWS, rows=len(HARD)), BytesIO()) == Done(media_type="text/csv", rows=len(HARD), cut=False)


@pytest.mark.parametrize("size", [1, 30, 100, 500])
def test_a_large_answer_is_cut_at_a_row(store: Store, size: int) -> None:
    done = answer(store, job(ROWS, "text/tab-separated-values", answer_bytes=size), stream := BytesIO())
    whole = written(store, ROWS, "text/tab-separated-values")
    assert isinstance(done, Done)
    assert done.cut
    assert whole.startswith(stream.getvalue())
    assert len(stream.getvalue()) <= size
    assert stream.getvalue().count(b"\n") == max(done.rows + 1, 0) or not stream.getvalue()


def test_no_more_rows_are_computed_than_taken(store: Store) -> None:
    many = "SELECT * { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z . ?d ?t ?u . ?e ?v ?w . ?f ?g ?h . ?i ?j ?k . ?l ?m ?n }"
    assert answer(store, job(many, rows=10), BytesIO()) == Done(media_type="text/csv", rows=10, cut=True)


def test_xml_holds_no_control_characters() -> None:
    store = Store()
    store.add(Quad(NamedNode("http://e.org/a"), NamedNode("http://e.org/b"), Literal("a\x01b\x1f\rc")))
    for media_type in ("application/sparql-results+xml", "application/rdf+xml"):
        query = "CONSTRUCT WHERE { ?a ?b ?c }" if "rdf" in media_type else "SELECT ?c { ?a ?b ?c }"
        answer(store, job(query, "application/sparql-results+xml", "application/rdf+xml"), stream := BytesIO())
        shown = "".join(fromstring(stream.getvalue()).itertext()).strip()
        assert shown == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}\rc"


@pytest.mark.parametrize(
    ("query", "results", "graphs", "why"),
    [
        ("SELECT * {}", None, "text/turtle", "format"),
        ("ASK {}", None, "text/turtle", "format"),
        ("DESCRIBE <http://e.org/>", "text/csv", None, "format"),
        ("CLEAR ALL", "text/csv", "text/turtle", "refused"),
        ("SELECT", "text/csv", "text/turtle", "refused"),
        ("SELECT ?x (?y AS ?x) {}", "text/csv", "text/turtle", "refused"),
        ("SELECT (xsd:foo(1) AS ?x) {}", "text/csv", "text/turtle", "refused"),
        ("SELECT * { ?s foaf:name ?o }", "text/csv", "text/turtle", "refused"),
    ],
)
def test_there_may_be_no_answer(store: Store, query: str, results: str | None, graphs: str | None, why: str) -> None:
    failed = answer(store, job(query, results, graphs), stream := BytesIO())
    assert isinstance(failed, Failed)
    assert failed.why == why
    assert failed.message
    assert "\n" not in failed.message
    assert stream.getvalue() == b""


def test_prefixes_need_no_declaration(store: Store) -> None:
    assert answer(store, job("ASK { ?s a pkg:Paper }"), BytesIO()) == Done(media_type="text/csv", rows=1, cut=False)


@pytest.mark.parametrize("query", ["SELECT * { ?s ?p ?left }", "DESCRIBE ?left { ?left ?p ?o }"])
@pytest.mark.parametrize("rows", [1, 1000])
def test_answers_end_in_the_thread_that_asked(store: Store, query: str, rows: int) -> None:
    for results, graphs in (("text/csv", "text/turtle"), (None, None)):
        with leaving_nothing():
            answer(store, job(f"{query} LIMIT {rows + 1}", results, graphs, rows=rows), BytesIO())
