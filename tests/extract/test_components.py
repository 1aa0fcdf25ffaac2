from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.extract.boundaries import sentence_starts
from tests.extract.docs import NLP, SENTENCES, identity_component, mentions, mentions_component, read_by


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
    doc = mentions_component()(
        read_by("[BERT|Model] again\nHere is [BERT|Model] and BERT, not BERTs. [BERT|Model]-based.")
    )
    assert mentions(doc) == [("BERT", "Model")] * 4


def test_one_name_has_one_type() -> None:
    doc = mentions_component()(read_by("T\n[dropout|Method] and [dropout|Method] and [dropout|Task]."))
    assert len(set(mentions(doc))) <= 1


def test_longer_names_win() -> None:
    doc = mentions_component()(read_by("T\nWe use [self-attention|Method], which is [attention|Method]."))
    assert mentions(doc) == [("self-attention", "Method"), ("attention", "Method")]


def test_what_the_network_doubts_is_no_mention() -> None:
    assert mentions(mentions_component()(read_by("T\nWe use [a thing|Model].", sure=0.3))) == []


def test_the_least_confidence_cuts() -> None:
    strict = NLP.create_pipe("kg_mentions", config={"min_confidence": 1.0})
    assert mentions(strict(read_by("T\nWe use [BERT|Model]."))) == []


def test_an_abbreviation_and_its_long_form_are_one_entity() -> None:
    marked = "T\n[Vision transformers|Model] ([ViTs|Model]) are big. A [ViT|Model] is a [vision transformer|Model]."
    same = {"ViT": "vision transformer", "ViTs": "vision transformer"}
    doc = identity_component()(mentions_component()(read_by(marked, same=same)))
    assert len({span.id_ for span in doc.spans["kg"]}) == len(doc._.entities) == 1
    assert doc._.entities[0].name.lower().startswith("vision transformer")


def test_unlike_names_stay_apart() -> None:
    doc = identity_component()(
        mentions_component()(
            read_by("T\nWe compare [BERT|Model], [GPT-2|Model] and [ResNet-50|Model] with [ResNet-18|Model].")
        )
    )
    assert len(doc._.entities) == 4


def test_what_is_new_is_proposed() -> None:
    marked = (
        "[LeafNet|Model!]: leaves\nWe propose [LeafNet|Model!], which beats [BERT|Model]. [LeafNet|Model!] is good."
    )
    doc = identity_component()(mentions_component()(read_by(marked)))
    assert {entity.name: entity.proposed for entity in doc._.entities} == {"LeafNet": True, "BERT": False}


def test_keys_are_unique() -> None:
    doc = identity_component()(mentions_component()(read_by("T\nThe [LS|Task] by [LS|Method] on [ls|Dataset].")))
    keys = [entity.key for entity in doc._.entities]
    assert len(set(keys)) == len(keys)
