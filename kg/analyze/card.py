"""An entity on one card: its names, when it was written about, who introduced it, what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kg.analyze.cited import CITED, linked
from kg.analyze.claims import Claims, claims
from kg.analyze.papers import sentence_at
from kg.analyze.reading import Section, readable, rest, written
from kg.asked import at_least
from kg.graph import Frame, locate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.graph import Graph

_PROPOSED = pa.schema([*CITED, ("confidence", pa.float64()), ("sentence", pa.string())])
_ENTITY = "SELECT aliases, ids, family, direction FROM entities WHERE iri = $1"
_MET = """
    SELECT paper, bool_or(proposed) AS proposed, min(start) FILTER (proposed) AS start,
        max(confidence) FILTER (proposed) AS confidence
    FROM mentions WHERE entity = $1 GROUP BY paper
"""
_YEARS = "SELECT year, count(*) AS papers FROM met JOIN papers ON paper = id GROUP BY year ORDER BY year"
_PROPOSED_IN = """
    SELECT paper, title, year, url, arxiv, doi, start, confidence, count(*) OVER () AS of
    FROM met JOIN papers ON paper = id WHERE proposed ORDER BY year NULLS LAST, confidence DESC, paper LIMIT $1
"""
_BOARDS = """
    SELECT name AS metric, direction, count(*) AS figures FROM results JOIN entities ON results.metric = entities.iri
    WHERE dataset = $1 AND kind = 'absolute' GROUP BY name, direction ORDER BY figures DESC, name, direction
"""


@dataclass(frozen=True, slots=True, repr=False)
class Card:
    """What there is to know of one entity.

    Attributes:
        said: What papers say of it, and its name, type, IRI and number of papers.
        aliases: The names it is called by, with how often, the most frequent first (columns surface, count).
        ids: CURIEs of well-known things: ``wikidata:…`` is the thing, ``arxiv:…`` the paper that introduced it.
        family: What a metric measures, see :data:`kg.metrics.FAMILIES`.
        direction: Which direction of a metric is better: higher, lower, or None where nobody knows.
        years: The papers that mention it, by year (columns year, papers).
        undated: How many papers that mention it have no year.
        proposed: Papers that introduce a thing of this name, the earliest first, with the sentence that names it.
        proposers: How many papers do, those that a limit left out among them.
        boards: Of a data set: the metrics of its leaderboard, with the number of figures (metric, direction, figures).
    """

    said: Claims
    aliases: Frame
    ids: tuple[str, ...]
    family: str | None
    direction: str | None
    years: Frame
    undated: int
    proposed: Frame
    proposers: int
    boards: Frame

    @property
    def name(self) -> str:
        """The entity's name."""
        return self.said.name

    @property
    def type(self) -> str:
        """Its type."""
        return self.said.type

    @property
    def iri(self) -> str:
        """Its IRI."""
        return self.said.iri

    @property
    def papers(self) -> int:
        """How many papers mention it."""
        return self.said.papers

    def sections(self, limit: int | None = None) -> Iterator[Section]:
        """Give headings and tables to read: the entity, its names, years, proposers, leaderboard, and what is said."""
        known = {"type": self.type, "papers": self.papers, "ids": " ".join(self.ids) or None, "iri": self.iri}
        measured = {"family": self.family, "better": self.direction}
        shown = {name: value for name, value in (known | measured).items() if value is not None}
        yield self.name, readable([shown], list(shown))
        yield f"{self.name}: names", Frame(self.aliases.arrow.slice(0, limit))
        if len(self.years):
            undated = f" ({self.undated:,} more without a year)" if self.undated else ""
            yield f"{self.name}: papers by year{undated}", self.years
        if len(self.proposed):
            rows = [*self.proposed][:limit]
            heading = f"{self.name}: proposed in{rest(len(rows), self.proposers)}"
            yield heading, readable(rows, ("year", "paper", "confidence", "sentence"))
        if len(self.boards):
            yield f"{self.name}: figures by metric, see kg leaderboard", Frame(self.boards.arrow.slice(0, limit))
        yield from self.said.sections(limit)

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as plain values, for JSON."""
        frames = {name: list(getattr(self, name)) for name in ("aliases", "years", "proposed", "boards")}
        plain = {name: getattr(self, name) for name in ("family", "direction", "undated", "proposers")}
        return {**self.said.to_dict(), "ids": list(self.ids), **plain, **frames}

    def __repr__(self) -> str:
        return written(self.sections())


def card(graph: Graph, entity: str, limit: int | None = 10, evidence: int | None = 2) -> Card:
    """Collect what there is to know of an entity.

    Args:
        graph: Any graph.
        entity: The name, alias or IRI of an entity.
        limit: The most rows of each claim, results and proposers; None for all. What is left out is counted.
        evidence: The most papers that are quoted for a row; None for all.

    Raises:
        KgError: There is no such entity; the message names near ones. Or a number is less than 1.
    """
    at_least(1, limit=limit, evidence=evidence)
    iri = locate(graph, entity)
    (itself,) = graph.sql(_ENTITY, [iri])
    met = graph.sql(_MET, [iri]).arrow
    by_year = list(graph.sql(_YEARS, met=met))
    proposed = list(graph.sql(_PROPOSED_IN, [limit], met=met))
    aliases = pa.Table.from_pylist(itself["aliases"] or [], schema=_ALIASES)
    return Card(
        said=claims(graph, iri, limit, evidence),
        aliases=Frame(aliases),
        ids=tuple(itself["ids"] or ()),
        family=itself["family"],
        direction=itself["direction"],
        years=Frame(pa.Table.from_pylist([row for row in by_year if row["year"] is not None], schema=_BY_YEAR)),
        undated=sum(row["papers"] for row in by_year if row["year"] is None),
        proposed=Frame(pa.Table.from_pylist(_introduced(graph, proposed), schema=_PROPOSED)),
        proposers=proposed[0]["of"] if proposed else 0,
        boards=graph.sql(_BOARDS, [iri]),
    )


_ALIASES = pa.schema([("surface", pa.string()), ("count", pa.int64())])
_BY_YEAR = pa.schema([("year", pa.int32()), ("papers", pa.int64())])


def _introduced(graph: Graph, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    texts = graph.texts(row["paper"] for row in rows)
    return [{**linked(row), "sentence": sentence_at(texts[row["paper"]], row["start"])} for row in rows]
