"""The networks that link, with weights drawn by lot, beside the plain formula."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.heads import Heads, Words, sigmoid, softmax
from kg.extract.links import NEIGHBOURS, around, number_links, pairs
from kg.extract.numbers import HINTS
from kg.extract.sketch import Sketch
from tests.extract.docs import WIDTH, arrays
from tests.extract.sketches import sketches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extract.heads import Floats

WEIGHTS = arrays()
HEADS = Heads(WEIGHTS)
LOTS = st.integers(0, 1000)


def drawn(count: int, lot: int, width: int = WIDTH) -> Floats:
    return np.random.default_rng(lot).normal(size=(count, width)).astype(np.float32)


def plain(name: str, vectors: Sequence[Floats], evidence: Floats) -> Floats:
    """What a head gives, as it is written down."""
    read, bias, one, other, out, out_bias = (
        WEIGHTS[f"{name}.{part}"] for part in ("read", "bias", "one", "other", "out", "out_bias")
    )
    hidden = np.concatenate([*vectors, evidence], 1) @ read + bias + (vectors[0] @ one) * (vectors[1] @ other)
    scores: Floats = np.maximum(hidden, 0) @ out + out_bias
    return scores


def mean(vectors: Floats, place: Sequence[int]) -> Floats:
    found: Floats = vectors[place[0] : place[1]].mean(0) if place[0] < place[1] else vectors[0] * 0
    return found


def means(vectors: Floats, places: Sequence[Sequence[int]]) -> Floats:
    return np.array([mean(vectors, place) for place in places], np.float32).reshape(-1, WIDTH)


def entities(vectors: Floats, sketch: Sketch) -> Floats:
    rows = sketch.mentions.tolist()
    owned = [means(vectors, [row for row in rows if row[2] == entity]) for entity in range(len(sketch.types))]
    return np.array([part.mean(0) for part in owned], np.float32).reshape(-1, WIDTH)


@given(st.integers(1, 100), LOTS, st.data())
def test_means_are_means(count: int, lot: int, data: st.DataObject) -> None:
    vectors = drawn(count, lot)
    ends = st.integers(0, count)
    places = data.draw(st.lists(st.tuples(ends, ends).map(sorted), min_size=1, max_size=9))
    found = Words(vectors).mean(np.array(places))
    np.testing.assert_allclose(found, means(vectors, places), atol=1e-4)


@given(sketches(), LOTS)
def test_relations(sketch: Sketch, lot: int) -> None:
    vectors, links = drawn(len(sketch.sentences), lot), pairs(sketch)
    if not len(links.head):
        return
    its = entities(vectors, sketch)
    around_it = [means(vectors, part.tolist()) for part in around(links, len(vectors))]
    at = [means(vectors, part.tolist()) for part in (links.head_at, links.tail_at)]
    expected = sigmoid(plain("pairs", [its[links.head], its[links.tail], *at, *around_it], links.evidence))
    np.testing.assert_allclose(HEADS.relations(Words(vectors), sketch, links), expected, atol=2e-3)


@given(sketches(), LOTS)
def test_reported(sketch: Sketch, lot: int) -> None:
    vectors, links, numbers = drawn(len(sketch.sentences), lot), number_links(sketch), sketch.numbers.tolist()
    if not numbers:
        return
    hints = drawn(len(numbers), lot, len(HINTS))
    before = [[max(first - NEIGHBOURS, 0), first] for first, _ in numbers]
    behind = [[last, min(last + NEIGHBOURS, len(vectors))] for _, last in numbers]
    here = [means(vectors, places) for places in (numbers, before, behind)]
    kinds, roles = HEADS.reported(Words(vectors), sketch, links, hints)
    np.testing.assert_allclose(kinds, softmax(plain("kinds", here, hints)), atol=2e-3)
    assert roles.shape == (len(links.head), 4)
    if len(links.head):
        sides = [part[links.head] for part in here]
        near = [means(vectors, places.tolist()) for places in (links.tail_at, around(links, len(vectors))[0])]
        read = [sides[0], entities(vectors, sketch)[links.tail], *near, *sides[1:]]
        told = np.concatenate([links.evidence, hints[links.head]], 1)
        np.testing.assert_allclose(roles, sigmoid(plain("links", read, told)), atol=2e-3)


@given(st.integers(1, 9), LOTS, st.data())
def test_likeness(count: int, lot: int, data: st.DataObject) -> None:
    words = st.lists(st.integers(0, count - 1), min_size=1, max_size=4)
    places = data.draw(st.lists(words, min_size=1, max_size=6))
    alike = HEADS.likeness(drawn(count, lot), [*places, places[0]])
    np.testing.assert_allclose(alike, alike.T, atol=1e-5)
    assert (np.abs(alike) <= 1 + 1e-5).all()
    assert alike[0, -1] == pytest.approx(1, abs=1e-4)


def test_probabilities_are_probabilities() -> None:
    odds = np.array([[-1e30, 0, 1e30], [1, 2, 3]], np.float32)
    assert sigmoid(odds)[0].tolist() == pytest.approx([0, 0.5, 1])
    assert softmax(odds).sum(1).tolist() == pytest.approx([1, 1])


def test_heads_there_and_back(tmp_path: Path) -> None:
    HEADS.save(tmp_path / "heads.npz")
    again = Heads.load(tmp_path / "heads.npz").arrays
    assert again.keys() == WEIGHTS.keys()
    for name, array in WEIGHTS.items():
        np.testing.assert_allclose(again[name], array, rtol=1e-3, atol=1e-6)
