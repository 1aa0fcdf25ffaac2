"""Queries give tables, arguments are bound, mistakes are explained."""

from __future__ import annotations

import re
from contextlib import suppress

import pyarrow as pa
import pytest
from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results

from kg.errors import QueryRefused
from kg.graph import Graph
from kg.rdf import FORMATS, PREFIXES, query, run_named, serialized
from tests.rdf.leaving import leaving_nothing
from tests.rdf.more import hostile


def test_select_gives_columns_of_strings_and_numbers(five: Graph) -> None:
    rows = query(
        five,
        """SELECT ?name ?value ?start ?confidence ?unit {
            ?r a pkg:Result ; pkg:subject/skos:prefLabel ?name ; pkg:value ?value ; pkg:confidence ?confidence ;
               pkg:evidence/pkg:start ?start . OPTIONAL { ?r pkg:unit ?unit }
        } ORDER BY ?value LIMIT 1""",
    )
    assert rows.columns == ["name", "value", "start", "confidence", "unit"]
    (row,) = rows
    assert (row["name"], row["value"], row["confidence"], row["unit"]) == ("BirdBERT", 3.1, 0.7, None)
    assert isinstance(row["start"], int)


def test_ask_construct_and_describe_give_tables(five: Graph) -> None:
    assert list(query(five, "ASK { ?s a pkg:Model }")) == [{"answer": True}]
    assert list(query(five, "ASK { ?s a pkg:Nothing }")) == [{"answer": False}]
    made = query(five, "CONSTRUCT { ?s a pkg:Seen } WHERE { ?s a pkg:Dataset }")
    assert made.columns == ["subject", "predicate", "object"]
    assert len(made) == 3
    described = query(five, "DESCRIBE <https://w3id.org/paperkg/model/bert>")
    assert "BERT" in described["object"]


def test_an_empty_answer_keeps_its_columns(five: Graph) -> None:
    rows = query(five, "SELECT ?a ?b { ?a a pkg:Nothing ; ?p ?b }")
    assert (rows.columns, len(rows)) == (["a", "b"], 0)


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ("1 2", [1, 2]),
        ("1 2.5 1e1", [1.0, 2.5, 10.0]),
        ("1 UNDEF", [1, None]),
        ("UNDEF UNDEF", [None, None]),
        ("1 'x'", ["1", "x"]),
        ("true false", [True, False]),
        ("'x'^^xsd:integer 'y'^^xsd:boolean", ["x", "y"]),
        ("99999999999999999999999 1", ["99999999999999999999999", "1"]),
        ("<http://e.org/> 'x'@en", ["http://e.org/", "x"]),
        ("'INF'^^xsd:double", [float("inf")]),
        ("'2021'^^xsd:gYear", ["2021"]),
    ],
)
def test_terms_become_plain_values(five: Graph, values: str, column: list[object]) -> None:
    rows = query(five, f"SELECT ?x {{ VALUES ?x {{ {values} }} }}")
    assert [row["x"] for row in rows] == column
    assert not pa.types.is_null(rows.arrow.schema.field("x").type)


def test_arguments_are_values_and_never_text(five: Graph) -> None:
    text = "SELECT ?wanted ?s { ?s skos:prefLabel ?n FILTER(?n = ?wanted) }"
    assert len(query(five, text, {"wanted": "BERT"})) == 1
    assert len(query(five, text, {"wanted": '" || true) } #'})) == 0
    assert list(query(five, "SELECT ?x (?x + 1 AS ?y) {}", {"x": 2})) == [{"x": 2, "y": 3}]


def test_an_argument_that_is_not_selected_is_explained(five: Graph) -> None:
    with pytest.raises(QueryRefused, match="after SELECT"):
        query(five, "SELECT * { ?s ?p ?o }", {"other": "x"})


@pytest.mark.parametrize(
    "text",
    [
        'SELECT (xsd:foo("x") AS ?y) {}',
        "ASK { FILTER(xsd:foo(1)) }",
        "CONSTRUCT WHERE { ?s ?p ?o } ORDER BY xsd:foo(?s)",
    ],
)
def test_a_function_that_there_is_not_is_named(five: Graph, text: str) -> None:
    with pytest.raises(QueryRefused, match=r"XMLSchema#foo> is not supported\): call only functions of SPARQL"):
        query(five, text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SELECT * { ?s foaf:name ?o }", "line 1, column 24: the prefix foaf: is not declared"),
        ("SELECT * {\n  ?s :name ?o }", "line 2, column 11: the prefix : is not declared"),
        ("SELECT * { ?s a pkg:Model, é.x-y:z }", "the prefix é.x-y: is not declared"),
    ],
)
def test_a_prefix_that_is_not_declared_is_named(five: Graph, text: str, says: str) -> None:
    with pytest.raises(QueryRefused, match=re.escape(says)) as raised:
        query(five, text)
    message = str(raised.value)
    assert all(f"{prefix}:" in message for prefix in PREFIXES)
    assert "\n" not in message
    assert len(message) < 300


def test_a_wrong_name_or_argument_lists_what_there_is(five: Graph) -> None:
    with pytest.raises(QueryRefused, match=r"no query 'leader': there are .*leaderboard"):
        run_named(five, "leader")
    with pytest.raises(QueryRefused, match=r"needs the argument 'dataset': it takes dataset \(required\), metric"):
        run_named(five, "leaderboard")
    with pytest.raises(QueryRefused, match=r"takes no argument 'data': it takes dataset"):
        run_named(five, "leaderboard", data="x")
    with pytest.raises(QueryRefused, match=r"it takes none"):
        run_named(five, "contradictions", x="y")


def test_names_are_found_by_alias_in_any_case(five: Graph) -> None:
    for name in ("Vision Transformer", "vit", "VITS"):
        assert [row["relative"] for row in run_named(five, "lineage", entity=name)] == ["LeafNet"]


def test_hostile_names_are_found_as_they_stand() -> None:
    graph = hostile()
    for row in graph.entities():
        kinds = [found["kind"] for found in run_named(graph, "most-used", type=row["type"].upper())]
        assert set(kinds) == {row["type"]}
    (row,) = run_named(graph, "leaderboard", dataset="-1+1", metric="+CMD")
    assert (row["value"], row["unit"]) == (1200, '"\\\n')


@pytest.mark.parametrize("format_name", FORMATS)
def test_answers_are_written_in_the_formats_of_the_w3c(five: Graph, format_name: str) -> None:
    rows = "SELECT ?name ?s { ?s a pkg:Dataset ; skos:prefLabel ?name } ORDER BY ?name"
    made = "CONSTRUCT { ?s skos:prefLabel ?name } WHERE { ?s a pkg:Dataset ; skos:prefLabel ?name }"
    wanted = FORMATS[format_name]
    if isinstance(wanted, RdfFormat):
        assert len(list(parse(serialized(five, made, format_name), wanted))) == 3
        with pytest.raises(QueryRefused, match=f"cannot be written as {format_name}: choose one of tsv, xml, sparql-"):
            serialized(five, rows, format_name)
    else:
        assert names(serialized(five, rows, format_name), wanted) == ["AviCorpus", "PlantVillage", "SongBench"]
        with pytest.raises(QueryRefused, match="choose one of turtle, ntriples"):
            serialized(five, made, format_name)


def names(answer: bytes, wanted: QueryResultsFormat) -> list[str]:
    return [row["name"].value for row in parse_query_results(answer, wanted)]  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["SELECT * {{ ?{0} a pkg:Model }}", "CONSTRUCT WHERE {{ ?{0} a pkg:Model }}"])
@pytest.mark.parametrize("format_name", ["tsv", "turtle"])
def test_answers_end_in_the_thread_that_asked(five: Graph, text: str, format_name: str) -> None:
    with leaving_nothing():
        query(five, text.format("model"))
    with leaving_nothing(), suppress(QueryRefused):
        serialized(five, text.format("model"), format_name)
