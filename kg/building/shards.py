"""What was read of papers, batch by batch, in files that are whole or not there.

A shard's name ends in a hash of its bytes, so that one that was cut or changed is told from a sound one.
"""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from kg.extract.batches import EXTRACTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_SUFFIX = ".parquet"


def write_shard(table: pa.Table, folder: Path) -> Path:
    """Write extractions into a file of their own, beside and renamed; return its path."""
    buffer = BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    data = buffer.getbuffer()
    path = folder / f"{_digest(data)}{_SUFFIX}"
    unfinished = path.with_suffix(".part")
    unfinished.write_bytes(data)
    return unfinished.replace(path)


def sound_shards(folder: Path) -> list[Path]:
    """List the shards that are as they were written; what else is there is removed."""
    sound = []
    for path in sorted(folder.iterdir()):
        if path.name == f"{_digest(path.read_bytes())}{_SUFFIX}":
            sound.append(path)
        else:
            path.unlink()
    return sound


def keys_of(paths: Iterable[Path]) -> pa.ChunkedArray:
    """Read the keys of extractions from files of them."""
    tables = [pq.read_table(path, columns=["key"], schema=EXTRACTIONS) for path in paths]
    return pa.concat_tables([EXTRACTIONS.empty_table().select(["key"]), *tables]).column("key")


def _digest(data: bytes | memoryview) -> str:
    return sha256(data).hexdigest()[:32]
