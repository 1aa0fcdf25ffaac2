"""Which entity somebody means by a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.graph.graph import Graph
    from kg.types import EntityType

_HAS_IRI = "SELECT iri FROM entities WHERE iri = $1 AND ($2 IS NULL OR type = $2)"
_NAMED = """
    SELECT iri FROM entities WHERE ($2 IS NULL OR type = $2) AND (
        lower(name) = lower($1) OR list_contains([lower(alias.surface) FOR alias IN aliases], lower($1)))
    ORDER BY papers DESC, name, iri LIMIT 1
"""
_NEAR = """
    SELECT name, type FROM entities WHERE $3 IS NULL OR type = $3
    ORDER BY jaro_winkler_similarity(lower(name), lower($1)) DESC, papers DESC, name, iri LIMIT $2
"""
_SHOWN = 5


def locate(graph: Graph, text: str, type: EntityType | None = None) -> str:  # noqa: A002 - the word a user knows
    """Return the IRI of the entity that has this IRI, name or alias; the most widespread one where several have it.

    Args:
        graph: Any graph.
        text: An IRI, whole or as ``kg:`` and what follows the base of the graph, a name or an alias; case is ignored in
            the latter two, and white space around.
        type: Look among the entities of this type alone.

    Raises:
        KgError: There is none; the message names near matches.
    """
    text = text.strip()
    iri = f"{graph.manifest.base}{text.removeprefix('kg:')}" if text.startswith("kg:") else text
    for query, wanted in ((_HAS_IRI, iri), (_NAMED, text)):
        for row in graph.sql(query, [wanted, type]):
            return str(row["iri"])
    near = list(graph.find(text, _SHOWN, type=type)) or list(graph.sql(_NEAR, [text, _SHOWN, type]))
    names = ", ".join(f"{row['name'][:60]} ({row['type']})" for row in near)
    missing = f"no {type or 'entity'} is called {text[:60]!r}"
    raise KgError(f"{missing}: " + (f"near it are {names}" if names else "the graph has none"))
