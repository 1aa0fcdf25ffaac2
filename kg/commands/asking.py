"""Commands that ask a graph something and print the answer."""

from __future__ import annotations

from typing import Annotated

import typer

import kg
from kg.commands.options import AsJson, Folder, Limit
from kg.terminal import print_frame, print_sections


def search(
    folder: Folder,
    text: Annotated[str, typer.Argument(help="A name, an alias, or a part of one.")],
    limit: Annotated[int, typer.Option(min=1, help="How many to show.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Find entities by name or alias."""
    print_frame(kg.load(folder).find(text.strip(), limit), "json" if as_json else "table")


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
