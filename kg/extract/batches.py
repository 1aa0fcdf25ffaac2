"""The extractor as a function of batches: pure, versioned, and the same wherever it runs.

A batch of papers is an Arrow table of keys, titles and abstracts; what comes back is a table of the same keys with an
extraction each, packed. A key is a hash of the text and of all that may change how it is read, so that what was read
once need never be read again: no clock, no path, no id is part of it.

>>> read = Extractor()
>>> papers = packed(["Small models"], ["We prune BERT and test it on GLUE."], read)
>>> found = read(papers)
>>> found.column_names, found.column("key") == papers.column("key")
(['key', 'extraction'], True)
>>> {"BERT", "GLUE"} <= {mention.surface for mention in unpack(found.column("extraction")[0].as_py()).mentions}
True
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec
import pyarrow as pa

from kg.extract.shipped import version_of
from kg.types import Extraction, Paper

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PAPERS = pa.schema([("key", pa.binary(32)), ("title", pa.string()), ("abstract", pa.string())])
"""What an extractor is given."""
EXTRACTIONS = pa.schema([("key", pa.binary(32)), ("extraction", pa.binary())])
"""What it gives: extractions of no paper in particular, as MessagePack."""

_BESIDE = ("names.py", "iris.py", "types.py")


class Reader(Protocol):
    """Anything that reads batches. It is sent to other processes, so it must be one that pickle takes.

    Attributes:
        name: What statements say they were read by.
        version: Changes with whatever may change an extraction.
        batch: How many papers it likes to get at a time.
    """

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def version(self) -> str: ...  # noqa: D102
    @property
    def batch(self) -> int: ...  # noqa: D102
    def __call__(self, papers: pa.Table) -> pa.Table: ...  # noqa: D102


class Extractor(msgspec.Struct, frozen=True):
    """The reader that comes with paperkg; the model is loaded when a process first reads.

    Attributes:
        model: A name of :data:`kg.extract.MODELS`.
        min_confidence: The least confidence that a mention may have; None takes the one chosen in training.
    """

    model: str = "fast"
    min_confidence: float | None = None
    batch: int = 256

    @property
    def name(self) -> str:
        """The model and its version.

        Raises:
            ModelError: There is no such model.
        """
        return version_of(self.model)

    @property
    def version(self) -> str:
        """The name, the code and weights, and the threshold."""
        return f"{self.name} {fingerprint(Path(__file__).parent)} {self.min_confidence}"

    def __call__(self, papers: pa.Table) -> pa.Table:
        """Read a batch."""
        from kg.extract.pipeline import extract  # noqa: PLC0415 - half a second that only who reads should pay

        columns = zip(papers.column("title").to_pylist(), papers.column("abstract").to_pylist(), strict=True)
        found = extract((Paper("", *text) for text in columns), self.model, min_confidence=self.min_confidence)
        return pa.table([papers.column("key"), [pack(one) for one in found]], schema=EXTRACTIONS)


def packed(titles: Sequence[str], abstracts: Sequence[str], reader: Reader) -> pa.Table:
    """Make a batch of papers for a reader."""
    version, texts = reader.version, zip(titles, abstracts, strict=True)
    return pa.table([[content_key(version, *text) for text in texts], titles, abstracts], schema=PAPERS)


def content_key(version: str, title: str, abstract: str) -> bytes:
    """Return the key of a text as a reader of this version reads it.

    >>> content_key("a 1", "title", "text") == content_key("a 2", "title", "text")
    False
    """
    return sha256(f"{version}\0{title}\n{abstract}".encode()).digest()


pack = msgspec.msgpack.Encoder().encode
unpack = msgspec.msgpack.Decoder(Extraction).decode


@cache
def fingerprint(folder: Path) -> str:
    """Hash an extractor's code and weights, so that a change of either reads every paper again.

    >>> len(fingerprint(Path(__file__).parent))
    64
    """
    digest = sha256()
    for path in (*_files(folder), *(folder.parent / name for name in _BESIDE)):
        digest.update(path.relative_to(folder.parent).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
