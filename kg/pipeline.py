"""From papers to a build folder: the named steps of :mod:`kg.building`, in order."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import msgspec

import kg
from kg.api import Graph
from kg.building import STEPS, Config, Job
from kg.graph import staged
from kg.resolve import Corrections, beside, read_corrections

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.papers import FieldNames
    from kg.progress import Progress

__all__ = ["Config", "build"]


def build(
    inputs: Iterable[str | Path],
    output: str | Path,
    config: Config | None = None,
    *,
    fields: FieldNames | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Graph:
    """Build the graph of all papers in ``inputs`` into the folder ``output``, and open it.

    Args:
        inputs: Files, folders and globs of papers in any known format; ``-`` is standard input.
        output: The folder to write. A build that is there is replaced, but only once the new one is whole.
        config: Choices; the defaults suit most.
        fields: How JSON Lines and CSV name their fields, where they do not name them as most do.
        jobs: How many processes read; it changes nothing but the time.
        progress: Called with a step's name, how many items are done, and of how many if that is known.

    Raises:
        PaperFormatError: No paper could be read, or one could not and the build is strict.
        BuildFolderError: The output cannot be written.
        CorrectionsError: The corrections cannot be read or contradict each other.
        KgError: A threshold of the configuration is none.
        ModelError: There is no such extractor.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> paper = '{"title": "A small BERT", "abstract": "We prune BERT and test it on GLUE."}'
        >>> with TemporaryDirectory() as folder:
        ...     _ = Path(folder, "papers.jsonl").write_text(paper)
        ...     graph = build([f"{folder}/papers.jsonl"], f"{folder}/out")
        ...     sorted(path.name for path in Path(folder, "out").glob("graph.*")), graph.manifest.counts["papers"]
        (['graph.html', 'graph.ttl'], 1)
    """
    folder, names = Path(output), tuple(str(path) for path in inputs)
    chosen, told = _corrected(config or Config(), names)
    with staged(folder) as stage:
        job = Job(names, folder, stage, chosen, fields, progress or (lambda *_: None), jobs, told, kg.__version__)
        for name, step in STEPS:
            started = perf_counter()
            step(job)
            job.seconds[name] = round(perf_counter() - started, 3)
        job.manifest().write(stage)
    return Graph.open(folder)


def _corrected(config: Config, inputs: tuple[str, ...]) -> tuple[Config, Corrections]:
    """Read the corrections, those named or those beside the inputs, and say in the configuration where they were."""
    path = Path(config.corrections) if config.corrections else beside(inputs)
    if path is None:
        return config, Corrections()
    return msgspec.structs.replace(config, corrections=str(path)), read_corrections(path)
