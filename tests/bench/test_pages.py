"""The pages' speed, beside what else there is: ``pytest tests/bench/test_pages.py -s``."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from kg.analyze import leiden
from kg.view import explorer_payload
from kg.view.forces import Ties
from kg.view.layout import places
from kg.view.safe import packed
from tests.bench.test_speed import show
from tests.view.made import planted

if TYPE_CHECKING:
    from collections.abc import Callable


def cpu_seconds(work: Callable[[], object]) -> float:
    """Of the processor, since other work may share the machine."""
    started = process_time()
    work()
    return process_time() - started


def test_a_layout_of_ten_thousand_nodes_costs_less_than_one_of_two_thousand_by_networkx() -> None:
    chance = np.random.default_rng(1)
    group = np.repeat(np.arange(50), 200)
    inner = chance.integers(0, 200, (40_000, 2)) + 200 * chance.integers(0, 50, (40_000, 1))
    ends = np.concatenate([inner, chance.integers(0, 10_000, (10_000, 2))])
    ties = Ties(ends, np.ones(len(ends)))
    ours = cpu_seconds(lambda: places(ties, np.full(10_000, 7.0), group))
    print(f"\n10,000 nodes, 50,000 edges: layout {ours:.1f} CPU s, ", end="")
    print(f"Leiden {cpu_seconds(lambda: leiden(ends, np.ones(len(ends)), 10_000)):.2f} CPU s")
    small: nx.Graph[int] = nx.Graph(ends[(ends < 2000).all(axis=1)].tolist())
    theirs = cpu_seconds(lambda: nx.forceatlas2_layout(small, max_iter=50, seed=1))
    show("networkx.forceatlas2_layout of 2,000 nodes, 50 rounds / ours of 10,000", theirs / ours)
    assert ours < theirs


def test_what_a_payload_costs_beside_its_packing() -> None:
    graph = planted(200, 50)
    payload = explorer_payload(graph)
    collected = cpu_seconds(lambda: explorer_payload(graph))
    squeezed = cpu_seconds(lambda: [packed(part) for part in (payload.core, payload.detail)])
    show("collecting the explorer's data / packing it", collected / squeezed)
    assert collected < 60 * squeezed
