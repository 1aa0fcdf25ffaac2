"""Lineage, paths, centrality, projections and uptake, on graphs small enough to know, and beside NetworkX."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analyze import centrality, communities, cooccurrence, edge_list, lineage, path, uptake
from kg.analyze.centrality import pagerank, participation
from kg.analyze.fields import modularity
from kg.api import Graph as Doors
from kg.errors import KgError
from kg.graph import SCHEMAS, Graph
from kg.types import EntityType
from tests.corpus import Annotated, graph_of
from tests.rdf.more import more

NAMES = ("AshNet", "BirchNet", "CedarNet", "ElmNet")
ENTITIES: dict[str, tuple[EntityType, str, list[str], bool]] = {
    name[0].lower(): ("Model", name, [name], False) for name in NAMES
}


def stating(facts: list[tuple[str, str, str]], number: int, year: int = 2020, proposed: str = "") -> Annotated:
    keys = sorted({end for head, _, tail in facts for end in (head, tail)} | set(proposed))
    entities = {key: (*ENTITIES[key][:3], key == proposed) for key in keys}
    text = f"On {', '.join(ENTITIES[key][1] for key in keys)}."
    return Annotated(f"arxiv:2001.{number:05}", text, "", year, entities, facts)  # type: ignore[arg-type]


def test_lineage_goes_both_ways_and_ends_where_papers_contradict_each_other() -> None:
    steps = [("a", "variantOf", "b"), ("b", "variantOf", "c"), ("c", "variantOf", "a")]
    graph = graph_of(
        [stating([step], number) for number, step in enumerate([*steps, ("b", "variantOf", "a"), steps[0]])]
    )
    found = lineage(graph, "AshNet", depth=9)
    assert [branch.name for branch in found.above.branches] == ["BirchNet"]
    assert [branch.name for branch in found.above.branches[0].branches] == ["CedarNet"]
    assert found.above.branches[0].support == 2
    assert [branch.name for branch in found.below.branches] == ["CedarNet"]
    assert found.above.branches[0].branches[0].branches == []
    assert repr(found).splitlines()[1] == "   BirchNet (Model, 4 papers, 2 stating)"
    assert found.to_dict()["above"]["branches"][0]["name"] == "BirchNet"


def test_papers_outweigh_what_names_tell() -> None:
    graph = graph_of([stating([("a", "variantOf", "b")], 1), stating([("b", "partOf", "c")], 2)])
    (row,) = graph.table("relations").to_pylist()[:1]
    ends = {"head": row["tail"], "relation": "variantOf", "tail": row["head"], "rule": "modifier"}
    tables = {name: graph.table(name) for name in SCHEMAS}
    told = Graph(graph.manifest, {**tables, "inferred": pa.Table.from_pylist([ends], schema=SCHEMAS["inferred"])})
    found = lineage(told, "AshNet")
    assert ([branch.name for branch in found.above.branches], found.below.branches) == (["BirchNet"], [])
    assert repr(lineage(told, "CedarNet")) == "CedarNet is no kind of anything here, and has no kinds"


def test_what_is_shown_elsewhere_is_not_left_out() -> None:
    steps = [("b", "partOf", "a"), ("c", "partOf", "a"), ("c", "partOf", "b"), ("b", "partOf", "a")]
    below = lineage(graph_of([stating([step], n) for n, step in enumerate(steps)]), "AshNet", "partOf", limit=1).below
    assert ([branch.name for branch in below.branches], below.left_out) == (["BirchNet"], 0)
    assert [branch.name for branch in below.branches[0].branches] == ["CedarNet"]


def test_a_projection_is_the_table_of_pairs_as_a_graph(five: Graph) -> None:
    graph = Doors(five.manifest, {name: five.table(name) for name in SCHEMAS})
    joined = graph.to_networkx(projection="Model", min_papers=2)
    pairs = cooccurrence(five, "Model", "Model", min_papers=2)
    assert {frozenset(edge) for edge in joined.edges} == {
        frozenset((row["left_iri"], row["right_iri"])) for row in pairs
    }
    assert all(data["type"] == "Model" and data["papers"] >= 2 for _, data in joined.nodes(data=True))
    assert not joined.is_directed()
    simple, multi = graph.to_networkx(simple=True), graph.to_networkx()
    assert {*simple.edges} == {(head, tail) for head, tail, _ in multi.edges}


def test_what_the_limit_leaves_out_is_counted() -> None:
    graph = graph_of([stating([(head, "partOf", "a")], n) for n, head in enumerate("bce")])
    below = lineage(graph, "AshNet", "partOf", limit=2).below
    assert (len(below.branches), below.left_out) == (2, 1)


def test_a_path_is_that_of_networkx() -> None:
    graph = more()
    edges = edge_list(graph).stated
    plain: nx.Graph[int] = nx.Graph((int(head), int(tail)) for head, tail in edges.ends)
    largest = min(sorted(part) for part in nx.connected_components(plain))
    for left, right in combinations(largest[:9], 2):
        ends = [edges.iris[place].as_py() for place in (left, right)]
        assert len(path(graph, *ends, by="steps")) == nx.shortest_path_length(plain, left, right)
        assert len(path(graph, *ends)) >= nx.shortest_path_length(plain, left, right)


def test_every_step_of_a_path_has_its_sentence(five: Graph) -> None:
    steps = list(path(five, "masked language modeling", "SongBench", by="steps"))
    assert all(step["sentence"] and step["paper"] for step in steps)
    assert steps[0]["head"] == "masked language modeling" or steps[0]["tail"] == "masked language modeling"
    assert not len(path(five, "BERT", "BERT"))
    with pytest.raises(KgError, match="no chain"):
        path(graph_of([stating([("a", "partOf", "b")], 1), stating([("c", "partOf", "e")], 2)]), "AshNet", "ElmNet")


def test_pagerank_is_that_of_networkx() -> None:
    edges = edge_list(more()).stated
    theirs: nx.DiGraph[int] = nx.DiGraph()
    theirs.add_nodes_from(range(len(edges)))
    for (head, tail), support in zip(edges.ends.tolist(), edges.support, strict=True):
        before = theirs.get_edge_data(head, tail, {"weight": 0.0})["weight"]
        theirs.add_edge(head, tail, weight=before + np.log2(1 + support))
    expected = nx.pagerank(theirs, tol=1e-12, max_iter=500)
    assert pagerank(edges) == pytest.approx([expected[node] for node in range(len(edges))], abs=1e-6)


def test_centrality_counts_what_it_says(five: Graph) -> None:
    rows = {row["name"]: row for row in centrality(five, limit=99)}
    assert rows["LeafNet"]["papers"] == 2
    assert centrality(five, "Dataset", limit=1)["type"] == ["Dataset"]
    assert [row["pagerank"] for row in rows.values()] == sorted((r["pagerank"] for r in rows.values()), reverse=True)
    labels = np.zeros(len(edge_list(five)), dtype=np.int64)
    assert not participation(edge_list(five).stated, labels).any()


@given(st.lists(st.sets(st.sampled_from("abce"), min_size=1), min_size=1, max_size=8))
def test_cooccurrence_counts_papers(papers: list[set[str]]) -> None:
    listed = []
    for number, keys in enumerate(papers):
        title = ", ".join(ENTITIES[key][1] for key in sorted(keys))
        listed.append(Annotated(f"arxiv:2001.{number:05}", title, "", 2020, {key: ENTITIES[key] for key in keys}))
    found = {(row["left"], row["right"]): row for row in cooccurrence(graph_of(listed), "Model", "Model", min_papers=1)}
    for left, right in combinations(sorted(ENTITIES), 2):
        together = [keys for keys in papers if {left, right} <= keys]
        row = found.get((ENTITIES[left][1], ENTITIES[right][1]))
        assert (row["papers"] if row else 0) == len(together)
        if row:
            assert row["weight"] == pytest.approx(sum(1 / (len(keys) - 1) for keys in together))
            assert -1 <= row["npmi"] <= 1 + 1e-9


def test_uptake_is_of_what_was_new() -> None:
    later = [stating([("a", "partOf", "b")], n, 2021) for n in (3, 4)]
    first = stating([("a", "partOf", "b")], 1, 2020, proposed="a")
    older = stating([("b", "partOf", "c")], 2, 2019)
    (row,) = uptake(graph_of([first, older, *later]))
    assert (row["name"], row["year"], row["later"], row["paper"]) == ("AshNet", 2020, 2, first.id)
    assert not len(uptake(graph_of([first, stating([("a", "partOf", "c")], 9, 2018), *later])))
    assert not len(uptake(graph_of([first, *later]), "Task"))


def test_modularity_is_that_of_networkx() -> None:
    edges = edge_list(more()).stated
    labels = np.arange(len(edges)) % 3
    plain: nx.MultiGraph[int] = nx.MultiGraph()
    plain.add_nodes_from(range(len(edges)))
    for (head, tail), weight in zip(edges.ends.tolist(), edges.weights.tolist(), strict=True):
        plain.add_edge(head, tail, weight=weight)
    parts = [set(np.flatnonzero(labels == label).tolist()) for label in range(3)]
    expected = nx.community.modularity(plain, parts, weight="weight")
    assert modularity(edges.ends, edges.weights, labels) == pytest.approx(expected)


def test_communities_account_for_every_entity_with_facts() -> None:
    found = communities(more(), least=1)
    degrees = edge_list(more()).stated.degrees
    assert len(found.members) == sum(found.groups["entities"]) == np.count_nonzero(degrees)
    assert found.groups["community"] == list(range(len(found.groups)))
    assert found.modularity > 0
    for group in found.groups:
        members = [row["name"] for row in found.members if row["community"] == group["community"]]
        assert group["hearts"] == members[: len(group["hearts"])]
        assert 0 <= group["inside"] <= 1 + 1e-9


def test_an_empty_graph_has_no_communities() -> None:
    found = communities(graph_of([]))
    assert (found.modularity, len(found.groups), len(found.members)) == (0.0, 0, 0)
