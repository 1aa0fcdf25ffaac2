from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.hedging import denied

DENIED = """
Our method does not outperform BERT.
LeafNet fails to surpass BERT on small data.
It failed to significantly outperform BERT.
LeafNet is competitive with BERT.
The two are on par with each other.
LeafNet is on a par with BERT.
It doesn't beat BERT.
It doesn’t improve over BERT.
LeafNet cannot exceed BERT.
No other model outperforms LeafNet.
We find that no baseline surpasses BERT.
LeafNet achieves comparable results to BERT.
LeafNet underperforms BERT.
LeafNet is no better than BERT.
LeafNet never beats BERT.
It reaches the accuracy of BERT without surpassing it.
LeafNet does not lead to significant improvements over BERT.
We do not claim that it outperforms BERT.
Adding leaves hardly improves on BERT.
LeafNet performs as well as BERT.
"""
STATED = """
LeafNet outperforms BERT.
LeafNet not only outperforms BERT but also runs faster.
LeafNet does not just surpass BERT, it is smaller.
LeafNet does not need labels and outperforms BERT.
With no labels LeafNet outperforms BERT.
LeafNet outperforms BERT and is competitive with GPT-4.
LeafNet, which is not pretrained, beats BERT.
LeafNet surpasses BERT without improving the data.
LeafNet requires no tuning yet exceeds BERT.
Without pretraining, LeafNet outperforms BERT.
LeafNet is comparable to or better than BERT.
LeafNet is 2 points above BERT.
LeafNet isn't only better than BERT.
It cannot be trained on one machine but is superior to BERT.
"""


@pytest.mark.parametrize("sentence", DENIED.strip().split("\n"))
def test_denied(sentence: str) -> None:
    assert denied(sentence)
    assert denied(sentence.upper())


@pytest.mark.parametrize("sentence", STATED.strip().split("\n"))
def test_stated(sentence: str) -> None:
    assert not denied(sentence)


@given(st.lists(st.sampled_from(["not", "no ", "only ", "lead ", "to ", "better ", "it ", ", ", "n't "])).map("".join))
def test_any_sentence(sentence: str) -> None:
    assert not denied(sentence) or not denied(sentence + " It is better.")
