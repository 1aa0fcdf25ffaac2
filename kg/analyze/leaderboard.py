"""Who reports what on a data set: a table for each metric, best first, and the gains, reductions and factors apart."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kg.analyze.figures import FIGURES, figures, quoted
from kg.analyze.reading import Section, readable, rest, written
from kg.asked import at_least
from kg.graph import Frame, locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.graph import Graph

_FIGURE = ("subject", "value", "year", "paper", "confidence", "sentence")
_CHANGE = ("metric", "kind", "subject", "value", "baseline", "year", "paper", "confidence", "sentence")
_ORDERS = {"higher": "higher is better", "lower": "lower is better", None: "direction unknown, highest first"}


@dataclass(frozen=True, slots=True, repr=False)
class Leaderboard:
    """The figures reported on one data set.

    Attributes:
        dataset: The name of the data set.
        figures: Absolute values, metric after metric, the one with most figures first; within a metric best first, or
            highest first where the direction is null because nobody knows it.
        changes: Gains, reductions and factors, each with its baseline where the paper names one.
        metrics: How many figures each metric has, in the order of the tables; a limit may have left some of them out.
        changed: How many gains, reductions and factors there are, likewise.
    """

    dataset: str
    figures: Frame
    changes: Frame
    metrics: dict[str, int]
    changed: int

    def sections(self, limit: int | None = None) -> Iterator[Section]:
        """Give a heading and a table to read for each metric, and one for the changes, of ``limit`` rows each."""
        for metric, rows in _by_metric(self.figures).items():
            order, shown = _ORDERS[rows[0]["direction"]], rows[:limit]
            left_out = rest(len(shown), self.metrics[metric])
            yield f"{metric} on {self.dataset} ({order}){left_out}", readable(shown, _FIGURE)
        if len(self.changes):
            shown = list(self.changes)[:limit]
            heading = f"gains, reductions and factors on {self.dataset}{rest(len(shown), self.changed)}"
            yield heading, readable(shown, _CHANGE)

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as plain values, for JSON."""
        frames = {"figures": list(self.figures), "changes": list(self.changes)}
        return {"dataset": self.dataset, **frames, "metrics": self.metrics, "changed": self.changed}

    def __repr__(self) -> str:
        return written(self.sections()) or f"no figures are reported on {self.dataset}"


def leaderboard(graph: Graph, dataset: str, metric: str | None = None, limit: int | None = None) -> Leaderboard:
    """Collect the figures that papers report on a data set.

    Args:
        graph: Any graph.
        dataset: The name, alias or IRI of a data set.
        metric: The name, alias or IRI of a metric: only its figures.
        limit: The most figures of each metric, and the most changes; all by default. What is left out is counted.

    Raises:
        KgError: There is no such data set, or no such metric; the message names near ones. Or
            the limit is less than 1.
    """
    at_least(1, limit=limit)
    iri = locate(graph, dataset, "Dataset")
    rows = figures(graph, iri, ("dataset",), locate(graph, metric, "Metric") if metric else None)
    absolute = [row for row in rows if row["kind"] == "absolute"]
    changes = sorted((row for row in rows if row["kind"] != "absolute"), key=lambda row: (row["metric"], row["kind"]))
    (name,) = graph.sql("SELECT name FROM entities WHERE iri = $1", [iri])["name"]
    groups = _by_metric(absolute)
    ordered = [row for found in groups.values() for row in found[:limit]]
    return Leaderboard(
        dataset=name,
        figures=_frame(quoted(graph, ordered)),
        changes=_frame(quoted(graph, changes[:limit])),
        metrics={name: len(found) for name, found in groups.items()},
        changed=len(changes),
    )


def _by_metric(rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Group figures by metric, the one with most figures first; their order within a group stays."""
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row["metric"]].append(row)
    return dict(sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])))


def _frame(rows: list[dict[str, Any]]) -> Frame:
    return Frame(pa.Table.from_pylist(rows, schema=FIGURES))
