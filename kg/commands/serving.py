"""The command that serves a graph to browsers and SPARQL clients."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace

from kg.bars import progress
from kg.commands.options import Folder
from kg.terminal import errors, plain


def serve(
    folder: Folder,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen at; 0 takes a free one.")] = 8000,
    host: Annotated[
        str, typer.Option(help="The address to listen at; one that other machines reach needs a --token.")
    ] = "127.0.0.1",
    token: Annotated[
        str | None,
        typer.Option(
            help="What clients must show: as Authorization: Bearer, or once as ?token= in a browser.",
            envvar="KG_SERVE_TOKEN",
        ),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(help="A name by which clients call the server, as behind a proxy. Repeatable.", metavar="NAME"),
    ] = None,
    cors: Annotated[
        list[str] | None,
        typer.Option(
            help="An origin (https://example.org) whose pages may read answers, besides those of this machine; * is "
            "any. With a --token, all may that have it. Repeatable.",
            metavar="ORIGIN",
        ),
    ] = None,
    seconds: Annotated[float, typer.Option(min=0.1, help="How long a query may take.")] = 10,
    rows: Annotated[int, typer.Option(min=1, help="How many rows an answer may have.")] = 100_000,
    memory: Annotated[int, typer.Option(min=64, help="How many MiB of memory a query may take.")] = 1024,
    workers: Annotated[int | None, typer.Option(min=1, help="How many queries run at once.")] = None,
    store: Annotated[
        Path | None,
        typer.Option(help="Where to keep the SPARQL store, made at the first start; in DIR by default.", metavar="DIR"),
    ] = None,
) -> None:
    """Serve the graph: pages, search, and a SPARQL endpoint at /sparql, to this machine alone unless told otherwise.

    Queries run in processes of their own, which are killed when they take too long or too much; SERVICE, LOAD, FROM and
    updates are refused. Ctrl-C stops the server.
    """
    from kg.serve import Limits
    from kg.serve import serve as serve_folder

    chosen = Limits(seconds=seconds, rows=rows, memory=memory, workers=workers or Limits().workers)
    with progress() as report:
        serve_folder(
            folder,
            host=host,
            port=port,
            token=token,
            hosts=allow_host or (),
            cors=cors or (),
            limits=chosen,
            store=store,
            progress=report,
            ready=lambda address: errors.print(f"serving {plain(str(folder))} at {address} (Ctrl-C stops)"),
        )


def mcp(
    folder: Folder,
    seconds: Annotated[float, typer.Option(min=0.1, help="How long a SPARQL query may take.")] = 10,
    memory: Annotated[int, typer.Option(min=64, help="How many MiB of memory a SPARQL query may take.")] = 1024,
    store: Annotated[
        Path | None,
        typer.Option(
            help="Where to keep the SPARQL store, made when the first query comes; in DIR by default.", metavar="DIR"
        ),
    ] = None,
) -> None:
    """Serve the graph to a program that speaks the Model Context Protocol, on standard input and output.

    The program starts this command itself: docs/mcp.md shows how to tell it to. All tools are read-only, and nothing
    asks the network.
    """
    from kg.serve.mcp import LIMITS, serve_stdio

    serve_stdio(folder, limits=replace(LIMITS, seconds=seconds, memory=memory), store=store)
