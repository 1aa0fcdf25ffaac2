"""Commands that look at the whole graph: what rises and what falls, what is like a thing, what belongs together."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

import kg
from kg.commands.options import AsJson, Folder
from kg.graph import Frame
from kg.terminal import print_frame, print_sections, shortened
from kg.types import EntityType


def trends(
    folder: Folder,
    of: Annotated[Literal["entities", "facts"], typer.Option(help="What is counted.")] = "entities",
    type: Annotated[EntityType | None, typer.Option(help="Only this type; of a fact, its first end.")] = None,  # noqa: A002
    by: Annotated[
        Literal["year", "month"], typer.Option(help="The length of a period; months are those of arXiv ids.")
    ] = "year",
    since: Annotated[str | None, typer.Option(help="The first period: 2019, or 2025-03.")] = None,
    until: Annotated[str | None, typer.Option(help="The last period.")] = None,
    min_papers: Annotated[int, typer.Option(min=1, help="How many papers must have it.")] = 20,
    limit: Annotated[int, typer.Option(min=1, help="How many rows each table shows.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Show what takes a growing and what a shrinking share of the papers, whatever the corpus as a whole does."""
    found = kg.load(folder).trends(of, type=type, by=by, since=since, until=until, min_papers=min_papers)
    if as_json:
        print_frame(found.rising, "json")
        print_frame(found.falling, "json")
    else:
        print_sections(found.sections(limit), "nothing rises or falls for sure")


def similar(
    folder: Folder,
    thing: Annotated[
        str, typer.Argument(help="An entity (name, alias or IRI), or the id of a paper.", metavar="ENTITY|PAPER")
    ],
    limit: Annotated[int, typer.Option(min=1, help="How many to show.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Show entities that stand among the same neighbours, or papers that speak of the same things."""
    graph = kg.load(folder)
    found = graph.similar_papers(thing, limit=limit) if graph.texts([thing]) else graph.similar(thing, limit=limit)
    if as_json:
        print_frame(found, "json")
    else:
        print_frame(shortened(found, without={"neighbours", "entities", "words", "iri"}), "table")


def communities(
    folder: Folder,
    resolution: Annotated[float, typer.Option(min=0.01, help="The higher, the more and the smaller.")] = 1.0,
    limit: Annotated[int, typer.Option(min=1, help="How many to show.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Show the fields of the graph: what belongs together, by name, size and heart."""
    found = kg.load(folder).communities(resolution=resolution)
    shown = found.groups.head(limit)
    if as_json:
        print_frame(shown, "json")
    else:
        inside = [f"{value:.0%}" for value in shown["inside"]]
        table = shown.arrow.set_column(shown.columns.index("inside"), "inside", [inside])
        print_sections([(f"modularity {found.modularity:.3f}, {len(found.groups):,} communities", Frame(table))], "")
