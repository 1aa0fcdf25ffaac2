"""Arguments and options that several commands take, and how their texts are read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kg.errors import KgError
from kg.thresholds import thresholds

if TYPE_CHECKING:
    from kg.papers import FieldNames
    from kg.thresholds import Thresholds

Inputs = Annotated[
    list[str],
    typer.Argument(
        help="Files, folders or globs: saved listing pages, JSON Lines, CSV, TSV, Parquet, the snapshots of "
        "arXiv and OpenAlex, Semantic Scholar, BibTeX, RIS, PubMed XML; also as .gz, .zst, or in a .zip. - is standard "
        "input."
    ),
]
Folder = Annotated[Path, typer.Argument(help="A folder that kg build wrote.", metavar="DIR")]
Model = Annotated[str, typer.Option(help="The extractor.")]
Least = Annotated[
    list[str] | None,
    typer.Option(
        "--min-confidence",
        help="Drop what the extractor is less sure of: a number for all mentions, or KIND=NUMBER for a type of entity "
        "or relation, all relations, or results: --min-confidence outperforms=0.7. Repeatable.",
        metavar="[KIND=]NUMBER",
    ),
]
CORES = os.cpu_count() or 1
Jobs = Annotated[int, typer.Option(min=1, help="How many processes read; it changes nothing but the time.")]
Memory = Annotated[
    str, typer.Option(help="What grouping and sorting may hold in memory before they go to disk.", metavar="AMOUNT")
]
EngineName = Annotated[
    Literal["local", "ray"],
    typer.Option(
        "--engine", help="Where papers are read: processes of this machine, or Ray, here or on a cluster (RAY_ADDRESS)."
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Stop at the first record that cannot be read.")]
Limit = Annotated[int | None, typer.Option(min=1, help="How many rows a table shows; all by default.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
Field = Annotated[
    list[str] | None,
    typer.Option(help="Name a field of JSON Lines or CSV: --field abstract=summary. Repeatable.", metavar="NAME=FIELD"),
]


def pairs(given: list[str] | None, option: str) -> dict[str, str]:
    """Read options of the form ``NAME=VALUE``."""
    read = dict(text.partition("=")[::2] for text in given or [])
    if any(not name or not value for name, value in read.items()):
        raise typer.BadParameter("write NAME=VALUE", param_hint=option)
    return read


def field_names(given: list[str] | None) -> FieldNames | None:
    """Read what ``--field`` was given."""
    from kg.papers import FieldNames

    named = pairs(given, "--field")
    unknown = set(named) - set(FieldNames.__struct_fields__)
    if unknown:
        raise typer.BadParameter(f"no field {min(unknown)!r}: {', '.join(FieldNames.__struct_fields__)}")
    return FieldNames(**named) if named else None


def least_of(given: list[str] | None) -> Thresholds:
    """Read what ``--min-confidence`` was given."""
    try:
        return thresholds(given)
    except KgError as error:
        raise typer.BadParameter(str(error), param_hint="--min-confidence") from None
