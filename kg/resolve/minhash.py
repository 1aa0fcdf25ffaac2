"""Candidates by character trigrams: MinHash with banding, in numpy, in n log n.

Broder (1997), "On the resemblance and containment of documents"; banding as in Leskovec, Rajaraman and Ullman, "Mining
of Massive Datasets", chapter 3. Forms that share all hashes of one band are looked at as a pair. In a crowded bucket
every form is paired with the heaviest few alone, so the work stays bounded. The hash functions are fixed numbers.

>>> forms = ["convolutional neural network", "convolution neural network", "graph attention"]
>>> candidates(forms, [9, 1, 3])
[('convolution neural network', 'convolutional neural network')]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Hashes: TypeAlias = npt.NDArray[np.uint64]
Places: TypeAlias = npt.NDArray[np.int64]
Mask: TypeAlias = npt.NDArray[np.bool_]
_BANDS, _ROWS = 12, 4
_LEAST = 0.45
_HEAVIEST = 4
_CHUNK = 50_000
_GRAM = 3
_KEYS = np.random.default_rng(5).integers(1, 2**63, size=(_BANDS * _ROWS, 2), dtype=np.uint64) | np.uint64(1)
_MIX = np.uint64(0x9E3779B97F4A7C15)


def candidates(
    forms: Sequence[str], weights: Sequence[int], apt: Callable[[Places, Places], Mask] | None = None
) -> list[tuple[str, str]]:
    """Give the pairs of forms that share about half of their trigrams or more: (lighter, heavier), sorted.

    Args:
        forms: Distinct forms.
        weights: How often each occurs; among equals the form decides.
        apt: Tells of pairs, by the places of their forms, which are worth a look; all by default.
    """
    order = sorted(range(len(forms)), key=lambda place: (-weights[place], forms[place]))
    ranked = [forms[place] for place in order]
    if not ranked:
        return []
    signatures = np.concatenate([_signatures(ranked[at : at + _CHUNK]) for at in range(0, len(ranked), _CHUNK)])
    many, places = len(ranked), np.array(order, np.int64)
    bands = (_neighbours(_band(signatures, n)) for n in range(_BANDS))
    met = [pairs[apt(places[pairs % many], places[pairs // many])] if apt else pairs for pairs in bands]
    looked_at = np.unique(np.concatenate(met))
    parts = [looked_at[at : at + _CHUNK] for at in range(0, len(looked_at), _CHUNK)]
    close = [part[_resemblance(signatures, part) >= _LEAST].tolist() for part in parts]
    return sorted((ranked[pair % many], ranked[pair // many]) for part in close for pair in part)


def _signatures(forms: Sequence[str]) -> npt.NDArray[np.uint32]:
    """Return the least hash of each form's trigrams under every hash function, shape (forms, functions)."""
    grams, starts = _grams(forms)
    least = [np.minimum.reduceat(_mixed(grams * a + b), starts) for a, b in _KEYS]
    return np.stack([row.astype(np.uint32) for row in least], axis=1)


def _band(signatures: npt.NDArray[np.uint32], number: int) -> Hashes:
    """Fold the hashes of one band into one."""
    folded = np.zeros(len(signatures), np.uint64)
    for column in range(number * _ROWS, (number + 1) * _ROWS):
        folded = _mixed(folded * _MIX + signatures[:, column])
    return folded


def _resemblance(signatures: npt.NDArray[np.uint32], pairs: Places) -> npt.NDArray[np.float64]:
    """Estimate the share of trigrams that two forms have in common."""
    same = signatures[pairs // len(signatures)] == signatures[pairs % len(signatures)]
    return np.asarray(same.mean(axis=1), np.float64)


def _grams(forms: Sequence[str]) -> tuple[Hashes, Places]:
    """Return the trigrams of all forms as numbers, and where those of each form start."""
    padded = [f" {form} " if form else "   " for form in forms]
    codes = np.frombuffer("".join(padded).encode("utf-32-le"), np.uint32).astype(np.uint64)
    lengths = np.array([len(text) for text in padded])
    whole = np.ones(len(codes), bool)
    for back in range(1, _GRAM):
        whole[np.cumsum(lengths) - back] = False
    grams = codes[: -_GRAM + 1] | codes[1:-1] << np.uint64(21) | codes[2:] << np.uint64(42)
    return grams[whole[: len(grams)]], np.concatenate([[0], np.cumsum(lengths - _GRAM + 1)[:-1]])


def _mixed(values: Hashes) -> Hashes:
    """Spread the bits of hashes (the finaliser of splitmix64, shortened)."""
    values = (values ^ (values >> np.uint64(30))) * _MIX
    return values ^ (values >> np.uint64(31))


def _neighbours(band: Hashes) -> Places:
    """Pair the forms of each bucket with its heaviest; forms are ranked, so the smallest number is the heaviest.

    A pair is one number: that of the heavier form times the number of forms, and that of the lighter.
    """
    order = np.argsort(band, kind="stable")
    fresh = np.concatenate([[True], band[order][1:] != band[order][:-1]])
    heads = np.maximum.accumulate(np.where(fresh, np.arange(len(band)), 0))
    found = []
    for rank in range(_HEAVIEST):
        later = np.flatnonzero(np.arange(len(band)) - heads > rank)
        found.append(order[heads[later] + rank] * len(band) + order[later])
    return np.concatenate(found)
