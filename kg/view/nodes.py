"""The entities and relations of the explorer's page, in columns."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from kg.types import RELATION_TYPES
from kg.view.columns import EdgeColumns, NodeColumns
from kg.view.safe import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.analyze import EdgeList
    from kg.graph import Graph
    from kg.view.atlas import Atlas
    from kg.view.choose import Choice
    from kg.view.quotes import Pool

_ALIASES, _PROPOSERS, _LONGEST_NAME = 12, 5, 300

_ENTITIES = """
    SELECT iri, name, direction, ids, [a.surface for a in aliases] AS aliases
    FROM entities JOIN shown USING (iri) ORDER BY number
"""
_YEARS = """
    SELECT number, year, count(DISTINCT paper) AS papers
    FROM mentions JOIN shown ON mentions.entity = shown.iri JOIN papers ON papers.id = mentions.paper
    WHERE year IS NOT NULL GROUP BY number, year ORDER BY number, year
"""
_PROPOSED = """
    WITH told AS (SELECT DISTINCT number, paper FROM mentions JOIN shown ON entity = iri WHERE proposed)
    SELECT number, paper FROM told JOIN papers ON papers.id = told.paper
    QUALIFY row_number() OVER (PARTITION BY number ORDER BY year, paper) <= $1
    ORDER BY number, year, paper
"""
_STATED = """
    SELECT edge, year, count(DISTINCT paper) AS papers
    FROM drawn JOIN relations USING (head, relation, tail) JOIN papers ON papers.id = relations.paper
    WHERE year IS NOT NULL GROUP BY edge, year ORDER BY edge, year
"""


def shown_table(edges: EdgeList) -> pa.Table:
    """Make the table by which SQL knows the nodes of a page: iri and number."""
    return pa.table({"iri": edges.iris, "number": np.arange(len(edges))})


def drawn_table(edges: EdgeList) -> pa.Table:
    """Make the table by which SQL knows the edges of a page: number (``edge``), head, relation, tail."""
    head, tail = (edges.iris.take(pa.array(edges.ends[:, side])) for side in (0, 1))
    relation = pa.array(RELATION_TYPES).take(pa.array(edges.relations))
    return pa.table({"edge": np.arange(len(edges.ends)), "head": head, "relation": relation, "tail": tail})


def entity_table(graph: Graph, shown: pa.Table) -> pa.Table:
    """Look up the nodes: IRI, name, direction, other ids, aliases."""
    return graph.sql(_ENTITIES, shown=shown).arrow


def node_columns(graph: Graph, choice: Choice, found: pa.Table, atlas: Atlas, papers: Pool) -> NodeColumns:
    """Describe the nodes; ``papers`` takes in those that propose them."""
    edges, base = choice.shown, graph.manifest.base
    shown = shown_table(edges)
    names = [clean(name, _LONGEST_NAME) or "?" for name in found["name"].to_pylist()]
    told = graph.sql(_PROPOSED, [_PROPOSERS], shown=shown).arrow
    return NodeColumns(
        iri=[iri.removeprefix(base) for iri in found["iri"].to_pylist()],
        name=names,
        type=edges.types.tolist(),
        papers=edges.papers.tolist(),
        degree=choice.degrees.tolist(),
        x=atlas.places[:, 0].tolist(),
        y=atlas.places[:, 1].tolist(),
        community=atlas.community.tolist(),
        aliases=[_others(*pair) for pair in zip(names, found["aliases"].to_pylist(), strict=True)],
        years=_years(graph.sql(_YEARS, shown=shown).arrow, "number", len(names)),
        direction=found["direction"].to_pylist(),
        proposed=_split(papers.numbers(told["paper"]), told["number"].to_numpy(), len(names)),
        ids=[[clean(one, _LONGEST_NAME) for one in ids or ()] for ids in found["ids"].to_pylist()],
    )


def edge_columns(graph: Graph, edges: EdgeList, drawn: pa.Table, stated: list[int]) -> EdgeColumns:
    """Describe the edges; ``stated`` names the edge of each statement, in order."""
    years = _years(graph.sql(_STATED, drawn=drawn).arrow, "edge", len(edges.ends))
    counts = np.bincount(np.array(stated, dtype=np.int64), minlength=len(edges.ends))
    return EdgeColumns(
        source=edges.ends[:, 0].tolist(),
        target=edges.ends[:, 1].tolist(),
        relation=edges.relations.tolist(),
        support=edges.support.tolist(),
        confidence=edges.confidence.round(2).tolist(),
        first=[told[0] if told else 0 for told in years],
        last=[told[-2] if told else 0 for told in years],
        years=years,
        inferred=(edges.support == 0).astype(int).tolist(),
        ev=[0, *np.cumsum(counts).tolist()],
    )


def _others(name: str, surfaces: list[str]) -> list[str]:
    """Return what else a node is called, each spelling once."""
    spellings = dict.fromkeys(clean(surface, _LONGEST_NAME) for surface in surfaces)
    return [spelling for spelling in spellings if spelling not in {name, ""}][:_ALIASES]


def _years(told: pa.Table, owner: str, count: int) -> list[list[int]]:
    """Return for each owner, flat: year, papers, year, papers and so on; ``told`` has a row for each owner and year."""
    flat = np.column_stack([told["year"].to_numpy(), told["papers"].to_numpy()]).ravel().tolist()
    return _split(flat, np.repeat(told[owner].to_numpy(), 2), count)


def _split(values: Sequence[int], owners: np.ndarray, count: int) -> list[list[int]]:
    """Deal values out to their owners, numbers below ``count`` in rising order."""
    ends = np.cumsum(np.bincount(owners, minlength=count))
    return [list(values[start:end]) for start, end in pairwise([0, *ends.tolist()])]
