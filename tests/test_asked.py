"""What is asked for and is not there is told, by name and with what there is, wherever it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kg import analyze
from kg.api import Graph
from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.graph import Graph as Tables

REFUSED: dict[str, Callable[[Any], Any]] = {
    "no type 'Foo'": lambda graph: analyze.centrality(graph, "Foo"),  # type: ignore[arg-type]
    "no type 'foo'": lambda graph: analyze.cooccurrence(graph, "foo"),  # type: ignore[arg-type]
    "no type 'dataset': there are Task, Method": lambda graph: graph.find("a", type="dataset"),
    "no type 'Fool'": lambda graph: analyze.uptake(graph, "Fool"),  # type: ignore[arg-type]
    "no type 'Food'": lambda graph: analyze.trends(graph, type="Food"),  # type: ignore[arg-type]
    "no type 'Fox'": lambda graph: graph.to_networkx(types=["Fox"]),
    "no type 'Models'": lambda graph: graph.to_networkx(types="Models"),
    "no type 'Foal'": lambda graph: graph.to_networkx(projection="Foal"),
    "no relation 'foo': there are usedFor": lambda graph: analyze.centrality(graph, relations=["foo"]),  # type: ignore[list-item]
    "no relation 'bar'": lambda graph: graph.gaps("bar"),
    "no relation 'baz'": lambda graph: graph.foresight("baz", 2021),
    "no period 'week': there are year, month": lambda graph: graph.trends(by="week"),
    "no kind of trend 'foo'": lambda graph: graph.trends("foo"),
    "no way to go by 'foo'": lambda graph: graph.path("BERT", "CNN", by="foo"),
    "no tree of the relation 'usedFor'": lambda graph: graph.lineage("BERT", "usedFor"),
    "limit -1 is not possible: ask for 1 or more": lambda graph: graph.leaderboard("PlantVillage", limit=-1),
    "limit 0 is": lambda graph: graph.claims("BERT", limit=0),
    "limit -2": lambda graph: graph.card("BERT", limit=-2),
    "limit -3": lambda graph: graph.cooccurrence(limit=-3),
    "limit -4": lambda graph: graph.uptake(limit=-4),
    "limit -5 is not possible: ask for 0 or more": lambda graph: graph.find("a", -5),
    "limit -6": lambda graph: graph.papers_about("BERT", -6),
    "offset -1": lambda graph: graph.papers_about("BERT", offset=-1),
    "limit -7": lambda graph: graph.similar("BERT", limit=-7),
    "limit -8": lambda graph: graph.similar_papers("x", limit=-8),
    "limit -9": lambda graph: graph.gaps(limit=-9),
    "limit -10": lambda graph: graph.centrality(limit=-10),
    "limit '5'": lambda graph: graph.centrality(limit="5"),
    "resolution 0": lambda graph: graph.communities(resolution=0),
    "resolution nan": lambda graph: graph.communities(resolution=float("nan")),
    "take since and until farther apart": lambda graph: graph.trends(since=2024, until="2020"),
    "'PlantVillage' is a Dataset, of which usedFor is never said": lambda graph: graph.gaps("usedFor", "PlantVillage"),
    "no paper of 1990 or before states anything here": lambda graph: graph.foresight("usedFor", 1990),
}


@pytest.fixture(scope="module")
def graph(five: Tables) -> Graph:
    return Graph(five.manifest, {name: five.table(name) for name in five.manifest.counts})


@pytest.mark.parametrize("message", REFUSED)
def test_what_is_not_there_is_told(message: str, graph: Graph) -> None:
    with pytest.raises(KgError) as refused:
        REFUSED[message](graph)
    assert message in str(refused.value)


def test_nothing_chosen_is_nothing_and_one_name_is_one(graph: Graph) -> None:
    assert len(graph.to_networkx(types=[])) == 0
    assert {data["type"] for _, data in graph.to_networkx(types="Model").nodes(data=True)} == {"Model"}
    assert not graph.to_networkx(relations=()).edges
