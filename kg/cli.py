"""The command ``kg``: parse, call one public function, print.

Exit codes: 0 done; 1 an error of paperkg; 2 wrong usage; 3 no input could be read; 4 a build folder is missing,
damaged or cannot be written; 5 a query was refused; 6 no such extractor; 7 an optional package is missing;
8 another build is at work on the folder; 9 papers cannot be fetched; 130 interrupted.
"""

from __future__ import annotations

import sys
from typing import Any

import typer
from typer.core import TyperGroup

from kg.commands.about import card, claims, evidence, neighbours
from kg.commands.asking import leaderboard, search
from kg.commands.chaining import lineage, path
from kg.commands.checking import doctor
from kg.commands.comparing import diff
from kg.commands.counting import communities, similar, trends
from kg.commands.fetching import fetch
from kg.commands.keeping import add, import_, remove
from kg.commands.making import build, demo, evaluate, extract, train
from kg.commands.merging import merges
from kg.commands.predicting import gaps
from kg.commands.querying import query
from kg.commands.serving import mcp, serve
from kg.commands.showing import explore, export, report, view
from kg.errors import KgError
from kg.terminal import fail


class _Commands(TyperGroup):
    """The commands; what they were about when they are interrupted is said before typer ends them in silence."""

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as interrupt:
            fail(interrupt if interrupt.args else "interrupted")
            raise


app = typer.Typer(
    cls=_Commands,
    help="A knowledge graph of tasks, methods, models, data sets, metrics and results, read from paper abstracts.\n\n"
    "Start with: kg build papers.jsonl -o output; then: kg search output BERT.",
    epilog=f"{(__doc__ or '').split('.', 1)[1].strip()}",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

COMMANDS = (
    *(build, add, remove, fetch, demo, extract, evaluate),
    *(
        search,
        card,
        claims,
        neighbours,
        evidence,
        leaderboard,
        lineage,
        path,
        trends,
        similar,
        communities,
        gaps,
        query,
        merges,
        diff,
    ),
    *(export, import_, explore, view, report, serve, mcp),
    *(doctor, train),
)
"""All commands, in the order in which the help lists them."""

for command in COMMANDS:
    app.command(command.__name__.rstrip("_"))(command)


def main() -> None:
    """Run the command; errors of paperkg become one line and an exit code."""
    try:
        app()
    except KgError as error:
        fail(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
