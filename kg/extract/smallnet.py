"""A network of a few thousand weights in numpy: evidence in, probability out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Floats = NDArray[np.float32]

_ROWS = 64
_SURE = 30.0
"""Log-odds beyond which nothing gets surer."""


class SmallNet:
    """Linear layers with rectifiers between; *layers* are (weight, bias) pairs, the inputs are first brought to scale.

    Several nets trained apart stand side by side in one where the last layer has several outputs: their mean counts.

    >>> net = SmallNet(np.zeros(1), np.ones(1), [(np.ones((1, 1)), np.zeros(1))])
    >>> net(np.zeros((2, 1))).tolist()
    [0.5, 0.5]
    """

    def __init__(self, mean: Floats, scale: Floats, layers: Sequence[tuple[Floats, Floats]]) -> None:
        self.mean, self.scale, self.layers = mean, scale, layers

    def __call__(self, values: Floats) -> Floats:
        """Probabilities (n,) of rows of evidence (n, features), each by itself.

        Libraries multiply matrices of unlike height in unlike order; ours all have one, so that a row is always judged
        alike.
        """
        x: Floats = np.zeros((-(-len(values) // _ROWS), _ROWS, len(self.mean)), np.float32)
        x.reshape(-1, len(self.mean))[: len(values)] = (values.reshape(-1, len(self.mean)) - self.mean) / self.scale
        for weight, bias in self.layers[:-1]:
            x = np.maximum(x @ weight + bias, 0)
        weight, bias = self.layers[-1]
        odds = np.clip((x @ weight + bias).mean(-1).ravel()[: len(values)], -_SURE, _SURE)
        score: Floats = 1 / (1 + np.exp(-odds))
        return score

    def save(self, path: Path) -> None:
        """Write an ``.npz`` file."""
        arrays = {f"{name}{i}": a for i, pair in enumerate(self.layers) for name, a in zip("wb", pair, strict=True)}
        arrays |= {"mean": self.mean, "scale": self.scale}
        np.savez_compressed(path, allow_pickle=False, **{k: np.asarray(v, np.float32) for k, v in arrays.items()})

    @classmethod
    def load(cls, path: Path) -> SmallNet:
        """Read what :meth:`save` wrote."""
        with np.load(path, allow_pickle=False) as file:
            count = sum(name.startswith("w") for name in file.files)
            return cls(file["mean"], file["scale"], [(file[f"w{i}"], file[f"b{i}"]) for i in range(count)])
