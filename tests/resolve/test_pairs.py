"""The hand-made pairs: does resolution keep apart what is two things and bring together what is one?

``counts.tsv`` stands for the corpora: in how many abstracts each name of the pairs is used, and what abstracts call the
same. The counts are cut to a twentieth, so that the test is quick.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.names import normal_form
from kg.resolve import resolve
from kg.types import ENTITY_TYPES, EntityType, Extraction
from tests.resolve.made import paper

HERE = Path(__file__).parent
_SHRUNK = 20


class Pair(NamedTuple):
    left: str
    left_type: str
    right: str
    right_type: str
    same: str
    kind: str
    half: str


def lines(name: str) -> list[list[str]]:
    text = (HERE / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


PAIRS = [Pair(*cells) for cells in lines("pairs.tsv")]


def corpus() -> list[Extraction]:
    return [
        paper(f"p{number}-{copy}", tuple(forms.split("|")), kind=_typed(kind))
        for number, (kind, forms, count) in enumerate(lines("counts.tsv"))
        for copy in range(max(1, int(count) // _SHRUNK))
    ]


def _typed(kind: str) -> EntityType:
    return next(known for known in ENTITY_TYPES if known == kind)


@cache
def nodes() -> dict[tuple[str, str], str]:
    """Give the node that most uses of a form, of a type or of any, belong to."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for entity in resolve(corpus()).entities:
        for surface, count in entity.aliases:
            for kind in (entity.type, ""):
                counts[surface, kind][entity.iri] += count
    return {place: min(found, key=lambda iri: (-found[iri], iri)) for place, found in counts.items()}


def judged(pair: Pair) -> bool:
    ends = ((normal_form(pair.left), pair.left_type), (normal_form(pair.right), pair.right_type))
    left, right = (nodes().get((form, kind)) or nodes().get((form, "")) for form, kind in ends)
    return left is not None and left == right


def test_the_set_is_large_and_split_in_halves() -> None:
    assert len(PAIRS) >= 400
    assert Counter(pair.half for pair in PAIRS).keys() == {"dev", "test"}
    assert min(Counter(pair.half for pair in PAIRS).values()) >= 200
    assert {pair.same for pair in PAIRS} == {"same", "different"}


@pytest.mark.parametrize("half", ["dev", "test"])
def test_precision_and_recall(half: str) -> None:
    chosen = [pair for pair in PAIRS if pair.half == half]
    right = sum(judged(pair) for pair in chosen if pair.same == "same")
    wrong = [pair for pair in chosen if pair.same == "different" and judged(pair)]
    assert right / (right + len(wrong)) >= 0.98, wrong
    assert right / sum(pair.same == "same" for pair in chosen) >= 0.9
