"""Speed, as ratios of two things measured side by side on this machine; ``make bench`` runs and prints them."""

from __future__ import annotations

import json
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import kg
from kg.extract import extract, load
from kg.papers import read

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = Path(kg.__file__).with_name("data") / "sample.jsonl"


def seconds(work: Callable[[], object]) -> float:
    """The best of three."""
    times = []
    for _ in range(3):
        started = perf_counter()
        work()
        times.append(perf_counter() - started)
    return min(times)


def show(name: str, ratio: float) -> None:
    print(f"\n{name}: {ratio:.1f}")


def test_a_second_build_is_faster(tmp_path: Path) -> None:
    started = perf_counter()
    kg.build([SAMPLE], tmp_path / "out")
    first = perf_counter() - started
    ratio = first / seconds(lambda: kg.build([SAMPLE], tmp_path / "out"))
    show("first build / second build", ratio)
    assert ratio > 1


def test_reading_keeps_up_with_the_standard_library(tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_bytes(SAMPLE.read_bytes() * 100)
    ours = seconds(lambda: sum(1 for _ in read([many])))
    theirs = seconds(lambda: [json.loads(line) for line in many.read_text().splitlines()])
    show("reading papers / json.loads of the same lines", ours / theirs)
    assert ours < 10 * theirs


def test_what_the_recogniser_costs() -> None:
    papers = list(read([SAMPLE]))
    whole = seconds(lambda: list(extract(papers)))
    nlp = load()
    tokens = seconds(lambda: [nlp.make_doc(paper.text) for paper in papers])
    show("extraction / tokenisation", whole / tokens)
    assert whole > tokens
