"""The network's interface, with a network that only counts."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.encoding import NOWHERE, Encoding
from kg.extract.network import WINDOW, Network
from kg.extract.words import BREAK, START, WORD

if TYPE_CHECKING:
    from collections.abc import Sequence


class Counting:
    """Stands for a session: says of every word how many pieces it was read with, and its first piece."""

    def __init__(self, *_: Any, **__: Any) -> None: ...

    def get_outputs(self) -> list[SimpleNamespace]:
        return [SimpleNamespace(name=name) for name in ("tags", "proposed", "vectors")]

    def run(self, _: Sequence[str] | None, given: dict[str, Any]) -> list[Any]:
        pieces, firsts = given["pieces"], given["firsts"]
        assert pieces.shape[1] <= WINDOW
        at = np.take_along_axis(pieces, firsts, 1)
        size = np.full(firsts.shape, pieces.shape[1])
        return [np.repeat(at[..., None], 11, 2), size, np.repeat(at[..., None], 3, 2)]


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Network:
    monkeypatch.setattr(onnxruntime, "InferenceSession", Counting)
    (tmp_path / "vocabulary.txt").write_text("\n".join(f"w{number}" for number in range(3000)), encoding="utf-8")
    return Network(tmp_path / "network.onnx", tmp_path / "vocabulary.txt")


def test_every_word_of_a_long_text_is_read_once(network: Network) -> None:
    text = " ".join(f"w{number}" for number in range(5, 3000))
    reading = network.read(text)
    assert reading.tags[:, 0].tolist() == reading.vectors[:, 2].tolist() == [START, *range(5, 3000)]
    assert reading.proposed.max() == WINDOW


@given(st.text(alphabet="ab1_ \n\t-\u00a0\u2028\u00e9", max_size=40), st.booleans())
def test_encoding_counts_every_word(text: str, keep_break: bool) -> None:  # noqa: FBT001
    encoded = Encoding({"a": 5, "##b": 6})(text, keep_break=keep_break)
    words = [text[start:end] for start, end in encoded.places if (start, end) != NOWHERE]
    assert words == WORD.findall(text)
    assert len(encoded.pieces) == len(encoded.styles)
    assert encoded.firsts == sorted(set(encoded.firsts))
    assert len(encoded.firsts) == len(encoded.places)
    for first, (start, end) in zip(encoded.firsts, encoded.places, strict=True):
        if start >= 0:
            assert encoded.styles[first] % 2 == 1 - (start > 0 and text[start - 1].isspace())
            assert text[start:end].strip()
    behind = text.partition("\n")[2].strip()
    assert encoded.pieces.count(BREAK) == (keep_break and behind != "")
