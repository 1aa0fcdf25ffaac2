from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError, PaperFormatError
from kg.papers import covers, opening
from tests.papers.reads import read_all
from tests.papers.test_arxiv import KAGGLE
from tests.papers.test_openalex import WORK

SNAPSHOT = "".join(json.dumps({**KAGGLE, "id": f"0704.000{n}", "doi": None}) + "\n" for n in range(1, 4)).encode()
WORKS = json.dumps(WORK).encode() + b"\n"


def _zip(path: Path, files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("how", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_the_arxiv_snapshot_as_it_is_downloaded(tmp_path: Path, how: int) -> None:
    path = _zip(tmp_path / "archive.zip", {"arxiv-metadata-oai-snapshot.json": SNAPSHOT}, how)
    papers, problems = read_all(path)
    assert [paper.arxiv for paper in papers] == ["0704.0001", "0704.0002", "0704.0003"]
    assert not problems
    (source,) = papers[1].sources
    assert (source.file, source.record) == (f"{path.as_posix()}/arxiv-metadata-oai-snapshot.json", 2)
    assert covers(path, source.file)


def test_the_arxiv_snapshot_compressed(tmp_path: Path) -> None:
    path = tmp_path / "snapshot.json.gz"
    path.write_bytes(gzip.compress(SNAPSHOT))
    assert len(read_all(path)[0]) == 3


def test_partitions_of_openalex(tmp_path: Path) -> None:
    for day, part in (("2025-07-01", 0), ("2025-07-01", 1), ("2025-07-02", 0)):
        folder = tmp_path / "works" / f"updated_date={day}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"part_{part:03}.gz").write_bytes(gzip.compress(WORKS * 2))
    (tmp_path / "works" / "manifest").write_text('{\n "entries": []\n}\n')
    papers, problems = read_all(tmp_path)
    assert len(papers) == 6
    assert {Path(paper.sources[0].file).parent.name for paper in papers} == {
        "updated_date=2025-07-01",
        "updated_date=2025-07-02",
    }
    assert [problem.message for problem in problems] == ["is one JSON document"]
    assert len(read_all(tmp_path / "works" / "updated_date=*" / "*.gz")[0]) == 6


def test_an_archive_is_read_as_a_directory_would_be(tmp_path: Path) -> None:
    files = {
        "b/works.gz": gzip.compress(WORKS),
        "a.jsonl": SNAPSHOT,
        "__MACOSX/a.jsonl": b"x",
        "../.b": b"x",
        "c.png": b"\x89PNG\0",
    }
    _zip(tmp_path / "in.zip", files)
    papers, problems = read_all(tmp_path)
    assert [paper.arxiv for paper in papers] == ["0704.0001", "0704.0002", "0704.0003", "2507.11412"]
    assert sorted(Path(problem.file).name for problem in problems) == [".b", "a.jsonl", "c.png"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_there_twice_is_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.writestr("a", WORKS)
        archive.writestr("a", SNAPSHOT)
    papers, problems = read_all(tmp_path / "in.zip")
    assert len(papers) == 3
    assert [problem.message for problem in problems] == ["is in the archive twice, and only the last is read"]


def test_a_document_is_no_archive(tmp_path: Path) -> None:
    path = _zip(tmp_path / "papers.xlsx", {"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<b/>"})
    with pytest.raises(PaperFormatError, match=r"papers.xlsx: is a zip archive .* or a document; .* as CSV"):
        read_all(path)


def test_a_locked_file_is_named(tmp_path: Path) -> None:
    path = _zip(tmp_path / "in.zip", {"a.jsonl": SNAPSHOT, "b.jsonl": WORKS}, zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(header) + flags] |= 1
    path.write_bytes(data)
    papers, problems = read_all(path)
    assert [paper.arxiv for paper in papers] == ["2507.11412"]
    assert "encrypted" in str(problems[0])


def test_a_bomb_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BOMB_FLOOR", 1 << 20)
    path = _zip(tmp_path / "in.zip", {"bomb.jsonl": b"\0" * (8 << 20), "good.jsonl": SNAPSHOT})
    papers, problems = read_all(path)
    assert len(papers) == 3
    assert "decompression bomb" in str(problems[0])


@given(data=st.data())
def test_damaged_archives(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    path = _zip(tmp_path_factory.getbasetemp() / "damaged.zip", {"a.jsonl": SNAPSHOT, "b.jsonl": WORKS})
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.integers(4, len(content)))])
    try:
        read_all(path)
    except KgError as error:
        assert "damaged.zip" in str(error)  # noqa: PT017 - raising is allowed, and not what is tested
