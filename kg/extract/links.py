"""What may be linked in an abstract, as arrays: pairs of entities, and numbers with entities.

The networks that judge links read two things: the vectors that the encoder gives of the words at, between and around
two places, and the evidence gathered here, which depends on types, places and strings alone.  Training and extraction
share this module, so that both see the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kg.types import ENTITY_TYPES, RELATION_TYPES, allowed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extract.sketch import Sketch

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
TYPES = tuple(ENTITY_TYPES)
RELATIONS = tuple(RELATION_TYPES)

PERMITTED = np.array([[[allowed(h, r, t) for r in RELATIONS] for t in TYPES] for h in TYPES])
"""Which relations (last axis) may run from a type (first axis) to another (second)."""
LINKED: NDArray[np.bool_] = np.any(PERMITTED, axis=2)

NEIGHBOURS = 4
"""How many words before and behind two places count as around them."""

_GAPS = np.array([1, 2, 3, 5, 9, 17, 33])
_AFFIXES = 4
_TYPE_ROWS = np.eye(len(TYPES), dtype=np.float32)
_GAP_ROWS = np.eye(len(_GAPS) + 1, dtype=np.float32)
_APART_ROWS = np.eye(4, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs that may be linked: the two ends, the place of each end that is nearest to the other, and the evidence.

    Ends are entities (or, as *head*, numbers); places are words ``first:last``, rows of ``head_at`` and ``tail_at``.
    """

    head: Ints
    tail: Ints
    head_at: Ints
    tail_at: Ints
    evidence: Floats


@lru_cache(maxsize=65_536)
def _affixes(name: str) -> tuple[int, ...]:
    """Hashes of a name, of its endings and of its beginnings of 1 to 4 words, shorter than itself."""
    words = name.lower().rstrip("s").replace("-", " ").split()
    sizes = range(1, _AFFIXES + 1)
    endings = [hash(tuple(words[-k:])) if k < max(len(words), 2) else k for k in sizes]
    begins = [hash(tuple(words[:k])) if k < max(len(words), 2) else k for k in sizes]
    return (hash(tuple(words)), *endings, *begins)


def _kinship(names: Sequence[str]) -> Floats:
    """How names contain each other (entities, entities, 4): ends with, begins with, same last word, same first word."""
    table = np.array([_affixes(name) for name in names], np.int64).reshape(len(names), 1 + 2 * _AFFIXES)
    whole, endings, begins = table[:, 0], table[:, 1 : 1 + _AFFIXES], table[:, 1 + _AFFIXES :]
    out = np.empty((len(names), len(names), 4), np.float32)
    out[..., 0] = (endings[:, None] == whole[None, :, None]).any(2)
    out[..., 1] = (begins[:, None] == whole[None, :, None]).any(2)
    out[..., 2] = endings[:, None, 0] == endings[None, :, 0]
    out[..., 3] = begins[:, None, 0] == begins[None, :, 0]
    return out


def _nearest(gaps: Ints, rows: Ints, columns: Ints, count: int) -> tuple[Ints, Ints]:
    """For each row group and column group the position of the least gap: (row groups, column groups) twice."""
    columns_begin, rows_begin = np.searchsorted(columns, np.arange(count)), np.searchsorted(rows, np.unique(rows))
    width = 1 << 20
    coded = gaps * width + np.arange(gaps.shape[1])
    by_column = np.minimum.reduceat(coded, columns_begin, axis=1)
    column_at = by_column % width
    row_coded = (by_column // width) * width + np.arange(len(gaps))[:, None]
    row_at = np.minimum.reduceat(row_coded, rows_begin, axis=0) % width
    return row_at, np.take_along_axis(column_at, row_at, axis=0)


def _apart(sketch: Sketch, head_at: Ints, tail_at: Ints) -> Floats:
    """Evidence of two places (n, 15): gap in words, order, gap in sentences, each in the title."""
    gap = np.maximum(tail_at[:, 0] - head_at[:, 1], head_at[:, 0] - tail_at[:, 1])
    head_in, tail_in = sketch.sentences[head_at[:, 0]], sketch.sentences[tail_at[:, 0]]
    return np.concatenate(
        [
            _GAP_ROWS[np.searchsorted(_GAPS, gap, side="right")],
            _APART_ROWS[np.minimum(np.abs(head_in - tail_in), 3)],
            np.stack([head_at[:, 0] < tail_at[:, 0], head_in == 0, tail_in == 0], 1),
        ],
        axis=1,
        dtype=np.float32,
    )


def _entity_evidence(sketch: Sketch, owners: Ints) -> Floats:
    """Evidence of each entity (n, 8): its type, mentioned twice or four times at least, first of all."""
    counts = np.bincount(owners, minlength=len(sketch.types))
    more = np.stack([counts > 1, counts > 3, np.arange(len(counts)) == sketch.mentions[0, 2]], 1)
    return np.concatenate([_TYPE_ROWS[sketch.types], more], 1, dtype=np.float32)


def pairs(sketch: Sketch) -> Links:
    """All ordered pairs of entities whose types some relation may join.

    >>> from kg.extract.sketch import Sketch
    >>> none, mentions = np.empty((0, 2), int), np.array([[1, 2, 0], [5, 7, 1]])
    >>> two = Sketch(np.zeros(9, int), mentions, np.array([2, 0]), ["BERT", "parsing"], none)
    >>> found = pairs(two)
    >>> found.head.tolist(), found.tail.tolist(), found.evidence.shape
    ([0], [1], (1, 39))
    """
    count = len(sketch.types)
    if count < 2:
        return _none(PAIR_EVIDENCE)
    may = LINKED[sketch.types[:, None], sketch.types[None]]
    head, tail = np.nonzero(may & ~np.eye(count, dtype=bool))
    order = np.argsort(sketch.mentions[:, 2], kind="stable")
    at, owners = sketch.mentions[order, :2], sketch.mentions[order, 2]
    gaps = np.maximum(at[None, :, 0] - at[:, None, 1], at[:, None, 0] - at[None, :, 1])
    rows, columns = _nearest(gaps, owners, owners, count)
    head_at, tail_at = at[rows[head, tail]], at[columns[head, tail]]
    own = _entity_evidence(sketch, owners)
    present = np.zeros((count, int(sketch.sentences[-1]) + 1), np.int64)
    present[owners, sketch.sentences[at[:, 0]]] = 1
    shared = (present @ present.T)[head, tail]
    kin = _kinship(sketch.names)
    evidence = [
        own[head], own[tail], _apart(sketch, head_at, tail_at), np.stack([shared > 0, shared > 1], 1),
        kin[head, tail], kin[tail, head][:, :2],
    ]  # fmt: skip
    return Links(head, tail, head_at, tail_at, np.concatenate(evidence, 1, dtype=np.float32))


def number_links(sketch: Sketch) -> Links:
    """Every number with every entity; ``head`` counts numbers."""
    count, numbers = len(sketch.types), len(sketch.numbers)
    if not count or not numbers:
        return _none(NUMBER_EVIDENCE)
    order = np.argsort(sketch.mentions[:, 2], kind="stable")
    at, owners = sketch.mentions[order, :2], sketch.mentions[order, 2]
    gaps = np.maximum(at[None, :, 0] - sketch.numbers[:, None, 1], sketch.numbers[:, None, 0] - at[None, :, 1])
    _, columns = _nearest(np.maximum(gaps, 0), np.arange(numbers), owners, count)
    head, tail = np.repeat(np.arange(numbers), count), np.tile(np.arange(count), numbers)
    head_at, tail_at = sketch.numbers[head], at[columns[head, tail]]
    own = _entity_evidence(sketch, owners)
    return Links(head, tail, head_at, tail_at, np.concatenate([own[tail], _apart(sketch, head_at, tail_at)], 1))


def between(links: Links) -> Ints:
    """The words between the two places of each link, as ``first:last`` (n, 2)."""
    inner = np.minimum(links.head_at[:, 1], links.tail_at[:, 1])
    return _places(inner, np.maximum(np.maximum(links.head_at[:, 0], links.tail_at[:, 0]), inner))


def beside(places: Ints, words: int) -> tuple[Ints, Ints]:
    """The words before and behind each place, as ``first:last`` (n, 2) each."""
    first, last = places[:, 0], places[:, 1]
    return _places(np.maximum(first - NEIGHBOURS, 0), first), _places(last, np.minimum(last + NEIGHBOURS, words))


def around(links: Links, words: int) -> tuple[Ints, Ints, Ints]:
    """The words between the two places of each link, before them and behind them, as ``first:last`` (n, 2) each."""
    first = np.minimum(links.head_at[:, 0], links.tail_at[:, 0])
    last = np.maximum(links.head_at[:, 1], links.tail_at[:, 1])
    return between(links), *beside(_places(first, last), words)


def _places(first: Ints, last: Ints) -> Ints:
    """Places ``first:last`` (n, 2); ``np.stack`` takes thrice the time."""
    places = np.empty((len(first), 2), np.int64)
    places[:, 0], places[:, 1] = first, last
    return places


def _none(width: int) -> Links:
    nothing, nowhere = np.empty(0, np.int64), np.empty((0, 2), np.int64)
    return Links(nothing, nothing, nowhere, nowhere, np.empty((0, width), np.float32))


NUMBER_EVIDENCE = len(TYPES) + 3 + len(_GAPS) + 1 + 4 + 3
PAIR_EVIDENCE = NUMBER_EVIDENCE + len(TYPES) + 3 + 2 + 4 + 2
