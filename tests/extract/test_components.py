from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.abbreviations import definitions
from kg.extract.results import numbers
from kg.extract.sentences import sentence_starts
from tests.extract.docs import NLP, doc_of, mentions, read, relations, results


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
    doc = doc_of(
        "On A.B.\nWe follow Smith et al. It works, e.g. In vivo. v1.5 is out? Yes (see Fig. 3). End.", "sentences"
    )
    assert [sent.text.strip() for sent in doc.sents] == [
        "On A.B.",
        "We follow Smith et al. It works, e.g. In vivo.",
        "v1.5 is out?",
        "Yes (see Fig. 3).",
        "End.",
    ] or len(list(doc.sents)) == 4


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("a vision transformer (ViT) is", ("vision transformer", "ViT")),
        ("Convolutional Neural Networks (CNNs)", ("Convolutional Neural Networks", "CNNs")),
        ("MLM (masked language modeling) helps", ("masked language modeling", "MLM")),
        ("word error rate (WER, lower is better)", ("word error rate", "WER")),
        ("low-rank adaptation (LoRA)", ("low-rank adaptation", "LoRA")),
    ],
)
def test_definitions(text: str, pair: tuple[str, str]) -> None:
    assert [(text[a:b], text[c:d]) for (a, b), (c, d) in definitions(text)] == [pair]


@pytest.mark.parametrize("text", ["we test it (see Section 3)", "in 2021 (ICLR)", "(A) (B)", "()", "x (XY)"])
def test_no_definitions(text: str) -> None:
    assert list(definitions(text)) == []


@given(st.text(alphabet="abcABC ()-.,\n", max_size=80))
def test_definitions_lie_in_the_text(text: str) -> None:
    for long, short in definitions(text):
        assert text[slice(*long)].strip() == text[slice(*long)] != ""
        assert text[slice(*short)]


def test_a_found_name_is_found_everywhere() -> None:
    doc = read("BERT again\n[BERT|Model] and BERT, not BERTs. BERT-based.")
    assert mentions(doc) == [("BERT", "Model")] * 4


def test_one_name_has_one_type() -> None:
    doc = read("T\n[dropout|Method] and [dropout|Method] and [dropout|Task].")
    assert set(mentions(doc)) == {("dropout", "Method")}


def test_generic_nouns_are_no_mentions() -> None:
    assert mentions(read("T\nOur [method|Method] and [models|Model] beat [BERT|Model].")) == [("BERT", "Model")]


def test_an_abbreviation_and_its_long_form_are_one_entity() -> None:
    doc = read("T\n[Vision transformers|Model] (ViTs) are big. A ViT is a [vision transformer|Model].")
    assert {entity.name for entity in doc._.entities} == {"vision transformer"} or len(doc._.entities) == 1
    assert ("ViTs", "Model") in mentions(doc)
    assert len({span.id_ for span in doc.spans["kg"]}) == 1


@pytest.mark.parametrize(
    "marked",
    [
        "[LeafNet|Model]: leaves for all\nIt is good.",
        "T\nIn this paper, we propose [LeafNet|Model], which is good.",
        "T\nOur [LeafNet|Model] is good.",
        "T\nA network called [LeafNet|Model] is good.",
        "T\nThis paper introduces a novel network, [LeafNet|Model].",
    ],
)
def test_proposed(marked: str) -> None:
    assert [entity.proposed for entity in read(marked)._.entities] == [True]


def test_not_proposed() -> None:
    assert not any(
        e.proposed for e in read("T\nWe use [BERT|Model]. We propose to stop. [GPT-2|Model] is old.")._.entities
    )


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("T\n[BERT|Model] is used for [parsing|Task].", ("BERT", "usedFor", "parsing")),
        ("T\n[LeafNet|Model] outperforms [BERT|Model] here.", ("LeafNet", "outperforms", "BERT")),
        ("T\n[LeafNet|Model] was trained on [C4|Dataset].", ("LeafNet", "trainedOn", "C4")),
        ("T\n[LeafNet|Model] uses [dropout|Method].", ("dropout", "partOf", "LeafNet")),
        ("T\n[tree parsing|Task] is hard. We do [parsing|Task].", ("tree parsing", "variantOf", "parsing")),
        ("T\n[GLUE|Dataset], a benchmark for [parsing|Task].", ("GLUE", "benchmarkFor", "parsing")),
        ("T\nWe propose [LeafNet|Model]. Tests on [GLUE|Dataset].", ("LeafNet", "evaluatedOn", "GLUE")),
        ("T\nWe propose [LeafNet|Model]. Its [BLEU|Metric] is high.", ("LeafNet", "measuredBy", "BLEU")),
    ],
)
def test_relations(marked: str, expected: tuple[str, str, str]) -> None:
    assert expected in relations(read(marked))


def test_negation_is_no_claim() -> None:
    marked = "T\n[LeafNet|Model] does not outperform [BERT|Model]."
    assert not any(relation == "outperforms" for _, relation, _ in relations(read(marked)))


def test_evidence_is_the_sentence() -> None:
    doc = read("T\nFirst. [BERT|Model] is used for [parsing|Task]. Last.")
    (relation,) = doc._.relations
    (span,) = relation.evidence
    assert doc.text[span.start : span.end] == "BERT is used for parsing."


def test_a_relation_is_no_surer_than_its_mentions() -> None:
    for relation in read("T\n[BERT|Model] is used for [parsing|Task].")._.relations:
        assert relation.confidence <= 0.5  # what a mention of unmeasured type counts


def test_results() -> None:
    doc = read("T\nWe propose [LeafNet|Model]. It has an [accuracy|Metric] of 87.3\\% on [GLUE|Dataset].")
    assert results(doc) == [("LeafNet", "accuracy", "87.3", "%", "absolute", "GLUE")]


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
