"""Which things papers mention together more often than chance would have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.asked import at_least, type_asked

if TYPE_CHECKING:
    from kg.graph import Frame, Graph
    from kg.types import EntityType

_PAIRS = """
    WITH seen AS (SELECT DISTINCT paper, entity FROM mentions),
    typed AS (SELECT paper, iri, name, type FROM seen JOIN entities ON entity = iri),
    busy AS (SELECT iri, count(*) AS papers FROM typed GROUP BY iri HAVING count(*) >= $3),
    of_type AS (SELECT paper, count(*) AS together FROM typed WHERE type = $1 GROUP BY paper),
    left_side AS (SELECT paper, iri, name FROM typed SEMI JOIN busy USING (iri) WHERE type = $1),
    right_side AS (SELECT paper, iri, name FROM typed SEMI JOIN busy USING (iri) WHERE type = $2),
    pairs AS (
        SELECT l.iri AS left_iri, any_value(l.name) AS "left", r.iri AS right_iri, any_value(r.name) AS "right",
            count(*) AS papers,
            sum((1 / greatest(together - 1, 1))::DECIMAL(18, 9))::DOUBLE AS weight
        FROM left_side AS l JOIN right_side AS r USING (paper) JOIN of_type USING (paper)
        WHERE CASE WHEN $1 = $2 THEN l.iri < r.iri ELSE true END
        GROUP BY l.iri, r.iri HAVING count(*) >= $3
    ),
    told AS (SELECT count(*) AS n FROM papers)
    SELECT "left", "right", pairs.papers, weight,
        pairs.papers / (ls.papers * rs.papers / n) AS lift,
        CASE WHEN pairs.papers = n THEN 1.0
            ELSE ln(pairs.papers * n / (ls.papers * rs.papers)) / -ln(pairs.papers / n) END AS npmi,
        left_iri, right_iri
    FROM pairs JOIN busy AS ls ON left_iri = ls.iri JOIN busy AS rs ON right_iri = rs.iri, told
    ORDER BY npmi DESC, pairs.papers DESC, left_iri, right_iri LIMIT $4
"""


def cooccurrence(
    graph: Graph,
    left: EntityType = "Method",
    right: EntityType = "Task",
    *,
    min_papers: int = 5,
    limit: int | None = None,
) -> Frame:
    """Project the papers away: pairs of entities that papers mention together.

    One join of the mentions; some seconds on two million. That two things are named together says nothing of how they
    are related: facts do.

    Args:
        graph: Any graph.
        left: The type of one side.
        right: The type of the other; the same type gives each unordered pair once.
        min_papers: How many papers must mention both.
        limit: How many pairs to return; all by default.

    Returns:
        Rows, the highest ``npmi`` first: names, ``papers`` that mention both, ``weight`` (each paper adds 1 / (k - 1)
        where it mentions k things of the left type, Newman 2001, doi:10.1103/PhysRevE.64.016132), ``lift`` (times as
        often as if they were independent), ``npmi`` (pointwise mutual information over its largest value, -1 to 1,
        Bouma 2009), and IRIs.

    Raises:
        KgError: There is no such type, or a number is too small.
    """
    for kind in (left, right):
        type_asked(kind)
    at_least(1, min_papers=min_papers, limit=limit)
    return graph.sql(_PAIRS, [left, right, min_papers, 2**62 if limit is None else limit])
