"""The command that says what nobody reports though structure predicts it, and how far to trust that."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

import kg
from kg.commands.options import AsJson, Folder
from kg.terminal import print_frame, shortened

Asked = Literal["usedFor", "evaluatedOn", "trainedOn", "measuredBy", "benchmarkFor"]


def gaps(
    folder: Folder,
    entity: Annotated[str | None, typer.Argument(help="Only for this head: a name, alias or IRI.")] = None,
    relation: Annotated[Asked, typer.Option(help="By which relation.")] = "usedFor",
    check: Annotated[
        int | None,
        typer.Option(
            help="Check instead: predict from papers until this year what the next one reports.", metavar="YEAR"
        ),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many pairs to show.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Show pairs that structure predicts and nobody reports; with --check, how well that foretells the next year."""
    graph = kg.load(folder)
    if check is not None:
        from kg.analyze import foresight

        found = foresight(graph, relation, check)
    else:
        found = graph.gaps(relation, entity, limit=limit)
    if as_json:
        print_frame(found, "json")
    else:
        print_frame(shortened(found, without={"head_iri", "tail_iri"}), "table")
