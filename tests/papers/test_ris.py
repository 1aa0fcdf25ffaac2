from __future__ import annotations

import pytest

from kg.papers import lines as lines_module
from kg.papers.drafts import judge
from kg.types import Paper
from tests.papers.reads import drafts

FILE = """Provider: Tiny

TY  - JOUR
ID  - lee2024
TI  - A tiny BERT
AB  - We shrink it,
twice.
AU  - Lee, Ann
AU  - Ray, Bo
PY  - 2024/05
T2  - Journal of Tiny Things
DO  - 10.1000/Tiny
UR  - https://arxiv.org/abs/2507.11412
KW  - small
KW  - quick
ER  -\x20

TY  - CONF
T1  - Go narrow
N2  - We go.
TY  - GEN
ER  -
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_references(end: str) -> None:
    first, second, third = (judge(draft, "a.ris") for draft in drafts("ris", FILE.replace("\n", end)))
    assert isinstance(first, Paper)
    assert isinstance(second, Paper)
    assert first.text == "A tiny BERT\nWe shrink it, twice."
    assert (first.id, first.doi, first.year) == ("arxiv:2507.11412", "10.1000/tiny", 2024)
    assert (first.venue, first.keywords) == ("Journal of Tiny Things", ("small", "quick"))
    assert first.authors == ("Lee, Ann", "Ray, Bo")
    assert [paper.sources[0].record for paper in (first, second)] == [3, 18]
    assert second.text == "Go narrow\nWe go."
    assert str(third).startswith("a.ris:21: title is missing")


def test_a_reference_that_rispy_cannot_read_is_named() -> None:
    (draft,) = drafts("ris", "TY  - JOUR\nUR  - a\n  b\nTI  - T\nER  - \n")
    assert draft.title == "T"


def test_an_overlong_line_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines_module, "MAX_LINE", 100)
    found = drafts("ris", f"TY  - JOUR\nTI  - T\nAB  - {'x' * 1000}\nER  - \n")
    assert sorted((draft.record, bool(draft.flaw)) for draft in found) == [(1, False), (3, True)]


def test_what_follows_the_end_of_a_reference_is_none_of_it() -> None:
    text = (
        "TY  - JOUR\nTI  - T\nAB  - A\nER  - \n\nnoise\nTI  - headless\nAB  - B\nER  - \nTY  - GEN\nTI  - U\nAB  - C\n"
    )
    first, headless, last = drafts("ris", text)
    assert (first.title, first.abstract, last.title) == ("T", "A", "U")
    assert (headless.record, headless.flaw is not None) == (7, True)
