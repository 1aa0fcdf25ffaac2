"""Spelling: names that readers take for the same word by word.

:func:`spelling_key` brings together what is only written differently (spaces, inner plurals, numerals, "X of Y" for
"Y X"); :func:`same_words` also forgives endings.

>>> spelling_key("fine tuning") == spelling_key("finetuning"), spelling_key("llama 2 7b") == spelling_key("llama 27b")
(True, False)
>>> spelling_key("detection of objects"), spelling_key("three dimensional reconstruction")
('objectdetection', '3dreconstruction')
"""

from __future__ import annotations

import re

from kg.names import singular

_NUMERALS = {
    word: str(n)
    for n, word in enumerate(("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"))
}
_NUMBERED = {
    "shot",
    "stage",
    "step",
    "dimensional",
    "d",
    "stream",
    "view",
    "player",
    "hop",
    "bit",
    "class",
    "layer",
    "way",
}
_GAP = re.compile(r"(?<!\d) | (?!\d)")
_PREPOSITIONS = frozenset({"of", "for", "in", "on", "with", "from", "by", "to", "via", "at", "over", "under", "as"})
_ENDINGS = (("al", ""), ("ical", "ic"), ("or", "er"), ("ible", "able"), ("ance", "ence"), ("ly", ""), ("ised", "ized"))
_SHARED = 0.6
_SHORTEST = 5


def spelling_key(form: str) -> str:
    """Reduce a normal form to letters and figures alone; figures that a space keeps apart stay apart."""
    words = _inverted([singular(word) for word in form.replace("&", " and ").split()])
    if len(words) > 2 and words[-1] == "net":
        words[-1] = "network"
    return _GAP.sub("", " ".join(_numerals(words)))


def _inverted(words: list[str]) -> list[str]:
    """Turn "detection of object" into "object detection"; phrases with more prepositions stay as they are."""
    places = [place for place, word in enumerate(words) if word in _PREPOSITIONS]
    if len(places) != 1 or words[places[0]] != "of" or places[0] in {0, len(words) - 1}:
        return words
    return words[places[0] + 1 :] + words[: places[0]]


def _numerals(words: list[str]) -> list[str]:
    """Write numerals before what is counted as figures, and "dimensional" behind a figure as d."""
    following = [*words[1:], ""]
    found = [
        _NUMERALS.get(word, word) if after in _NUMBERED else word for word, after in zip(words, following, strict=True)
    ]
    before = ["", *found[:-1]]
    return ["d" if word == "dimensional" and last.isdigit() else word for word, last in zip(found, before, strict=True)]


def same_words(left: str, right: str) -> bool:
    """Tell whether two forms agree word by word but for inflection.

    >>> same_words("convolution neural network", "convolutional neural networks")
    True
    >>> same_words("supervised learning", "unsupervised learning"), same_words("image to text", "text to image")
    (False, False)
    """
    ours, theirs = left.split(), right.split()
    return len(ours) == len(theirs) and all(inflected(*pair) for pair in zip(ours, theirs, strict=True))


def inflected(left: str, right: str) -> bool:
    """Tell whether two words are one but for their ending: most of the longer one is shared.

    >>> inflected("automatic", "automated"), inflected("generative", "generalized"), inflected("nets", "network")
    (True, False, True)
    """
    left, right = singular(left), singular(right)
    if left == right or {left, right} == {"net", "network"}:
        return True
    shared = next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    return shared >= max(_SHORTEST, _SHARED * max(len(left), len(right)))


def derived(left: str, right: str) -> bool:
    """Tell whether two words differ in an ending that changes no meaning before a noun.

    >>> derived("convolution", "convolutional"), derived("adapter", "adaptor"), derived("optimizer", "optimization")
    (True, True, False)
    """
    return any(
        one.endswith(ending)
        and len(one) - len(ending) >= _SHORTEST - 1
        and one[: len(one) - len(ending)] + other == two
        for ending, other in _ENDINGS
        for one, two in ((left, right), (right, left))
    )
