"""Bytes in: a file, by itself or in an archive, or standard input; decompressed, and stopped where it swells."""

from __future__ import annotations

import gzip
import io
import lzma
import sys
import zlib
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from zipfile import BadZipFile

import zstandard
from msgspec import Struct

from kg.papers import archives
from kg.papers.problems import BadInput, Problem
from kg.papers.zstd import ZstdReader

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = 1 << 20
"""Bytes that are looked at to recognise a format."""
MAX_RATIO = 500
"""How many times its size a compressed file may grow; text shrinks to a tenth, hardly ever to a hundredth."""
BOMB_FLOOR = 256 << 20
"""Bytes below which no file counts as a decompression bomb."""

_BOM = b"\xef\xbb\xbf"
_BROKEN = (OSError, EOFError, ValueError, zlib.error, zstandard.ZstdError)
# An archive that is locked is a RuntimeError, and one packed in a way that Python does not know is a kind of it.
_BROKEN_ARCHIVE = (BadZipFile, KeyError, RuntimeError, lzma.LZMAError)


class Opened(Struct):
    """A file that can be read.

    Attributes:
        name: As the user named it.
        stream: Its content, decompressed and without a byte order mark, not yet read.
        head: The first :data:`HEAD` bytes of the content.
        path: Where it lies, if it is a plain file; formats that jump to and fro need one.
    """

    name: str
    stream: io.BufferedReader[Any]
    head: bytes
    path: Path | None = None


@contextmanager
def opened(name: str, path: Path | None, inside: str | None = None) -> Iterator[Opened]:
    """Open a file, one inside the archive that lies at the path, or standard input where there is no path.

    Raises:
        BadInput: It is missing, may not be read, or its compression is broken; reading the stream raises it too.
    """
    with ExitStack() as stack:
        packed = io.BufferedReader(_Tap(_source(name, path, inside, stack), name), HEAD)
        unpacked = _unpack(packed, name)
        stream = unpacked or packed
        head = stream.peek(HEAD)[:HEAD]
        stream.read(len(_BOM) if head.startswith(_BOM) else 0)
        plain = path if path and not inside and not unpacked and path.is_file() else None
        yield Opened(name, stream, head.removeprefix(_BOM), plain)


def _source(name: str, path: Path | None, inside: str | None, stack: ExitStack) -> BinaryIO:
    if path is None:
        return sys.stdin.buffer
    try:
        if inside:
            return stack.enter_context(archives.inside(path, inside, floor=BOMB_FLOOR, ratio=MAX_RATIO))
        return stack.enter_context(path.open("rb"))
    except (*_BROKEN, *_BROKEN_ARCHIVE) as error:
        raise _unreadable(name, error) from error


def _unreadable(name: str, error: BaseException) -> BadInput:
    reason = getattr(error, "strerror", None) or error
    return BadInput(Problem(name, 0, f"cannot be read ({reason})", "check that it is there, whole, and yours to read"))


def _unpack(packed: io.BufferedReader[Any], name: str) -> io.BufferedReader[Any] | None:
    magic = packed.peek(4)[:4]
    source: Any = None
    if magic.startswith(b"\x1f\x8b"):
        source = gzip.GzipFile(fileobj=packed)
    elif magic == b"\x28\xb5\x2f\xfd":
        source = ZstdReader(packed)
    return source and io.BufferedReader(_Tap(source, name, packed=packed.raw), HEAD)


class _Tap(io.RawIOBase):
    """A source whose bytes are counted, whose failures are ours, and which stops when it grows out of proportion."""

    def __init__(self, source: BinaryIO, name: str, packed: _Tap | None = None) -> None:
        self._source, self._name, self._packed, self.passed = source, name, packed, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._source.read(len(buffer))
        except (*_BROKEN, *_BROKEN_ARCHIVE) as error:
            raise _unreadable(self._name, error) from error
        buffer[: len(data)] = data
        self.passed += len(data)
        self._refuse_bomb()
        return len(data)

    def _refuse_bomb(self) -> None:
        if self._packed and self.passed > max(BOMB_FLOOR, MAX_RATIO * self._packed.passed):
            message = f"grows more than {MAX_RATIO} times when decompressed, as a decompression bomb does"
            raise BadInput(Problem(self._name, 0, message, "decompress it yourself and look at what is in it"))
