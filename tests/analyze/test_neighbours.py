"""What is around a thing: against a plain search over NetworkX, with every limit counted."""

from __future__ import annotations

import json
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analyze import evidence, neighbours
from kg.errors import KgError
from kg.graph import Graph, to_networkx
from kg.types import ENTITY_TYPES, RELATION_TYPES
from tests.rdf.more import hostile, more, replaced

GRAPH = more()
WHOLE = to_networkx(GRAPH)
IRIS = GRAPH.entities()["iri"]


def iri(name: str) -> str:
    (row,) = GRAPH.sql("SELECT iri FROM entities WHERE name = $1", [name])
    return str(row["iri"])


@given(
    st.sampled_from(IRIS),
    st.integers(1, 3),
    st.none() | st.sets(st.sampled_from(ENTITY_TYPES), min_size=1),
    st.none() | st.sets(st.sampled_from(RELATION_TYPES), min_size=1),
    st.integers(1, 2),
)
def test_without_a_limit_it_is_what_networkx_reaches(
    centre: str, hops: int, types: set[str] | None, relations: set[str] | None, support: int
) -> None:
    kept: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    kept.add_nodes_from(n for n, data in WHOLE.nodes(data=True) if n == centre or not types or data["type"] in types)
    kept.add_edges_from(
        (head, tail, relation)
        for head, tail, relation, data in WHOLE.edges(keys=True, data=True)
        if (relations is None or relation in relations) and data["support"] >= support and {head, tail} <= set(kept)
    )
    near = nx.single_source_shortest_path_length(kept.to_undirected(as_view=True), centre, cutoff=hops)
    wanted: Any = {"types": types and sorted(types), "relations": relations and sorted(relations)}
    found = neighbours(GRAPH, centre, hops, 10_000, **wanted, min_support=support)
    assert {row["iri"]: row["hops"] for row in found.nodes} == near
    expected = {(head, relation, tail) for head, tail, relation in kept.subgraph(near).edges(keys=True)}
    assert {(row["head_iri"], row["relation"], row["tail_iri"]) for row in found.edges} == expected
    assert (found.more_nodes, found.more_edges) == (0, 0)
    for row in found.edges:
        edge = WHOLE.edges[row["head_iri"], row["tail_iri"], row["relation"]]
        best = max(edge["evidence"], key=lambda one: one["confidence"])
        assert (row["support"], row["confidence"]) == (edge["support"], edge["confidence"])
        assert row["evidence"]["confidence"] == best["confidence"]
        assert row["evidence"]["sentence"] in {" … ".join(one["sentences"]) for one in edge["evidence"]}


@given(st.sampled_from(IRIS), st.integers(1, 2), st.integers(1, 6))
def test_a_limit_keeps_the_nearest_and_counts_the_rest(centre: str, hops: int, limit: int) -> None:
    whole, short = neighbours(GRAPH, centre, 1, 10_000), neighbours(GRAPH, centre, hops, limit)
    assert [*short.nodes][: len(whole.nodes)] == [*whole.nodes][: len(short.nodes)]
    if len(whole.nodes) > limit + 1:
        assert len(short.nodes) + short.more_nodes == len(whole.nodes)
    assert len(short.edges) <= 3 * limit
    ends = {end for row in short.edges for end in (row["head_iri"], row["tail_iri"])}
    assert {row["iri"] for row in short.nodes} - {centre} <= ends


def test_the_best_linked_come_first() -> None:
    found = neighbours(GRAPH, "LeafNet", limit=3)
    assert [row["name"] for row in found.nodes] == ["LeafNet", "ResNet-50", "PlantVillage", "top-1 accuracy"]
    assert (found.more_nodes, [row["hops"] for row in found.nodes]) == (5, [0, 1, 1, 1])


def test_confidence_is_the_surest_papers() -> None:
    assert len(neighbours(GRAPH, "LeafNet", min_confidence=0.81).nodes) == 1
    assert len(neighbours(GRAPH, "LeafNet", min_confidence=0.8).nodes) == 9


def test_what_names_imply_is_there_when_asked_for() -> None:
    row = {"head": iri("TinyLeaf"), "relation": "variantOf", "tail": iri("ResNet-50"), "rule": "modifier"}
    inferred = GRAPH.table("inferred").from_pylist([row], schema=GRAPH.table("inferred").schema)
    graph = replaced(GRAPH, {"inferred": inferred})
    assert "TinyLeaf" not in {one["name"] for one in neighbours(graph, "ResNet-50").nodes}
    edges = [one for one in neighbours(graph, "ResNet-50", min_support=0).edges if one["head"] == "TinyLeaf"]
    assert [(one["tail"], one["support"]) for one in edges if one["evidence"] is None] == [("ResNet-50", 0)]


def test_it_shows_itself_and_goes_into_json() -> None:
    found = neighbours(GRAPH, "LeafNet", limit=2)
    assert repr(found).startswith("around LeafNet (2 of 8)\nname ")
    assert json.loads(json.dumps(found.to_dict()))["more_nodes"] == 6
    assert repr(neighbours(GRAPH, "LeafNet", min_confidence=1)) == "nothing is around LeafNet"


def test_the_order_of_rows_does_not_matter() -> None:
    turned = replaced(GRAPH, {name: GRAPH.table(name)[::-1] for name in GRAPH.manifest.counts})
    assert neighbours(turned, "LeafNet", 2, 5).to_dict() == neighbours(GRAPH, "LeafNet", 2, 5).to_dict()


def test_hostile_papers(five: Graph) -> None:
    graph = hostile()
    for entity in graph.entities():
        assert len(neighbours(graph, entity["iri"], 2).nodes) >= 1


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ({"entity": "LeafNt"}, "near it are LeafNet"),
        ({"hops": 0}, "ask for 1 to 5"),
        ({"limit": 0}, "ask for 1 or more"),
        ({"types": ["Thing"]}, "no type 'Thing': there are Task"),
        ({"relations": ["likes"]}, "no relation 'likes': there are usedFor"),
    ],
)
def test_what_cannot_be_asked(wanted: dict[str, Any], says: str) -> None:
    with pytest.raises(KgError, match=says):
        neighbours(GRAPH, **{"entity": "LeafNet", **wanted})


def test_evidence_is_each_paper_with_its_place() -> None:
    rows = list(evidence(GRAPH, "window attention", "partOf", "leafnet"))
    assert [(row["paper"], row["year"], row["confidence"]) for row in rows] == [
        ("arxiv:2202.00002", 2022, 0.8),
        ("arxiv:2101.00001", 2021, 0.8),
    ]
    for row in rows:
        text = GRAPH.texts([row["paper"]])[row["paper"]]
        assert row["sentence"] == " … ".join(text[span["start"] : span["end"]] for span in row["spans"])
        assert row["link"].startswith("https://arxiv.org/abs/")


def test_a_comparison_has_the_same_evidence_both_ways() -> None:
    there, back = (
        list(evidence(GRAPH, *ends))
        for ends in (("ResNet-50", "comparedWith", "LeafNet"), ("LeafNet", "comparedWith", "ResNet-50"))
    )
    assert there == back
    assert len(there) == 1
    assert len(evidence(GRAPH, "ResNet-50", "outperforms", "LeafNet")) == 1
    assert len(evidence(GRAPH, "LeafNet", "usedFor", "ResNet-50")) == 0


def test_evidence_of_what_is_none() -> None:
    with pytest.raises(KgError, match="no relation 'beats': there are usedFor"):
        evidence(GRAPH, "ResNet-50", "beats", "LeafNet")
    with pytest.raises(KgError, match="near it are"):
        evidence(GRAPH, "ResNt-50", "outperforms", "LeafNet")


def test_a_graph_has_the_doors() -> None:
    from kg import Graph as WithDoors

    graph = WithDoors(GRAPH.manifest, {name: GRAPH.table(name) for name in GRAPH.manifest.counts})
    assert graph.neighbours("LeafNet", limit=2).more_nodes == 6
    assert len(graph.evidence("window attention", "partOf", "LeafNet")) == 2
    assert graph.card("LeafNet").papers == 3
    assert graph.overview().papers == 6
    assert graph.papers_about("LeafNet", since=2022).total == 2
