"""What the command shows: progress and counts on stderr, rows on stdout."""

from __future__ import annotations

import csv
import json
import os
import sys
from typing import TYPE_CHECKING

import pyarrow as pa
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from kg.graph.frame import Frame, text_of
from kg.iris import BASE
from kg.phrases import many
from kg.types import ENTITY_TYPES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from kg.api import Graph
    from kg.doctor import Finding
    from kg.graph import Run
    from kg.papers import Problem

ROW_FORMATS = ("table", "csv", "json")
_PROBLEMS_SHOWN = 20
_UNBOUNDED = 1_000_000
errors = Console(stderr=True, highlight=False, soft_wrap=True)


def plain(text: str) -> str:
    r"""Take control characters, line ends and rich's markup out of text that came from a file.

    >>> plain("a [red]b[/]\x1b")
    'a \\[red]b\\[/]�'
    """
    return escape("".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text))


def fail(message: object) -> None:
    """Print an error, in one line."""
    errors.print(f"[red]error:[/] {plain(str(message))}")


def print_problems(problems: Iterable[Problem], word: str = "skipped", where: str = "manifest.json") -> None:
    """Print what could not be read, or was of no effect, one line each."""
    listed = list(problems)
    for problem in listed[:_PROBLEMS_SHOWN]:
        errors.print(f"[yellow]{word}:[/] {plain(str(problem))}")
    if len(listed) > _PROBLEMS_SHOWN:
        errors.print(f"[yellow]{word}:[/] {len(listed) - _PROBLEMS_SHOWN:,} more, all listed in {where}")


def print_summary(graph: Graph, output: Path, *, read: bool = True) -> None:
    """Print what a build found, what it changed, and how long it took; what it skipped if it read any input."""
    counts = graph.manifest.counts
    print_problems(graph.manifest.skipped if read else ())
    if graph.run is None:
        errors.print(f"nothing has changed: {plain(str(output))} is as it was")
        return
    print_problems(graph.run.warnings, "warning", "history.jsonl")
    types = ", ".join(f"{counts[name]:,} {name}" for name in ENTITY_TYPES if name in counts)
    papers = many(counts["papers"], "distinct papers")
    errors.print(f"{many(counts['entries'], 'entries')}, {papers}, {counts['skipped']:,} skipped")
    errors.print(many(counts["entities"], "entities") + (f": {types}" if types else ""))
    errors.print(f"{many(counts['relations'], 'stated relations')}, {many(counts['results'], 'results')}")
    _print_run(graph.run)
    errors.print(f"open {plain(str(output / 'explorer.html'))}")


def _print_run(run: Run) -> None:
    """Print what was read anew, what has changed since the build before, and how long it took."""
    if run.work == "import":
        errors.print(f"{sum(run.seconds.values()):.1f} s")
        return
    earlier = {"from a build that was cut off": run.resumed, "from the folder": run.known}
    known = [f"{count:,} known {whence}" for whence, count in earlier.items() if count]
    errors.print(", ".join([f"{many(run.read, 'texts')} read", *known]))
    for table, changes in run.changes.items():
        if changes:
            errors.print(f"{table}: {', '.join(f'{count:,} {change}' for change, count in changes.items())}")
    total = sum(run.seconds.values())
    errors.print(f"{total:.1f} s, {run.read / max(run.seconds['extract'], 0.001):,.0f} texts a second while reading")


def print_finding(finding: Finding) -> None:
    """Print what is wrong with something and what to do, on stdout."""
    mark = "[yellow]note:[/]" if finding.harmless else "[red]damage:[/]"
    Console(highlight=False, soft_wrap=True).print(f"{mark} {plain(str(finding))}")


def print_frame(frame: Frame, row_format: str) -> None:
    """Print rows on stdout: a table for people, CSV, or JSON with one object a line."""
    if row_format == "json":
        for row in frame:
            print_json(row)
    elif row_format == "csv":
        writer = csv.writer(sys.stdout)
        writer.writerow(frame.columns)
        writer.writerows(map(_csv_cell, row.values()) for row in frame)
    else:
        _print_table(frame)


def _csv_cell(cell: object) -> object:
    """Write truth values as SPARQL and JSON do."""
    return str(cell).lower() if isinstance(cell, bool) else cell


def shortened(frame: Frame, without: Collection[str] = (), places: int = 3) -> Frame:
    """Leave out columns that only a program needs, and round fractions."""
    table = frame.arrow.drop_columns([name for name in frame.columns if name in without])
    for place, field in enumerate(table.schema):
        if pa.types.is_floating(field.type):
            rounded = [None if cell is None else round(cell, places) for cell in table[field.name].to_pylist()]
            table = table.set_column(place, field.name, pa.array(rounded, field.type))
    return Frame(table)


def print_sections(sections: Iterable[tuple[str, Frame]], nothing: str) -> None:
    """Print headings and their tables on stdout; what to say where there are none goes to stderr."""
    console, place = Console(highlight=False, soft_wrap=True), -1
    for place, (heading, frame) in enumerate(sections):
        console.print(f"{chr(10) if place else ''}[bold]{plain(heading)}[/]")
        _print_table(frame)
    if place < 0:
        errors.print(plain(nothing))


def print_text(text: str, nothing: str) -> None:
    """Print lines on stdout; what to say where there are none goes to stderr."""
    if text:
        Console(highlight=False, soft_wrap=True).print("\n".join(map(plain, text.split("\n"))))
    else:
        errors.print(plain(nothing))


def print_json(value: object) -> None:
    """Print one value as JSON, in one line."""
    print(json.dumps(value, ensure_ascii=False, default=str))  # noqa: T201 - stdout is where data goes


def _print_table(frame: Frame) -> None:
    console = Console(highlight=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:  # what is piped on must not break names and IRIs
        console.width = _UNBOUNDED
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in frame.columns:
        table.add_column(plain(name), overflow="fold")
    for row in frame:
        table.add_row(*(plain(_short(text_of(cell))) for cell in row.values()))
    console.print(table)


def _short(text: str) -> str:
    """Show our own IRIs as ``kg:…`` to people; CSV and JSON have them whole."""
    return f"kg:{text.removeprefix(BASE)}" if text.startswith(BASE) else text
