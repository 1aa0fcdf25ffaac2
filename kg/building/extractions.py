"""All extractions of a build, in the order of the papers, read from a file each time they are gone through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from kg.extract.batches import EXTRACTIONS, unpack
from kg.extract.cutting import cut
from kg.types import Extraction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.scratch import Scratch
    from kg.thresholds import Thresholds

_SCHEMA = pa.schema([("id", pa.string()), ("extraction", pa.binary())])
_ROWS = 1024
_JOINED = "SELECT id, extraction FROM wanted LEFT JOIN known USING (key) ORDER BY id"


class Extractions:
    """Extractions of papers, cut to what is sure enough.

    Args:
        ids: The papers, in order.
        keys: The key of each.
        files: Where extractions are found by key; a paper that is not found has an empty one.
        reader: Who is named as the reader of an empty one.
        least: How sure is enough.
        scratch: Where the file lives.
    """

    def __init__(
        self,
        ids: pa.Array,
        keys: pa.Array,
        files: Iterable[Path],
        *,
        reader: str,
        least: Thresholds,
        scratch: Scratch,
    ) -> None:
        self._path = scratch.folder / "extractions.parquet"
        self._count, self._reader, self._least = len(ids), reader, least
        with scratch.connect() as connection, pq.ParquetWriter(self._path, _SCHEMA, compression="zstd") as writer:
            connection.register("wanted", pa.table({"id": ids, "key": keys.cast(pa.binary())}))
            paths = [str(path) for path in files]
            known = connection.read_parquet(paths) if paths else connection.from_arrow(EXTRACTIONS.empty_table())
            known.create_view("known")
            for batch in connection.sql(_JOINED).to_arrow_reader(_ROWS):
                writer.write_batch(batch)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Extraction]:
        with pq.ParquetFile(self._path) as file:
            for batch in file.iter_batches(_ROWS):
                for paper, packed in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    yield self._of(paper, packed)

    def _of(self, paper: str, packed: bytes | None) -> Extraction:
        if packed is None:
            return Extraction(paper, self._reader)
        return cut(msgspec.structs.replace(unpack(packed), paper=paper), self._least)
