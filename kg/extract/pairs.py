"""Which strings of a text name the same entity: from how they are written and how the text joins them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extract.smallnet import Floats, SmallNet

WORDS = re.compile(r"[^\W_]+")
GENERIC = frozenset(
    [
        "method",
        "model",
        "network",
        "algorithm",
        "approach",
        "framework",
        "architecture",
        "learning",
        "system",
        "dataset",
        "benchmark",
        "task",
        "technique",
        "module",
        "mechanism",
        "loss",
        "score",
    ],
)


@dataclass(frozen=True, slots=True)
class Form:
    """A string taken apart: its words without plural, those that are not generic, its letters, its trigrams."""

    text: str
    words: tuple[str, ...]
    content: tuple[str, ...]
    letters: str
    grams: frozenset[str]
    capitals: float

    @property
    def short(self) -> bool:
        """Looks like an abbreviation."""
        return len(self.words) == 1 and self.capitals > 0.4


def stem(word: str) -> str:
    """*word* without its plural ending.

    >>> stem("networks"), stem("policies"), stem("loss")
    ('network', 'policy', 'loss')
    """
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=4096)
def form(text: str) -> Form:
    """Take *text* apart."""
    words = tuple(stem(w) for w in WORDS.findall(text.lower()))
    joined = f" {' '.join(words)} "
    letters = re.sub(r"[^A-Za-z0-9]", "", text)
    letters = letters[:-1] if letters.endswith("s") and len(letters) > 2 else letters
    capitals = sum(map(str.isupper, text)) / max(len(text), 1)
    grams = frozenset(joined[i : i + 3] for i in range(len(joined) - 2))
    return Form(text, words, tuple(w for w in words if w not in GENERIC), letters.lower(), grams, capitals)


def spelled(letters: str, text: str) -> float:
    """The share of *letters* that begin words of *text*, where all stand in it in order and the first begins it.

    >>> spelled("vit", "vision transformer"), spelled("bert", "vision transformer")
    (0.66..., 0.0)
    """
    found = starts = 0
    before = " "
    for letter in text:
        if found < len(letters) and letter == letters[found]:
            starts += before in " -/"
            found += 1
        before = letter
    return starts / len(letters) if letters and found == len(letters) and text[:1] == letters[0] else 0.0


def joined(text: str, one: str, other: str) -> bool:
    """*text* has ``one (other)``."""
    at = text.find(one)
    while at >= 0:
        behind = text[at + len(one) : at + len(one) + len(other) + 4].lstrip()
        if behind[:1] in "([" and behind[1:].lstrip().startswith(other) and behind[:1]:
            return True
        at = text.find(one, at + 1)
    return False


def evidence(text: str, one: str, other: str) -> list[float]:
    """What speaks for and against *one* and *other* being names of one entity."""
    a, b = sorted((form(one), form(other)), key=lambda f: (-len(f.text), f.text))
    x, y = set(a.words), set(b.words)
    common, grams = len(x & y), len(a.grams & b.grams)
    share = spelled(b.letters, a.text.lower()) if b.short else 0.0
    defined = joined(text, a.text, b.text)
    whole_a, whole_b = "".join(a.words), "".join(b.words)
    digits_a, digits_b = (set(re.findall(r"\d+", f.text)) for f in (a, b))
    return [
        float(whole_a == whole_b),
        float(a.text.lower() == b.text.lower()),
        float(a.content == b.content and bool(a.content)),
        float(defined),
        float(joined(text, b.text, a.text)),
        float(len(a.words) > 1 and "".join(w[0] for w in a.words) == b.letters),
        float(len(a.content) > 1 and "".join(w[0] for w in a.content) == b.letters),
        float(share > 0),
        share,
        share * defined,
        grams / max(len(a.grams | b.grams), 1),
        grams / max(min(len(a.grams), len(b.grams)), 1),
        common / max(len(x | y), 1),
        common / max(min(len(x), len(y)), 1),
        float(a.words[-1:] == b.words[-1:]),
        float(a.words[:1] == b.words[:1]),
        float(y < x),
        len(a.words) - len(b.words),
        float(b.short),
        b.capitals,
        float(digits_a != digits_b),
        float(re.sub(r"[\w\s]", "", a.text) != re.sub(r"[\w\s]", "", b.text)),
        float(len(b.text) < 5),
        float(y < x and len(x - y) == 1),
        float(sorted(a.words) == sorted(b.words)),
    ]


def may_match(one: str, other: str) -> bool:
    """Worth a closer look: they share letters in a row, or one may abbreviate the other."""
    a, b = form(one), form(other)
    return a.short or b.short or not a.words or not b.words or len(a.grams & b.grams) > 2


def groups(text: str, surfaces: Sequence[tuple[str, int]], net: SmallNet, *, least: float) -> list[int]:
    """The number of the entity of each (string, type); strings of unlike type stay apart."""
    pairs = [(i, j) for i, j in _likely(surfaces)]
    parent = list(range(len(surfaces)))
    if pairs:
        rows: Floats = np.array([evidence(text, surfaces[i][0], surfaces[j][0]) for i, j in pairs], np.float32)
        for (i, j), score in zip(pairs, net(rows), strict=True):
            if score >= least:
                parent[_root(parent, i)] = _root(parent, j)
    return [_root(parent, i) for i in range(len(surfaces))]


def _likely(surfaces: Sequence[tuple[str, int]]) -> Iterator[tuple[int, int]]:
    for i, (one, kind) in enumerate(surfaces):
        for j in range(i + 1, len(surfaces)):
            if surfaces[j][1] == kind and may_match(one, surfaces[j][0]):
                yield i, j


def _root(parent: list[int], index: int) -> int:
    while parent[index] != index:
        index = parent[index]
    return index
