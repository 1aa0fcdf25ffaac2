"""Abbreviations: which form shortens which, and what an abbreviation stands for in the corpus.

The rule follows Schwartz and Hearst (2003), "A simple algorithm for identifying abbreviation definitions in biomedical
text": the letters of the short form stand in the long one, in order, from the first. Long forms that spell one thing in
several ways ("… network", "… nets", a cut "bidirectional encoder representation") make one sense.

>>> ties = {("gan", "generative adversarial network"): 9, ("gan", "generative adversarial net"): 2}
>>> ties |= {("gan", "graph alignment network"): 1, ("gan", "adversarial learning"): 1}
>>> for sense in senses(ties)["gan"]:
...     print(sense.centre, sense.support, sense.forms)
generative adversarial network 11 ('generative adversarial net', 'generative adversarial network')
graph alignment network 1 ('graph alignment network',)
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from kg.resolve.heads import headless
from kg.resolve.spelling import same_words, spelling_key

if TYPE_CHECKING:
    from collections.abc import Mapping

_LOOKED_AT = 30
_SPOKEN = {"2": " to ", "4": " for "}


class Sense(NamedTuple):
    """What an abbreviation may stand for: its long forms, the best supported as centre, and how many define it so."""

    centre: str
    support: int
    forms: tuple[str, ...]


def abbreviates(short: str, long: str) -> bool:
    """Tell whether a normal form is one word whose letters stand in order in another of several words.

    The first letters must be equal, and at least two letters begin words of the long form.

    >>> abbreviates("vit", "vision transformer"), abbreviates("bert", "bidirectional encoder representation")
    (True, True)
    >>> abbreviates("transformer", "vision transformer"), abbreviates("computational cost", "computational load")
    (False, False)
    >>> abbreviates("t2i", "text to image")
    True
    """
    if " " in short or " " not in long or short[:1] != long[:1] or short in long.split(" "):
        return False
    for digit, word in _SPOKEN.items():
        if digit in short and digit not in long:
            long = long.replace(word, f" {digit} ")
    return _begun(short, long) > 1


def _begun(short: str, long: str) -> int:
    """Count the letters of ``short`` that begin words of ``long``; 0 where they do not all stand in it in order."""
    place, begun = 0, 1
    for letter in short[1:]:
        start = long.find(f" {letter}", place)
        begun += start >= 0
        place = start + 1 if start >= 0 else long.find(letter, place + 1)
        if place < 0:
            return 0
    return begun


def senses(ties: Mapping[tuple[str, str], int]) -> dict[str, tuple[Sense, ...]]:
    """Give the senses of every abbreviation, the best supported first.

    Args:
        ties: How many abstracts use a form and a lead for one thing.
    """
    longs: dict[str, Counter[str]] = defaultdict(Counter)
    for (form, lead), support in ties.items():
        if abbreviates(form, lead):
            longs[form][lead] += support
    return {short: _senses(short, counts) for short, counts in longs.items()}


def _senses(short: str, longs: Mapping[str, int]) -> tuple[Sense, ...]:
    gathered: dict[str, list[str]] = {}
    for long in sorted(longs, key=lambda form: (-longs[form], form)):
        centre = next((centre for centre in islice(gathered, _LOOKED_AT) if alike(short, long, centre)), long)
        gathered.setdefault(centre, []).append(long)
    found = (Sense(c, sum(longs[form] for form in forms), tuple(sorted(forms))) for c, forms in gathered.items())
    return tuple(sorted(found, key=lambda sense: (-sense.support, sense.centre)))


def alike(short: str, left: str, right: str) -> bool:
    """Tell whether two long forms of one abbreviation spell the same thing: a variant, or one is the other cut short.

    >>> alike("bert", "bidirectional encoder representation", "bidirectional encoder representations from transformer")
    True
    >>> alike("asr", "automatic speech recognition", "automated speech recognition")
    True
    >>> alike("llm", "large language model", "large vision language model")
    False
    """
    if spelling_key(left) == spelling_key(right) or same_words(left, right):
        return True
    less, more = sorted((left, right), key=len)
    if headless(more) == less:
        return True
    return (
        same_words(less, " ".join(more.split()[: len(less.split())]))
        and not _spells(short, less)
        and _spells(short, more)
    )


def _spells(short: str, long: str) -> bool:
    """Tell whether every letter of ``short`` begins a word of ``long``."""
    return _begun(short, long) == len(short)
