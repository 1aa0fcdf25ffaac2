"""From triples to nodes, in SQL: what the nodes of each class must have, gathered from a table of triples.

``triples`` has subject, name of the context, and value. :mod:`kg.rdf.restoring` puts tables together from nodes.
"""

# ruff: noqa: S608 - all SQL is made of constants

from __future__ import annotations

from msgspec import Struct

from kg.types import ENTITY_TYPES


class Kind(Struct, frozen=True):
    """The nodes of a class.

    Attributes:
        types: The names of the class, or of its sub-classes.
        required: The properties that each has one value of.
        optional: The properties that each has one value of, or none.
        whole: Whether only a whole copy of a graph has such nodes.
    """

    types: tuple[str, ...]
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    whole: bool = False


KINDS: dict[str, Kind] = {
    "runs": Kind(("RdfDataset",), ("uriSpace",), whole=True),
    "agents": Kind(("SoftwareAgent",), ("label",)),
    "paper_nodes": Kind(("Paper",), ("title",), ("issued", "url", "abstract", "venue", "doi", "arxiv", "givenUrl")),
    "author_nodes": Kind(("Person",), ("called",), whole=True),
    "keyword_nodes": Kind(("DefinedTerm",), ("called",), whole=True),
    "source_nodes": Kind(("Record",), ("file", "place"), ("identifier",), whole=True),
    "entity_nodes": Kind(ENTITY_TYPES, ("type", "name", "paperCount"), ("direction", "family")),
    "label_nodes": Kind(("Label",), ("literalForm", "count"), whole=True),
    "statement_nodes": Kind(("Statement",), ("head", "relation", "tail", "wasDerivedFrom", "confidence")),
    "inference_nodes": Kind(("Inference",), ("head", "relation", "tail", "rule")),
    "result_nodes": Kind(
        ("Result",),
        ("subject", "metric", "kind", "valueText", "wasDerivedFrom", "confidence"),
        ("dataset", "baseline", "unit"),
    ),
    "passage_nodes": Kind(("Passage",), ("start", "end")),
    "mention_nodes": Kind(
        ("Mention",),
        ("text", "start", "end", "wasQuotedFrom", "refersTo", "entityType", "confidence"),
        ("proposed",),
        whole=True,
    ),
    "merge_nodes": Kind(
        ("Merge",),
        (
            *("entityType", "leftForm", "rightForm", "ground", "against", "support", "score", "margin", "moves"),
            "same",
        ),
        ("wasDerivedFrom",),
        whole=True,
    ),
}
"""The classes that tables are made of."""


def gathered(kind: Kind) -> str:
    """Write the query that gathers the nodes of a class; ``twice`` names a property that a node has two values of."""
    names = (*kind.required, *kind.optional)
    values = ", ".join(f"min(o) FILTER (p = '{name}') AS \"{name}\"" for name in names)
    twice = " ".join(
        f"WHEN min(o) FILTER (p = '{name}') <> max(o) FILTER (p = '{name}') THEN '{name}'" for name in names
    )
    types = ", ".join(f"'{name}'" for name in kind.types)
    return f"""
        SELECT s AS id, {values}, CASE {twice} END AS twice FROM triples
        WHERE s IN (SELECT s FROM triples WHERE p = 'type' AND o IN ({types})) GROUP BY s
    """


def flawed(name: str, kind: Kind) -> str:
    """Write the query that finds nodes with too few values or too many, and says which."""
    missing = " ".join(f"WHEN \"{column}\" IS NULL THEN 'has no {column}'" for column in kind.required)
    return f"""
        SELECT * FROM (
            SELECT id, CASE {missing} WHEN twice IS NOT NULL THEN 'has two values of ' || twice END AS flaw FROM {name}
        ) WHERE flaw IS NOT NULL
    """
