from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.papers.identity import arxiv_id, doi, identify, normal_title


@pytest.mark.parametrize(
    "text",
    [
        "https://arxiv.org/abs/1706.03762",
        "http://export.arxiv.org/abs/1706.03762v5",
        "https://arxiv.org/pdf/1706.03762v7.pdf",
        "https://huggingface.co/papers/1706.03762",
        "https://www.alphaxiv.org/abs/1706.03762",
        "https://doi.org/10.48550/arXiv.1706.03762",
        "arXiv preprint arXiv:1706.03762",
        "ARXIV: 1706.03762v1 [cs.CL]",
    ],
)
def test_a_marked_arxiv_id_is_found_anywhere(text: str) -> None:
    assert arxiv_id(text) == "1706.03762"


@pytest.mark.parametrize(
    "text", ["1706.03762", "10.1000/1706.03762", "pi is 3141.59265", "arXiv:1713.03762", "", None, 7]
)
def test_what_only_looks_like_one_is_none(text: object) -> None:
    assert arxiv_id(text) is None


def test_the_old_form_loses_its_subject_class() -> None:
    assert arxiv_id("arXiv:math.GT/0309136v2") == arxiv_id("math/0309136", bare=True) == "math/0309136"


@pytest.mark.parametrize(
    "text", ["10.1000/AbC.", "https://doi.org/10.1000/abc", "doi:10.1000/ABC", "http://dx.doi.org/10.1000%2Fabc"]
)
def test_a_doi_is_one_however_it_is_written(text: str) -> None:
    assert doi(text, bare=True) == "10.1000/abc"


def test_an_arxiv_doi_is_no_doi() -> None:
    assert doi("10.48550/arXiv.1706.03762", bare=True) is None
    assert doi(None) is None


def test_the_strongest_id_wins() -> None:
    assert identify(arxiv="1706.03762", doi="10.1/x", title="T") == "arxiv:1706.03762"
    assert identify(arxiv=None, doi="10.1/x", title="T") == "doi:10.1/x"
    assert identify(arxiv=None, doi=None, title="T").startswith("title:")


@given(st.text())
def test_normal_titles_are_stable_and_ignore_case_and_space(title: str) -> None:
    normal = normal_title(title)
    assert normal_title(normal) == normal
    assert normal_title(f"  {title}\n") == normal
    assert "  " not in normal


@given(st.text(min_size=1).filter(str.strip))
def test_no_title_is_reduced_to_nothing(title: str) -> None:
    assert normal_title(title)
