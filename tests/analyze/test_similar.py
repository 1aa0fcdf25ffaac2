"""Likeness is symmetric in what it counts, knows its bounds, and says why."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analyze import similar, similar_papers
from kg.analyze.similar import cosine
from kg.errors import KgError
from kg.graph import Graph
from tests.corpus import FIVE, Annotated, graph_of

VECTORS = st.dictionaries(st.sampled_from("abcdef"), st.floats(0.01, 100), max_size=6)


def paper_on(model: str, datasets: list[str], number: int) -> Annotated:
    entities = {"m": ("Model", model, [model], False)} | {name: ("Dataset", name, [name], False) for name in datasets}
    facts = [("m", "evaluatedOn", name) for name in datasets]
    text = f"We test {model} on {', '.join(datasets)}."
    return Annotated(f"arxiv:2401.{number:05}", f"On {model}", text, 2024, entities, facts)  # type: ignore[arg-type]


SOILS = ["ClaySet", "SandSet", "PeatSet"]
GROWN = graph_of(
    [paper_on("FernNet", SOILS, n) for n in (1, 2)]
    + [paper_on("MossNet", SOILS, n) for n in (3, 4)]
    + [paper_on("OakNet", ["ClaySet", "RiverSet"], n) for n in (5, 6)]
    + [paper_on("FernNet-2", ["SeaSet"], n) for n in (7, 8)]
)


def test_the_same_neighbours_are_likeness() -> None:
    found = similar(GROWN, "FernNet")
    assert [row["name"] for row in found][:2] == ["MossNet", "OakNet"]
    assert set(found["because"][0]) == set(SOILS)
    assert all(0 <= row[column] <= 1 for row in found for column in ("likeness", "neighbours", "words"))
    (back,) = (row for row in similar(GROWN, "MossNet") if row["name"] == "FernNet")
    assert back["neighbours"] == pytest.approx(found["neighbours"][0])


def test_one_paper_alone_is_asked_for(five: Graph) -> None:
    assert {row["papers"] for row in similar(five, "BERT")} <= {2, 3, 4, 5}
    assert {row["type"] for row in similar(five, "BERT", min_papers=1)} == {"Model"}


def test_papers_that_speak_of_the_same(five: Graph) -> None:
    found = similar_papers(five, FIVE[0].id)
    assert FIVE[0].id not in found["paper"]
    assert "LeafNet" in found["because"][0]
    assert len(similar_papers(five, FIVE[0].id, limit=1)) == 1


def test_what_is_not_there_is_said(five: Graph) -> None:
    with pytest.raises(KgError, match="no paper"):
        similar_papers(five, "arxiv:9999.99999")
    with pytest.raises(KgError, match="no entity"):
        similar(five, "MossNet")


@given(VECTORS, VECTORS)
def test_cosine(left: dict[str, float], right: dict[str, float]) -> None:
    assert cosine(left, right) == pytest.approx(cosine(right, left))
    assert 0 <= cosine(left, right) <= 1 + 1e-9
    assert not left or math.isclose(cosine(left, left), 1)
