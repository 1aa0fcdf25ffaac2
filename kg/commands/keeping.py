"""Commands that keep a graph: add papers to it, take papers out, make it anew of an export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import kg
from kg.bars import progress
from kg.commands.options import CORES, EngineName, Field, Inputs, Jobs, Memory, Strict, field_names
from kg.scratch import MEMORY
from kg.terminal import print_summary

Kept = Annotated[Path, typer.Option("--output", "-o", help="The folder that kg build wrote.", metavar="DIR")]


def add(
    inputs: Inputs,
    output: Kept,
    jobs: Jobs = CORES,
    engine: EngineName = "local",
    memory: Memory = MEMORY,
    strict: Strict = False,
    field: Field = None,
) -> None:
    """Add papers to a graph, as if all had been built at once; say what that changes.

    A paper that the graph has from the same file is replaced by what the file says now; nothing else goes. The choices
    of the first build hold: model, thresholds, base, corrections.
    """
    with progress() as report:
        graph = kg.add(
            inputs,
            output,
            fields=field_names(field),
            strict=strict,
            jobs=jobs,
            engine=engine,
            memory=memory,
            progress=report,
        )
    print_summary(graph, output)


def remove(
    papers: Annotated[
        list[str],
        typer.Argument(
            help="Ids of papers, as tables and pages show them, or as their files have them.", metavar="ID..."
        ),
    ],
    output: Kept,
    jobs: Jobs = CORES,
    memory: Memory = MEMORY,
) -> None:
    """Take papers out of a graph, as if they had never been in it; say what that changes."""
    with progress() as report:
        graph = kg.remove(papers, output, jobs=jobs, memory=memory, progress=report)
    print_summary(graph, output, read=False)


def import_(
    file: Annotated[
        Path,
        typer.Argument(help="What kg export --profile full wrote: .ttl, .nt, .nq or .jsonld, or such with .gz."),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder to write.", metavar="DIR")],
    memory: Memory = MEMORY,
) -> None:
    """Make a graph of an export in RDF: the same tables that it was written from, with RDF and pages."""
    print_summary(kg.import_rdf(file, output, memory=memory), output)
