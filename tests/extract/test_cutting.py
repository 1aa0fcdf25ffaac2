"""What is left after a cut is whole: nothing refers to what is gone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.cutting import cut
from kg.thresholds import KINDS, thresholds
from kg.types import SIGNATURES, Extraction, LocalEntity, Mention, Relation, Result
from tests.corpus import FIVE

SURE = st.floats(0, 1)
LEAST = st.dictionaries(st.sampled_from(KINDS), SURE)
ENTITIES = {"x": "Model", "y": "Method", "t": "Task", "d": "Dataset", "m": "Metric"}


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    keys = sorted(ENTITIES)
    mentions = [Mention(n, n + 1, ENTITIES[key], key, key, draw(SURE)) for n, key in enumerate(keys * 2)]  # type: ignore[arg-type]
    pairs = [(h, r, t) for r, (heads, tails) in SIGNATURES.items() for h in "xy" for t in keys if ENTITIES[t] in tails]
    relations = [Relation(h, r, t, confidence=draw(SURE)) for h, r, t in pairs]
    ends = st.sampled_from([None, *keys])
    results = [Result("x", "m", "1", dataset=draw(ends), baseline=draw(ends), confidence=draw(SURE)) for _ in range(3)]
    local = tuple(LocalEntity(key, kind, key) for key, kind in ENTITIES.items())  # type: ignore[arg-type]
    return Extraction("p", "x 1", tuple(mentions), local, tuple(relations), tuple(results))


@given(extractions(), LEAST)
def test_what_is_left_is_whole_and_sure(read: Extraction, given_least: dict[str, float]) -> None:
    least = thresholds(given_least)
    kept = cut(read, least)
    known = {entity.key for entity in kept.entities}
    assert {mention.entity for mention in kept.mentions} == known
    assert all({relation.head, relation.tail} <= known for relation in kept.relations)
    for result in kept.results:
        assert {result.subject, result.metric} <= known
        assert {result.dataset, result.baseline} <= {None, *known}
    assert all(mention.confidence >= least.mention(mention.type) for mention in kept.mentions)
    assert all(relation.confidence >= least.relation(relation.relation) for relation in kept.relations)
    assert all(result.confidence >= least.result for result in kept.results)
    assert cut(kept, least) == kept


@given(extractions())
def test_no_threshold_changes_nothing(read: Extraction) -> None:
    assert cut(read, thresholds(None)) is read
    assert cut(read, thresholds(dict.fromkeys(KINDS, 0))) == read


@pytest.mark.parametrize(
    ("least", "relations", "results"),
    [
        ({"relation": 0.9}, 0, 1),
        ({"relation": 0.9, "outperforms": 0.1}, 1, 1),
        ({"result": 0.9}, 7, 0),
        ({"Metric": 1}, 6, 0),
    ],
)
def test_a_paper_cut(least: dict[str, float], relations: int, results: int) -> None:
    kept = cut(FIVE[0].extraction, thresholds(least))
    assert (len(kept.relations), len(kept.results)) == (relations, results)


def test_a_result_outlives_its_data_set() -> None:
    (result,) = cut(FIVE[0].extraction, thresholds({"Dataset": 1})).results
    assert (result.subject, result.dataset) == ("leafnet", None)
