from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.results import numbers
from kg.extract.sentences import sentence_starts
from tests.extract.docs import (
    IDENTITY,
    MENTIONS,
    NLP,
    RELATIONS,
    SENTENCES,
    doc_of,
    mentions,
    read_by,
    relations,
    results,
)


@given(st.text())
def test_tokens_give_back_the_text(text: str) -> None:
    doc = NLP.make_doc(text)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


def test_names_split_where_annotators_may() -> None:
    tokens = [token.text for token in NLP.make_doc("ViT-B/16,\u00a0LLaMA-2 7B; band- width $^2$")]
    assert tokens == [
        *("ViT", "-", "B", "/", "16", ",", "\u00a0", "LLaMA", "-", "2", "7B", ";"),
        *("band", "-", "width", "$", "^", "2", "$"),
    ]


@given(st.text(alphabet="aA1. \n?!()", max_size=60))
def test_sentence_starts_are_in_order_and_in_the_text(text: str) -> None:
    starts = sentence_starts(text)
    assert starts == sorted(set(starts))
    assert all(0 <= start <= len(text) for start in starts)


def test_sentences() -> None:
    text = "On A.B.\nWe follow Smith et al. It works, e.g. In vivo. v1.5 is out? Yes (see Fig. 3). End."
    doc = SENTENCES(NLP.make_doc(text))
    assert [sent.text.strip() for sent in doc.sents] == [
        "On A.B.",
        "We follow Smith et al. It works, e.g. In vivo.",
        "v1.5 is out?",
        "Yes (see Fig. 3).",
        "End.",
    ] or len(list(doc.sents)) == 4


def test_a_found_name_is_found_everywhere() -> None:
    doc = MENTIONS(read_by("[BERT|Model] again\nHere is [BERT|Model] and BERT, not BERTs. [BERT|Model]-based."))
    assert mentions(doc) == [("BERT", "Model")] * 4


def test_one_name_has_one_type() -> None:
    doc = MENTIONS(read_by("T\n[dropout|Method] and [dropout|Method] and [dropout|Task]."))
    assert len(set(mentions(doc))) <= 1


def test_longer_names_win() -> None:
    doc = MENTIONS(read_by("T\nWe use [self-attention|Method], which is [attention|Method]."))
    assert mentions(doc) == [("self-attention", "Method"), ("attention", "Method")]


def test_what_the_network_doubts_is_no_mention() -> None:
    assert mentions(MENTIONS(read_by("T\nWe use [a thing|Model].", sure=0.3))) == []


def test_the_least_confidence_cuts() -> None:
    strict = NLP.create_pipe("kg_mentions", config={"min_confidence": 1.0})
    assert mentions(strict(read_by("T\nWe use [BERT|Model]."))) == []


def test_an_abbreviation_and_its_long_form_are_one_entity() -> None:
    marked = "T\n[Vision transformers|Model] ([ViTs|Model]) are big. A [ViT|Model] is a [vision transformer|Model]."
    doc = IDENTITY(MENTIONS(read_by(marked)))
    assert len({span.id_ for span in doc.spans["kg"]}) == len(doc._.entities) == 1
    assert doc._.entities[0].name.lower().startswith("vision transformer")


def test_unlike_names_stay_apart() -> None:
    doc = IDENTITY(
        MENTIONS(read_by("T\nWe compare [BERT|Model], [GPT-2|Model] and [ResNet-50|Model] with [ResNet-18|Model]."))
    )
    assert len(doc._.entities) == 4


def test_what_is_new_is_proposed() -> None:
    marked = (
        "[LeafNet|Model!]: leaves\nWe propose [LeafNet|Model!], which beats [BERT|Model]. [LeafNet|Model!] is good."
    )
    doc = IDENTITY(MENTIONS(read_by(marked)))
    assert {entity.name: entity.proposed for entity in doc._.entities} == {"LeafNet": True, "BERT": False}


def test_keys_are_unique() -> None:
    doc = IDENTITY(MENTIONS(read_by("T\nThe [LS|Task] by [LS|Method] on [ls|Dataset].")))
    keys = [entity.key for entity in doc._.entities]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("T\n[BERT|Model] is used for [parsing|Task].", ("BERT", "usedFor", "parsing")),
        ("T\n[LeafNet|Model] outperforms [BERT|Model] here.", ("LeafNet", "outperforms", "BERT")),
        ("T\n[LeafNet|Model] was trained on [C4|Dataset].", ("LeafNet", "trainedOn", "C4")),
        ("T\n[LeafNet|Model] uses [dropout|Method].", ("dropout", "partOf", "LeafNet")),
        ("T\n[tree parsing|Task] is hard. We do [parsing|Task].", ("tree parsing", "variantOf", "parsing")),
        ("T\n[GLUE|Dataset], a benchmark for [parsing|Task].", ("GLUE", "benchmarkFor", "parsing")),
        ("T\nWe propose [LeafNet|Model!]. Tests on [GLUE|Dataset].", ("LeafNet", "evaluatedOn", "GLUE")),
        ("T\nWe propose [LeafNet|Model!]. Its [BLEU|Metric] is high.", ("LeafNet", "measuredBy", "BLEU")),
    ],
)
def test_relations(marked: str, expected: tuple[str, str, str]) -> None:
    assert expected in relations(marked)


def test_negation_is_no_claim() -> None:
    marked = "T\n[LeafNet|Model] does not outperform [BERT|Model]."
    assert not any(relation == "outperforms" for _, relation, _ in relations(marked))


def test_evidence_is_the_sentence() -> None:
    doc = RELATIONS(doc_of("T\nFirst. [BERT|Model] is used for [parsing|Task]. Last."))
    (relation,) = doc._.relations
    (span,) = relation.evidence
    assert doc.text[span.start : span.end] == "BERT is used for parsing."


def test_a_relation_is_no_surer_than_its_mentions() -> None:
    doc = doc_of("T\n[BERT|Model] is used for [parsing|Task].")
    for span in doc.spans["kg"]:
        span._.confidence = 0.3
    assert [relation.confidence for relation in RELATIONS(doc)._.relations] == [0.3]


def test_results() -> None:
    marked = "T\nWe propose [LeafNet|Model!]. It has an [accuracy|Metric] of 87.3\\% on [GLUE|Dataset]."
    assert results(marked) == [("LeafNet", "accuracy", "87.3", "%", "absolute", "GLUE")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("+2.3 mIoU", [("2.3", "", "gain")]),
        ("reduces FLOPs by up to 75\\%", [("75", "%", "reduction")]),
        ("3.1x faster inference", [("3.1", "", "factor")]),
        ("a BLEU of 28.4", [("28.4", "", "absolute")]),
        ("improves BLEU by 1,234.5 points", [("1,234.5", "", "gain")]),
        ("12 layers on 3 datasets in 2017 with 7B or 21.5M parameters", []),
        ("GPT-2 and H2O and 3D", []),
    ],
)
def test_numbers(sentence: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(n.value, n.unit, n.kind) for n in numbers(sentence)] == expected
