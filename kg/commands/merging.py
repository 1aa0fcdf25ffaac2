"""The command that shows what was merged, what was kept apart, and why."""

from __future__ import annotations

from typing import Annotated

import typer

import kg
from kg.commands.options import AsJson, Folder
from kg.terminal import print_frame


def merges(
    folder: Folder,
    entity: Annotated[str | None, typer.Argument(help="A name, alias or IRI.", metavar="[ENTITY]")] = None,
    uncertain: Annotated[
        bool, typer.Option("--uncertain", help="The decisions worth a look, most influential first.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help="How many rows to show.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Show why names were merged or kept apart; correct what is wrong with a file for kg build --corrections."""
    from kg.graph.ledger import merges as about
    from kg.graph.ledger import uncertain as narrow

    if (entity is None) != uncertain:
        raise typer.BadParameter("name an entity, or ask for the --uncertain decisions")
    graph = kg.load(folder)
    found = about(graph, entity) if entity is not None else narrow(graph, limit)
    print_frame(found.head(limit), "json" if as_json else "table")
