"""A trained network in onnxruntime: a text to the probabilities of every word's tags.

Both models have one interface, so that all that follows serves both:

* inputs ``pieces``, ``styles`` (texts, pieces) and ``firsts`` (texts, words), 64-bit integers;
* outputs ``tags`` (texts, words, 11), ``proposed`` (texts, words) and ``vectors`` (texts, words, any width).

Texts are read one by one: alone, a text is always read the same, needs no padding, and all that is computed of it fits
a core's own cache, which makes batches slower. A text longer than the network's window is read in windows that overlap,
and each word keeps what the window says in which it stands farthest from an edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from kg.extract.encoding import Encoded, Encoding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

Floats = NDArray[np.float32]
WINDOW, OVERLAP = 512, 128


@dataclass(frozen=True, slots=True)
class Reading:
    """What a network says of a text, word by word.

    Args:
        encoded: The text in words.
        tags: Probabilities of tags (words, 11).
        proposed: Probabilities of being proposed (words,).
        vectors: What it knows beyond that (words, any width), for those who judge relations.
    """

    encoded: Encoded
    tags: Floats
    proposed: Floats
    vectors: Floats


@dataclass(frozen=True, slots=True)
class _Window:
    """Words ``first:last`` that are read together, and the words ``keep`` whose reading counts."""

    first: int
    last: int
    keep: tuple[int, int]


class Network:
    """Reads texts with an ONNX file.

    Args:
        path: The network.
        vocabulary: Its pieces, one a line.
        threads: How many threads one text may use.
        providers: What onnxruntime may run on, best first.
    """

    def __init__(
        self,
        path: Path,
        vocabulary: Path,
        *,
        threads: int = 1,
        providers: Sequence[str] = ("CPUExecutionProvider",),
    ) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = threads
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(path), options, providers=list(providers))
        self._outputs = [output.name for output in self._session.get_outputs()]
        lines = vocabulary.read_text(encoding="utf-8").split("\n")
        self.encoding = Encoding({piece: number for number, piece in enumerate(lines) if piece})

    def read(self, text: str) -> Reading:
        """Read one text of any length."""
        return self.read_all([text])[0]

    def read_all(self, texts: Iterable[str]) -> list[Reading]:
        """Read each text by itself; first they are all encoded, so that the processor changes its work but once."""
        return [self._reading(encoded) for encoded in list(map(self.encoding, texts))]

    def _reading(self, encoded: Encoded) -> Reading:
        read = [self._kept(window, encoded) for window in _windows(encoded)]
        whole = read[0] if len(read) == 1 else [np.concatenate(parts) for parts in zip(*read, strict=True)]
        found = dict(zip(self._outputs, whole, strict=True))
        return Reading(encoded, found["tags"], found["proposed"], found["vectors"])

    def _kept(self, window: _Window, encoded: Encoded) -> list[Floats]:
        """Run the network over a window; of each output, the words that count."""
        a, b = (word - window.first for word in window.keep)
        return [found[0, a:b] for found in self._session.run(None, _inputs(window, encoded))]


def _windows(encoded: Encoded) -> Iterator[_Window]:
    """Cut a text between words into windows of at most ``WINDOW`` pieces."""
    words = len(encoded.firsts)
    if len(encoded.pieces) <= WINDOW:
        yield _Window(0, words, (0, words))
        return
    ends = np.array([*encoded.firsts[1:], len(encoded.pieces)])
    first = kept = 0
    while kept < words:
        last = max(int(np.searchsorted(ends, encoded.firsts[first] + WINDOW, side="right")), first + 1)
        margin = max((last - first) * OVERLAP // (2 * WINDOW), 1)
        keep = words if last == words else max(last - margin, kept + 1)
        yield _Window(first, last, (kept, keep))
        first, kept = max(keep - margin, first + 1), keep


def _inputs(window: _Window, encoded: Encoded) -> dict[str, NDArray[np.int64]]:
    start = encoded.firsts[window.first]
    end = encoded.firsts[window.last] if window.last < len(encoded.firsts) else len(encoded.pieces)
    firsts = np.array([encoded.firsts[window.first : window.last]], np.int64) - start
    return {
        "pieces": np.array([encoded.pieces[start:end]], np.int64),
        "styles": np.array([encoded.styles[start:end]], np.int64),
        "firsts": firsts,
    }
