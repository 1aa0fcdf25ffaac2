"""What may be linked, beside the plainest way to say the same."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.links import (
    NEIGHBOURS,
    NUMBER_EVIDENCE,
    PAIR_EVIDENCE,
    RELATIONS,
    TYPES,
    Links,
    around,
    number_links,
    pairs,
)
from kg.extract.sketch import Sketch
from kg.types import allowed
from tests.extract.sketches import sketches

Place = tuple[int, ...]


def gap(one: Place, other: Place) -> int:
    return max(other[0] - one[1], one[0] - other[1])


def places(sketch: Sketch, entity: int) -> list[Place]:
    return [(first, last) for first, last, owner in sketch.mentions.tolist() if owner == entity]


def rows(links: Links) -> list[tuple[int, int, Place, Place]]:
    ends = zip(links.head.tolist(), links.tail.tolist(), strict=True)
    return [
        (*end, tuple(head), tuple(tail))
        for end, head, tail in zip(ends, links.head_at.tolist(), links.tail_at.tolist(), strict=True)
    ]


@given(sketches())
def test_pairs_are_all_that_some_relation_may_join(sketch: Sketch) -> None:
    types, links = sketch.types.tolist(), pairs(sketch)
    assert [(head, tail) for head, tail, *_ in rows(links)] == [
        (head, tail)
        for head, tail in product(range(len(types)), repeat=2)
        if head != tail and any(allowed(TYPES[types[head]], relation, TYPES[types[tail]]) for relation in RELATIONS)
    ]
    for head, tail, here, there in rows(links):
        among = list(product(places(sketch, head), places(sketch, tail)))
        assert (here, there) in among
        assert gap(here, there) == min(gap(*both) for both in among)


@given(sketches())
def test_numbers_are_linked_with_the_nearest_mention_of_all(sketch: Sketch) -> None:
    numbers, links = sketch.numbers.tolist(), number_links(sketch)
    assert [row[:2] for row in rows(links)] == list(product(range(len(numbers)), range(len(sketch.types))))
    for number, entity, here, there in rows(links):
        assert here == tuple(numbers[number])
        assert there in places(sketch, entity)
        assert max(gap(here, there), 0) == min(max(gap(here, place), 0) for place in places(sketch, entity))


@given(sketches())
def test_evidence_has_the_width_it_says(sketch: Sketch) -> None:
    joined, reported = pairs(sketch), number_links(sketch)
    assert joined.evidence.shape == (len(joined.head), PAIR_EVIDENCE)
    assert reported.evidence.shape == (len(reported.head), NUMBER_EVIDENCE)
    for links in (joined, reported):
        assert links.evidence.dtype == np.float32
        assert np.isin(links.evidence, (0, 1)).all()


@given(sketches())
def test_of_each_choice_one_holds(sketch: Sketch) -> None:
    joined, reported = pairs(sketch), number_links(sketch)
    end, gaps = len(TYPES) + 3, NUMBER_EVIDENCE - len(TYPES) - 3 - 3 - 4
    blocks = [(joined, 0, len(TYPES)), (joined, end, len(TYPES)), (joined, 2 * end, gaps), (joined, 2 * end + gaps, 4)]
    blocks += [(reported, 0, len(TYPES)), (reported, end, gaps), (reported, end + gaps, 4)]
    for links, begin, width in blocks:
        assert (links.evidence[:, begin : begin + width].sum(1) == 1).all()
    assert (joined.evidence[:, : len(TYPES)].argmax(1) == sketch.types[joined.head]).all()
    assert (joined.evidence[:, end : end + len(TYPES)].argmax(1) == sketch.types[joined.tail]).all()
    assert (reported.evidence[:, : len(TYPES)].argmax(1) == sketch.types[reported.tail]).all()


@given(sketches(), st.integers(0, 3))
def test_around_two_places(sketch: Sketch, more: int) -> None:
    words = len(sketch.sentences) + more
    for links in (pairs(sketch), number_links(sketch)):
        parts = [part.tolist() for part in around(links, words)]
        for (_, _, head, tail), between, before, behind in zip(rows(links), *parts, strict=True):
            first, last = min(head[0], tail[0]), max(head[1], tail[1])
            covered = {word for place in (head, tail) for word in range(*place)}
            inside = set(range(first, last)) - covered
            assert set(range(*between)) == inside
            assert set(range(*before)) == {word for word in range(first - NEIGHBOURS, first) if word >= 0}
            assert set(range(*behind)) == {word for word in range(last, last + NEIGHBOURS) if word < words}


def test_names_that_hold_each_other_are_kin() -> None:
    mentions = np.array([[0, 1, 0], [2, 4, 1]])
    drawn = Sketch(np.zeros(6, int), mentions, np.array([2, 2]), ["Nets", "deep net"], np.empty((0, 2), int))
    kin = pairs(drawn).evidence[:, -6:].tolist()
    # the tail ends with the head; the head ends with the tail
    assert kin == [[0, 0, 1, 0, 1, 0], [1, 0, 1, 0, 0, 0]]
