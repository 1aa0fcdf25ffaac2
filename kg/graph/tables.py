"""From what was read in each paper to the tables of the graph, in an order that depends on content alone.

Rows are written as they are made; what must be sorted is sorted in DuckDB, which spills: memory does not grow with the
number of papers.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
from msgspec.structs import asdict

from kg.graph.rows import entity_row, mention_rows, paper_row, relation_rows, result_rows
from kg.graph.schema import SCHEMAS
from kg.graph.writing import TableWriter, write_sorted
from kg.scratch import scratch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kg.resolve import Resolution
    from kg.scratch import Scratch
    from kg.types import Extraction, Paper

_ORDERS = {
    "relations": ("head", "relation", "tail", "paper"),
    "results": ("subject", "metric", "dataset", "baseline", "kind", "value", "unit", "paper"),
}


def assemble(papers: Iterable[Paper], extractions: Iterable[Extraction], resolution: Resolution) -> dict[str, pa.Table]:
    """Make all tables of a graph in memory.

    Args:
        papers: The distinct papers.
        extractions: One for each paper.
        resolution: Which in-abstract entity is which node.

    Returns:
        One Arrow table for each name in :data:`kg.graph.schema.SCHEMAS`, rows sorted.
    """
    with scratch() as room:
        write_papers(sorted(papers, key=lambda paper: paper.id), room.folder)
        make_tables(sorted(extractions, key=lambda extraction: extraction.paper), resolution, room.folder, room)
        return {name: pq.read_table(room.folder / f"{name}.parquet", schema=schema) for name, schema in SCHEMAS.items()}


def write_papers(papers: Iterable[Paper], folder: Path) -> int:
    """Write the table of papers, which must come ordered by id; return how many there were."""
    with TableWriter(folder, "papers") as writer:
        writer.add(map(paper_row, papers))
    return writer.rows


def make_tables(
    extractions: Iterable[Extraction], resolution: Resolution, folder: Path, scratch: Scratch
) -> dict[str, int]:
    """Write all other tables of a graph; return how many rows each has.

    Args:
        extractions: One for each paper, ordered by the paper's id; gone through once.
        resolution: Which in-abstract entity is which node.
        folder: Where to.
        scratch: Where rows wait to be sorted.
    """
    rows = _statements(extractions, resolution, folder, scratch)
    for name, found in (
        ("entities", map(entity_row, resolution.entities)),
        ("merges", map(asdict, resolution.merges)),
        ("inferred", map(asdict, resolution.inferred)),
    ):
        with TableWriter(folder, name) as writer:
            writer.add(found)
        rows[name] = writer.rows
    return rows


def _statements(
    extractions: Iterable[Extraction], resolution: Resolution, folder: Path, scratch: Scratch
) -> dict[str, int]:
    """Write what papers mention and state."""
    unsorted = scratch.folder / "unsorted"
    unsorted.mkdir()
    with ExitStack() as stack:
        mentions = stack.enter_context(TableWriter(folder, "mentions"))
        relations, results = (stack.enter_context(TableWriter(unsorted, name)) for name in _ORDERS)
        for extraction in extractions:
            nodes = resolution.nodes(extraction)
            mentions.add(mention_rows(extraction, nodes))
            relations.add(relation_rows(extraction, nodes))
            results.add(result_rows(extraction, nodes))
    return {"mentions": mentions.rows} | {
        name: write_sorted(unsorted / f"{name}.parquet", name, order, folder, scratch)
        for name, order in _ORDERS.items()
    }


def write_tables(tables: Mapping[str, pa.Table], folder: Path) -> None:
    """Write tables that are in memory; equal tables give equal bytes."""
    for name, table in tables.items():
        with TableWriter(folder, name) as writer:
            writer.add_table(table)
