"""Pairs that nobody reports though the structure of the graph speaks for them: what to try next, or what is missing.

How far to trust that is told by :func:`foresight`: the predictor sees the graph as it was at the end of a year, and is
asked for what was first reported in the year after.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from kg.analyze.matrices import facts
from kg.analyze.predictor import Predictor
from kg.asked import at_least, one_of
from kg.errors import KgError
from kg.graph import Frame, locate
from kg.types import ENTITY_TYPES, RELATION_TYPES, SIGNATURES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.analyze.matrices import Facts, Floats, Ints
    from kg.analyze.predictor import Scored
    from kg.graph import Graph
    from kg.types import RelationType

_GAPS = pa.schema(
    [
        *(("head", pa.string()), ("relation", pa.string()), ("tail", pa.string()), ("score", pa.float64())),
        *(
            ("head_papers", pa.int64()),
            ("tail_papers", pa.int64()),
            ("head_iri", pa.string()),
            ("tail_iri", pa.string()),
        ),
    ]
)
_FORESIGHT = pa.schema(
    [
        *(("score", pa.string()), ("hits@10", pa.float64()), ("mrr", pa.float64())),
        *(("pairs", pa.int64()), ("heads", pa.int64()), ("tails", pa.int64()), ("unseen", pa.int64())),
    ]
)
_ENTITIES = "SELECT iri, name, papers FROM entities WHERE iri IN (SELECT unnest($1::VARCHAR[]))"
_TOGETHER = """
    SELECT DISTINCT heads.place AS head, tails.place AS tail
    FROM mentions AS ours JOIN heads ON heads.iri = ours.entity
    JOIN mentions AS theirs USING (paper) JOIN tails ON tails.iri = theirs.entity
"""
_PAPERS = "SELECT papers FROM entities ORDER BY iri"
_HEADS, _A_HEAD = 500, 20


def gaps(
    graph: Graph,
    relation: RelationType = "usedFor",
    entity: str | None = None,
    *,
    limit: int = 20,
    apart: bool = True,
    min_papers: int = 3,
) -> Frame:
    """Find pairs that structure predicts and nobody reports.

    Heads are the entity that is named, or the five hundred with most facts by this relation. Some ten seconds, and a
    gigabyte, on a million facts.

    Args:
        graph: Any graph.
        relation: By which relation: ``usedFor`` pairs methods and models with tasks, ``evaluatedOn`` and ``trainedOn``
            with data sets, ``measuredBy`` with metrics.
        entity: The name, alias or IRI of a head.
        limit: How many pairs to return.
        apart: Leave out pairs that some paper mentions together: there the relation may have been missed in reading.
        min_papers: Where no entity is named, how many papers must mention a head: of a single paper's thing, structure
            tells nothing.

    Returns:
        Rows, the best first: names of head and tail, relation, ``score`` (0 to 1, comparable within a head rather than
        between heads), papers that mention each, and IRIs.

    Raises:
        KgError: No entity is called so, it is of a type that has no such relation, or no fact has this relation.
    """
    at_least(1, limit=limit, min_papers=min_papers)
    told = facts(graph)
    predictor = _predictor(told, relation)
    head = None if entity is None else _head(graph, told, relation, entity)
    heads = _busiest(graph, told, relation, min_papers) if head is None else np.array([head])
    kept = _A_HEAD if head is None else _A_HEAD * limit
    found = [pair for scored in predictor.scored(heads) for pair in _best(scored, kept)]
    found.sort(key=lambda pair: (-pair[2], pair[0], pair[1]))
    if apart:
        found = _apart(graph, told, found)
    return Frame(pa.Table.from_pylist(_rows(graph, told, relation, found[:limit]), schema=_GAPS))


def foresight(graph: Graph, relation: RelationType, year: int, *, sample: int = 2000) -> Frame:
    """Check the predictor: shown what papers state until ``year``, what does it say of the year after?

    Each pair first stated in the year after, whose two ends were known before, is ranked among all tails that the head
    did not have; ties count half. Pairs with an end that is new cannot be predicted from structure: they are counted.

    Args:
        graph: A graph whose papers have years.
        relation: By which relation.
        year: The last year that the predictor sees.
        sample: How many heads to ask for at most, drawn with a fixed seed.

    Returns:
        A row for each score of :mod:`kg.analyze.predictor` and their blend: ``hits@10`` (the share of pairs ranked
        among the first ten), ``mrr`` (the mean of 1 / rank), how many ``pairs`` of how many ``heads`` were ranked among
        how many ``tails``, and how many pairs had an ``unseen`` end: a head of which nothing was stated, or a tail that
        had no head by this relation.

    Raises:
        KgError: No paper with a year states this relation by that year, or none that could be predicted is new in the
            next.
    """
    at_least(1, sample=sample)
    until, after = facts(graph, year), facts(graph, year + 1)
    if not len(until.rows):
        raise KgError(
            f"no paper of {year} or before states anything here: take a later year, or build from papers with years"
        )
    predictor = _predictor(until, relation)
    new = _new(after, relation, year + 1)
    known = np.bincount(until.rows[:, [0, 2]].ravel(), minlength=len(until.iris)) > 0
    tails = np.isin(new[:, 1], predictor.tails)
    asked = new[known[new[:, 0]] & tails]
    heads = np.unique(asked[:, 0])
    if not len(heads):
        raise KgError(f"no {relation} between known entities is new in {year + 1}: take another year")
    if len(heads) > sample:
        heads = np.sort(np.random.default_rng(sample).choice(heads, sample, replace=False))
    ranks = _ranks(predictor, heads, asked)
    counts = {"pairs": len(ranks["blend"]), "heads": len(heads), "tails": len(predictor.tails)}
    rows = [
        {"score": name, "hits@10": float(np.mean(found <= 10)), "mrr": float(np.mean(1 / found)), **counts}
        | {"unseen": len(new) - len(asked)}
        for name, found in ranks.items()
    ]
    return Frame(pa.Table.from_pylist(rows, schema=_FORESIGHT))


def _predictor(told: Facts, relation: RelationType) -> Predictor:
    if not (told.rows[:, 1] == RELATION_TYPES.index(one_of(relation, RELATION_TYPES, "relation"))).any():
        raise KgError(f"no paper here states {relation}, so nothing can be predicted: build from more papers")
    return Predictor(told, relation)


def _head(graph: Graph, told: Facts, relation: RelationType, entity: str) -> int:
    head = told.iris.index(locate(graph, entity))
    kind = ENTITY_TYPES[told.types[head]]
    if kind not in SIGNATURES[relation][0]:
        wanted = " or a ".join(sorted(SIGNATURES[relation][0]))
        raise KgError(f"{entity[:60]!r} is a {kind}, of which {relation} is never said: name a {wanted}")
    return head


def _busiest(graph: Graph, told: Facts, relation: RelationType, min_papers: int) -> Ints:
    """Return the heads with most facts by a relation, of those that enough papers mention."""
    heads = told.rows[told.rows[:, 1] == RELATION_TYPES.index(relation), 0]
    having = np.bincount(heads, minlength=len(told.iris))
    having[np.asarray(graph.sql(_PAPERS)["papers"]) < min_papers] = 0
    return np.lexsort((np.arange(len(having)), -having))[: min(_HEADS, np.count_nonzero(having))]


def _best(scored: Scored, count: int) -> Iterator[tuple[int, int, float]]:
    """Give the best tails that each head does not have, with their blended score."""
    scores = scored.scores["blend"].copy()
    scores[scored.known.nonzero()] = 0.0
    for place, head in enumerate(scored.heads.tolist()):
        row = np.where(scored.tails == head, 0.0, scores[place])
        for best in np.lexsort((scored.tails, -row))[:count]:
            if row[best] > 0:
                yield head, int(scored.tails[best]), float(row[best])


def _apart(graph: Graph, told: Facts, found: list[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    heads, tails = sorted({head for head, _, _ in found}), sorted({tail for _, tail, _ in found})
    met = graph.sql(_TOGETHER, heads=_numbered(told, heads), tails=_numbered(told, tails))
    together = set(zip(met["head"], met["tail"], strict=True))
    return [pair for pair in found if pair[:2] not in together]


def _numbered(told: Facts, places: list[int]) -> pa.Table:
    return pa.table({"iri": [told.iris[place] for place in places], "place": pa.array(places, pa.int64())})


def _rows(graph: Graph, told: Facts, relation: str, found: list[tuple[int, int, float]]) -> list[dict[str, Any]]:
    iris = sorted({told.iris[place] for pair in found for place in pair[:2]})
    known = {row["iri"]: row for row in graph.sql(_ENTITIES, [iris])}
    ends = [(known[told.iris[head]], known[told.iris[tail]], score) for head, tail, score in found]
    return [
        {"head": head["name"], "relation": relation, "tail": tail["name"], "score": score}
        | {"head_papers": head["papers"], "tail_papers": tail["papers"]}
        | {"head_iri": head["iri"], "tail_iri": tail["iri"]}
        for head, tail, score in ends
    ]


def _new(after: Facts, relation: RelationType, year: int) -> Ints:
    """Return head and tail of each fact that is first stated in a year."""
    of = (after.rows[:, 1] == RELATION_TYPES.index(relation)) & (after.first == year)
    pairs: Ints = after.rows[of][:, [0, 2]]
    return pairs


def _ranks(predictor: Predictor, heads: Ints, asked: Ints) -> dict[str, Floats]:
    """Rank each pair among the tails that its head neither had nor, but for it, has new."""
    wanted: dict[int, list[int]] = defaultdict(list)
    for head, tail in asked.tolist():
        wanted[head].append(int(np.searchsorted(predictor.tails, tail)))
    ranks: dict[str, list[Floats]] = defaultdict(list)
    for scored in predictor.scored(heads):
        for name, scores in scored.scores.items():
            for place, head in enumerate(scored.heads.tolist()):
                row, new = scores[place].copy(), wanted[head]
                reached = row[new][:, None]
                row[[*scored.known[[place]].indices, *new]] = -1.0
                row[scored.tails == head] = -1.0
                ranks[name].append(1 + (row > reached).sum(axis=1) + (row == reached).sum(axis=1) / 2)
    return {name: np.concatenate(found) for name, found in ranks.items()}
