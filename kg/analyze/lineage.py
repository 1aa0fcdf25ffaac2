"""Where a thing comes from and what came of it: the tree of its kinds, or of its parts, in both directions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

from kg.asked import at_least, one_of
from kg.graph import locate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph import Graph

Ancestry = Literal["variantOf", "partOf"]

_STEP = """
    WITH wanted AS (SELECT unnest($1::VARCHAR[]) AS node),
    stated AS (
        SELECT head, tail, count(DISTINCT paper) AS support FROM relations
        WHERE relation = $2 AND (head IN (FROM wanted) OR tail IN (FROM wanted)) GROUP BY head, tail
    ),
    edges AS (
        SELECT stated.{near} AS node, stated.{far} AS iri, stated.support
        FROM stated LEFT JOIN stated AS back ON stated.head = back.tail AND stated.tail = back.head
        WHERE stated.{near} IN (FROM wanted) AND stated.support > coalesce(back.support, 0)
        UNION ALL
        SELECT {near}, {far}, 0 FROM inferred SEMI JOIN wanted ON {near} = node
        ANTI JOIN stated AS back ON inferred.head = back.tail AND inferred.tail = back.head WHERE relation = $2
    )
    SELECT node, iri, name, type, papers, max(support) AS support FROM edges JOIN entities USING (iri)
    GROUP BY node, iri, name, type, papers HAVING max(support) >= $3 OR max(support) = 0
    ORDER BY support DESC, papers DESC, name, iri
"""
_ITSELF = "SELECT iri, name, type, papers FROM entities WHERE iri = $1"
_MARGIN = "   "


@dataclass(slots=True, repr=False)
class Branch:
    """A node of the tree.

    Attributes:
        iri: The entity.
        name: Its name.
        type: Its type.
        papers: How many papers mention it.
        support: How many papers state the step from the node above; 0 where it was inferred from their names.
        branches: What lies beyond it.
        left_out: How many more there are beyond it, that the limit left out.
    """

    iri: str
    name: str
    type: str
    papers: int
    support: int = 0
    branches: list[Branch] = field(default_factory=list)
    left_out: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Return the tree as plain values, for JSON."""
        plain = {name: getattr(self, name) for name in ("iri", "name", "type", "papers", "support", "left_out")}
        return {**plain, "branches": [branch.to_dict() for branch in self.branches]}

    def lines(self, depth: int = 0) -> Iterator[str]:
        """Give a line for each node, the deeper the farther in."""
        for branch in self.branches:
            told = f"{branch.support:,} stating" if branch.support else "by name"
            yield f"{_MARGIN * depth}{branch.name} ({branch.type}, {branch.papers:,} papers, {told})"
            yield from branch.lines(depth + 1)
        if self.left_out:
            yield f"{_MARGIN * depth}… {self.left_out:,} more"


@dataclass(frozen=True, slots=True, repr=False)
class Lineage:
    """The trees above and below one entity.

    Attributes:
        relation: ``variantOf`` or ``partOf``.
        above: What it is a kind of, or a part of, and what these are.
        below: Its kinds, or its parts, and theirs.
    """

    relation: Ancestry
    above: Branch
    below: Branch

    def to_dict(self) -> dict[str, Any]:
        """Return both trees as plain values, for JSON."""
        return {"relation": self.relation, "above": self.above.to_dict(), "below": self.below.to_dict()}

    def __repr__(self) -> str:
        kind = "kind" if self.relation == "variantOf" else "part"
        trees = ((f"{self.above.name} is a {kind} of", self.above), (f"{kind}s of {self.below.name}", self.below))
        found = "\n\n".join("\n".join([heading, *tree.lines(1)]) for heading, tree in trees if tree.branches)
        return found or f"{self.above.name} is no {kind} of anything here, and has no {kind}s"


def lineage(
    graph: Graph,
    entity: str,
    relation: Ancestry = "variantOf",
    *,
    depth: int = 3,
    limit: int = 8,
    min_support: int = 1,
) -> Lineage:
    """Follow a relation from an entity up and down, as trees.

    A node stands once, as near as it can, under the node that most papers put it under, so that circles end. Where
    papers contradict each other, the direction that more of them state counts, and none where they are even; where they
    contradict what names tell, names do not count. A query
    for each level, each about a second on a million relations.

    Args:
        graph: Any graph.
        entity: A name, alias or IRI.
        relation: ``variantOf``, kinds and versions, stated or read from names; or ``partOf``, components.
        depth: How many steps to go in each direction.
        limit: How many branches a node may have, the best supported.
        min_support: How many papers must state a step; steps that names tell are kept.

    Raises:
        KgError: No entity is called so, there is no such relation here, or a number is too small.
    """
    one_of(relation, get_args(Ancestry), "tree of the relation")
    at_least(1, depth=depth, limit=limit)
    at_least(0, min_support=min_support)
    iri = locate(graph, entity)
    above, below = (
        _grown(graph, iri, _STEP.format(near=near, far=far), [relation, min_support], (depth, limit))
        for near, far in (("head", "tail"), ("tail", "head"))
    )
    return Lineage(relation, above, below)


def _grown(graph: Graph, iri: str, step: str, asked: list[str | int], most: tuple[int, int]) -> Branch:
    """Grow the tree of one direction, level by level, to a depth and a number of branches."""
    (itself,) = graph.sql(_ITSELF, [iri])
    root = Branch(**itself)
    seen, level, passed = {iri}, [root], defaultdict[str, set[str]](set)
    shown: dict[str, Branch] = {}
    for _ in range(most[0]):
        nodes = {branch.iri: branch for branch in level}
        level = []
        for row in graph.sql(step, [list(nodes), *asked]) if nodes else ():
            under = nodes[row.pop("node")]
            if row["iri"] in seen:
                continue
            if len(under.branches) == most[1]:
                passed[under.iri].add(row["iri"])
                continue
            seen.add(row["iri"])
            under.branches.append(Branch(**row))
            level.append(under.branches[-1])
        shown.update(nodes)
    for node, others in passed.items():
        shown[node].left_out = len(others - seen)
    return root
