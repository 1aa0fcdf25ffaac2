"""The step that takes out of each paper what it says; what was read before is not read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kg.building.cache import cached, write_cache
from kg.building.extractions import Extractions
from kg.building.job import Texts
from kg.building.shards import keys_of, sound_shards, write_shard
from kg.extract.batches import PAPERS, content_key
from kg.papers import Problem
from kg.thresholds import thresholds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.building.job import Job

_ROWS = 2048
_TEXT = ["title", "abstract"]
_REMEDY = "build again to try once more, and report the paper if it stays so"


def extract(job: Job) -> None:
    """Extract what is new, batch by batch into shards, and lay all of it out in the cache of the new build.

    Raises:
        ModelError: There is no such extractor.
        KgError: The extractor fails on paper after paper.
    """
    papers = job.stage / "papers.parquet"
    ids, keys = pq.read_table(papers, columns=["id"]).column("id"), _keys(papers, job.reader.version)
    old, shards = cached(job.place.folder, job.old), sound_shards(job.place.shards)
    known, kept = keys_of(old.values()), keys_of(shards)
    fresh = _fresh(keys, pa.chunked_array([*known.chunks, *kept.chunks], pa.binary(32)))
    done, total = len(keys) - _count(fresh), len(keys)
    job.texts = Texts(total - done, _count(pc.is_in(keys, kept)), _count(pc.is_in(keys, known)))
    job.progress("extract", done, total)

    def failed(row: pa.Table, reason: str) -> None:
        place = pc.index(keys, row.column("key")[0]).as_py()
        job.complete = False
        job.problems.append(Problem(ids[place].as_py(), 0, f"cannot be read ({reason})", _REMEDY))

    for table in job.engine(job.reader, _batches(papers, keys, fresh, job.reader.batch), failed):
        shards.append(write_shard(table, job.place.shards))
        done += len(table)
        job.progress("extract", done, total)
    files = write_cache(keys.to_pylist(), old, shards, job.stage, job.place.scratch)
    least = thresholds(job.config.min_confidence)
    job.extractions = Extractions(ids, keys, files, reader=job.reader.name, least=least, scratch=job.place.scratch)


def _count(mask: pa.Array) -> int:
    return int(pc.sum(mask).as_py() or 0)


def _keys(papers: Path, version: str) -> pa.Array:
    """Return the key of every paper's text."""
    with pq.ParquetFile(papers) as file:
        texts = (text for batch in file.iter_batches(_ROWS, columns=_TEXT) for text in _texts(batch))
        return pa.array((content_key(version, *text) for text in texts), pa.binary(32))


def _texts(batch: pa.RecordBatch) -> Iterator[tuple[str, str]]:
    return zip(*(batch.column(name).to_pylist() for name in _TEXT), strict=True)


def _fresh(keys: pa.Array, known: pa.ChunkedArray) -> pa.Array:
    """Tell of each paper whether it is to be read: its text is not known, and did not come before."""
    first = pa.array(range(len(keys)), pa.int64())
    firsts = pa.table({"key": keys.cast(pa.binary()), "n": first}).group_by("key").aggregate([("n", "min")])
    return pc.and_(pc.is_in(first, firsts.column("n_min")), pc.invert(pc.is_in(keys, known)))


def _batches(papers: Path, keys: pa.Array, fresh: pa.Array, size: int) -> Iterator[pa.Table]:
    """Give the papers that are to be read, ``size`` at a time."""
    waiting, place = PAPERS.empty_table(), 0
    with pq.ParquetFile(papers) as file:
        for batch in file.iter_batches(_ROWS, columns=_TEXT):
            rows = pa.table([keys.slice(place, len(batch)), *batch.columns], schema=PAPERS)
            waiting = pa.concat_tables([waiting, rows.filter(fresh.slice(place, len(batch)))])
            place += len(batch)
            while len(waiting) >= size:
                yield waiting.slice(0, size).combine_chunks()
                waiting = waiting.slice(size)
    if len(waiting):
        yield waiting.combine_chunks()
