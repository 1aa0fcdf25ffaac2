"""A trained network in onnxruntime: a text to the probabilities of every word's tags.

Both models have one interface, so that all that follows serves both:

* inputs ``pieces``, ``styles`` (texts, pieces) and ``firsts`` (texts, words), 64-bit integers;
* outputs ``tags`` (texts, words, 11) and ``proposed`` (texts, words).

Texts are read one by one. The 8-bit arithmetic scales by the largest number of a batch, so in batches a text would be
read a little differently beside others; alone it is always read the same, needs no padding, and takes no longer. A text
longer than the network's window is read in windows that overlap, and each word keeps what the window says in which it
stands farthest from an edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from kg.extract.encoding import Encoded, Encoding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

Floats = NDArray[np.float32]
WINDOW, OVERLAP = 512, 128
TAGS = 11
_OUTPUTS = ("tags", "proposed")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a network says of a text, word by word: probabilities of tags (words, 11), of being proposed (words,)."""

    encoded: Encoded
    tags: Floats
    proposed: Floats


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
        lines = vocabulary.read_text(encoding="utf-8").split("\n")
        self.encoding = Encoding({piece: number for number, piece in enumerate(lines) if piece})

    def read(self, text: str) -> Reading:
        """Read one text of any length."""
        encoded = self.encoding(text)
        words = len(encoded.firsts)
        tags, proposed = np.empty((words, TAGS), np.float32), np.empty(words, np.float32)
        for window in _windows(encoded):
            found = self._session.run(_OUTPUTS, _inputs(window, encoded))
            a, b = window.keep
            tags[a:b], proposed[a:b] = (values[0, a - window.first : b - window.first] for values in found)
        return Reading(encoded, tags, proposed)


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
