from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.calibration import Calibration

CHANCES = st.floats(0, 1)


@given(st.floats(0, 20), st.floats(-20, 20), CHANCES, CHANCES)
def test_a_curve_rises_within_bounds(slope: float, shift: float, one: float, other: float) -> None:
    curve = Calibration({"usedFor": [slope, shift]})
    low, high = (curve("usedFor", chance) for chance in sorted((one, other)))
    assert 0 <= low <= high <= 1


@given(CHANCES)
def test_one_and_nothing_change_nothing(chance: float) -> None:
    assert Calibration({"result": [1.0, 0.0]})("result", chance) == pytest.approx(chance, abs=2e-6)
