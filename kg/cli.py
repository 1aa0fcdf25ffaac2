"""The command ``kg``: parse, call one public function, print.

Exit codes: 0 done; 1 an error of paperkg; 2 wrong usage; 3 no input could be read; 4 a build folder is missing,
damaged or cannot be written; 5 a query was refused; 6 no such extractor; 7 an optional package is missing;
130 interrupted.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import kg
from kg.errors import KgError
from kg.iris import BASE, slug
from kg.progress import counted
from kg.terminal import ROW_FORMATS, errors, fail, print_frame, print_problems, print_summary, progress

if TYPE_CHECKING:
    from kg.papers import FieldNames, Problem

CORES = os.cpu_count() or 1
app = typer.Typer(
    help="A knowledge graph of tasks, methods, models, data sets, metrics and results, read from paper abstracts.\n\n"
    "Start with: kg build papers.jsonl -o output; then: kg search output BERT.",
    epilog=f"{(__doc__ or '').split('.', 1)[1].strip()}",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Inputs = Annotated[
    list[str],
    typer.Argument(
        help="Files, folders or globs: saved listing pages, JSON Lines (plain, .gz, .zst), CSV, TSV, Parquet, arXiv "
        "snapshot, OpenAlex, Semantic Scholar, BibTeX, RIS, PubMed XML. - is standard input."
    ),
]
Folder = Annotated[Path, typer.Argument(help="A folder that kg build wrote.", metavar="DIR")]
Model = Annotated[str, typer.Option(help="The extractor.")]
Least = Annotated[
    float | None,
    typer.Option("--min-confidence", min=0, max=1, help="Drop mentions that the extractor is less sure of."),
]
Jobs = Annotated[int, typer.Option(min=1, help="How many processes read; it changes nothing but the time.")]
Strict = Annotated[bool, typer.Option("--strict", help="Stop at the first record that cannot be read.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
Field = Annotated[
    list[str] | None,
    typer.Option(help="Name a field of JSON Lines or CSV: --field abstract=summary. Repeatable.", metavar="NAME=FIELD"),
]


@app.command()
def build(
    inputs: Inputs,
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder to write.", metavar="DIR")],
    model: Model = "fast",
    min_confidence: Least = None,
    jobs: Jobs = CORES,
    base: Annotated[str, typer.Option(help="What every IRI begins with.")] = BASE,
    strict: Strict = False,
    field: Field = None,
) -> None:
    """Read papers and build their graph: tables, RDF and pages, in one folder."""
    config = kg.Config(model=model, min_confidence=min_confidence, base=base, strict=strict)
    with progress() as report:
        graph = kg.build(inputs, output, config, fields=_fields(field), jobs=jobs, progress=report)
    print_summary(graph, output)


@app.command()
def demo(
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder to write.", metavar="DIR")] = Path(
        "output"
    ),
) -> None:
    """Build the graph of the sample papers that come with paperkg."""
    build([str(Path(__file__).with_name("data") / "sample.jsonl")], output)


@app.command()
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
    from kg.extract.jsonl import named_by_source, write_predictions, writing
    from kg.papers import read

    problems: list[Problem] = []
    with progress() as report:
        papers = read(inputs, fields=_fields(field), strict=strict, on_problem=problems.append)
        found = counted(
            extract_parallel(named_by_source(papers), model, jobs, min_confidence=min_confidence), "extract", report
        )
        with writing(output) as stream:
            count = write_predictions(found, stream)
    print_problems(problems)
    errors.print(f"{count:,} papers read into {output}")


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Annotated abstracts, JSON Lines.", metavar="GOLD.jsonl")],
    predictions: Annotated[
        Path | None, typer.Option(help="Score this file of kg extract instead of reading the abstracts now.")
    ] = None,
    given_mentions: Annotated[
        bool, typer.Option("--given-mentions", help="Hand it the annotated mentions; score what it makes of them.")
    ] = False,
    model: Model = "fast",
    as_json: AsJson = False,
) -> None:
    """Score the extractor against annotated abstracts: precision, recall and F1 of everything it reads."""
    from kg.train.evaluate import evaluate as evaluate_extractor

    with progress() as report:
        table = evaluate_extractor(
            gold, model=model, predictions=predictions, given_mentions=given_mentions, progress=report
        )
    print_frame(table, "json" if as_json else "table")


@app.command()
def search(
    folder: Folder,
    text: Annotated[str, typer.Argument(help="A name, an alias, or a part of one.")],
    limit: Annotated[int, typer.Option(min=1, help="How many to show.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Find entities by name or alias."""
    print_frame(kg.load(folder).find(text, limit), "json" if as_json else "table")


@app.command()
def query(
    folder: Folder,
    sparql: Annotated[
        str | None, typer.Argument(help="SPARQL, or a file that ends in .rq.", metavar="[SPARQL]")
    ] = None,
    name: Annotated[str | None, typer.Option(help="A named query; --list shows them.")] = None,
    arg: Annotated[list[str] | None, typer.Option(help="An argument of a named query.", metavar="NAME=VALUE")] = None,
    format: Annotated[str, typer.Option(help="table, csv or json.")] = "table",  # noqa: A002 - the option's name
    list_names: Annotated[bool, typer.Option("--list", help="List the named queries with their arguments.")] = False,
) -> None:
    """Query the graph with SPARQL, or with one of the queries that come with paperkg."""
    from kg.rdf import named_queries

    if list_names:
        for named in named_queries().values():
            print(f"{named.name:28} {named.description} {' '.join(f'[{argument}]' for argument in named.arguments)}")
        return
    if format not in ROW_FORMATS:
        raise typer.BadParameter("choose table, csv or json", param_hint="--format")
    if (sparql is None) == (name is None):
        raise typer.BadParameter("give SPARQL, a .rq file, or --name (see --list)")
    graph = kg.load(folder)
    rows = graph.ask(name, **_pairs(arg, "--arg")) if name else graph.query(_sparql(str(sparql)))
    print_frame(rows, format)


@app.command()
def export(
    folder: Folder,
    format: Annotated[str, typer.Argument(help="The format; a wrong one lists them all.", metavar="FORMAT")],  # noqa: A002
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write.")],
) -> None:
    """Write the graph in another format."""
    errors.print(f"wrote {kg.load(folder).export(format, output)}")


@app.command()
def view(
    folder: Folder,
    entity: Annotated[str | None, typer.Argument(help="Show what is around this entity: a name, alias or IRI.")] = None,
    hops: Annotated[int, typer.Option(min=1, max=5, help="How far around it.")] = 2,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The page to write; in DIR by default.")] = None,
) -> None:
    """Write a page that shows the graph, or a part of it, and say where it is."""
    name = "graph.html" if entity is None else f"graph-{slug(entity.casefold())}.html"
    print(kg.load(folder).view(output or folder / name, around=entity, hops=hops))


@app.command()
def train(
    config: Annotated[
        Path, typer.Argument(help="What to train, on which gold, into which folder.", metavar="CONFIG.toml")
    ],
) -> None:
    """Train the extractor's weights: do the stages of a run that are not done yet."""
    from kg.train.run import train as train_extractor

    for stage in train_extractor(config):
        errors.print(f"done: stage {stage}")


def main() -> None:
    """Run the command; errors of paperkg become one line and an exit code."""
    try:
        app()
    except KgError as error:
        fail(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        fail("interrupted; what was there before is unchanged")
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


def _sparql(text: str) -> str:
    """Take a query as it stands, or from the file that is named."""
    if not text.endswith(".rq"):
        return text
    try:
        return Path(text).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KgError(f"{text} cannot be read ({error}): name a SPARQL file") from None


def _pairs(given: list[str] | None, option: str) -> dict[str, str]:
    pairs = dict(text.partition("=")[::2] for text in given or [])
    if any(not name or not value for name, value in pairs.items()):
        raise typer.BadParameter("write NAME=VALUE", param_hint=option)
    return pairs


def _fields(given: list[str] | None) -> FieldNames | None:
    from kg.papers import FieldNames

    pairs = _pairs(given, "--field")
    unknown = set(pairs) - set(FieldNames.__struct_fields__)
    if unknown:
        raise typer.BadParameter(f"no field {min(unknown)!r}: {', '.join(FieldNames.__struct_fields__)}")
    return FieldNames(**pairs) if pairs else None
