"""The table of metrics is sound: every row can be reached, and no spelling says two things."""

from __future__ import annotations

from collections import Counter

import pytest

from kg.metrics import DIRECTIONS, FAMILIES, direction, family, known, table
from kg.names import normal_form

ROWS = table()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_row_is_reached_by_all_its_names(row: object) -> None:
    for name in (row.name, *row.also):  # type: ignore[attr-defined]
        assert known([name]) == row
        assert known([name.upper()]) == row


def test_no_spelling_stands_twice() -> None:
    forms = Counter(normal_form(name) for row in ROWS for name in (row.name, *row.also))
    assert [form for form, count in forms.items() if count > 1] == []


def test_every_family_and_direction_is_used() -> None:
    assert {row.family for row in ROWS} == set(FAMILIES)
    assert {row.direction for row in ROWS} == set(DIRECTIONS)


@pytest.mark.parametrize(
    ("name", "way", "kind"),
    [
        ("accuracies", "higher", "accuracy"),
        ("mAP@0.5", "higher", "accuracy"),
        ("F1-score", "higher", "accuracy"),
        ("BLEU", "higher", "overlap"),
        ("CIDEr", "higher", "overlap"),
        ("mIOU", "higher", "overlap"),
        ("NDCG@10", "higher", "rank"),
        ("PSNR", "higher", "quality"),
        ("LPIPS", "lower", "quality"),
        ("Fréchet Inception Distance", "lower", "quality"),
        ("Perplexity", "lower", "likelihood"),
        ("regret", "lower", "reward"),
        ("WER", "lower", "error"),
        ("ECE", "lower", "error"),
        ("MAE", "lower", "error"),
        ("FLOPs", "lower", "cost"),
        ("inference latency", "lower", "cost"),
        ("number of parameters", "lower", "cost"),
        ("FPS", "higher", "efficiency"),
        ("Spearman's rho", "higher", "agreement"),
    ],
)
def test_well_known_metrics(name: str, way: str, kind: str) -> None:
    assert (direction(name), family(name)) == (way, kind)


@pytest.mark.parametrize(
    "name", ["attack success rate", "ASR", "sparsity", "convergence rate", "novelty", "", "x" * 1000]
)
def test_nothing_is_guessed(name: str) -> None:
    assert (direction(name), family(name)) == (None, None)


def test_aliases_count_where_they_agree() -> None:
    assert known(["our measure", "word error rate", "WER"]) == known(["WER"])
    assert known(["our measure", "WER", "accuracy"]) is None
    assert known(["accuracy", "WER"]) == known(["accuracy"])
