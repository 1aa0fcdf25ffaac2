from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import PaperFormatError
from kg.papers import FieldNames
from kg.papers import lines as lines_module
from kg.papers.drafts import judge
from kg.papers.tables import delimiter
from tests.papers.reads import drafts

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=50)
ROWS = [
    ("A tiny BERT, again", 'We "shrink" it;\r\ntwice\tover.', "2024"),
    ("Go narrow", "'Narrow' is \\good\\.", "2025"),
]
DIALECTS: list[dict[str, Any]] = [
    {"delimiter": delimiter, "quoting": quoting}
    for delimiter in ",\t;|"
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC)
]


def _write(rows: Sequence[tuple[str, ...]], **dialect: Any) -> str:
    target = io.StringIO(newline="")
    csv.writer(target, **dialect).writerows([("Title", "Abstract", "Year"), *rows])
    return target.getvalue()


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_delimiter_and_quoting(dialect: dict[str, Any]) -> None:
    found = drafts("csv", _write(ROWS, **dialect))
    assert [(draft.title, draft.abstract, draft.year) for draft in found] == ROWS
    assert [draft.record for draft in found] == [2, 3]


def test_quotes_escaped_by_a_backslash() -> None:
    content = _write([("T", 'We "shrink", it', "1999")], doublequote=False, escapechar="\\", quoting=csv.QUOTE_ALL)
    assert drafts("csv", content)[0].abstract == 'We "shrink", it'


def test_a_tsv_that_knows_no_quotes() -> None:
    content = 'title\tabstract\n"Why?" Asked\tA\n"Odd\tB "b"\n'
    assert [(draft.title, draft.abstract) for draft in drafts("tsv", content)] == [
        ('"Why?" Asked', "A"),
        ('"Odd', 'B "b"'),
    ]


@given(st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=5), st.sampled_from(DIALECTS[::3]))
def test_rows_come_back_as_they_were(rows: list[tuple[str, ...]], dialect: dict[str, Any]) -> None:
    found = drafts("csv", _write(rows, **{**dialect, "quoting": csv.QUOTE_ALL}))
    assert [(draft.title, draft.abstract, draft.year) for draft in found] == rows


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system(end: str) -> None:
    found = drafts("csv", f"title,abstract{end}{end}T,A{end}")
    assert [(draft.record, draft.title, draft.abstract) for draft in found] == [(3, "T", "A")]


def test_a_row_that_is_too_wide_or_too_narrow() -> None:
    wide, narrow, good = (judge(draft, "a.csv") for draft in drafts("csv", "title,abstract\nT,A, cut\nT\nT,A\n"))
    assert str(wide) == (
        "a.csv:2: row has 3 cells, and the header has 2; quote cells that hold a delimiter, a quote or a line break"
    )
    assert str(narrow).startswith("a.csv:3: abstract is missing")
    assert good.sources[0].record == 4  # type: ignore[union-attr]


def test_a_broken_quote_costs_its_row() -> None:
    bad, good = drafts("csv", 'title,abstract\nT,"A"b\nT,"A"\n')
    assert bad.flaw
    assert bad.flaw[0].startswith("row cannot be read")
    assert good.abstract == "A"


def test_ten_megabytes_in_a_cell_and_a_limit_that_stays() -> None:
    before = csv.field_size_limit()
    first, second = (judge(draft, "a.csv") for draft in drafts("csv", f"title,abstract\nT,{'x' * 10_000_000}\nT,A\n"))
    assert str(first).startswith("a.csv:2: abstract has 10,000,000 characters")
    assert second.sources[0].record == 3  # type: ignore[union-attr]
    assert csv.field_size_limit() == before


def test_an_overlong_line_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines_module, "MAX_LINE", 100)
    bad, good = drafts("csv", f"title,abstract\nT,{'x' * 1000}\nT,A\n")
    assert (bad.record, good.abstract) == (2, "A")
    assert bad.flaw


def test_stray_bytes_cost_their_row() -> None:
    first, second = (judge(draft, "a.csv") for draft in drafts("csv", b"title,abstract\ncaf\xe9,A\nT,A\n"))
    assert str(first).startswith("a.csv:2: holds bytes that are not UTF-8; convert")
    assert second.title == "T"  # type: ignore[union-attr]


def test_a_header_without_title_and_abstract() -> None:
    with pytest.raises(PaperFormatError, match=r"it has: name, text\); name the columns in FieldNames"):
        drafts("csv", "name,text\na,b\n")
    assert drafts("csv", "name,text\na,b\n", FieldNames(title="name", abstract="text"))[0].title == "a"


def test_a_first_line_of_any_length() -> None:
    assert delimiter("x" * 200_000, FieldNames()) is None
    assert delimiter("title,abstract," + "x" * 200_000, FieldNames()) == ","
