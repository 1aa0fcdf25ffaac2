"""A vocabulary of word pieces learned from counted words: byte-pair merges, most frequent pair first.

Sennrich, Haddow & Birch (2016), over characters.  Pieces inside a word carry ``##``, so that
:class:`kg.extract.words.Pieces` can split by longest match.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.extract.words import LONGEST, SPECIAL

if TYPE_CHECKING:
    from collections.abc import Mapping

Pair = tuple[str, str]


def learn(counts: Mapping[str, int], size: int, *, least: int = 3, least_character: int = 20) -> list[str]:
    """At most *size* pieces, special ones first, from lower-cased words and how often each occurs.

    >>> learn({"low": 9, "lower": 5}, 13, least_character=1)[-2:]
    ['low', '##er']
    """
    lowered: Counter[str] = Counter()
    for word, count in counts.items():
        if len(word) <= LONGEST:
            lowered[word.lower()] += count
    pieces = list(SPECIAL) + _characters(lowered, least_character)
    known = set(pieces)
    words = [(_spell(w), n) for w, n in lowered.items() if n >= least and known.issuperset(_spell(w))]
    return pieces + _merge(words, size - len(pieces))


def _spell(word: str) -> list[str]:
    return [word[0]] + ["##" + letter for letter in word[1:]]


def _characters(counts: Mapping[str, int], least: int) -> list[str]:
    seen: Counter[str] = Counter()
    for word, count in counts.items():
        for letter in _spell(word):
            seen[letter] += count
    return sorted(letter for letter, count in seen.items() if count >= least)


def _merge(words: list[tuple[list[str], int]], room: int) -> list[str]:
    totals: Counter[Pair] = Counter()
    holders: defaultdict[Pair, set[int]] = defaultdict(set)
    for index, (spelling, count) in enumerate(words):
        for pair in pairwise(spelling):
            totals[pair] += count
            holders[pair].add(index)
    queue = [(-total, pair) for pair, total in totals.items()]
    heapify(queue)
    merged: dict[str, None] = {}
    while queue and len(merged) < room:
        total, pair = heappop(queue)
        if totals[pair] != -total or not total:
            continue  # an old entry: the pair has been counted anew since
        merged[_join(pair)] = None
        for changed in _apply(pair, words, totals, holders):
            if totals[changed] > 0:
                heappush(queue, (-totals[changed], changed))
    return list(merged)


def _join(pair: Pair) -> str:
    return pair[0] + pair[1].removeprefix("##")


def _apply(
    pair: Pair,
    words: list[tuple[list[str], int]],
    totals: Counter[Pair],
    holders: dict[Pair, set[int]],
) -> set[Pair]:
    changed: set[Pair] = set()
    for index in holders.pop(pair):
        old, count = words[index]
        new = _replace(old, pair)
        for before in pairwise(old):
            totals[before] -= count
            changed.add(before)
        for after in pairwise(new):
            totals[after] += count
            holders[after].add(index)
            changed.add(after)
        words[index] = (new, count)
    changed.discard(pair)
    totals[pair] = 0
    return changed


def _replace(spelling: list[str], pair: Pair) -> list[str]:
    out: list[str] = []
    index = 0
    while index < len(spelling):
        if tuple(spelling[index : index + 2]) == pair:
            out.append(_join(pair))
            index += 2
        else:
            out.append(spelling[index])
            index += 1
    return out
