"""The command that asks in SPARQL: a query of one's own, or one of those that come with paperkg."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import pyarrow as pa
import typer

import kg
from kg.commands.options import AsJson, Limit, pairs
from kg.commands.stopping import stoppable
from kg.errors import KgError
from kg.graph import Frame
from kg.terminal import ROW_FORMATS, print_frame, print_json, print_sections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.rdf import NamedQuery


def query(
    folder: Annotated[
        Path | None, typer.Argument(help="A folder that kg build wrote.", metavar="DIR", show_default=False)
    ] = None,
    sparql: Annotated[
        str | None, typer.Argument(help="SPARQL, or a file that ends in .rq.", metavar="[SPARQL]")
    ] = None,
    name: Annotated[str | None, typer.Option(help="A named query; --list shows them.")] = None,
    arg: Annotated[
        list[str] | None,
        typer.Option(
            help="An argument of a named query, or the value of a variable that your SPARQL selects. Repeatable.",
            metavar="NAME=VALUE",
        ),
    ] = None,
    format: Annotated[  # noqa: A002 - the option's name
        str,
        typer.Option(
            help="Rows: table, csv, json (an object a line). Standard results of SELECT, ASK: tsv, xml, sparql-json. "
            "Triples of CONSTRUCT and DESCRIBE: turtle, ntriples."
        ),
    ] = "table",
    limit: Limit = None,
    list_names: Annotated[bool, typer.Option("--list", help="List the named queries with their arguments.")] = False,
    show: Annotated[bool, typer.Option("--show", help="Print the SPARQL of a named query, and do not run it.")] = False,
    as_json: AsJson = False,
) -> None:
    """Query the graph with SPARQL, or with one of the queries that come with paperkg.

    kg query output --name leaderboard --arg dataset=ImageNet-1K
    """
    from kg.rdf import FORMATS, named, serialized

    if list_names:
        return _list(as_json)
    if format not in (*ROW_FORMATS, *FORMATS):
        raise typer.BadParameter(f"choose {', '.join((*ROW_FORMATS, *FORMATS))}", param_hint="--format")
    if show and name:
        return print(_shown(name, arg), end="")
    if folder is None or (sparql is None) == (name is None):
        raise typer.BadParameter("give DIR, and SPARQL, a .rq file, or --name (see --list)")
    graph, given = kg.load(folder), pairs(arg, "--arg")
    if format in FORMATS:
        text, values = (named(name).bound(given), None) if name else (_sparql(str(sparql)), given)
        sys.stdout.buffer.write(stoppable(lambda: serialized(graph, text, format, values)))
        return None
    rows = stoppable(lambda: graph.ask(name, **given) if name else graph.query(_sparql(str(sparql)), **given))
    return print_frame(rows if limit is None else rows.head(limit), "json" if as_json else format)


def _shown(name: str, arg: list[str] | None) -> str:
    """Return a named query: with the arguments that are given, or as it stands, with its examples."""
    from kg.rdf import named

    return named(name).bound(pairs(arg, "--arg")) if arg else named(name).text


def _list(as_json: bool) -> None:
    from kg.rdf import named_queries

    if as_json:
        for one in named_queries().values():
            arguments = [
                {"name": a.name, "required": a.required, "example": a.shown, "description": a.description}
                for a in one.arguments
            ]
            print_json({"name": one.name, "topic": one.topic, "description": one.description, "arguments": arguments})
    else:
        print_sections(_sections(list(named_queries().values())), "there are no named queries")


def _sections(queries: list[NamedQuery]) -> Iterator[tuple[str, Frame]]:
    """Make a table of the queries about each topic; optional arguments stand in brackets."""
    from kg.rdf import TOPICS

    for topic in TOPICS:
        rows = [
            {
                "name": one.name,
                "answers": one.description,
                "arguments": " ".join(f"{a.name}={a.shown}" if a.required else f"[{a.name}=…]" for a in one.arguments),
            }
            for one in queries
            if one.topic == topic
        ]
        yield topic, Frame(pa.Table.from_pylist(rows))


def _sparql(text: str) -> str:
    """Take a query as it stands, or from the file that is named."""
    if not text.endswith(".rq"):
        return text
    try:
        return Path(text).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KgError(f"{text} cannot be read ({error}): name a SPARQL file") from None
