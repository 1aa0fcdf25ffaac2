"""What papers say of one thing: every relation from its side, by whom and in which words, and who says the contrary."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kg.analyze.cited import STATED
from kg.analyze.facts import FACTS, facts
from kg.analyze.figures import FIGURES, figures, quoted
from kg.analyze.reading import Section, readable, rest, written
from kg.asked import at_least
from kg.graph import Frame, locate
from kg.phrases import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph import Graph

_EVIDENCE = pa.list_(STATED)
_CONTRADICTIONS = pa.schema([("other", pa.string()), ("ahead", _EVIDENCE), ("behind", _EVIDENCE), ("iri", pa.string())])
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
            supported first within a relation, with the evidence of each paper, the surest first.
        contradictions: Others that some paper says it outperforms (``ahead``) and some paper says outperform it
            (``behind``).
        results: The figures in which it is subject, baseline, metric or data set.
        others: By claim, how many other entities there are, those that a limit left out among them.
        figures: How many figures there are, those that a limit left out among them.
    """

    name: str
    type: str
    iri: str
    papers: int
    claims: Frame
    contradictions: Frame
    results: Frame
    others: dict[str, int]
    figures: int

    def sections(self, limit: int | None = None) -> Iterator[Section]:
        """Give a heading and a table to read for contradictions, each relation, and results, of ``limit`` rows each."""
        if len(self.contradictions):
            yield f"{self.name}: papers contradict each other", self._side_by_side()
        for claim, rows in groupby(self.claims, key=lambda row: row["claim"]):
            shown = [*rows][:limit]
            heading = f"{self.name}: {claim}{rest(len(shown), self.others[claim])}"
            yield heading, readable([line for row in shown for line in _lines(row)], _CLAIM)
        if len(self.results):
            shown = [*self.results][:limit]
            yield f"{self.name}: results{rest(len(shown), self.figures)}", readable(shown, _RESULT)

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
        counts = {"others": self.others, "figures": self.figures}
        return {"name": self.name, "type": self.type, "iri": self.iri, "papers": self.papers, **frames, **counts}

    def __repr__(self) -> str:
        return written(self.sections()) or f"nothing is said of {self.name}"


def claims(graph: Graph, entity: str, limit: int | None = None, evidence: int | None = None) -> Claims:
    """Collect what papers say of an entity.

    Args:
        graph: Any graph.
        entity: The name, alias or IRI of an entity.
        limit: The most rows of each claim, and the most results; all by default. What is left out is counted.
        evidence: The most papers that are quoted for a row; all by default.

    Raises:
        KgError: There is no such entity; the message names near ones. Or a number is less than 1.
    """
    at_least(1, limit=limit, evidence=evidence)
    iri = locate(graph, entity)
    (itself,) = graph.sql("SELECT name, type, papers FROM entities WHERE iri = $1", [iri])
    said, results = facts(graph, iri, limit, evidence), figures(graph, iri)
    return Claims(
        **itself,
        iri=iri,
        claims=_frame(said.shown, FACTS),
        contradictions=_frame(_contradictions(said.disputed), _CONTRADICTIONS),
        results=_frame(quoted(graph, results[:limit]), FIGURES),
        others=said.others,
        figures=len(results),
    )


def _contradictions(disputed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    ahead, behind = ({row["iri"]: row for row in disputed if row["claim"] == claim} for claim in WORDS["outperforms"])
    return [
        {"other": row["other"], "iri": iri, "ahead": row["evidence"], "behind": behind[iri]["evidence"]}
        for iri, row in ahead.items()
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
