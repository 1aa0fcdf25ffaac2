"""Every named query answers on the sample and on test papers, and two engines give the same answer."""

from __future__ import annotations

from decimal import Decimal

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.errors import KgError, QueryRefused
from kg.graph import Graph
from kg.rdf import TOPICS, Argument, named, named_queries, query, run_named
from kg.rdf.guard import checked
from kg.rdf.queries import parse_query
from tests.analyze.boards import SHEEP
from tests.corpus import graph_of
from tests.rdf.conftest import in_rdflib
from tests.rdf.more import more

MLM = "does <b>masking</b> help? mlm & friends"
CASES: list[tuple[str, dict[str, str], int]] = [
    ("best-by-year", {"dataset": "PlantVillage", "metric": "top-1 accuracy"}, 2),
    ("contradictions", {}, 1),
    ("datasets-for-task", {"task": "Leaf Counting"}, 1),
    ("doubtful-facts", {"entity": "LeafNet", "below": "0.9"}, 10),
    ("entities-of-paper", {"paper": "birdbert learns birdsong"}, 7),
    ("entities-of-paper", {"paper": "DOI:10.5555/birdsong.3"}, 7),
    ("facts", {"entity": "leafnet"}, 10),
    ("first-papers", {"entity": "LeafNet"}, 3),
    ("gains-without-baseline", {"metric": "flops"}, 1),
    ("leaderboard", {"dataset": "plantvillage"}, 2),
    ("leaderboard", {"dataset": "songbench", "metric": "F1"}, 2),
    ("lineage", {"entity": "leafnet"}, 2),
    ("lineage", {"entity": "ViT"}, 1),
    ("mentioned-together", {"entity": "LeafNet"}, 5),
    ("mentioned-together", {"entity": "LeafNet", "type": "method"}, 1),
    ("methods-by-year", {"task": "plant disease classification"}, 1),
    ("methods-for-task", {"task": "plant disease classification"}, 1),
    ("metrics-of-dataset", {"dataset": "SongBench"}, 1),
    ("metrics-of-task", {"task": "plant disease classification"}, 1),
    ("most-used", {}, 20),
    ("most-used", {"type": "method"}, 3),
    ("newest-results", {"metric": "flops"}, 1),
    ("outperforms", {"system": "bert"}, 2),
    ("papers-about", {"entity": "LeafNet"}, 3),
    ("papers-about-both", {"first": "LeafNet", "second": "magnitude pruning"}, 1),
    ("papers-behind-edge", {"head": "LeafNet", "relation": "outperforms", "tail": "ResNet-50"}, 1),
    ("papers-behind-edge", {"head": "window attention", "relation": "partof", "tail": "LeafNet"}, 2),
    ("papers-by-year", {"entity": "LeafNet"}, 3),
    ("parts-of-model", {"model": "leafnet"}, 2),
    ("proposed-here-used-there", {"paper": "arxiv:2101.00001"}, 2),
    ("proposed-in-year", {"year": "2021"}, 1),
    ("proposed-in-year", {"year": "2023", "type": "dataset"}, 1),
    ("related-papers", {"paper": MLM}, 1),
    ("results-of-system", {"system": "magnitude pruning"}, 2),
    ("rising-methods", {"task": "plant disease classification", "year": "2020"}, 1),
    ("statements-of-paper", {"paper": "arxiv:2101.00001"}, 7),
    ("systems-on-both-datasets", {"first": "AviCorpus", "second": "SongBench"}, 2),
    ("systems-on-dataset", {"dataset": "SongBench"}, 3),
    ("tasks-of-dataset", {"dataset": "PlantVillage"}, 2),
    ("tasks-sharing-datasets", {"task": "leaf counting"}, 1),
    ("used-inside", {"part": "window attention"}, 1),
    ("variants", {"entity": "Vision Transformer"}, 2),
]
TEXT = Argument("x", '""', "any text")
ON_THE_SAMPLE_ALONE = {"fading-datasets", "replaced-on-task"}


@pytest.fixture(scope="module")
def graph() -> Graph:
    return more()


@pytest.fixture(scope="module")
def graph_in_rdflib(graph: Graph) -> rdflib.Graph:
    return in_rdflib(graph)


def both_alike(graph: Graph, theirs: rdflib.Graph, text: str) -> int:
    """Run a query in both engines, compare columns, rows and their order, and return how many rows there are."""
    ours, other = query(graph, text), theirs.query(text)
    assert [str(v) for v in other.vars or ()] == ours.columns
    expected = [tuple(plain(cell) for cell in row) for row in other]  # type: ignore[union-attr]
    assert [tuple(row.values()) for row in ours] == expected
    return len(ours)


def plain(term: object) -> object:
    value = term.toPython() if isinstance(term, rdflib.Literal) else term
    return float(value) if isinstance(value, Decimal) else str(value) if isinstance(value, str) else value


@pytest.mark.parametrize("name", named_queries())
def test_every_query_answers_on_the_sample_as_it_stands(
    sample: Graph, sample_in_rdflib: rdflib.Graph, name: str
) -> None:
    assert both_alike(sample, sample_in_rdflib, named(name).text) > 0


@pytest.mark.parametrize(("name", "arguments", "rows"), CASES)
def test_both_engines_answer_alike(
    graph: Graph, graph_in_rdflib: rdflib.Graph, name: str, arguments: dict[str, str], rows: int
) -> None:
    assert both_alike(graph, graph_in_rdflib, named(name).bound(arguments)) == rows
    assert len(run_named(graph, name, **arguments)) == rows


def test_every_query_is_tried_with_every_argument() -> None:
    tried = {(name, argument) for name, arguments, _ in CASES for argument in arguments}
    assert {name for name, _, _ in CASES} | ON_THE_SAMPLE_ALONE == set(named_queries())
    taken = {(query.name, argument.name) for query in named_queries().values() for argument in query.arguments}
    assert {(name, argument) for name, argument in taken if name not in ON_THE_SAMPLE_ALONE} == tried


def test_there_are_enough_questions() -> None:
    assert len(named_queries()) >= 25


@pytest.mark.parametrize("name", named_queries())
def test_every_query_describes_itself(name: str) -> None:
    query = named(name)
    assert query.description.endswith(".")
    assert query.topic in TOPICS
    assert all(argument.shown and argument.description for argument in query.arguments)
    assert query.text.count("# arg:") == len(query.arguments)
    assert query.text.count("VALUES ?") >= len(query.arguments)
    assert "SELECT" in checked(query.text)
    assert query.text.rstrip().splitlines()[-1].startswith(("ORDER BY", "LIMIT"))


@pytest.mark.parametrize("name", named_queries())
def test_a_query_bound_to_its_examples_is_its_file(name: str) -> None:
    query = named(name)
    assert query.bound({argument.name: argument.shown for argument in query.arguments}) == query.text


def test_a_query_without_arguments_is_read() -> None:
    query = parse_query("x", "# What is.\n# topic: Papers\nASK {}")
    assert (query.description, query.topic, query.arguments) == ("What is.", "Papers", ())


def test_an_argument_without_an_example_is_refused() -> None:
    with pytest.raises(QueryRefused, match=r"no VALUES \?year"):
        parse_query("x", "# What is.\n# topic: Papers\n# arg: year the year\nASK {}")


def test_an_argument_shows_how_it_is_given() -> None:
    shown = [str(argument) for argument in named("leaderboard").arguments]
    assert shown == ["dataset=imagenet-1k", "metric?=top-1 accuracy"]
    assert named("proposed-in-year").arguments[0].shown == "2021"


def test_the_sentence_comes_with_its_place(graph: Graph) -> None:
    (row,) = run_named(graph, "papers-behind-edge", head="LeafNet", relation="outperforms", tail="ResNet-50")
    assert row["sentence"].endswith("outperforms ResNet-50.")
    assert row["sentence"] == graph.passage("arxiv:2101.00001", row["start"], row["end"])


def test_the_least_error_leads_in_both_engines() -> None:
    graph = graph_of([SHEEP])
    text = named("leaderboard").bound({"dataset": "sheepset", "metric": "word error rate"})
    assert both_alike(graph, in_rdflib(graph), text) == 3
    assert query(graph, text)["value"] == [0.9, 3, 12]
    assert run_named(graph, "leaderboard", dataset="SheepSet", metric="accuracy")["value"] == [97.5, 85, 0.9]
    assert run_named(graph, "leaderboard", dataset="kg:dataset/sheepset", metric="accuracy")["value"] == [97.5, 85, 0.9]


def test_a_name_that_nothing_has_is_explained(graph: Graph) -> None:
    with pytest.raises(KgError, match="no Dataset is called 'no such set': near it are"):
        run_named(graph, "leaderboard", dataset="no such set")
    with pytest.raises(KgError, match="no Dataset is called 'LeafNet'"):
        run_named(graph, "leaderboard", dataset="LeafNet")
    with pytest.raises(KgError, match="no paper has the title or identifier 'LeafNet'"):
        run_named(graph, "entities-of-paper", paper="LeafNet")
    assert len(run_named(graph, "leaderboard", dataset="PlantVillage", metric="no such metric")) == 0
    assert len(run_named(graph, "entities-of-paper", paper="arxiv:2505.00005")) == 0


@pytest.mark.parametrize(
    ("name", "argument", "value", "why"),
    [
        ("proposed-in-year", "year", "21", "no year: write four digits, as in 2021"),
        ("proposed-in-year", "year", "２０２１", "no year"),
        ("most-used", "type", "Paper", "none of Task, Method, Model, Dataset, Metric: choose one, as in Method"),
        ("papers-behind-edge", "relation", "Method", "none of usedFor, .*comparedWith"),
        ("doubtful-facts", "below", "0.3 } #", "no number"),
        ("fading-datasets", "year", "1e999", "no number"),
        ("facts", "entity", "\udc80", "no text: it has half a character"),
    ],
)
def test_a_value_of_another_kind_is_refused(name: str, argument: str, value: str, why: str) -> None:
    arguments = {one.name: one.shown for one in named(name).arguments} | {argument: value}
    with pytest.raises(QueryRefused, match=f"the argument {argument} is {why}"):
        named(name).bound(arguments)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_stays_one_value(text: str) -> None:
    (row,) = Store().query(f"SELECT ?x {{ VALUES ?x {{ {TEXT.term(text)} }} }}")  # type: ignore[misc]
    assert row["x"].value == text.strip().lower()
