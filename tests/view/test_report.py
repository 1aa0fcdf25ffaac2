from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import kg
from kg.errors import KgError
from kg.graph import Run, write_history
from kg.papers.problems import Problem
from kg.rdf.validation import Violation
from kg.view import report_page, write_report
from tests.corpus import FIVE, graph_of
from tests.view.made import iri, made, paper, relation

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
    merge = {"type": "Model", "left": "cnn", "right": "convolutional net", "evidence": "in-abstract", "support": 4,
             "against": "number", "papers": 3, "paper": None}  # fmt: skip
    graph = made(
        [("a", "Model"), ("b", "Model")],
        papers=[paper(0, url="javascript:alert(1)")],
        relations=[relation("a", "outperforms", "b", confidence=0.25)],
        merges=[
            {**merge, "score": 0.5, "margin": 0.1, "same": False},
            {**merge, "left": "sure", "score": 1.0, "margin": 0.9, "same": True},
        ],
        skipped=(
            Problem("bad.jsonl", 7, "abstract is null", "give it one"),
            Problem("no.csv", 0, "is empty", "leave it out"),
        ),
    )
    text = report_page(graph)
    assert "1 of 1 relations with a confidence below 0.5." in text
    assert "<td><bdi>outperforms</bdi></td>" in text
    assert "convolutional net" in text
    assert "sure</bdi>" not in text
    assert "bad.jsonl:7" in text
    assert "<bdi>no.csv</bdi>" in text
    assert "javascript:" not in text


def test_an_empty_graph_has_a_report() -> None:
    text = report_page(graph_of([]))
    assert "<dd>0</dd>" in text
    assert "None." in text
    assert "0 of 0" not in text


def test_results_are_the_newest_where_years_are_known() -> None:
    assert "Newest results" in report_page(graph_of(FIVE))
    text = report_page(graph_of([replace(paper, year=None) for paper in FIVE]))
    assert ">Results</h2>" in text
    assert "Newest" not in text


def test_a_report_that_cannot_be_written_is_one_clear_line(five: Graph, tmp_path: Path) -> None:
    with pytest.raises(KgError, match="cannot be written"):
        write_report(five, tmp_path / "missing" / "report.html")


def test_years_are_drawn_for_all_papers_and_for_each_entity(five: Graph) -> None:
    text = report_page(five)
    assert 'aria-label="2021: 1, 2022: 1, 2023: 1, 2025: 1"' in text
    assert "1 more have no year." in text
    assert 'class="spark" viewBox="0 0 12 20"' in text, "the years in which the entities are mentioned"
    assert 'aria-label="2021: 1, 2022: 1"' in text
    assert 'class="spark"' not in report_page(made([("a", "Model")], papers=[paper(0, year=None)]))


def test_without_a_run_and_a_check_it_says_how_to_have_them(five: Graph) -> None:
    text = report_page(five)
    assert "<code>kg report DIR</code>" in text
    assert "<code>kg report DIR --check</code>" in text


def test_the_run_and_what_the_shapes_lack_are_told(five: Graph) -> None:
    run = Run(work="build", at="2026-01-01", paperkg="0.0", seconds={"read": 1.25, "extract": 30.5})
    wrong = Violation("kg:x", "pkg:key", "<b>", "an entity has a key", "Violation")
    advice = Violation("kg:y", "pkg:year", "", "a paper has a year", "Warning")
    text = report_page(five, run=run, found=[wrong, advice])
    assert "30.50" in text
    assert "31.75" in text
    assert "1 violations and 1 pieces of advice; 2 are shown." in text
    assert "&lt;b&gt;" in text
    assert "holds to every shape" in report_page(five, found=[])


def test_newest_results_come_from_several_papers() -> None:
    papers = [paper(number, year=2000 + number) for number in range(3)]
    row = {"subject": iri("a"), "metric": iri("m"), "unit": "", "kind": "absolute", "evidence": [], "confidence": 0.5}
    results = [
        {**row, "value": f"{number}{digit}", "paper": f"arxiv:{number:05}"} for number in range(3) for digit in range(4)
    ]
    text = report_page(made([("a", "Model"), ("m", "Metric")], papers=papers, results=results))
    assert "6 of 12, at most 2 of a paper." in text
    assert text.index("<bdi>20</bdi>") < text.index("<bdi>10</bdi>") < text.index("<bdi>00</bdi>")


def test_a_graph_reports_itself_with_its_last_run(five_folder: Path, tmp_path: Path) -> None:
    write_history([Run(work="build", at="", paperkg="0.0", seconds={"read": 77.7})], five_folder)
    text = kg.load(five_folder).report(tmp_path / "r.html", check=False).read_text()
    assert "77.70" in text
    assert "was not checked" in text
    assert "holds to every shape" in kg.load(five_folder).report(tmp_path / "r.html", check=True).read_text()
