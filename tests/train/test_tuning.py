from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.train.tuning import Statement, best_threshold, platt, uncalibrated

CHANCES = st.floats(0.01, 0.99)
STATEMENTS = st.lists(st.builds(Statement, st.just("usedFor"), CHANCES, st.booleans()), min_size=1, max_size=60)
PLAIN = {"usedFor": (1.0, 0.0)}


def sigmoid(odds: float) -> float:
    return float(1 / (1 + np.exp(-odds)))


@given(CHANCES, st.floats(0.2, 5), st.floats(-3, 3))
def test_uncalibrated_undoes_a_curve(chance: float, slope: float, shift: float) -> None:
    score = uncalibrated(chance, (slope, shift))
    assume(1e-9 < score < 1 - 1e-9)
    assert sigmoid(np.log(score / (1 - score)) * slope + shift) == pytest.approx(chance, abs=1e-6)


def test_scores_that_are_probabilities_stay() -> None:
    draw = np.random.default_rng(1)
    scores = draw.uniform(0.02, 0.98, 20_000)
    slope, shift = platt([Statement("", float(s), bool(draw.random() < s)) for s in scores])
    assert (slope, shift) == pytest.approx((1, 0), abs=0.06)


def test_scores_that_are_too_sure_are_brought_back() -> None:
    draw = np.random.default_rng(2)
    odds = draw.normal(0, 1, 20_000)
    right = draw.random(len(odds)) < 1 / (1 + np.exp(-odds))
    said = [Statement("", sigmoid(3 * one + 1), bool(yes)) for one, yes in zip(odds, right, strict=True)]
    assert platt(said) == pytest.approx((1 / 3, -1 / 3), abs=0.03)


def test_without_statements_nothing_is_changed() -> None:
    assert platt([]) == (1.0, 0.0)


@given(STATEMENTS, st.integers(1, 80))
def test_no_threshold_has_a_higher_f1(read: list[Statement], wanted: int) -> None:
    wanted = max(wanted, sum(s.right for s in read))

    def f1(least: float) -> float:
        taken = [s.right for s in read if s.score >= least - 1e-9]
        return 2 * sum(taken) / (len(taken) + wanted)

    found = best_threshold(read, PLAIN, wanted)
    assert min(s.score for s in read) - 1e-6 <= found <= max(s.score for s in read) + 1e-6
    assert f1(found) >= max(f1(s.score) for s in read) - 1e-9
