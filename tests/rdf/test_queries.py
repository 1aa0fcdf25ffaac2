"""Every named query answers, and two engines give the same answer."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest
import rdflib

from kg.graph import Graph
from kg.rdf import named_queries, run_named, write_turtle
from kg.rdf.guard import checked
from kg.rdf.queries import parse_query
from tests.analyze.boards import SHEEP
from tests.corpus import graph_of
from tests.rdf.more import more

CASES: list[tuple[str, dict[str, str], int]] = [
    ("contradictions", {}, 1),
    ("datasets-for-task", {"task": "Leaf Counting"}, 1),
    ("entities-of-paper", {"paper": "birdbert learns birdsong"}, 7),
    ("entities-of-paper", {"paper": "DOI:10.5555/birdsong.3"}, 7),
    ("leaderboard", {"dataset": "plantvillage"}, 2),
    ("leaderboard", {"dataset": "songbench", "metric": "f1"}, 2),
    ("lineage", {"entity": "leafnet"}, 2),
    ("lineage", {"entity": "ViT"}, 2),
    ("methods-for-task", {"task": "plant disease classification"}, 1),
    ("metrics-of-dataset", {"dataset": "SongBench"}, 1),
    ("most-used", {}, 20),
    ("most-used", {"type": "method"}, 3),
    ("newest-results", {}, 4),
    ("newest-results", {"metric": "flops"}, 1),
    ("outperforms", {}, 4),
    ("outperforms", {"model": "bert"}, 2),
    ("papers-behind-edge", {"head": "LeafNet", "relation": "outperforms", "tail": "ResNet-50"}, 1),
    ("papers-behind-edge", {"head": "window attention", "relation": "partof", "tail": "LeafNet"}, 2),
    ("parts-of-model", {"model": "leafnet"}, 2),
    ("proposed-here-used-there", {}, 3),
    ("proposed-here-used-there", {"entity": "leafnet"}, 2),
    ("tasks-sharing-datasets", {}, 1),
    ("tasks-sharing-datasets", {"task": "leaf counting"}, 1),
]


@pytest.fixture(scope="module")
def graph() -> Graph:
    return more()


@pytest.fixture(scope="module")
def in_rdflib(graph: Graph) -> rdflib.Graph:
    buffer = BytesIO()
    write_turtle(graph, buffer)
    return rdflib.Graph().parse(data=buffer.getvalue(), format="turtle")


@pytest.mark.parametrize(("name", "arguments", "rows"), CASES)
def test_both_engines_answer_alike(
    graph: Graph, in_rdflib: rdflib.Graph, name: str, arguments: dict[str, str], rows: int
) -> None:
    answer = run_named(graph, name, **arguments)
    assert len(answer) == rows
    bound = {argument: rdflib.Literal(value) for argument, value in arguments.items()}
    theirs = in_rdflib.query(named_queries()[name].text, initBindings=bound)
    assert [str(v) for v in theirs.vars or () if v not in named_arguments(name)] == answer.columns
    expected = [tuple(plain(getattr(row, column)) for column in answer.columns) for row in theirs]
    assert [tuple(row.values()) for row in answer] == expected


def named_arguments(name: str) -> set[rdflib.Variable]:
    return {rdflib.Variable(argument.name) for argument in named_queries()[name].arguments}


def plain(term: object) -> object:
    value = term.toPython() if isinstance(term, rdflib.Literal) else term
    return float(value) if isinstance(value, Decimal) else str(value) if isinstance(value, str) else value


def test_every_query_is_tried_with_every_argument() -> None:
    tried = {(name, argument) for name, arguments, _ in CASES for argument in arguments}
    assert {name for name, _, _ in CASES} == set(named_queries())
    assert tried == {(query.name, argument.name) for query in named_queries().values() for argument in query.arguments}


@pytest.mark.parametrize("name", named_queries())
def test_every_query_describes_itself(name: str) -> None:
    query = named_queries()[name]
    assert query.description.endswith(".")
    assert all(argument.example and argument.description for argument in query.arguments)
    assert query.text.count("# arg:") == len(query.arguments)
    assert query.text.count("#\n") == 0
    assert "SELECT" in checked(query.text)
    assert "ORDER BY" in query.text


def test_a_query_without_arguments_is_read() -> None:
    query = parse_query("x", "# What is.\nASK {}")
    assert (query.description, query.arguments) == ("What is.", ())


def test_an_argument_shows_how_it_is_given() -> None:
    shown = [str(argument) for argument in named_queries()["leaderboard"].arguments]
    assert shown == ["dataset=ImageNet-1K", "metric?=top-1 accuracy"]


def test_the_sentence_comes_with_its_place(graph: Graph) -> None:
    (row,) = run_named(graph, "papers-behind-edge", head="LeafNet", relation="outperforms", tail="ResNet-50")
    assert row["sentence"].endswith("outperforms ResNet-50.")
    assert row["sentence"] == graph.passage("arxiv:2101.00001", row["start"], row["end"])


def test_the_least_error_leads_in_both_engines() -> None:
    graph = graph_of([SHEEP])
    buffer = BytesIO()
    write_turtle(graph, buffer)
    text = named_queries()["leaderboard"].text
    bound = {"dataset": rdflib.Literal("sheepset"), "metric": rdflib.Literal("word error rate")}
    theirs = rdflib.Graph().parse(data=buffer.getvalue(), format="turtle").query(text, initBindings=bound)
    ours = run_named(graph, "leaderboard", dataset="SheepSet", metric="word error rate")
    assert ours["value"] == [plain(row.value) for row in theirs] == [0.9, 3, 12]  # type: ignore[union-attr]
    assert run_named(graph, "leaderboard", dataset="SheepSet", metric="accuracy")["value"] == [97.5, 85, 0.9]


def test_nothing_is_found_where_there_is_nothing(graph: Graph) -> None:
    assert len(run_named(graph, "leaderboard", dataset="no such set")) == 0
    assert len(run_named(graph, "leaderboard", dataset="PlantVillage", metric="no such metric")) == 0
