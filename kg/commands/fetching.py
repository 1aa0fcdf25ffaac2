"""The command that gets papers from where they are published."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from kg.bars import progress
from kg.phrases import many
from kg.terminal import errors, plain


def fetch(
    source: Annotated[Literal["arxiv", "openalex"], typer.Argument(help="Whom to ask.")],
    query: Annotated[
        str,
        typer.Argument(
            help="What to look for, as the source writes it: 'cat:cs.CL AND abs:\"knowledge graph\"' at arXiv, "
            "'\"knowledge graph\" AND survey' at OpenAlex."
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The JSON Lines file to write.", metavar="FILE")],
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Papers of this day and later.", metavar="YYYY-MM-DD"),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Papers of this day and earlier.", metavar="YYYY-MM-DD"),
    ] = None,
    order: Annotated[
        Literal["newest", "relevance"], typer.Option(help="What comes first, which matters with --limit.")
    ] = "newest",
    limit: Annotated[int | None, typer.Option(min=1, help="How many papers; all by default.")] = None,
    append: Annotated[
        bool, typer.Option("--append", help="Add to FILE what it does not hold yet, as for a daily update.")
    ] = False,
    mailto: Annotated[
        str | None,
        typer.Option(
            help="Your mail address, for the source to write to; OpenAlex serves those who give one better.",
            envvar="KG_MAILTO",
            metavar="ADDRESS",
        ),
    ] = None,
    api_key: Annotated[
        str | None, typer.Option(help="Your key of OpenAlex, if you have one.", envvar="OPENALEX_API_KEY")
    ] = None,
) -> None:
    """Get papers from arXiv or OpenAlex, as JSON Lines that kg build reads.

    It asks slowly, as the sources want it, and waits when they are busy. When it was cut off, the same command goes on
    where it was; no paper is written twice. For all of arXiv or OpenAlex, download a snapshot: kg build reads it.
    """
    import kg.fetch

    with progress() as report:
        done = kg.fetch.fetch(
            source,
            query,
            output,
            since=since.date() if since else None,
            until=until.date() if until else None,
            order=order,
            limit=limit,
            append=append,
            mailto=mailto,
            api_key=api_key,
            progress=report,
        )
    known = f", {done.known:,} that were there already" if done.known else ""
    errors.print(f"{many(done.written, 'papers')} written to {plain(str(output))}{known}")
