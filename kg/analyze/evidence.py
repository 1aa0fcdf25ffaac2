"""The papers behind one edge, each with its words and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from kg.analyze.cited import CITED, linked
from kg.asked import one_of
from kg.graph import SCHEMAS, SENTENCE, Frame, locate
from kg.types import RELATION_TYPES

if TYPE_CHECKING:
    from kg.graph import Graph

_SPANS = SCHEMAS["relations"].field("evidence").type
_BEHIND = pa.schema([*CITED, ("confidence", pa.float64()), ("sentence", pa.string()), ("spans", _SPANS)])
_QUERY = f"""
    SELECT paper, title, year, url, arxiv, doi, confidence, {SENTENCE} AS sentence, evidence AS spans
    FROM relations JOIN papers ON relations.paper = papers.id
    WHERE relation = $2 AND (head = $1 AND tail = $3 OR $2 = 'comparedWith' AND head = $3 AND tail = $1)
    ORDER BY confidence DESC, year DESC NULLS LAST, paper, head
"""  # noqa: S608 - constants


def evidence(graph: Graph, head: str, relation: str, tail: str) -> Frame:
    """Return a row for each paper that states a relation between two entities, the surest first.

    Args:
        graph: Any graph.
        head: The name, alias or IRI of an entity.
        relation: A relation of :data:`kg.types.RELATION_TYPES`; comparedWith is looked for both ways round.
        tail: The name, alias or IRI of another.

    Returns:
        The columns paper, title, year, link, confidence, sentence, and spans: the offsets of the sentences in
        the paper's title, a line feed and its abstract. No rows where no paper states it.

    Raises:
        KgError: There is no such entity, or no such relation.
    """
    ends = [locate(graph, end) for end in (head, tail)]
    rows = [linked(row) for row in graph.sql(_QUERY, [ends[0], one_of(relation, RELATION_TYPES, "relation"), ends[1]])]
    return Frame(pa.Table.from_pylist(rows, schema=_BEHIND))
