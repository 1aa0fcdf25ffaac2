"""The networks that link, in numpy: which relations hold, what a number is, and what it is reported of.

They were trained beside the encoder (:mod:`kg.train.linker`) and read the vectors that it gives of words, averaged over
places, and the evidence of :mod:`kg.extract.links`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.extract.links import Links, beside, between

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kg.extract.sketch import Sketch

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
_SURE = 30.0
_RUN = 32
_BELOW = np.tri(_RUN, k=-1, dtype=np.float32)


class Words:
    """Vectors of the words of a text, ready to be averaged over any of its places.

    >>> Words(np.array([[1.0], [2.0], [6.0]], np.float32)).mean(np.array([[0, 2], [1, 3], [1, 1]])).tolist()
    [[1.5], [4.0], [0.0]]
    """

    def __init__(self, vectors: Floats) -> None:
        self.count = len(vectors)
        self._sums = _sums(vectors)

    def mean(self, places: Ints) -> Floats:
        """Means (n, width) over words ``first:last`` (n, 2); of an empty place, zero."""
        first, last = places[:, 0], places[:, 1]
        total: Floats = self._sums.take(last, 0) - self._sums.take(first, 0)
        total /= np.maximum(last - first, 1).astype(np.float32)[:, None]
        return total

    def means(self, *places: Ints) -> list[Floats]:
        """The means over several lists of places, equally long."""
        found, size = self.mean(np.concatenate(places)), len(places[0])
        return [found[part * size : (part + 1) * size] for part in range(len(places))]

    def entities(self, mentions: Ints, count: int) -> Floats:
        """The mean of the means of each entity's mentions (*count*, width)."""
        owned = (mentions[:, 2] == np.arange(count)[:, None]).astype(np.float32)
        total: Floats = owned @ self.mean(mentions[:, :2])
        total /= np.maximum(owned.sum(1, keepdims=True), 1)
        return total


def _sums(vectors: Floats) -> Floats:
    """The sums (n + 1, width) of the first 0 to n rows: within runs of rows by a product, which is the quickest."""
    runs = len(vectors) // _RUN + 1
    padded = np.zeros((runs, _RUN, vectors.shape[1]), np.float32)
    padded.reshape(runs * _RUN, -1)[: len(vectors)] = vectors
    sums: Floats = _BELOW @ padded
    sums[1:] += np.cumsum(sums[:-1, -1] + padded[:-1, -1], axis=0)[:, None]
    return sums.reshape(runs * _RUN, -1)[: len(vectors) + 1]


class Block(NamedTuple):
    """What a network reads of links, each distinct row once; *of* says which row each link has, if not its own."""

    rows: Floats
    of: Ints | None = None

    def times(self, weights: Floats) -> Floats:
        """The rows of all links, multiplied before they are repeated."""
        product: Floats = self.rows @ weights
        return product if self.of is None else product.take(self.of, 0)


@dataclass(frozen=True, slots=True)
class Head:
    """One hidden layer over several vectors and evidence; it sees the first two vectors multiplied as well."""

    read: Floats
    bias: Floats
    one: Floats
    other: Floats
    out: Floats
    out_bias: Floats

    def __call__(self, one: Block, other: Block, blocks: Sequence[Block]) -> Floats:
        """Log-odds (n, outputs), given the first two vectors, and side by side all there is, these two as well."""
        hidden = one.times(self.one)
        hidden *= other.times(self.other)
        hidden += self.bias
        begin = 0
        for block in blocks:
            end = begin + block.rows.shape[1]
            hidden += block.times(self.read[begin:end])
            begin = end
        scores: Floats = np.maximum(hidden, 0, out=hidden) @ self.out + self.out_bias
        return scores


class Heads:
    """All that links: relations of pairs, kinds of numbers, roles of entities."""

    def __init__(self, arrays: Mapping[str, Floats]) -> None:
        self.pairs, self.links, self.kinds = (
            Head(*(np.ascontiguousarray(arrays[f"{name}.{part}"]) for part in Head.__slots__))
            for name in ("pairs", "links", "kinds")
        )
        self.arrays = arrays

    def relations(self, words: Words, sketch: Sketch, links: Links) -> Floats:
        """Probabilities of every relation (pairs, relations)."""
        entities, places = words.entities(sketch.mentions, len(sketch.types)), sketch.mentions[:, :2]
        means, before, behind = words.means(places, *beside(places, words.count))
        ends = _rows(places, np.concatenate([links.head_at, links.tail_at]))
        head, tail = ends[: len(links.head)], ends[len(links.head) :]
        first = np.where(links.head_at[:, 0] < links.tail_at[:, 0], head, tail)
        last = np.where(links.head_at[:, 1] > links.tail_at[:, 1], head, tail)
        blocks = [
            Block(entities, links.head), Block(entities, links.tail), Block(means, head), Block(means, tail),
            Block(words.mean(between(links))), Block(before, first), Block(behind, last),
            Block(links.evidence),
        ]  # fmt: skip
        return sigmoid(self.pairs(blocks[0], blocks[1], blocks))

    def reported(self, words: Words, sketch: Sketch, links: Links, hints: Floats) -> tuple[Floats, Floats]:
        """Of every number the probabilities of its kinds (numbers, 5), of every link those of its roles (links, 4)."""
        here, before, behind = words.means(sketch.numbers, *beside(sketch.numbers, words.count))
        all_there_is = Block(np.concatenate([here, before, behind, hints], 1))
        kinds = softmax(self.kinds(Block(here), Block(before), [all_there_is]))
        if not len(links.head):
            return kinds, np.empty((0, 4), np.float32)
        entities, places = words.entities(sketch.mentions, len(sketch.types)), sketch.mentions[:, :2]
        blocks = [
            Block(here, links.head), Block(entities, links.tail),
            Block(words.mean(places), _rows(places, links.tail_at)), Block(words.mean(between(links))),
            Block(before, links.head), Block(behind, links.head), Block(links.evidence), Block(hints, links.head),
        ]  # fmt: skip
        return kinds, sigmoid(self.links(blocks[0], blocks[1], blocks))

    def likeness(self, vectors: Floats, places: Sequence[Sequence[int]]) -> Floats:
        """How alike strings are (strings, strings), each given by the first words of its occurrences: -1 to 1."""
        firsts = [first for part in places for first in part]
        seen = _unit(vectors[firsts] @ self.arrays["identity.weight"] + self.arrays["identity.bias"])
        begun = list(accumulate(map(len, places[:-1]), initial=0))
        strings = _unit(np.add.reduceat(seen, begun, axis=0))
        alike: Floats = strings @ strings.T
        return alike

    @classmethod
    def load(cls, path: Path) -> Heads:
        """Read an ``.npz`` file."""
        with np.load(path, allow_pickle=False) as file:
            return cls({name: file[name].astype(np.float32) for name in file.files})

    def save(self, path: Path) -> None:
        """Write what :meth:`load` reads, in half precision."""
        np.savez_compressed(path, allow_pickle=False, **{k: v.astype(np.float16) for k, v in self.arrays.items()})


def _rows(places: Ints, wanted: Ints) -> Ints:
    """Which of *places* each of *wanted* is."""
    size = int(places.max()) + 1
    coded = places[:, 0] * size + places[:, 1]
    order = np.argsort(coded)
    found: Ints = order[np.searchsorted(coded[order], wanted[:, 0] * size + wanted[:, 1])]
    return found


def _unit(rows: Floats) -> Floats:
    """Rows brought to length 1."""
    out: Floats = rows / np.maximum(np.sqrt(np.square(rows).sum(1, keepdims=True)), 1e-9)
    return out


def sigmoid(odds: Floats) -> Floats:
    """Probabilities of log-odds."""
    chance: Floats = np.reciprocal(1 + np.exp(-np.clip(odds, -_SURE, _SURE)))
    return chance


def softmax(scores: Floats) -> Floats:
    """Probabilities of the scores of choices (n, choices)."""
    raised = np.exp(scores - scores.max(1, keepdims=True))
    chance: Floats = raised / raised.sum(1, keepdims=True)
    return chance
