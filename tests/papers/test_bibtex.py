from __future__ import annotations

import pytest

from kg.papers import bibtex
from kg.papers import lines as lines_module
from kg.papers.drafts import judge
from kg.types import Paper
from tests.papers.reads import drafts

FILE = """% a comment
@string{tiny = "Journal of Tiny Things"}
@string(small = {Small Venue})

@Article{lee2024,
  title    = {A tiny {BERT} for $n^2$},
  abstract = "We shrink it,
              {\\SST}, by 3\\%.",
  author   = {Lee, Ann and Ray, Bo},
  journal  = tiny,
  year     = 2024,
  keywords = {small; quick},
  doi      = {10.1000/Tiny},
}

@misc{broken, title = {Never closed,
  abstract = {x}

@inproceedings(ray2025, title = "Go narrow", abstract = {We go.}, booktitle = small, date = {2025-03-01},
  eprint = {2507.11412v2}, archivePrefix = {arXiv})
"""


def test_entries_macros_and_a_broken_one() -> None:
    first, broken, last = (judge(draft, "a.bib") for draft in drafts("bibtex", FILE))
    assert isinstance(first, Paper)
    assert isinstance(last, Paper)
    assert first.text.startswith("A tiny {BERT} for $n^2$\nWe shrink it,\n")
    assert (first.id, first.year, first.venue) == ("doi:10.1000/tiny", 2024, "Journal of Tiny Things")
    assert (first.authors, first.keywords) == (("Lee, Ann", "Ray, Bo"), ("small", "quick"))
    assert (last.id, last.year, last.venue) == ("arxiv:2507.11412", 2025, "Small Venue")
    assert [paper.sources[0].record for paper in (first, last)] == [5, 19]
    assert [paper.sources[0].id for paper in (first, last)] == ["lee2024", "ray2025"]
    assert str(broken) == "a.bib:16: entry is no BibTeX; check its braces, quotes and commas"


def test_portions_change_neither_lines_nor_macros(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = drafts("bibtex", FILE)
    monkeypatch.setattr(bibtex, "_PORTION", 10)
    assert drafts("bibtex", FILE) == whole


@pytest.mark.parametrize(
    "field",
    ["journal={arXiv preprint arXiv:1706.03762}", "volume={abs/1706.03762}", "url={https://arxiv.org/abs/1706.03762}"],
)
def test_arxiv_ids_where_others_put_them(field: str) -> None:
    paper = judge(drafts("bibtex", f"@article{{k, title={{T}}, abstract={{A}}, {field}}}")[0], "a.bib")
    assert isinstance(paper, Paper)
    assert paper.arxiv == "1706.03762"


def test_an_eprint_of_another_archive_is_none() -> None:
    (draft,) = drafts("bibtex", "@article{k, title={T}, eprint={1706.03762}, eprinttype={hal}}")
    assert draft.arxiv is None


def test_a_key_that_comes_twice_loses_nothing() -> None:
    twice = "@misc{k, title={T}, abstract={A}}\n"
    assert [draft.record for draft in drafts("bibtex", twice * 2)] == [1, 2]


def test_an_entry_without_abstract_and_one_that_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bibtex, "MAX_LINE", 1000)
    monkeypatch.setattr(lines_module, "MAX_LINE", 200)
    without, endless = drafts("bibtex", "@misc{a, title={T}}\n@misc{b, title={" + "x\n" * 5000)
    assert "abstract is missing" in str(judge(without, "a.bib"))
    assert endless.flaw


def test_an_overlong_line_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines_module, "MAX_LINE", 100)
    found = drafts("bibtex", "@misc{a, title={" + "x" * 1000 + "}}\n@misc{b, title={T}}\n")
    assert sorted((draft.record, bool(draft.flaw)) for draft in found) == [(1, True), (2, False)]
