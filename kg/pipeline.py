"""From papers to a build folder: the named steps, in order.

>>> [name for name, _ in STEPS]
['read', 'extract', 'resolve', 'tables', 'rdf', 'pages']
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import msgspec

import kg
from kg.api import Graph
from kg.errors import PaperFormatError
from kg.graph import FOLDER_VERSION, Manifest, assemble, staged, write_tables
from kg.iris import BASE
from kg.resolve import Corrections, Resolution, beside, read_corrections, resolve
from kg.thresholds import thresholds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pyarrow as pa

    from kg.papers import FieldNames, Problem
    from kg.progress import Progress
    from kg.types import Extraction, Paper


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """What a build can be told.

    Attributes:
        model: The extractor, a name of ``kg.extract.MODELS``.
        min_confidence: The least confidence that a mention may have, or a table of least confidences by kind, see
            :func:`kg.thresholds.thresholds`; None takes the ones chosen in training.
        base: The IRI that all nodes' IRIs begin with; ends with a slash.
        corrections: A file of a user's corrections, see :mod:`kg.resolve.corrections`; by default corrections.tsv
            beside the inputs, where there is one.
        strict: Stop at the first record that cannot be read, instead of reporting and skipping it.
        page_nodes: The most nodes that graph.html draws.
    """

    model: str = "fast"
    min_confidence: float | dict[str, float] | None = None
    base: str = BASE
    corrections: str | None = None
    strict: bool = False
    page_nodes: int = 500


@dataclass
class _Build:
    """A build under way: each step reads what earlier ones left and leaves its own."""

    inputs: tuple[str, ...]
    folder: Path
    stage: Path
    config: Config
    fields: FieldNames | None
    progress: Progress
    jobs: int
    told: Corrections
    problems: list[Problem] = field(default_factory=list)
    entries: int = 0
    papers: list[Paper] = field(default_factory=list)
    extractions: list[Extraction] = field(default_factory=list)
    extractor: str = ""
    resolution: Resolution = field(default_factory=Resolution)
    tables: dict[str, pa.Table] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def manifest(self) -> Manifest:
        """Describe the build as it stands."""
        return Manifest(
            folder_version=FOLDER_VERSION,
            paperkg=kg.__version__,
            extractor=self.extractor,
            base=self.config.base,
            inputs=self.inputs,
            config=msgspec.to_builtins(self.config),
            counts=_counts(self),
            seconds=self.seconds,
            skipped=tuple(self.problems),
        )

    def graph(self) -> Graph:
        """Open the tables of this build."""
        return Graph(self.manifest(), self.tables)


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
        job = _Build(names, folder, stage, chosen, fields, progress or (lambda *_: None), jobs, told)
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


def _read(job: _Build) -> None:
    from kg.papers import read, unify

    job.papers = unify(
        _counted(job, read(job.inputs, fields=job.fields, strict=job.config.strict, on_problem=job.problems.append))
    )
    if not job.papers:
        raise PaperFormatError(f"no paper in {', '.join(job.inputs)}: see the list of formats in kg build --help")


def _counted(job: _Build, papers: Iterator[Paper]) -> Iterator[Paper]:
    for paper in papers:
        job.entries += 1
        job.progress("read", job.entries, None)
        yield paper


def _extract(job: _Build) -> None:
    from kg.extract import extract_parallel, version_of
    from kg.extract.cache import Cache
    from kg.extract.cutting import cut

    job.extractor, least = version_of(job.config.model), thresholds(job.config.min_confidence)
    cache = Cache(f"{job.extractor} {least.floor}", job.folder / "cache")
    known = {paper.id: found for paper in job.papers if (found := cache.get(paper)) is not None}
    job.progress("extract", len(known), len(job.papers))
    unknown = (paper for paper in job.papers if paper.id not in known)
    for found in extract_parallel(unknown, job.config.model, job.jobs, min_confidence=least.floor):
        known[found.paper] = found
        job.progress("extract", len(known), len(job.papers))
    whole = [known[paper.id] for paper in job.papers]
    cache.write(job.stage / "cache", zip(job.papers, whole, strict=True))
    job.extractions = [cut(read, least) for read in whole]


def _resolve(job: _Build) -> None:
    job.resolution = resolve(job.extractions, job.config.base, corrections=job.told)


def _tables(job: _Build) -> None:
    job.tables = assemble(job.papers, job.extractions, job.resolution)
    write_tables(job.tables, job.stage)


def _rdf(job: _Build) -> None:
    from kg.rdf import write_turtle

    with (job.stage / "graph.ttl").open("wb") as stream:
        write_turtle(job.graph(), stream)


def _pages(job: _Build) -> None:
    from kg.view import write_graph_page, write_report

    graph = job.graph()
    write_graph_page(graph, job.stage / "graph.html", limit=job.config.page_nodes)
    write_report(graph, job.stage / "report.html")


def _counts(job: _Build) -> dict[str, int]:
    tables = {name: table.num_rows for name, table in job.tables.items()}
    types: dict[str, int] = {}
    if "entities" in job.tables:
        for row in job.tables["entities"].group_by("type").aggregate([([], "count_all")]).to_pylist():
            types[row["type"]] = row["count_all"]
    return {"entries": job.entries, "skipped": len(job.problems), **tables, **dict(sorted(types.items()))}


STEPS: tuple[tuple[str, Callable[[Any], None]], ...] = (
    ("read", _read),
    ("extract", _extract),
    ("resolve", _resolve),
    ("tables", _tables),
    ("rdf", _rdf),
    ("pages", _pages),
)
"""The steps of a build, in order."""
