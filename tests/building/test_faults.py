"""What machines do: after each fault the old folder is whole or the new one is, and a second build ends as it must."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

import kg
from kg.building import STEPS
from kg.building.lock import locked
from kg.errors import BuildFolderError, FolderBusy, PaperFormatError
from kg.extract.workers import Patience, read_parallel
from tests.building.fake import Fake
from tests.folders import contents, differing

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def without_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are made of the tables alone, and take longer than all the rest."""
    monkeypatch.setattr("kg.pipeline.STEPS", [(name, step) for name, step in STEPS if name != "pages"])


def write(path: Path, count: int, text: str = "We test AlphaNet{0} on DataOne.") -> Path:
    lines = (json.dumps({"title": f"Paper {n}", "abstract": text.format(n)}) + "\n" for n in range(count))
    path.write_text("".join(lines))
    return path


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    return write(tmp_path / "papers.jsonl", 6)


@pytest.fixture
def out(papers: Path, tmp_path: Path) -> Path:
    kg.build([papers], tmp_path / "out", reader=Fake())
    return tmp_path / "out"


def crashes(folder: Path, *arguments: int) -> list[dict[str, object]]:
    command = [sys.executable, "-m", "tests.building.crash", str(folder), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    told: list[dict[str, object]] = json.loads(done.stdout)
    return told


def mended(one: dict[str, object]) -> bool:
    return (one["whole"], one["again"], one["differing"], one["left"]) == (True, 0, [], [])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that fork")
def test_a_build_that_is_killed_at_any_moment(tmp_path: Path) -> None:
    told = crashes(tmp_path, 20261129, 12)
    assert len(told) > 40
    assert all(one["killed"] for one in told)
    assert [one for one in told if not mended(one)] == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that fork")
def test_a_disk_that_is_full(tmp_path: Path) -> None:
    """Files of a certain size cannot be written: each file of a build is once the one that is too large."""
    told = crashes(tmp_path)
    assert len(told) > 8
    assert {one["status"] for one in told} == {BuildFolderError.exit_code}
    assert [one for one in told if not mended(one)] == []


def test_a_small_disk(papers: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", disk], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("needs the right to mount a file system")
    try:
        with pytest.raises(BuildFolderError, match="cannot be written"):
            kg.build([papers], disk / "out", reader=Fake())
        assert not (disk / "out").exists()
        subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
        kg.build([papers], disk / "out", reader=Fake())
        kg.build([papers], tmp_path / "out", reader=Fake())
        assert differing(disk / "out", tmp_path / "out") == []
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.parametrize("harm", ["cut", "flipped", "gone"])
def test_any_file_that_is_damaged_is_made_again(harm: str, papers: Path, out: Path) -> None:
    before = contents(out)
    for name, data in before.items():
        if harm == "gone":
            (out / name).unlink()
        else:
            place = len(data) // 2
            (out / name).write_bytes(
                data[:place] + (b"" if harm == "cut" else bytes([data[place] ^ 1]) + data[place + 1 :])
            )
        kg.build([papers], out, reader=Fake())
        assert contents(out) == before, name


def test_a_place_that_cannot_be_written(papers: Path, tmp_path: Path) -> None:
    with pytest.raises(BuildFolderError, match="cannot be written"):
        kg.build([papers], "/proc/nowhere/out", reader=Fake())
    with pytest.raises(BuildFolderError, match="cannot be written"):
        kg.build([papers], papers / "out", reader=Fake())
    assert list(tmp_path.iterdir()) == [papers]


def test_an_input_that_vanishes(papers: Path, out: Path) -> None:
    before, more = contents(out), write(papers.with_name("more.jsonl"), 9)

    def vanish(step: str, done: int, _: int | None) -> None:
        if (step, done) == ("read", 3):
            more.unlink(missing_ok=True)

    graph = kg.build([papers, more], out, reader=Fake(), progress=vanish)
    assert [problem.file for problem in graph.manifest.skipped] == [str(more)]
    write(more, 9)
    with pytest.raises(PaperFormatError, match=r"more\.jsonl"):
        kg.build([papers, more], out, kg.Config(strict=True), reader=Fake(), progress=vanish)
    assert len(kg.load(out).papers()) == 6
    kg.build([papers], out, reader=Fake())
    assert contents(out) == before


def test_clocks_do_not_matter(papers: Path, out: Path) -> None:
    before = contents(out)
    for number, path in enumerate([papers, *out.rglob("*")]):
        os.utime(path, (number, 4e9 if number % 2 else 9))
    assert kg.build([papers], out, reader=Fake()).run is None
    write(papers, 7)
    os.utime(papers, (0, 0))
    assert kg.build([papers], out, reader=Fake()).run
    write(papers, 6)
    kg.build([papers], out, reader=Fake())
    assert contents(out) == before


@pytest.mark.parametrize("word", ["KILLED", "HANGS", "RAISES"])
def test_an_accident_of_a_worker_changes_nothing(word: str, tmp_path: Path) -> None:
    given = write(tmp_path / "papers.jsonl", 6)
    given.write_text(given.read_text() + json.dumps({"title": "Bad", "abstract": f"AlphaNet is {word}."}) + "\n")
    memory = tmp_path / "memory"
    memory.mkdir()

    engine = partial(read_parallel, jobs=2, patience=Patience(5, 0))
    kg.build([given], tmp_path / "out", reader=Fake(memory=str(memory)), engine=engine)
    assert (memory / word).exists()
    kg.build([given], tmp_path / "calm", reader=Fake(memory=str(memory)))
    assert differing(tmp_path / "out", tmp_path / "calm") == []


def test_a_paper_that_cannot_be_read_is_reported_and_tried_again(tmp_path: Path) -> None:
    given = write(tmp_path / "papers.jsonl", 3, "AlphaNet{0} RAISES nothing.")
    graph = kg.build([given], tmp_path / "out", reader=Fake())
    assert [problem.message for problem in graph.manifest.skipped] == [
        "cannot be read (ValueError: a word that it does not like)"
    ] * 3
    assert (len(graph.papers()), len(graph.entities())) == (3, 0)
    (tmp_path / "RAISES").touch()
    again = kg.build([given], tmp_path / "out", reader=Fake(memory=str(tmp_path)))
    assert again.manifest.skipped == ()
    assert len(again.entities()) > 0


def test_one_record_in_a_hundred_is_broken(tmp_path: Path) -> None:
    broken = [
        '{"title": "No text", "abstract": null}',
        "nonsense",
        '{"title": "t"',
        "[]",
        '{"title": 7, "abstract": "x"}',
    ]
    given = write(tmp_path / "papers.jsonl", 500)
    lines = given.read_text().splitlines()
    for place, line in enumerate(broken):
        lines[100 * place + 50] = line
    given.write_text("\n".join(lines) + "\n")
    graph = kg.build([given], tmp_path / "out", reader=Fake(batch=256))
    assert [problem.record for problem in graph.manifest.skipped] == [51, 151, 251, 351, 451]
    assert len(graph.papers()) == 495
    assert kg.build([given], tmp_path / "out", reader=Fake(batch=256)).run is None


def test_an_interrupted_build_says_how_to_go_on_and_does(papers: Path, tmp_path: Path) -> None:
    def interrupt(step: str, done: int, _: int | None) -> None:
        if (step, done) == ("extract", 4):
            raise KeyboardInterrupt

    with pytest.raises(BuildFolderError, match="nothing to resume"):
        kg.build([papers], tmp_path / "out", reader=Fake(), resume=True)
    with pytest.raises(KeyboardInterrupt, match="the same command goes on from there"):
        kg.build([papers], tmp_path / "out", reader=Fake(), progress=interrupt)
    assert not (tmp_path / "out").exists()
    graph = kg.build([papers], tmp_path / "out", reader=Fake(), resume=True)
    assert graph.run
    assert (graph.run.read, graph.run.resumed) == (2, 4)
    kg.build([papers], tmp_path / "fresh", reader=Fake())
    assert differing(tmp_path / "out", tmp_path / "fresh") == []
    assert not (tmp_path / ".out.work").exists()


def test_a_build_that_is_interrupted_at_once_says_that_nothing_is_kept(papers: Path, tmp_path: Path) -> None:
    def interrupt(step: str, *_: object) -> None:
        if step == "extract":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt, match=rf"interrupted; nothing new was read yet, and {tmp_path}/out is as it"):
        kg.build([papers], tmp_path / "out", reader=Fake(), progress=interrupt)
    assert list(tmp_path.iterdir()) == [papers]


def test_what_another_reader_had_read_is_not_taken(papers: Path, tmp_path: Path) -> None:
    def interrupt(step: str, done: int, _: int | None) -> None:
        if (step, done) == ("extract", 4):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kg.build([papers], tmp_path / "out", reader=Fake(version="fake 0"), progress=interrupt)
    graph = kg.build([papers], tmp_path / "out", reader=Fake())
    assert graph.run
    assert (graph.run.read, graph.run.resumed) == (6, 0)


def test_a_second_build_on_a_folder_is_told_of_the_first(papers: Path, out: Path) -> None:
    write(papers, 7)
    with locked(out.with_name(".out.work") / "lock", out):
        with pytest.raises(FolderBusy, match=rf"out is being built by process {os.getpid()} on .*, since 20"):
            kg.build([papers], out, reader=Fake())
        assert len(kg.load(out).papers()) == 6
    assert len(kg.build([papers], out, reader=Fake()).papers()) == 7
