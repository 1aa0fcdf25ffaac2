from __future__ import annotations

import json
from typing import Any

import pytest

from kg.papers.drafts import judge
from kg.types import Paper
from tests.papers.reads import drafts

KAGGLE = {
    "id": "0704.0001",
    "submitter": "A. Lee",
    "authors": "Ann Lee (1), Bo Ray (1 and 2), and Cy Dee ((1) Here, (2) There)",
    "title": "A tiny calculation\n  in two lines",
    "comments": "3 pages",
    "journal-ref": "J. Tiny 3 (2008)",
    "doi": "10.1000/Tiny",
    "categories": "hep-ph cs.LG 68T45",
    "abstract": "  We calculate\nit.\n",
    "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}, {"version": "v2", "created": "2008"}],
    "update_date": "2008-11-26",
    "authors_parsed": [["Lee", "Ann", ""], ["Ray", "Bo", "Jr."]],
}


def _read(**changes: Any) -> Paper:
    record = {key: value for key, value in {**KAGGLE, **changes}.items() if value is not None}
    paper = judge(drafts("arxiv", json.dumps(record))[0], "a.json")
    assert isinstance(paper, Paper)
    return paper


def test_a_record_of_the_full_snapshot() -> None:
    paper = _read()
    assert (paper.id, paper.doi, paper.year) == ("arxiv:0704.0001", "10.1000/tiny", 2007)
    assert paper.text == "A tiny calculation\n  in two lines\n  We calculate\nit.\n"
    assert paper.authors == ("Ann Lee", "Bo Ray Jr.")
    assert (paper.venue, paper.keywords, paper.sources[0].id) == ("J. Tiny 3 (2008)", ("hep-ph", "cs.LG"), "0704.0001")


def test_authors_as_text_lose_their_affiliations() -> None:
    assert _read(authors_parsed=None).authors == ("Ann Lee", "Bo Ray", "Cy Dee")


@pytest.mark.parametrize(("own", "year"), [("2507.11412", 2025), ("hep-th/9901001", 1999), ("math.GT/0309136", 2003)])
def test_the_year_is_in_the_id(own: str, year: int) -> None:
    assert _read(id=own, versions=None).year == year


def test_the_year_of_an_unknown_id_is_that_of_the_update() -> None:
    assert _read(id="x", versions=[]).year == 2008


@pytest.mark.parametrize(
    "broken", [{"versions": [7]}, {"versions": "x"}, {"authors_parsed": [7, [None]]}, {"categories": 7}]
)
def test_broken_extras_cost_nothing(broken: dict[str, Any]) -> None:
    assert _read(**broken).id == "arxiv:0704.0001"
