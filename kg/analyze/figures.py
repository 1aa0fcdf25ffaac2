"""Reported numbers with all that a reader needs to judge them: names, direction, paper and sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kg.analyze.cited import CITED, linked
from kg.graph import SCHEMAS, SENTENCE

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
        *CITED,
        ("sentence", pa.string()),
        ("confidence", pa.float64()),
    ]
)
"""The columns of a table of figures; ``direction`` is ``higher``, ``lower``, or null where it is not known."""

_QUERY = """
    WITH told AS MATERIALIZED (
        SELECT * FROM results WHERE $1 IN ({roles}) AND ($2 IS NULL OR metric = $2)
    ), named AS MATERIALIZED (
        SELECT iri, name, direction, family FROM entities WHERE iri IN (
            SELECT unnest([metric, subject, dataset, baseline]) FROM told)
    )
    SELECT metrics.name AS metric, metrics.direction, metrics.family, subjects.name AS subject, value, unit, number,
        kind, sets.name AS dataset, baselines.name AS baseline, paper, evidence, confidence
    FROM told JOIN named AS metrics ON told.metric = metrics.iri JOIN named AS subjects ON told.subject = subjects.iri
        LEFT JOIN named AS sets ON told.dataset = sets.iri LEFT JOIN named AS baselines ON told.baseline = baselines.iri
"""
_QUOTES = f"""
    SELECT place, title, year, url, arxiv, doi, {SENTENCE} AS sentence FROM said JOIN papers ON said.paper = papers.id
    ORDER BY place
"""  # noqa: S608 - constants
_SAID = pa.schema(
    [("paper", pa.string()), ("place", pa.int64()), ("evidence", SCHEMAS["results"].field("evidence").type)]
)
_SHARES = frozenset({"accuracy", "overlap", "rank"})


def figures(
    graph: Graph,
    entity: str,
    roles: Sequence[str] = ("subject", "metric", "dataset", "baseline"),
    metric: str | None = None,
) -> list[dict[str, Any]]:
    """Return the results in which an entity (an IRI) has one of the roles, perhaps of one metric, best first.

    They are numbers and names: :func:`quoted` adds the papers.
    """
    query = _QUERY.format(roles=", ".join(roles))
    return sorted(graph.sql(query, [entity, metric]), key=_place)


def quoted(graph: Graph, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add to rows that have a paper and evidence its title, year and link, and the words."""
    said = [{"paper": row["paper"], "place": place, "evidence": row["evidence"]} for place, row in enumerate(rows)]
    quotes = graph.sql(_QUOTES, said=pa.Table.from_pylist(said, schema=_SAID))
    return [{**row, **linked(quote)} for row, quote in zip(rows, quotes, strict=True)]


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
