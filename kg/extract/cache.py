"""Extractions kept by content, so that only new or changed papers are read again.

The key is a hash of the extractor, code and weights, and of the text: no clock, no path, no id.
"""

from __future__ import annotations

import gzip
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kg.types import Extraction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.types import Paper

NAME = "extractions.jsonl.gz"


class _Entry(msgspec.Struct, frozen=True):
    key: str
    extraction: Extraction


@cache
def fingerprint(folder: Path) -> str:
    """Hash an extractor's code and weights, so that a change of either reads every paper again.

    >>> len(fingerprint(Path(__file__).parent))
    64
    """
    digest = sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def content_key(extractor: str, text: str) -> str:
    """Return the key of a text as one extractor reads it.

    >>> content_key("a 1", "text") == content_key("a 2", "text")
    False
    """
    return sha256(f"{extractor}\0{text}".encode()).hexdigest()


class Cache:
    """What an extractor has read before, from a folder of an earlier build; empty where there is none."""

    def __init__(self, extractor: str, folder: Path | None = None) -> None:
        self.extractor = f"{extractor} {fingerprint(Path(__file__).parent)}"
        self._known = dict(_entries(folder / NAME)) if folder is not None else {}

    def get(self, paper: Paper) -> Extraction | None:
        """Return what was read in this text before, as of this paper."""
        known = self._known.get(content_key(self.extractor, paper.text))
        return None if known is None else msgspec.structs.replace(known, paper=paper.id)

    def write(self, folder: Path, pairs: Iterable[tuple[Paper, Extraction]]) -> None:
        """Write the extractions of a build into ``folder``, sorted by key: equal builds give equal bytes."""
        keyed = {content_key(self.extractor, paper.text): extraction for paper, extraction in pairs}
        folder.mkdir()
        with gzip.GzipFile(folder / NAME, "wb", compresslevel=6, mtime=0) as stream:
            for key in sorted(keyed):
                entry = _Entry(key, msgspec.structs.replace(keyed[key], paper=""))
                stream.write(msgspec.json.encode(entry) + b"\n")


def _entries(path: Path) -> Iterator[tuple[str, Extraction]]:
    """Read what can be read: a missing or damaged cache only costs time."""
    decode = msgspec.json.Decoder(_Entry).decode
    try:
        with gzip.open(path, "rb") as lines:
            for line in lines:
                entry = decode(line)
                yield entry.key, entry.extraction
    except (OSError, EOFError, msgspec.DecodeError):
        return
