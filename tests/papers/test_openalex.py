from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.papers.drafts import judge
from kg.papers.openalex import restore
from kg.papers.problems import Problem
from kg.types import Paper
from tests.papers.reads import drafts

WORK: dict[str, Any] = {
    "id": "https://openalex.org/W1",
    "doi": "https://doi.org/10.1000/Tiny",
    "title": None,
    "display_name": "A tiny BERT",
    "publication_year": 2024,
    "authorships": [{"author": {"display_name": "Ann Lee"}}, {"author": None}],
    "primary_location": {"landing_page_url": "https://example.org/1", "source": {"display_name": "J. Tiny"}},
    "locations": [None, {"landing_page_url": "https://arxiv.org/abs/2507.11412"}],
    "keywords": [{"display_name": "Small"}],
    "abstract_inverted_index": {"We": [0], "shrink": [1], "it,": [2, 3], "again.": [4]},
}


def _read(**changes: Any) -> Paper | Problem:
    return judge(drafts("openalex", json.dumps({**WORK, **changes}))[0], "works.jsonl")


def test_a_work() -> None:
    paper = _read()
    assert isinstance(paper, Paper)
    assert paper.text == "A tiny BERT\nWe shrink it, it, again."
    assert (paper.id, paper.doi, paper.year, paper.venue) == ("arxiv:2507.11412", "10.1000/tiny", 2024, "J. Tiny")
    assert (paper.authors, paper.keywords, paper.url) == (("Ann Lee",), ("Small",), "https://example.org/1")


@pytest.mark.parametrize(
    ("index", "message"),
    [
        (None, "abstract is null"),
        ({}, "abstract is empty"),
        ({"a": "b"}, "abstract_inverted_index is broken"),
        ([1], "abstract_inverted_index is broken"),
        ({"x" * 50_000: list(range(50_000))}, "abstract has 2,500,050,000 characters"),
    ],
)
def test_abstracts_that_are_none(index: object, message: str) -> None:
    assert str(_read(abstract_inverted_index=index)).startswith(f"works.jsonl:1: {message}")


def test_a_wild_position_only_sorts() -> None:
    paper = _read(abstract_inverted_index={"far.": [10**9], "So": [0], "before": [-5]})
    assert isinstance(paper, Paper)
    assert paper.abstract == "before So far."


@pytest.mark.parametrize("broken", [{"primary_location": "x"}, {"authorships": {}}, {"locations": 7}, {"keywords": 7}])
def test_broken_extras_cost_nothing(broken: dict[str, Any]) -> None:
    assert isinstance(_read(**broken), Paper)


@given(st.lists(st.text("abc.", min_size=1), min_size=1))
def test_inverting_and_restoring(words: list[str]) -> None:
    index: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        index.setdefault(word, []).append(place)
    assert restore(index) == " ".join(words)
