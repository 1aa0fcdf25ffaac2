r"""Zstandard, read so that a file cut short is noticed.

The stream reader of python-zstandard takes the end of the bytes for the end of the data, and the last papers of a
download that broke off would be missing without a word.

>>> import io
>>> packed = zstandard.compress(b"a tiny BERT")
>>> ZstdReader(io.BytesIO(packed)).read(6)
b'a tiny'
>>> ZstdReader(io.BytesIO(packed[:4])).read(6)
Traceback (most recent call last):
    ...
EOFError: compressed data ends in the middle
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import zstandard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_BITE = 1 << 10  # Four bytes may stand for a block of 128 KiB, so this may become 32 MiB at once, and no more.


class ZstdReader:
    """A file of one or more frames as far as reading goes."""

    def __init__(self, packed: BinaryIO) -> None:
        self._pieces = _pieces(packed)
        self._data = memoryview(b"")

    def read(self, size: int) -> bytes:
        """Give up to ``size`` bytes, and none only at the end.

        Raises:
            EOFError: The last frame is not whole.
            zstandard.ZstdError: It is broken.
        """
        while not self._data and (piece := next(self._pieces, None)) is not None:
            self._data = memoryview(piece)
        given, self._data = self._data[:size], self._data[size:]
        return given.tobytes()


def _pieces(packed: BinaryIO) -> Iterator[bytes]:
    frame, data = zstandard.ZstdDecompressor().decompressobj(), b""
    while data or (data := packed.read(_BITE)):
        if frame.eof:
            frame = zstandard.ZstdDecompressor().decompressobj()
        yield frame.decompress(data)
        data = frame.unused_data if frame.eof else b""
    if not frame.eof:
        raise EOFError("compressed data ends in the middle")
