"""What a paper introduces: the network's word-by-word opinion, weighed with where and how an entity is mentioned."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.candidates import TYPES
from kg.extract.judge import Found, has_capitals_inside, logit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extract.lexicon import Lexicon


class Cue(NamedTuple):
    """Words that announce something new, and letters that are in all of them, which are quicker to look for."""

    words: re.Pattern[str]
    letters: tuple[str, ...]

    def within(self, lowered: str) -> bool:
        """Whether one of the words is in a text of lower case."""
        for part in self.letters:
            if part in lowered:
                return self.words.search(lowered) is not None
        return False


CUES = (
    Cue(
        re.compile(r"\b(?:propos\w*|introduc\w*|present\w*|develop\w*|design\w*)\b"),
        ("propos", "introduc", "present", "develop", "design"),
    ),
    Cue(
        re.compile(r"\b(?:call\w*|nam(?:ed|ely)|dub\w*|termed|coined|denoted)\b"),
        ("call", "name", "dub", "termed", "coined", "denoted"),
    ),
    Cue(re.compile(r"\b(?:novel|new|first|our|we)\b"), ("novel", "new", "first", "our", "we")),
)
BEFORE = 60
_TYPE_ROWS = [[float(kind == k) for k in range(len(TYPES))] for kind in range(len(TYPES))]


def evidence(
    text: str,
    entities: Sequence[Sequence[Found]],
    proposed: Sequence[float],
    lexicons: Sequence[Lexicon],
) -> list[list[float]]:
    """For each entity of *text*, given by its mentions, what speaks for and against its being introduced here."""
    opinions = [[sum(proposed[m.first : m.last]) / (m.last - m.first) for m in group] for group in entities]
    best = sorted((max(scores) for scores in opinions), reverse=True)
    total = sum(map(len, entities))
    rows = []
    for group, scores in zip(entities, opinions, strict=True):
        surfaces = list(dict.fromkeys([text[m.start : m.end] for m in group]))
        row = [*_ranked(scores, best), *_mentioned(text, group, surfaces, total), *_announced(text, group)]
        for lexicon in lexicons:
            row += _known(surfaces, group[0].type, lexicon)
        rows.append(row + _TYPE_ROWS[group[0].type])
    return rows


def _ranked(scores: list[float], best: list[float]) -> tuple[float, ...]:
    """What the network says of an entity, and of its best rival."""
    high = max(scores)
    rival = best[0] if best[0] != high or len(best) < 2 else best[1]
    return logit(high), logit(sum(scores) / len(scores)), logit(scores[0]), float(best.index(high)), logit(rival)


def _mentioned(text: str, group: Sequence[Found], surfaces: Sequence[str], total: int) -> tuple[float, ...]:
    """How often, where and how an entity is mentioned."""
    first = group[0]
    in_title = first.start < text.find("\n")
    return (
        float(len(group)),
        len(group) / total,
        float(len(surfaces)),
        float(in_title),
        first.start / max(len(text), 1),
        float(any(map(has_capitals_inside, surfaces))),
        float(in_title and ":" in text[first.end : first.end + 2]),
        float(len(max(surfaces, key=len).split())),
    )


def _announced(text: str, group: Sequence[Found]) -> list[float]:
    """Whether words that announce something new stand before a mention."""
    before = "\n".join([text[max(m.start - BEFORE, 0) : m.start] for m in group]).lower()
    return [float(cue.within(before)) for cue in CUES]


def _known(surfaces: Sequence[str], kind: int, lexicon: Lexicon) -> list[float]:
    seen = [lexicon.evidence(surface, kind)[2] for surface in surfaces]
    return [max(seen), min(seen)]
