"""Shares, not counts: a corpus that grows makes nothing rise, and what rises is found."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kg.analyze import trends
from kg.analyze.trends import false_discovery, trend
from kg.errors import KgError
from kg.graph import Graph
from tests.corpus import Annotated, graph_of

COUNTS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 50)), min_size=2, max_size=9)


def papers_of(years: dict[int, tuple[int, int]], month: int | None = None) -> Graph:
    """A corpus: for each year, how many papers name FernNet, and how many do not."""
    listed = []
    for year, (with_it, without) in years.items():
        for number in range(with_it + without):
            name = "FernNet" if number < with_it else "MossNet"
            entities = {"x": ("Model", name, [name], False)}
            date = f"{year % 100:02}{month or 1:02}"
            listed.append(Annotated(f"arxiv:{date}.{number:05}", f"{name} again", "", year, entities))  # type: ignore[arg-type]
    return graph_of(listed)


def test_growth_of_the_corpus_is_no_trend() -> None:
    found = trends(papers_of({2019: (5, 5), 2020: (20, 20), 2021: (80, 80)}))
    assert not len(found.rising)
    assert not len(found.falling)
    assert found.totals["papers"] == [10, 40, 160]


def test_what_takes_a_larger_share_rises_and_the_other_falls() -> None:
    found = trends(papers_of({2019: (2, 60), 2020: (20, 40), 2021: (40, 20)}))
    (up,), (down,) = found.rising, found.falling
    assert (up["name"], down["name"]) == ("FernNet", "MossNet")
    assert up["before"] < up["after"]
    assert up["growth"] > 1 > down["growth"]
    assert [count["papers"] for count in up["counts"]] == [2, 20, 40]
    assert [count["period"] for count in up["counts"]] == ["2019", "2020", "2021"]
    assert "FernNet" in repr(found)


def test_months_come_from_arxiv_ids() -> None:
    graph = papers_of({2024: (1, 30), 2025: (25, 5)}, month=7)
    assert trends(graph, by="month").totals["period"] == ["2024-07", "2025-07"]
    assert [row["name"] for row in trends(graph, by="month").rising] == ["FernNet"]
    with pytest.raises(KgError, match="no two months"):
        trends(graph, by="month", since="2025-01")


@pytest.mark.parametrize(("by", "text"), [("year", "x"), ("year", "2019-01"), ("month", "2019"), ("month", "2019-13")])
def test_a_period_that_is_none_is_refused(five: Graph, by: str, text: str) -> None:
    with pytest.raises(KgError, match="is no"):
        trends(five, by=by, since=text)  # type: ignore[arg-type]


@given(COUNTS)
def test_the_statistic_is_that_of_a_correlation(rows: list[tuple[int, int]]) -> None:
    """Cochran and Armitage's z squared is n times the squared correlation of time and presence."""
    found, missed = np.array(rows, dtype=float).T
    totals, times = found + missed, np.arange(len(rows), dtype=float)
    if totals.sum() == 0:
        return
    (slope,), (z,) = trend(found[None, :], totals, times)
    seen = np.repeat([*([1.0, 0.0] * len(rows))], np.column_stack([found, missed]).ravel().astype(int))
    when = np.repeat(np.repeat(times, 2), np.column_stack([found, missed]).ravel().astype(int))
    if len(set(seen)) < 2 or len(set(when)) < 2:
        assert z == slope == 0
    else:
        expected = stats.pearsonr(when, seen).statistic * np.sqrt(len(seen))
        assert z == pytest.approx(expected, abs=1e-9)
        assert np.sign(slope) == np.sign(z)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_q_values_are_those_of_scipy(p: list[float]) -> None:
    assert false_discovery(np.array(p)) == pytest.approx(stats.false_discovery_control(p))
