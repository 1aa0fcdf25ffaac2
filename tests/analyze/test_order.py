"""The same graph gives the same answer to the last digit: neither the order of rows nor that of threads shows.

The graph is one of ties: papers that are alike, entities that stand alike. Where an answer takes some of many, ties are
what the order of rows would decide.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from random import Random
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

from kg import analyze
from kg.graph import SCHEMAS, Frame, Graph
from tests.corpus import FIVE, Annotated, graph_of

if TYPE_CHECKING:
    from collections.abc import Callable

_LETTERS = "ABCDEFGHIJKL"


def _twin(number: int) -> Annotated:
    """One of many papers that differ in nothing but the names of their models and in what they are measured on."""
    model, other = (f"{_LETTERS[(number + step) % 12] * 3}Net" for step in (0, 1))
    datasets = [f"{_LETTERS[(number * step) % 12] * 4}-Set" for step in (1, 5, 7)]
    entities: dict[str, Any] = {
        "model": ("Model", model, [model], number % 2 == 0),
        "other": ("Model", other, [other], False),
        "task": ("Task", "leaf counting", ["leaf counting"], False),
        "method": ("Method", "window attention", ["window attention"], False),
        "metric": ("Metric", "accuracy", ["accuracy"], False),
        **{name: ("Dataset", name, [name], False) for name in datasets},
    }
    facts: list[Any] = [("model", "evaluatedOn", name) for name in set(datasets)]
    facts += [("model", "usedFor", "task"), ("method", "partOf", "model"), ("model", "measuredBy", "metric")]
    facts += [("model", "outperforms" if number % 3 else "variantOf", "other")]
    results: list[Any] = [("model", "metric", datasets[0], "90", "%", "absolute", None)]
    text = f"{model} beats {other} in leaf counting on {', '.join(datasets)} by accuracy, with window attention."
    return Annotated(
        f"arxiv:{2001 + number % 4 * 100}.{number + 50:05}", model, text, 2020 + number % 4, entities, facts, results
    )


GRAPH = graph_of([*FIVE, *map(_twin, range(36))])
ASKED: dict[str, Callable[[Graph], Any]] = {
    "card": lambda graph: analyze.card(graph, "leaf counting", 3, 2),
    "centrality": lambda graph: analyze.centrality(graph, limit=5),
    "claims": lambda graph: analyze.claims(graph, "AAANet", 3, 2),
    "communities": analyze.communities,
    "cooccurrence": lambda graph: analyze.cooccurrence(graph, "Model", "Dataset", min_papers=1, limit=9),
    "evidence": lambda graph: analyze.evidence(graph, "AAANet", "usedFor", "leaf counting"),
    "foresight": lambda graph: analyze.foresight(graph, "evaluatedOn", 2022),
    "gaps": lambda graph: analyze.gaps(graph, "evaluatedOn", limit=7),
    "leaderboard": lambda graph: analyze.leaderboard(graph, "AAAA-Set"),
    "lineage": lambda graph: analyze.lineage(graph, "AAANet", limit=3),
    "neighbours": lambda graph: analyze.neighbours(graph, "leaf counting", limit=5),
    "overview": analyze.overview,
    "papers about": lambda graph: analyze.papers_about(graph, "leaf counting", 7),
    "path": lambda graph: analyze.path(graph, "AAAA-Set", "window attention"),
    "similar": lambda graph: analyze.similar(graph, "AAANet", limit=5),
    "similar papers": lambda graph: analyze.similar_papers(graph, _twin(5).id, limit=5),
    "trends": lambda graph: analyze.trends(graph, min_papers=2, false_alarms=1),
    "uptake": lambda graph: analyze.uptake(graph, limit=3),
    "find": lambda graph: graph.find("net", 5),
    "edges": lambda graph: graph.edges(),
}


def shuffled(graph: Graph, chance: Random) -> Graph:
    tables = {}
    for name in SCHEMAS:
        rows = list(range(graph.table(name).num_rows))
        chance.shuffle(rows)
        tables[name] = graph.table(name).take(pa.array(rows, pa.int64()))
    return Graph(graph.manifest, tables)


@pytest.mark.parametrize("question", ASKED)
def test_order_of_rows_changes_no_answer(question: str) -> None:
    ask = ASKED[question]
    told = plain(ask(GRAPH))
    assert told
    for seed in range(5):
        assert plain(ask(shuffled(GRAPH, Random(seed)))) == told


def plain(answer: Any) -> Any:
    """What an answer holds, however deep, as lists and dicts."""
    if is_dataclass(answer):
        return {field.name: plain(getattr(answer, field.name)) for field in fields(answer)}
    if isinstance(answer, Frame):
        return answer.arrow.to_pylist()
    if isinstance(answer, tuple | list):
        return list(map(plain, answer))
    return answer
