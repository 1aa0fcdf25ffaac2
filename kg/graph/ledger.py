"""The ledger of a graph, asked: why names were merged or kept apart, and which decisions a human should look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.graph.locate import locate
from kg.names import normal_form

if TYPE_CHECKING:
    from kg.graph.frame import Frame
    from kg.graph.graph import Graph

_COLUMNS = '"left", "right", type, same, evidence, against, support, score, margin, papers, paper'
_ABOUT = f"""
    SELECT {_COLUMNS} FROM merges WHERE list_contains($1, "left") OR list_contains($1, "right")
    ORDER BY same DESC, papers DESC, "left", "right", evidence, paper
"""  # noqa: S608 - a constant
_UNCERTAIN = f"""
    SELECT {_COLUMNS} FROM merges WHERE margin < $1 AND evidence <> 'correction'
    ORDER BY papers * (1 - margin) DESC, "left", "right", evidence, paper LIMIT $2
"""  # noqa: S608 - a constant
_ALIASES = "SELECT name, aliases FROM entities WHERE iri = $1"


def merges(graph: Graph, entity: str) -> Frame:
    """Return the rows of the ledger about an entity: what was merged with it first, then what was kept apart.

    Args:
        graph: Any graph.
        entity: An IRI, a name or an alias.

    Raises:
        KgError: No entity is called so.
    """
    (row,) = graph.sql(_ALIASES, [locate(graph, entity)])
    names = [row["name"], *(alias["surface"] for alias in row["aliases"])]
    return graph.sql(_ABOUT, [sorted(set(map(normal_form, names)))])


def uncertain(graph: Graph, limit: int = 20, below: float = 0.3) -> Frame:
    """Return the decisions worth a human look: narrow ones, those that move most papers first.

    Args:
        graph: Any graph.
        limit: How many to return.
        below: The margin under which a decision is narrow.
    """
    return graph.sql(_UNCERTAIN, [below, limit])
