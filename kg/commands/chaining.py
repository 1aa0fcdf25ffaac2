"""Commands that follow chains of facts: from a thing to its kinds or parts, or from one thing to another."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

import kg
from kg.commands.options import AsJson, Folder
from kg.terminal import print_frame, print_json, print_text, shortened


def lineage(
    folder: Folder,
    entity: Annotated[str, typer.Argument(help="A name, alias or IRI.")],
    relation: Annotated[
        Literal["variantOf", "partOf"], typer.Option(help="Follow kinds and versions, or components.")
    ] = "variantOf",
    depth: Annotated[int, typer.Option(min=1, max=10, help="How many steps to go.")] = 2,
    limit: Annotated[int, typer.Option(min=1, help="How many branches a node may have.")] = 8,
    min_support: Annotated[int, typer.Option(min=1, help="How many papers must state a step.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Show what an entity is a kind of and which kinds it has, as trees; or its parts."""
    found = kg.load(folder).lineage(entity, relation, depth=depth, limit=limit, min_support=min_support)
    if as_json:
        print_json(found.to_dict())
    else:
        print_text(repr(found), f"no {relation} leads from it or to it")


def path(
    folder: Folder,
    source: Annotated[str, typer.Argument(help="A name, alias or IRI.")],
    target: Annotated[str, typer.Argument(help="Another.")],
    by: Annotated[
        Literal["strength", "steps"], typer.Option(help="The best supported chain, or the shortest.")
    ] = "strength",
    as_json: AsJson = False,
) -> None:
    """Show the chain of facts that links two entities, with a sentence for each step."""
    found = kg.load(folder).path(source, target, by=by)
    if as_json:
        print_frame(found, "json")
    else:
        print_frame(shortened(found, places=2), "table")
