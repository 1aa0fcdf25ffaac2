"""Who reports what on a data set: a table for each metric, best first, and the gains, reductions and factors apart."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kg.analyze.figures import FIGURES, figures
from kg.analyze.reading import Section, readable, written
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
    """

    dataset: str
    figures: Frame
    changes: Frame

    def sections(self, limit: int | None = None) -> Iterator[Section]:
        """Give a heading and a table to read for each metric, and one for the changes, of ``limit`` rows each."""
        for metric, rows in _by_metric(self.figures).items():
            order = _ORDERS[rows[0]["direction"]]
            yield f"{metric} on {self.dataset} ({order})", readable(rows[:limit], _FIGURE)
        if len(self.changes):
            heading = f"gains, reductions and factors on {self.dataset}"
            yield heading, readable(list(self.changes)[:limit], _CHANGE)

    def __repr__(self) -> str:
        return written(self.sections()) or f"no figures are reported on {self.dataset}"


def leaderboard(graph: Graph, dataset: str, metric: str | None = None) -> Leaderboard:
    """Collect the figures that papers report on a data set.

    Args:
        graph: Any graph.
        dataset: The name, alias or IRI of a data set.
        metric: The name, alias or IRI of a metric: only its figures.

    Raises:
        KgError: There is no such data set, or no such metric; the message names near ones.
    """
    iri = locate(graph, dataset, "Dataset")
    rows = figures(graph, iri, ("dataset",), locate(graph, metric, "Metric") if metric else None)
    absolute = [row for row in rows if row["kind"] == "absolute"]
    changes = sorted((row for row in rows if row["kind"] != "absolute"), key=lambda row: (row["metric"], row["kind"]))
    (name,) = graph.sql("SELECT name FROM entities WHERE iri = $1", [iri])["name"]
    ordered = [row for found in _by_metric(absolute).values() for row in found]
    return Leaderboard(name, _frame(ordered), _frame(changes))


def _by_metric(rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Group figures by metric, the one with most figures first; their order within a group stays."""
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row["metric"]].append(row)
    return dict(sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])))


def _frame(rows: list[dict[str, Any]]) -> Frame:
    return Frame(pa.Table.from_pylist(rows, schema=FIGURES))
