"""What is made of the networks' opinions, with networks that say what a test wants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest

from kg.extract.calibration import Calibration
from kg.extract.heads import Heads
from kg.extract.links import RELATIONS
from kg.extract.relations import Relations
from kg.extract.reported import KINDS, ROLES
from kg.extract.results import Results
from kg.types import RELATION_TYPES, allowed
from tests.extract.docs import LINKS, doc_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Doc

    from kg.extract.heads import Floats, Words
    from kg.extract.links import Links
    from kg.extract.sketch import Sketch
    from kg.types import Relation, Result

SETTINGS = {"result": 0.3, "role": 0.5, "calibration": {name: [1.0, 0.0] for name in [*RELATIONS, "result"]}}
PARSER = "T\nWe test [LeafNet|Model]. [LeafNet|Model] beats [BERT|Model] in [parsing|Task]."
SCORE = "T\n[LeafNet|Model] has an [accuracy|Metric] of 87.3\\% on [GLUE|Dataset], and [BERT|Model] less."


class Saying:
    """Says of relations and roles what it is told, by names of entities; of all else, *otherwise*."""

    def __init__(self, said: Mapping[Any, float], *, otherwise: float = 0, kind: str = "absolute") -> None:
        self.said, self.otherwise = said, otherwise
        self.kinds = [0.0, *(float(kind == name) for name in KINDS)] if kind else [1.0, *[0.0] * len(KINDS)]

    def relations(self, _: Words, sketch: Sketch, links: Links) -> Floats:
        ends = zip(links.head.tolist(), links.tail.tolist(), strict=True)
        rows = [[self._of(sketch.names[h], name, sketch.names[t]) for name in RELATIONS] for h, t in ends]
        return np.array(rows, np.float32).reshape(-1, len(RELATIONS))

    def reported(self, _: Words, sketch: Sketch, links: Links, hints: Floats) -> tuple[Floats, Floats]:
        rows = [[self._of(sketch.names[tail], role) for role in ROLES] for tail in links.tail.tolist()]
        kinds = np.array([self.kinds] * len(hints), np.float32)
        return kinds, np.array(rows, np.float32).reshape(-1, len(ROLES))

    def _of(self, *names: str) -> float:
        return self.said.get(names, self.otherwise)


def component(cls: type[Any], heads: Saying, least: float = 0.5) -> Any:
    made = object.__new__(cls)  # one with a folder of weights is made otherwise
    made.settings, made.heads, made.calibration = SETTINGS, cast("Heads", heads), Calibration(SETTINGS["calibration"])  # type: ignore[arg-type]
    made.least = np.full(len(RELATIONS), least, np.float32)
    return made


def relations(doc: Doc, heads: Saying, least: float = 0.5) -> list[Relation]:
    return cast("list[Relation]", component(Relations, heads, least)(LINKS(doc))._.relations)


def results(doc: Doc, heads: Saying) -> list[Result]:
    return cast("list[Result]", component(Results, heads)(LINKS(doc))._.results)


def test_a_relation_is_stated_when_it_is_likely_enough() -> None:
    said = {("LeafNet", "usedFor", "parsing"): 0.5, ("BERT", "usedFor", "parsing"): 0.49}
    (found,) = relations(doc_of(PARSER), Saying(said))
    assert (found.head, found.relation, found.tail) == ("leafnet", "usedFor", "parsing")


def test_doubtful_ends_make_a_relation_less_likely() -> None:
    said = {("LeafNet", "usedFor", "parsing"): 0.9}
    assert relations(doc_of(PARSER, confidence=0.75), Saying(said))
    assert not relations(doc_of(PARSER, confidence=0.7), Saying(said))


def test_what_is_not_permitted_is_never_stated() -> None:
    marked = "T\n[A|Task] [B|Method] [C|Model] [D|Dataset] [E|Metric] [F|Task] [G|Dataset] [H|Metric]."
    doc = doc_of(marked)
    kinds = {entity.key: entity.type for entity in doc._.entities}
    found = {(one.head, one.relation, one.tail) for one in relations(doc, Saying({}, otherwise=1), least=0)}
    assert found == {
        (head, name, tail)
        for head in kinds
        for tail in kinds
        for name in RELATION_TYPES
        if head != tail and allowed(kinds[head], name, kinds[tail])
    }


def test_evidence_is_where_both_ends_stand_nearest() -> None:
    doc = doc_of("T\n[GLUE|Dataset] is hard. We like [BERT|Model] a lot. [LeafNet|Model] beats [BERT|Model].")
    said = {("LeafNet", "outperforms", "BERT"): 0.9, ("LeafNet", "evaluatedOn", "GLUE"): 0.8}
    found = {one.relation: [doc.text[e.start : e.end] for e in one.evidence] for one in relations(doc, Saying(said))}
    assert found == {
        "outperforms": ["LeafNet beats BERT."],
        "evaluatedOn": ["GLUE is hard.", "LeafNet beats BERT."],
    }


@pytest.mark.parametrize("confidence", [0.6, 0.8, 1.0])
def test_a_relation_is_no_surer_than_its_ends(confidence: float) -> None:
    found = relations(doc_of(PARSER, confidence), Saying({}, otherwise=1), least=0.1)
    assert found
    assert all(one.confidence <= confidence for one in found)


@pytest.mark.parametrize(
    ("says", "stated"),
    [("does not outperform", False), ("is competitive with", False), ("not only outperforms", True), ("beats", True)],
)
def test_a_denial_is_no_claim(says: str, stated: bool) -> None:  # noqa: FBT001
    doc = doc_of(f"T\n[LeafNet|Model] {says} [BERT|Model].")
    said = {("LeafNet", "outperforms", "BERT"): 1.0, ("LeafNet", "comparedWith", "BERT"): 1.0}
    found = {one.relation for one in relations(doc, Saying(said))}
    assert found == ({"outperforms", "comparedWith"} if stated else {"comparedWith"})


def test_nothing_is_said_of_nothing() -> None:
    for marked in ("", "\n", "T\n87.3", "T\nOnly [BERT|Model]."):
        assert relations(doc_of(marked), Saying({}, otherwise=1)) == []
    for marked in ("", "T\n87.3", SCORE.replace("87.3", "x")):
        assert results(doc_of(marked), Saying({}, otherwise=1)) == []


ROLE = {("LeafNet", "subject"): 0.9, ("accuracy", "metric"): 0.9, ("GLUE", "dataset"): 0.5, ("BERT", "baseline"): 0.5}


@pytest.mark.parametrize("kind", KINDS)
def test_a_result(kind: str) -> None:
    doc = doc_of(SCORE)
    (found,) = results(doc, Saying(ROLE, kind=kind))
    assert (found.subject, found.metric, found.dataset, found.baseline) == ("leafnet", "accuracy", "glue", "bert")
    assert (found.value, found.unit, found.kind) == ("87.3", "%", kind)
    assert [doc.text[e.start : e.end] for e in found.evidence] == [doc.text[2:]]
    assert found.confidence == pytest.approx(0.81, abs=1e-4)


def test_a_number_that_is_none_is_no_result() -> None:
    assert results(doc_of(SCORE), Saying(ROLE, kind="")) == []


def test_a_result_of_doubtful_subject_and_metric_is_none() -> None:
    assert results(doc_of(SCORE), Saying(ROLE | {("LeafNet", "subject"): 0.3})) == []
    assert results(doc_of(SCORE, confidence=0.6), Saying(ROLE)) == []
    assert results(doc_of(SCORE, confidence=0.7), Saying(ROLE))[0].confidence <= 0.7


def test_data_set_and_baseline_may_be_missing() -> None:
    doubtful = {("GLUE", "dataset"): 0.49, ("BERT", "baseline"): 0.49}
    (found,) = results(doc_of(SCORE), Saying(ROLE | doubtful))
    assert (found.dataset, found.baseline) == (None, None)


def test_roles_are_for_what_may_have_them() -> None:
    wrong = {(name, role): 1.0 for name in ("LeafNet", "accuracy", "GLUE", "BERT") for role in ROLES}
    (found,) = results(doc_of(SCORE), Saying(wrong | {("BERT", "subject"): 0.2, ("LeafNet", "baseline"): 0.2}))
    assert (found.subject, found.metric, found.dataset, found.baseline) == ("leafnet", "accuracy", "glue", "bert")


def test_nothing_is_its_own_baseline() -> None:
    (found,) = results(doc_of(SCORE), Saying(ROLE | {("LeafNet", "baseline"): 1.0}))
    assert (found.subject, found.baseline) == ("leafnet", None)


def test_without_a_metric_nothing_is_reported() -> None:
    assert results(doc_of("T\n[LeafNet|Model] has 87.3 on [GLUE|Dataset]."), Saying({}, otherwise=1)) == []
