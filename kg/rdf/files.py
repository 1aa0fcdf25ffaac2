"""Files of RDF: their format by their name, gzip or not, read as a stream of quads."""

from __future__ import annotations

import gzip
import zlib
from contextlib import contextmanager
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, cast

from pyoxigraph import RdfFormat, parse

from kg.errors import BuildFolderError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyoxigraph import Quad

FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".jsonld": RdfFormat.JSON_LD,
}
"""What the end of a file's name says, before a ``.gz`` perhaps."""

_NOT_FETCHED = "LoadDocumentCallback"


def format_of(path: Path) -> RdfFormat:
    """Return the format that a file's name tells.

    Raises:
        BuildFolderError: It tells none that is read here.

    Example:
        >>> format_of(PurePath("graph.nt.gz"))
        <RdfFormat N-Triples>
    """
    ending = PurePath(path.name.removesuffix(".gz")).suffix.lower()
    if ending not in FORMATS:
        raise BuildFolderError(f"{path} cannot be read as RDF: its name should end in {', '.join(FORMATS)} (or .gz)")
    return FORMATS[ending]


def quads(path: Path) -> Iterator[Quad]:
    """Read a file as it streams; nothing that it names is fetched.

    Raises:
        BuildFolderError: It is not there, of no known format, or damaged.
    """
    language = format_of(path)
    if not path.is_file():
        raise BuildFolderError(f"{path} cannot be read: there is no such file")
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            yield from parse(cast("IO[bytes]", stream), language)
    except (SyntaxError, ValueError, OSError, EOFError, zlib.error) as error:
        if _NOT_FETCHED in str(error):
            remedy = "its context is at an address, and nothing is fetched: export it without --context"
            raise BuildFolderError(f"{path} cannot be read as RDF: {remedy}") from None
        raise BuildFolderError(f"{path} cannot be read as RDF ({error}): export it again") from None


@contextmanager
def zipped(stream: IO[bytes], path: Path) -> Iterator[IO[bytes]]:
    """Compress what is written where the path ends in ``.gz``; equal content gives equal bytes, whatever the clock."""
    if path.suffix != ".gz":
        yield stream
        return
    # level 1: a third of the time of the usual 6 for a fifth more bytes, and compressing is most of writing
    with gzip.GzipFile("", "wb", compresslevel=1, fileobj=stream, mtime=0) as compressed:
        yield cast("IO[bytes]", compressed)
