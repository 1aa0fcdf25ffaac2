"""Leaving out what the extractor is not sure enough of, so that nothing refers to what is gone.

>>> from kg.thresholds import thresholds
>>> from kg.types import Extraction, LocalEntity, Mention, Relation
>>> read = Extraction(
...     paper="p",
...     extractor="x 1",
...     mentions=(Mention(0, 4, "Model", "a", "BERT", 0.9), Mention(9, 13, "Task", "b", "NER", 0.3)),
...     entities=(LocalEntity("a", "Model", "BERT"), LocalEntity("b", "Task", "NER")),
...     relations=(Relation("a", "usedFor", "b", confidence=0.8),),
... )
>>> kept = cut(read, thresholds({"Task": 0.5}))
>>> len(kept.mentions), len(kept.entities), len(kept.relations)
(1, 1, 0)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from kg.thresholds import Thresholds
    from kg.types import Extraction, Relation, Result


def cut(read: Extraction, least: Thresholds) -> Extraction:
    """Keep of an extraction what is sure enough.

    Mentions go first, then entities without mentions, then relations and results that name such entities, then
    relations and results that are not sure enough themselves. A result outlives its data set and its baseline.
    """
    if not least:
        return read
    mentions = tuple(one for one in read.mentions if one.confidence >= least.mention(one.type))
    known = {mention.entity for mention in mentions}
    return replace(
        read,
        mentions=mentions,
        entities=tuple(entity for entity in read.entities if entity.key in known),
        relations=tuple(one for one in read.relations if _holds(one, known, least)),
        results=tuple(_without(one, known) for one in read.results if _stands(one, known, least)),
    )


def _holds(relation: Relation, known: set[str], least: Thresholds) -> bool:
    return {relation.head, relation.tail} <= known and relation.confidence >= least.relation(relation.relation)


def _stands(result: Result, known: set[str], least: Thresholds) -> bool:
    return {result.subject, result.metric} <= known and result.confidence >= least.result


def _without(result: Result, known: set[str]) -> Result:
    """Take from a result the data set or baseline that is gone."""
    dataset, baseline = (key if key in known else None for key in (result.dataset, result.baseline))
    return replace(result, dataset=dataset, baseline=baseline)
