from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.iris import mint, paper_iri, slug
from kg.names import normal_form, plain, singular
from kg.types import ENTITY_TYPES, RELATION_TYPES, SIGNATURES, allowed

WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=8)


def test_every_relation_has_a_signature() -> None:
    assert set(SIGNATURES) == set(RELATION_TYPES)
    for relation in RELATION_TYPES:
        assert any(allowed(head, relation, tail) for head in ENTITY_TYPES for tail in ENTITY_TYPES)


@given(st.text(), st.text())
def test_slugs_of_different_forms_differ(left: str, right: str) -> None:
    if left != right:
        assert slug(left) != slug(right)


@given(st.text())
def test_slugs_are_safe_in_iris(form: str) -> None:
    assert set(slug(form)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert slug(form)


@given(st.lists(WORDS, min_size=1, max_size=4).map(" ".join))
def test_plain_forms_are_their_slug(form: str) -> None:
    assert slug(form) == form.replace(" ", "-")


def test_iris_name_type_and_form() -> None:
    assert mint("Dataset", "imagenet 1k", "http://x/") == "http://x/dataset/imagenet-1k"
    assert paper_iri("doi:10.1/<x> y") == "https://w3id.org/paperkg/paper/doi-10.1%2F%3Cx%3E%20y"


@given(st.text())
def test_normal_form_is_idempotent(surface: str) -> None:
    once = normal_form(surface)
    assert normal_form(once) == once or plain(once) != once


@given(st.text())
def test_plain_never_grows(surface: str) -> None:
    assert len(plain(surface)) <= len(surface)


def test_variants_share_a_normal_form() -> None:
    for variants in (
        (
            "Vision Transformer",
            "vision transformers",
            "Vision-Transformer",
            "vision\u00a0transformer",
            "vision\ntransformer",
        ),
        ("ImageNet-1K", "ImageNet 1k", "imagenet\u20111K"),
        (r"\textit{ConvFormer}", "ConvFormer", "{ConvFormer}"),
        ("\ufb01ne-tuning", "Fine-Tuning"),
    ):
        assert len({normal_form(variant) for variant in variants}) == 1


def test_what_differs_stays_apart() -> None:
    for left, right in (
        ("BERT-base", "BERT-large"),
        ("ImageNet-1K", "ImageNet-21K"),
        ("CIFAR-10", "CIFAR-100"),
        ("C++", "C"),
    ):
        assert normal_form(left) != normal_form(right)


def test_singular_leaves_names_alone() -> None:
    for word in ("bias", "loss", "analysis", "dynamics", "corpus", "gpt2s", "is"):
        assert singular(word) == word
