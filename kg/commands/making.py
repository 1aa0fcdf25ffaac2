"""Commands that make something of papers: a graph, extractions, scores, weights."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

import kg
from kg.bars import progress
from kg.commands.options import (
    CORES,
    AsJson,
    EngineName,
    Field,
    Inputs,
    Jobs,
    Least,
    Memory,
    Model,
    Strict,
    field_names,
    least_of,
)
from kg.iris import BASE
from kg.phrases import many
from kg.progress import counted
from kg.scratch import MEMORY
from kg.terminal import errors, print_frame, print_problems, print_summary

if TYPE_CHECKING:
    from kg.types import Paper


def build(
    inputs: Inputs,
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder to write.", metavar="DIR")],
    model: Model = "fast",
    min_confidence: Least = None,
    jobs: Jobs = CORES,
    engine: EngineName = "local",
    base: Annotated[str, typer.Option(help="What every IRI begins with.")] = BASE,
    corrections: Annotated[
        str | None,
        typer.Option(
            help="What you know of names, one a line, parted by tabs: same A B, different A B, rename A B, "
            "type A Model. Without it, corrections.tsv beside the inputs is obeyed.",
            metavar="FILE",
        ),
    ] = None,
    strict: Strict = False,
    field: Field = None,
    memory: Memory = MEMORY,
    resume: Annotated[
        bool,
        typer.Option(
            "--resume", help="Insist on going on from a build that did not come to its end; one goes on by itself too."
        ),
    ] = False,
) -> None:
    """Read papers and build their graph: tables, RDF and pages, in one folder.

    The graph then holds these papers and no others; kg add keeps what is there. Texts that were read before are not
    read again, and a build that was cut off goes on where it was.
    """
    least = dict(least_of(min_confidence).least) or None
    config = kg.Config(model=model, min_confidence=least, base=base, corrections=corrections, strict=strict)
    with progress() as report:
        graph = kg.build(
            inputs,
            output,
            config,
            fields=field_names(field),
            resume=resume,
            jobs=jobs,
            engine=engine,
            memory=memory,
            progress=report,
        )
    print_summary(graph, output)


def demo(
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder to write.", metavar="DIR")] = Path(
        "output"
    ),
) -> None:
    """Build the graph of the sample papers that come with paperkg."""
    build([str(Path(kg.__file__).with_name("data") / "sample.jsonl")], output)


def extract(
    inputs: Inputs,
    output: Annotated[str, typer.Option("--output", "-o", help="The JSON Lines file to write; - is standard output.")],
    model: Model = "fast",
    min_confidence: Least = None,
    jobs: Jobs = CORES,
    strict: Strict = False,
    field: Field = None,
) -> None:
    """Write what is read in each paper, one JSON object a line, without building a graph."""
    from kg.extract import extract_parallel
    from kg.extract.cutting import cut
    from kg.extract.jsonl import named_by_source, write_predictions, writing
    from kg.papers import Problem, read

    problems: list[Problem] = []
    least = least_of(min_confidence)

    def failed(paper: Paper, reason: str) -> None:
        problems.append(Problem(paper.id, 0, f"cannot be read ({reason})", "report the paper"))

    with progress() as report:
        papers = read(inputs, fields=field_names(field), strict=strict, on_problem=problems.append)
        found = extract_parallel(named_by_source(papers), model, jobs, min_confidence=least.floor, on_failure=failed)
        kept = (cut(read_one, least) for read_one in counted(found, "extract", report))
        with writing(output) as stream:
            count = write_predictions(kept, stream)
    print_problems(problems)
    errors.print(f"{many(count, 'papers')} read into {output}")


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Annotated abstracts, JSON Lines.", metavar="GOLD.jsonl")],
    predictions: Annotated[
        Path | None, typer.Option(help="Score this file of kg extract instead of reading the abstracts now.")
    ] = None,
    given: Annotated[
        Literal["mentions", "entities"] | None,
        typer.Option(help="Hand it these annotations, and score what it makes of them."),
    ] = None,
    corpus: Annotated[
        Literal["scier"] | None,
        typer.Option(help="GOLD is a file of this other corpus; its mentions alone are scored."),
    ] = None,
    model: Model = "fast",
    as_json: AsJson = False,
) -> None:
    """Score the extractor against annotated abstracts: precision, recall and F1 of everything it reads."""
    from kg.train.evaluate import evaluate as evaluate_extractor
    from kg.train.outside import evaluate_outside

    if corpus and (predictions or given):
        raise typer.BadParameter(
            "--corpus scores what the extractor finds by itself: leave out --predictions and --given"
        )
    with progress() as report:
        if corpus:
            table = evaluate_outside(gold, corpus, model=model, progress=report)
        else:
            table = evaluate_extractor(gold, model=model, predictions=predictions, given=given, progress=report)
    print_frame(table, "json" if as_json else "table")


def train(
    config: Annotated[
        Path, typer.Argument(help="What to train, on which gold, into which folder.", metavar="CONFIG.toml")
    ],
) -> None:
    """Train the extractor's weights: do the stages of a run that are not done yet."""
    from kg.train.run import train as train_extractor

    for stage in train_extractor(config):
        errors.print(f"done: stage {stage}")
