from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kg.train.predictions import pack, readings
from kg.train.records import LABELS
from tests.train.invented import BOTH, encoding


def test_readings_are_what_was_predicted(tmp_path: Path) -> None:
    draw = np.random.default_rng(1)
    sizes = [len(encoding()(one.text).firsts) for one in BOTH]
    kept = [sizes[0], sizes[1] - 7]  # the second was too long for the network
    labels = [draw.dirichlet(np.ones(LABELS), n).astype(np.float16) for n in kept]
    vectors = [draw.normal(0, 3, (n, 96)).astype(np.float32) for n in kept]
    path = tmp_path / "held.npz"
    np.savez(path, allow_pickle=False, **pack(list(zip(labels, vectors, strict=True))))
    found = list(readings(path, [one.text for one in BOTH], encoding()))
    for reading, size, n, label, vector in zip(found, sizes, kept, labels, vectors, strict=True):
        assert len(reading.encoded.firsts) == len(reading.tags) == len(reading.proposed) == len(reading.vectors) == size
        assert (reading.tags[:n] == label[:, :-1]).all()
        assert (reading.proposed[:n] == label[:, -1]).all()
        assert np.abs(reading.vectors[:n] - vector).max() <= np.abs(vector).max() / 127
        assert not reading.tags[n:].any()
        assert not reading.vectors[n:].any()


def test_other_texts_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "held.npz"
    one = np.zeros((3, LABELS), np.float16), np.zeros((3, 96), np.float32)
    np.savez(path, allow_pickle=False, **pack([one]))
    with pytest.raises(ValueError, match=r"shorter|longer"):
        list(readings(path, [gold.text for gold in BOTH], encoding()))
