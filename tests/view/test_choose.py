from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from kg.errors import KgError
from kg.graph import SCHEMAS
from kg.view.choose import choose
from kg.view.rows import rows
from tests.view.made import iri, made, planted

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.types import EntityType


def shown(graph: Graph, **options: Any) -> list[dict[str, Any]]:
    return rows(graph, choose(graph, **options)).entities


def test_a_small_graph_is_shown_whole(five: Graph) -> None:
    choice = choose(five)
    assert choice.whole
    assert len(choice.shown) == choice.of_nodes == five.table("entities").num_rows
    assert len(choice.shown.ends) == choice.of_edges == len(five.edges())


def test_inferred_relations_come_on_request_and_last() -> None:
    inferred = [{"head": iri(a), "relation": "variantOf", "tail": iri("b"), "rule": "version"} for a in "ac"]
    graph = made([(name, "Model") for name in "abc"], [("a", "variantOf", "b")], inferred=inferred)
    assert choose(graph).of_edges == 1
    assert choose(graph, inferred=True).shown.support.tolist() == [1, 0], "what is stated is not inferred once more"


def test_the_limit_is_kept_and_edges_stay_between_the_chosen() -> None:
    choice = choose(planted(10, 30), limit=100)
    assert len(choice.shown) == 100
    assert choice.of_nodes == 300
    assert not choice.whole
    assert set(choice.shown.ends.ravel().tolist()) == set(range(100))


def test_edges_are_few_enough_to_read_and_no_node_loses_its_best() -> None:
    choice = choose(planted(2, 100, extra=20))
    assert len(choice.shown.ends) <= 2.4 * 200
    assert (np.bincount(choice.shown.ends.ravel()) > 0).all()


def test_every_type_keeps_places() -> None:
    many: list[tuple[str, EntityType]] = [(f"m{number}", "Model") for number in range(80)]
    few: list[tuple[str, EntityType]] = [("d", "Dataset"), ("t", "Task")]
    linked = made([*many, *few], [(name, "outperforms", "m0") for name, _ in many[1:]] + [("m0", "evaluatedOn", "d")])
    types = Counter(row["type"] for row in shown(linked, limit=20))
    assert types["Dataset"] == types["Task"] == 1
    assert types.total() == 20


def test_what_stands_alone_gives_its_place_to_what_connects() -> None:
    alone: list[tuple[str, EntityType]] = [(f"alone{number}", "Method") for number in range(20)]
    pair: list[tuple[str, EntityType]] = [("zz-left", "Method"), ("zz-right", "Method")]
    graph = made([*alone, *pair], [("zz-left", "partOf", "zz-right")], mentioned=3)
    assert [row["name"] for row in shown(graph, limit=5)[:2]] == ["zz-left", "zz-right"]


def test_around_an_entity_come_the_nearest_first() -> None:
    chain = [f"n{number}" for number in range(6)]
    graph = made(
        [(name, "Method") for name in chain],
        [(left, "partOf", right) for left, right in pairwise(chain)],
    )
    assert shown(graph, around="n2", hops=2)[0]["name"] == "n2"
    assert {row["name"] for row in shown(graph, around="n2", hops=2)} == {"n0", "n1", "n2", "n3", "n4"}
    assert choose(graph, around="n2", hops=2).reached == 5
    assert {row["name"] for row in shown(graph, around="n2", hops=2, limit=3)} == {"n1", "n2", "n3"}
    assert [row["name"] for row in shown(graph, around="n2", hops=0)] == ["n2"]


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
    again = type(graph)(graph.manifest, {name: turned.get(name, graph.table(name)) for name in SCHEMAS})
    assert rows(again, choose(again, limit=40)) == rows(graph, choose(graph, limit=40))
    assert shown(graph, limit=40)[0]["iri"].startswith(iri("e"))
