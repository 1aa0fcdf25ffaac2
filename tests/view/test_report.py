from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import KgError
from kg.papers.problems import Problem
from kg.view import report_page, write_report
from tests.corpus import FIVE, graph_of
from tests.view.made import made, paper, relation

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph import Graph


def test_the_report_has_counts_results_and_sentences(five: Graph) -> None:
    text = report_page(five)
    for said in (
        "<dd>17</dd>",
        "Most mentioned: models",
        "LeafNet",
        "91.4%",
        "PlantVillage and outperforms ResNet-50.",
    ):
        assert said in text
    assert 'href="https://arxiv.org/abs/2101.00001"' in text


def test_the_report_runs_nothing_and_loads_nothing(five: Graph) -> None:
    text = report_page(five)
    assert "<script" not in text
    assert "default-src &#39;none&#39;; style-src &#39;sha256-" in text
    assert " style=" not in text


def test_equal_graphs_give_equal_bytes(tmp_path: Path) -> None:
    write_report(graph_of(FIVE), tmp_path / "a")
    write_report(graph_of(FIVE[::-1]), tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_titles_are_text(five: Graph) -> None:
    text = report_page(five)
    assert "Does <b>" not in text
    assert "Does &lt;b&gt;masking" in text


def test_what_deserves_a_look_is_told() -> None:
    merge = {"type": "Model", "left": "cnn", "right": "convolutional net", "evidence": "in-abstract", "support": 4}
    graph = made(
        [("a", "Model"), ("b", "Model")],
        papers=[paper(0, url="javascript:alert(1)")],
        relations=[relation("a", "outperforms", "b", confidence=0.25)],
        merges=[{**merge, "score": 0.5, "same": False}, {**merge, "left": "joined", "score": 1.0, "same": True}],
        skipped=(
            Problem("bad.jsonl", 7, "abstract is null", "give it one"),
            Problem("no.csv", 0, "is empty", "leave it out"),
        ),
    )
    text = report_page(graph)
    assert "1 of 1 relations with a confidence below 0.5." in text
    assert "a outperforms b" in text
    assert "convolutional net" in text
    assert "joined" not in text
    assert "bad.jsonl:7" in text
    assert "<bdi>no.csv</bdi>" in text
    assert "javascript:" not in text


def test_an_empty_graph_has_a_report() -> None:
    text = report_page(graph_of([]))
    assert "<dd>0</dd>" in text
    assert "0 of 0." in text


def test_a_report_that_cannot_be_written_is_one_clear_line(five: Graph, tmp_path: Path) -> None:
    with pytest.raises(KgError, match="cannot be written"):
        write_report(five, tmp_path / "missing" / "report.html")
