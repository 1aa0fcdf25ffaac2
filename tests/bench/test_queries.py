"""How long each named query takes on a large graph, with its examples and with what the largest graph has most of.

``KG_QUERY_STORE=FOLDER pytest tests/bench/test_queries.py -s``, where the folder is an on-disk store of pyoxigraph
(``kg serve`` makes one), prints a table for docs/benchmarks.md.
"""

from __future__ import annotations

import os
from time import perf_counter
from typing import cast

import pytest
from pyoxigraph import QuerySolutions, Store

from kg.rdf import named_queries

BUSIEST = {
    **dict.fromkeys(("entity", "model", "system", "first", "head"), "large language model"),
    "part": "fine-tuning",
    "task": "reasoning",
    "dataset": "imagenet",
    "metric": "accuracy",
    "second": "fine-tuning",
    "tail": "language model",
    "year": "2025",
}
OF_DATASETS = {"systems-on-both-datasets": {"first": "imagenet", "second": "cifar-10"}}


@pytest.fixture(scope="module")
def store() -> Store:
    if "KG_QUERY_STORE" not in os.environ:
        pytest.skip("name an on-disk store in KG_QUERY_STORE")
    return Store.read_only(os.environ["KG_QUERY_STORE"])


def milliseconds(store: Store, text: str) -> tuple[int, float]:
    """Return the number of rows and the best time of three, by the clock: let nothing else run beside it."""
    best, rows = float("inf"), 0
    for _ in range(3):
        started = perf_counter()
        rows = sum(1 for _ in cast("QuerySolutions", store.query(text)))
        best = min(best, 1000 * (perf_counter() - started))
    return rows, best


def test_queries(store: Store) -> None:
    print(
        f"\n{len(store):,} triples\n\n| query | rows | ms | busiest: rows | ms |\n| --- | ---: | ---: | ---: | ---: |"
    )
    for name, query in named_queries().items():
        given = {one.name: one.shown for one in query.arguments if one.required}
        busy = {key: BUSIEST.get(key, value) for key, value in given.items()} | OF_DATASETS.get(name, {})
        cells = [*milliseconds(store, query.text), *(milliseconds(store, query.bound(busy)) if busy else ("", 0.0))]
        print(
            f"| {name} | {cells[0]} | {cells[1]:.0f} | {cells[2]} | {f'{cells[3]:.0f}' if busy else ''} |", flush=True
        )
