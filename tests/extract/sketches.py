"""Sketches of abstracts drawn by lot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import strategies as st

from kg.extract.links import TYPES
from kg.extract.sketch import Sketch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extract.links import Ints

NAMES = ["net", "deep net", "deep nets", "Deep Net-2", "graph", "graph net", "s", "very deep graph net model"]


@st.composite
def sketches(draw: st.DrawFn) -> Sketch:
    """Draw any sketch: mentions may touch, share words and hold numbers, and an abstract may have none."""
    words = draw(st.integers(1, 24))
    places = st.tuples(st.integers(0, words - 1), st.integers(1, 3)).map(lambda p: (p[0], min(sum(p), words)))
    owned = draw(st.lists(st.lists(places, min_size=1, max_size=4), max_size=5))
    rows = sorted((*place, entity) for entity, those in enumerate(owned) for place in those)
    steps = draw(st.lists(st.booleans(), min_size=words, max_size=words))
    types = draw(st.lists(st.integers(0, len(TYPES) - 1), min_size=len(owned), max_size=len(owned)))
    names = draw(st.lists(st.sampled_from(NAMES), min_size=len(owned), max_size=len(owned)))
    numbers = sorted(draw(st.lists(places, max_size=4)))
    return Sketch(np.cumsum([0, *steps[1:]]), _table(rows, 3), np.array(types, int), names, _table(numbers, 2))


def _table(rows: Sequence[tuple[int, ...]], width: int) -> Ints:
    return np.array(rows, np.int64).reshape(-1, width)
