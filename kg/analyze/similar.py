"""What is like a thing: entities with the same neighbours, and papers that speak of the same things in like words.

Both weigh what is shared by how rare it is (inverse document frequency, Spärck Jones 1972, doi:10.1108/eb026526) and
compare by cosine: two models that are both measured by accuracy have little in common, two that are both variants of
Mamba have much.
"""

from __future__ import annotations

import re
from collections import Counter
from math import log, sqrt
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kg.asked import at_least
from kg.errors import KgError
from kg.graph import Frame, locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.graph import Graph

_EXACT = "DECIMAL(18, 9)"  # sums of floats depend on the order of rows: what is equally alike would be told apart by it
_ENTITIES = f"""
    WITH edges AS (
        SELECT head, relation, tail, ln(1 + count(DISTINCT paper)) AS weight
        FROM relations GROUP BY head, relation, tail
    ),
    sides AS (
        SELECT head AS iri, relation, tail AS other, true AS forward, weight FROM edges
        UNION ALL SELECT tail, relation, head, false, weight FROM edges
    ),
    rarity AS (
        SELECT relation, other, forward, ln((SELECT count(DISTINCT iri) FROM sides) / count(*)) AS idf
        FROM sides GROUP BY relation, other, forward
    ),
    weighed AS (SELECT iri, relation, other, forward, weight * idf AS weight FROM sides JOIN rarity
        USING (relation, other, forward)),
    mine AS (SELECT relation, other, forward, weight AS own FROM weighed WHERE iri = $1 AND weight > 0),
    dots AS (
        SELECT iri, sum((weight * own)::{_EXACT}) AS dot, count(*) AS shared,
            max_by(other, (weight * own, other), 3) AS because
        FROM weighed JOIN mine USING (relation, other, forward) WHERE iri <> $1 GROUP BY iri
    ),
    norms AS (
        SELECT iri, sqrt(sum((weight * weight)::{_EXACT})) AS norm
        FROM weighed SEMI JOIN dots USING (iri) GROUP BY iri
    )
    SELECT iri, name, type, papers, because,
        dot / norm / (SELECT sqrt(sum((own * own)::{_EXACT})) FROM mine) * shared / (shared + 1) AS neighbours
    FROM dots JOIN norms USING (iri) JOIN entities USING (iri)
    WHERE papers >= $2 AND type = (SELECT type FROM entities WHERE iri = $1)
    ORDER BY neighbours DESC, iri LIMIT $3
"""  # noqa: S608 - a constant
_PAPERS = f"""
    WITH seen AS (SELECT DISTINCT paper, entity FROM mentions),
    rarity AS (
        SELECT entity, ln((SELECT count(*) FROM papers) / count(*)) AS idf FROM seen GROUP BY entity
    ),
    weighed AS (SELECT paper, entity, idf FROM seen JOIN rarity USING (entity)),
    mine AS (SELECT entity, idf AS own FROM weighed WHERE paper = $1 AND idf > 0),
    dots AS (
        SELECT paper, sum((idf * own)::{_EXACT}) AS dot, count(*) AS shared,
            max_by(entity, (idf * own, entity), 3) AS because
        FROM weighed JOIN mine USING (entity) WHERE paper <> $1 GROUP BY paper
    ),
    norms AS (
        SELECT paper, sqrt(sum((idf * idf)::{_EXACT})) AS norm
        FROM weighed SEMI JOIN dots USING (paper) GROUP BY paper
    )
    SELECT paper, title, year, because,
        dot / norm / (SELECT sqrt(sum((own * own)::{_EXACT})) FROM mine) * shared / (shared + 1) AS entities
    FROM dots JOIN norms USING (paper) JOIN papers ON paper = papers.id
    ORDER BY entities DESC, paper LIMIT $2
"""  # noqa: S608 - a constant
_CANDIDATES, _SHARE_OF_NAMES, _SHARE_OF_WORDS = 200, 0.1, 0.25
_WORD = re.compile(r"\w+")
_ALIKE = pa.schema(
    [
        *(("name", pa.string()), ("type", pa.string()), ("papers", pa.int64())),
        *(("likeness", pa.float64()), ("neighbours", pa.float64()), ("words", pa.float64())),
        *(("because", pa.list_(pa.string())), ("iri", pa.string())),
    ]
)
_ALIKE_PAPERS = pa.schema(
    [
        *(("paper", pa.string()), ("title", pa.string()), ("year", pa.int32())),
        *(("likeness", pa.float64()), ("entities", pa.float64()), ("words", pa.float64())),
        ("because", pa.list_(pa.string())),
    ]
)


def similar(graph: Graph, entity: str, *, limit: int = 10, min_papers: int = 2) -> Frame:
    """Find entities of the same type that stand among the same neighbours.

    One pass over all relations: a second or two on a million of them.

    Args:
        graph: Any graph.
        entity: A name, alias or IRI.
        limit: How many to return.
        min_papers: How many papers must mention one: of a single paper all is alike by chance.

    Returns:
        Rows, most alike first: name, type, papers, ``likeness`` (nine tenths of ``neighbours``, the cosine of the
        relations both have, less where few are shared, and one tenth of ``words``, the cosine of the letters of their
        names in threes), ``because`` (the neighbours that count most), and IRI.

    Raises:
        KgError: No entity is called so.
    """
    at_least(1, limit=limit, min_papers=min_papers)
    iri = locate(graph, entity)
    rows = list(graph.sql(_ENTITIES, [iri, min_papers, max(limit, _CANDIDATES)]))
    called = {row["iri"]: letters(row["name"]) for row in rows}
    _compare(rows, ("iri", "neighbours"), called, letters(graph.names([iri])[iri]), _SHARE_OF_NAMES)
    return _frame(graph, rows, limit, _ALIKE)


def similar_papers(graph: Graph, paper: str, *, limit: int = 10) -> Frame:
    """Find papers that mention the same, rarely mentioned, entities, in like words.

    Args:
        graph: Any graph.
        paper: The id of a paper, such as ``arxiv:1706.03762``.
        limit: How many to return.

    Returns:
        Rows, most alike first: paper, title, year, ``likeness`` (three quarters of ``entities``, the cosine of what
        both mention, less where little is shared, and one quarter of ``words``, the cosine of their words among the
        candidates), and ``because`` (the entities that count most).

    Raises:
        KgError: There is no such paper.
    """
    at_least(1, limit=limit)
    if paper not in graph.texts([paper]):
        raise KgError(f"there is no paper {paper[:80]!r}: give an id as kg query and the tables have it")
    rows = list(graph.sql(_PAPERS, [paper, max(limit, _CANDIDATES)]))
    said = {name: words(text) for name, text in graph.texts([paper, *(row["paper"] for row in rows)]).items()}
    _compare(rows, ("paper", "entities"), said, said[paper], _SHARE_OF_WORDS)
    return _frame(graph, rows, limit, _ALIKE_PAPERS)


def letters(name: str) -> Counter[str]:
    """Count the letters of a name in threes.

    >>> sorted(letters("BERT"))
    [' be', 'ber', 'ert', 'rt ']
    """
    padded = f" {name.casefold()} "
    return Counter(padded[at : at + 3] for at in range(len(padded) - 2))


def words(text: str) -> Counter[str]:
    """Count the words of a text.

    >>> words("A BERT, a small BERT")["bert"]
    2
    """
    return Counter(_WORD.findall(text.casefold()))


def cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """Compare two sparse vectors.

    >>> round(cosine({"a": 1.0, "b": 1.0}, {"b": 1.0}), 3), cosine({}, {"b": 1.0})
    (0.707, 0.0)
    """
    norm = sqrt(sum(v * v for v in left.values()) * sum(v * v for v in right.values()))
    return sum(value * right.get(key, 0.0) for key, value in left.items()) / norm if norm else 0.0


def _compare(
    rows: list[dict[str, Any]],
    columns: tuple[str, str],
    counts: Mapping[str, Counter[str]],
    own: Counter[str],
    share: float,
) -> None:
    """Add to each row how like its text is to our own, and both likenesses as one; the most alike come first."""
    key, main = columns
    rare = _rarity(counts.values())
    mine = _weighed(own, rare)
    for row in rows:
        row["words"] = cosine(mine, _weighed(counts[row[key]], rare))
        row["likeness"] = (1 - share) * row[main] + share * row["words"]
    rows.sort(key=lambda row: (-row["likeness"], row[key]))


def _rarity(counts: Iterable[Counter[str]]) -> dict[str, float]:
    texts = list(counts)
    having = Counter(key for count in texts for key in count)
    return {key: log((1 + len(texts)) / many) for key, many in having.items()}


def _weighed(count: Counter[str], rare: Mapping[str, float]) -> dict[str, float]:
    return {key: (1 + log(many)) * rare.get(key, 0.0) for key, many in count.items()}


def _frame(graph: Graph, rows: list[dict[str, Any]], limit: int, schema: pa.Schema) -> Frame:
    kept = rows[:limit]
    called = graph.names(iri for row in kept for iri in row["because"])
    named = [{**row, "because": [called[iri] for iri in row["because"]]} for row in kept]
    return Frame(pa.Table.from_pylist(named, schema=schema))
