"""What the command shows, to people and to programs that read along."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pyarrow as pa
import pytest
from rich.console import Console

import kg
import kg.bars
from kg.graph import Frame, Manifest, Run
from kg.papers import Problem
from kg.terminal import print_frame, print_summary

IRI = f"https://w3id.org/paperkg/model/{'bidirectional-encoder-' * 9}representations"


def test_a_table_that_is_piped_on_is_not_folded(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = Frame(pa.table({"name": ["BERT"], "iri": [IRI]}))
    monkeypatch.delenv("COLUMNS", raising=False)
    print_frame(frame, "table")
    assert f"kg:{IRI.removeprefix('https://w3id.org/paperkg/')}" in capsys.readouterr().out
    monkeypatch.setenv("COLUMNS", "80")
    print_frame(frame, "table")
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> StringIO:
    """What stands on stderr, where that is a file."""
    console = Console(file=StringIO(), width=80)
    monkeypatch.setattr("kg.bars.errors", console)
    monkeypatch.setattr("kg.terminal.errors", console)
    assert isinstance(console.file, StringIO)
    return console.file


def test_a_step_that_ended_is_shown_as_such(shown: StringIO) -> None:
    with kg.bars.progress() as report:
        report("read", 3, None)
        report("resolve", 0, None)
        report("tables", 2, 2)
    lines = shown.getvalue().splitlines()
    assert [line.split()[:2] for line in lines if line.strip()] == [["✓", "read"], ["✓", "resolve"], ["✓", "tables"]]
    assert "?" not in shown.getvalue()


def test_a_step_that_broke_off_is_not(shown: StringIO) -> None:
    with pytest.raises(ValueError, match="broken"), kg.bars.progress() as report:
        report("read", 3, None)
        report("resolve", 0, None)
        raise ValueError("broken")
    assert [line for line in shown.getvalue().splitlines() if "✓" in line and "resolve" in line] == []


COUNTS = {"entries": 1, "papers": 1, "skipped": 0, "entities": 1, "relations": 2, "results": 1}
WRONG = Problem("a.bib", 1, "is broken", "mend it")


def one_paper(warnings: tuple[Problem, ...] = ()) -> kg.Graph:
    graph = kg.Graph(Manifest(2, "0", "x", "b", (), {}, COUNTS, skipped=(WRONG,)), {})
    graph.run = Run(work="build", at="", paperkg="0", seconds={"extract": 1}, read=1, warnings=warnings)
    return graph


def test_one_is_not_many(shown: StringIO) -> None:
    print_summary(one_paper(), Path("out"), read=False)
    assert shown.getvalue().splitlines()[:3] == [
        "1 entry, 1 distinct paper, 0 skipped",
        "1 entity",
        "2 stated relations, 1 result",
    ]


def test_what_was_skipped_is_told_where_something_was_read(shown: StringIO) -> None:
    print_summary(one_paper((WRONG,)), Path("out"))
    assert shown.getvalue().splitlines()[:2] == [
        "skipped: a.bib:1: is broken; mend it",
        "warning: a.bib:1: is broken; mend it",
    ]
