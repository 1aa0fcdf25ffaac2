"""Commands that ask a graph something and print the answer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import kg
from kg.commands.options import AsJson, Folder, Limit, pairs
from kg.errors import KgError
from kg.terminal import ROW_FORMATS, print_frame, print_sections


def search(
    folder: Folder,
    text: Annotated[str, typer.Argument(help="A name, an alias, or a part of one.")],
    limit: Annotated[int, typer.Option(min=1, help="How many to show.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Find entities by name or alias."""
    print_frame(kg.load(folder).find(text, limit), "json" if as_json else "table")


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
    rows = graph.ask(name, **pairs(arg, "--arg")) if name else graph.query(_sparql(str(sparql)))
    print_frame(rows, format)


def leaderboard(
    folder: Folder,
    dataset: Annotated[str, typer.Argument(help="The data set: a name, alias or IRI.")],
    metric: Annotated[str | None, typer.Option(help="Show the figures of this metric alone.")] = None,
    limit: Limit = None,
    as_json: AsJson = False,
) -> None:
    """Show the figures reported on a data set, a table for each metric, best first; gains and the like apart."""
    board = kg.load(folder).leaderboard(dataset, metric, limit)
    if as_json:
        print_frame(board.figures, "json")
        print_frame(board.changes, "json")
    else:
        print_sections(board.sections(limit), f"no figures are reported on {board.dataset}")


def _sparql(text: str) -> str:
    """Take a query as it stands, or from the file that is named."""
    if not text.endswith(".rq"):
        return text
    try:
        return Path(text).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KgError(f"{text} cannot be read ({error}): name a SPARQL file") from None
