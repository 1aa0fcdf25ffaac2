"""Entities by name: what somebody types in a search box."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.asked import at_least, type_asked
from kg.graph.frame import Frame

if TYPE_CHECKING:
    from kg.graph.graph import Graph

_FIND = """
    WITH ranked AS (
        SELECT name, type, papers, aliases, iri, list_min([
            CASE WHEN known = lower($1) THEN 0 WHEN starts_with(known, lower($1)) THEN 1
                WHEN contains(known, lower($1)) THEN 2 END
            FOR known IN list_append([lower(alias.surface) FOR alias IN aliases], lower(name))
        ]) AS rank
        FROM entities WHERE $2 IS NULL OR type = $2
    )
    SELECT name, type, papers, aliases, iri, count(*) OVER () AS total FROM ranked WHERE rank IS NOT NULL
    ORDER BY rank, papers DESC, name, iri LIMIT $3 OFFSET $4
"""


class Found(NamedTuple):
    """Entities found by name.

    Attributes:
        entities: One page of them: columns name, type, papers, aliases, iri.
        total: How many there are on all pages; 0 on a page behind the last.
    """

    entities: Frame
    total: int


def find(graph: Graph, text: str, limit: int = 10, offset: int = 0, *, type: str | None = None) -> Found:  # noqa: A002 - the word a user knows
    """Find entities by name or alias: exact before prefix before anywhere, widespread first.

    Args:
        graph: Any graph.
        text: What a name has; case is ignored, and it is taken as it stands, not as a pattern.
        limit: The most to return.
        offset: How many to pass over.
        type: Look among the entities of this type alone.

    Raises:
        KgError: There is no such type, or a number is too small.
    """
    at_least(0, limit=limit, offset=offset)
    found = graph.sql(_FIND, [text, type_asked(type), limit, offset]).arrow
    total = found.column("total")[0].as_py() if found.num_rows else 0
    return Found(Frame(found.drop_columns(["total"])), total)
