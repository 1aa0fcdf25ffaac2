"""Scoring against a corpus of others: types are theirs, offsets are those of the sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.train import outside
from kg.types import Extraction, Mention


def test_models_count_as_methods_and_metrics_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "dev.jsonl"
    row = {"sentence": "MossNet learns moss counting.", "ner": [["MossNet", "Method"], ["moss counting", "Task"]]}
    path.write_text(json.dumps(row))
    found = (
        Mention(1, 8, "Model", "e1", "MossNet"),
        Mention(9, 15, "Metric", "e2", "learns"),
        Mention(21, 29, "Task", "e3", "counting"),
    )
    monkeypatch.setattr(outside, "extract", lambda papers, _: [Extraction(paper.id, "", found) for paper in papers])
    figures = {row["figure"]: row for row in outside.evaluate_outside(path, "scier")}
    assert [figures["mention:Method"][name] for name in ("precision", "recall", "predicted")] == [100.0, 100.0, 1]
    assert [figures["mention"][name] for name in ("f1", "gold", "predicted")] == [50.0, 2, 2]
    assert figures["overlap"]["f1"] == 100.0
