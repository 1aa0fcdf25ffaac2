"""What a paper introduces: the network's word-by-word opinion, weighed with where and how an entity is mentioned."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.candidates import TYPES
from kg.extract.judge import Found, logit

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kg.extract.lexicon import Lexicon

CUES = (
    re.compile(r"\b(?:propos\w*|introduc\w*|present\w*|develop\w*|design\w*)\b", re.IGNORECASE),
    re.compile(r"\b(?:call\w*|nam(?:ed|ely)|dub\w*|termed|coined|denoted)\b", re.IGNORECASE),
    re.compile(r"\b(?:novel|new|first|our|we)\b", re.IGNORECASE),
)
BEFORE = 60


def evidence(
    text: str,
    entities: Sequence[Sequence[Found]],
    proposed: NDArray[np.float32],
    lexicons: Sequence[Lexicon],
) -> list[list[float]]:
    """For each entity of *text*, given by its mentions, what speaks for and against its being introduced here."""
    means = [[float(proposed[m.first : m.last].mean()) for m in group] for group in entities]
    best = sorted((max(m) for m in means), reverse=True)
    total = sum(map(len, entities))
    title = text.find("\n")
    rows = []
    for group, scores in zip(entities, means, strict=True):
        high = max(scores)
        surfaces = [text[m.start : m.end] for m in group]
        cues = [text[max(m.start - BEFORE, 0) : m.start] for m in group]
        longest = max(surfaces, key=len)
        values = [
            logit(high),
            logit(sum(scores) / len(scores)),
            logit(scores[0]),
            float(best.index(high)),
            logit(best[0] if best[0] != high or len(best) < 2 else best[1]),
            float(len(group)),
            len(group) / total,
            float(len(set(surfaces))),
            float(group[0].start < title),
            group[0].start / max(len(text), 1),
            float(any(s[1:] != s[1:].lower() for s in surfaces)),
            float(":" in text[group[0].end : group[0].end + 2] and group[0].start < title),
            float(len(longest.split())),
            *(float(any(cue.search(c) for c in cues)) for cue in CUES),
        ]
        for lexicon in lexicons:
            known = [lexicon.evidence(s, group[0].type) for s in set(surfaces)]
            values += [max(k[2] for k in known), min(k[2] for k in known)]
        rows.append(values + [float(group[0].type == k) for k in range(len(TYPES))])
    return rows
