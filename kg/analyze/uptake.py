"""What papers introduced and others took up: for each proposed entity, who was first and how many followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.asked import at_least, type_asked

if TYPE_CHECKING:
    from kg.graph import Frame, Graph
    from kg.types import EntityType

_UPTAKE = """
    WITH seen AS (
        SELECT entity, paper, bool_or(proposed) AS proposed, max(confidence) AS confidence FROM mentions
        GROUP BY entity, paper
    ),
    dated AS (SELECT seen.*, year, title FROM seen JOIN papers ON paper = papers.id WHERE year IS NOT NULL),
    origins AS (
        SELECT entity, min_by({'paper': paper, 'title': title, 'year': year}, (year, -confidence, paper)) AS origin
        FROM dated WHERE proposed GROUP BY entity
    ),
    followed AS (
        SELECT origins.entity, any_value(origin) AS origin,
            count(*) FILTER (year > origin.year) AS later,
            count(*) FILTER (year < origin.year) AS earlier,
            count(*) FILTER (year = origin.year AND paper <> origin.paper) AS same_year,
            min(year) FILTER (year > origin.year) AS next,
            max(year) AS last
        FROM origins JOIN dated USING (entity) GROUP BY origins.entity
    )
    SELECT name, type, origin.year AS year, later, same_year, last, origin.paper AS paper, origin.title AS title, iri
    FROM followed JOIN entities ON entity = iri
    WHERE earlier = 0 AND later >= $1 AND next <= origin.year + 3 AND ($2 IS NULL OR type = $2)
        AND ($3 IS NULL OR origin.year >= $3)
    ORDER BY later DESC, year, name, iri LIMIT $4
"""


def uptake(
    graph: Graph,
    type: EntityType | None = None,  # noqa: A002 - the word a user knows
    *,
    since: int | None = None,
    min_later: int = 2,
    limit: int = 20,
) -> Frame:
    """Find what a paper introduced and later papers took up.

    An entity counts when a paper proposes it in the first year in which any names it, and when others follow within
    three years: else it is most likely another thing of the same name. One pass over the mentions, some seconds on two
    million.

    Args:
        graph: A graph whose papers have years.
        type: Only entities of this type.
        since: Only what was introduced in this year or later.
        min_later: How many papers of later years must name it.
        limit: How many to return.

    Returns:
        Rows, the most taken up first: name, type, ``year`` of introduction, ``later`` and ``same_year`` (papers that
        name it), the ``last`` year that does, and the id and title of the paper that introduced it, and IRI.

    Raises:
        KgError: There is no such type, or a number is too small.
    """
    at_least(1, min_later=min_later, limit=limit)
    return graph.sql(_UPTAKE, [min_later, type_asked(type), since, limit])
