"""Which strings of a text name the same entity: from how they are written and how the text joins them."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterator, Sequence

    from kg.extract.heads import Floats
    from kg.extract.smallnet import SmallNet

_LETTERS, _DIGITS, _SIGNS = re.compile(r"[a-z0-9]+"), re.compile(r"\d+"), re.compile(r"[^\w\s]+")
_OPEN = re.compile(r"[(\[]")
_GAP = 3
"""How much white space may stand beside a parenthesis that defines."""
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


class Form(NamedTuple):
    """A string taken apart: its words without plural, those that are not generic, its letters, its trigrams."""

    text: str
    lower: str
    words: tuple[str, ...]
    distinct: frozenset[str]
    content: tuple[str, ...]
    letters: str
    grams: frozenset[tuple[str, str, str]]
    digits: frozenset[str]
    signs: str
    capitals: float
    short: bool  # looks like an abbreviation


def stem(word: str) -> str:
    """*word* without its plural ending.

    >>> stem("networks"), stem("policies"), stem("loss")
    ('network', 'policy', 'loss')
    """
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@lru_cache(2**15)
def form(text: str) -> Form:
    """Take *text* apart."""
    lower = text.lower()
    words = tuple([stem(word) for word in WORDS.findall(lower)])
    joined = f" {' '.join(words)} "
    letters = "".join(_LETTERS.findall(lower))
    capitals = sum(map(str.isupper, text)) / max(len(text), 1)
    return Form(
        text=text,
        lower=lower,
        words=words,
        distinct=frozenset(words),
        content=tuple([word for word in words if word not in GENERIC]),
        letters=letters[:-1] if text.endswith("s") and len(letters) > 2 else letters,
        grams=frozenset(zip(joined, joined[1:], joined[2:], strict=False)),
        digits=frozenset(_DIGITS.findall(text)),
        signs="".join(_SIGNS.findall(text)),
        capitals=capitals,
        short=len(words) == 1 and capitals > 0.4,
    )


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


def definitions(text: str, surfaces: Collection[str]) -> set[tuple[str, str]]:
    """Those of *surfaces* of which one stands behind the other in parentheses.

    >>> sorted(definitions("A vision transformer ( ViT) and a [ViT]", ["ViT", "vision transformer", "A"]))
    [('vision transformer', 'ViT')]
    """
    found: set[tuple[str, str]] = set()
    for match in _OPEN.finditer(text):
        before, behind = text[max(match.start() - _GAP, 0) : match.start()], text[match.end() : match.end() + _GAP]
        left, right = len(before) - len(before.rstrip()), len(behind) - len(behind.lstrip())
        if left + right <= _GAP:
            inner = [name for name in surfaces if text.startswith(name, match.end() + right)]
            outer = [name for name in surfaces if inner and text.endswith(name, 0, match.start() - left)]
            found.update(product(outer, inner))
    return found


def evidence(defined: Container[tuple[str, str]], one: str, other: str) -> list[float]:
    """What speaks for and against *one* and *other* being names of one entity, in a text with these definitions."""
    a, b = _ordered(one, other)
    row = list(_alike(a, b))
    row[_DEFINED] = float((a, b) in defined)
    row[_DEFINED_BACK] = float((b, a) in defined)
    row[_DEFINED_SHARE] = row[_DEFINED] * row[_SHARE]
    return row


def _ordered(one: str, other: str) -> tuple[str, str]:
    """The longer string first, or the first of the alphabet."""
    return (one, other) if (-len(one), one) <= (-len(other), other) else (other, one)


_DEFINED, _DEFINED_BACK, _SHARE, _DEFINED_SHARE = 3, 4, 8, 9


def _alike(one: str, other: str) -> tuple[float, ...]:
    """The part of the evidence that is in the strings alone; zero stands for the rest."""
    a, b = form(one), form(other)
    x, y = a.distinct, b.distinct
    common, grams = len(x & y), len(a.grams & b.grams)
    share = spelled(b.letters, a.lower) if b.short else 0.0
    return (
        float(a.words == b.words or "".join(a.words) == "".join(b.words)),
        float(a.lower == b.lower),
        float(a.content == b.content and bool(a.content)),
        0.0,
        0.0,
        float(len(a.words) > 1 and "".join([w[0] for w in a.words]) == b.letters),
        float(len(a.content) > 1 and "".join([w[0] for w in a.content]) == b.letters),
        float(share > 0),
        share,
        0.0,
        grams / max(len(a.grams) + len(b.grams) - grams, 1),
        grams / max(min(len(a.grams), len(b.grams)), 1),
        common / max(len(x) + len(y) - common, 1),
        common / max(min(len(x), len(y)), 1),
        float(a.words[-1:] == b.words[-1:]),
        float(a.words[:1] == b.words[:1]),
        float(y < x),
        len(a.words) - len(b.words),
        float(b.short),
        b.capitals,
        float(a.digits != b.digits),
        float(a.signs != b.signs),
        float(len(b.text) < 5),
        float(y < x and len(x) == len(y) + 1),
        float(len(a.words) == len(b.words) and sorted(a.words) == sorted(b.words)),
    )


def may_match(a: Form, b: Form) -> bool:
    """Worth a closer look: they share letters in a row, or one may abbreviate the other."""
    return a.short or b.short or not a.words or not b.words or len(a.grams & b.grams) > 2


def groups(
    texts: Sequence[str],
    surfaces: Sequence[Sequence[tuple[str, int]]],
    likeness: Sequence[Floats],
    net: SmallNet,
    *,
    least: float,
) -> list[list[int]]:
    """For each text the number of the entity of each (string, type); strings of unlike type stay apart.

    *likeness* has, for each text, how alike its network finds the strings (strings, strings).
    """
    pairs = [(k, i, j) for k, names in enumerate(surfaces) for i, j in _likely(names)]
    defined = [definitions(text, {name for name, _ in names}) for text, names in zip(texts, surfaces, strict=True)]
    rows = [
        [*evidence(defined[k], surfaces[k][i][0], surfaces[k][j][0]), float(likeness[k][i, j])] for k, i, j in pairs
    ]
    parents = [list(range(len(names))) for names in surfaces]
    for (k, i, j), score in zip(pairs, net(np.array(rows, np.float32)).tolist(), strict=True):
        if score >= least:
            parents[k][_root(parents[k], i)] = _root(parents[k], j)
    return [[_root(parent, i) for i in range(len(parent))] for parent in parents]


def _likely(surfaces: Sequence[tuple[str, int]]) -> Iterator[tuple[int, int]]:
    """Pairs of strings of one type that may match."""
    for kind in {kind for _, kind in surfaces}:
        alike = [index for index, (_, its) in enumerate(surfaces) if its == kind]
        if len(alike) > 1:
            forms = [(index, form(surfaces[index][0])) for index in alike]
            yield from ((i, j) for (i, one), (j, other) in combinations(forms, 2) if may_match(one, other))


def _root(parent: list[int], index: int) -> int:
    while parent[index] != index:
        index = parent[index]
    return index
