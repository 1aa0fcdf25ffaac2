"""The real input of the project, where it lies beside the checkout."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING

from kg.papers import read, unify
from tests.papers.reads import read_all

if TYPE_CHECKING:
    from pathlib import Path


def test_the_listing_pages(shared: Path) -> None:
    papers, problems = read_all(shared / "corpora/hf-papers")
    assert problems == []
    files = [paper.sources[0].file for paper in papers]
    assert [files.count(file) for file in sorted(set(files))] == [206, 65, 76, 68, 62]
    assert len(list(unify(papers))) == 375
    assert len(list(unify(papers[::-1] + papers))) == 375


def test_every_title_and_abstract_is_in_its_page_as_it_is(shared: Path) -> None:
    for page in sorted((shared / "corpora/hf-papers").iterdir()):
        lines = page.read_text(encoding="utf-8").split("\n")
        for paper in read_all(page)[0]:
            assert lines[paper.sources[0].record - 1].removeprefix("Subscribe") == paper.title
            assert paper.abstract in lines


def test_the_gold_keeps_its_ids(shared: Path) -> None:
    papers, problems = read_all(shared / "gold/*.jsonl")
    assert (len(papers), problems) == (1496, [])
    lines = [line for name in ("dev", "train") for line in (shared / f"gold/{name}.jsonl").read_text().splitlines()]
    assert [paper.sources[0].id for paper in papers] == [json.loads(line)["id"] for line in lines]


def test_the_snapshot_is_recognised(shared: Path) -> None:
    papers = list(islice(read([shared / "corpora/arxiv-2025-2026.jsonl.gz"]), 100))
    assert all(paper.id == f"arxiv:{paper.sources[0].id}" and paper.year for paper in papers)


def test_the_large_corpus_is_recognised(shared: Path) -> None:
    papers = list(islice(read([shared / "corpora/ai-papers.jsonl.gz"]), 100))
    assert all(str(paper.sources[0].id).startswith("pl:") and paper.venue for paper in papers)
