"""Thresholds are read as people write them, and what is wrong with them is said."""

from __future__ import annotations

import pytest

from kg.errors import KgError
from kg.thresholds import KINDS, Thresholds, thresholds
from kg.types import ENTITY_TYPES, RELATION_TYPES


def test_nothing_given_keeps_all() -> None:
    least = thresholds(None)
    assert not least
    assert least.floor is None
    assert {least.result, *map(least.mention, ENTITY_TYPES), *map(least.relation, RELATION_TYPES)} == {0.0}


def test_three_ways_to_give_the_same() -> None:
    assert thresholds(0.5) == thresholds(["0.5"]) == thresholds({"mention": 0.5})
    assert thresholds(["result=0.4", "Task = 1"]) == thresholds({"Task": 1, "result": 0.4})


def test_a_type_goes_before_its_group() -> None:
    least = thresholds({"mention": 0.5, "Task": 0.2, "relation": 0.3, "partOf": 0.9})
    assert (least.mention("Task"), least.mention("Model"), least.floor) == (0.2, 0.5, 0.2)
    assert (least.relation("partOf"), least.relation("usedFor"), least.result) == (0.9, 0.3, 0.0)


def test_every_kind_can_have_one() -> None:
    assert thresholds(dict.fromkeys(KINDS, 0.5)) == Thresholds(tuple(sorted((kind, 0.5) for kind in KINDS)))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("outperform=0.7", "outperforms has: choose of mention, Task"),
        ("nonsense=0.7", "'nonsense' has no threshold: choose"),
        ("=0.7", "'' has no threshold"),
        ("Task=high", "write a number from 0 to 1, or KIND=NUMBER"),
        ("", "is no threshold"),
        ("Task=1.5", "the threshold of Task is 1.5"),
        ("-1", "the threshold of mention is -1.0"),
        ("nan", "is nan"),
    ],
)
def test_what_is_wrong_is_said(text: str, says: str) -> None:
    with pytest.raises(KgError, match=says):
        thresholds([text])
