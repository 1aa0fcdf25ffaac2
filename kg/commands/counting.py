"""Commands that count over the whole graph: what rises and what falls."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

import kg
from kg.commands.options import AsJson, Folder
from kg.terminal import print_frame, print_sections
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
