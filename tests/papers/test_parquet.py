from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError, PaperFormatError
from tests.papers.reads import drafts, read_all


def _bytes(columns: dict[str, Any]) -> bytes:
    target = io.BytesIO()
    pq.write_table(pa.table(columns), target, row_group_size=2)
    return target.getvalue()


COLUMNS: dict[str, Any] = {
    "Title": ["A tiny BERT", "Go narrow", "Third"],
    "abstract": ["We shrink it.", None, "Yes."],
    "authors": [["Ann Lee"], [], ["Bo Ray"]],
    "year": [2024, 2025, None],
    "embedding": [[0.5], [0.5], [0.5]],
}


def test_rows_by_path_and_through_a_pipe(tmp_path: Path) -> None:
    path = tmp_path / "papers"
    path.write_bytes(_bytes(COLUMNS))
    papers, problems = read_all(path)
    assert [(paper.title, paper.authors, paper.year) for paper in papers] == [
        ("A tiny BERT", ("Ann Lee",), 2024),
        ("Third", ("Bo Ray",), None),
    ]
    assert [str(problem).split(": ")[1][:16] for problem in problems] == ["abstract is null"]
    assert [draft.record for draft in drafts("parquet", _bytes(COLUMNS))] == [1, 2, 3]


def test_no_such_columns() -> None:
    with pytest.raises(PaperFormatError, match=r"no title and abstract column \(it has: a\)"):
        drafts("parquet", _bytes({"a": [1]}))


def test_a_column_that_is_not_utf8() -> None:
    broken = pa.StringArray.from_buffers(1, pa.py_buffer(b"\0\0\0\0\1\0\0\0"), pa.py_buffer(b"\xff"))
    (draft,) = drafts("parquet", _bytes({"title": broken, "abstract": ["A"]}))
    assert draft.flaw
    assert draft.flaw[0] == "holds bytes that are not UTF-8"


@given(st.data())
def test_a_broken_file_is_an_error_of_ours(data: st.DataObject) -> None:
    whole = _bytes({"title": ["T"], "abstract": ["A"]})
    cut = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(KgError):
        drafts("parquet", whole[:cut])
