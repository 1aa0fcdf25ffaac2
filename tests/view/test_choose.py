from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from kg.errors import KgError
from kg.view.choose import choose
from tests.view.made import iri, made, planted

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.types import EntityType


def test_a_small_graph_is_shown_whole(five: Graph) -> None:
    choice = choose(five)
    assert len(choice.entities) == choice.of_nodes == five.table("entities").num_rows
    assert len(choice.edges) == choice.of_edges == len(five.edges())


def test_the_limit_is_kept_and_edges_stay_between_the_chosen() -> None:
    choice = choose(planted(10, 30), limit=100)
    chosen = {row["iri"] for row in choice.entities}
    assert len(chosen) == 100
    assert choice.of_nodes == 300
    assert all({edge["head"], edge["tail"]} <= chosen for edge in choice.edges)
    assert {edge[end] for edge in choice.edges for end in ("head", "tail")} == chosen


def test_edges_are_few_enough_to_read_and_no_node_loses_its_best() -> None:
    choice = choose(planted(2, 100, extra=20))
    assert len(choice.edges) <= 2.4 * 200
    assert len({edge[end] for edge in choice.edges for end in ("head", "tail")}) == 200


def test_every_type_keeps_places() -> None:
    many: list[tuple[str, EntityType]] = [(f"m{number}", "Model") for number in range(80)]
    few: list[tuple[str, EntityType]] = [("d", "Dataset"), ("t", "Task")]
    linked = made([*many, *few], [(name, "outperforms", "m0") for name, _ in many[1:]] + [("m0", "evaluatedOn", "d")])
    types = Counter(row["type"] for row in choose(linked, limit=20).entities)
    assert types["Dataset"] == types["Task"] == 1
    assert types.total() == 20


def test_what_stands_alone_gives_its_place_to_what_connects() -> None:
    alone: list[tuple[str, EntityType]] = [(f"alone{number}", "Method") for number in range(20)]
    pair: list[tuple[str, EntityType]] = [("zz-left", "Method"), ("zz-right", "Method")]
    choice = choose(made([*alone, *pair], [("zz-left", "partOf", "zz-right")], mentioned=3), limit=5)
    assert [row["name"] for row in choice.entities[:2]] == ["zz-left", "zz-right"]


def test_around_an_entity_come_the_nearest_first() -> None:
    chain = [f"n{number}" for number in range(6)]
    graph = made(
        [(name, "Method") for name in chain],
        [(left, "partOf", right) for left, right in pairwise(chain)],
    )
    choice = choose(graph, around="n2", hops=2)
    assert choice.entities[0]["name"] == "n2"
    assert {row["name"] for row in choice.entities} == {"n0", "n1", "n2", "n3", "n4"}
    assert choice.reached == 5
    assert {row["name"] for row in choose(graph, around="n2", hops=2, limit=3).entities} == {"n1", "n2", "n3"}
    assert [row["name"] for row in choose(graph, around="n2", hops=0).entities] == ["n2"]


@pytest.mark.parametrize("text", ["LeafNt", "leaf"])
def test_an_unknown_name_is_answered_with_near_ones(five: Graph, text: str) -> None:
    with pytest.raises(KgError, match=rf"no entity is called '{text}': near it are .*LeafNet \(Model\)"):
        choose(five, around=text)


@pytest.mark.parametrize(("limit", "hops"), [(0, 2), (-1, 2), (5, -1)])
def test_to_ask_for_nothing_is_an_error(five: Graph, limit: int, hops: int) -> None:
    with pytest.raises(KgError, match="shows nothing"):
        choose(five, limit=limit, hops=hops)


def test_the_order_of_rows_does_not_matter() -> None:
    graph = planted(4, 20)
    turned = {name: graph.table(name)[::-1] for name in ("entities", "relations", "papers")}
    again = type(graph)(graph.manifest, {name: turned.get(name, graph.table(name)) for name in _tables()})
    assert choose(again, limit=40) == choose(graph, limit=40)
    assert choose(graph, limit=40).entities[0]["iri"].startswith(iri("e"))


def _tables() -> tuple[str, ...]:
    return ("papers", "mentions", "relations", "results", "entities", "merges")
