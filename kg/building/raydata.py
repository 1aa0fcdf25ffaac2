"""Papers read on many machines, by Ray Data: the same reader, the same batches, the same bytes in the build.

Ray does the map stage alone. The batches go to Parquet files in a temporary folder, actors that hold the model read
them, and what they make of them streams back; grouping and joining stay with DuckDB. On a cluster the temporary folder
must lie where all its machines see it (TMPDIR), and paperkg must be installed on them.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kg.errors import KgError, MissingExtra
from kg.extract.batches import EXTRACTIONS, PAPERS
from kg.extract.workers import MOST_FAILED, read_here

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.extract.batches import Reader
    from kg.extract.workers import OnFailure

_ANSWERS = pa.schema([*EXTRACTIONS, *(PAPERS.field(name) for name in ("title", "abstract")), ("reason", pa.string())])
"""What an actor gives: an extraction, or the paper that cannot be read and the reason."""


class Reading:
    """The actor: it holds a reader, and reads the batches that Ray brings it."""

    def __init__(self, read: Reader) -> None:
        self._read = read

    def __call__(self, papers: pa.Table) -> pa.Table:
        """Read a batch; a paper that cannot be read is given back with the reason."""
        failed: list[tuple[pa.Table, str]] = []
        batch = papers.combine_chunks().cast(PAPERS)
        found = [*read_here(self._read, [batch], lambda row, reason: failed.append((row, reason)))]
        lost = [row.append_column("reason", pa.array([reason])) for row, reason in failed]
        return pa.concat_tables([_ANSWERS.empty_table(), *found, *lost], promote_options="default").select(
            _ANSWERS.names
        )


def read_ray(read: Reader, batches: Iterable[pa.Table], on_failure: OnFailure, *, jobs: int) -> Iterator[pa.Table]:
    """Read batches with ``jobs`` actors of the Ray cluster at hand (RAY_ADDRESS), or of one started for it here.

    A batch whose actor or machine dies is read again by another. A GPU is shared among the actors where there are any.

    Args:
        read: What reads them.
        batches: Tables of papers; they are written out before the first is read.
        on_failure: Takes a paper that cannot be read, as a table of one row, and the reason.
        jobs: How many actors.

    Raises:
        MissingExtra: Ray is not installed.
        KgError: Ray gives up, or paper after paper fails: then it is not the papers.
    """
    ray = _ray()
    with TemporaryDirectory(prefix="kg-ray-") as folder, _cluster(ray, jobs):
        for number, batch in enumerate(batches):
            pq.write_table(batch, Path(folder, f"{number:08}.parquet"), compression="zstd")
        if not any(Path(folder).iterdir()):
            return
        papers = ray.data.read_parquet(folder)
        share = min(1.0, ray.cluster_resources().get("GPU", 0) / jobs)
        answers = papers.map_batches(
            Reading,
            fn_constructor_args=(read,),
            batch_size=read.batch,
            batch_format="pyarrow",
            zero_copy_batch=True,
            compute=ray.data.ActorPoolStrategy(size=jobs),
            **({"num_gpus": share} if share else {}),
        )
        yield from _sorted_out(ray, answers, on_failure)


def _sorted_out(ray: Any, answers: Any, on_failure: OnFailure) -> Iterator[pa.Table]:
    """Give what was read, and report what was not."""
    lost = 0
    try:
        for answer in answers.iter_batches(batch_size=None, batch_format="pyarrow"):
            table = answer.select(_ANSWERS.names).cast(_ANSWERS)
            fine = pc.is_null(table.column("reason"))
            failed = table.filter(pc.invert(fine))
            lost += len(failed)
            if lost > MOST_FAILED:
                raise KgError(f"the extractor fails on paper after paper ({failed.column('reason')[0]})")
            for row in range(len(failed)):
                one = failed.slice(row, 1)
                on_failure(one.select(PAPERS.names), one.column("reason")[0].as_py())
            yield table.filter(fine).select(EXTRACTIONS.names)
    except ray.exceptions.RayError as error:
        reason = str(error).strip().splitlines()[-1][:200]
        raise KgError(f"Ray gave up ({reason}): build again, what was read so far is kept") from None


@contextmanager
def _cluster(ray: Any, jobs: int) -> Iterator[None]:
    """Use the cluster that is there, or start one on this machine for as long as it is needed."""
    started = not ray.is_initialized()
    if started:
        ray.init(**_settings(jobs))
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    try:
        yield
    finally:
        if started:
            ray.shutdown()


def _settings(jobs: int) -> dict[str, Any]:
    """Say how to start Ray; where RAY_ADDRESS names a cluster, Ray joins that, and takes no number of processors."""
    quiet = {"include_dashboard": False, "log_to_driver": False, "logging_level": "ERROR"}
    return quiet if os.environ.get("RAY_ADDRESS") else {**quiet, "num_cpus": jobs + 1}


def _ray() -> Any:
    try:
        import ray
        import ray.data
    except ImportError:
        raise MissingExtra("the engine ray needs Ray: pip install 'paperkg[ray]'") from None
    return ray
