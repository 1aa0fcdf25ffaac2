"""The last word on each candidate: is this string, everywhere in this text, the name of an entity of its type?

A small network (:mod:`kg.extract.smallnet`) weighs the evidence; its answer is the confidence of the mentions.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.candidates import SMALL, TYPES, Candidate, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extract.lexicon import Lexicon

DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Found:
    """A mention: words ``first:last``, characters ``start:end``, number of its type, confidence."""

    first: int
    last: int
    start: int
    end: int
    type: int
    confidence: float


def logit(probability: float) -> float:
    """Log-odds, bounded."""
    return math.log((probability + SMALL) / (1 - probability + SMALL))


def evidence(candidate: Candidate, text: str, places: Sequence[Place], lexicons: Sequence[Lexicon]) -> list[float]:
    """What speaks for and against *candidate*, as numbers."""
    c, kind = candidate, candidate.type
    surface = c.surface
    starts, ends = [places[a][0] for a, _ in c.words], [places[b - 1][1] for _, b in c.words]
    values = [
        logit(c.mean[kind]),
        logit(max(c.scores)),
        logit(min(c.scores)),
        logit(max(c.mean[:kind] + c.mean[kind + 1 :])),
        logit(min(sum(c.mean), 1.0)),
        math.log(len(c.words)),
        logit(c.longer),
        logit(c.shorter),
        logit(c.partner),
        c.words[0][1] - c.words[0][0],
        float(starts[0] < text.find("\n")),
        float(surface.islower()),
        float(surface[1:] != surface[1:].lower()),
        float(DIGIT.search(surface) is not None),
        float(any(text[start - 1] == "(" for start in starts if start)),
        float(any(text[end : end + 2] == " (" for end in ends)),
    ]
    for lexicon in lexicons:
        values += lexicon.evidence(surface, kind)
    return values + [float(kind == k) for k in range(len(TYPES))]


def mentions(candidates: Sequence[Candidate], confidence: Sequence[float], places: Sequence[Place]) -> list[Found]:
    """All occurrences of *candidates*, longest string first, none overlapping, in order."""
    taken = bytearray(len(places))
    found = []
    for candidate, sure in sorted(
        zip(candidates, confidence, strict=True),
        key=lambda p: (-len(p[0].surface), p[0].surface),
    ):
        for first, last in candidate.words:
            if not any(taken[first:last]):
                taken[first:last] = b"\1" * (last - first)
                found.append(Found(first, last, places[first][0], places[last - 1][1], candidate.type, float(sure)))
    return sorted(found, key=lambda m: m.start)
