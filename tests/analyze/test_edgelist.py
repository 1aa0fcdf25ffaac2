from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kg.analyze import edge_list
from kg.types import RELATION_TYPES
from tests.view.made import iri, made, relation

if TYPE_CHECKING:
    from kg.graph import Graph


def test_it_holds_every_entity_and_every_distinct_relation(five: Graph) -> None:
    edges = edge_list(five)
    iris = edges.iris.to_pylist()
    assert sorted(iris) == sorted(five.entities()["iri"])
    rows = zip(edges.ends.tolist(), edges.relations.tolist(), edges.support.tolist(), strict=True)
    told = {(iris[head], RELATION_TYPES[name], iris[tail], support) for (head, tail), name, support in rows if support}
    assert told == {(row["head"], row["relation"], row["tail"], row["support"]) for row in five.edges()}


def test_the_important_come_first_and_the_lonely_last() -> None:
    graph = made([("alone", "Task"), ("hub", "Model"), ("leaf", "Model")], [("leaf", "variantOf", "hub")], mentioned=9)
    assert edge_list(graph).iris.to_pylist() == [iri("hub"), iri("leaf"), iri("alone")]


def test_a_part_keeps_what_lies_between_and_numbers_it_anew(five: Graph) -> None:
    edges = edge_list(five)
    chosen = np.array([3, 0, 5])
    part = edges.among(chosen)
    assert part.iris.to_pylist() == [edges.iris[number].as_py() for number in (3, 0, 5)]
    between = np.isin(edges.ends, chosen).all(axis=1)
    assert chosen[part.ends].tolist() == edges.ends[between].tolist()


def test_what_links_everything_binds_less() -> None:
    names = [f"n{number}" for number in range(9)]
    told = [relation(a, "comparedWith", b) for a in names[:4] for b in names[4:]]
    graph = made([(name, "Model") for name in ["a", "b", *names]], relations=[*told, relation("a", "partOf", "b")])
    edges = edge_list(graph)
    weights = edges.weights
    pair = (edges.relations == RELATION_TYPES.index("partOf")).nonzero()[0]
    assert weights[pair].item() > 1.9 * np.delete(weights, pair).max()
