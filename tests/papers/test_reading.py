from __future__ import annotations

import gzip
import io
import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import PaperFormatError
from kg.papers import FieldNames, read
from tests.papers.reads import read_all

GOOD = '{"id": "a1", "title": "A tiny BERT", "abstract": "We shrink it."}\n'
BAD = '{"title": "No abstract", "abstract": null}\n'


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def mixed() -> list[str]:
    Path("in").mkdir()
    Path("in/good.jsonl").write_text(GOOD + BAD + "oops\n" + GOOD)
    Path("in/notes.md").write_text("# Notes\n")
    Path("in/.DS_Store").write_bytes(b"\0\1")
    Path("empty.csv").touch()
    Path("cut.jsonl.gz").write_bytes(gzip.compress(GOOD.encode() * 9)[:-4])
    return ["empty.csv", "missing.bib", "in", "cut.jsonl.gz"]


def test_the_good_is_read_and_the_bad_is_named(mixed: list[str]) -> None:
    papers, problems = read_all(*mixed)
    assert [paper.sources[0].file for paper in papers][:2] == ["in/good.jsonl"] * 2
    assert [paper.sources[0].record for paper in papers][:2] == [1, 4]
    assert {paper.sources[0].id for paper in papers} == {"a1"}
    assert [str(problem).split("; ")[0] for problem in problems] == [
        "in/.DS_Store: is hidden and is skipped",
        "empty.csv: is empty",
        "missing.bib: cannot be read (No such file or directory)",
        "in/good.jsonl:2: abstract is null",
        "in/good.jsonl:3: line is not JSON (JSON is malformed: invalid character (byte 0))",
        "in/notes.md: is of no known format",
        "cut.jsonl.gz: cannot be read (Compressed file ended before the end-of-stream marker was reached)",
    ]


@pytest.mark.parametrize("bad", ["empty.csv", "missing.bib", "in", "in/*.bib"])
def test_strict_raises_at_the_first_problem(mixed: list[str], bad: str) -> None:
    papers = read([bad, "in/good.jsonl"], strict=True)
    with pytest.raises(PaperFormatError, match=f"^{bad.replace('*', '.')}"):
        next(papers)


def test_strict_gives_what_comes_before(mixed: list[str]) -> None:
    papers = read(["in/good.jsonl"], strict=True)
    assert next(papers).title == "A tiny BERT"
    with pytest.raises(PaperFormatError, match=r"^in/good.jsonl:2: abstract is null; give"):
        next(papers)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.jsonl", b"", "a.jsonl: is empty; "),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.png: is binary and of no known format; "),
        ("a.csv", b"title,abstract\n", "a.csv: holds no papers; "),
        ("a.jsonl", BAD.encode(), "a.jsonl: holds no papers that can be read; see a.jsonl:1: abstract is null; "),
    ],
)
def test_a_file_without_papers_raises(name: str, content: bytes, message: str) -> None:
    Path(name).write_bytes(content)
    with pytest.raises(PaperFormatError) as caught:
        read_all(name)
    assert str(caught.value).startswith(message)


def test_a_directory_without_papers_raises_once() -> None:
    Path("in").mkdir()
    for given in ("in", "in/*"):
        problems: list[object] = []
        with pytest.raises(PaperFormatError, match="holds no papers; give at least one paper"):
            list(read([given], on_problem=problems.append))
        assert problems == []


def test_what_is_raised_is_not_reported_and_the_rest_is() -> None:
    problems: list[object] = []
    with pytest.raises(PaperFormatError, match=r"^a: cannot be read"):
        list(read(["a", "b"], on_problem=problems.append))
    assert [str(problem)[:17] for problem in problems] == ["b: cannot be read"]


def test_an_unreadable_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("good.jsonl").write_text(GOOD)
    Path("locked.jsonl").write_text(GOOD)
    real = Path.open

    def refuse(self: Path, mode: str = "r") -> object:
        if self.name == "locked.jsonl":
            raise PermissionError(13, "Permission denied")
        return real(self, mode)

    monkeypatch.setattr(Path, "open", refuse)
    papers, problems = read_all("locked.jsonl", "good.jsonl")
    assert len(papers) == 1
    assert str(problems[0]).startswith("locked.jsonl: cannot be read (Permission denied); check")


def test_standard_input_is_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode())))
    papers, _ = read_all("-")
    assert papers[0].sources[0].file == "-"


def test_problems_are_logged_where_nobody_takes_them(caplog: pytest.LogCaptureFixture) -> None:
    Path("a.jsonl").write_text(GOOD + BAD)
    with caplog.at_level(logging.WARNING, "kg.papers"):
        list(read(["a.jsonl"]))
    assert [record.getMessage()[:27] for record in caplog.records] == ["a.jsonl:2: abstract is null"]


def test_nothing_named_is_nothing_read() -> None:
    assert read_all() == ([], [])


def test_reading_streams_and_can_be_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.jsonl").write_text(GOOD * 3)

    def endless() -> Iterator[str]:
        while True:
            yield "a.jsonl"

    papers = read(endless())
    assert [next(papers).sources[0].record for _ in range(5)] == [1, 2, 3, 1, 2]
    papers.close()  # type: ignore[attr-defined]


def test_ten_megabytes_in_one_abstract() -> None:
    Path("a.jsonl").write_text(json.dumps({"title": "T", "abstract": "x" * 10_000_000}) + "\n" + GOOD)
    papers, problems = read_all("a.jsonl")
    assert len(papers) == 1
    (problem,) = problems
    assert problem.message == "abstract has 10,000,000 characters, and the limit is 100,000"
    assert (problem.record, problem.remedy) == (1, "shorten the abstract or split the record")


def test_a_byte_order_mark_before_everything() -> None:
    for name, content in {
        "a.jsonl": GOOD,
        "a.csv": "title,abstract\nT,A\n",
        "a.ris": "TY  - X\nTI  - T\nAB  - A\n",
    }.items():
        Path(name).write_bytes(b"\xef\xbb\xbf" + content.encode())
    papers, problems = read_all("a.jsonl", "a.csv", "a.ris")
    assert (len(papers), problems) == (3, [])


def test_fields_of_ones_own() -> None:
    Path("a.csv").write_text("name,tldr\nT,A\n")
    papers, _ = read_all("a.csv", fields=FieldNames(title="name", abstract="tldr"))
    assert papers[0].text == "T\nA"


def test_offsets_hold_in_every_format() -> None:
    title, abstract = "A tiny\u00a0{\\SST}", "We [email protected] a band- width of $^2$, cafÃ©."
    Path("a.jsonl").write_text(json.dumps({"title": title, "abstract": abstract}))
    Path("a.csv").write_text(f'title,abstract\n{title},"{abstract}"\n')
    Path("a.bib").write_text(f"@misc{{a, title = {{{title}}}, abstract = {{{abstract}}}}}\n")
    Path("a.ris").write_text(f"TY  - JOUR\nTI  - {title}\nAB  - {abstract}\nER  - \n")
    Path("a.txt").write_text(f"Get trending papers in your email inbox!\n\n{title}\n\n{abstract}\n")
    papers, problems = read_all(*sorted(map(str, Path().iterdir())))
    assert [paper.text for paper in papers] == [f"{title}\n{abstract}"] * 5
    assert problems == []
