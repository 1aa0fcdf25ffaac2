"""Commands that write the graph for other programs, or as a page to look at."""

from __future__ import annotations

import sys
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

import kg
from kg.commands.options import Folder
from kg.errors import KgError
from kg.iris import slug
from kg.terminal import errors

if TYPE_CHECKING:
    from collections.abc import Mapping

_STDOUT = Path("-")


def export(
    folder: Folder,
    format: Annotated[  # noqa: A002 - the word a user knows
        str,
        typer.Argument(
            help="turtle, ntriples, nquads, jsonld, graphml, gexf, csv, neo4j, json or parquet.", metavar="FORMAT"
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", help="Where to write, - is standard output; RDF that ends in .gz is compressed."
        ),
    ],
    profile: Annotated[
        str | None,
        typer.Option(
            help="How much of it, as RDF: plain (entities, papers, facts), standard (with statements, results and "
            "their sentences), full (all that the tables hold, to be read back with kg import).",
        ),
    ] = None,
    rdf12: Annotated[
        bool, typer.Option("--rdf12", help="Name the fact of a statement by a triple term (RDF 1.2), not by its parts.")
    ] = False,
    context: Annotated[
        str | None, typer.Option(help="The address of a context that JSON-LD refers to, instead of holding it.")
    ] = None,
) -> None:
    """Write the graph in another format."""
    given = {"profile": profile, "rdf12": rdf12, "context": context}
    options = {name: value for name, value in given.items() if value}
    graph = kg.load(folder)
    if output == _STDOUT:
        return _print(graph, format, options)
    return errors.print(f"wrote {graph.export(format, output, **options)}")


def _print(graph: kg.Graph, format_name: str, options: Mapping[str, object]) -> None:
    """Write to standard output, by way of a file: what fails half-way has printed nothing."""
    from kg.export import FOLDERS

    if format_name in FOLDERS:
        raise KgError(f"{format_name} is several files: name a folder with -o, not standard output")
    with TemporaryDirectory(prefix="kg-") as room:
        graph.export(format_name, Path(room, "graph"), **options)
        with Path(room, "graph").open("rb") as stream:
            copyfileobj(stream, sys.stdout.buffer)


def view(
    folder: Folder,
    entity: Annotated[str | None, typer.Argument(help="Show what is around this entity: a name, alias or IRI.")] = None,
    hops: Annotated[int, typer.Option(min=1, max=5, help="How far around it.")] = 2,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The page to write.")] = None,
) -> None:
    """Write a page that shows the most important part of the graph, or what is around an entity, and say where it is.

    It is written here as graph.html, or graph-ENTITY.html, where no other place is named.
    """
    name = "graph.html" if entity is None else f"graph-{slug(entity.casefold())}.html"
    print(kg.load(folder).view(entity, hops).save(output or Path(name)))


def explore(
    folder: Folder,
    output: Annotated[Path, typer.Option("--output", "-o", help="The page to write.")] = Path("explorer.html"),
    nodes: Annotated[
        int, typer.Option(min=1, help="The most entities to take in, with five times as many relations.")
    ] = 10_000,
) -> None:
    """Write the explorer, a page to search and walk through the graph offline, and say where it is.

    kg build writes it too. Above --nodes the page holds the most important entities and says what it leaves out; more
    than 10,000 open slowly, and kg serve shows all of them.
    """
    print(kg.load(folder).explore(output, most_nodes=nodes))


def report(
    folder: Folder,
    output: Annotated[Path, typer.Option("--output", "-o", help="The page to write.")] = Path("report.html"),
    check: Annotated[
        bool | None,
        typer.Option(
            "--check/--no-check",
            help="Check the RDF against its shapes; by default for up to 1,000 papers, where pySHACL is installed.",
        ),
    ] = None,
) -> None:
    """Write the report of a build, a page to read or print, and say where it is.

    It holds what DIR/report.html holds, and how long each step took, and whether the RDF holds to the SHACL shapes: the
    check takes a thirtieth of a second for each paper.
    """
    print(kg.load(folder).report(output, check=check))
