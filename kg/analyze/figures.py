"""Reported numbers with all that a reader needs to judge them: names, direction, paper and sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.graph import Graph

FIGURES = pa.schema(
    [
        ("metric", pa.string()),
        ("direction", pa.string()),
        ("subject", pa.string()),
        ("value", pa.string()),
        ("unit", pa.string()),
        ("number", pa.float64()),
        ("kind", pa.string()),
        ("dataset", pa.string()),
        ("baseline", pa.string()),
        ("paper", pa.string()),
        ("title", pa.string()),
        ("year", pa.int32()),
        ("sentence", pa.string()),
        ("confidence", pa.float64()),
    ]
)
"""The columns of a table of figures; ``direction`` is ``higher``, ``lower``, or null where it is not known."""

_QUERY = """
    SELECT metrics.name AS metric, metrics.direction, metrics.family, subjects.name AS subject, value, unit, number,
        kind, sets.name AS dataset, baselines.name AS baseline, paper, title, year, evidence, confidence
    FROM results JOIN entities AS metrics ON results.metric = metrics.iri
        JOIN entities AS subjects ON results.subject = subjects.iri
        LEFT JOIN entities AS sets ON results.dataset = sets.iri
        LEFT JOIN entities AS baselines ON results.baseline = baselines.iri
        JOIN papers ON results.paper = papers.id
    WHERE $1 IN ({roles}) AND ($2 IS NULL OR results.metric = $2)
"""
_SHARES = frozenset({"accuracy", "overlap", "rank"})


def figures(
    graph: Graph,
    entity: str,
    roles: Sequence[str] = ("subject", "metric", "dataset", "baseline"),
    metric: str | None = None,
) -> list[dict[str, Any]]:
    """Return the results in which an entity (an IRI) has one of the roles, perhaps of one metric, best first."""
    query = _QUERY.format(roles=", ".join(f"results.{role}" for role in roles))
    rows = list(graph.sql(query, [entity, metric]))
    for row in rows:
        row["sentence"] = sentence(graph, row["paper"], row["evidence"])
    return sorted(rows, key=_place)


def sentence(graph: Graph, paper: str, evidence: Sequence[dict[str, int]] | None) -> str:
    """Return the words of a statement's evidence."""
    return " … ".join(graph.passage(paper, span["start"], span["end"]) for span in evidence or ())


def worth(row: dict[str, Any]) -> float:
    """Give the number that a figure is ordered by: the less the better.

    Shares are compared in percent, so that an accuracy of 0.9 stands between 85 % and 95 %; only numbers up to 1 of
    metrics that are shares, where more is better, are taken as such.

    >>> worth({"number": 0.9, "unit": "", "family": "accuracy", "direction": "higher"})
    -90.0
    >>> worth({"number": 0.9, "unit": "", "family": "error", "direction": "lower"})
    0.9
    """
    if row["number"] is None:
        return float("inf")
    share = row["family"] in _SHARES and row["direction"] == "higher" and row["unit"] != "%" and row["number"] <= 1
    number = float(row["number"]) * (100 if share else 1)
    return number if row["direction"] == "lower" else -number


def _place(row: dict[str, Any]) -> tuple[Any, ...]:
    names = (row["subject"], row["metric"], row["dataset"] or "", row["kind"], row["value"], row["baseline"] or "")
    return (worth(row), -row["confidence"], *names, row["paper"])
