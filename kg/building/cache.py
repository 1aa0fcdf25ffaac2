"""The extractions of a build, kept in it by content, so that only new or changed papers are read again.

They lie in files by the first figures of their keys, and how many files there are depends on how many extractions: the
layout follows from what is kept alone, and a few new papers change a few files.
"""

from __future__ import annotations

import os
import shutil
from itertools import chain, groupby
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from kg.building.shards import keys_of
from kg.extract.batches import EXTRACTIONS
from kg.graph import sound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from kg.graph import Manifest
    from kg.scratch import Scratch

FOLDER = PurePosixPath("cache/extractions")
_FULL = 1024
_ROWS = 2048
_KNOWN = "SELECT key, extraction FROM known SEMI JOIN wanted USING (key) ORDER BY key"


def cached(folder: Path, manifest: Manifest | None) -> dict[str, Path]:
    """Give the files of extractions that a build left and that are still as it left them, by name."""
    if manifest is None:
        return {}
    names = [name for name in manifest.files if PurePosixPath(name).parent == FOLDER]
    return {PurePosixPath(name).name: folder / name for name in sound(folder, manifest.files, names)}


def write_cache(
    wanted: Iterable[bytes], old: Mapping[str, Path], shards: Iterable[Path], stage: Path, scratch: Scratch
) -> list[Path]:
    """Lay out extractions in a new build: an old file that holds what it should is linked, the others are written.

    Args:
        wanted: The keys of all that is to be kept.
        old: What :func:`cached` gives.
        shards: Further files of extractions.
        stage: The folder of the new build.
        scratch: Where sorting spills.

    Returns:
        The files.
    """
    folder = stage / FOLDER
    folder.mkdir(parents=True)
    distinct = sorted(set(wanted))
    figures = _figures(len(distinct))
    files = {name: list(group) for name, group in groupby(distinct, key=lambda key: _name(key, figures))}
    kept = {name for name in files.keys() & old.keys() if keys_of([old[name]]).to_pylist() == files[name]}
    for name in kept:
        _link(old[name], folder / name)
    sources = [*(path for name, path in old.items() if name not in kept), *shards]
    missing = chain.from_iterable(group for name, group in files.items() if name not in kept)
    for name, rows in groupby(_found(sources, missing, scratch), key=lambda row: _name(row[0], figures)):
        columns = list(map(list, zip(*rows, strict=True)))
        pq.write_table(pa.table(columns, schema=EXTRACTIONS), folder / name, compression="zstd")
    return sorted(folder.iterdir())


def _figures(count: int) -> int:
    """Return how many figures of a key name its file: as few as leave no file overfull.

    >>> _figures(1024), _figures(1025), _figures(162_000)
    (0, 1, 2)
    """
    figures = 0
    while count > _FULL * 16**figures:
        figures += 1
    return figures


def _name(key: bytes, figures: int) -> str:
    return f"{key.hex()[:figures] or 'all'}.parquet"


def _link(old: Path, new: Path) -> None:
    """Share an old file, which nobody writes to; where links cannot be made it is copied."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)


def _found(sources: list[Path], wanted: Iterable[bytes], scratch: Scratch) -> Iterator[tuple[bytes, bytes]]:
    """Look extractions up by key, in the order of the keys; what is there twice is the same."""
    if not sources:
        return
    last = b""
    with scratch.connect() as connection:
        connection.read_parquet([str(path) for path in sources]).create_view("known")
        connection.register("wanted", pa.table({"key": pa.array(wanted, pa.binary())}))
        for batch in connection.sql(_KNOWN).to_arrow_reader(_ROWS):
            for key, extraction in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                if key != last:
                    yield key, extraction
                last = key
