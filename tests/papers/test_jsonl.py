from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.papers import FieldNames
from kg.papers import lines as lines_module
from kg.papers.drafts import judge
from kg.papers.jsonl import decode
from kg.types import Paper
from tests.papers.reads import drafts

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200).filter(str.strip)


def test_a_record_has_all_its_fields() -> None:
    record = {
        "id": "ai-1",
        "title": "A tiny BERT",
        "abstract": "We shrink it.",
        "year": "2024",
        "venue": "NeurIPS",
        "authors": ["Ann Lee"],
        "url": "https://example.org",
        "keywords": ["small"],
        "doi": "10.1000/X",
        "arxiv": "2507.11412v1",
    }
    paper = judge(drafts("jsonl", json.dumps(record))[0], "a.jsonl")
    assert isinstance(paper, Paper)
    assert (paper.id, paper.year, paper.venue, paper.authors) == ("arxiv:2507.11412", 2024, "NeurIPS", ("Ann Lee",))
    assert (paper.doi, paper.keywords, paper.sources[0].id) == ("10.1000/x", ("small",), "ai-1")


@given(st.lists(st.tuples(TEXT, TEXT), max_size=5), st.booleans())
def test_records_come_back_as_they_were(texts: list[tuple[str, str]], ascii_only: bool) -> None:  # noqa: FBT001
    content = "".join(json.dumps({"title": a, "abstract": b}, ensure_ascii=ascii_only) + "\n" for a, b in texts)
    found = drafts("jsonl", content)
    assert [(draft.record, draft.title, draft.abstract) for draft in found] == [
        (number, *text) for number, text in enumerate(texts, 1)
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"oops", "line is not JSON (JSON is malformed: invalid character (byte 0))"),
        (b'{"title": ', "line is not JSON (Input data was truncated)"),
        (b"[1]", "line is not a JSON object but of type list"),
        (b"null", "line is not a JSON object but of type NoneType"),
        (b'{"title": "caf\xe9"}', "line is not UTF-8"),
        (b"[" * 200_000, "line is nested too deeply"),
        (b'{"a":' * 5_000 + b"1" + b"}" * 5_000, "line is nested too deeply"),
    ],
)
def test_a_line_that_is_no_record(line: bytes, message: str) -> None:
    good = b'{"title": "T", "abstract": "A"}'
    first, bad, last = drafts("jsonl", b"\n".join([good, line, good]))
    assert bad.flaw
    assert (bad.record, bad.flaw[0]) == (2, message)
    assert (first.record, last.record) == (1, 3)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b'{"a": NaN, "b": 1}', 1),
        (b'{"b": "\x01"}', "\x01"),
        (b'{"b": "\\ud800"}', "\ud800"),
        (b'{"b": "\\u0000"}', "\0"),
    ],
)
def test_what_python_writes_is_read(line: bytes, expected: Any) -> None:
    assert decode(line)["b"] == expected


def test_blank_lines_count_and_are_no_records() -> None:
    assert [draft.record for draft in drafts("jsonl", b'\n \n{"title": "T"}\n\n')] == [3]


def test_an_overlong_line_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines_module, "MAX_LINE", 100)
    bad, good = drafts("jsonl", b'{"title": "' + b"x" * 1000 + b'"}\n{"title": "T"}')
    assert bad.flaw == ("line is longer than 16 MiB", "shorten it or split the record")
    assert (good.record, good.title) == (2, "T")


def test_fields_of_ones_own() -> None:
    (draft,) = drafts("jsonl", b'{"name": "T", "tldr": "A"}', FieldNames(title="name", abstract="tldr"))
    assert (draft.title, draft.abstract) == ("T", "A")
