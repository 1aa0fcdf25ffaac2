"""From papers to a build folder, and from one to the next: the named steps of :mod:`kg.building`, in order."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Unpack

import kg
from kg.api import Graph
from kg.building import STEPS, Config, How, Job, check_how, checked, corrected, restore, same_config, workplace
from kg.errors import BuildFolderError
from kg.graph import Run, read_history, read_manifest, write_history
from kg.papers import each, named
from kg.scratch import MEMORY, amount

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager

    from kg.building import Workplace
    from kg.graph import Manifest, Work
    from kg.papers import FieldNames

__all__ = ["Config", "How", "add", "build", "import_rdf", "remove"]


def build(
    inputs: str | Path | Iterable[str | Path],
    output: str | Path,
    config: Config | None = None,
    *,
    fields: FieldNames | None = None,
    resume: bool = False,
    **how: Unpack[How],
) -> Graph:
    """Build the graph of all papers in ``inputs`` into the folder ``output``, and open it.

    The folder then holds these papers and no others. What it held is replaced once the new build is whole; texts that
    were read before are not read again, and where all is as it was, nothing is written.

    Args:
        inputs: Files, folders and globs of papers in any known format, or one such; ``-`` is standard input.
        output: The folder to write.
        config: Choices; the defaults suit most.
        fields: How JSON Lines and CSV name their fields, where they do not name them as most do.
        resume: Insist that there is something to go on from: papers that a build read which did not come to its end.
            Without it they are used as well, where there are any.
        how: See :class:`kg.building.How`.

    Raises:
        PaperFormatError: No paper could be read, or one could not and the build is strict.
        BuildFolderError: The output cannot be written, or there is nothing to resume.
        FolderBusy: Another build is at work on the folder.
        CorrectionsError: The corrections cannot be read or contradict each other.
        TypeError: There is no choice of such a name.
        KgError: A choice is of no use.
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
    names = tuple(map(named, each(inputs)))
    asked = checked(config or Config(), how)
    with _workplace(output, how, resume=resume) as place:
        chosen, told = corrected(asked, names)
        old = _manifest(place.folder)
        job = Job(place, chosen, told, how, kg.__version__, names, fields, strict=chosen.strict, old=old)
        run = _make(job, "build")
    return _opened(output, run)


def add(
    inputs: str | Path | Iterable[str | Path],
    folder: str | Path,
    *,
    fields: FieldNames | None = None,
    strict: bool = False,
    **how: Unpack[How],
) -> Graph:
    """Add the papers of ``inputs`` to a build folder, which is built as before, and open it.

    What is left is what one build of all these papers gives. A record of a paper that the folder has from the same file
    is replaced by the new one; nothing else that is in the folder goes.

    Args:
        inputs: Files, folders and globs of papers in any known format, or one such; ``-`` is standard input.
        folder: A build folder.
        fields: How JSON Lines and CSV name their fields, where they do not name them as most do.
        strict: Stop at the first record that cannot be read.
        how: See :class:`kg.building.How`.

    Raises:
        BuildFolderError: It is no build folder, or is damaged, or cannot be written.
        KgError: As for :func:`build`.
    """
    names = tuple(map(named, each(inputs)))
    with _workplace(folder, how) as place:
        old = read_manifest(place.folder)
        config, told = same_config(place.folder, old, names)
        job = Job(place, config, told, how, kg.__version__, names, fields, strict=strict, old=old, keep=True)
        run = _make(job, "add")
    return _opened(folder, run)


def remove(papers: str | Iterable[str], folder: str | Path, **how: Unpack[How]) -> Graph:
    """Take papers out of a build folder, which is built as before, and open it.

    Args:
        papers: Their ids, or what their files call them, or one such. A paper that an input still has comes back when
            that is built or added again.
        folder: A build folder.
        how: See :class:`kg.building.How`.

    Raises:
        BuildFolderError: It is no build folder, is damaged, or cannot be written.
        PaperFormatError: No paper would be left.
        KgError: There is no such paper, or several are called so; and as for :func:`build`.
    """
    with _workplace(folder, how) as place:
        old = read_manifest(place.folder)
        config, told = same_config(place.folder, old)
        without = frozenset(map(str, each(papers)))
        job = Job(place, config, told, how, kg.__version__, old=old, keep=True, without=without)
        run = _make(job, "remove")
    return _opened(folder, run)


def import_rdf(file: str | Path, output: str | Path, *, memory: str = MEMORY) -> Graph:
    """Make a build folder of an export in RDF, and open it: the tables are those that the export was written from.

    Args:
        file: What ``kg export --profile full`` wrote: Turtle, N-Triples, N-Quads or JSON-LD, perhaps with ``.gz``.
        output: The folder to write.
        memory: What DuckDB may hold before it spills.

    Raises:
        BuildFolderError: The file cannot be read or does not hold a whole graph, or the output cannot be written.
        FolderBusy: A build is at work on the folder.
    """
    started = perf_counter()
    with workplace(Path(output), amount(memory)) as place:
        restore(Path(file), place, kg.__version__)
        run = Run(
            work="import", at=_now(), paperkg=kg.__version__, seconds={"import": round(perf_counter() - started, 3)}
        )
        write_history([*read_history(place.folder), run], place.stage)
    return _opened(output, run)


def _workplace(folder: str | Path, how: How, *, resume: bool = False) -> AbstractContextManager[Workplace]:
    check_how(how)
    return workplace(Path(folder), amount(how.get("memory", MEMORY)), resume=resume)


def _manifest(folder: Path) -> Manifest | None:
    """Read the manifest of a folder that may be none, or damaged."""
    try:
        return read_manifest(folder)
    except BuildFolderError:
        return None


def _make(job: Job, work: Work) -> Run | None:
    """Take the steps; None when the folder turns out to be what was asked for."""
    for name, step in STEPS:
        started = perf_counter()
        job.progress(name, 0, None)
        step(job)
        job.seconds[name] = round(perf_counter() - started, 3)
        if job.made:
            return None
    run = Run(
        work=work,
        at=_now(),
        paperkg=job.version,
        seconds=job.seconds,
        changes=job.changes,
        warnings=tuple(job.warnings),
        **job.texts._asdict(),
    )
    write_history([*read_history(job.place.folder), run], job.stage)
    return run


def _now() -> str:
    return datetime.now(UTC).isoformat(sep=" ", timespec="seconds")


def _opened(folder: str | Path, run: Run | None) -> Graph:
    graph = Graph.open(Path(folder))
    graph.run = run
    return graph
