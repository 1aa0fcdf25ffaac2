"""The rows of the tables: what one paper, one node or one extraction gives.

``nodes`` has the node of each in-abstract entity of the paper, by its key.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict

from kg.metrics import known
from kg.types import allowed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.resolve import Node
    from kg.types import Entity, Extraction, Paper, Relation, Result

    Nodes = Mapping[str, Node]

_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


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


def paper_row(paper: Paper) -> dict[str, Any]:
    """Give the row of a paper."""
    sources = sorted(paper.sources, key=lambda source: (source.file, source.record, source.id or ""))
    return {**asdict(paper), "sources": [asdict(source) for source in sources]}


def entity_row(entity: Entity) -> dict[str, Any]:
    """Give the row of a node; a metric that the table of metrics knows has its family and direction."""
    aliases = [{"surface": surface, "count": count} for surface, count in entity.aliases]
    names = (entity.name, *(surface for surface, _ in entity.aliases))
    metric = known(names) if entity.type == "Metric" else None
    said = {"family": metric.family, "direction": metric.direction} if metric else {}
    return {**asdict(entity), "aliases": aliases, "ids": sorted(entity.ids), **said}


def mention_rows(extraction: Extraction, nodes: Nodes) -> Iterator[dict[str, Any]]:
    """Give the rows of a paper's mentions, in their order."""
    proposed = {entity.key for entity in extraction.entities if entity.proposed}
    for mention in sorted(extraction.mentions):
        yield {
            "paper": extraction.paper,
            "start": mention.start,
            "end": mention.end,
            "type": mention.type,
            "surface": mention.surface,
            "entity": nodes[mention.entity].iri,
            "proposed": mention.entity in proposed,
            "confidence": mention.confidence,
        }


def relation_rows(extraction: Extraction, nodes: Nodes) -> Iterable[dict[str, Any]]:
    """Give one row a triple.

    Entities that turned out to be one make no relation with themselves, nor those whose types, by the vote of all
    papers, the relation does not join.
    """
    merged: dict[tuple[str, str, str], dict[str, Any]] = {}
    for relation in extraction.relations:
        head, tail = nodes[relation.head], nodes[relation.tail]
        if head.iri == tail.iri or not allowed(head.type, relation.relation, tail.type):
            continue
        row = {"head": head.iri, "relation": relation.relation, "tail": tail.iri, "paper": extraction.paper}
        _join_evidence(merged.setdefault((head.iri, relation.relation, tail.iri), row), relation)
    return merged.values()


def result_rows(extraction: Extraction, nodes: Nodes) -> Iterable[dict[str, Any]]:
    """Give one row a number; what is no metric measures nothing, and what is no data set is left out."""
    merged: dict[tuple[str | None, ...], dict[str, Any]] = {}
    for result in extraction.results:
        if nodes[result.metric].type != "Metric":
            continue
        dataset = nodes[result.dataset] if result.dataset is not None else None
        row = {
            "subject": nodes[result.subject].iri,
            "metric": nodes[result.metric].iri,
            "dataset": dataset.iri if dataset and dataset.type == "Dataset" else None,
            "baseline": nodes[result.baseline].iri if result.baseline is not None else None,
            "value": result.value,
            "unit": result.unit,
            "kind": result.kind,
            "paper": extraction.paper,
        }
        _join_evidence(merged.setdefault(tuple(row.values()), {**row, "number": number(result.value)}), result)
    return merged.values()


def _join_evidence(row: dict[str, Any], statement: Relation | Result) -> None:
    spans = {(span["start"], span["end"]) for span in row.get("evidence", ())}
    spans |= {(span.start, span.end) for span in statement.evidence}
    row["evidence"] = [{"start": start, "end": end} for start, end in sorted(spans)]
    row["confidence"] = max(row.get("confidence", 0.0), statement.confidence)
