"""What is on the rise and what falls: entities, or facts, whose share of the papers changes from period to period.

A corpus that grows makes everything grow. So what counts is the share of a period's papers, and whether it moves is
told by the Cochran-Armitage test for trend in proportions (Armitage 1955, doi:10.2307/3001775), corrected for the many
that are tested (Benjamini and Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, sqrt
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from kg.analyze.reading import Section, readable, written
from kg.asked import at_least, one_of, type_asked
from kg.errors import KgError
from kg.graph import Frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph import Graph
    from kg.types import EntityType

Floats = npt.NDArray[np.float64]
By = Literal["year", "month"]
Of = Literal["entities", "facts"]

_PERIODS: dict[By, str] = {
    "year": "CASE WHEN year BETWEEN 1 AND 9999 THEN year END",
    "month": r"""CASE WHEN regexp_full_match(arxiv, '\d{2}(0[1-9]|1[0-2])\.\d{4,5}')
        THEN 12 * (2000 + CAST(arxiv[1:2] AS INTEGER)) + CAST(arxiv[3:4] AS INTEGER) - 1 END""",
}
"""The period of a paper as a number; a month is that of its arXiv id, as ``12 * year + month - 1``."""

_DATED = "dated AS (SELECT id AS paper, {period} AS period FROM papers WHERE period BETWEEN $1 AND $2)"
_TOTALS = f"WITH {_DATED} SELECT period, count(*) AS papers FROM dated GROUP BY period ORDER BY period"  # noqa: S608 - a constant
_SEEN: dict[Of, str] = {
    "entities": """
        SELECT DISTINCT mentions.paper, mentions.entity AS key FROM mentions JOIN entities ON mentions.entity = iri
        WHERE $4 IS NULL OR entities.type = $4
    """,
    "facts": """
        SELECT DISTINCT paper, head || ' ' || relation || ' ' || tail AS key FROM relations JOIN entities ON head = iri
        WHERE $4 IS NULL OR entities.type = $4
    """,
}
_COUNTS = f"""
    WITH {_DATED}, seen AS ({{seen}}),
    counts AS (SELECT key, period, count(*) AS papers FROM seen JOIN dated USING (paper) GROUP BY key, period)
    SELECT key, sum(papers)::BIGINT AS papers,
        list({{{{'period': period, 'papers': papers}}}} ORDER BY period) AS counts
    FROM counts GROUP BY key HAVING sum(papers) >= $3 ORDER BY key
"""  # noqa: S608 - constants
_NAMES = "SELECT iri, name, type FROM entities WHERE iri IN (SELECT unnest($1::VARCHAR[]))"
_COUNT = pa.list_(pa.struct([("period", pa.string()), ("papers", pa.int64())]))
_SCHEMA = pa.schema(
    [
        *(("name", pa.string()), ("type", pa.string()), ("papers", pa.int64())),
        *((name, pa.float64()) for name in ("before", "after", "growth", "z", "q")),
        *(("counts", _COUNT), ("key", pa.string())),
    ]
)
_READ = ("name", "type", "papers", "before", "after", "growth", "q")


@dataclass(frozen=True, slots=True, repr=False)
class Trends:
    """What rises and what falls, the surest first.

    Attributes:
        rising: ``name`` (of a fact: its two ends and the relation), ``type`` (of a fact: its head's), ``papers`` that
            have it, its share in percent of the papers in the first periods that have a quarter of all papers, and in
            the last (``before``, ``after``), by which factor the odds of meeting it change a year (``growth``), the
            statistic of the test (``z``), the share of false alarms among all that are at least as sure (``q``),
            papers by period (``counts``), and the IRI, or the IRIs and relation, behind it (``key``).
        falling: The same, of what falls.
        totals: How many papers each period has.
    """

    rising: Frame
    falling: Frame
    totals: Frame

    def sections(self, limit: int | None = None) -> Iterator[Section]:
        """Give a heading and a table to read for what rises and what falls, of at most ``limit`` rows."""
        for heading, frame in (("rising", self.rising), ("falling", self.falling)):
            if len(frame):
                yield heading, _rounded(frame.head(limit or len(frame)))

    def __repr__(self) -> str:
        return written(self.sections(20)) or "nothing rises or falls for sure"


def trends(
    graph: Graph,
    of: Of = "entities",
    *,
    type: EntityType | None = None,  # noqa: A002 - the word a user knows
    by: By = "year",
    since: str | int | None = None,
    until: str | int | None = None,
    min_papers: int = 20,
    false_alarms: float = 0.01,
) -> Trends:
    """Find what takes a growing or a shrinking share of the papers.

    One grouping over all mentions or statements; a few seconds on 160,000 papers. The test takes papers for independent
    draws: a workshop's worth of papers on one subject in one year can pass for a trend, so look at ``counts``.

    Args:
        graph: Any graph.
        of: ``entities`` that papers mention, or ``facts`` that they state.
        type: Only entities of this type, or facts whose head is of it.
        by: ``year``, or ``month`` for papers with an arXiv id, which tells it.
        since: The first period, such as ``2019`` or ``2025-03``.
        until: The last period.
        min_papers: How many papers must have it: of less, no test tells anything.
        false_alarms: The share of false alarms that may be in the result.

    Raises:
        KgError: A period is none, no two periods have papers, or there is no such choice.
    """
    one_of(of, get_args(Of), "kind of trend")
    one_of(by, get_args(By), "period")
    type_asked(type)
    at_least(1, min_papers=min_papers)
    bounds = [_period(since, by, 0), _period(until, by, 10**6)]
    period = _PERIODS[by]
    totals = graph.sql(_TOTALS.format(period=period), bounds).arrow
    if len(totals) < 2:
        remedy = (
            f"build from papers that have a {by}" if since is until is None else "take since and until farther apart"
        )
        raise KgError(f"no two {by}s here have papers, so nothing can rise or fall: {remedy}")
    counts = graph.sql(_COUNTS.format(period=period, seen=_SEEN[of]), [*bounds, min_papers, type]).arrow
    table = _tested(counts, totals, by)
    table = table.append_column("named", _named(graph, table["key"].to_pylist(), of))
    table = table.filter(pa.array(np.asarray(table["q"]) <= false_alarms))
    return Trends(_side(table, 1), _side(table, -1), Frame(_readable_periods(totals, by)))


def trend(counts: Floats, totals: Floats, times: Floats) -> tuple[Floats, Floats]:
    """Test shares for a trend by Cochran and Armitage.

    Args:
        counts: n x p numbers of papers with each of n things in each of p periods.
        totals: p numbers of all papers.
        times: p times, in years.

    Returns:
        n slopes, the change of the log-odds a year (the first step of its estimate), and n statistics, standard normal
        where nothing changes.

    >>> slope, z = trend(np.array([[1.0, 2.0, 4.0], [2.0, 2.0, 2.0]]), np.array([10.0, 10.0, 10.0]), np.arange(3.0))
    >>> [round(float(value), 2) for value in (slope[0], z[0], slope[1], z[1])]
    [0.84, 1.59, 0.0, 0.0]
    """
    centred = times - (totals @ times) / totals.sum()
    share = counts.sum(axis=1) / totals.sum()
    spread = share * (1 - share) * (totals @ centred**2)
    score = counts @ centred
    known = spread > 0
    slope = np.divide(score, spread, out=np.zeros_like(score), where=known)
    return slope, np.divide(score, np.sqrt(spread), out=np.zeros_like(score), where=known)


def false_discovery(p: Floats) -> Floats:
    """Turn p-values into q-values by Benjamini and Hochberg.

    >>> false_discovery(np.array([0.01, 0.04, 0.03])).round(3).tolist()
    [0.03, 0.04, 0.04]
    """
    order = np.argsort(p, kind="stable")
    scaled = p[order] * len(p) / np.arange(1, len(p) + 1)
    q = np.empty(len(p))
    q[order] = np.minimum.accumulate(scaled[::-1])[::-1]
    return q.clip(0, 1)


def _tested(counts: pa.Table, totals: pa.Table, by: By) -> pa.Table:
    """Add shares, growth, statistic and q-value to the counts of each thing."""
    periods, all_papers = (np.asarray(totals[name]).astype(np.float64) for name in ("period", "papers"))
    matrix = np.zeros((len(counts), len(periods)))
    lists = counts["counts"].combine_chunks()
    rows = np.repeat(np.arange(len(counts)), np.diff(np.asarray(lists.offsets)))
    flat = lists.flatten()
    matrix[rows, np.searchsorted(periods, np.asarray(flat.field("period")))] = np.asarray(flat.field("papers"))
    slope, z = trend(matrix, all_papers, periods / (12 if by == "month" else 1))
    ends = _quarter(all_papers), slice(-_quarter(all_papers[::-1]).stop, None)
    before, after = (100 * matrix[:, end].sum(axis=1) / all_papers[end].sum() for end in ends)
    p = np.array([erfc(abs(value) / sqrt(2)) for value in z])
    columns = {"before": before, "after": after, "growth": np.exp(slope.clip(-50, 50)), "z": z, "q": false_discovery(p)}
    for name, values in columns.items():
        counts = counts.append_column(name, pa.array(values))
    dated = pa.StructArray.from_arrays([_texts(flat.field("period"), by), flat.field("papers")], ["period", "papers"])
    place = counts.column_names.index("counts")
    return counts.set_column(place, "counts", pa.ListArray.from_arrays(lists.offsets, dated))


def _quarter(papers: Floats) -> slice:
    """Return the first periods, as few as have a quarter of the papers."""
    return slice(int(np.searchsorted(papers.cumsum(), papers.sum() / 4)) + 1)


def _named(graph: Graph, keys: list[str], of: Of) -> pa.Array:
    """Give the name and type of what each key stands for."""
    parts = [key.split(" ") for key in keys]  # an entity, or head, relation and tail
    iris = sorted({iri for part in parts for iri in part[::2]})
    known = {row["iri"]: (row["name"], row["type"]) for row in graph.sql(_NAMES, [iris])}
    if of == "entities":
        named = [known[key] for key in keys]
    else:
        named = [(f"{known[h][0]} {relation} {known[t][0]}", known[h][1]) for h, relation, t in parts]
    return pa.array([{"name": name, "type": kind} for name, kind in named], pa.struct(_SCHEMA[i] for i in (0, 1)))


def _side(table: pa.Table, sign: int) -> Frame:
    """Return what moves in one direction, the surest first."""
    z = np.asarray(table["z"]) * sign
    rows = np.flatnonzero(z > 0)
    kept = table.take(rows[np.lexsort((np.asarray(table["key"])[rows].astype(str), -z[rows]))])
    columns = {name: kept["named"].combine_chunks().field(name) for name in ("name", "type")}
    return Frame(
        pa.table([columns.get(name) if name in columns else kept[name] for name in _SCHEMA.names], schema=_SCHEMA)
    )


def _period(text: str | int | None, by: By, otherwise: int) -> int:
    """Read a period as its number."""
    if text is None:
        return otherwise
    year, _, month = str(text).partition("-")
    if year.isdecimal() and len(year) <= 4 and (by == "year") == (not month):
        if by == "year":
            return int(year)
        if month.isdecimal() and 1 <= int(month) <= 12:
            return 12 * int(year) + int(month) - 1
    raise KgError(f"{text!r} is no {by}: write {'2019' if by == 'year' else '2025-03'}")


def _texts(periods: pa.Array, by: By) -> pa.Array:
    numbers = periods.to_pylist()
    return pa.array([f"{n // 12}-{n % 12 + 1:02}" if by == "month" else f"{n:04}" for n in numbers], pa.string())


def _readable_periods(totals: pa.Table, by: By) -> pa.Table:
    return pa.table({"period": _texts(totals["period"], by), "papers": totals["papers"]})


def _rounded(frame: Frame) -> Frame:
    rows = [
        {**row, "before": f"{row['before']:.2f}%", "after": f"{row['after']:.2f}%", "growth": f"x{row['growth']:.2f}"}
        | {"q": f"{row['q']:.1g}"}
        for row in frame
    ]
    return readable(rows, _READ)
