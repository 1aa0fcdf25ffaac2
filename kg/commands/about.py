"""Commands about one entity: what there is to know of it, what is said of it, what is around it, and by whose word."""

from __future__ import annotations

from typing import Annotated

import typer

import kg
from kg.commands.options import AsJson, Folder, Limit
from kg.terminal import print_frame, print_json, print_sections

Entity = Annotated[str, typer.Argument(help="A name, alias or IRI.")]
Shown = Annotated[int, typer.Option(min=1, help="How many rows a table shows.")]


def card(folder: Folder, entity: Entity, limit: Shown = 5, as_json: AsJson = False) -> None:
    """Show an entity: its names, when it was written about, who proposed it, what is said of it and by whom."""
    found = kg.load(folder).card(entity, limit)
    if as_json:
        print_json(found.to_dict())
    else:
        print_sections(found.sections(limit), "")


def claims(folder: Folder, entity: Entity, limit: Limit = None, as_json: AsJson = False) -> None:
    """Show what papers say of an entity, with their sentences; who says the contrary stands beside it."""
    said = kg.load(folder).claims(entity, limit)
    if as_json:
        print_json(said.to_dict())
    else:
        print_sections(said.sections(limit), f"nothing is said of {said.name}")


def neighbours(
    folder: Folder,
    entity: Entity,
    hops: Annotated[int, typer.Option(min=1, max=5, help="How far to go.")] = 1,
    type: Annotated[list[str] | None, typer.Option(help="Only entities of this type. Repeatable.")] = None,  # noqa: A002
    relation: Annotated[list[str] | None, typer.Option(help="Only this relation. Repeatable.")] = None,
    min_support: Annotated[
        int, typer.Option(min=0, help="Only relations that so many papers state; 0 takes inferred ones too.")
    ] = 1,
    min_confidence: Annotated[float, typer.Option(min=0, max=1, help="Only relations stated this surely.")] = 0,
    limit: Shown = 20,
    as_json: AsJson = False,
) -> None:
    """Show what is around an entity, nearest and best linked first, and how it is linked, with a sentence each."""
    found = kg.load(folder).neighbours(
        entity,
        hops,
        limit,
        types=type,
        relations=relation,
        min_support=min_support,
        min_confidence=min_confidence,
    )
    if as_json:
        print_json(found.to_dict())
    else:
        print_sections(found.sections(), f"nothing is around {found.name}")


def evidence(
    folder: Folder,
    head: Entity,
    relation: Annotated[str, typer.Argument(help="A relation; a wrong one lists them all.")],
    tail: Entity,
    limit: Limit = None,
    as_json: AsJson = False,
) -> None:
    """Show the papers that state a relation between two entities, surest first, with the sentences that say so."""
    found = kg.load(folder).evidence(head, relation, tail)
    shown = found.head(limit) if limit else found
    if as_json:
        print_frame(shown, "json")
    elif len(found):
        print_frame(shown.select(["confidence", "year", "paper", "title", "sentence"]), "table")
    else:
        print_sections((), f"no paper states that {head} {relation} {tail}")
