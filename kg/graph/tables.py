"""From what was read in each paper to the tables of the graph, in an order that depends on content alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
from msgspec.structs import asdict

from kg.graph.schema import SCHEMAS
from kg.metrics import known
from kg.types import allowed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from kg.resolve import Resolution
    from kg.types import Entity, EntityType, Extraction, Paper

_PAPERS_A_GROUP, _ROWS_A_GROUP = 2_048, 16_384
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def assemble(papers: Iterable[Paper], extractions: Iterable[Extraction], resolution: Resolution) -> dict[str, pa.Table]:
    """Make all tables of a graph.

    Args:
        papers: The distinct papers.
        extractions: One for each paper.
        resolution: Which in-abstract entity is which node.

    Returns:
        One Arrow table for each name in :data:`kg.graph.schema.SCHEMAS`, rows sorted.
    """
    read = sorted(extractions, key=lambda extraction: extraction.paper)
    rows: dict[str, Iterable[dict[str, Any]]] = {
        "papers": map(_plain, sorted(papers, key=lambda paper: paper.id)),
        "mentions": (row for extraction in read for row in _mentions(extraction, resolution)),
        "relations": sorted(_relations(read, resolution), key=_relation_order),
        "results": sorted(_results(read, resolution), key=_result_order),
        "entities": map(_entity, resolution.entities),
        "merges": map(asdict, resolution.merges),
        "inferred": map(asdict, resolution.inferred),
    }
    return {name: pa.Table.from_pylist(list(found), schema=SCHEMAS[name]) for name, found in rows.items()}


def write_tables(tables: Mapping[str, pa.Table], folder: Path) -> None:
    """Write each table to ``<folder>/<name>.parquet``; equal tables give equal bytes.

    Row groups are small, so that a query reads a few of them, and most of all of the abstracts.
    """
    for name, table in tables.items():
        rows = _PAPERS_A_GROUP if name == "papers" else _ROWS_A_GROUP
        pq.write_table(table, folder / f"{name}.parquet", compression="zstd", row_group_size=rows)


def number(value: str) -> float | None:
    """Read a value as annotators write it: digits, with a comma for thousands or for decimals.

    >>> number("87.3"), number("1,200"), number("2,5"), number("1.2.3")
    (87.3, 1200.0, 2.5, None)
    """
    plain = value.replace(",", "") if _THOUSANDS.fullmatch(value) else value.replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        return None


def _plain(paper: Paper) -> dict[str, Any]:
    return {**asdict(paper), "sources": [asdict(source) for source in sorted(paper.sources)]}


def _entity(entity: Entity) -> dict[str, Any]:
    """Give the row of a node; a metric that the table of metrics knows has its family and direction."""
    aliases = [{"surface": surface, "count": count} for surface, count in entity.aliases]
    names = (entity.name, *(surface for surface, _ in entity.aliases))
    metric = known(names) if entity.type == "Metric" else None
    said = {"family": metric.family, "direction": metric.direction} if metric else {}
    return {**asdict(entity), "aliases": aliases, **said}


def _mentions(extraction: Extraction, resolution: Resolution) -> Iterator[dict[str, Any]]:
    proposed = {entity.key for entity in extraction.entities if entity.proposed}
    for mention in sorted(extraction.mentions):
        yield {
            "paper": extraction.paper,
            "start": mention.start,
            "end": mention.end,
            "type": mention.type,
            "surface": mention.surface,
            "entity": resolution.iri(extraction.paper, mention.entity),
            "proposed": mention.entity in proposed,
            "confidence": mention.confidence,
        }


def _relations(extractions: Iterable[Extraction], resolution: Resolution) -> Iterator[dict[str, Any]]:
    """Give one row a paper and triple.

    Entities that turned out to be one make no relation with themselves, nor those whose types, by the vote of all
    papers, the relation does not join.
    """
    types = _types(resolution)
    for extraction in extractions:
        merged: dict[tuple[str, str, str], dict[str, Any]] = {}
        for relation in extraction.relations:
            head, tail = (resolution.iri(extraction.paper, key) for key in (relation.head, relation.tail))
            if head == tail or not allowed(types[head], relation.relation, types[tail]):
                continue
            row = {"head": head, "relation": relation.relation, "tail": tail, "paper": extraction.paper}
            empty = {**row, "evidence": [], "confidence": 0.0}
            _join_evidence(merged.setdefault((head, relation.relation, tail), empty), relation)
        yield from merged.values()


def _types(resolution: Resolution) -> dict[str | None, EntityType]:
    return {entity.iri: entity.type for entity in resolution.entities}


def _results(extractions: Iterable[Extraction], resolution: Resolution) -> Iterator[dict[str, Any]]:
    """Give one row a paper and number; what is no metric measures nothing, and what is no data set is left out."""
    types = _types(resolution)
    for extraction in extractions:
        merged: dict[tuple[str | None, ...], dict[str, Any]] = {}
        for result in extraction.results:
            row: dict[str, Any] = {
                role: resolution.iri(extraction.paper, key) if (key := getattr(result, role)) is not None else None
                for role in ("subject", "metric", "dataset", "baseline")
            }
            if types[row["metric"]] != "Metric":
                continue
            row["dataset"] = row["dataset"] if types.get(row["dataset"]) == "Dataset" else None
            row |= {"value": result.value, "unit": result.unit, "kind": result.kind, "paper": extraction.paper}
            empty = {**row, "number": number(result.value), "evidence": [], "confidence": 0.0}
            _join_evidence(merged.setdefault(tuple(row.values()), empty), result)
        yield from merged.values()


def _join_evidence(row: dict[str, Any], statement: Any) -> None:
    spans = {(span["start"], span["end"]) for span in row["evidence"]}
    spans |= {(span.start, span.end) for span in statement.evidence}
    row["evidence"] = [{"start": start, "end": end} for start, end in sorted(spans)]
    row["confidence"] = max(row["confidence"], statement.confidence)


def _relation_order(row: dict[str, Any]) -> tuple[str, ...]:
    return (row["head"], row["relation"], row["tail"], row["paper"])


def _result_order(row: dict[str, Any]) -> tuple[str, ...]:
    named = ("subject", "metric", "dataset", "baseline", "kind", "value", "unit", "paper")
    return tuple(row[name] or "" for name in named)
