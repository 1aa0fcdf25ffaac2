from __future__ import annotations

from typing import Any

import pytest

from kg.papers.drafts import MAX_ABSTRACT, MAX_TITLE, Draft, judge
from kg.papers.problems import Problem
from kg.types import Paper


def _judged(**values: Any) -> Paper | Problem:
    return judge(Draft(**{"record": 3, "title": "A tiny BERT", "abstract": "We shrink it.", **values}), "a.jsonl")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"abstract": None}, "abstract is null"),
        ({"abstract": " \n"}, "abstract is empty"),
        ({"abstract": ["x"]}, "abstract is of type list, not text"),
        ({"title": 7}, "title is of type int, not text"),
        ({"title": "x" * (MAX_TITLE + 1)}, "title has 2,001 characters, and the limit is 2,000"),
        ({"abstract": "x" * 10_000_000}, "abstract has 10,000,000 characters, and the limit is 100,000"),
        ({"title": "a\ud800"}, "holds half of a surrogate pair, which is no character"),
        ({"authors": ["a\udcff"]}, "holds bytes that are not UTF-8"),
        ({"id": "\ud800"}, "holds half of a surrogate pair, which is no character"),
    ],
)
def test_a_broken_record_is_named_with_its_remedy(values: dict[str, Any], message: str) -> None:
    problem = _judged(**values)
    assert isinstance(problem, Problem)
    assert str(problem).startswith(f"a.jsonl:3: {message}; ")
    assert "\n" not in str(problem)


def test_a_missing_field_is_not_a_null_one() -> None:
    assert "title is missing" in str(judge(Draft(1, abstract="x"), "a.jsonl"))


def test_the_limits_themselves_are_allowed() -> None:
    assert isinstance(_judged(title="x" * MAX_TITLE, abstract="x" * MAX_ABSTRACT), Paper)


def test_text_is_kept_as_it_is() -> None:
    title, abstract = " A\n tiny\0BERT ", "\tWe [email protected] {\\SST} band- width\u00a0\x0b. "
    paper = _judged(title=title, abstract=abstract)
    assert isinstance(paper, Paper)
    assert paper.text == f"{title}\n{abstract}"


def test_ids_come_from_wherever_they_are() -> None:
    papers = [
        _judged(arxiv="2507.11412v3"),
        _judged(url="https://arxiv.org/abs/2507.11412v1"),
        _judged(doi="10.48550/arXiv.2507.11412"),
        _judged(id="http://arxiv.org/abs/2507.11412v2"),
    ]
    assert {paper.id for paper in papers if isinstance(paper, Paper)} == {"arxiv:2507.11412"}
    published = _judged(url="https://doi.org/10.1000/X", id=12)
    assert isinstance(published, Paper)
    assert (published.id, published.doi, published.sources[0].id) == ("doi:10.1000/x", "10.1000/x", "12")


def test_a_bare_number_as_id_is_no_arxiv_id() -> None:
    paper = _judged(id="2507.11412")
    assert isinstance(paper, Paper)
    assert paper.arxiv is None
