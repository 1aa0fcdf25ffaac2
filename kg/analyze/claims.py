"""What papers say of one thing: every relation from its side, by whom and in which words, and who says the contrary."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kg.analyze.figures import FIGURES, figures, sentence
from kg.analyze.reading import Section, readable, written
from kg.graph import Frame, locate
from kg.phrases import WORDS
from kg.types import RELATION_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph import Graph

_EVIDENCE = pa.list_(
    pa.struct(
        [
            ("paper", pa.string()),
            ("title", pa.string()),
            ("year", pa.int32()),
            ("confidence", pa.float64()),
            ("sentence", pa.string()),
        ]
    )
)
_CLAIMS = pa.schema(
    [
        ("claim", pa.string()),
        ("other", pa.string()),
        ("type", pa.string()),
        ("papers", pa.int64()),
        ("confidence", pa.float64()),
        ("evidence", _EVIDENCE),
        ("iri", pa.string()),
    ]
)
_CONTRADICTIONS = pa.schema([("other", pa.string()), ("ahead", _EVIDENCE), ("behind", _EVIDENCE), ("iri", pa.string())])
_QUERY = """
    WITH sides AS (
        SELECT relation, head = $1 OR relation = 'comparedWith' AS forward,
            CASE WHEN head = $1 THEN tail ELSE head END AS iri, paper, title, year, evidence, confidence
        FROM relations JOIN papers ON relations.paper = papers.id WHERE head = $1 OR tail = $1
    )
    SELECT relation, forward, iri, entities.name AS other, entities.type, count(DISTINCT paper) AS papers,
        max(confidence) AS confidence,
        list({'paper': paper, 'title': title, 'year': year, 'confidence': confidence, 'spans': evidence}
            ORDER BY confidence DESC, paper) AS evidence
    FROM sides JOIN entities USING (iri) GROUP BY relation, forward, iri, entities.name, entities.type
"""
_CLAIM = ("other", "type", "papers", "confidence", "year", "paper", "sentence")
_RESULT = ("subject", "metric", "value", "kind", "dataset", "baseline", "year", "paper", "confidence", "sentence")
_SHOWN = 3


@dataclass(frozen=True, slots=True, repr=False)
class Claims:
    """What is said of one entity.

    Attributes:
        name: The entity's name.
        type: Its type.
        iri: Its IRI.
        papers: How many papers mention it.
        claims: A row for each relation to another entity, read from this one ("has part", "outperformed by"), most
            supported first within a relation, with the evidence of each paper.
        contradictions: Others that some paper says it outperforms (``ahead``) and some paper says outperform it
            (``behind``).
        results: The figures in which it is subject, baseline, metric or data set.
    """

    name: str
    type: str
    iri: str
    papers: int
    claims: Frame
    contradictions: Frame
    results: Frame

    def sections(self, limit: int | None = None) -> Iterator[Section]:
        """Give a heading and a table to read for contradictions, each relation, and results, of ``limit`` rows each."""
        if len(self.contradictions):
            yield f"{self.name}: papers contradict each other", self._side_by_side()
        for claim, rows in groupby(self.claims, key=lambda row: row["claim"]):
            yield f"{self.name}: {claim}", readable([line for row in [*rows][:limit] for line in _lines(row)], _CLAIM)
        if len(self.results):
            yield f"{self.name}: results", readable([*self.results][:limit], _RESULT)

    def _side_by_side(self) -> Frame:
        ahead, behind = f"{self.name} outperforms it", f"it outperforms {self.name}"
        pairs = (
            (row["other"], *pair) for row in self.contradictions for pair in zip_longest(row["ahead"], row["behind"])
        )
        lines = [{"other": other, ahead: _quoted(left), behind: _quoted(right)} for other, left, right in pairs]
        return readable(lines, ("other", ahead, behind))

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as plain values, for JSON."""
        frames = {name: list(getattr(self, name)) for name in ("claims", "contradictions", "results")}
        return {"name": self.name, "type": self.type, "iri": self.iri, "papers": self.papers, **frames}

    def __repr__(self) -> str:
        return written(self.sections()) or f"nothing is said of {self.name}"


def claims(graph: Graph, entity: str) -> Claims:
    """Collect what papers say of an entity.

    Args:
        graph: Any graph.
        entity: The name, alias or IRI of an entity.

    Raises:
        KgError: There is no such entity; the message names near ones.
    """
    iri = locate(graph, entity)
    (itself,) = graph.sql("SELECT name, type, papers FROM entities WHERE iri = $1", [iri])
    said = [_claim(graph, row) for row in sorted(graph.sql(_QUERY, [iri]), key=_order)]
    return Claims(
        **itself,
        iri=iri,
        claims=_frame(said, _CLAIMS),
        contradictions=_frame(_contradictions(said), _CONTRADICTIONS),
        results=_frame(figures(graph, iri), FIGURES),
    )


def _order(row: dict[str, Any]) -> tuple[Any, ...]:
    relation = RELATION_TYPES.index(row["relation"])
    return (relation, not row["forward"], -row["papers"], -row["confidence"], row["other"], row["iri"])


def _claim(graph: Graph, row: dict[str, Any]) -> dict[str, Any]:
    forward, backward = WORDS[row["relation"]]
    evidence = [{**one, "sentence": sentence(graph, one["paper"], one["spans"])} for one in row["evidence"]]
    return {**row, "claim": forward if row["forward"] else backward, "evidence": evidence}


def _contradictions(said: list[dict[str, Any]]) -> list[dict[str, Any]]:
    ahead, behind = ({row["iri"]: row for row in said if row["claim"] == claim} for claim in WORDS["outperforms"])
    return [
        {"other": row["other"], "iri": iri, "ahead": row["evidence"], "behind": behind[iri]["evidence"]}
        for iri, row in ahead.items()
        if iri in behind
    ]


def _frame(rows: list[dict[str, Any]], schema: pa.Schema) -> Frame:
    return Frame(pa.Table.from_pylist(rows, schema=schema))


def _lines(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give a line for each of the surest papers; what is said of all of them stands on the first."""
    for place, one in enumerate(row["evidence"][:_SHOWN]):
        whole = {name: row[name] if place == 0 else None for name in ("other", "type", "papers")}
        yield {**whole, **one}


def _quoted(evidence: dict[str, Any] | None) -> str | None:
    return f"{evidence['paper']} ({evidence['confidence']:.2f}): {evidence['sentence']}" if evidence else None
