"""Sentences that speak of being better only to deny it."""

from __future__ import annotations

import re

_BETTER = r"(?:outperform|surpass|exceed|beat|improv|better|superior)\w*"
_NOT = r"(?:\b(?:not|never|no longer|cannot|fail(?:s|ed)? to|without|unable to|rather than|hardly|nor)|n['’]t)"
_ONLY = r"(?!\s+(?:only|just|merely|simply|solely|alone)\b)"
"""Behind "not": what follows is stated all the same."""
_BETWEEN = (
    r"(?:(?:\w+ly|be|been|always|ever|yet|even|able|to|in|any|an?|the|much|far|lead|result|achieve|give|yield|show"
    r"|bring|offer|provide|reach|obtain|see|find|claim|that|it|they|significant|consistent|clear|substantial)\s+){0,5}"
)
"""What may stand between a denial and what it denies; other words begin another thought."""
_NOBODY = r"(?:^|[,;]\s|\bthat\s)(?:no|none of|neither)\s+(?:\w+\s+){1,3}?(?:outperform|surpass|exceed|beat)\w*"
_EQUAL = (
    r"\b(?:competitive (?:with|against)|comparable (?:to|with|performance|results|accuracy)|on (?:a )?par with"
    r"|similar (?:performance|results|accuracy)|as (?:well|good) as|wors[et] than|inferior to|underperform\w*"
    r"|lag(?:s|ged)? behind|falls? short of)"
)
_DENIED = re.compile(rf"{_NOT}{_ONLY}\s+{_BETWEEN}{_BETTER}|\bno {_BETTER}|{_NOBODY}|{_EQUAL}", re.IGNORECASE)
_STATED = re.compile(rf"\b{_BETTER}", re.IGNORECASE)


def denied(sentence: str) -> bool:
    """Tell whether *sentence* denies or hedges that something is better, and nowhere says it.

    >>> denied("Our method does not outperform BERT."), denied("It is competitive with BERT.")
    (True, True)
    >>> denied("It outperforms BERT and is competitive with GPT-4."), denied("It not only outperforms BERT.")
    (False, False)
    """
    hedges = _DENIED.search(sentence)
    return hedges is not None and not _STATED.search(_DENIED.sub(" ", sentence))
