"""The words between two mentions that state a relation, and how often they do.

A pattern must match all that stands between the mentions. Its confidence is its precision on gold/train between
annotated mentions, rounded down.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.types import RelationType


@dataclass(frozen=True, slots=True)
class Pattern:
    """A relation, the words that state it between two mentions, and whether the first mention is the head."""

    relation: RelationType
    words: re.Pattern[str]
    confidence: float
    head_first: bool = True


def _pattern(relation: RelationType, words: str, confidence: float, *, head_first: bool = True) -> Pattern:
    return Pattern(relation, re.compile(words, re.IGNORECASE | re.DOTALL), confidence, head_first)


def _some(words: int) -> str:
    """Match at most so many words."""
    return rf"(?:[\w.\-]+\W+){{0,{words}}}?"


_NOT = r"(?!.*\b(?:not|never|fails? to|without)\b)"
_PLAINLY = r"(?!.*\b(?:with|for|of|by|using|in|on|from|via|to|and|that|which)\b)"
_USES = (
    r"(?:with|using|based on|built on|builds on|uses?|employs?|incorporat\w+|leverag\w+|combin\w+|consists? of|via"
    r"|through|integrat\w+|utili[sz]\w+|adopt\w*|contains?|compris\w+)\W+"
)
_ADDRESSES = r"(?:for|to address|to tackle|to solve|to improve|applied to|address\w*|tackl\w*|solv\w*)\W+"
_BY = r"(?:by|with|via|using|through|based on)\W+"
_ON = r"(?:on|benchmarks?|datasets?|using|with)\W+"
_BEATS = (
    r"(?:outperform|surpass|exceed|beat|superior to|better than|faster than|improv\w+ over|improvements? over)\w*\W+"
)
_EQUALS = r"(?:compar\w+|competitive|on par|similar|versus|vs)\W+(?:with|to)?\W*"

PATTERNS: tuple[Pattern, ...] = (
    _pattern("usedFor", r"\W*" + _some(6) + _ADDRESSES + _some(5), 0.75),
    _pattern("usedFor", r"\W*" + _some(6) + r"(?:on|in|of)\W+" + _some(4), 0.7),
    _pattern("usedFor", r"\W+" + _some(4) + _BY + _some(5), 0.7, head_first=False),
    _pattern("benchmarkFor", r"\W+" + _some(5) + r"(?:for|of|on)\W+" + _some(4), 0.7),
    _pattern("benchmarkFor", r"\W+" + _some(4) + _ON + _some(4), 0.7, head_first=False),
    _pattern("trainedOn", r".{0,60}\btrain\w*\b.{0,20}\b(?:on|with|using)\W+" + _some(4), 0.5),
    _pattern("evaluatedOn", r"(?!.*train).{0,80}\b(?:on|in)\W+" + _some(5), 0.65),
    _pattern("outperforms", _NOT + r".{0,60}\b" + _BEATS + _some(6), 0.55),
    _pattern("comparedWith", r".{0,60}\b" + _EQUALS + _some(4), 0.25),
    _pattern("variantOf", _PLAINLY + r"\W*(?:,|is|are|\(|:)\W*(?:an?|the)\W+" + _some(6), 0.45),
    _pattern("variantOf", r"\W*(?:such as|like|including|e\.g\.|namely)\W+(?:[\w\-]+,? ?){0,4}", 0.7, head_first=False),
    _pattern("partOf", r"\W+" + _some(5) + _USES + _some(4), 0.45, head_first=False),
    _pattern("partOf", r"\W*-based\W+" + _some(2), 0.35),
)
"""All patterns; the first of a relation that matches counts, so the surer ones stand first."""

SUFFIX_CONFIDENCE = 0.75
"""How often a longer name that ends in another ("monocular depth estimation", "depth estimation") is its variant."""
